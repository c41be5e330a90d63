"""The one command: what it says when it may not install, and what it does without a network."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ["packaging/setup.sh", "packaging/fonts.sh", "packaging/build_deb.sh", "packaging/floor_python.sh"]


def run(*words: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}" if path else os.environ["PATH"]}
    return subprocess.run(
        ["sh", *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def poor_machine(tmp_path: Path) -> Path:
    """Programs that stand in front of the real ones: no root, no sudo, no package installed."""
    answers = {
        "id": "echo 1000",
        "sudo": "exit 1",
        "dpkg-query": "exit 1",
        "apt-get": f"touch {tmp_path}/asked; exit 1",
    }
    for name, answer in answers.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{answer}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_script_is_plain_sh(script: str) -> None:
    assert run("-n", script).returncode == 0
    assert (ROOT / script).read_text(encoding="utf-8").startswith("#!/bin/sh\n")
    assert os.access(ROOT / script, os.X_OK)


def test_without_a_word_it_lists_its_jobs() -> None:
    done = run("packaging/setup.sh")
    assert done.returncode == 2
    assert all(f"setup.sh {job}" in done.stderr for job in ("day", "test", "run", "hq", "check", "package", "env"))


@pytest.mark.parametrize(
    ("job", "packages"),
    [("test", ["libegl1", "poppler-utils"]), ("run", ["libxcb-cursor0"]), ("package", ["binutils"])],
)
def test_without_root_it_names_every_missing_package_and_stops(
    poor_machine: Path, job: str, packages: list[str]
) -> None:
    done = run("packaging/setup.sh", job, path=poor_machine)
    line = next(line for line in done.stderr.splitlines() if "apt-get install" in line)
    assert done.returncode == 1
    assert set(packages) <= set(line.split())
    assert not (poor_machine / "asked").exists()


def test_make_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha() and ":" in line]
    told = [target for target in targets if any(line.startswith(f"{target}: ## ") for line in text.splitlines())]
    assert told == targets


def test_everyone_gets_the_lock_without_the_peers_of_the_measurements() -> None:
    text = (ROOT / "packaging" / "setup.sh").read_text(encoding="utf-8")
    function = text[text.index("without_peers() {") : text.index("# install_locked")]
    given = run("-c", f"{function}\nwithout_peers").stdout
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    left_out = [
        line.partition("==")[0] for line in lock.splitlines() if "==" in line and line not in given.splitlines()
    ]
    assert left_out == ["av", "typst"]
    assert sum(line.startswith("    --hash") for line in given.splitlines()) < lock.count("--hash")
