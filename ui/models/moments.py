"""Days and times as officers read them: China Standard Time, 24 hours, weekday in a word."""

from __future__ import annotations

from datetime import date, datetime

from inspector.clock import CHINA
from ui.text import tr


def clock_time(moment: datetime) -> str:
    """Return HH:MM:SS of an aware time, in China."""
    return f"{moment.astimezone(CHINA):%H:%M:%S}"


def day_time(moment: datetime) -> str:
    """Return YYYY-MM-DD HH:MM of an aware time, in China."""
    return f"{moment.astimezone(CHINA):%Y-%m-%d %H:%M}"


def read_day_time(text: str) -> datetime | None:
    """Return the aware time that a typed YYYY-MM-DD HH:MM names, None if it is none."""
    try:
        return datetime.strptime(" ".join(text.split()), "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)
    except ValueError:
        return None


def china_day(moment: datetime) -> date:
    """Return the calendar day of an aware time, in China."""
    return moment.astimezone(CHINA).date()


def weekday_word(day: date) -> str:
    """Return 周一 … 周日."""
    words = (tr("周一"), tr("周二"), tr("周三"), tr("周四"), tr("周五"), tr("周六"), tr("周日"))
    return words[day.weekday()]


def bytes_word(size: int) -> str:
    """Return a size with its unit: 820 B, 3.4 MB, 1.18 GB."""
    amount, unit = float(size), "B"
    for unit in ("B", "KB", "MB", "GB", "TB"):
        if amount < 1000 or unit == "TB":
            break
        amount /= 1000
    digits = 0 if unit in {"B", "KB"} else 2 if unit in {"GB", "TB"} else 1
    return f"{amount:.{digits}f} {unit}"


def seconds_word(seconds: float) -> str:
    """Return a duration in words: 4 秒, 2 分 48 秒."""
    whole = max(0, round(seconds))
    if whole < 60:
        return tr("{n} 秒", n=whole)
    return tr("{m} 分 {n} 秒", m=whole // 60, n=whole % 60)
