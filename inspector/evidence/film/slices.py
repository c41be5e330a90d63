"""What both codecs tell of a slice and of a stream: just enough to find frames without an index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Protocol

LENGTH: Final = 4
"""Bytes of length before each NAL unit (ISO/IEC 14496-15, lengthSizeMinusOne 3); recorders use no other."""
HEAD: Final = 96
"""Bytes of a slice in which its header's wanted part stands."""
_RATES: Final = (1.0, 240.0)


@dataclass(frozen=True, slots=True)
class Slice:
    """The start of one slice. `needs`: order numbers of the pictures it refers to, as differences (H.265 only)."""

    is_first: bool
    """The first of its picture."""
    is_key: bool
    """Of a picture with which decoding may begin."""
    resets: bool
    """Order numbers begin anew with it (IDR)."""
    is_reference: bool
    """Others may refer to it."""
    is_anchor: bool = True
    """Order numbers are counted on from it (H.265: lowest layer, no leading picture)."""
    number: int = 0
    """frame_num of H.264."""
    order_low: int = 0
    """The low bits of its place in order of display."""
    field: int = 0
    """0 whole frame, 1 top field, 2 bottom field."""
    needs: tuple[int, ...] = ()


class Codec(Protocol):
    """Parameter sets of one stream, and how its slices are read."""

    name: str
    """h264 | hevc"""
    units: tuple[bytes, ...]
    """The parameter sets as NAL units."""
    width: int
    height: int
    rate: float
    """Frames a second by the VUI; 0: it says nothing."""
    order_span: int
    """1 more than the highest order_low; 0: pictures are shown in the order in which they are coded."""
    number_span: int
    """1 more than the highest frame_num; 0: there are no such numbers."""
    pattern: bytes
    """A regular expression for length and first bytes of a NAL unit that holds a slice."""

    def slice_of(self, unit: bytes) -> Slice | None:
        """Read the first HEAD bytes of a slice; None for what can't be one of this stream."""

    def configuration(self) -> tuple[bytes, bytes]:
        """Return the names of sample entry and box with the sets, joined, and the content of that box."""
        ...


def sane_rate(rate: float) -> float:
    """Return a rate in frames a second as it is, 0 for one that no recorder has."""
    return rate if _RATES[0] <= rate <= _RATES[1] else 0.0
