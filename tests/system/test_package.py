"""The .deb packages on a bare Debian: installed by apt, upgraded with a visit open, working, removed without a trace
of the program and without touching anybody's data."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector.app import unlock
from inspector.demo.day import PASSPHRASE
from inspector.demo.visits import ZHANG
from inspector.domain.inspection import InspectionState
from inspector.version import VERSION
from tests.system.cage import HOME, KEPT, ROOT, USER, Cage, bare, why_not

pytestmark = pytest.mark.system

LAPTOP, HQ = "field-inspector", "field-inspector-hq"
FONTS = ROOT / "resources" / "fonts"
STANDS_S = 5
"""How long a window must stand: a missing library or font ends the program within the first second."""
VERIFY = ("field-inspector", "--profile", "profile", "verify", "--user", ZHANG)
SECRET = {"FIELD_INSPECTOR_PASSPHRASE": PASSPHRASE}


@dataclass(frozen=True)
class Past:
    """The version before this one: its tree, and a profile that it wrote with a visit left open."""

    tree: Path
    version: str
    profile: Path


def build(*words: str) -> list[Path]:
    """Build packages without compression; those whose inputs are unchanged are taken as they are."""
    out = KEPT / "fast"
    command = ["packaging/build_deb.sh", "--fast", "--out", str(out), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1800)
    assert done.returncode == 0, done.stderr[-3000:]
    return [Path(line) for line in done.stdout.split()]


def git(*words: str) -> str:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


@pytest.fixture(scope="module")
def cage(tmp_path_factory: pytest.TempPathFactory) -> Cage:
    lacking = why_not()
    if lacking:
        pytest.skip(f"a bare Debian to install in needs: {lacking}")
    try:
        return bare(tmp_path_factory.mktemp("cage") / "debian")
    except OSError as reason:
        pytest.skip(f"no bare Debian: {reason}")


@pytest.fixture(scope="module")
def past(cage: Cage, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """The last commit before this version, and what its own program leaves on a disk."""
    bump = git("log", "-1", "--format=%H", f'-SVERSION = "{VERSION}"', "--", "inspector/version.py")
    if not bump or not git("rev-parse", "--verify", "--quiet", f"{bump}^"):
        pytest.skip("the history of this clone does not reach the version before this one")
    folder = tmp_path_factory.mktemp("past")
    tree = folder / "tree"
    tree.mkdir()
    packed = subprocess.run(["git", "-C", str(ROOT), "archive", f"{bump}^"], capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", str(tree)], input=packed, check=True)
    for font in (*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")):
        shutil.copyfile(font, tree / "resources" / "fonts" / font.name)
    shutil.copytree(FONTS / "licences", tree / "resources" / "fonts" / "licences")
    words = [sys.executable, "-m", "inspector.demo.pictures", str(folder)]
    lived = subprocess.run(words, cwd=tree, capture_output=True, text=True, check=False, timeout=900)
    assert lived.returncode == 0, lived.stderr[-3000:]
    version = re.findall(r'VERSION = "(.*)"', (tree / "inspector" / "version.py").read_text(encoding="utf-8"))[0]
    return Past(tree, version, Path(lived.stdout.strip()))


@pytest.fixture(scope="module")
def upgraded(cage: Cage, past: Past) -> Cage:
    """The version before was installed and worked with; then this one and headquarters came."""
    cage.install(*build("--tree", str(past.tree), LAPTOP))
    shutil.copytree(past.profile, cage.home / "profile")
    cage.run("chown", "-R", f"{USER}:{USER}", HOME)
    assert past.version in cage.run("field-inspector", "--version", user=USER).stdout
    before = cage.run(*VERIFY, user=USER, env=SECRET)
    assert before.returncode == 0, before.stdout + before.stderr
    assert f"Setting up {LAPTOP} ({VERSION})" in cage.install(*build(LAPTOP, HQ))
    return cage


def test_after_the_upgrade_the_open_visit_is_still_open(upgraded: Cage, past: Past, tmp_path: Path) -> None:
    done = upgraded.run(*VERIFY, user=USER, env=SECRET)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "clean"
    shutil.copytree(upgraded.home / "profile", tmp_path / "profile")
    app = unlock(tmp_path / "profile", ZHANG, PASSPHRASE)
    try:
        still_open = [row for row in app.inspections.list() if row.inspection.state is InspectionState.OPEN]
        assert [(row.hazard_count, row.photo_count) for row in still_open] == [(4, 7)]
        app.inspections.patch(still_open[0].inspection.id, place="二号库房")
        assert app.audit.verify().is_clean
    finally:
        app.close()


def test_the_installed_program_finds_itself_whole(upgraded: Cage) -> None:
    done = upgraded.run("field-inspector", "--self-check", user=USER)
    assert done.returncode == 0, done.stdout + done.stderr
    assert {line.split()[0] for line in done.stdout.splitlines()} == {"ok"}
    assert VERSION in upgraded.run("field-inspector", "--version", user=USER).stdout


def test_each_library_that_anything_in_it_asks_for_is_there(upgraded: Cage) -> None:
    """The Depends are complete: also for what is loaded only on some screens or under Wayland."""
    for package in (LAPTOP, HQ):
        folder = f"/usr/lib/{package}"
        elf = f"find {folder} -type f \\( -name '*.so*' -o -name {package} \\) -print0 | xargs -0 ldd"
        asked = upgraded.run("sh", "-c", elf, env={"LD_LIBRARY_PATH": f"{folder}/_internal"})
        assert [line for line in asked.stdout.splitlines() if "not found" in line] == []
        assert "libc.so.6" in asked.stdout


@pytest.mark.parametrize("platform", ["offscreen", "xcb"])
def test_the_window_opens(upgraded: Cage, platform: str, tmp_path: Path) -> None:
    env = {"QT_QPA_PLATFORM": platform}
    screen = None
    if platform == "xcb":
        if shutil.which("Xvfb") is None:
            pytest.skip("Xvfb is not installed")
        screen = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1280x800x24"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)  # fmt: skip
        assert screen.stdout is not None
        env["DISPLAY"] = f":{screen.stdout.readline().strip()}"
    words = upgraded.words("field-inspector", "--profile", "profile", user=USER, env=env)
    said = tmp_path / "said"
    try:
        with said.open("wb") as log, subprocess.Popen(words, stdout=log, stderr=log) as window:
            with pytest.raises(subprocess.TimeoutExpired):
                window.wait(STANDS_S)
            window.terminate()
        assert said.read_text(encoding="utf-8") == ""
    finally:
        if screen is not None and screen.stdout is not None:
            screen.terminate()
            screen.wait()
            screen.stdout.close()


def test_the_installed_programs_live_through_the_day(upgraded: Cage) -> None:
    words = ("field-inspector", "day", "--out", "day", "--json", "day.json")
    done = upgraded.run(*words, user=USER)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    lived = json.loads((upgraded.home / "day.json").read_text(encoding="utf-8"))
    assert set(lived["verify"].values()) == {"ok"}


def test_what_a_package_must_bring_along_is_there(upgraded: Cage) -> None:
    usr = upgraded.root / "usr"
    doc, share = usr / "share" / "doc" / LAPTOP, usr / "share"
    sizes = {path.parts[-3] for path in (share / "icons" / "hicolor").glob("*/apps/field-inspector.*")}
    assert {"16x16", "48x48", "512x512", "scalable"} <= sizes
    assert "Name[zh_CN]=现场执法" in (share / "applications" / "field-inspector.desktop").read_text(encoding="utf-8")
    assert (share / "man/man1/field-inspector.1.gz").is_file()
    assert (share / "man/man8/field-inspector-hq.8.gz").is_file()
    licences = usr / "lib" / LAPTOP / "_internal" / "licences"
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "python", "opencv-python-headless", "pillow"} <= {
        path.name for path in licences.iterdir()
    }
    assert len(list((usr / "lib" / LAPTOP / "_internal/resources/fonts/licences").iterdir())) >= 3
    assert {"FandolFang-Regular.otf", "convert_fonts.py"} <= {path.name for path in (doc / "fonts-source").iterdir()}


def test_no_server_reaches_the_laptop_and_no_gpl_keyboard(upgraded: Cage) -> None:
    laptop = {path.name.lower() for path in (upgraded.root / "usr/lib" / LAPTOP).rglob("*")}
    foreign = ("litestar", "uvicorn", "sqlalchemy", "alembic", "obstore", "virtualkeyboard", "libqt6qml", "_tkinter")
    assert [name for name in laptop if any(word in name for word in foreign)] == []
    hq = {path.name.lower() for path in (upgraded.root / "usr/lib" / HQ).rglob("*")}
    assert [name for name in hq if any(word in name for word in ("pyside6", "cv2", "reportlab", "fandol"))] == []


def test_removing_and_purging_leave_every_byte_in_the_home(upgraded: Cage, tmp_path: Path) -> None:
    cage = upgraded.copy(tmp_path / "debian")
    evidence = cage.root / "var/lib/field-inspector-hq"
    evidence.mkdir()
    (evidence / "entries").write_bytes(b"kept")
    before = digests(cage.home)
    assert len(before) > 3
    cage.apt("remove", LAPTOP, HQ)
    assert not (cage.root / "usr/bin/field-inspector").exists()
    assert cage.run("dpkg", "--purge", LAPTOP, HQ).returncode == 0  # apt knows no package that no archive has
    left = [*(cage.root / "usr").rglob("*field-inspector*"), *cage.root.glob("etc/*/field-inspector*")]
    assert left == []
    assert digests(cage.home) == before
    assert (evidence / "entries").read_bytes() == b"kept"


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
