"""A few connections to headquarters, each used by one call at a time; calls run on threads that touch no store."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from inspector.errors import HqRefused, InspectorError, Offline
from inspector.sync.pace import MAX_STREAMS
from inspector.sync.patience import Patience
from inspector.sync.run import Connect, Connection

Tag = TypeVar("Tag")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Generic[Tag]):
    """How a call ended: `error` is None or what it raised; `answer` is what it returned."""

    tag: Tag
    answer: object
    error: InspectorError | None
    seconds: float
    failed_tries: int


class Wires(Generic[Tag]):
    """Sends calls and hands back their outcomes to the one thread that owns it."""

    def __init__(self, connect: Connect, patience: Patience) -> None:
        self._connect = connect
        self._is_closing = False
        self._patience = replace(patience, is_cancelled=lambda: self._is_closing or patience.is_cancelled())
        self._free: list[Connection] = []
        self._all: list[Connection] = []
        self._pool = ThreadPoolExecutor(max_workers=MAX_STREAMS, thread_name_prefix="sync-wire")
        self._flying: dict[Future[Outcome[Tag]], Connection] = {}

    @property
    def flying(self) -> int:
        """How many calls are under way."""
        return len(self._flying)

    def send(self, tag: Tag, call: Callable[[Connection], object]) -> None:
        """Start a call on a free connection, or on a new one."""
        if not self._free:
            self._free.append(self._connect())
            self._all.append(self._free[-1])
        wire = self._free.pop()
        self._flying[self._pool.submit(self._run, wire, tag, call)] = wire

    def landed(self) -> list[Outcome[Tag]]:
        """Wait until at least one call has ended and return those that have. Bugs in a call come out here."""
        done, _ = wait(self._flying, return_when=FIRST_COMPLETED)
        for future in done:
            self._free.append(self._flying.pop(future))
        return [future.result() for future in done]

    def close(self) -> None:
        """Wait for the calls under way, which are not tried again, and drop every connection."""
        self._is_closing = True
        self._pool.shutdown(wait=True)
        for wire in self._all:
            wire.close()

    def _run(self, wire: Connection, tag: Tag, call: Callable[[Connection], object]) -> Outcome[Tag]:
        failed, began = 0, time.monotonic()

        def ask() -> object:
            nonlocal failed, began
            began = time.monotonic()
            try:
                return call(wire)
            except Offline:
                failed += 1
                raise
            except HqRefused as error:
                failed += 1
                # Bytes that changed on the way, perhaps: they were checked before they left.
                if error.facts["title"] == "digest" and failed == 1:
                    raise Offline(cause="digest") from error
                raise

        answer, error = None, None
        try:
            answer = self._patience.call(ask)
        except InspectorError as raised:
            error = raised
        seconds = time.monotonic() - began
        return Outcome(tag=tag, answer=answer, error=error, seconds=seconds, failed_tries=failed)
