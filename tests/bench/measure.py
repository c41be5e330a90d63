"""Times work and sets it beside a peer's in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line of the table: ours and a peer's milliseconds, and what the product promises."""

    what: str
    ours_ms: float
    worst_ms: float
    """95th percentile of many, the slowest of few."""
    peer: str
    peer_ms: float
    promise: str
    is_kept: bool | None
    """None where nothing is promised."""

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.ours_ms / self.peer_ms if self.peer_ms else 0.0


def times(work: Callable[[Any], object], over: Iterable[Any]) -> list[float]:
    """Return the milliseconds of each call."""
    found: list[float] = []
    for one in over:
        began = time.perf_counter()
        work(one)
        found.append((time.perf_counter() - began) * 1000)
    return found


def measured(what: str, ours: list[float], peer: str, peers: list[float], *, most_ms: float | None = None) -> Measured:
    """Set two lists of times side by side by their medians; `most_ms` is what the median may take."""
    middle = median(ours)
    worst = quantiles(ours, n=20)[-1] if len(ours) >= 20 else max(ours)
    return Measured(
        what=what,
        ours_ms=middle,
        worst_ms=worst,
        peer=peer,
        peer_ms=median(peers),
        promise=f"≤ {most_ms:g} ms" if most_ms is not None else "",
        is_kept=None if most_ms is None else middle <= most_ms,
    )
