"""Finds files and photos in folders, such as a memory card: bounded, in a fixed order, opening nothing that blocks."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from inspector import mainthread
from inspector.evidence import kinds
from inspector.evidence.intake import readable_name

MOST_FILES = 10_000
_MOST_DEPTH = 16
_MOST_ENTRIES = 200_000
_SYSTEM = {"thumbs.db", "desktop.ini", "ehthumbs.db", "system volume information", "$recycle.bin", "__macosx"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderScan:
    """Files in the order of their paths, and what was left out: (path below the folder, reason).

    Reasons: hidden, system, symlink (to a folder), not_a_photo, not_a_file, unreadable, too_deep, too_many.
    """

    files: tuple[Path, ...]
    skipped: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Walk:
    root: Path
    most: int
    wants_all: bool = False
    seen: int = 0
    files: list[Path] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    def skip(self, path: Path, reason: str) -> None:
        above = path.relative_to(self.root).parent.parts
        self.skipped.append(("/".join([*(readable_name(Path(part)) for part in above), readable_name(path)]), reason))

    @property
    def is_full(self) -> bool:
        return len(self.files) >= self.most or self.seen >= _MOST_ENTRIES


def photos_in(folder: Path, *, most: int = MOST_FILES) -> FolderScan:
    """List at most `most` photos in `folder` and below: by content, or by name if the content is broken.

    Links to folders are not followed. A folder that can't be read is in `skipped`; nothing is raised.
    """
    mainthread.refuse("folder")
    walk = _Walk(root=folder, most=most)
    _walk(folder, walk, depth=0)
    return FolderScan(files=tuple(walk.files), skipped=tuple(walk.skipped))


def files_in(paths: Sequence[Path], *, most: int = MOST_FILES) -> FolderScan:
    """Return files as they are named, and all files of each folder and below: at most `most` together.

    What is named is kept whatever it is: reading it says why it can't be taken in. In folders, hidden and system files
    are left out without a word (`skipped` leaves them out), for all else `skipped` has the reason.
    """
    mainthread.refuse("folder")
    files: list[Path] = []
    skipped: list[tuple[str, str]] = []
    for path in paths:
        if len(files) >= most:
            skipped.append((readable_name(path), "too_many"))
        elif not _is_folder(path):
            files.append(path)
        else:
            walk = _Walk(root=path, most=most - len(files), wants_all=True)
            _walk(path, walk, depth=0)
            files += walk.files
            skipped += (one for one in walk.skipped if one[1] not in {"hidden", "system"})
    return FolderScan(files=tuple(files), skipped=tuple(skipped))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _walk(folder: Path, walk: _Walk, *, depth: int) -> None:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries)
    except OSError:
        walk.skip(folder, "unreadable")
        return
    for name in names:
        path = folder / name
        if walk.is_full:
            walk.skip(path, "too_many")
            return
        walk.seen += 1
        reason = _visit(path, walk, depth=depth)
        if reason:
            walk.skip(path, reason)


def _visit(path: Path, walk: _Walk, *, depth: int) -> str:
    """Take the file, go into the folder, or return why not."""
    if path.name.startswith(".") or path.name.lower() in _SYSTEM:
        return "hidden" if path.name.startswith(".") else "system"
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            return _take(path, walk)
        if not stat.S_ISDIR(mode):
            return "not_a_file"
        if path.is_symlink() or depth >= _MOST_DEPTH:
            return "symlink" if path.is_symlink() else "too_deep"
    except OSError:
        return "unreadable"
    _walk(path, walk, depth=depth + 1)
    return ""


def _take(path: Path, walk: _Walk) -> str:
    if not walk.wants_all and not kinds.is_named_photo(path.name):
        with path.open("rb") as file:
            if kinds.mime_of(file.read(kinds.HEAD)) not in kinds.PHOTOS:
                return "not_a_photo"
    walk.files.append(path)
    return ""
