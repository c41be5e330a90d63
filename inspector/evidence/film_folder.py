"""Finds footage on a card or in a folder: bounded, in a fixed order, every file opened to be read only."""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from inspector import mainthread
from inspector.errors import Cancelled, EvidenceRefused
from inspector.evidence import container, film_kinds, kinds
from inspector.evidence.intake import readable_name

MOST_FILMS: Final = 10_000
_MOST_DEPTH: Final = 16
_MOST_ENTRIES: Final = 200_000
_HEAD: Final = 4096
_SYSTEM: Final = frozenset({"thumbs.db", "desktop.ini", "system volume information", "$recycle.bin", "lost.dir"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFile:
    """One file that is footage by content, or by name where its content is broken (then `remark` is undecodable)."""

    path: Path
    relative: str
    """Path below the root as text, with slashes."""
    name: str
    size: int
    mtime_ns: int
    mime: str
    began_at: datetime | None
    """By the recorder's own clock: from the container, else from the file's name."""
    duration_us: int | None
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherFile:
    """A file that is no footage; `is_media` if it is a picture or sound, which somebody might miss."""

    path: Path
    relative: str
    size: int
    is_media: bool


@dataclass(slots=True)
class FilmWalk:
    """What a walk found. `skipped` are (path, reason).

    Reasons: hidden, system, symlink, not_a_file, empty, unreadable, too_deep, too_many.
    """

    root: Path
    films: list[FilmFile] = field(default_factory=list[FilmFile])
    others: list[OtherFile] = field(default_factory=list[OtherFile])
    skipped: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    seen: int = 0

    @property
    def is_full(self) -> bool:
        """Whether it looked at as much as it ever does."""
        return len(self.films) >= MOST_FILMS or self.seen >= _MOST_ENTRIES


def films_in(
    root: Path, progress: Callable[[int, str], None], is_cancelled: Callable[[], bool] = lambda: False
) -> FilmWalk:
    """List the footage in `root` and below, with what its headers say; `progress` hears (films so far, name).

    Links are not followed; what can't be read is in `skipped`. Raises Cancelled, EvidenceRefused(unreadable) if
    `root` itself can't be read.
    """
    mainthread.refuse("folder")
    walk = FilmWalk(root=root)
    for path in _files(root, walk, depth=0):
        if is_cancelled():
            raise Cancelled
        try:
            _look(path, walk)
        except OSError:
            walk.skipped.append((relative(path, root), "unreadable"))
        progress(len(walk.films), readable_name(path))
    return walk


def relative(path: Path, root: Path) -> str:
    """Return the path below `root` as text with slashes."""
    return "/".join(readable_name(Path(part)) for part in path.relative_to(root).parts)


def open_source(path: Path) -> io.FileIO:
    """Open a file to be read only, leaving its time of access alone where the system allows. Raises OSError."""
    handle = _open(path, sum(getattr(os, name, 0) for name in ("O_BINARY", "O_NONBLOCK", "O_NOFOLLOW")))
    file = io.FileIO(handle, "rb")
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "not a file")
    return file


def _open(path: Path, flags: int) -> int:
    flags |= os.O_RDONLY
    try:
        return os.open(path, flags | getattr(os, "O_NOATIME", 0))
    except PermissionError:
        return os.open(path, flags)  # only the owner may ask for O_NOATIME


def _names(folder: Path) -> list[str]:
    """Return what a folder holds, leaving its time of access alone where the system allows."""
    if os.scandir not in os.supports_fd:
        return sorted(path.name for path in folder.iterdir())
    handle = _open(folder, getattr(os, "O_DIRECTORY", 0))
    try:
        with os.scandir(handle) as entries:
            return sorted(entry.name for entry in entries)
    finally:
        os.close(handle)


def _files(folder: Path, walk: FilmWalk, *, depth: int) -> Iterator[Path]:
    try:
        names = _names(folder)
    except OSError as error:
        if folder == walk.root:
            raise EvidenceRefused(name=readable_name(folder), reason="unreadable") from error
        walk.skipped.append((relative(folder, walk.root), "unreadable"))
        return
    for name in names:
        path = folder / name
        walk.seen += 1
        if walk.is_full:
            walk.skipped.append((relative(path, walk.root), "too_many"))
            return
        reason, is_folder = _judge(path, depth)
        if reason:
            walk.skipped.append((relative(path, walk.root), reason))
        elif is_folder:
            yield from _files(path, walk, depth=depth + 1)
        else:
            yield path


def _judge(path: Path, depth: int) -> tuple[str, bool]:
    """Return why a path is passed over ("" if it isn't), and whether it is a folder."""
    if path.name.startswith(".") or path.name.lower() in _SYSTEM:
        return "hidden" if path.name.startswith(".") else "system", False
    try:
        mode = path.lstat().st_mode
    except OSError:
        return "unreadable", False
    if stat.S_ISLNK(mode):
        return "symlink", False
    if stat.S_ISDIR(mode):
        return "too_deep" if depth >= _MOST_DEPTH else "", True
    return "" if stat.S_ISREG(mode) else "not_a_file", False


def _is_picture_or_sound(head: bytes) -> bool:
    return kinds.mime_of(head).startswith(("image/", "audio/"))


def _look(path: Path, walk: FilmWalk) -> None:
    name, below = readable_name(path), relative(path, walk.root)
    with open_source(path) as file:
        told = os.fstat(file.fileno())
        if told.st_size == 0:
            walk.skipped.append((below, "empty"))
            return
        head = file.read(_HEAD) or b""
        mime = film_kinds.film_of(head)
        if not mime and not film_kinds.is_named_film(name):
            is_media = _is_picture_or_sound(head)
            walk.others.append(OtherFile(path=path, relative=below, size=told.st_size, is_media=is_media))
            return
        said = container.read(file, told.st_size, mime) if mime else container.Told(remark=container.UNDECODABLE)
    walk.films.append(
        FilmFile(
            path=path,
            relative=below,
            name=name,
            size=told.st_size,
            mtime_ns=told.st_mtime_ns,
            mime=mime or "application/octet-stream",
            began_at=said.began_at or container.time_in_name(name),
            duration_us=said.duration_us,
            remark=said.remark,
        )
    )
