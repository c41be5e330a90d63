"""A body recorder's card, ready-made for tests: films with true headers and random insides, a card that is pulled."""

from __future__ import annotations

import errno
import hashlib
import os
import random
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from inspector.services.footage_copy import Source

MIB = 1 << 20
BEGAN = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
_1904 = datetime(1904, 1, 1, tzinfo=UTC)


def a_film(path: Path, size: int, *, began: datetime | None = BEGAN, seconds: int = 60, seed: int = 0) -> Path:
    """Write an MP4 of `size` bytes: ftyp, moov with its mvhd, mdat full of noise."""
    made = int((began - _1904).total_seconds()) if began else 0
    words = (0, made, made, 1000, seconds * 1000)
    mvhd = box(b"mvhd", b"".join(word.to_bytes(4, "big") for word in words) + bytes(80))
    head = box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + box(b"moov", mvhd)
    inside = size - len(head) - 16
    large = (1).to_bytes(4, "big") + b"mdat" + (inside + 16).to_bytes(8, "big")
    path.parent.mkdir(parents=True, exist_ok=True)
    die = random.Random(f"{seed}{path.name}{size}")
    with path.open("wb") as out:
        out.write(head + large)
        while inside > 0:
            inside -= out.write(die.randbytes(min(inside, MIB)))
    os.utime(path, ns=(1_795_136_000_000_000_000, 1_795_136_000_000_000_000))
    return path


def box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4, "big") + name + content


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def encoded(path: Path, *words: str, seconds: float = 1.0, rate: int = 25) -> Path:
    """Have ffmpeg (packaging/setup.sh test installs it) make a real clip."""
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = f"testsrc2=size=320x240:rate={rate}:duration={seconds}"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, *words, "-y", str(path)]
    subprocess.run(command, check=True, timeout=120)
    return path


class Pulled(Source):
    """A card that is pulled out after so many bytes: every later read fails, and the folder is gone."""

    left = 0
    gone: Path

    def read(self, where: int, length: int) -> bytearray:
        type(self).left -= length
        if type(self).left < 0:
            if self.root.exists():
                self.root.rename(self.gone)
            raise OSError(errno.EIO, "Input/output error")
        return super().read(where, length)


def pulled_after(size: int, gone: Path) -> type[Pulled]:
    return type("PulledCard", (Pulled,), {"left": size, "gone": gone})


class Scratched(Source):
    """A card with one file that can't be read beyond its first MiB."""

    name = "bad.mp4"

    def read(self, where: int, length: int) -> bytearray:
        if self.path.name == self.name and where + length > MIB:
            raise OSError(errno.EIO, "Input/output error")
        return super().read(where, length)


def stamps(root: Path) -> dict[str, tuple[int, ...]]:
    """Return all that could betray a touch: size, times (also of access), rights, of every file and folder."""
    found: dict[str, tuple[int, ...]] = {}
    for path in sorted([root, *root.rglob("*")]):
        told = path.lstat()
        found[str(path)] = (told.st_size, told.st_mtime_ns, told.st_atime_ns, told.st_ctime_ns, told.st_mode)
    return found


def never() -> bool:
    return False


def after(calls: int) -> Callable[[], bool]:
    """Return a question that is answered with yes from the n-th time on."""
    left = [calls]

    def ask() -> bool:
        left[0] -= 1
        return left[0] < 0

    return ask
