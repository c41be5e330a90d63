"""A pack is looked over whole: each fault is told with the file and the line at which it stands."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.law import pack, pack_faults
from inspector.law.json_lines import line_of
from inspector.law.pack import Pack

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack.current().folder, tmp_path / "pack"))


def relisted(folder: Path) -> Pack:
    """Make digests and sizes fit what lies there, so that only the content is at fault."""
    manifest = json.loads((folder / pack.MANIFEST).read_text("utf-8"))
    for name in manifest["files"]:
        raw = (folder / name).read_bytes()
        manifest["files"][name] = {"sha256": hashlib.sha256(raw).hexdigest(), "size": len(raw)}
    (folder / pack.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return Pack.open(folder)


def changed(folder: Path, name: str, old: str, new: str) -> int:
    """Replace the first `old`; return the line on which it stood."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text.count("\n", 0, text.index(old)) + 1


def test_the_packs_of_the_product_are_whole() -> None:
    assert [fault.text() for one in pack.builtin() for fault in pack_faults.faults(one)] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("rules.json", '"severity": "error"', '"severity": "fatal"', "Invalid enum value 'fatal'"),
        ("rules.json", '"id": "R002"', '"id": "R001"', "R001 is there twice"),
        ("rules.json", '"expr": "', '"expr": "(', "'(' was never closed"),
        ("catalogue.json", '"code": "AQ-001"', '"code": 1', "Expected `str`, got `int`"),
        ("forms.json", '"required": true', '"required": "yes"', "Expected `bool`, got `str`"),
        ("checklists.json", '"AQ-0', '"ZZ-0', "no catalogue item ZZ-0"),
        ("documents.json", '"group": "order"', '"group": "nowhere"', "no group nowhere"),
        ("filming.json", '"origin": "', '"origin": "Q', "Invalid enum value"),
        ("parameters.json", '"value": 2', '"value": null', "Expected `int | float | str`"),
    ],
)
def test_each_fault_has_its_line(copy: Path, name: str, old: str, new: str, said: str) -> None:
    line = changed(copy, name, old, new)
    (fault, *_) = pack_faults.faults(relisted(copy))
    assert (fault.file, fault.line) == (name, line), fault.text()
    assert said in fault.what


def test_text_that_is_no_json_has_its_line(copy: Path) -> None:
    line = changed(copy, "laws_index.json", '"title"', "title")
    (fault,) = pack_faults.faults(relisted(copy))
    assert (fault.file, fault.line) == ("laws_index.json", line)


def test_a_file_that_is_missing_or_changed_is_named(copy: Path) -> None:
    (copy / "wording.json").unlink()
    (copy / "filming.json").write_bytes(b"{}")
    found = pack_faults.faults(Pack.open(copy))
    assert {(one.file, one.what) for one in found} == {("wording.json", "missing"), ("filming.json", "size")}


def test_days_of_effect_run_forward(copy: Path) -> None:
    manifest = json.loads((copy / pack.MANIFEST).read_text("utf-8"))
    manifest["effective_to"] = "2020-01-01"
    (copy / pack.MANIFEST).write_text(json.dumps(manifest), "utf-8")
    (fault,) = pack_faults.faults(Pack.open(copy))
    assert fault.text() == "pack.json:1: effective_to lies before effective_from"


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, one in inner for each in paths_of(one, (*path, key)))]


@given(JSON)
def test_the_line_of_every_value_is_the_line_at_which_its_text_begins(value: Any) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False)
    lines = text.split("\n")
    for path in paths_of(value):
        here = value
        for step in path:
            here = here[step]
        begun = lines[line_of(text, path) - 1].strip()
        begun = begun.removeprefix(f"{json.dumps(path[-1], ensure_ascii=False)}: ") if path else begun
        opening = json.dumps(here, indent=1, ensure_ascii=False).split("\n")[0]
        assert begun.removesuffix(",") == opening
