"""Finds the pictures of an MP4 without its index: slices one by one, past sound and whatever else lies between.

A recorder that loses power leaves its media without a word on where which sample stands. Each NAL unit has its length
before it (ISO/IEC 14496-15); what can't be one is passed over byte by byte. A unit counts only if its header fits the
parameter sets, if no start code could stand in it (ITU-T H.264 §7.4.1: 00 00 00 … 00 00 02 never occur within, which
also rules out nearly every length that reaches into the next unit), and if the pictures it refers to are there: so a
picture is right or missing. The same bytes and sets always give the same pictures.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspector.evidence.film.slices import HEAD, LENGTH, Codec, Slice

if TYPE_CHECKING:
    from inspector.evidence.film.source import Stream

_BLOCK: Final = 4 << 20
_SHORTEST: Final = 4
_MOST_SKIPPED: Final = 64 << 20
"""Bytes without a picture after which the rest is left alone; a lost key frame costs a group of 4K, some 20 MB."""
_WORK: Final = 16 << 20
"""Bytes that may be looked at beyond four times the size: a file made to be slow ends the search early."""
_CANDIDATE: Final = 64
"""What looking at one candidate costs, in bytes."""
_MOST: Final = 2_000_000
"""Pictures of a clip: 18 hours at 30 a second."""
_FILLED: Final = 8
"""Zeros that may stand behind the end of a slice."""
_OTHERS: Final = 2
"""What looks like slices within one that can't be chance."""
_MISFITS: Final = 3
"""Fewer such pictures in a row may be made of chance and sound."""
_KNOWN: Final = 64
"""Pictures that may be referred to; decoders hold 16."""


@dataclass(slots=True)
class Picture:
    """One coded picture: where its slices lie in the file, one behind the other, and its place in order of display."""

    at: int
    size: int
    first: Slice
    order: tuple[int, int]
    slices: int = 1
    field: int = 0
    """Of its last slice."""

    @property
    def end(self) -> int:
        """Where the next unit may begin."""
        return self.at + self.size


class Block:
    """A window on the clip, so that bytes are read once and never all at a time."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._start = 0
        self._bytes = b""

    def piece(self, at: int, length: int) -> bytes:
        """Return bytes of the file, fewer at its end."""
        if not self._start <= at <= at + length <= self._start + len(self._bytes):
            self._start, self._bytes = at, self._stream.piece(at, max(_BLOCK, length))
        return self._bytes[at - self._start : at - self._start + length]

    def find(self, pattern: re.Pattern[bytes], at: int) -> int | None:
        """Return where the pattern begins next at or after `at` in the window there, or None; see `end`."""
        self.piece(at, HEAD)
        found = pattern.search(self._bytes, at - self._start)
        return None if found is None else self._start + found.start()

    @property
    def end(self) -> int:
        """Where the window ends."""
        return self._start + len(self._bytes)


class Orders:
    """Counts the order of display (ITU-T H.264 §8.2.1.1, H.265 §8.3.1)."""

    def __init__(self, span: int) -> None:
        self._span = span
        self._epoch = self._count = self._low = self._high = 0

    def peek(self, one: Slice) -> tuple[int, int]:
        """Return the place of a picture that would be next."""
        if one.resets:
            return self._epoch + 1, one.order_low
        if not self._span:
            return self._epoch, self._count + 1
        high = self._high
        if one.order_low < self._low and self._low - one.order_low >= self._span // 2:
            high += self._span
        elif one.order_low > self._low and one.order_low - self._low > self._span // 2:
            high -= self._span
        return self._epoch, high + one.order_low

    def take(self, one: Slice) -> tuple[int, int]:
        """Return the place of the picture that is next."""
        self._epoch, self._count = found = self.peek(one)
        if one.is_anchor:
            self._low, self._high = one.order_low, found[1] - one.order_low
        return found


class Salvage:
    """One search through a clip's bytes from `start` to its end."""

    def __init__(self, stream: Stream, codec: Codec, beat: Callable[[int], None]) -> None:
        self._block = Block(stream)
        self._size = stream.size
        self._codec = codec
        self._pattern = re.compile(codec.pattern)
        self._beat = beat
        self._left = 4 * stream.size + _WORK
        self._orders = Orders(codec.order_span)
        self._number: int | None = None
        """frame_num of the last reference picture; None: nothing before the next key frame is to be trusted."""
        self._known: deque[tuple[int, int]] = deque(maxlen=_KNOWN)
        self._counts: set[int] = set()
        self._misfits = 0
        self._misfit: Slice | None = None
        self._key_order = (0, 0)
        """Pictures that are shown before the last key frame may refer to what stood before it."""
        self.pictures: list[Picture] = []

    def run(self, start: int) -> list[Picture]:
        """Return the pictures in the order in which they are coded."""
        at, last = start, start
        while self._left > 0 and at - last < _MOST_SKIPPED and len(self.pictures) < _MOST:
            self._beat(len(self.pictures))
            found = self._block.find(self._pattern, at)
            if found is None:
                self._left -= max(0, self._block.end - at)
                if self._block.end >= self._size:
                    break
                at = max(at + 1, self._block.end - LENGTH - 2)
                continue
            self._left -= found - at + _CANDIDATE
            length = self._unit(found)
            at = last = found + LENGTH + length if length else last
            at = at if length else found + 1
        self._finish()
        return self.pictures

    def _unit(self, at: int) -> int:
        """Take in the unit whose length stands at `at`; returns its bytes, 0 if there is none that fits."""
        head = self._block.piece(at, LENGTH + HEAD)
        length = int.from_bytes(head[:LENGTH], "big")
        if length < _SHORTEST or len(head) < LENGTH + _SHORTEST:
            return 0
        one = self._codec.slice_of(head[LENGTH : LENGTH + min(length, HEAD)])
        if one is None:
            return 0
        goes_on = self._goes_on(one, at)
        if not goes_on and not one.is_first:
            return 0
        if at + LENGTH + length > self._size or not self._is_sound(at + LENGTH, length):
            if goes_on:
                self._drop()
            return 0
        if not goes_on and not self._fits(one):
            self._count_misfit(one)
            return 0
        if goes_on:
            self.pictures[-1].size += LENGTH + length
            self.pictures[-1].slices += 1
            self.pictures[-1].field = one.field
        else:
            self._begin(one, at, LENGTH + length)
        return length

    def _count_misfit(self, one: Slice) -> None:
        """Count pictures in a row that fit one another but not what was found before them."""
        before, self._misfit = self._misfit, one
        if self._orders.peek(one) <= self._key_order:
            return
        span = self._codec.number_span
        is_next = not span or (before is not None and one.number == (before.number + before.is_reference) % span)
        self._misfits = self._misfits + 1 if is_next else 1

    def _is_sound(self, at: int, length: int) -> bool:
        """Whether neither a start code stands within nor the slices that come next, which a wrong length takes in.

        Zeros at the end are let pass, some recorders fill up with them.
        """
        self._left -= length
        content = self._block.piece(at, length)
        content = content[:-_FILLED] + content[-_FILLED:].rstrip(b"\0")
        place, others = content.find(b"\0\0"), 0
        while place >= 0:
            others += self._is_another(content[place : place + LENGTH + HEAD])
            if content[place + 2] <= 2 or others >= _OTHERS:
                return False
            place = content.find(b"\0\0", place + 2)
        return len(content) >= _SHORTEST

    def _is_another(self, raw: bytes) -> bool:
        """Whether this looks like a length and a slice; by chance in one of 10 MB."""
        if len(raw) < LENGTH + _SHORTEST or not self._pattern.match(raw):
            return False
        return self._codec.slice_of(raw[LENGTH:]) is not None

    def _goes_on(self, one: Slice, at: int) -> bool:
        """Whether it is another slice, or the other field, of the picture that ends right before it."""
        if not self.pictures or self.pictures[-1].end != at:
            return False
        picture = self.pictures[-1]
        first = picture.first
        if one.number != first.number:
            return False
        if one.is_first:
            return bool(first.field and one.field) and picture.field == first.field != one.field
        return one.field == picture.field and (one.is_key == first.is_key or one.field != first.field)

    def _fits(self, one: Slice) -> bool:
        """Whether a new picture may stand here: what it refers to is there."""
        if one.is_key:
            return True
        if self._codec.number_span:
            return self._number is not None and one.number == (self._number + 1) % self._codec.number_span
        epoch, order = self._orders.peek(one)
        return bool(self.pictures) and all((epoch, order + other) in self._known for other in one.needs)

    def _begin(self, one: Slice, at: int, size: int) -> None:
        self._finish()
        if not self._fits(one):  # what was before it turned out to be incomplete
            return
        order = self._orders.take(one)
        self.pictures.append(Picture(at, size, one, order, field=one.field))
        self._known.append(order)
        if one.is_reference or one.is_key:
            self._number = one.number
        if one.is_key:
            self._key_order = order

    def _finish(self) -> None:
        """Say of the last picture that it is over.

        If all others have more slices, some of its own are missing. If pictures stand behind it that refer to what is
        not there, something was lost in between, perhaps its own end.
        """
        misfits, self._misfits, self._misfit = self._misfits, 0, None
        if not self.pictures:
            return
        count = self.pictures[-1].slices
        if (len(self._counts) == 1 and count < max(self._counts)) or misfits >= _MISFITS:
            self._drop()
        else:
            self._counts.add(count)

    def _drop(self) -> None:
        """Give up the last picture, and with it what refers to it."""
        gone = self.pictures.pop()
        if gone.order in self._known:
            self._known.remove(gone.order)
        if gone.first.is_reference:
            self._number = None
