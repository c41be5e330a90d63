"""Runs the application on a port until it is told to stop."""

from __future__ import annotations

import json
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from inspector import log
from inspector.hq import app
from inspector.hq.service import HqService


class Server(uvicorn.Server):
    """Says in one line of JSON where it listens, and ends with exit code 0 on SIGTERM and SIGINT."""

    def __init__(self, config: uvicorn.Config, listening: socket.socket, *, is_telling: bool = True) -> None:
        super().__init__(config)
        host, port = listening.getsockname()[:2]
        self.url = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
        self._listening = listening
        self._is_telling = is_telling

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to serve, then say so."""
        await super().startup(sockets)
        if self._is_telling:
            print(json.dumps({"url": self.url}), flush=True)  # noqa: T201 - whoever started us waits for this line

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the stop signals for ourselves: uvicorn would raise them again after a clean end."""
        if threading.current_thread() is not threading.main_thread():  # tests; signals belong to the main thread
            yield
            return
        before = {name: signal.signal(name, self._stop) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.should_exit = True

    def serve_forever(self) -> None:
        """Serve until a stop signal."""
        self.run(sockets=[self._listening])


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes a free one. OSError if the address can't be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sends small answers at once (TCP_NODELAY) only where it reads it here.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(256)
    return listening


def server(service: HqService, listening: socket.socket, *, public_origin: str = "", is_telling: bool = True) -> Server:
    """Return a server for `service` on a listening socket."""
    config = uvicorn.Config(
        app.build(service, public_origin=public_origin),
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        lifespan="off",
        timeout_keep_alive=30,
        timeout_graceful_shutdown=20,
    )
    return Server(config, listening, is_telling=is_telling)


def run(service: HqService, *, host: str, port: int, public_origin: str = "") -> None:
    """Serve until SIGTERM or SIGINT, then close the service."""
    listening = listen(host, port)
    log.event("serving", host=host, port=listening.getsockname()[1])
    try:
        server(service, listening, public_origin=public_origin).serve_forever()
    finally:
        listening.close()
        service.close()
        log.event("stopped")
