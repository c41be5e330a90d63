"""A full disk: each write fails once, nothing saved is lost, nothing half done stays, work goes on with room again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEEDS = {"type", "report", "photograph", "enter the photograph", "issue", "unlock", "found"}


def failures(words: list[str]) -> dict[str, dict[str, int]]:
    """Run the sweep in a process of its own; its assertions are this test's."""
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=900)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    folder = tmp_path / "laptop"
    folder.mkdir()
    told = failures([sys.executable, "-m", "tests.faults.full", "limit", str(folder)])
    assert set(told) == DEEDS
    for deed, failed in told.items():
        assert sum(failed.values()) >= 3, deed
        assert set(failed) <= {"StorageFailed", "StorageFull"}  # "file too large" is not "disk full"


@pytest.mark.system
def test_a_file_system_without_room(tmp_path: Path) -> None:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root and unshare, to mount a small file system of its own")
    if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("mount namespaces are not allowed here")
    folder = tmp_path / "laptop"
    folder.mkdir()
    script = 'mount -t tmpfs -o size=96m tmpfs "$1" && exec "$2" -m tests.faults.full tmpfs "$1"'
    told = failures(["unshare", "-m", "sh", "-c", script, "sh", str(folder), sys.executable])
    assert set(told) == DEEDS
    for deed, failed in told.items():
        assert sum(failed.values()) >= 2, deed
        assert set(failed) == {"StorageFull"}, deed
