"""How large a segment and how many streams the link rewards; measured while sending, never configured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MAX_CHUNKS: Final = 8
"""Largest segment in chunks of 1 MiB."""
TARGET_S: Final = 4.0
"""A segment should take no longer: that much is lost at most when the link drops, and entries never wait longer."""
MAX_STREAMS: Final = 6
"""On 10 Mbit/s with 1 % loss one stream carries 1.2 Mbit/s, six carry nine (decisions.md 12)."""
GAIN: Final = 1.25
"""Twice the streams must bring at least this factor; else they only make waste."""
WINDOW_SEGMENTS: Final = 3


@dataclass(slots=True)
class Pace:
    """Begins with one chunk on one stream. Only the run's own thread touches it."""

    chunks: int = 1
    streams: int = 1
    _best: float = 0.0
    _before: int = 1
    _is_settled: bool = False
    _since: float = 0.0
    _bytes: int = 0
    _segments: int = 0

    def sent(self, *, chunks: int, size: int, seconds: float, now: float) -> None:
        """Learn from a segment that arrived."""
        fitting = int(chunks * TARGET_S / max(seconds, 1e-3))
        self.chunks = max(1, min(MAX_CHUNKS, 2 * chunks, fitting))
        self._weigh(size, now)

    def failed(self) -> None:
        """Learn from a segment that the link lost: small pieces and fewer streams lose less."""
        self.chunks, self.streams, self._is_settled = 1, max(1, self.streams // 2), True

    def begin(self, now: float) -> None:
        """Start a measuring window; idle time between lanes may not count."""
        self._since, self._bytes, self._segments = now, 0, 0

    def _weigh(self, size: int, now: float) -> None:
        self._bytes += size
        self._segments += 1
        if self._is_settled or self._segments < WINDOW_SEGMENTS * self.streams:
            return
        rate = self._bytes / max(now - self._since, 1e-3)
        if self._best and rate < GAIN * self._best:
            self.streams, self._is_settled = self._before, True
        elif self.streams < MAX_STREAMS:
            self._best, self._before = rate, self.streams
            self.streams = min(MAX_STREAMS, 2 * self.streams)
        else:
            self._is_settled = True
        self.begin(now)
