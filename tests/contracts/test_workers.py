"""Each worker that decodes strangers' files can be started from an installed package, and nothing else of ours can."""

from __future__ import annotations

import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
START = ROOT / "packaging" / "programs" / "field_inspector.py"
FILES = sorted((ROOT / "inspector" / "evidence").rglob("*worker.py"))


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts)


@pytest.fixture
def start() -> ModuleType:
    """The start of the frozen program, loaded as it stands: unfrozen, its bundle is this tree."""
    spec = importlib.util.spec_from_file_location("frozen_start", START)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", FILES, ids=module_of)
def test_each_worker_is_found_by_its_file_and_by_its_name(start: ModuleType, file: Path) -> None:
    name = module_of(file)
    for words in (["-I", str(file)], [str(file)], ["-m", name], ["-I", "-u", "-m", name]):
        assert start.worker_asked_for([*words, "1", "-m"]) == [name, "1", "-m"]


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["-I"],
        ["-m"],
        ["-m", "inspector.cli"],
        ["-m", "inspector.evidence.intake"],
        ["-m", "os.worker"],
        ["verify"],
        ["--profile", "worker.py"],
        ["/srv/inspector/evidence/heif_worker.py"],
        [str(ROOT / "resources" / "verify" / "verify.py")],
    ],
)
def test_nothing_but_a_worker_is_started_by_name(start: ModuleType, words: list[str]) -> None:
    assert start.worker_asked_for(words) == []


def test_only_a_verifier_is_started_as_a_script(start: ModuleType) -> None:
    verifier = str(ROOT / "resources" / "verify" / "verify.py")
    assert start.script_asked_for([verifier, "x"]) == [verifier, "x"]
    for other in (ROOT / "main.py", ROOT / "resources" / "verify", ROOT / "resources" / "verify" / ".." / "a.py"):
        assert start.script_asked_for(["-I", str(other)]) == []


def test_a_photo_is_decoded_by_a_worker_that_the_program_starts_in_place_of_python(
    shared_data: Path, tmp_path: Path
) -> None:
    program = tmp_path / "field-inspector"
    program.write_text(
        f'#!/bin/sh\ntouch "$0.started"\nPYTHONPATH={ROOT} exec {sys.executable} {START} "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    photo = shared_data / "photos" / "heic" / "IMG_5195.HEIC"
    asked = (
        "import sys, pathlib; sys.executable = sys.argv[1]; from inspector.evidence.photo import render_preview; "
        "render_preview(pathlib.Path(sys.argv[2]).read_bytes(), edge=200)"
    )
    words = [sys.executable, "-c", asked, str(program), str(photo)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert program.with_name("field-inspector.started").exists()


def test_each_worker_loads_and_ends_when_there_is_nothing_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `--self-check` tries it on an installed package, where the program itself is the Python."""
    monkeypatch.syspath_prepend(str(START.parent))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    check = importlib.import_module("self_check")
    plain = check.subprocess.run
    monkeypatch.setattr(check.subprocess, "run", lambda words, **how: plain([words[0], str(START), *words[1:]], **how))
    assert check.workers() == f"{len(FILES)} workers"
