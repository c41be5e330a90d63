"""main.py: which word leads where, and what it says without a display."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from inspector.version import VERSION

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """main.py on a machine without a display."""
    environment = {name: value for name, value in os.environ.items() if name not in main.DISPLAYS}
    return subprocess.run(
        [sys.executable, "main.py", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.parametrize("words", [[], ["--profile", "folder"], ["--profile=folder"], ["--lang=en"]])
def test_no_command_means_the_window(words: list[str]) -> None:
    assert main.asks_for_window(words)


@pytest.mark.parametrize("words", [["verify"], ["--profile", "folder", "sync"], ["--help"], ["-h"], ["--version"]])
def test_a_command_or_a_question_means_no_window(words: list[str]) -> None:
    assert not main.asks_for_window(words)


def test_without_a_display_the_window_says_so_in_words() -> None:
    done = run()
    assert (done.returncode, done.stdout) == (2, "")
    assert "没有显示器" in done.stderr
    assert "no display" in done.stderr


def test_version_and_help_need_no_display() -> None:
    assert VERSION in run("--version").stdout
    told = run("--help")
    assert told.returncode == 0
    assert all(word in told.stdout for word in ("verify", "sync", "--profile", "day", "hq"))


def test_an_unknown_command_is_misuse() -> None:
    done = run("fly")
    assert done.returncode == 2
    assert "fly" in done.stderr


def test_a_missing_profile_is_an_expected_error(tmp_path: Path) -> None:
    done = run("--profile", str(tmp_path / "none"), "verify", "--passphrase", "eight chars")
    assert done.returncode == 1
    assert done.stderr.startswith("profile_missing(")
