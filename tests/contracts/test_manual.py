"""The manual tells the truth: its keys, its pictures and the words it quotes are those of the window."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from inspector.cli import program
from inspector.hq.cli import hq

ROOT = Path(__file__).resolve().parents[2]
MANUAL = ROOT / "docs" / "manual.zh-CN"
PICTURES = ROOT / "docs" / "images" / "manual"
MOST_PICTURES, MOST_BYTES, WIDE = 15, 120 * 1024, 1280
BINDERS = {"add_key", "bind_key", "GlobalKey", "Place"}
QT_NAMES = {
    "Up": "↑", "Down": "↓", "Left": "←", "Right": "→", "Escape": "Esc", "Return": "Enter", "PageUp": "PgUp",
    "PageDown": "PgDown", "Plus": "+", "Minus": "-",
}  # fmt: skip
OF_QT = {"Tab"}
"""What every window of Qt does without our saying so."""


def pages() -> list[Path]:
    return sorted(MANUAL.glob("*.md"))


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def trees() -> Iterator[ast.Module]:
    for path in sorted((ROOT / "ui").rglob("*.py")):
        if "looking" not in path.parts:
            yield ast.parse(read(path))


def calls() -> Iterator[tuple[str, ast.Call]]:
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                yield name, node


def texts_of(nodes: list[ast.expr]) -> set[str]:
    return {one.value for one in nodes if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def literals() -> set[str]:
    """Every text that the window may show: the first word of tr(…), without those that are filled in."""
    found = {word for name, call in calls() if name == "tr" for word in texts_of(call.args[:1])}
    return {word for word in found if "{" not in word}


def bound() -> set[str]:
    """The keys that are bound by name, one by one or by a loop over several."""
    keys = [texts_of(call.args[:4]) for name, call in calls() if name in BINDERS]
    loops = [node for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.For)]
    keys += [texts_of(loop.iter.elts) for loop in loops if isinstance(loop.iter, ast.Tuple) and _binds(loop)]
    return {key for each in keys for key in each if re.fullmatch(r"[\x21-\x7e]+", key) and not key.islower()}


def _binds(loop: ast.For) -> bool:
    return "add_key" in ast.unparse(loop)


def shown() -> set[str]:
    """The keys that buttons show."""
    told = (keyword.value for name, call in calls() if name == "Button" for keyword in call.keywords)
    return texts_of([one for one in told if isinstance(one, ast.Constant)])


def handled() -> set[str]:
    """The keys that widgets take in keyPressEvent, by the names that people give them."""
    names = {
        node.attr.removeprefix("Key_")
        for tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr.startswith("Key_")
    }
    digits = {str(n) for n in range(10)} if {"0", "9"} <= names else set[str]()
    return {QT_NAMES.get(name, name) for name in names} | digits


def keys_of(text: str) -> set[str]:
    return set(re.findall(r"<kbd>(.+?)</kbd>", text))


def quoted(text: str) -> set[str]:
    return set(re.findall(r"「(.+?)」", text))


def linked(page: Path) -> list[str]:
    return re.findall(r"!\[[^\]]+\]\(([^)]+)\)", read(page))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_key_named_is_a_key_of_the_window(page: Path) -> None:
    assert sorted(keys_of(read(page)) - bound() - shown() - handled() - OF_QT) == []


def test_every_key_of_the_window_is_named() -> None:
    told = keys_of(read(MANUAL / "inspector.md"))
    assert sorted(bound() - told) == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_word_quoted_is_a_word_of_the_window(page: Path) -> None:
    assert sorted(quoted(read(page)) - literals()) == []


def test_every_picture_is_there_and_none_is_left_over() -> None:
    named = {(page.parent / link).resolve() for page in pages() for link in linked(page)}
    assert named == set(PICTURES.iterdir())
    assert len(named) <= MOST_PICTURES


@pytest.mark.parametrize("picture", sorted(PICTURES.iterdir()), ids=lambda path: path.name)
def test_pictures_are_small_and_alike(picture: Path) -> None:
    head = picture.read_bytes()[:24]
    assert head[1:4] == b"PNG"
    assert int.from_bytes(head[16:20], "big") == WIDE
    assert picture.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize(("name", "count"), [("inspector.md", 11), ("administrator.md", 5)])
def test_a_page_is_a_heading_with_one_picture(name: str, count: int) -> None:
    parts = re.split(r"^## ", read(MANUAL / name), flags=re.MULTILINE)[1:]
    assert [part.splitlines()[0] for part in parts if part.count("![") != 1] == []
    assert len(parts) == count


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = read(page)
    anchors = {re.sub(r"[、，。：（） ]", "", title) for title in re.findall(r"^## (.+)$", text, flags=re.MULTILINE)}
    for link in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text):
        path, _, anchor = link.partition("#")
        assert not path or (page.parent / path).is_file(), link
        assert path or anchor in anchors, link


@pytest.mark.parametrize(("name", "group"), [("field-inspector", program), ("field-inspector-hq", hq)])
def test_every_command_named_is_a_command(name: str, group: click.Group) -> None:
    words = rf"\b{name} ([a-z][a-z-]*)((?: --[a-z-]+(?: (?!--)[^`\s]+)?)*)"
    named = re.findall(words, read(MANUAL / "administrator.md"))
    assert {word for word, _ in named} - set(group.commands) == set()
    for word, options in named:
        known = {option for one in group.commands[word].params for option in one.opts}
        assert set(re.findall(r"--[a-z-]+", options)) - known == set(), word
    assert named
