"""`main.py pack …` as the legal office uses it: build, verify, compare, list what awaits confirmation."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from inspector.cli import program
from inspector.law import pack


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["pack", *words], standalone_mode=False, catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack.builtin()[-1].folder, tmp_path / "pack"))


def changed(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")


def test_a_pack_is_built_checked_and_compared(folder: Path, tmp_path: Path) -> None:
    key, out = tmp_path / "publisher.key", tmp_path / "new.fipack"
    public = run("key", str(key)).output.strip()
    assert key.stat().st_mode & 0o077 == 0
    changed(folder, "parameters.json", '"value": 500', '"value": 800')
    built = run("build", str(folder), "--out", str(out), "--key", str(key))
    assert (built.return_value, public in built.output) == (0, True)
    assert run("verify", str(out), "--publisher", public).return_value == 0
    assert run("verify", str(out), "--publisher", "00" * 32).return_value == 1
    told = run("diff", str(pack.builtin()[-1].folder), str(out))
    assert told.return_value == 1
    assert told.output.splitlines() == [
        "parameters.json parameters radius_m value", "  - 500", "  + 800", "1 differences",
    ]  # fmt: skip


def test_a_fault_is_told_with_its_line_and_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    key, out = tmp_path / "publisher.key", tmp_path / "new.fipack"
    run("key", str(key))
    changed(folder, "rules.json", '"severity": "error"', '"severity": "fatal"')
    told = run("build", str(folder), "--out", str(out), "--key", str(key))
    assert told.return_value == 1
    assert told.output.startswith("rules.json:")
    assert not out.exists()


def test_two_builds_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    key = tmp_path / "publisher.key"
    run("key", str(key))
    made = [tmp_path / "a.fipack", tmp_path / "b.fipack"]
    for out in made:
        run("build", str(folder), "--out", str(out), "--key", str(key))
    assert made[0].read_bytes() == made[1].read_bytes()


def test_every_unconfirmed_value_is_listed_once() -> None:
    told = [json.loads(line) for line in run("report", "--json").output.splitlines()]
    named = {(one["file"], one["id"]) for one in told}
    rules = {one["id"] for one in json.loads((pack.builtin()[-1].folder / "rules.json").read_text("utf-8"))["rules"]
             if one["origin"] == "K" or any("[K]" in basis for basis in one["basis"])}  # fmt: skip
    assert {("rules.json", rule) for rule in rules} <= named
    assert ("parameters.json", "recheck_days") in named
    assert ("parameters.json", "simple_limit_unit") not in named
    assert len(told) == len(named) or len({(one["file"], one["id"], one["why"]) for one in told}) == len(told)


def test_citations_and_amounts_agree_with_the_statutes(shared_data: Path) -> None:
    told = run("check", "--statutes", str(shared_data / "statutes"))
    assert (told.return_value, told.output.splitlines()[-1]) == (0, "0 do not agree")
