"""Turns what a camera wrote as time into UTC, and keeps its own words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from inspector.clock import CHINA
from inspector.domain.evidence import TimeSource

_TIME = re.compile(r"(\d{4})[:\-/.](\d{1,2})[:\-/.](\d{1,2})[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?", re.ASCII)
_ZONE = re.compile(r"([+\-])(\d{2}):?(\d{2})", re.ASCII)
_MOST_OFFSET = timedelta(hours=14)
"""The largest offset in use (Line Islands)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time as UTC where it is one, its text verbatim, and how it is known."""

    at: datetime | None = None
    text: str = ""
    source: TimeSource = TimeSource.UNKNOWN


def first_moment(told: Iterable[tuple[str, str, str]]) -> Moment:
    """Return the first of (text, offset, sub-seconds) that is a time; else keep the first text as it is.

    A time without offset is read as China Standard Time, as TimeSource.EXIF_LOCAL says.
    """
    odd = ""
    for text, offset, parts in told:
        moment = _moment(text, offset, parts)
        if moment.at is not None:
            return moment
        odd = odd or moment.text
    return Moment(text=odd)


def png_moment(text: str) -> Moment:
    """Read PNG's "Creation Time": RFC 1123 as the standard recommends, else any of the forms cameras use."""
    found, zone = _TIME.match(text), _ZONE.search(text[10:])
    if found:
        moment = _moment(found[0], zone[0] if zone else "Z" if text.rstrip().endswith("Z") else "", "")
        return Moment(at=moment.at, text=text, source=moment.source)
    try:
        at = parsedate_to_datetime(text)
        utc = at.replace(tzinfo=at.tzinfo or CHINA).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return Moment(text=text)
    return Moment(at=utc, text=text, source=TimeSource.EXIF_OFFSET if at.tzinfo else TimeSource.EXIF_LOCAL)


def _moment(text: str, offset: str, parts: str) -> Moment:
    verbatim = text + (f".{parts}" if text and parts else "") + (offset if text else "")
    found = _TIME.match(text)
    if not found:
        return Moment(text=verbatim)
    zone = _zone(offset)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    fraction = int(parts[:6].ljust(6, "0")) if parts.isascii() and parts.isdigit() else 0
    try:
        at = datetime(year, month, day, hour, minute, second, fraction, tzinfo=zone or CHINA).astimezone(UTC)
    except (ValueError, OverflowError):
        return Moment(text=verbatim)
    return Moment(at=at, text=verbatim, source=TimeSource.EXIF_OFFSET if zone else TimeSource.EXIF_LOCAL)


def _zone(offset: str) -> timezone | None:
    if offset == "Z":
        return UTC
    found = _ZONE.fullmatch(offset)
    if not found:
        return None
    size = timedelta(hours=int(found[2]), minutes=int(found[3]))
    if size > _MOST_OFFSET:
        return None
    return timezone(-size if found[1] == "-" else size)
