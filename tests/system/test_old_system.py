"""The variant for old systems on a bare Debian 11 (glibc 2.31), the oldest that can be had beside glibc 2.28.

It takes the packages that `packaging/build_deb.sh --floor 2.28` left in build/package: building them takes a Python of
its own, so it is not done here.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from inspector.version import VERSION
from tests.system.cage import KEPT, USER, Cage, bare, why_not

pytestmark = pytest.mark.system

FLOOR = "2.28"
PACKAGES = [KEPT / f"{name}_{VERSION}+glibc{FLOOR}_amd64.deb" for name in ("field-inspector", "field-inspector-hq")]
STANDS_S = 10


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Cage:
    if not all(package.is_file() for package in PACKAGES):
        pytest.skip(f"the variant is not built: packaging/build_deb.sh --floor {FLOOR}")
    lacking = why_not()
    if lacking:
        pytest.skip(f"a bare Debian to install in needs: {lacking}")
    try:
        cage = bare(tmp_path_factory.mktemp("old") / "debian", "bullseye")
    except OSError as reason:
        pytest.skip(f"no bare Debian 11: {reason}")
    cage.install(*PACKAGES)
    return cage


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_the_package_asks_for_no_newer_glibc_than_stated(old: Cage, package: Path) -> None:
    asked = subprocess.run(["dpkg-deb", "-f", str(package), "Depends"], capture_output=True, text=True, check=True)
    assert f"libc6 (>= {FLOOR})" in asked.stdout
    said = old.run("ldd", "--version").stdout.partition("\n")[0]
    assert said.endswith(" 2.31")


def test_it_finds_itself_whole(old: Cage) -> None:
    done = old.run("field-inspector", "--self-check", user=USER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}


@pytest.fixture(scope="module")
def lived(old: Cage) -> Cage:
    """The installed program has lived through the sample day with the installed headquarters."""
    done = old.run("field-inspector", "day", "--out", "day", "--json", "day.json", user=USER)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return old


def test_laptop_headquarters_and_verifier_agree_after_its_day(lived: Cage) -> None:
    told = json.loads((lived.home / "day.json").read_text(encoding="utf-8"))
    assert set(told["verify"].values()) == {"ok"}


def test_its_window_stands(lived: Cage, tmp_path: Path) -> None:
    env = {"QT_QPA_PLATFORM": "offscreen"}
    words = lived.words("field-inspector", "--profile", "day/profile", user=USER, env=env)
    said = tmp_path / "said"
    with said.open("wb") as log, subprocess.Popen(words, stdout=log, stderr=log) as window:
        with pytest.raises(subprocess.TimeoutExpired):
            window.wait(STANDS_S)
        window.terminate()
    assert said.read_text(encoding="utf-8") == ""
