"""How times stand in entries and rows: ISO 8601 in UTC with milliseconds, days as ISO dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

from inspector.clock import CHINA


def written(at: datetime) -> str:
    """Return 2026-11-22T01:05:00.000Z; ValueError for a time without zone."""
    if at.utcoffset() is None:
        raise ValueError("a stored time needs a zone")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """Return the aware UTC time of a stored text."""
    return datetime.fromisoformat(text)


def read_or_none(text: str | None) -> datetime | None:
    """Return the time, or None where none is stored."""
    return read(text) if text else None


def day_or_none(text: str | None) -> date | None:
    """Return the day, or None where none is stored."""
    return date.fromisoformat(text) if text else None


def china_day(at: datetime) -> date:
    """Return the calendar day in China of a moment."""
    return at.astimezone(CHINA).date()
