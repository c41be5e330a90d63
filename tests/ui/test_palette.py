"""Ctrl+K: every action, place, site, visit, notice and hazard, by 汉字, pinyin or English; Enter does it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from inspector.law import search
from inspector.law.statute_search import Hits
from tests.ui.conftest import aside
from tests.ui.looks import demand_good_looks
from tests.ui.test_field_mode import a_morning
from tests.ui.test_window import dialog_of, unlock, window_of  # noqa: F401 - a fixture
from ui.palette import Palette
from ui.palette_search import COMMAND, HAZARD, INSPECTION, Found, _row, find, fit, index_of
from ui.text import english, words
from ui.theme.look import look
from ui.views.today.start import StartDialog


def opened(qtbot, window) -> Palette:
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = dialog_of(qtbot, window, Palette)
    qtbot.waitUntil(lambda: palette._index is not None and bool(palette.search.list.rows()))
    return palette


def found(qtbot, palette, text: str, title: str) -> None:
    """Type, and wait until the first row is `title`."""
    palette.search.field.setText(text)
    qtbot.waitUntil(lambda: any(row.title == title for row in palette.search.list.rows()[:3]), timeout=15_000)
    row = next(row for row in palette.search.list.rows() if row.title == title)
    palette.search.list.choose(row.id)


@pytest.mark.parametrize("typed", ["换主题", "hzt", "huanzhuti", "theme", "sunlight"])
def test_an_action_is_found_by_characters_pinyin_and_english(qapp, typed):
    theme = Found(kind=COMMAND, id="1", title="换主题：浅色、深色、阳光")
    assert fit(theme, search.words(typed)) is not None
    assert fit(theme, search.words("zzz")) is None
    told = Found(kind=COMMAND, id="1", title=english()["换主题：浅色、深色、阳光"])
    assert fit(told, search.words(typed)) is not None


def test_every_word_must_fit_and_the_title_counts_more(qapp):
    one = Found(kind=COMMAND, id="1", title="安全出口被货物堵塞", second="示例甲仓储有限公司")
    assert fit(one, search.words("aqck sljcc")) is not None
    assert fit(one, search.words("aqck 乙")) is None
    title, second = fit(one, search.words("安全出口")), fit(one, search.words("示例甲"))
    assert title is not None
    assert second is not None
    assert title < second


def test_records_with_the_same_words_are_all_found_and_pinyin_is_made_once(qapp):
    one = Found(kind=HAZARD, id="0", title="安全出口被货物堵塞", second="一号库")
    same = [replace(one, id=str(n)) for n in range(3)]
    others = [Found(kind=HAZARD, id=f"other {n}", title=f"第{n}处配电箱无盖") for n in range(1200)]
    index = index_of([*same, *others, replace(one, kind=INSPECTION, id="visit")])
    no_sites: Any = SimpleNamespace(
        sites=SimpleNamespace(list=lambda _text, _limit: []),
        library=SimpleNamespace(search=lambda _text, limit: Hits((), limit)),
    )
    made = _row.cache_info().misses
    for typed in ("aqck", "安全出口", "aqck 一号"):
        assert [one.id for one in find(index, no_sites, typed, [])] == ["visit", "0", "1", "2"]
    assert _row.cache_info().misses == made


def test_enter_does_what_was_found(qtbot, window_of, tasks, profile):  # noqa: F811
    aside(a_morning, profile)
    window = window_of(profile)
    frame = unlock(qtbot, window)
    qtbot.waitUntil(tasks.is_idle)
    palette = opened(qtbot, window)
    demand_good_looks(qtbot, palette)
    keys = [fact for row in palette.search.list.rows() for fact in row.facts]
    assert {"Ctrl+N", "Alt+4", "F9"} <= set(keys)
    found(qtbot, palette, "hzt", "换主题：浅色、深色、阳光")
    qtbot.keyClick(palette.search.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: look().theme.name == "dark")
    palette = opened(qtbot, window)
    found(qtbot, palette, "第2处 aqck", "第2处安全出口被货物堵塞")
    palette.verb.click()
    qtbot.waitUntil(lambda: frame.rail.current() == "inspection")
    desk = frame.current()
    qtbot.waitUntil(lambda: desk.desk.form.values().description == "第2处安全出口被货物堵塞", timeout=15_000)


def test_a_site_begins_a_visit_there(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    unlock(qtbot, window)
    palette = opened(qtbot, window)
    found(qtbot, palette, "sljcc", "示例甲仓储有限公司")
    palette.verb.click()
    dialog = dialog_of(qtbot, window, StartDialog)
    qtbot.waitUntil(lambda: dialog.sites.field.text() == "示例甲仓储有限公司")
    dialog.reject()


def test_what_cannot_be_done_now_is_not_offered(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    frame = unlock(qtbot, window)
    qtbot.waitUntil(tasks.is_idle)
    view = frame.current()
    hint = next(each for each in view._keys if each.key == "Ctrl+N")
    assert hint.can()
    view._keys.append(replace(hint, key="F2", can=bool))
    palette = opened(qtbot, window)
    assert "F2" not in [fact for row in palette.search.list.rows() for fact in row.facts]
    palette.search.field.setText("没有这样的东西")
    qtbot.waitUntil(lambda: palette.search.list.rows() == ())
    assert "没有找到" in palette.search.empty.title.text()
    palette.reject()


@pytest.mark.parametrize(("theme", "zoom"), [("sunlight", 1.0), ("light", 1.5)])
def test_the_palette_looks_well_in_english(qtbot, window_of, tasks, profile, theme, zoom):  # noqa: F811
    window = window_of(profile)
    unlock(qtbot, window)
    words().switch("en")
    look().set_theme(theme)
    look().set_zoom(zoom)
    palette = opened(qtbot, window)
    demand_good_looks(qtbot, palette)
    assert any(row.title == "Lock" for row in palette.search.list.rows())
    palette.reject()
