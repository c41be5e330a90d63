"""Finds the clapper in a recording: where to look, what the codes say, which anchors come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from inspector.domain import clap_verdicts, clap_votes, clock_fit
from inspector.domain.clap_verdicts import Showing
from inspector.domain.clap_votes import Sighting
from inspector.domain.footage import Anchor, Clap, ClapVerdict, Clip, Recording
from inspector.errors import Cancelled, EvidenceMissing, FilmFailed, StoreDamaged
from inspector.evidence import clapper
from inspector.evidence.clap_hunt import CLOSE_US, KEY_US, Hunt, Hunter, Span
from inspector.services.clap_settling import Settled
from inspector.services.session import Session
from inspector.store import claps

if TYPE_CHECKING:
    from inspector.evidence.film.client import Film

OpenFilm = Callable[[Clip, Callable[[int], None]], "Film"]
"""Opens a clip with its index; the callable hears the frames seen while the index is made, and may raise Cancelled."""

ENDS_US: Final = 120_000_000
"""The first and the last two minutes are looked through closely (product.md §6-1)."""
HINT_US: Final = 60_000_000
"""So far around the recorder's own time of a clap, in case that clock is right."""
AFTER_US: Final = 10_000_000
"""So far around where one clap says that another must be."""
_HINTS: Final = 4
_LONGEST: Final = timedelta(minutes=3)
"""No clapper is held up longer; one that was never ended isn't looked for for hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searching:
    """How far a search is: frames looked at, about how many there will be, and in which file."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClapSearch:
    """What a search through one recording found; `anchors` in order of the stream, doubtful ones among them."""

    recording_id: str
    anchors: tuple[Anchor, ...] = ()
    too_short: int = 0
    """Showings of this laptop's claps with fewer than 3 seconds to be read: they say nothing."""
    frames_looked_at: int = 0
    frames: int = 0
    failed: tuple[tuple[str, str], ...] = ()
    """(file name, reason) of clips that could not be looked through to their end."""
    bound_to: str | None = None
    """The inspection that a recording of none was given to, because all its claps are that one's."""
    candidates: tuple[str, ...] = ()
    """Where its claps are of several inspections: an officer must say which."""
    contradicted: tuple[str, ...] = ()
    """Ids of other recordings of the device whose claps this one shows to be older than they pretend."""

    @property
    def found(self) -> tuple[Anchor, ...]:
        """The anchors that the clock is fitted to."""
        return tuple(one for one in self.anchors if one.verdict is ClapVerdict.GENUINE)

    @property
    def verdicts(self) -> tuple[ClapVerdict, ...]:
        """The verdict of each anchor."""
        return tuple(one.verdict for one in self.anchors)

    @property
    def share_looked_at(self) -> float:
        """Frames looked at of all frames, 0..1."""
        return self.frames_looked_at / self.frames if self.frames else 0.0


@dataclass(slots=True)
class _Trail:
    """What was found in the clips so far."""

    hunts: dict[str, Hunt] = field(default_factory=dict[str, Hunt])
    frames: dict[str, int] = field(default_factory=dict[str, int])
    failed: dict[str, str] = field(default_factory=dict[str, str])


class ClapHunt:
    """One search through one recording; blocks for minutes."""

    def __init__(
        self,
        session: Session,
        recording: Recording,
        open_film: OpenFilm,
        progress: Callable[[Searching], None],
        *,
        is_cancelled: Callable[[], bool],
    ) -> None:
        self._session = session
        self._recording = recording
        self._open_film = open_film
        self._progress = progress
        self._is_cancelled = is_cancelled
        self._trail = _Trail()
        self._named: dict[bytes, list[tuple[Clap, bytes]]] = {}
        self._done = 0
        self._total = sum(_expected(clip) for clip in recording.clips)

    def showings(self, key_of: Callable[[Clap], bytes]) -> list[Showing]:
        """Look through all clips and return the claps in them, in no order. Raises Cancelled."""
        for clip in self._recording.clips:
            self._look(clip, lambda hunter, film, clip=clip: hunter.search(self._closely(clip, film)))
        found = self._found(key_of)
        for clip in self._recording.clips:
            if expected := self._expected_in(clip, found):
                self._look(clip, lambda hunter, _, spans=expected: hunter.look(spans))
        return self._found(key_of)

    @property
    def failed(self) -> frozenset[str]:
        """Ids of the clips that could not be looked through to their end."""
        return frozenset(self._trail.failed)

    def told(self, settled: Settled, showings: Sequence[Showing]) -> ClapSearch:
        """Return what the search comes to."""
        short = sum(
            each.has_mac and each.vote.runs_with_stream and each.vote.seconds < clap_votes.LEAST_SECONDS
            for each in showings
        )
        return ClapSearch(
            recording_id=self._recording.id,
            anchors=settled.anchors,
            bound_to=settled.bound_to,
            candidates=settled.candidates,
            contradicted=settled.contradicted,
            too_short=short,
            frames_looked_at=sum(len(hunt.looked_at) for hunt in self._trail.hunts.values()),
            frames=sum(self._trail.frames.values()),
            failed=tuple(
                (clip.name, why) for clip in self._recording.clips if (why := self._trail.failed.get(clip.id))
            ),
        )

    def _look(self, clip: Clip, work: Callable[[Hunter, Film], None]) -> None:
        hunt = self._trail.hunts.setdefault(clip.id, Hunt())

        def step() -> None:
            self._done += 1
            self._progress(Searching(done=self._done, total=max(self._total, self._done), name=clip.name))

        self._trail.frames.setdefault(clip.id, clip.frames)
        try:
            with self._open_film(clip, self._go_on) as film:
                self._trail.frames[clip.id] = len(film.index())
                work(Hunter(film, hunt, step, self._is_cancelled), film)
        except FilmFailed as failed:
            self._trail.failed[clip.id] = str(failed.facts.get("reason", ""))
        except (EvidenceMissing, StoreDamaged) as failed:
            self._trail.failed[clip.id] = failed.code

    def _go_on(self, _frames: int) -> None:
        if self._is_cancelled():
            raise Cancelled

    def _closely(self, clip: Clip, film: Film) -> list[Span]:
        clips = self._recording.clips
        here = clips.index(clip)
        length = film.index().duration_us
        before, after = (sum(each.duration_us for each in some) for some in (clips[:here], clips[here + 1 :]))
        spans = [(0, ENDS_US - before), (length - (ENDS_US - after), length)]
        spans += [(at_us - HINT_US, at_us + HINT_US) for at_us in self._hints(clip, length)]
        return [(max(low, 0), min(high, length)) for low, high in spans if low < length and high > 0 and low < high]

    def _hints(self, clip: Clip, length: int) -> list[int]:
        """Where the recorder's own clock, if it is right, says that claps were filmed."""
        if clip.recorded_at is None:
            return []
        ends_at = clip.recorded_at + timedelta(microseconds=length)
        with self._session.vault.gateway.read() as tx:
            shown = claps.between(tx, clip.recorded_at, ends_at, _HINTS)
        return [round((each.began_at - clip.recorded_at) / timedelta(microseconds=1)) for each in shown]

    def _expected_in(self, clip: Clip, found: Sequence[Showing]) -> list[Span]:
        """Where the claps found so far say that other claps of their visits must be, and none was seen yet."""
        anchors = clap_verdicts.judge(replace(self._recording, inspection_id=None), found)
        fitted = replace(self._recording, anchors=anchors)
        seen = {each.clap.id for each in found if each.clap}
        visits = {each.clap.inspection_id for each in found if each.clap and each.has_mac}
        with self._session.vault.gateway.read() as tx:
            shown = [each for visit in sorted(visits) for each in claps.of_inspection(tx, visit)]
        spans: list[Span] = []
        for each in shown:
            at_us = clock_fit.position(fitted, clip, round(each.began_at.timestamp() * 1000))
            if each.id not in seen and at_us is not None:
                lasted = min((each.ended_at or each.began_at + _LONGEST) - each.began_at, _LONGEST)
                spans.append((at_us - AFTER_US, at_us + round(lasted / timedelta(microseconds=1)) + AFTER_US))
        return spans

    def _found(self, key_of: Callable[[Clap], bytes]) -> list[Showing]:
        found: list[Showing] = []
        for clip_id, hunt in self._trail.hunts.items():
            seen: dict[tuple[str, bool], list[Sighting]] = {}
            by_id: dict[str, Clap] = {}
            for at_us, told in dict.fromkeys(hunt.found):
                clap, has_mac = self._whose(told, key_of)
                if clap is not None:
                    by_id[clap.id] = clap
                name = clap.id if clap else told.clap.hex()
                seen.setdefault((name, has_mac), []).append(Sighting(at_us, told.counter, told.wall_ms))
            for (name, has_mac), sightings in seen.items():
                for showing in clap_votes.showings(sightings):
                    vote = clap_votes.vote(showing)
                    found.append(Showing(clip_id=clip_id, vote=vote, clap=by_id.get(name), has_mac=has_mac))
        return found

    def _whose(self, told: clapper.Told, key_of: Callable[[Clap], bytes]) -> tuple[Clap | None, bool]:
        """Return the clap that a code names, None for a stranger's, and whether this laptop made the code."""
        named = self._named.get(told.clap)
        if named is None:
            with self._session.vault.gateway.read() as tx:
                named = [(clap, key_of(clap)) for clap in claps.tagged(tx, told.clap)]
            self._named[told.clap] = named
        for clap, key in named:
            if clapper.fits(told, key):
                return clap, True
        return (named[0][0], False) if named else (None, False)


def _expected(clip: Clip) -> int:
    """Return about how many frames of a clip will be looked at."""
    return clip.duration_us // KEY_US + min(clip.duration_us, 2 * ENDS_US) // CLOSE_US
