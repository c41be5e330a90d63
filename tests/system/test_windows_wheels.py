"""The Windows build stays possible: each locked package of the laptop has a wheel for Windows x64."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.system

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"^[a-z0-9-]+")
ASKED_BY = re.compile(r"^    #   ?([a-z0-9-]+)|^    # via ([a-z0-9-]+)", re.MULTILINE)


def blocks() -> list[str]:
    """The blocks of the lock that Python 3.11 on Windows would install."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    found = [block for block in re.split(r"(?m)^(?=[a-z0-9])", text) if NAME.match(block)]
    ours = [block for block in found if not re.search(r"^[^\n]*(>= '3\.12'|'linux'|'darwin')", block)]
    return [re.sub(r"^([^ ]+) ;[^\n]*", r"\1 \\", block) for block in ours]  # pip would judge markers by this system


def name(block: str) -> str:
    found = NAME.match(block)
    assert found
    return found[0]


def laptop() -> list[str]:
    """The blocks of what the laptop's program needs, with what comes along, and of what freezes it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [*project["project"]["dependencies"], *project["dependency-groups"]["package"]]
    wanted = {found[0] for line in declared if (found := NAME.match(line))}
    asked_by = {name(block): {a or b for a, b in ASKED_BY.findall(block)} for block in blocks()}
    while more := {one for one, askers in asked_by.items() if askers & wanted} - wanted:
        wanted |= more
    return [block for block in blocks() if name(block) in wanted]


def download(lock: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Let pip fetch the wheels for Windows from whatever index this machine uses."""
    return subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps",
            "--require-hashes", "--only-binary", ":all:", "--platform", "win_amd64", "--python-version", "3.11",
            "--implementation", "cp", "--dest", str(folder), "-r", str(lock),
        ],
        capture_output=True, text=True, check=False, timeout=900,
    )  # fmt: skip


def test_each_locked_laptop_package_has_a_wheel_for_windows(tmp_path: Path) -> None:
    wanted = laptop()
    assert {"pyside6-essentials", "sqlcipher3", "lxml", "pefile"} <= {name(block) for block in wanted}
    lock = tmp_path / "lock.txt"
    lock.write_text(next(block for block in wanted if name(block) == "click"), encoding="utf-8")
    if download(lock, tmp_path).returncode:
        pytest.skip("no package index answers")
    lock.write_text("".join(wanted), encoding="utf-8")
    done = download(lock, tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(list(tmp_path.glob("*.whl"))) == len(wanted)


def test_what_windows_shows_as_version_is_the_version() -> None:
    from inspector.version import VERSION

    told = (ROOT / "packaging" / "windows" / "version_info.txt").read_text(encoding="utf-8")
    assert re.findall(r'Version", "(.*)"', told) == [VERSION, VERSION]
    numbers = ", ".join([*VERSION.split("."), "0"])
    assert f"filevers=({numbers}), prodvers=({numbers})" in told
