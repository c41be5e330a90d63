"""Sizes, names and habits of every file, as CONTRIBUTING promises them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_OF_A_FILE = 400
LINES_OF_A_FUNCTION = 40
EMPTY_WORDS = {"util", "utils", "helper", "helpers", "manager", "managers", "data", "info", "misc", "common"}
PROGRAM = ("inspector", "ui")


def sources(*folders: str) -> list[Path]:
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted([*found, ROOT / "main.py"])


def trees(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sources(*folders):
        yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def test_no_file_is_longer_than_400_lines() -> None:
    lengths = {path.relative_to(ROOT): path.read_bytes().count(b"\n") for path in sources(*PROGRAM, "tests")}
    assert {str(path): lines for path, lines in lengths.items() if lines > LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path, tree in trees(*PROGRAM, "tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None
    }
    assert {name: lines for name, lines in long.items() if lines > LINES_OF_A_FUNCTION} == {}


def test_every_package_file_is_empty() -> None:
    assert [str(path) for path in sources(*PROGRAM) if path.name == "__init__.py" and path.read_bytes()] == []


def test_every_package_has_its_file() -> None:
    folders = {path.parent for path in sources(*PROGRAM)} - {ROOT}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_names_say_what_lives_there() -> None:
    parts = {path: {path.stem, *path.relative_to(ROOT).parent.parts} for path in sources(*PROGRAM)}
    assert [str(path.relative_to(ROOT)) for path, names in parts.items() if names & EMPTY_WORDS] == []


def test_every_module_says_what_lives_there() -> None:
    assert [str(path) for path, tree in trees(*PROGRAM) if tree.body and not ast.get_docstring(tree)] == []


def test_nothing_is_asserted_at_run_time() -> None:
    asserts = [
        f"{path}:{node.lineno}"
        for path, tree in trees(*PROGRAM)
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
    ]
    assert asserts == []


def test_nothing_is_left_for_later() -> None:
    """No function says that it isn't written yet: neither the error nor the constant of that name is raised."""
    left = [
        f"{path}:{node.lineno}"
        for path, tree in trees(*PROGRAM)
        for node in ast.walk(tree)
        if isinstance(node, ast.Raise) and "NotImplemented" in ast.dump(node)
    ]
    assert left == []


def test_no_test_is_empty() -> None:
    """A test without an assertion of its own (or of a fixture that waits or raises) proves nothing."""
    signs = ("assert", "raises", "waitSignal", "waitUntil", "fail(", "check=True")
    idle = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in trees("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(sign in ast.unparse(node) for sign in signs)
    ]
    assert idle == []
