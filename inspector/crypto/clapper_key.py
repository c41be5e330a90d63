"""The key of one clap's MAC."""

from __future__ import annotations

from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_INFO: Final = b"field-inspector/clapper/v1\0"


def clap_key(secret: bytes, nonce: bytes, clap_id: str) -> bytes:
    """Return the 32-byte MAC key of one clap: HKDF-SHA256 (RFC 5869) of the laptop's secret, salted with its nonce."""
    return HKDF(algorithm=SHA256(), length=32, salt=nonce, info=_INFO + clap_id.encode()).derive(secret)
