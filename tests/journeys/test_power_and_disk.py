"""The laptop dies in the middle of a visit; the disk is full: what is on the screen afterwards, and in the records."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.apart import HALF, PLACE
from tests.journeys.desk import Desk

ROOT = Path(__file__).resolve().parents[2]


def words(way: str, folder: Path) -> list[str]:
    """A window in a process of its own."""
    return [sys.executable, "-m", "tests.journeys.apart", way, str(folder)]


def test_a_laptop_that_dies_comes_back_with_every_field(desk_folder: Path, late_desk) -> None:
    child = subprocess.Popen(words("kill", desk_folder), cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == "typed\n"
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    desk: Desk = late_desk()
    hand = desk.hand
    desk.unlock()
    view = desk.workspace  # the window goes back to the visit by itself
    hand.until(lambda: view._is_built and view.hazards.resume.isVisible())
    desk.idle()
    assert HALF[0] in view.hazards.resume.text.text()
    hand.begin("重新打开后继续")
    hand.tap(view.hazards.resume.go)
    assert view.desk.form.description.value() == HALF[0]
    assert view.desk.form.place.value() == PLACE[0]
    hand.tap(view.strip.save)
    hand.until(lambda: len(view._record.hazards) == 2)
    desk.idle()
    assert hand.taps == 2
    assert desk.ask(desk.app.audit.verify).faults == ()


def demand_nothing_lost(told: dict) -> None:
    """One hazard before, still one without room, two with room; what was typed stood in the form all the time."""
    assert told["still typed"] == HALF[0]
    assert told["saved without room"] == 1
    assert told["saved with room"] == 2
    assert told["faults"] == []


def test_a_file_that_may_not_grow_is_said_and_costs_nothing(desk_folder: Path) -> None:
    done = subprocess.run(
        words("limit", desk_folder), cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    demand_nothing_lost(told)
    assert told["said"] == "磁盘读写失败，刚才这一步没有保存 此前已保存的内容都在。请检查磁盘后重试。"


@pytest.mark.system
def test_a_full_disk_is_said_and_costs_nothing(desk_folder: Path, tmp_path: Path) -> None:
    if os.geteuid() != 0 or not shutil.which("unshare"):
        pytest.skip("needs root and unshare, to mount a small file system of its own")
    if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode != 0:
        pytest.skip("mount namespaces are not allowed here")
    disk = tmp_path / "disk"
    disk.mkdir()
    script = 'mount -t tmpfs -o size=64m tmpfs "$1" && cp -r "$2" "$1"/profile && shift 2 && exec "$@"'
    way = ["unshare", "-m", "sh", "-c", script, "sh", str(disk), str(desk_folder / "profile"), *words("tmpfs", disk)]
    done = subprocess.run(way, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    demand_nothing_lost(told)
    assert told["said"] == "磁盘已满，刚才这一步没有保存 此前已保存的内容都在。请腾出空间后重试。"
