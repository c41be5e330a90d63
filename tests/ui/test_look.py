"""Tokens, fonts, icons and words: what the look promises in numbers."""

from __future__ import annotations

import ast
import re
import sys
from itertools import chain

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QWidget

from inspector.paths import RESOURCES
from tests.conftest import ROOT
from ui.text import english, tr, words
from ui.theme import fonts, icons
from ui.theme.look import look
from ui.theme.status import badge
from ui.theme.theme import NAMES
from ui.theme.tokens import contrast, tokens
from ui.widgets.painted import Themed

UI = sorted((ROOT / "ui").rglob("*.py"))
EXEMPT = {("light", "disabled/surface"), ("dark", "disabled/surface"), ("sunlight", "text3/selected")}


@pytest.mark.parametrize("theme", NAMES)
def test_contrast_is_what_the_tokens_say_and_enough(theme):
    colours, least = tokens()["themes"][theme], tokens()["contrastMinimum"][theme]
    for pair, told in tokens()["contrast"][theme].items():
        ink, ground = pair.split("/")
        computed = contrast(colours[ink], colours[ground])
        assert computed == pytest.approx(told, abs=0.01), pair
        if (theme, pair) in EXEMPT:
            continue
        kind = ink if ink in {"control", "focus"} else "text"
        assert computed >= least[kind], pair


def test_contrast_of_known_pairs():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_font_is_the_simplified_chinese_one_in_both_weights(qapp):
    for role in tokens()["type"]["roles"]:
        font = look().theme.font(role)
        info = QFontInfo(font)
        assert info.family() == "Noto Sans CJK SC"
        assert info.bold() == font.bold()


def test_nothing_the_interface_says_is_tofu(qapp):
    said = "".join(chain(english(), english().values()))
    assert fonts.missing(said) == ""
    assert fonts.missing("李䶮魏龑周喆〔2026〕①②③") == ""
    assert fonts.missing("\ue000") == "\ue000"


def _names(node: ast.Call) -> list[str]:
    """Icon names that a call mentions by keyword."""
    values = [k.value for k in node.keywords if k.arg == "icon"]
    return [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str) and v.value]


def test_every_icon_that_is_named_is_there():
    named = {spec["icon"] for spec in tokens()["status"].values()}
    for path in UI:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                named.update(_names(node))
    missing = [name for name in sorted(named) if not (icons.FOLDER / f"{name}.svg").is_file()]
    assert missing == []


def test_icons_take_colour_size_and_stroke(qapp):
    theme = look().theme
    blue = theme.icon("camera", 18, "accent").toImage()
    assert (blue.width(), blue.height()) == (18, 18)
    inks = {blue.pixelColor(x, y).name() for x in range(18) for y in range(18) if blue.pixelColor(x, y).alpha() == 255}
    assert inks == {theme.color("accent").name()}
    assert theme.icon("camera", 18, "accent", dpr=2.0).width() == 36


def test_lengths_follow_zoom_and_sunlight(qapp):
    now = look()
    assert now.theme.size("control") == 36
    now.set_theme("sunlight")
    assert (now.theme.size("control"), now.theme.line) == (45, 2)
    now.zoom_by(1)
    assert now.theme.zoom == 1.1
    now.zoom_by(0)
    assert now.theme.zoom == 1.0


def test_f9_walks_through_all_themes(qapp):
    seen = []
    for _ in range(4):
        seen.append(look().theme.name)
        look().cycle()
    assert seen == ["light", "dark", "sunlight", "light"]


def literals() -> dict[str, str]:
    """Every tr("…") literal of ui/ and where it stands."""
    found: dict[str, str] = {}
    for path in UI:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "tr" and node.args:
                first = node.args[0]
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}: tr() takes literals only"
                found.setdefault(first.value, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def test_every_sentence_has_its_english():
    without = [f"{place} {source}" for source, place in literals().items() if source not in english()]
    assert without == []


def test_english_counts_one_as_one():
    """A plural after a number stands as {n:day|days}, so that nobody reads "1 days"."""
    plural = re.compile(r"{(?:n|m|a|b|count|least)} (?:\w+ )?(?!(?:is|has)\b)\w+s\b")
    bad = [told for told in english().values() if plural.search(told)]
    assert bad == []


def test_english_fills_the_same_places():
    for source, told in english().items():
        assert set(re.findall(r"{(\w+)}", source)) == set(re.findall(r"{(\w+)}", told)), source
        assert not re.search(r"[，。；！？]", told), told


def test_the_words_switch_live(qapp):
    assert tr("剩 {n} 天", n=2) == "剩 2 天"
    words().switch("en")
    assert tr("剩 {n} 天", n=2) == "2 days left"
    assert [tr("剩 {n} 天", n=n) for n in (1, "1", 0)] == ["1 day left", "1 day left", "0 days left"]
    assert tr("记录 {a}、文件 {b}", a=1, b=3) == "1 entry, 3 files"
    assert badge("hazard.major").word == "Major"


def test_no_screen_writes_its_own_style_or_colour():
    for path in UI:
        text = path.read_text(encoding="utf-8")
        if path.parent.name == "theme":
            continue
        assert "setStyleSheet" not in text, path
        assert not re.search(r"[\"']#[0-9A-Fa-f]{6}", text), path


def test_the_icons_come_with_their_licence():
    assert "MIT License" in (RESOURCES / "icons" / "LICENSE").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_each_status_has_its_word_filled(plain_look, language):
    words().switch(language)
    for key in tokens()["status"]:
        told = badge(key, n=1, day="12-07", at="09:13:05").word
        assert told
        assert not set("{}|") & set(told)


def test_a_fault_while_words_change_is_told_and_ends_nothing(plain_look, qtbot, monkeypatch):
    """PySide 6.11 crashes where an error leaves changeEvent inside another event."""

    class Broken(Themed, QWidget):
        def retranslate(self) -> None:
            raise ValueError("seeded")

    told = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, _trace: told.append((kind, str(error))))
    widget = Broken()
    qtbot.addWidget(widget)
    words().switch("en")
    assert (ValueError, "seeded") in told
