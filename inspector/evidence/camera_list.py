"""Which cameras this computer has, found without opening any where the system tells it."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SYSFS: Final = Path("/sys/class/video4linux")
DEVICES: Final = Path("/dev")
_MOST: Final = 8
_NODE: Final = re.compile(r"video(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraFound:
    """A camera: its number for `Camera.open`, its name as its maker gave it ("" if the system tells none)."""

    source: int
    name: str


def cameras(sysfs: Path = SYSFS, devices: Path = DEVICES) -> tuple[CameraFound, ...]:
    """Return the cameras that are plugged in, in the order of their numbers; reads names only, so it never hangs.

    Windows tells nothing without opening: there the first numbers are offered, and opening says which are none.
    """
    if sys.platform == "win32":
        return tuple(CameraFound(source=n, name="") for n in range(2))
    found = [one for node in _nodes(sysfs) if (one := _camera(node, devices)) is not None]
    return tuple(sorted(found, key=lambda one: one.source))[:_MOST]


def _nodes(sysfs: Path) -> list[Path]:
    try:
        return list(sysfs.iterdir())
    except OSError:
        return []


def _camera(node: Path, devices: Path) -> CameraFound | None:
    told = _NODE.fullmatch(node.name)
    # A camera has further nodes for what is no picture (index 1 and up).
    if told is None or _line(node / "index") not in {"0", ""} or not (devices / node.name).exists():
        return None
    return CameraFound(source=int(told[1]), name=_line(node / "name"))


def _line(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").strip()
    except OSError:
        return ""
