"""SHA-256, SM3 and the chunk digests of a blob in one pass."""

from __future__ import annotations

import hashlib
from typing import Protocol

from cryptography.hazmat.primitives import hashes

CHUNK = 1 << 20
"""Bytes of one leaf: 1 MiB, the piece in which blobs are stored and sent."""


class Running(Protocol):
    """A digest being computed; lets other threads work while it takes in large pieces."""

    def update(self, data: bytes | bytearray, /) -> None:
        """Take in more."""
        ...

    def hexdigest(self) -> str:
        """Return the digest of everything so far."""
        ...


class _SlowSm3:
    def __init__(self) -> None:
        self._hash = hashes.Hash(hashes.SM3())

    def update(self, data: bytes | bytearray, /) -> None:
        self._hash.update(data)

    def hexdigest(self) -> str:
        return self._hash.copy().finalize().hex()


def new_sm3() -> Running:
    """Return a running SM3 (GB/T 32905-2016); OpenSSL's own through hashlib is twice as fast where it is there."""
    return hashlib.new("sm3") if "sm3" in hashlib.algorithms_available else _SlowSm3()


class Hasher:
    """Feed it the chunks of a blob in order, each CHUNK long but the last."""

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self._sm3 = new_sm3()
        self._leaves: list[str] = []
        self.size = 0

    def update(self, chunk: bytes) -> None:
        """Take the next chunk; ValueError if the one before was not full."""
        if self.size % CHUNK or len(chunk) > CHUNK:
            raise ValueError("chunks must be full but the last")
        self._sha256.update(chunk)
        self._sm3.update(chunk)
        self._leaves.append(hashlib.sha256(chunk).hexdigest())
        self.size += len(chunk)

    @property
    def sha256(self) -> str:
        """Hex SHA-256 of everything so far: the blob's name."""
        return self._sha256.hexdigest()

    @property
    def sm3(self) -> str:
        """Hex SM3 of everything so far."""
        return self._sm3.hexdigest()

    @property
    def leaves(self) -> tuple[str, ...]:
        """Hex SHA-256 of each chunk in order."""
        return tuple(self._leaves)
