"""One blob on its way: which chunks headquarters lacks, which are in the air, and its bytes, checked before sending."""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field

from inspector.protocol.messages import CHUNK
from inspector.store.blobs import Blob
from inspector.store.originals import Originals
from inspector.sync.progress import Lane


class LocalDamage(Exception):
    """A chunk on this laptop no longer fits its digest; the blob can't be sent, the others can."""


@dataclass(slots=True, kw_only=True)
class Parcel:
    """Sends from the front. `failure` is the reason once it can't go on in this pass."""

    blob: Blob
    lane: Lane
    missing: deque[tuple[int, int]] = field(default_factory=deque[tuple[int, int]])
    flying: int = 0
    failure: str = ""
    is_sealing: bool = False

    @property
    def missing_bytes(self) -> int:
        """Bytes that headquarters lacked when it was asked."""
        return sum(self.span_bytes(span) for span in self.missing)

    @property
    def is_ready_to_seal(self) -> bool:
        """Whether every chunk has arrived."""
        return not (self.missing or self.flying or self.failure or self.is_sealing)

    def span_bytes(self, span: tuple[int, int]) -> int:
        """Return the bytes of chunks a..b-1."""
        return min(self.blob.size, span[1] * CHUNK) - span[0] * CHUNK

    def take(self, chunks: int) -> tuple[int, int] | None:
        """Return the next span of at most `chunks` chunks and count it as flying."""
        if not self.missing or self.failure:
            return None
        first, end = self.missing.popleft()
        stop = min(end, first + chunks)
        if stop < end:
            self.missing.appendleft((stop, end))
        self.flying += 1
        return first, stop

    def content(self, store: Originals, span: tuple[int, int]) -> bytes:
        """Read chunks a..b-1 and hold each against its leaf.

        Raises LocalDamage; EvidenceMissing and StoreDamaged come from the store.
        """
        pieces: list[bytes] = []
        for n in range(*span):
            piece = store.chunk(self.blob.sha256, n)
            if hashlib.sha256(piece).hexdigest() != self.blob.leaves[n]:
                raise LocalDamage(self.blob.sha256, n)
            pieces.append(piece)
        return b"".join(pieces)


def are_ranges(missing: list[tuple[int, int]], chunks: int) -> bool:
    """Whether the ranges lie inside the blob, in order, none empty, none twice."""
    edge = 0
    for first, end in missing:
        if not edge <= first < end <= chunks:
            return False
        edge = end
    return True
