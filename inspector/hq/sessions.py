"""Sessions and nonces: every signature counts once. Nothing is stored; a restart ends all sessions."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from typing import Final

from inspector.hq.problem import Refusal

LIFETIME_MS: Final = 8 * 3_600_000
WINDOW: Final = 1024
"""Counters may arrive out of order by this much (several requests in flight); older ones count as used."""
_MAX_COUNTER: Final = 1 << 53


class _Session:
    def __init__(self, device: str, ends_ms: int) -> None:
        self.device = device
        self.ends_ms = ends_ms
        self.highest = 0
        self.seen = 0  # bit n: counter highest - n was used

    def use(self, counter: int) -> bool:
        if counter > self.highest:
            self.seen = (
                (self.seen << (counter - self.highest) | 1) & ((1 << WINDOW) - 1)
                if (counter - self.highest < WINDOW)
                else 1
            )
            self.highest = counter
            return True
        bit = 1 << (self.highest - counter)
        if self.highest - counter >= WINDOW or self.seen & bit:
            return False
        self.seen |= bit
        return True


class Sessions:
    """Makes session tokens and uses up nonces; safe from any thread. Times are monotonic milliseconds."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self._used: dict[str, _Session] = {}

    def new(self, now_ms: int) -> str:
        """Return a token; it carries its own end and seal, so that strangers' hellos cost no memory."""
        head = f"{now_ms + LIFETIME_MS:x}.{secrets.token_urlsafe(12)}"
        return f"{head}.{self._seal(head)}"

    def use(self, nonce: str, device: str, now_ms: int) -> None:
        """Use up `<session>:<counter>` (counter from 1). Raises Refusal session or replay.

        Call it only for a signature that holds: a session belongs to the first device that signed under it.
        """
        token, _, text = nonce.rpartition(":")
        ends_ms = self._end_of(token)
        if ends_ms is None or ends_ms <= now_ms:
            raise Refusal("session")
        if not text.isascii() or not text.isdecimal() or len(text) > 16 or not 1 <= int(text) <= _MAX_COUNTER:
            raise Refusal("malformed", "nonce")
        with self._lock:
            self._forget(now_ms)
            session = self._used.setdefault(token, _Session(device, ends_ms))
            if session.device != device:
                raise Refusal("session")
            if not session.use(int(text)):
                raise Refusal("replay")

    def _forget(self, now_ms: int) -> None:
        for token in [token for token, one in self._used.items() if one.ends_ms <= now_ms]:
            del self._used[token]

    def _end_of(self, token: str) -> int | None:
        head, _, seal = token.rpartition(".")
        if not hmac.compare_digest(seal.encode(), self._seal(head).encode()):
            return None
        return int(head.partition(".")[0], 16)

    def _seal(self, head: str) -> str:
        return hmac.new(self._secret, head.encode(), hashlib.sha256).hexdigest()[:32]
