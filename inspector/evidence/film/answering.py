"""What the worker does with each question about its clip: probe, index, frame, walk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from inspector.errors import InspectorError
from inspector.evidence.film import indexing
from inspector.evidence.film.capture import Capture, CaptureRefused
from inspector.evidence.film.header import Header, read_header
from inspector.evidence.film.index import FilmIndex
from inspector.evidence.film.kinds import HAVE_INDEX, Container, container_of
from inspector.evidence.film.pixels import shaped
from inspector.evidence.film.reel import FrameMissing, Landing, Reel
from inspector.evidence.film.shifted import Moved, Shifted, begins_alike, moved_index
from inspector.evidence.film.source import Stream, from_wire

if TYPE_CHECKING:
    import numpy as np

_HEAD: Final = 4096
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

    def __init__(self, told: dict[str, Any]) -> None:
        self._source = from_wire(told)
        self._container: Container | None = None
        self._header = Header()
        self._index: FilmIndex | None = None
        self._reel: Reel | None = None
        self._streams: list[Stream] = []

    def answer(self, head: dict[str, Any], body: bytes, line: Answers) -> None:
        """Answer one question. Raises Refused."""
        try:
            {"probe": self._probe, "index": self._tell_index, "frame": self._frame, "walk": self._walk}[head["do"]](
                head, body, line
            )
        except CaptureRefused as refused:
            raise Refused(self._reason(str(refused))) from refused
        except (OSError, InspectorError) as error:
            raise Refused("unreadable") from error

    def _reason(self, reason: str) -> str:
        """The container may say better than the decoder why there is nothing."""
        return self._header.remark if reason == "undecodable" and self._header.remark == "no_index" else reason

    def _open(self, *, raw: bool = False, only_keys: bool = False) -> Capture:
        stream = Stream(self._source)
        if self._container is None:
            self._container = container_of(stream.piece(0, _HEAD))
            if self._container is None:
                raise CaptureRefused("unknown_kind")
            self._header = read_header(stream, self._container)
        return Capture(stream, self._container, raw=raw, only_keys=only_keys)

    def _known(self, line: Answers) -> FilmIndex:
        if self._index is None:
            index = indexing.build(self._open, line.beat)
            if not len(index):
                raise Refused(self._reason("undecodable"))
            self._index = index
        return self._index

    def _film(self, line: Answers) -> Reel:
        index = self._known(line)
        if self._reel is None:
            self._reel = self._made_reel(index)
        return self._reel

    def _made_reel(self, index: FilmIndex) -> Reel:
        capture = self._open()
        if self._container is Container.MP4 and not index.is_counted:
            moved = moved_index(Stream(self._source), capture.rate)
            if moved is not None:
                shifted = partial(self._open_shifted, moved)
                if begins_alike(capture, shifted()):
                    return Reel(shifted, index, Landing.AT_KEY)
        capture.close()
        return Reel(self._open, index, Landing.BEFORE if self._container in HAVE_INDEX else Landing.ANYWHERE)

    def _open_shifted(self, moved: Moved) -> Capture:
        return Capture(Shifted(self._source, moved), Container.MP4, later_us=moved.later_us)

    def _probe(self, _: dict[str, Any], __: bytes, line: Answers) -> None:
        capture = self._open()
        told = {
            "codec": capture.codec,
            "width": capture.width,
            "height": capture.height,
            "rotation": capture.rotation,
        }
        capture.close()
        recorded = self._header.recorded_at
        index = self._known(line)
        told |= {"recorded_ms": round(recorded.timestamp() * 1000) if recorded else None}
        told |= {"remark": index.remark or self._header.remark}
        line.answer(told, index.to_bytes())

    def _tell_index(self, _: dict[str, Any], body: bytes, line: Answers) -> None:
        if body:
            self._index = FilmIndex.from_bytes(body)
            line.answer({})
        else:
            line.answer({}, self._known(line).to_bytes())

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
