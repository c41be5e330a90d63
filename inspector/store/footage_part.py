"""An unfinished footage file: a header and whole frames, written on after a pull-out or a kill from where it ended."""

from __future__ import annotations

import io
import os
from pathlib import Path

import msgspec

from inspector.crypto.footage_file import FootageFile, FrameReader, forget_pages, read_fully
from inspector.crypto.frames import HEADER, STRIDE, FrameKey, Tampered, offset
from inspector.store.blobs import Blob
from inspector.store.errors import translated_files


class Trailer(msgspec.Struct, frozen=True, kw_only=True):
    """What stands behind the frames of a whole file: all that is known of the blob. `leaves` are hex, joined."""

    sha256: str
    sm3: str
    size: int
    leaves: str


class Part:
    """A file being written by one thread. `frames` are whole in the file as far as its length tells."""

    def __init__(self, path: Path, master: bytes, size: int) -> None:
        """Open what is there, or begin anew if nothing of it can be used. Raises StorageFull, StorageFailed."""
        self.path = path
        with translated_files(path.name):
            self._file = io.FileIO(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600), "r+b")
            try:
                self.key = self._known(master, size) or self._begin(master, size)
                written = max(0, os.fstat(self._file.fileno()).st_size - HEADER)
            except BaseException:
                self._file.close()
                raise
        self.frames = min(written // STRIDE, self.key.frames - 1)

    def _known(self, master: bytes, size: int) -> FrameKey | None:
        try:
            key = FrameKey.opened(bytes(read_fully(self._file, HEADER)), master)
        except Tampered:
            return None
        return key if key.size == size else None

    def _begin(self, master: bytes, size: int) -> FrameKey:
        key = FrameKey.new(size)
        self._file.seek(0)
        self._file.truncate()
        self._file.write(key.header(master))
        return key

    def frame(self, n: int) -> bytes | None:
        """Return frame `n` as it was written, or None if it is torn or changed."""
        with translated_files(self.path.name):
            self._file.seek(offset(n))
            sealed = read_fully(self._file, self.key.sealed_length(n))
        try:
            return self.key.open(n, sealed)
        except Tampered:
            return None

    def cut(self, frames: int) -> None:
        """Throw away everything behind the first `frames` frames; the next write continues there."""
        with translated_files(self.path.name):
            self._file.truncate(offset(frames))
            self._file.seek(offset(frames))
        self.frames = frames

    def append(self, content: bytes | bytearray) -> None:
        """Write the next frame. Raises StorageFull, StorageFailed; a torn frame is cut at the next try."""
        sealed = memoryview(self.key.seal(self.frames, content))
        with translated_files(self.path.name):
            while sealed:
                sealed = sealed[self._file.write(sealed) :]
        self.frames += 1

    def settle(self) -> None:
        """Bring what is written to the disk and out of the system's memory. Any thread, while another writes."""
        with translated_files(self.path.name):
            reached = offset(self.frames)
            os.fsync(self._file.fileno())
            forget_pages(self._file, reached)

    def finish(self, blob: Blob) -> None:
        """Write the trailer behind the last frame and bring everything to the disk. Raises StorageFull."""
        told = Trailer(sha256=blob.sha256, sm3=blob.sm3, size=blob.size, leaves="".join(blob.leaves))
        sealed = memoryview(self.key.seal_trailer(msgspec.json.encode(told)))
        with translated_files(self.path.name):
            while sealed:
                sealed = sealed[self._file.write(sealed) :]
        self.settle()

    def reading(self) -> FrameReader:
        """Return a reader of the finished part that asks the disk and not the system's memory."""
        file = FootageFile(path=self.path, sha256="", size=self.key.size, file_id=self.key.file_id, key=self.key.key)
        reader = FrameReader(file)
        reader.forget_pages()
        return reader

    def discard(self) -> None:
        """Remove the file."""
        self.close()
        self.path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file; what is written stays for the next try."""
        self._file.close()
