"""What is said of long work while it runs: the line in the strip, rate and time left beside its bar."""

from __future__ import annotations

from ui.text import tr
from ui.widgets.progress import grouped
from ui.works import Work


def line(work: Work) -> str:
    """Return the short line of the top strip: 照片 120 / 300."""
    return f"{work.title} {grouped(work.done)} / {grouped(work.total)}" if work.total else work.title


def note(work: Work) -> str:
    """Return rate and time left: 每秒 6.5　剩 28 秒; empty until both can be said."""
    left = work.remaining_s
    if left is None:
        return ""
    rate = f"{work.rate:.1f}" if work.rate < 10 else grouped(round(work.rate))
    return f"{tr('每秒 {rate}', rate=rate)}　{remaining(left)}"


def remaining(seconds: int) -> str:
    """Return how long it will still take: 剩 28 秒, 剩 3 分钟."""
    return tr("剩 {n} 秒", n=seconds) if seconds < 90 else tr("剩 {n} 分钟", n=round(seconds / 60))
