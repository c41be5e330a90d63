"""A disk that fills up during an import: said in words, what is here stays, it goes on with room again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def errors_of(words: list[str]) -> list[str]:
    """Run the sweep in a process of its own; its assertions are this test's."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_part_that_may_not_grow(tmp_path: Path) -> None:
    told = errors_of([sys.executable, "-m", "tests.faults.full_import", "limit", str(tmp_path)])
    assert told == ["StorageFailed"] * 4 + ["before: StorageFull"]  # "file too large" is not "disk full"


@pytest.mark.system
def test_a_file_system_that_somebody_else_fills(tmp_path: Path) -> None:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root and unshare, to mount a small file system of its own")
    if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("mount namespaces are not allowed here")
    script = 'mount -t tmpfs -o size=128m tmpfs "$1" && exec "$2" -m tests.faults.full_import tmpfs "$1"'
    told = errors_of(["unshare", "-m", "sh", "-c", script, "sh", str(tmp_path), sys.executable])
    assert told == ["StorageFull"] * 4 + ["before: StorageFull"]
