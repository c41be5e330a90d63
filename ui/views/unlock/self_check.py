"""What this computer can truly say before anyone unlocks: clock, disk, law pack, fonts; runs on a work thread."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from inspector import paths
from inspector.clock import CHINA, SystemClock
from inspector.errors import PackDamaged
from ui.text import tr
from ui.theme.fonts import FILES, FOLDER

LEAST_FREE = 2 << 30
"""Under 2 GiB about 400 photos are left (a 12-megapixel photo is about 5 MB)."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the strip: `key` clock | disk | pack | fonts, whether it is well, and its figure."""

    key: str
    is_ok: bool
    value: str


def self_check(profile: Path) -> tuple[Check, ...]:
    """Return the checks in the order they are shown."""
    return (_clock(profile), _disk(profile), _pack(), _fonts())


def _clock(profile: Path) -> Check:
    """A clock that stands before the last time this profile was written is wrong."""
    now = SystemClock().read().at
    files = (paths.journal_file(profile), paths.keyring_file(profile))
    written = max((path.stat().st_mtime for path in files if path.exists()), default=0.0)
    return Check("clock", now.timestamp() + 60 >= written, f"{now.astimezone(CHINA):%m-%d %H:%M}")


def _disk(profile: Path) -> Check:
    there = profile
    while not there.exists() and there != there.parent:
        there = there.parent
    free = shutil.disk_usage(there).free
    return Check("disk", free >= LEAST_FREE, f"{free / 1e9:.0f} GB")


def _pack() -> Check:
    from inspector.law import catalogue

    try:
        catalogue.load()
    except PackDamaged:
        return Check("pack", is_ok=False, value="")
    return Check("pack", is_ok=True, value=_pack_version())


def _pack_version() -> str:
    from inspector.law import pack

    return pack.version()


def _fonts() -> Check:
    found = sum((FOLDER / name).is_file() for name in FILES)
    return Check("fonts", found == len(FILES), f"{found} / {len(FILES)}")


def title(check: Check) -> str:
    """Return the word above the figure."""
    return {"clock": tr("时钟"), "disk": tr("磁盘"), "pack": tr("法规包"), "fonts": tr("字体")}[check.key]


def figure(check: Check) -> str:
    """Return the figure in words."""
    if check.key == "disk":
        return tr("余 {n}", n=check.value) if check.is_ok else tr("只余 {n}", n=check.value)
    if check.key == "clock" and not check.is_ok:
        return tr("早于上次使用")
    if check.key == "pack" and not check.is_ok:
        return tr("校验不符")
    return check.value
