"""Film: one clip, decoded by a worker process under limits; whatever the clip does, it costs an error here, no more.

    with Film.open(vault.footage.reading(sha256)) as film:      # or Film.open(Path(...))
        info = film.probe()                                     # never raises for what the file is: see info.remark
        index = film.index()                                    # every frame's stream time; give it back later: known=
        still = film.frame(at_us=12_000_000)                    # exact, PNG, native size, upright
        for small in film.walk(times_us=range(0, index.duration_us, 1_000_000), edge=640, form=Form.GREY): ...
        for key in film.walk_keys(edge=320): ...                # key frames only: some ten times quicker

One Film serves one thread at a time. After FilmFailed of the reasons died and too_long it is over: open another.
"""

from __future__ import annotations

import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self, cast

from inspector import mainthread
from inspector.errors import FilmFailed
from inspector.evidence.film.index import FilmIndex
from inspector.evidence.film.source import FilmSource, to_wire
from inspector.evidence.film.spare import Spare
from inspector.evidence.film.told import DEFAULT, FilmInfo, Form, Frame, Limits
from inspector.evidence.film.wire import Message, WireBroken, receive, send

_WORKER: Final = Path(__file__).with_name("worker.py")
_AHEAD: Final = 4
"""Answers that wait here while the asker works; then the worker waits."""
_OVER: Final = frozenset({"died", "too_long"})
Progress = Callable[[int], None]


def _ignore(_: int) -> None: ...


class Film:
    """One clip and its worker. Every call may raise FilmFailed(reason)."""

    def __init__(
        self, source: FilmSource, *, limits: Limits, known: FilmIndex | None, spare: Spare | None = None
    ) -> None:
        mainthread.refuse("decoder")
        self._limits = limits
        self._index: FilmIndex | None = None
        self._process = subprocess.Popen(
            [sys.executable, "-I", str(_WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._answers: queue.Queue[Message | None] = queue.Queue(_AHEAD)
        self._is_over = threading.Event()
        self._reader = threading.Thread(target=self._listen, name="film", daemon=True)
        self._reader.start()
        try:
            told = {"source": to_wire(source), "memory": limits.memory}
            self._say(told | {"spare": spare.to_wire() if spare else None})
            self._next(limits.start_s)
            if known is not None:
                self._ask({"do": "index"}, patience_s=limits.call_s, body=known.to_bytes())
                self._index = known
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(
        cls,
        source: FilmSource,
        *,
        limits: Limits = DEFAULT,
        known: FilmIndex | None = None,
        spare: Spare | None = None,
    ) -> Self:
        """Start a worker for a clip; `known` is its index from an earlier time. Raises FilmFailed(died).

        `spare` is what another clip knows of its codec, for one that lost its index.
        """
        return cls(source, limits=limits, known=known, spare=spare)

    def __enter__(self) -> Self:
        """Use it, then close it."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the worker."""
        self.close()

    @property
    def is_over(self) -> bool:
        """Whether the worker is gone."""
        return self._is_over.is_set()

    @property
    def pid(self) -> int:
        """The worker's process, for those who measure it."""
        return self._process.pid

    @property
    def is_indexed(self) -> bool:
        """Whether the index is known here already."""
        return self._index is not None

    def kill(self) -> None:
        """End the worker from any thread; whoever waits for its answer gets FilmFailed(died)."""
        with suppress(OSError):
            self._process.kill()

    def close(self) -> None:
        """End the worker and wait for it; may be called twice."""
        self._is_over.set()
        self.kill()
        self._process.wait()
        while self._reader.is_alive():
            with suppress(queue.Empty):
                self._answers.get(timeout=0.05)  # the reader may wait for room
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def probe(self, progress: Progress = _ignore) -> FilmInfo:
        """Return what the clip is, with its exact number of frames: reads all of it, decodes little of it.

        For what can't be decoded it returns an empty FilmInfo with the reason in `remark`; it doesn't raise then.
        """
        try:
            head, body = self._long({"do": "probe"}, progress)
            index = self._sound(body)
        except FilmFailed as failed:
            reason = str(failed.facts["reason"])
            return FilmInfo(remark="undecodable" if reason in _OVER | {"memory"} else reason)
        self._index = index
        recorded_ms = head.get("recorded_ms")
        return FilmInfo(
            codec=str(head["codec"]),
            width=int(head["width"]),
            height=int(head["height"]),
            rotation=int(head["rotation"]),
            duration_us=index.duration_us,
            frames=len(index),
            is_constant_rate=index.is_constant_rate,
            recorded_at=datetime.fromtimestamp(recorded_ms / 1000, UTC) if recorded_ms is not None else None,
            remark=str(head["remark"]),
        )

    def spare(self, lender: str) -> Spare | None:
        """Return what this clip can lend one that lost its index, None if it is of another kind; `lender` names it."""
        told, _ = self._ask({"do": "spare"}, patience_s=self._limits.call_s)
        try:
            return Spare.from_wire(told["spare"] | {"lender": lender}) if told["spare"] else None
        except (KeyError, TypeError, ValueError) as error:
            raise self._end("died") from error

    def index(self, progress: Progress = _ignore) -> FilmIndex:
        """Return every frame's time in order of display; `progress` hears the number of frames seen so far."""
        if self._index is None:
            _, body = self._long({"do": "index"}, progress)
            self._index = self._sound(body)
        return self._index

    def frame(
        self,
        *,
        at_us: int | None = None,
        number: int | None = None,
        form: Form = Form.PNG,
        edge: int = 0,
        patience_s: float | None = None,
    ) -> Frame:
        """Return the frame shown at a stream time, or frame `number`; exactly that one or FilmFailed(frame_missing).

        `edge` bounds the long edge in pixels, 0: native size. `patience_s` instead of the limits' call_s.
        """
        index = self.index()
        wanted = index.number_at(at_us or 0) if number is None else number
        if not 0 <= wanted < len(index):
            raise FilmFailed(reason="frame_missing")
        asked = {"do": "frame", "number": wanted, "form": form.value, "edge": edge, "rate": False}
        told = self._ask(asked, patience_s=patience_s or self._limits.call_s)
        return self._frame(told, form)

    def walk(
        self, times_us: Iterable[int], edge: int, *, form: Form = Form.JPEG, rate: bool = False
    ) -> Iterator[Frame]:
        """Yield the frames shown at these times, each once, in rising order; what can't be decoded is left out.

        `rate` fills in `sharpness`. Leaving the loop early ends the worker: use a Film of its own for a walk.
        """
        index = self.index()
        numbers = sorted({index.number_at(at_us) for at_us in times_us})
        return self._walk({"numbers": numbers, "only_keys": False, "edge": edge, "rate": rate}, form)

    def walk_keys(self, edge: int, *, form: Form = Form.JPEG, rate: bool = False) -> Iterator[Frame]:
        """Yield every key frame in order, decoding nothing else: the quickest look at a whole clip."""
        self.index()
        return self._walk({"numbers": [], "only_keys": True, "edge": edge, "rate": rate}, form)

    def _walk(self, asked: dict[str, Any], form: Form) -> Iterator[Frame]:
        self._say({"do": "walk", "form": form.value, "seconds": self._limits.silence_s, **asked})
        is_done = False
        try:
            while not is_done:
                told = self._next(self._limits.silence_s)
                is_done = "end" in told[0]
                if not is_done and "beat" not in told[0]:
                    yield self._frame(told, form)
        except FilmFailed:
            is_done = not self.is_over
            raise
        finally:
            if not is_done:
                self.close()

    def _frame(self, told: Message, form: Form) -> Frame:
        head, content = told
        try:
            number, width, height = int(head["number"]), int(head["width"]), int(head["height"])
            at_us = self.index().times[number]
            sharpness = float(head["sharpness"])
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise self._end("died") from error
        if form in {Form.GREY, Form.RGB} and len(content) != width * height * (1 if form is Form.GREY else 3):
            raise self._end("died")
        return Frame(
            at_us=at_us, number=number, form=form, content=content, width=width, height=height, sharpness=sharpness
        )

    def _sound(self, body: bytes) -> FilmIndex:
        try:
            return FilmIndex.from_bytes(body)
        except ValueError as error:
            raise self._end("died") from error

    def _long(self, asked: dict[str, Any], progress: Progress) -> Message:
        """Ask what may take long: as long as the worker says that it goes on."""
        latest = time.monotonic() + self._limits.index_s
        self._say({**asked, "seconds": self._limits.silence_s})
        while True:
            head, body = self._next(self._limits.silence_s)
            if "beat" not in head:
                return head, body
            progress(int(head["beat"]))
            if time.monotonic() > latest:
                raise self._end("too_long")

    def _ask(self, asked: dict[str, Any], *, patience_s: float, body: bytes = b"") -> Message:
        """Ask what takes no longer than `patience_s`, and is never silent for longer than the limit of a call."""
        latest = time.monotonic() + patience_s
        self._say({**asked, "seconds": min(self._limits.call_s, patience_s)}, body)
        while True:
            left = latest - time.monotonic()
            told = self._next(max(0.01, min(self._limits.call_s, left)))
            if "beat" not in told[0]:
                return told
            if left <= 0:
                raise self._end("too_long")

    def _say(self, head: dict[str, Any], body: bytes = b"") -> None:
        mainthread.refuse("decoder")
        if self.is_over:
            raise FilmFailed(reason="died")
        try:
            send(cast("Any", self._process.stdin), head, body)
        except WireBroken as error:
            raise self._end("died") from error

    def _next(self, seconds: float) -> Message:
        try:
            told = self._answers.get(timeout=seconds)
        except queue.Empty as error:
            raise self._end("too_long") from error
        if told is None:
            raise self._end("died")
        if "fault" in told[0]:
            raise FilmFailed(reason=str(told[0]["fault"]))
        return told

    def _end(self, reason: str) -> FilmFailed:
        self.close()
        return FilmFailed(reason=reason)

    def _listen(self) -> None:
        told: Message | None = ({}, b"")
        while told is not None and not self._is_over.is_set():
            try:
                told = receive(cast("Any", self._process.stdout))
            except (WireBroken, MemoryError, ValueError, OSError):
                told = None
            self._put(told)

    def _put(self, told: Message | None) -> None:
        while not self._is_over.is_set():
            with suppress(queue.Full):
                self._answers.put(told, timeout=0.1)
                return
