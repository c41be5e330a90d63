"""Each worker that decodes strangers' files can be started from an installed package, and nothing else of ours can."""

from __future__ import annotations

import importlib.util
import os
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


def test_only_the_verifier_is_started_as_a_script(start: ModuleType) -> None:
    verifier = str(ROOT / "resources" / "verify" / "verify.py")
    assert start.script_asked_for([verifier, "x"]) == [verifier, "x"]
    assert start.script_asked_for(["-I", str(ROOT / "main.py")]) == []


@pytest.mark.parametrize("asked", ["-m", "file"])
def test_a_worker_started_so_decodes_as_one_started_by_python(asked: str, shared_data: Path) -> None:
    heic = (shared_data / "photos/heic/IMG_5195.HEIC").read_bytes()
    worker = ROOT / "inspector" / "evidence" / "heif_worker.py"
    how = ["-m", module_of(worker)] if asked == "-m" else [str(worker)]
    words = ["-I", *how, "60000000", "200", "200"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    stood_in = subprocess.run([sys.executable, str(START), *words], env=environment, input=heic, capture_output=True,
                              check=False, timeout=60)  # fmt: skip
    plain = subprocess.run([sys.executable, "-I", str(worker), *words[-3:]], input=heic, capture_output=True,
                           check=False, timeout=60)  # fmt: skip
    assert (stood_in.returncode, stood_in.stdout) == (plain.returncode, plain.stdout)
    assert stood_in.stdout
