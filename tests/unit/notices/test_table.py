"""Cells over pages: nothing is lost, nothing leaves the page, heads come again, signatures keep their text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.notices import layout
from inspector.notices.layout import Block, Page, Plan, Rule, Set, Upright
from inspector.notices.table import BORDER, PAD, Cell, Grid, Row, table
from inspector.notices.text import Run, Style, Text
from tests.unit.notices.faces import EVEN

PITCH = 16.0
SIGNED = "签名"
FOOT = Block(24.0, (Set(0, 0, 100, Text([Run(SIGNED, EVEN)], Style(pitch=24.0))),))
EMPTY = Block(0.0, ())
LENGTHS = st.integers(0, 700)
WIDTHS = st.lists(st.sampled_from([36.0, 60.0, 90.0]), min_size=2, max_size=5)


def words(length: int, mark: str = "") -> Text:
    told = (mark + "货物堵塞通道，净宽1.4米。" * (length // 13 + 1))[: max(length, len(mark))]
    return Text([Run(told, EVEN)], Style(pitch=PITCH))


def laid_out(grid: Grid, closing: Block = EMPTY) -> list[Page]:
    return layout.pages_of(Plan(flow=(Block(8.0, ()), grid), compact=EMPTY, closing=closing, is_pinned=False))


def texts_of(page: Page) -> list[tuple[Set, str]]:
    sets = [mark for mark in page.marks if isinstance(mark, Set)]
    return [(mark, "".join(line.text for line in mark.text.lines(mark.width))) for mark in sets]


def assert_inside(pages: list[Page]) -> None:
    for number, page in enumerate(pages):
        top = layout.NEXT_TOP if number else layout.FIRST_TOP
        for mark in page.marks:
            end = mark.y
            if isinstance(mark, Set):
                end += mark.text.height(mark.width)
            elif isinstance(mark, Upright):
                end += mark.height
            assert top - BORDER <= mark.y
            assert end <= layout.BOTTOM + BORDER


@settings(max_examples=40, deadline=None)
@given(WIDTHS, st.lists(st.lists(LENGTHS, min_size=5, max_size=5), max_size=14), st.integers(0, 12))
def test_a_list_of_any_length_loses_nothing(widths: list[float], rows: list[list[int]], least: int) -> None:
    head = tuple(Cell(texts=(words(2, f"头{number}"),), is_label=True) for number in range(len(widths)))
    told = [[words(length, f"{row}") for length in lengths[: len(widths)]] for row, lengths in enumerate(rows)]
    grid = table(widths, head, told, least=least, height=25.5)
    pages = laid_out(grid)
    assert_inside(pages)
    columns: dict[float, str] = {}
    for page in pages:
        shown = [(mark, text) for mark, text in texts_of(page)]
        heads = [text for _, text in shown if text.startswith("头")]
        assert heads == [f"头{number}" for number in range(len(widths))]
        for mark, text in shown:
            if not text.startswith("头"):
                columns[mark.x] = columns.get(mark.x, "") + text
    wanted = ["".join(_plain(text) for text in column) for column in zip(*told, strict=True)]
    assert [columns[x] for x in sorted(columns)] == [text for text in wanted if text]


def _plain(text: Text) -> str:
    return "".join(run.text for run in text.runs)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(LENGTHS, st.booleans(), st.sampled_from([0.0, 60.0, 160.0])), min_size=1, max_size=10))
def test_an_approval_of_any_length_keeps_signatures_with_their_text(rows: list[tuple[int, bool, float]]) -> None:
    grid_rows: list[Row] = []
    for number, (length, is_signed, height) in enumerate(rows):
        label = Cell(texts=(words(4, f"标{number}"),), is_label=True)
        foot = FOOT if is_signed else None
        grid_rows.append((label, Cell(texts=(words(length, f"甲{number}"),), foot=foot, height=height)))
    pages = laid_out(Grid((80.0, 330.0), tuple(grid_rows)))
    assert_inside(pages)
    told = [each for page in pages for each in texts_of(page)]
    values = "".join(text for mark, text in told if text != SIGNED and not text.startswith("标"))
    assert values == "".join(_plain(row[1].texts[0]) for row in grid_rows)
    assert sum(text == SIGNED for _, text in told) == sum(is_signed for _, is_signed, _ in rows)
    for page in pages:
        shown = texts_of(page)
        for mark, text in shown:
            above = [each for each, words in shown if each.y < mark.y and words[:1] not in ("标", "签")]
            assert text != SIGNED or above, "a signature stands under what it signs"


@settings(max_examples=80, deadline=None)
@given(st.lists(LENGTHS, min_size=4, max_size=4), st.integers(0, 40))
def test_cells_that_span_rows_go_over_pages_too(lengths: list[int], before: int) -> None:
    name, *values = lengths
    rows: list[Row] = [(Cell(texts=(words(30, "前"),), span=3),) for _ in range(before)]
    wide = Cell(texts=(words(name, "左"),), down=3)
    rows.append((wide, Cell(texts=(words(4, "标"),), is_label=True), Cell(texts=(words(values[0], "甲"),))))
    rows += [(Cell(texts=(words(4, "标"),), is_label=True), Cell(texts=(words(n, "甲"),))) for n in values[1:]]
    grid = Grid((90.0, 60.0, 250.0), tuple(rows))
    pages = laid_out(grid)
    assert_inside(pages)
    columns: dict[float, str] = {}
    for page in pages:
        for mark, text in texts_of(page):
            columns[mark.x] = columns.get(mark.x, "") + text
    left = (layout.WIDTH - 400) / 2 + layout.LEFT + PAD
    assert columns[left] == _plain(words(30, "前")) * before + _plain(wide.texts[0])
    assert columns[left + 150] == "".join(_plain(words(n, "甲")) for n in values)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), LENGTHS, st.integers(20, 300))
def test_the_closing_never_stands_alone_or_beyond_the_foot(rows: int, length: int, height: int) -> None:
    closing = replace(FOOT, height=float(height))
    grid = table([100.0, 300.0], (), [[words(3), words(length)] for _ in range(rows)], height=25.5)
    pages = laid_out(grid, closing)
    assert_inside(pages)
    last = texts_of(pages[-1])
    assert sum(text == SIGNED for _, text in last) == 1
    assert len(last) > 1 or (length, rows) == (0, 1)


def test_lines_are_drawn_once_and_meet() -> None:
    grid = Grid((50.0, 50.0), ((Cell(down=2, height=20.0), Cell(height=20.0)), (Cell(height=20.0),)))
    assert grid.height == 40.0
    flat = [mark for mark in grid.marks if isinstance(mark, Rule)]
    upright = [mark for mark in grid.marks if isinstance(mark, Upright)]
    assert [(mark.y, mark.width) for mark in flat] == [(0.0, 100 + BORDER), (20.0, 50 + BORDER), (40.0, 100 + BORDER)]
    assert [mark.height for mark in upright] == [40.0, 40.0, 40.0]


def test_empty_rows_fill_a_list_up_to_what_it_must_have() -> None:
    grid = table([100.0, 100.0], (Cell(height=25.5), Cell(height=25.5)), [[words(3), words(3)]], least=10, height=25.5)
    assert len(grid.rows) == 10
    assert grid.height == pytest.approx(11 * 25.5)
