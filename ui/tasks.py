"""The bridge between the window and the core: work runs on other threads, answers come back on the window's thread.

    tasks.query(self, services.sites.list, text, done=self._show, key="search")   reads; the latest of a key wins
    tasks.command(self, services.hazards.patch, id, done=…)   writes; one thread, in order; returns Changes
    tasks.job(self, run, done=…, progress=self._show_step)    long work: run(progress, is_cancelled); returns a Ticket
    tasks.behind(self, run, …)                                the same for work of minutes (footage), one at a time
    tasks.sync(self, services.sync.run, …)                    the same on the sync thread
    tasks.stream(self, run, progress=self._show_frame)        the same on a thread of its own, until it is cancelled
    ticket.cancel();  tasks.show(ticket, Shown(title=lambda: tr("照片"), count=lambda step: (step.done, step.total)))
`work` gets plain values and bound service methods, never a widget; use functools.partial for keyword arguments.
Signals: `changed(Changes)` after each command and job that returns Changes (views re-read what is theirs), `saved()`
after each command that went through, `failed(InspectorError)` when the caller gave no `failed=`, `broke(Exception)`
for a bug. `began(Ticket, Shown)`, `stepped(Ticket, step)`, `ended(Ticket)` of long work that was given to `show`.
No QThread: concurrent.futures and this one long-lived object, because signal objects owned by jobs die with them.
"""

from __future__ import annotations

import contextlib
import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from inspector.domain.changes import Changes
from inspector.errors import Cancelled, InspectorError

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
Done = Callable[[Any], object]
Failed = Callable[[InspectorError], object]


@dataclass(eq=False)
class Ticket:
    """One piece of long work that can be stopped."""

    number: int
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask it to stop at its next safe point; what it finished stays."""
        self._stop.set()

    def is_cancelled(self) -> bool:
        """Whether it was asked to stop (the core polls this)."""
        return self._stop.is_set()


@dataclass(frozen=True, slots=True)
class Shown:
    """How long work is shown wherever the user is: its name, asked again in another language, and a step's count."""

    title: Callable[[], str]
    count: Callable[[Any], tuple[int, int]]
    """(done, total) of one step, total 0 while it is not known."""
    can_stop: bool = True


class _Lane:
    """Threads that run work in order; made with the first work, because the unlock screen must stand before it."""

    def __init__(self, name: str, threads: int) -> None:
        self._name, self._count = name, threads
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, work: Callable[..., T], *args: object) -> Future[T]:
        """Run it when a thread is free."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(self._count, thread_name_prefix=self._name)
        return self._pool.submit(work, *args)

    def end(self, *, drop: bool) -> None:
        """Wait for what runs; `drop` what has not begun, or run it all."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=drop)


@dataclass(eq=False)
class _Waiting:
    """Who asked, and what to call with the answer; lives on the window's thread only."""

    owner: QObject
    done: Done | None
    failed: Failed | None
    key: tuple[int, str] | None = None
    progress: Done | None = None
    ticket: Ticket | None = None
    is_command: bool = False
    is_stream: bool = False
    future: Future | None = None


class Tasks(QObject):
    """Runs work off the window's thread; see the module text for its verbs and signals."""

    changed = Signal(object)
    saved = Signal()
    failed = Signal(object)
    broke = Signal(object)
    began = Signal(object, object)
    stepped = Signal(object, object)
    ended = Signal(object)
    _finished = Signal(int, object)
    _progressed = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._commands = _Lane("commands", 1)
        self._work = _Lane("work", 2)
        self._behind = _Lane("behind", 1)
        self._sync = _Lane("sync", 1)
        self._stream = _Lane("stream", 1)
        self._numbers = itertools.count(1)
        self._waiting: dict[int, _Waiting] = {}
        self._latest: dict[tuple[int, str], int] = {}
        self._shown: set[int] = set()
        self._is_closed = False
        self._finished.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        self._progressed.connect(self._tell_progress, Qt.ConnectionType.QueuedConnection)

    def query(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        key: str = "",
    ) -> None:
        """Read something; with `key`, only the latest question of this owner and key is answered."""
        latest = (id(owner), key) if key else None
        if latest is not None and (older := self._latest.get(latest)) in self._waiting:
            old = self._waiting.pop(older)
            if old.future is not None:
                old.future.cancel()
        number = self._start(self._work, _Waiting(owner, done, failed, key=latest), work, args)
        if latest is not None:
            self._latest[latest] = number

    def command(
        self,
        owner: QObject,
        work: Callable[..., T],
        *args: object,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        is_quiet: bool = False,
    ) -> None:
        """Write something, behind earlier commands and in their order; `is_quiet` for what is no record (likings)."""
        self._start(self._commands, _Waiting(owner, done, failed, is_command=not is_quiet), work, args)

    def job(
        self,
        owner: QObject,
        work: Callable[[Callable[[Any], None], Callable[[], bool]], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        progress: Done | None = None,
    ) -> Ticket:
        """Do long work (hashing, PDF); `work(progress, is_cancelled)` runs on a work thread."""
        return self._start_long(self._work, _Waiting(owner, done, failed, progress=progress), work)

    def behind(
        self,
        owner: QObject,
        work: Callable[[Callable[[Any], None], Callable[[], bool]], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        progress: Done | None = None,
    ) -> Ticket:
        """Do work of minutes behind all other, in order; `work(progress, is_cancelled)`. The screens stay quick."""
        return self._start_long(self._behind, _Waiting(owner, done, failed, progress=progress), work)

    def sync(
        self,
        owner: QObject,
        work: Callable[[Callable[[Any], None], Callable[[], bool]], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        progress: Done | None = None,
    ) -> Ticket:
        """Sync, on its own thread; `work(progress, is_cancelled)`."""
        return self._start_long(self._sync, _Waiting(owner, done, failed, progress=progress), work)

    def stream(
        self,
        owner: QObject,
        work: Callable[[Callable[[Any], None], Callable[[], bool]], T],
        *,
        failed: Failed | None = None,
        progress: Done | None = None,
    ) -> Ticket:
        """Watch something that has no end (a camera) on a thread of its own, until the ticket is cancelled."""
        return self._start_long(self._stream, _Waiting(owner, None, failed, progress=progress, is_stream=True), work)

    def show(self, ticket: Ticket, shown: Shown) -> None:
        """Let the window tell of this work while it runs, on whatever screen the user is (ui/works.py)."""
        if ticket.number in self._waiting:
            self._shown.add(ticket.number)
            self.began.emit(ticket, shown)

    def close(self) -> None:
        """Stop sync, drain commands, end the threads; answers that come later are dropped. Call before App.close."""
        self._is_closed = True
        for waiting in self._waiting.values():
            if waiting.ticket is not None:
                waiting.ticket.cancel()
        self._sync.end(drop=True)
        self._stream.end(drop=True)
        self._behind.end(drop=True)
        self._commands.end(drop=False)
        self._work.end(drop=True)
        self._waiting.clear()

    def retire(self, owner: QObject, last: Callable[[], object], *, done: Done | None = None) -> None:
        """Forget every open question, stop long work, and run `last` (App.close) after all that is under way."""
        under_way = [w.future for w in self._waiting.values() if w.future is not None]
        for waiting in self._waiting.values():
            if waiting.ticket is not None:
                waiting.ticket.cancel()
        self._waiting.clear()
        self._latest.clear()

        def finish() -> object:
            from concurrent.futures import wait

            wait(under_way)
            return last()

        self._start(self._commands, _Waiting(owner, done, None), finish, ())

    def is_idle(self) -> bool:
        """Whether nothing is under way that ends by itself (tests wait for this)."""
        return all(waiting.is_stream for waiting in self._waiting.values())

    def _start_long(self, lane: _Lane, waiting: _Waiting, work: Callable[..., T]) -> Ticket:
        number = next(self._numbers)
        waiting.ticket = ticket = Ticket(number)

        def tell(step: object) -> None:
            with contextlib.suppress(RuntimeError):  # the bridge is gone: the window has closed
                self._progressed.emit(number, step)

        self._start(lane, waiting, work, (tell, ticket.is_cancelled), number=number)
        return ticket

    def _start(self, lane: _Lane, waiting: _Waiting, work: Callable[..., T], args: tuple, *, number: int = 0) -> int:
        number = number or next(self._numbers)
        if self._is_closed:
            return number
        self._waiting[number] = waiting
        waiting.future = future = lane.submit(work, *args)
        future.add_done_callback(lambda f: self._report(number, f))
        return number

    def _report(self, number: int, future: Future) -> None:
        """Runs on the worker's thread: hand the answer over."""
        if not self._is_closed:
            with contextlib.suppress(RuntimeError):
                self._finished.emit(number, future)

    @Slot(int, object)
    def _tell_progress(self, number: int, step: object) -> None:
        waiting = self._waiting.get(number)
        if waiting is not None and number in self._shown:
            self.stepped.emit(waiting.ticket, step)
        if waiting is not None and waiting.progress is not None and shiboken6.isValid(waiting.owner):
            waiting.progress(step)

    @Slot(int, object)
    def _answer(self, number: int, future: Future) -> None:
        waiting = self._waiting.pop(number, None)
        if number in self._shown:
            self._shown.discard(number)
            self.ended.emit(waiting.ticket if waiting is not None else Ticket(number))
        if future.cancelled():
            return
        error = future.exception()
        if error is not None:
            self._fail(waiting, error)
            return
        result = future.result()
        if waiting is not None and waiting.done is not None and shiboken6.isValid(waiting.owner):
            waiting.done(result)
        if waiting is not None and waiting.is_command:
            self.saved.emit()
        if isinstance(result, Changes):
            self.changed.emit(result)

    def _fail(self, waiting: _Waiting | None, error: BaseException) -> None:
        from concurrent.futures import CancelledError

        if isinstance(error, Cancelled | CancelledError) or waiting is None:
            return
        if not isinstance(error, InspectorError):
            self.broke.emit(error)
        elif waiting.failed is None:
            self.failed.emit(error)
        elif shiboken6.isValid(waiting.owner):
            waiting.failed(error)
