"""What would be lost if a card were cleared now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from inspector.crypto.digests import CHUNK
from inspector.errors import Cancelled
from inspector.evidence.film_folder import OtherFile, films_in, open_source
from inspector.services.footage_scan import FoundClip
from inspector.store import recordings
from inspector.store.vault import Vault


def left_on(
    vault: Vault, wanted: Sequence[FoundClip], refused: set[str], is_cancelled: Callable[[], bool]
) -> tuple[str, ...]:
    """Return the paths of films, pictures and sound on the card that are not in this store byte for byte.

    `wanted` were compared just now but for the `refused`; any other film is left, whatever its name, and a picture is
    left unless its bytes are stored. Indexes, logs and hidden files don't count. Raises Cancelled, EvidenceRefused.
    """
    taken = {(clip.relative, clip.size, clip.mtime_ns) for clip in wanted if clip.relative not in refused}
    walk = films_in(wanted[0].root, lambda _found, _name: None, is_cancelled)
    films = [film.relative for film in walk.films if (film.relative, film.size, film.mtime_ns) not in taken]
    unseen = [path for path, reason in walk.skipped if reason in {"unreadable", "too_deep", "too_many"}]
    with vault.gateway.read() as tx:
        sizes = recordings.sizes(tx)
    others = [
        other.relative
        for other in walk.others
        if other.is_media and not (other.size in sizes and _is_stored(vault, other, is_cancelled))
    ]
    return tuple(films + others + unseen)


def _is_stored(vault: Vault, other: OtherFile, is_cancelled: Callable[[], bool]) -> bool:
    whole = hashlib.sha256()
    try:
        with open_source(other.path) as file:
            while piece := file.read(CHUNK):
                if is_cancelled():
                    raise Cancelled
                whole.update(piece)
    except OSError:
        return False
    return vault.originals.has(whole.hexdigest())
