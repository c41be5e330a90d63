"""Reads one encrypted footage file, in order or anywhere; the plain bytes are only ever in memory."""

from __future__ import annotations

import io
import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

from inspector.crypto.frames import FRAME, FrameKey, Tampered, offset
from inspector.errors import EvidenceMissing, StoreDamaged

_KEPT: Final = 8
"""Frames that a stream keeps in memory: a demuxer goes back and forth between sound, picture and index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FootageFile:
    """What a process needs to read one file. Holds its key: hand it over in memory or a pipe, never write it down."""

    path: Path
    sha256: str
    size: int
    """Plain bytes."""
    file_id: bytes
    key: bytes = field(repr=False)


class FrameReader:
    """Random reads of one file; closes with `with`. Raises EvidenceMissing if the file is gone."""

    def __init__(self, file: FootageFile) -> None:
        self._name = file.path.name
        self._sha256 = file.sha256
        self.cipher = FrameKey(file_id=file.file_id, key=file.key, size=file.size)
        try:
            self._file = io.FileIO(file.path, "rb")
        except FileNotFoundError as error:
            raise EvidenceMissing(sha256=file.sha256) from error

    def __enter__(self) -> Self:
        """Read on."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return self.cipher.frames

    def frame(self, n: int) -> bytes:
        """Return the bytes n MiB … n + 1 MiB. Raises EvidenceMissing beyond the end, StoreDamaged if changed."""
        if not 0 <= n < self.frames:
            raise EvidenceMissing(sha256=self._sha256)
        self._file.seek(offset(n))
        try:
            return self.cipher.open(n, read_fully(self._file, self.cipher.sealed_length(n)))
        except (Tampered, OSError) as error:
            raise StoreDamaged(file=self._name, cause=f"frame {n}: {error}") from error

    def all(self) -> Iterator[bytes]:
        """Yield every frame in order."""
        for n in range(self.frames):
            yield self.frame(n)

    def trailer(self) -> bytes:
        """Return what stands behind the frames. Raises StoreDamaged."""
        self._file.seek(self.cipher.frames_end)
        try:
            return self.cipher.open_trailer(self._file.readall() or b"")
        except (Tampered, OSError) as error:
            raise StoreDamaged(file=self._name, cause=f"trailer: {error}") from error

    def forget_pages(self) -> None:
        """Let the system drop this file from its memory, so that the next read asks the disk."""
        forget_pages(self._file)


class FootageStream(io.RawIOBase):
    """A footage file as a plain binary file, for whatever wants read and seek; thread-safe, keeps a few frames."""

    def __init__(self, file: FootageFile) -> None:
        super().__init__()
        self._reader = FrameReader(file)
        self._size = file.size
        self._at = 0
        self._kept: OrderedDict[int, bytes] = OrderedDict()
        self._turn = threading.Lock()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def seekable(self) -> bool:
        """It can be read anywhere."""
        return True

    def seek(self, where: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a byte; returns it."""
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        self._at = max(0, base + where)
        return self._at

    def tell(self) -> int:
        """Return where the next read begins."""
        return self._at

    def readinto(self, into: memoryview | bytearray, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Fill from here; returns how many bytes, 0 at the end. Raises StoreDamaged."""
        with self._turn:
            if self._at >= self._size:
                return 0
            n, within = divmod(self._at, FRAME)
            piece = memoryview(self._frame(n))[within : within + len(into)]
            into[: len(piece)] = piece
            self._at += len(piece)
            return len(piece)

    def _frame(self, n: int) -> bytes:
        found = self._kept.get(n)
        if found is None:
            found = self._kept[n] = self._reader.frame(n)
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(n)
        return found

    def close(self) -> None:
        """Let go of the file and of the frames in memory."""
        if not self.closed:
            self._kept.clear()
            self._reader.close()
        super().close()


def opened(file: FootageFile) -> io.BufferedReader:
    """Return the plain bytes as a buffered, seekable binary file (what cv2.VideoCapture and av.open take)."""
    return io.BufferedReader(FootageStream(file), 1 << 16)


def read_fully(file: io.FileIO, length: int) -> bytearray:
    """Read `length` bytes, fewer only at the end of the file."""
    whole = bytearray(length)
    view, got = memoryview(whole), 0
    while got < length:
        more = file.readinto(view[got:])
        if not more:
            view.release()
            del whole[got:]
            break
        got += more
    return whole


def forget_pages(file: io.FileIO, length: int = 0) -> None:
    """Let the system drop the first `length` bytes (0: all) from its memory; needs no rights, changes nothing."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, length, os.POSIX_FADV_DONTNEED)
