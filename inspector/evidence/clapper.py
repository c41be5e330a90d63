"""The clapper's code: what one second of it says, in 38 characters, and the MAC that only this laptop can make."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import Final

VERSION: Final = 1
QUIET: Final = 4
"""White modules that a screen must leave around the matrix (ISO/IEC 18004 §6.3.8)."""
TEXT: Final = 38
"""Characters of a code: all that a version 2 symbol of level M holds in alphanumeric mode (ISO/IEC 18004 table 7).

25 modules and the white border make 33 modules, the size whose legibility was measured (product.md §6-1).
"""
MAC: Final = 8
_BODY: Final = 17
_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_EARLIEST_MS, _LATEST_MS = 1_577_836_800_000, 4_102_444_800_000
"""2020 to 2100: a time outside is no clapper's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one code says. `wall_ms` is the laptop's time at which this second began, `counter` which second it is."""

    inspection: bytes
    """4 bytes, see `short`."""
    clap: bytes
    """The first 4 bytes of the clap's nonce."""
    wall_ms: int
    counter: int
    """Seconds since the clap began, modulo 65536."""
    mac: bytes = b""

    def body(self) -> bytes:
        """Return the 17 bytes that the MAC covers: version, inspection, clap, time, counter."""
        moment = self.wall_ms.to_bytes(6, "big") + self.counter.to_bytes(2, "big")
        return bytes([VERSION]) + self.inspection + self.clap + moment


def short(inspection_id: str) -> bytes:
    """Return how a code names an inspection: 4 bytes of the SHA-256 of its id."""
    return hashlib.sha256(inspection_id.encode()).digest()[:4]


def written(told: Told, key: bytes) -> str:
    """Return the 38 characters of a code, MAC and all; `told.mac` isn't looked at."""
    return _base45(told.body() + _mac(told.body(), key))


def read(text: str) -> Told | None:
    """Return what a code says, or None if it is no clapper's code; whether its MAC fits, `fits` tells."""
    raw = _bytes(text)
    if raw is None or len(raw) != _BODY + MAC or raw[0] != VERSION:
        return None
    wall_ms = int.from_bytes(raw[9:15], "big")
    if not _EARLIEST_MS <= wall_ms < _LATEST_MS:
        return None
    counter = int.from_bytes(raw[15:17], "big")
    return Told(inspection=raw[1:5], clap=raw[5:9], wall_ms=wall_ms, counter=counter, mac=raw[_BODY:])


def fits(told: Told, key: bytes) -> bool:
    """Whether the MAC was made with `key`."""
    return hmac.compare_digest(told.mac, _mac(told.body(), key))


def _mac(body: bytes, key: bytes) -> bytes:
    return hmac.new(key, body, hashlib.sha256).digest()[:MAC]


def _base45(raw: bytes) -> str:
    """RFC 9285: two bytes are three characters, a last single byte two."""
    text = ""
    for at in range(0, len(raw), 2):
        value = int.from_bytes(raw[at : at + 2], "big")
        for _ in range(3 if at + 1 < len(raw) else 2):
            value, digit = divmod(value, 45)
            text += _ALPHABET[digit]
    return text


def _bytes(text: str) -> bytes | None:
    if len(text) != TEXT or any(char not in _ALPHABET for char in text):
        return None
    raw = b""
    for at in range(0, TEXT, 3):
        digits = [_ALPHABET.index(char) for char in text[at : at + 3]]
        value = sum(digit * 45**place for place, digit in enumerate(digits))
        size = len(digits) - 1
        if value >= 256**size:
            return None
        raw += value.to_bytes(size, "big")
    return raw
