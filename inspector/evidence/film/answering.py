"""What the worker does with each question about its clip: probe, index, frame, walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from inspector.errors import InspectorError
from inspector.evidence.film import indexing
from inspector.evidence.film.capture import Capture, CaptureRefused
from inspector.evidence.film.header import NO_INDEX, Header, read_header
from inspector.evidence.film.index import FilmIndex
from inspector.evidence.film.kinds import HAVE_INDEX, Container, container_of
from inspector.evidence.film.pixels import shaped
from inspector.evidence.film.rebuilt import rebuild
from inspector.evidence.film.reel import FrameMissing, Landing, Reel
from inspector.evidence.film.sets import sets_in_index
from inspector.evidence.film.shifted import Moved, Shifted, begins_alike, moved_index
from inspector.evidence.film.slices import Codec, sane_rate
from inspector.evidence.film.source import Stream, from_wire
from inspector.evidence.film.spare import Spare
from inspector.evidence.film.told import REBUILT, REBUILT_BORROWED

if TYPE_CHECKING:
    import numpy as np

_HEAD: Final = 4096
_MOST_FIT: Final = 0.9
"""Pictures that a decoder must take with borrowed parameter sets."""
_NO_KEYS_EVERY: Final = 25
"""Frames between two looks where no key frames are known."""


class Refused(Exception):
    """A question has no answer; the argument is a reason code."""


class Answers(Protocol):
    """The way back to the asker."""

    def beat(self, done: int) -> None:
        """Say that work goes on."""

    def answer(self, head: dict[str, Any], body: bytes = b"") -> None:
        """Send one answer."""


class Clip:
    """One clip and what is known of it so far."""

    def __init__(self, told: dict[str, Any], spare: dict[str, Any] | None = None) -> None:
        self._source = from_wire(told)
        self._spare = Spare.from_wire(spare) if spare else None
        self._front: bytes | None = None
        """Shown before the file, see rebuilt.py; empty: it has its own index, or none could be made."""
        self._codec: Codec | None = None
        self._container: Container | None = None
        self._header = Header()
        self._index: FilmIndex | None = None
        self._reel: Reel | None = None
        self._streams: list[Stream] = []

    def answer(self, head: dict[str, Any], body: bytes, line: Answers) -> None:
        """Answer one question. Raises Refused."""
        try:
            known = {"probe": self._probe, "index": self._tell_index, "frame": self._frame, "walk": self._walk}
            (known | {"spare": self._lend})[head["do"]](head, body, line)
        except CaptureRefused as refused:
            raise Refused(self._reason(str(refused))) from refused
        except (OSError, InspectorError) as error:
            raise Refused("unreadable") from error

    def _reason(self, reason: str) -> str:
        """The container may say better than the decoder why there is nothing."""
        return NO_INDEX if reason == "undecodable" and self._header.remark == NO_INDEX else reason

    def _told(self) -> Container:
        if self._container is None:
            stream = Stream(self._source)
            self._container = container_of(stream.piece(0, _HEAD))
            if self._container is None:
                raise CaptureRefused("unknown_kind")
            self._header = read_header(stream, self._container)
        return self._container

    def _open(self, **how: bool) -> Capture:
        container = self._told()
        return Capture(Stream(self._source, self._front or b""), container, **how)

    def _known(self, line: Answers) -> FilmIndex:
        if self._index is None:
            self._told()
            index = self._rebuilt(line) if self._header.remark == NO_INDEX else indexing.build(self._open, line.beat)
            if not len(index):
                raise Refused(self._reason("undecodable"))
            self._index = index
        return self._index

    def _rebuilt(self, line: Answers) -> FilmIndex:
        """Make the index that a power cut left out. Raises CaptureRefused(no_index) if nothing can be made of it."""
        found = rebuild(Stream(self._source), self._spare, line.beat)
        if found is None:
            raise CaptureRefused(NO_INDEX)
        self._front, self._codec = found.front, found.codec
        index = indexing.build(self._open, line.beat)
        if found.is_borrowed and len(index) < found.pictures * _MOST_FIT:
            raise CaptureRefused(NO_INDEX)  # the sets of another kind of clip
        return replace(index, remark=REBUILT_BORROWED if found.is_borrowed else REBUILT, front=found.front)

    def _film(self, line: Answers) -> Reel:
        index = self._known(line)
        if self._reel is None:
            self._reel = self._made_reel(index)
        return self._reel

    def _made_reel(self, index: FilmIndex) -> Reel:
        capture = self._open()
        if self._container is Container.MP4 and not index.is_counted:
            moved = moved_index(Stream(self._source, self._front or b""), capture.rate)
            if moved is not None:
                shifted = partial(self._open_shifted, moved)
                if begins_alike(capture, shifted()):
                    return Reel(shifted, index, Landing.AT_KEY)
        capture.close()
        return Reel(self._open, index, Landing.BEFORE if self._container in HAVE_INDEX else Landing.ANYWHERE)

    def _open_shifted(self, moved: Moved) -> Capture:
        return Capture(Shifted(self._source, moved, self._front or b""), Container.MP4, later_us=moved.later_us)

    def _probe(self, _: dict[str, Any], __: bytes, line: Answers) -> None:
        index = self._known(line)
        capture = self._open()
        told = {
            "codec": capture.codec,
            "width": capture.width,
            "height": capture.height,
            "rotation": capture.rotation,
        }
        capture.close()
        recorded = self._header.recorded_at
        told |= {"recorded_ms": round(recorded.timestamp() * 1000) if recorded else None}
        told |= {"remark": index.remark or self._header.remark}
        line.answer(told, index.to_bytes())

    def _tell_index(self, _: dict[str, Any], body: bytes, line: Answers) -> None:
        if body:
            self._index = FilmIndex.from_bytes(body)
            self._front = self._index.front
            line.answer({})
        else:
            line.answer({}, self._known(line).to_bytes())

    def _lend(self, _: dict[str, Any], __: bytes, line: Answers) -> None:
        """Tell what another clip of the same recorder may borrow: parameter sets and rate."""
        index = self._known(line)
        codec = self._codec or (sets_in_index(Stream(self._source)) if self._told() is Container.MP4 else None)
        rate = 0.0 if index.front else sane_rate(round(1e6 / index.step_us, 2))
        told = Spare(codec=codec.name, units=codec.units, rate=codec.rate or rate).to_wire() if codec else None
        line.answer({"spare": told})

    def _frame(self, head: dict[str, Any], _: bytes, line: Answers) -> None:
        film = self._film(line)
        try:
            picture = film.picture(head["number"], lambda: line.beat(head["number"]))
        except FrameMissing as missing:
            raise Refused("frame_missing") from missing
        self._send(line, head["number"], picture, head)

    def _walk(self, head: dict[str, Any], _: bytes, line: Answers) -> None:
        numbers: list[int] = head["numbers"]
        found = self._keys(line) if head["only_keys"] else self._each(numbers, line)
        for number, picture in found:
            self._send(line, number, picture, head)
        line.answer({"end": True})

    def _each(self, numbers: Iterable[int], line: Answers) -> Iterator[tuple[int, np.ndarray]]:
        film = self._film(line)
        for number in numbers:
            try:
                yield number, film.picture(number, lambda number=number: line.beat(number))
            except FrameMissing:
                continue

    def _keys(self, line: Answers) -> Iterator[tuple[int, np.ndarray]]:
        """Yield the key frames in order: a decoder that is given nothing else is some ten times quicker.

        Some decoders get them out of order without what lies between; from there on each is looked up exactly.
        """
        index = self._known(line)
        keys = list(index.keys) or list(range(0, len(index), _NO_KEYS_EVERY))
        wanted = iter(keys)
        yielded = 0
        for number, picture in self._keys_alone(index, line):
            if number != next(wanted, None):
                break
            yielded += 1
            yield number, picture
        yield from self._each(keys[yielded:], line)

    def _keys_alone(self, index: FilmIndex, line: Answers) -> Iterator[tuple[int, np.ndarray]]:
        """Yield what a decoder gives that is given key frames only; some demuxers give it all frames nevertheless."""
        if not index.keys:
            return
        known = set(index.keys)
        capture = self._open(only_keys=True)
        shift: int | None = None
        while capture.grab():
            line.beat(0)
            if shift is None:  # of a clip with an edit list, times are counted from another start then
                shift = 0 if index.number_of(capture.time_us) in known else capture.time_us - index.times[index.keys[0]]
            number = index.number_of(capture.time_us - shift)
            picture = capture.picture() if number in known else None
            if number is not None and picture is not None:
                yield number, picture
        capture.close()

    def _send(self, line: Answers, number: int, picture: np.ndarray, asked: dict[str, Any]) -> None:
        content, width, height, sharpness = shaped(picture, asked["form"], edge=asked["edge"], rate=asked["rate"])
        head = {"number": number, "width": width, "height": height, "sharpness": sharpness}
        line.answer(head, content)
