"""Encrypted frames: the form of footage on the disk, which can be written on, read anywhere and not changed unseen.

A file is a header of 72 bytes (magic with version, random file id, size, its key wrapped), frames of 1 MiB, a trailer.
Each frame and the trailer are AES-256-GCM (NIST SP 800-38D) under the file's own random key with a random nonce of
their own; the file id, the place in the file and whether it is the last frame are bound in, so that frames can't be
swapped, cut off or taken from another file. The key is wrapped with AES-KW (RFC 3394) by a key that HKDF (RFC 5869)
makes of the vault key, the file id and the size. A nonce is random and not the frame's number because a frame that a
power cut tore is written again: with other bytes under the same nonce GCM would break.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from inspector.crypto.digests import CHUNK

FRAME: Final = CHUNK
"""Plain bytes of a frame (the last may be shorter): one leaf of a blob."""
MAGIC: Final = b"FIFOOT\x00\x01"
"""The last byte is the version of this form."""
_ID, _SIZE, _KEY, _WRAPPED, _NONCE, _TAG = 16, 8, 32, 40, 12, 16
HEADER: Final = len(MAGIC) + _ID + _SIZE + _WRAPPED
OVERHEAD: Final = _NONCE + _TAG
"""Bytes by which a sealed frame is longer than its content."""
STRIDE: Final = FRAME + OVERHEAD
_MIDDLE, _LAST, _TRAILER = b"\0", b"\1", b"\2"
_PURPOSE: Final = b"field-inspector/footage-key/v1\0"


class Tampered(Exception):
    """Bytes that are not what was sealed here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameKey:
    """The key of one file; `size` is how many plain bytes it holds, at least 1."""

    file_id: bytes
    key: bytes = field(repr=False)
    size: int
    _cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_cipher", AESGCM(self.key))

    @classmethod
    def new(cls, size: int) -> FrameKey:
        """Return a fresh random key for a file of `size` plain bytes."""
        return cls(file_id=os.urandom(_ID), key=os.urandom(_KEY), size=size)

    @classmethod
    def opened(cls, header: bytes, master: bytes) -> FrameKey:
        """Take key and size out of a header. Raises Tampered."""
        if len(header) != HEADER or not header.startswith(MAGIC):
            raise Tampered("header")
        told = header[len(MAGIC) : -_WRAPPED]
        try:
            key = aes_key_unwrap(_wrapping(master, told), header[-_WRAPPED:])
        except InvalidUnwrap as error:
            raise Tampered("header") from error
        return cls(file_id=told[:_ID], key=key, size=int.from_bytes(told[_ID:], "big"))

    @property
    def frames(self) -> int:
        """How many frames the whole file has."""
        return -(-self.size // FRAME)

    @property
    def frames_end(self) -> int:
        """Where the trailer begins in the file."""
        return HEADER + self.size + self.frames * OVERHEAD

    def length(self, n: int) -> int:
        """Return the plain bytes of frame `n`."""
        return min(FRAME, self.size - n * FRAME)

    def sealed_length(self, n: int) -> int:
        """Return the bytes of frame `n` in the file."""
        return self.length(n) + OVERHEAD

    def header(self, master: bytes) -> bytes:
        """Return the first HEADER bytes of the file."""
        told = self.file_id + self.size.to_bytes(_SIZE, "big")
        return MAGIC + told + aes_key_wrap(_wrapping(master, told), self.key)

    def seal(self, n: int, content: bytes | bytearray) -> bytes:
        """Return frame `n` as it lies in the file: nonce, ciphertext, tag."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, self._bound(n))

    def open(self, n: int, sealed: bytes | bytearray) -> bytes:
        """Return the content of frame `n`. Raises Tampered."""
        return self._open(sealed, self._bound(n))

    def seal_trailer(self, content: bytes) -> bytes:
        """Return what stands behind the last frame, to the end of the file."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, content, MAGIC + self.file_id + _TRAILER)

    def open_trailer(self, sealed: bytes) -> bytes:
        """Return the trailer's content. Raises Tampered."""
        return self._open(sealed, MAGIC + self.file_id + _TRAILER)

    def _bound(self, n: int) -> bytes:
        kind = _LAST if n == self.frames - 1 else _MIDDLE
        return MAGIC + self.file_id + kind + n.to_bytes(8, "big")

    def _open(self, sealed: bytes | bytearray, bound: bytes) -> bytes:
        if len(sealed) < OVERHEAD:
            raise Tampered("short")
        view = memoryview(sealed)
        try:
            return self._cipher.decrypt(bytes(view[:_NONCE]), view[_NONCE:], bound)
        except InvalidTag as error:
            raise Tampered("frame") from error


def offset(n: int) -> int:
    """Return where frame `n` begins in the file."""
    return HEADER + n * STRIDE


def master_key(vault_key: bytes) -> bytes:
    """Return the key from which the wrapping keys of all footage are made; tells nothing of the vault key."""
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=None, info=_PURPOSE).derive(vault_key)


def seal_note(master: bytes, content: bytes, label: str) -> bytes:
    """Return a small text that lies beside the footage, encrypted; `label` (its file's name) is bound in."""
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_wrapping(master, b"note")).encrypt(nonce, content, label.encode())


def open_note(master: bytes, sealed: bytes, label: str) -> bytes:
    """Return what `seal_note` sealed under the same label. Raises Tampered."""
    if len(sealed) < OVERHEAD:
        raise Tampered("short")
    try:
        return AESGCM(_wrapping(master, b"note")).decrypt(sealed[:_NONCE], sealed[_NONCE:], label.encode())
    except InvalidTag as error:
        raise Tampered("note") from error


def _wrapping(master: bytes, told: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=_KEY, salt=told, info=_PURPOSE + b"wrap").derive(master)
