"""Where photos come from besides dialogs: a folder that is watched, and cards and phones that are mounted."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from inspector import mainthread
from inspector.evidence import kinds
from inspector.evidence.folder import photos_in

MOST_WATCHED: Final = 10_000
"""Files of a watched folder that are looked at; a folder of more is no folder that a camera writes to."""
_MOUNTS: Final = Path("/proc/self/mountinfo")
_PLUGGED: Final = ("/media/", "/run/media/")
"""Where desktops mount what is plugged in (udisks2)."""
_BY_HAND: Final = "/mnt/"
_OF_CARDS: Final = frozenset({"vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "fuse.exfat", "hfsplus", "udf"})
"""File systems of cards; below /mnt there may be anything else."""
_PHONES: Final = "fuse.gvfsd-fuse"
_PHONE: Final = re.compile(r"(mtp|gphoto2|afc):")
_DCIM: Final = "dcim"
"""Folder of every camera and phone (CIPA DC-009, Design rule for Camera File system)."""
_REMOVABLE: Final = 2
"""DRIVE_REMOVABLE of GetDriveTypeW."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """A mounted card or phone that has a DCIM folder."""

    path: Path
    """Where it is mounted: gone once it is pulled out."""
    dcim: Path
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardPhotos:
    """Photos of a card: those since a moment first, oldest first; then the others, newest first."""

    files: tuple[Path, ...]
    recent: int
    """How many of the first were changed at that moment or later, by the card's own file times."""
    skipped: tuple[tuple[str, str], ...]


def volumes(mounts: str | None = None) -> list[Volume]:
    """Return the cards and phones that are mounted now; nothing is opened but folders, nothing is raised.

    `mounts`: the text of mountinfo instead of the system's own.
    """
    mainthread.refuse("volumes")
    if sys.platform == "win32" and mounts is None:
        return [found for path, label in _drives() if (found := _volume(path, label))]
    return [found for path in _mounted(mounts) if (found := _volume(path, path.name))]


def photos_on(volume: Volume, since: datetime) -> CardPhotos:
    """List the photos of a card: at most inspection.evidence.folder.MOST_FILES, in the order of CardPhotos."""
    scan = photos_in(volume.dcim)
    times = {path: _changed(path) for path in scan.files}
    recent = sorted((path for path in scan.files if times[path] >= since), key=lambda path: (times[path], path))
    older = sorted((path for path in scan.files if times[path] < since), key=lambda path: times[path], reverse=True)
    return CardPhotos(files=(*recent, *older), recent=len(recent), skipped=scan.skipped)


class WatchedFolder:
    """A folder into which a camera or a phone program writes; asked again and again, it tells what is new and whole."""

    def __init__(self, folder: Path, since: datetime) -> None:
        self._folder, self._since = folder, since.timestamp()
        self._looked: dict[Path, tuple[int, int]] = {}
        self._told: dict[Path, tuple[int, int]] = {}

    @property
    def folder(self) -> Path:
        """The folder."""
        return self._folder

    def is_there(self) -> bool:
        """Whether the folder can be looked into now."""
        mainthread.refuse("folder")
        return os.access(self._folder, os.R_OK | os.X_OK) and self._folder.is_dir()

    def new_files(self) -> list[Path]:
        """Return photos that arrived since, once each, as soon as size and time are the same at two looks.

        A file that is written again later is told again. An unreadable folder has none.
        """
        mainthread.refuse("folder")
        before, self._looked = self._looked, dict(self._look())
        found = [path for path, mark in self._looked.items() if before.get(path) == mark != self._told.get(path)]
        self._told.update((path, self._looked[path]) for path in found)
        return sorted(found)

    def _look(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        try:
            with os.scandir(self._folder) as entries:
                for n, entry in enumerate(entries):
                    if n >= MOST_WATCHED:
                        return
                    mark = self._mark(entry)
                    if mark is not None:
                        yield Path(entry.path), mark
        except OSError:
            return

    def _mark(self, entry: os.DirEntry[str]) -> tuple[int, int] | None:
        if entry.name.startswith(".") or not kinds.is_named_photo(entry.name):
            return None
        try:
            if not entry.is_file(follow_symlinks=False):
                return None
            told = entry.stat(follow_symlinks=False)
        except OSError:
            return None
        # Copying keeps the time of the last change, but not that of the file's own arrival here.
        has_arrived = max(told.st_mtime, told.st_ctime) >= self._since
        return (told.st_size, told.st_mtime_ns) if has_arrived and told.st_size else None


def _changed(path: Path) -> datetime:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


def _mounted(mounts: str | None) -> Iterator[Path]:
    """Yield the places where cards and phones may be mounted (proc_pid_mountinfo(5))."""
    try:
        text = _MOUNTS.read_text("utf-8", "surrogateescape") if mounts is None else mounts
    except OSError:
        return
    for line in text.splitlines():
        left, _, right = line.partition(" - ")
        fields, kind = left.split(), right.partition(" ")[0]
        if len(fields) < 5:
            continue
        place = re.sub(r"\\([0-7]{3})", lambda code: chr(int(code[1], 8)), fields[4])
        if kind == _PHONES:
            yield from _phones(Path(place))
        elif place.startswith(_PLUGGED) or (place.startswith(_BY_HAND) and kind in _OF_CARDS):
            yield Path(place)


def _phones(folder: Path) -> list[Path]:
    """Return the storages of the phones that the desktop's own file system shows."""
    return [inner for phone in _folders(folder) if _PHONE.match(phone.name) for inner in (phone, *_folders(phone))]


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []


def _volume(path: Path, label: str) -> Volume | None:
    dcim = next((one for one in _folders(path) if one.name.lower() == _DCIM), None)
    return Volume(path=path, dcim=dcim, label=label) if dcim is not None else None


def _drives() -> Iterator[tuple[Path, str]]:
    """Yield root and label of the removable drives of Windows."""
    import ctypes

    system = ctypes.windll.kernel32  # type: ignore[attr-defined]
    present = int(system.GetLogicalDrives())
    for n in range(26):
        root = f"{chr(ord('A') + n)}:\\"
        if present >> n & 1 and system.GetDriveTypeW(root) == _REMOVABLE:
            name = ctypes.create_unicode_buffer(64)
            is_told = system.GetVolumeInformationW(root, name, 64, None, None, None, None, 0)
            yield Path(root), name.value if is_told and name.value else root[:2]
