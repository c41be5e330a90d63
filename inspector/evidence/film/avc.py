"""H.264: reads parameter sets and the beginnings of slices (ITU-T H.264 §7.3), writes an avcC."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from inspector.evidence.film.bits import Bits, BitsEnd, skip_vui_until_timing
from inspector.evidence.film.slices import Slice, sane_rate

SLICE, IDR, SPS, PPS = 1, 5, 7, 8
_HIGH: Final = frozenset({100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134})
_PROFILES: Final = _HIGH | {66, 77, 88}
_MOST_SIDE: Final = 16_384 // 16
_INTRA: Final = 2
_MOST_SETS: Final = 255
_COLOURS_APART: Final = 3


class Avc:
    """The parameter sets of one H.264 stream. Raises ValueError for what is none, or of a kind that isn't read.

    Not read: data partitioning, picture order type 1, colour planes apart; no recorder writes them.
    """

    name = "h264"
    pattern = rb"(?s)(?=\x00...[\x01\x21\x41\x61\x25\x45\x65])"

    def __init__(self, units: Iterable[bytes]) -> None:
        self.units = tuple(units)
        first = [unit for unit in self.units if unit[:1] and unit[0] & 31 == SPS]
        pictures = [unit for unit in self.units if unit[:1] and unit[0] & 31 == PPS]
        if len({*first}) != 1 or not pictures:
            raise ValueError("sets")
        self._first, self._pictures = first[0], pictures
        self.width = self.height = 0
        self.rate = 0.0
        self.order_span = self.number_span = 0
        self._is_progressive = True
        self._read_sps(Bits(first[0]))
        self._has_bottom_order = dict(_read_pps(unit) for unit in pictures)

    def _read_sps(self, bits: Bits) -> None:
        bits.u(8)
        profile, _, _ = bits.u(8), bits.u(16), bits.ue(31)
        if profile not in _PROFILES:
            raise ValueError("profile")
        if profile in _HIGH:
            _skip_high(bits)
        self.number_span = 1 << (bits.ue(12) + 4)
        kind = bits.ue(2)
        if kind == 1:
            raise ValueError("order")
        self.order_span = 1 << (bits.ue(12) + 4) if kind == 0 else 0
        bits.ue(16)
        if bits.flag():
            raise ValueError("gaps in numbers")
        self.width = 16 * (bits.ue(_MOST_SIDE - 1) + 1)
        rows = bits.ue(_MOST_SIDE - 1) + 1
        self._is_progressive = bits.flag()
        self.height = 16 * rows * (1 if self._is_progressive else 2)
        if not self._is_progressive:
            bits.u(1)
        bits.u(1)
        if bits.flag():
            self._crop([bits.ue(_MOST_SIDE) for _ in range(4)])
        if bits.flag():
            skip_vui_until_timing(bits)
            self.rate = sane_rate(bits.rate() / 2) if bits.flag() else 0.0

    def _crop(self, edges: list[int]) -> None:
        """Of 4:2:0, as all recorders write it; the decoder knows better, this is for the box only."""
        self.width -= 2 * (edges[0] + edges[1])
        self.height -= 2 * (edges[2] + edges[3]) * (1 if self._is_progressive else 2)
        if self.width <= 0 or self.height <= 0:
            raise ValueError("crop")

    def slice_of(self, unit: bytes) -> Slice | None:
        """Read the beginning of a slice; None for what can't be one of this stream."""
        kind, reference = unit[0] & 31, unit[0] >> 5
        try:
            bits = Bits(unit)
            bits.u(8)
            first, shape, pps = bits.ue(1 << 17), bits.ue(9) % 5, bits.ue(_MOST_SETS)
            if pps not in self._has_bottom_order or (kind == IDR and shape != _INTRA):
                return None
            number = bits.u(self.number_span.bit_length() - 1)
            field = 0 if self._is_progressive or not bits.flag() else 1 + bits.u(1)
            if kind == IDR:
                bits.ue(65_535)
            low = bits.u(self.order_span.bit_length() - 1) if self.order_span else 0
        except BitsEnd:
            return None
        if kind == IDR and number:
            return None
        return Slice(
            is_first=first == 0, is_key=kind == IDR, resets=kind == IDR, is_reference=reference > 0,
            is_anchor=reference > 0, number=number, order_low=low, field=field,
        )  # fmt: skip

    def configuration(self) -> tuple[bytes, bytes]:
        """Return avc1, avcC and the content of the latter (ISO/IEC 14496-15 §5.3.3.1)."""
        counted = (b"\xe1", [self._first]), (bytes([len(self._pictures)]), self._pictures)
        body = b"\1" + self._first[1:4] + b"\xff"
        for count, units in counted:
            body += count + b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)
        return b"avc1avcC", body


def _read_pps(unit: bytes) -> tuple[int, bool]:
    bits = Bits(unit)
    bits.u(8)
    number, _, _ = bits.ue(_MOST_SETS), bits.ue(31), bits.u(1)
    return number, bits.flag()


def _skip_high(bits: Bits) -> None:
    chroma = bits.ue(3)
    if chroma == _COLOURS_APART and bits.flag():
        raise ValueError("planes")
    bits.ue(6)
    bits.ue(6)
    bits.u(1)
    if not bits.flag():
        return
    for place in range(12 if chroma == _COLOURS_APART else 8):
        if bits.flag():
            _skip_list(bits, 16 if place < 6 else 64)


def _skip_list(bits: Bits, size: int) -> None:
    last = following = 8
    for _ in range(size):
        if following:
            following = (last + bits.se()) % 256
        last = following or last
