"""Has the decoder look at clips that were taken in: codec, size, exact length and frames, or what can't be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector.domain.footage import Clip
from inspector.errors import Cancelled, EvidenceMissing, FilmFailed, StoreDamaged
from inspector.evidence.container import NO_INDEX
from inspector.evidence.film.client import Film
from inspector.evidence.film.spare import Spare
from inspector.evidence.film.told import REBUILT, FilmInfo
from inspector.services.films import keep_index, lent, open_film
from inspector.services.footage_lending import lent_to
from inspector.services.session import Session
from inspector.store import recordings
from inspector.store.journal import Act


def examine(
    session: Session, progress: Callable[[int, int, Clip], None], is_cancelled: Callable[[], bool]
) -> tuple[str, ...]:
    """Look at every clip that nobody looked at yet; `progress` hears (done, total, clip). Returns the clips' ids.

    A clip on which the decoder dies is said to be undecodable, and costs nothing else. Raises StorageFull.
    """
    with session.vault.gateway.read() as tx:
        waiting = recordings.unread(tx)
        if waiting:  # a clip that came later may lend what those before it lack
            waiting += recordings.without_index(tx)
    seen: list[str] = []
    for done, clip in enumerate(waiting):
        if is_cancelled():
            break
        progress(done, len(waiting), clip)
        try:
            info, spare = _look(session, clip, is_cancelled)
        except Cancelled:
            break
        except (EvidenceMissing, StoreDamaged):
            continue  # verify names it; another time it may be back
        if clip.remark and not info.codec:
            continue  # still nothing to be seen
        _keep(session, clip, info, spare)
        seen.append(clip.id)
    return tuple(seen)


def _look(session: Session, clip: Clip, is_cancelled: Callable[[], bool]) -> tuple[FilmInfo, Spare | None]:
    """Return what a decoder finds in a clip, and what had to be lent to it for that."""

    def go_on(_frames: int) -> None:
        if is_cancelled():
            raise Cancelled

    try:
        with open_film(session.vault, clip.sha256) as film:
            info = film.probe(go_on)
            if not _lacks(film, info):
                _keep_index(session, clip, film, info)
                return info, lent(session.vault, clip.sha256)
        spare = lent(session.vault, clip.sha256) or lent_to(session, clip)
        with Film.open(session.vault.footage.reading(clip.sha256), spare=spare) as film:
            info = film.probe(go_on)
            _keep_index(session, clip, film, info)
    except FilmFailed:
        return FilmInfo(remark="undecodable"), None
    return info, spare if info.codec else None


def _lacks(film: Film, info: FilmInfo) -> bool:
    """Whether it lost its index, and its media alone don't tell how to decode them, or at what rate."""
    if info.remark != REBUILT:
        return info.remark == NO_INDEX
    own = film.spare("")
    return own is None or not own.rate


def _keep_index(session: Session, clip: Clip, film: Film, info: FilmInfo) -> None:
    if info.codec and film.is_indexed:
        keep_index(session.vault, clip.sha256, film.index())


def _keep(session: Session, clip: Clip, info: FilmInfo, spare: Spare | None) -> None:
    """Record what was found; what was lent goes behind the remark, so that every frame is found again the same way."""
    remark = info.remark or ("" if info.codec else "undecodable")
    changes: dict[str, Any] = {
        "codec": info.codec,
        "width": info.width,
        "height": info.height,
        "rotation": info.rotation,
        "duration_us": info.duration_us or clip.duration_us,
        "frames": info.frames,
        "is_constant_rate": info.is_constant_rate,
        "remark": f"{remark} {spare.to_text()}" if spare and remark.startswith("rebuilt") else remark,
    }
    with session.vault.gateway.write() as tx:
        session.record(tx, Act(kind="patch", type="clip", subject=clip.id, changes=changes))
