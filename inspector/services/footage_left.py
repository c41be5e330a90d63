"""What would be lost if a card were cleared now."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from inspector.crypto.digests import CHUNK
from inspector.errors import Cancelled
from inspector.evidence.film_folder import OtherFile, films_in, open_source
from inspector.store import recordings
from inspector.store.vault import Vault


def left_on(
    vault: Vault, root: Path, compared: set[tuple[Path, int, int]], is_cancelled: Callable[[], bool]
) -> tuple[str, ...]:
    """Return the paths of films, pictures and sound below `root` that are not in this store byte for byte.

    `compared` are (path, size, mtime_ns) of films that are; any other film is left, whatever its name, and a picture
    is left unless its bytes are stored. Indexes, logs and hidden files don't count. Raises Cancelled, EvidenceRefused.
    """
    walk = films_in(root, lambda _found, _name: None, is_cancelled)
    films = [film.relative for film in walk.films if (film.path.absolute(), film.size, film.mtime_ns) not in compared]
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
