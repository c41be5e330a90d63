from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont

from inspector.notices import outlines
from inspector.notices.fonts import Fonts
from inspector.notices.outlines import Point


@pytest.fixture(scope="module")
def title_font(bundled: Fonts) -> Iterator[TTFont]:
    with TTFont(bundled.bundled_title().path, lazy=True) as font:
        yield font


@pytest.mark.parametrize("character", list("演示草稿。A"))
def test_outlines_are_those_that_another_reader_finds(character: str, bundled: Fonts, title_font: TTFont) -> None:
    pen = DecomposingRecordingPen(title_font.getGlyphSet())
    title_font.getGlyphSet()[title_font.getBestCmap()[ord(character)]].draw(pen)
    theirs = [tuple(point) for _, points in pen.value for point in points if point is not None]
    found = outlines.contours(bundled.bundled_title().glyph(character))
    ours = [(point.x, point.y) for contour in found for point in contour]
    assert ours
    assert set(ours) <= set(theirs)
    assert {point for _, points in pen.value[:1] for point in points} <= set(ours)


def test_a_contour_of_controls_only_is_completed() -> None:
    """Four controls round a circle: TrueType allows it, the points on the curve lie half-way."""
    circle = [Point(x, y, is_on=False) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100))]
    found = list(outlines.curves(circle))
    assert outlines.start_of(circle) == (0, 50)
    assert [curve.end for curve in found] == [(50, 0), (100, 50), (50, 100), (0, 50)]


def test_straight_lines_end_where_they_began() -> None:
    square = [Point(x, y, is_on=True) for x, y in ((0, 0), (10, 0), (10, 10), (0, 10))]
    assert [curve.end for curve in outlines.curves(square)] == [(10, 0), (10, 10), (0, 10), (0, 0)]


def test_an_empty_glyph_has_no_contours_and_a_composite_one_is_refused() -> None:
    assert outlines.contours(b"") == []
    with pytest.raises(ValueError, match="composite"):
        outlines.contours(struct.pack(">hhhhh", -1, 0, 0, 0, 0))
