from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.notices import kinsoku
from inspector.notices.text import Align, Line, Run, Style, Text
from tests.unit.notices.faces import EVEN

SIZE = 10.0
CHARACTERS = "一二三四五六七八九十安全生产甲乙丙丁，。；：！？、）》”…—·（《“《》（%％℃  ABCxyz0123456789.-/\n□"
PROSE = st.text(alphabet=st.sampled_from(CHARACTERS), max_size=160)
WIDTHS = st.sampled_from([40.0, 87.0, 200.0, 415.28])
STYLES = st.builds(
    Style,
    size=st.just(SIZE),
    first_indent=st.sampled_from([0.0, 2.0]),
    indent=st.sampled_from([0.0, 1.0]),
    align=st.sampled_from(list(Align)),
    is_ruled=st.booleans(),
)


def a_text(words: str, **style: object) -> Text:
    return Text([Run(words, EVEN)], Style(size=SIZE, **style))  # pyright: ignore[reportArgumentType]


def lines_of(words: str, width: float, **style: object) -> list[str]:
    return [line.text for line in a_text(words, **style).lines(width)]


def drawn_end(line: Line) -> float:
    """Where the ink of the last stretch ends; a closing mark at the end may stand half outside."""
    last = line.stretches[-1]
    widths = [EVEN.advance(character, is_narrow=last.is_narrow) * SIZE for character in last.text]
    if last.text[-1] in kinsoku.CLOSING:
        widths[-1] = SIZE / 2
    return last.x + sum(widths) + last.gap * (len(last.text) - 1)


@given(PROSE, STYLES, WIDTHS)
def test_nothing_is_lost_or_added(words: str, style: Style, width: float) -> None:
    lines = Text([Run(words, EVEN)], style).lines(width)
    assert "".join(line.text for line in lines) == words
    shown = "".join(stretch.text for line in lines for stretch in line.stretches)
    assert shown.replace(" ", "") == words.replace("\n", "").replace(" ", "")


@given(PROSE, STYLES, WIDTHS)
def test_lines_stay_inside_the_margins(words: str, style: Style, width: float) -> None:
    for line in Text([Run(words, EVEN)], style).lines(width):
        if line.stretches and len(line.text.strip()) > 1:
            assert drawn_end(line) <= width + 0.01
            assert line.stretches[0].x >= -SIZE / 2 - 0.01


@given(PROSE, STYLES, WIDTHS)
def test_forbidden_marks_start_and_end_no_line(words: str, style: Style, width: float) -> None:
    """…unless the line above (below) is one unbreakable piece, which has no other place to break."""
    lines = [line.text for line in Text([Run(words, EVEN)], style).lines(width)]
    glued = kinsoku.unbreakable(words)
    place = 0
    for above, below in pairwise(lines):
        place += len(above)
        if above.endswith("\n") or not glued[place - 1]:
            continue
        start = place - len(above)
        assert all(glued[start : place - 1]), f"{above!r} | {below!r}"


@given(PROSE, STYLES, WIDTHS, st.integers(0, 12))
def test_split_adds_up(words: str, style: Style, width: float, room: int) -> None:
    whole = Text([Run(words, EVEN)], style)
    height = room * style.pitch + 3
    part, rest = whole.split(width, height)
    parts = [each for each in (part, rest) if each is not None]
    assert [line for each in parts for line in each.lines(width)] == list(whole.lines(width))
    assert sum(each.height(width) for each in parts) == pytest.approx(whole.height(width))
    assert part is None or part.height(width) <= height


@given(PROSE, WIDTHS, st.lists(st.integers(1, 3), min_size=1, max_size=40))
def test_split_again_and_again_over_pages(words: str, width: float, pages: list[int]) -> None:
    rest: Text | None = a_text(words)
    told: list[str] = []
    for page in pages:
        if rest is None:
            break
        part, rest = rest.split(width, page * rest.style.pitch)
        assert part is not None
        told += [line.text for line in part.lines(width)]
    assert "".join(told) == words or rest is not None
    assert words.startswith("".join(told))


@given(PROSE, WIDTHS)
def test_justified_lines_end_at_the_margin_or_stay_ragged_whole(words: str, width: float) -> None:
    for line in a_text(words).lines(width)[:-1]:
        if line.text.endswith("\n") or not line.stretches:
            continue
        gaps = {stretch.gap for stretch in line.stretches}
        if gaps - {0.0}:
            assert drawn_end(line) == pytest.approx(width)
            assert max(gaps) <= 0.14 * SIZE + 1e-6


def test_a_comma_takes_the_character_before_it_along() -> None:
    assert lines_of("一二三四五，六七", 50) == ["一二三四", "五，六七"]
    assert lines_of("一二三四，六七八", 45) == ["一二三四，", "六七八"], "half a mark fits at the end"


def test_an_opening_mark_goes_with_what_it_opens() -> None:
    assert lines_of("一二三四（五六七）", 50) == ["一二三四", "（五六七）"]


def test_dashes_and_dots_stay_together() -> None:
    assert lines_of("一二三——四五六七", 40) == ["一二", "三——四", "五六七"]
    assert lines_of("一二三……四五六七", 40) == ["一二", "三……四", "五六七"]


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("整改完毕的日期为2026年12月11日以前", "2026年"),
        ("栓口压力为0.05MPa", "0.05MPa"),
        ("通道净宽不足1.4米", "1.4米"),
        ("违反了安全生产法第四十二条", "第四十二条"),
        ("依据是（示）应急责改〔2026〕12号文书", "（示）应急责改〔2026〕12号"),
    ],
)
def test_numbers_with_their_units_stay_whole(words: str, kept: str) -> None:
    for width in range(160, 260, 10):
        assert any(kept in line for line in lines_of(words, width))


def test_a_word_wider_than_the_line_is_broken_rather_than_cut_off() -> None:
    lines = lines_of("见" + "a" * 30, 50)
    assert lines == ["见", "a" * 10, "a" * 10, "a" * 10]


def test_marks_move_together() -> None:
    line = a_text("《甲》、（乙）。").lines(400)[0]
    assert line.end == pytest.approx(SIZE * (8 - 3 * 0.5)), "》、 and 、（ and ）。 each give half an em"
    assert "".join(stretch.text for stretch in line.stretches if stretch.is_narrow) == "》、）"


def test_no_single_character_on_the_last_line() -> None:
    assert lines_of("一二三四五六七八九十甲。", 100, align=Align.JUSTIFY) == ["一二三四五六七八九", "十甲。"]


def test_underlines_cover_values_and_blanks() -> None:
    runs = [Run("日期", EVEN), Run("2026", EVEN, is_underlined=True), Run("", EVEN, is_underlined=True, room=30.0)]
    (line,) = Text(runs, Style(size=SIZE)).lines(400)
    assert line.rules == ((20.0, 70.0),)
    assert line.text == "日期2026"


def test_ruled_lines_run_from_the_label_to_the_margin() -> None:
    style = Style(size=SIZE, is_ruled=True, rule_from=30.0)
    lines = Text([Run("情况：" + "一" * 20, EVEN)], style).lines(200)
    assert [line.rules for line in lines] == [((30.0, 200.0),), ((0.0, 200.0),)]


def test_an_empty_paragraph_is_one_empty_line() -> None:
    (line,) = a_text("").lines(100)
    assert (line.text, line.stretches) == ("", ())


def test_a_line_feed_breaks_and_a_blank_at_the_end_takes_no_room() -> None:
    assert lines_of("一二\n三四", 100) == ["一二\n", "三四"]
    assert lines_of("一二三四 五六七", 40) == ["一二三四 ", "五六七"]


def test_a_name_too_long_for_its_cell_is_broken_between_its_parts() -> None:
    number = "（示）应急检记〔2026〕17号"
    assert lines_of(number, 125.0) == ["（示）应急检记〔2026〕", "17号"]
    for width in range(60, 150, 5):
        lines = lines_of(number, float(width))
        assert not any(line.startswith(tuple("）〕号")) for line in lines), lines
        assert not any(line.endswith(tuple("（〔")) for line in lines), lines
