"""Originals: one interface in front of the blobs in evidence.db and the footage in files beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from inspector.errors import EvidenceMissing, EvidenceRefused
from inspector.store.blobs import Blob, BlobStore
from inspector.store.footage import FootageStore

MOST_IN_MEMORY: Final = 2 << 30
"""What `read` gives at most: the largest blob that evidence.db holds (intake.MOST_BYTES)."""


@dataclass(frozen=True, slots=True)
class Originals:
    """Every byte of evidence by its SHA-256, wherever it lies. Bytes that lie in both places are told as footage."""

    blobs: BlobStore
    footage: FootageStore

    def names(self) -> list[str]:
        """Return the SHA-256 of everything stored, each once."""
        return list(dict.fromkeys([*self.blobs.names(), *self.footage.names()]))

    def has(self, sha256: str) -> bool:
        """Whether the bytes are here."""
        try:
            self.find(sha256)
        except EvidenceMissing:
            return False
        return True

    def find(self, sha256: str) -> Blob:
        """Return what is known of an original. Raises EvidenceMissing, StoreDamaged."""
        return self._home(sha256).find(sha256)

    def chunk(self, sha256: str, n: int) -> bytes:
        """Return chunk `n` (1 MiB but the last). Raises EvidenceMissing, StoreDamaged."""
        return self._home(sha256).chunk(sha256, n)

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield the chunks in order, one in memory at a time. Raises EvidenceMissing, StoreDamaged."""
        return self._home(sha256).chunks(sha256)

    def read(self, sha256: str) -> bytes:
        """Return all bytes; of long footage use `chunks`. Raises EvidenceMissing, EvidenceRefused(too_large)."""
        if self.find(sha256).size > MOST_IN_MEMORY:
            raise EvidenceRefused(name="", reason="too_large")
        return b"".join(self.chunks(sha256))

    def is_whole(self, sha256: str) -> bool:
        """Read every byte back and compare it with the name and the leaves. Raises EvidenceMissing, StoreDamaged."""
        if not self.footage.has(sha256):
            return self.blobs.is_whole(sha256)
        try:
            self.blobs.find(sha256)
        except EvidenceMissing:
            return self.footage.is_whole(sha256)
        return self.footage.is_whole(sha256) and self.blobs.is_whole(sha256)

    def _home(self, sha256: str) -> BlobStore | FootageStore:
        return self.footage if self.footage.has(sha256) else self.blobs
