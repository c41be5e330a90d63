"""A bad link for the field day: forwards TCP on loopback and tears it inside a file, after so many bytes upward."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

_PIECE = 16 * 1024
_INSIDE = 4 * _PIECE
"""Bytes upward without an answer that only the body of a file has: a segment is at least 1 MiB, other requests less."""


class _Line:
    """One connection: how many bytes went upward since the last answer."""

    unanswered = 0


class CutLink:
    """A loopback address in front of headquarters that breaks for good.

    It tears every connection once `after_bytes` went upward and one of them is inside the bytes of a file.
    """

    def __init__(self, url: str, *, after_bytes: int) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "127.0.0.1", parts.port or 80)
        self._left = after_bytes
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.is_cut = False
        self.unanswered = 0
        """Bytes of the file that was on its way when the link broke, which nobody had confirmed; 0 before."""

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, name="cut-link", daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._tear()

    def _accept(self) -> None:
        while not self.is_cut:
            try:
                near, _ = self._listening.accept()
                far = socket.create_connection(self._target, timeout=10)
            except OSError:
                return
            with self._lock:
                self._open += [near, far]
            line = _Line()
            threading.Thread(target=self._pump, args=(near, far, line), daemon=True).start()
            threading.Thread(target=self._answer, args=(far, near, line), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, line: _Line) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                if not self._may_send(len(piece), line):
                    self._tear()
                    return
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)

    def _answer(self, source: socket.socket, sink: socket.socket, line: _Line) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                line.unanswered = 0
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)

    def _may_send(self, size: int, line: _Line) -> bool:
        with self._lock:
            self._left -= size
            line.unanswered += size
            is_whole = self._left >= 0 or line.unanswered < _INSIDE
            if not is_whole and not self.unanswered:
                self.unanswered = line.unanswered - size
            return is_whole

    def _tear(self) -> None:
        with self._lock:
            self.is_cut = True
            torn, self._open = self._open, []
        for one in [*torn, self._listening]:
            with contextlib.suppress(OSError):
                # Linger 0: a reset instead of an orderly end, as when the cable is pulled.
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()
