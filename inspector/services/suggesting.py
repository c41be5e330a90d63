"""Finds pictures in footage for a hazard: around its time if a recording's clock is known, else across its clips."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from inspector.domain import clock_fit
from inspector.domain.footage import Clip, Recording
from inspector.errors import Cancelled, EvidenceMissing, FilmFailed, StoreDamaged
from inspector.evidence.film.choosing import THUMB_EDGE, choose
from inspector.evidence.film.told import Form, Frame
from inspector.services.films import keep_index, open_film
from inspector.store import claps

if TYPE_CHECKING:
    from inspector.store.vault import Vault

COUNT: Final = 3
AROUND_MS: Final = 20_000
"""An officer names a hazard within this time of seeing it (issue 4, point 10)."""
EVERY_MS: Final = 500
CLAP_MS: Final = 1_000
"""A clapper's last second stands a second after its end at most; where nobody ended it, only its first is known."""
_SPREAD: Final = 24
"""Looks into a clip whose clock isn't known."""
_EDGE: Final = 640
_PATIENCE_S: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One picture to choose from; `taken_at` is the laptop's time if the recording's clock is known."""

    clip_id: str
    at_us: int
    number: int
    jpeg: bytes
    sharpness: float
    taken_at: datetime | None
    is_by_time: bool
    """False: of a storyboard, because no clock says where the hazard was filmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggesting:
    """How far the search is: looks done and planned."""

    done: int
    total: int


@dataclass(frozen=True, slots=True)
class _Wanted:
    recording: Recording
    clip: Clip
    times_us: tuple[int, ...]


def suggestions(
    vault: Vault,
    filmed: Sequence[Recording],
    seen_at: datetime,
    progress: Callable[[Suggesting], None],
    is_cancelled: Callable[[], bool],
) -> tuple[Suggestion, ...]:
    """Return up to three, in order of time. Raises Cancelled."""
    wanted = _around(filmed, round(seen_at.timestamp() * 1000), _shown(vault, filmed))
    is_by_time = bool(wanted)
    if not wanted:
        clips = [(recording, clip) for recording in filmed for clip in recording.clips if clip.duration_us]
        looks = max(COUNT, _SPREAD // max(1, len(clips)))
        wanted = [_Wanted(recording, clip, _spread(clip.duration_us, looks)) for recording, clip in clips]
    looked = _Looked(progress, is_cancelled, sum(len(one.times_us) for one in wanted))
    found = [(one, frame) for one in wanted for frame in _looks(vault, one, looked)]
    chosen = choose([frame for _, frame in found], COUNT)
    ranked = [(one, frame) for one, frame in found if any(frame is each for each in chosen)]
    return tuple(told for told in (_told(vault, one, frame, is_by_time) for one, frame in ranked) if told is not None)


class _Looked:
    """Counts looks, tells of them, and stops when asked to."""

    def __init__(self, progress: Callable[[Suggesting], None], is_cancelled: Callable[[], bool], total: int) -> None:
        self._progress, self._is_cancelled, self._total = progress, is_cancelled, total
        self._done = 0

    def one(self) -> None:
        if self._is_cancelled():
            raise Cancelled
        self._done += 1
        self._progress(Suggesting(done=min(self._done, self._total), total=self._total))


def _shown(vault: Vault, filmed: Sequence[Recording]) -> list[tuple[int, int]]:
    """Return when the clapper stood on the screen, in ms: sharp as it is, it shows no hazard."""
    visits = {one.inspection_id for one in filmed if one.inspection_id is not None}
    with vault.gateway.read() as tx:
        found = [clap for visit in sorted(visits) for clap in claps.of_inspection(tx, visit)]
    return [
        (round(one.began_at.timestamp() * 1000), round((one.ended_at or one.began_at).timestamp() * 1000) + CLAP_MS)
        for one in found
    ]


def _around(filmed: Sequence[Recording], seen_ms: int, shown: Sequence[tuple[int, int]]) -> list[_Wanted]:
    moments = [
        moment
        for moment in range(seen_ms - AROUND_MS, seen_ms + AROUND_MS + 1, EVERY_MS)
        if not any(first <= moment <= last for first, last in shown)
    ]
    found: list[_Wanted] = []
    for recording in filmed:
        for clip in recording.clips:
            places = [clock_fit.position(recording, clip, moment) for moment in moments] if clip.duration_us else []
            times_us = tuple(place for place in places if place is not None)
            if times_us:
                found.append(_Wanted(recording, clip, times_us))
    return found


def _spread(duration_us: int, count: int) -> tuple[int, ...]:
    return tuple(duration_us * (2 * place + 1) // (2 * count) for place in range(count))


def _looks(vault: Vault, wanted: _Wanted, looked: _Looked) -> Iterable[Frame]:
    """Return small grey frames of a clip; none of a clip that can't be decoded, fewer of one that breaks off."""
    found: list[Frame] = []
    try:
        with open_film(vault, wanted.clip.sha256) as film:
            if not film.is_indexed:
                keep_index(vault, wanted.clip.sha256, film.index())
            for frame in film.walk(wanted.times_us, THUMB_EDGE, form=Form.GREY, rate=True):
                looked.one()
                found.append(frame)
    except (FilmFailed, EvidenceMissing, StoreDamaged):
        pass
    return found


def _told(vault: Vault, wanted: _Wanted, frame: Frame, is_by_time: bool) -> Suggestion | None:
    try:
        with open_film(vault, wanted.clip.sha256) as film:
            picture = film.frame(number=frame.number, form=Form.JPEG, edge=_EDGE, patience_s=_PATIENCE_S)
    except (FilmFailed, EvidenceMissing, StoreDamaged):
        return None
    return Suggestion(
        clip_id=wanted.clip.id,
        at_us=frame.at_us,
        number=frame.number,
        jpeg=picture.content,
        sharpness=frame.sharpness,
        taken_at=clock_fit.cited_time(wanted.recording, wanted.clip, frame.at_us)[0],
        is_by_time=is_by_time,
    )
