"""Chinese typed as in the field: ibus with libpinyin on a real X screen, keys pressed by xdotool."""

from __future__ import annotations

import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = ("ibus-daemon", "ibus", "xdotool", "xvfb-run", "dbus-run-session")
LIBRARIES = ("xcb-cursor", "xcb-icccm", "xcb-image", "xcb-keysyms", "xcb-render-util", "xkbcommon-x11")
START = """
ibus-daemon --daemonize --replace --panel disable
for _ in $(seq 100); do ibus engine libpinyin 2>/dev/null && break; sleep 0.1; done
test "$(ibus engine)" = libpinyin || exit 77
"$@"
code=$?
ibus exit
exit $code
"""
NO_ENGINE = 77


@pytest.mark.system
def test_pinyin_arrives_and_our_keys_stay_ours(desk_folder: Path, tmp_path: Path) -> None:
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        pytest.skip(f"needs ibus, ibus-libpinyin, xdotool, xvfb, dbus: no {', '.join(missing)}")
    away = [name for name in LIBRARIES if ctypes.util.find_library(name) is None]
    if away:
        pytest.skip(f"needs the libraries of packaging/system-packages.txt: Qt opens no X window without {away}")
    home = tmp_path / "home"
    run = home / "run"
    run.mkdir(parents=True, mode=0o700)
    own = {"HOME": str(home), "XDG_RUNTIME_DIR": str(run), "GSETTINGS_BACKEND": "memory"}
    own |= {"QT_IM_MODULE": "ibus", "QT_QPA_PLATFORM": "xcb", "NO_AT_BRIDGE": "1"}
    child = [sys.executable, "-m", "tests.journeys.ibus_window", str(desk_folder)]
    way = ["xvfb-run", "-a", "-s", "-screen 0 1400x900x24", "dbus-run-session", "--", "sh", "-c", START, "sh", *child]
    done = subprocess.run(
        way, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False, timeout=240
    )
    if done.returncode == NO_ENGINE:
        pytest.skip("ibus does not know libpinyin here: ibus-libpinyin")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["composing"]
    assert told["while composing"] == ""  # no letter of the input method reaches the field
    assert told["arrived"] == "配电箱"
    assert told["palette"]  # Ctrl+K is ours, also with the input method on
    assert told["after Esc"] == "配电箱"  # Esc takes back what is composed, not what stands there
    assert told["saved"] == "配电箱"
