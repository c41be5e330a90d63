"""Times of cameras."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.evidence import TimeSource
from inspector.evidence.moment import first_moment, png_moment

TAKEN = "2026:11:20 09:12:30"
NOON = datetime(2026, 11, 20, 1, 12, 30, tzinfo=UTC)


def test_a_time_without_offset_is_chinese() -> None:
    moment = first_moment([(TAKEN, "", "")])
    assert (moment.at, moment.text, moment.source) == (NOON, TAKEN, TimeSource.EXIF_LOCAL)


@pytest.mark.parametrize(
    ("offset", "hour"), [("+08:00", 1), ("+0800", 1), ("Z", 9), ("-05:00", 14), ("+05:30", 3), ("+00:00", 9)]
)
def test_an_offset_counts(offset: str, hour: int) -> None:
    moment = first_moment([(TAKEN, offset, "")])
    assert moment.source is TimeSource.EXIF_OFFSET
    assert moment.at is not None
    assert moment.at.hour == hour
    assert moment.text == TAKEN + offset


@pytest.mark.parametrize("offset", ["+25:00", "8", "CST", "+08:00:00", "   :  "])
def test_an_odd_offset_is_kept_as_text_alone(offset: str) -> None:
    moment = first_moment([(TAKEN, offset, "")])
    assert (moment.at, moment.source) == (NOON, TimeSource.EXIF_LOCAL)
    assert moment.text == TAKEN + offset


def test_sub_seconds_count() -> None:
    moment = first_moment([(TAKEN, "+08:00", "054")])
    assert moment.at == NOON.replace(microsecond=54_000)
    assert moment.text == "2026:11:20 09:12:30.054+08:00"


def test_the_first_time_that_is_one_wins() -> None:
    moment = first_moment([("0000:00:00 00:00:00", "", ""), ("2026:02:30 00:00:00", "", ""), (TAKEN, "", "")])
    assert moment.at == NOON
    moment = first_moment([("", "+08:00", ""), ("0000:00:00 00:00:00", "", ""), ("    ", "", "")])
    assert (moment.at, moment.text, moment.source) == (None, "0000:00:00 00:00:00", TimeSource.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "at", "source"),
    [
        ("Fri, 20 Nov 2026 09:12:30 +0800", NOON, TimeSource.EXIF_OFFSET),
        ("Fri, 20 Nov 2026 01:12:30 GMT", NOON, TimeSource.EXIF_OFFSET),
        ("2026-11-20T01:12:30Z", NOON, TimeSource.EXIF_OFFSET),
        ("2026-11-20T09:12:30+08:00", NOON, TimeSource.EXIF_OFFSET),
        ("2026:11:20 09:12:30", NOON, TimeSource.EXIF_LOCAL),
        ("yesterday", None, TimeSource.UNKNOWN),
    ],
)
def test_png_creation_time(text: str, at: datetime | None, source: TimeSource) -> None:
    moment = png_moment(text)
    assert (moment.at, moment.text, moment.source) == (at, text, source)


@given(st.text(max_size=40), st.text(max_size=10), st.text(max_size=10))
def test_any_text_is_survived(text: str, offset: str, parts: str) -> None:
    for moment in (first_moment([(text, offset, parts)]), png_moment(text)):
        assert (moment.at is None) == (moment.source is TimeSource.UNKNOWN)


@given(st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001 - cameras are naive
def test_any_local_time_is_eight_hours_before(local: datetime) -> None:
    moment = first_moment([(local.strftime("%Y:%m:%d %H:%M:%S").zfill(19), "", "")])
    if local.year > 1:
        assert moment.at is not None
        assert (local.replace(microsecond=0) - moment.at.replace(tzinfo=None)).total_seconds() == 8 * 3600
