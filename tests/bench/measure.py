"""Times work and sets it beside a peer's, or beside a limit, in the same run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line of the table: ours, the worst of ours, a peer's, and what the product promises; all in `unit`."""

    what: str
    ours: float
    worst: float
    """95th percentile of many, the slowest of few."""
    peer: str = ""
    """Who the peer is; empty where only a limit stands beside it."""
    peer_value: float = 0.0
    unit: str = "ms"
    promise: str = ""
    is_kept: bool | None = None
    """None where nothing is promised."""

    @property
    def ratio(self) -> float:
        """Ours over the peer's."""
        return self.ours / self.peer_value if self.peer_value else 0.0


@dataclass(frozen=True, slots=True)
class Absent:
    """A line that can't be measured on this machine, and what is missing."""

    what: str
    why: str


Line = Measured | Absent


def times(work: Callable[[Any], object], over: Iterable[Any]) -> list[float]:
    """Return the milliseconds of each call."""
    found: list[float] = []
    for one in over:
        began = time.perf_counter()
        work(one)
        found.append((time.perf_counter() - began) * 1000)
    return found


def p95(found: list[float]) -> float:
    """Return the 95th percentile of many, the largest of few."""
    return quantiles(found, n=20)[-1] if len(found) >= 20 else max(found)


def measured(
    what: str,
    ours: list[float],
    peer: str,
    peers: list[float],
    *,
    most_ms: float | None = None,
    most_p95_ms: float | None = None,
    most_ratio: float | None = None,
) -> Measured:
    """Set two lists of times side by side by their medians; promise what the median, the p95 or the ratio may be."""
    middle, worst = median(ours), p95(ours)
    promise, is_kept = "", None
    if most_ms is not None:
        promise, is_kept = f"≤ {most_ms:g} ms", middle <= most_ms
    elif most_p95_ms is not None:
        promise, is_kept = f"p95 ≤ {most_p95_ms:g} ms", worst <= most_p95_ms
    elif most_ratio is not None:
        promise, is_kept = f"≤ {most_ratio:g} × peer", middle <= most_ratio * median(peers)
    return Measured(
        what=what, ours=middle, worst=worst, peer=peer, peer_value=median(peers) if peers else 0.0,
        promise=promise, is_kept=is_kept,
    )  # fmt: skip
