"""Has the decoder look at clips that were taken in: codec, size, exact length and frames, or what can't be read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inspector.domain.footage import Clip
from inspector.errors import Cancelled, EvidenceMissing, FilmFailed, StoreDamaged
from inspector.evidence.film.told import FilmInfo
from inspector.services.films import keep_index, open_film
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
    seen: list[str] = []
    for done, clip in enumerate(waiting):
        if is_cancelled():
            break
        progress(done, len(waiting), clip)
        try:
            info = _look(session, clip, is_cancelled)
        except Cancelled:
            break
        except (EvidenceMissing, StoreDamaged):
            continue  # verify names it; another time it may be back
        _keep(session, clip, info)
        seen.append(clip.id)
    return tuple(seen)


def _look(session: Session, clip: Clip, is_cancelled: Callable[[], bool]) -> FilmInfo:
    def go_on(_frames: int) -> None:
        if is_cancelled():
            raise Cancelled

    try:
        with open_film(session.vault, clip.sha256) as film:
            info = film.probe(go_on)
            if info.codec and film.is_indexed:
                keep_index(session.vault, clip.sha256, film.index())
    except FilmFailed:
        return FilmInfo(remark="undecodable")
    return info


def _keep(session: Session, clip: Clip, info: FilmInfo) -> None:
    changes: dict[str, Any] = {
        "codec": info.codec,
        "width": info.width,
        "height": info.height,
        "rotation": info.rotation,
        "duration_us": info.duration_us or clip.duration_us,
        "frames": info.frames,
        "is_constant_rate": info.is_constant_rate,
        "remark": info.remark or ("" if info.codec else "undecodable"),
    }
    with session.vault.gateway.write() as tx:
        session.record(tx, Act(kind="patch", type="clip", subject=clip.id, changes=changes))
