"""A bad link: an HTTP proxy that follows orders for each request, and remembers what went through."""

from __future__ import annotations

import http.client
import re
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HTML = b"<html><body>Hotel Wi-Fi: please log in</body></html>"


@dataclass(frozen=True)
class Call:
    """One request: `n` counts from 0 over all connections."""

    n: int
    method: str
    path: str
    size: int

    @property
    def is_segment(self) -> bool:
        return re.fullmatch(r"/v1/blobs/[0-9a-f]{64}/\d+-\d+", self.path) is not None


@dataclass(frozen=True)
class Order:
    """What happens to a request."""

    kind: str
    """pass | drop_before | drop_after | cut | answer | twice."""
    at: int = 0
    """cut: bytes of the body that still get through."""
    status: int = 200
    media: str = "text/html"
    body: bytes = HTML


PASS = Order("pass")
DROP_BEFORE = Order("drop_before")
DROP_AFTER = Order("drop_after")
TWICE = Order("twice")
Decide = Callable[[Call], Order]


def cut(at: int) -> Order:
    return Order("cut", at=at)


def answer(status: int, body: bytes = HTML, media: str = "text/html") -> Order:
    return Order("answer", status=status, body=body, media=media)


@dataclass
class Link:
    """The proxy. `decide` may be changed at any time; `calls` holds every request with its order."""

    upstream: str
    decide: Decide = lambda _: PASS
    calls: list[tuple[Call, Order]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.link = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="bad-link")
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def order(self, method: str, path: str, size: int) -> Order:
        with self._lock:
            call = Call(len(self.calls), method, path, size)
            order = self.decide(call)
            self.calls.append((call, order))
            return order

    def forget(self) -> None:
        """Start counting anew."""
        with self._lock:
            self.calls.clear()

    def segment_bytes(self) -> int:
        """Body bytes of all segment requests that were let through, whole or in part."""
        return sum(
            min(call.size, order.at) if order.kind == "cut" else call.size
            for call, order in self.calls
            if call.is_segment and order.kind in ("pass", "drop_after", "twice", "cut")
        )


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.open: set[socket.socket] = set()
        self.link: Link | None = None

    def process_request(self, request: Any, client_address: Any) -> None:
        self.open.add(request)
        super().process_request(request, client_address)

    def close_request(self, request: Any) -> None:
        self.open.discard(request)
        super().close_request(request)

    def server_close(self) -> None:
        for one in list(self.open):  # idle keep-alive connections would hold their threads
            try:
                one.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        del request, client_address  # a client that went away is what we are here for


class _Handler(BaseHTTPRequestHandler):
    """Carries out the orders of its link."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    @property
    def _link(self) -> Link:
        return self.server.link  # type: ignore[attr-defined]

    def log_message(self, *args: object) -> None:
        del args

    def do_GET(self) -> None:
        size = int(self.headers.get("content-length", 0))
        order = self._link.order(self.command, self.path, size)
        if order.kind == "drop_before":
            self._reset()
            return
        if order.kind == "cut":
            self._forward_part(self.rfile.read(min(order.at, size)))
            return
        body = self.rfile.read(size)
        if len(body) < size:  # the client died while it sent
            self._forward_part(body)
            return
        if order.kind == "answer":
            self._answer(order.status, {"content-type": order.media}, order.body)
            return
        told = self._forward(body)
        if order.kind == "twice":
            self._forward(body)
        if order.kind == "drop_after":
            self._reset()
            return
        self._answer(*told)

    do_POST = do_PUT = do_GET  # noqa: N815 - names of http.server

    def _open(self) -> http.client.HTTPConnection:
        upstream = urlsplit(self._link.upstream)
        wire = http.client.HTTPConnection(upstream.hostname or "", upstream.port, timeout=60)
        wire.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            wire.putheader(name, value)
        wire.endheaders()
        return wire

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        wire = self._open()
        try:
            wire.send(body)
            with wire.getresponse() as response:
                return response.status, dict(response.getheaders()), response.read()
        finally:
            wire.close()

    def _forward_part(self, body: bytes) -> None:
        wire = self._open()
        wire.send(body)
        wire.close()
        self._reset()

    def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        if status != 204:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
