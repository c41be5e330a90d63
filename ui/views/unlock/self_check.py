"""What this computer can truly say before anyone unlocks: clock, disk, battery, law pack, fonts, and its printer.

Both functions run on a work thread; the printer is asked for itself, because a sleeping one takes seconds to answer.
"""

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


POWER = Path("/sys/class/power_supply")
LEAST_CHARGE = 30
"""Percent; a visit with printing takes two hours, about a third of a field laptop's battery."""
_READY = {"ready", "busy"}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the strip: `key` clock | disk | battery | pack | fonts | printer, whether it is well, its figure.

    What is not connected (`is_there` False) is no fault: work goes on without it.
    """

    key: str
    is_ok: bool
    value: str
    is_there: bool = True


def self_check(profile: Path) -> tuple[Check, ...]:
    """Return the checks in the order they are shown."""
    return (_clock(profile), _disk(profile), *_battery(), _pack(), _fonts())


def printer_check() -> tuple[Check, ...]:
    """Return the default printer's state; nothing where no spooler tells of printers."""
    from inspector.printing import spooler

    if not spooler.has_spooler():
        return ()
    found = spooler.printers()
    if not found:
        return (Check("printer", is_ok=True, value="", is_there=False),)
    return (Check("printer", found[0].state in _READY, found[0].state),)


def _battery() -> tuple[Check, ...]:
    """Linux tells the charge in a file; elsewhere, and on a desktop computer, nothing is said of it."""
    for folder in sorted(POWER.glob("*")):
        try:
            kind = (folder / "type").read_text(encoding="ascii").strip()
            charge = int((folder / "capacity").read_text(encoding="ascii"))
        except (OSError, ValueError):
            continue
        if kind == "Battery":
            return (Check("battery", charge >= LEAST_CHARGE, f"{charge}%"),)
    return ()


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
    words = {"clock": tr("时钟"), "disk": tr("磁盘"), "battery": tr("电量"), "pack": tr("法规包"), "fonts": tr("字体")}
    return {**words, "printer": tr("打印机")}[check.key]


def figure(check: Check) -> str:
    """Return the figure in words."""
    if check.key == "disk":
        return tr("余 {n}", n=check.value) if check.is_ok else tr("只余 {n}", n=check.value)
    if check.key == "clock" and not check.is_ok:
        return tr("早于上次使用")
    if check.key == "pack" and not check.is_ok:
        return tr("校验不符")
    if check.key == "printer":
        return _printer(check)
    return check.value


def _printer(check: Check) -> str:
    from inspector.domain.printing import PrinterState  # only where there is a printer

    if not check.is_there:
        return tr("未连接")
    words = {
        PrinterState.READY: tr("就绪"),
        PrinterState.BUSY: tr("正在打印"),
        PrinterState.OFFLINE: tr("离线"),
        PrinterState.PAPER_OUT: tr("缺纸"),
        PrinterState.JAM: tr("卡纸"),
        PrinterState.DOOR_OPEN: tr("盖子开着"),
        PrinterState.WRONG_PAPER: tr("纸张不对"),
        PrinterState.STOPPED: tr("已停用"),
    }
    return words[PrinterState(check.value)]
