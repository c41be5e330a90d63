"""H.265: reads parameter sets and the beginnings of slices (ITU-T H.265 §7.3), writes an hvcC."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from inspector.evidence.film.bits import Bits, BitsEnd, skip_vui_until_timing
from inspector.evidence.film.slices import Slice, sane_rate

VPS, SPS, PPS = 32, 33, 34
_IDR: Final = frozenset({19, 20})
_IRAP: Final = range(16, 24)
_SLICES: Final = frozenset({*range(10), *range(16, 22)})
_LEADING: Final = range(6, 10)
_LAST_UNREFERRED: Final = 15
"""Types below this and even: no picture of the same layer refers to them."""
_MOST_SIDE: Final = 16_384
_MOST_NEAR: Final = 16
_COLOURS_APART: Final = 3
_MOST_LISTS: Final = 64

_Near = list[tuple[int, bool]]
"""Pictures near in time that may be referred to: by how much their order number differs, and whether this one does."""


def kind_of(unit: bytes) -> int:
    """Return the type of a NAL unit."""
    return unit[0] >> 1 & 63


class Hevc:
    """The parameter sets of one H.265 stream. Raises ValueError for what is none, or of a kind that isn't read."""

    name = "hevc"
    pattern = rb"(?s)(?=\x00...[\x00-\x12\x20-\x2a][\x01-\x07])"
    number_span = 0

    def __init__(self, units: Iterable[bytes]) -> None:
        self.units = tuple(units)
        kinds = {
            kind: [unit for unit in self.units if len(unit) > 2 and kind_of(unit) == kind] for kind in (32, 33, 34)
        }
        if len({*kinds[SPS]}) != 1 or not kinds[PPS]:
            raise ValueError("sets")
        self._kinds = kinds
        self.width = self.height = 0
        self.rate = 0.0
        self.order_span = 0
        self._near: list[_Near] = []
        self._read_sps(Bits(kinds[SPS][0]))
        self._pictures = dict(_read_pps(unit) for unit in kinds[PPS])

    def _read_sps(self, bits: Bits) -> None:
        bits.u(20)
        layers, _ = bits.u(3), bits.u(1)
        _skip_profile(bits, layers)
        bits.ue(15)
        chroma = bits.ue(3)
        if chroma == _COLOURS_APART and bits.flag():
            raise ValueError("planes")
        self.width, self.height = bits.ue(_MOST_SIDE), bits.ue(_MOST_SIDE)
        if bits.flag():
            left, right, top, bottom = (bits.ue(_MOST_SIDE) for _ in range(4))
            self.width, self.height = self.width - 2 * (left + right), self.height - 2 * (top + bottom)
        if self.width <= 0 or self.height <= 0:
            raise ValueError("size")
        bits.ue(8)
        bits.ue(8)
        self.order_span = 1 << (bits.ue(12) + 4)
        bits.skip_ue(3 * (layers + 1 if bits.flag() else 1))
        bits.skip_ue(6)
        if bits.flag() and bits.flag():
            _skip_scaling(bits)
        bits.u(2)
        if bits.flag():
            bits.u(8)
            bits.skip_ue(2)
            bits.u(1)
        self._read_near(bits)
        bits.u(2)
        if bits.flag():
            self.rate = _read_vui_rate(bits)

    def _read_near(self, bits: Bits) -> None:
        count = bits.ue(_MOST_LISTS)
        for place in range(count):
            self._near.append(_read_list(bits, self._near, place, count))
        if bits.flag():
            for _ in range(bits.ue(32)):
                bits.u(self.order_span.bit_length())

    def slice_of(self, unit: bytes) -> Slice | None:
        """Read the beginning of a slice; None for what can't be one of this stream."""
        kind, layer = kind_of(unit), unit[1] & 7
        if kind not in _SLICES or unit[0] & 0x81 or unit[1] >> 3 or not layer:
            return None
        try:
            return self._slice(Bits(unit), kind, layer)
        except BitsEnd:
            return None

    def _slice(self, bits: Bits, kind: int, layer: int) -> Slice | None:
        bits.u(16)
        is_first = bits.flag()
        is_key = kind in _IRAP
        if is_key:
            bits.u(1)
        pps = bits.ue(63)
        if pps not in self._pictures or (is_key and layer != 1):
            return None
        low, needs = 0, ()
        if is_first:
            has_output, extra = self._pictures[pps]
            bits.u(extra)
            if bits.ue(2) != 2 and is_key:
                return None
            bits.u(int(has_output))
            if kind not in _IDR:
                low = bits.u(self.order_span.bit_length() - 1)
                needs = self._needs(bits) if not is_key else ()
        return Slice(
            is_first=is_first, is_key=is_key, resets=kind in _IDR, order_low=low, needs=needs,
            is_reference=kind > _LAST_UNREFERRED or bool(kind & 1),
            is_anchor=layer == 1 and kind not in _LEADING and (kind > _LAST_UNREFERRED or bool(kind & 1)),
        )  # fmt: skip

    def _needs(self, bits: Bits) -> tuple[int, ...]:
        count = len(self._near)
        if not bits.flag():
            found = _read_list(bits, self._near, count, count)
        elif count:
            place = bits.u((count - 1).bit_length())
            if place >= count:
                raise BitsEnd
            found = self._near[place]
        else:
            raise BitsEnd
        return tuple(difference for difference, is_used in found if is_used)

    def configuration(self) -> tuple[bytes, bytes]:
        """Return hvc1, hvcC and the content of the latter (ISO/IEC 14496-15 §8.3.3.1)."""
        profile = Bits(self._kinds[SPS][0])
        profile.u(24)
        head = b"\1" + profile.u(96).to_bytes(12, "big") + b"\xf0\0\xfc\xfd\xf8\xf8\0\0\x0f"
        arrays = [(kind, units) for kind, units in self._kinds.items() if units]
        body = head + bytes([len(arrays)])
        for kind, units in arrays:
            body += bytes([kind]) + len(units).to_bytes(2, "big")
            body += b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)
        return b"hev1hvcC", body


def _read_pps(unit: bytes) -> tuple[int, tuple[bool, int]]:
    bits = Bits(unit)
    bits.u(16)
    number, _, _ = bits.ue(63), bits.ue(15), bits.u(1)
    return number, (bits.flag(), bits.u(3))


def _skip_profile(bits: Bits, layers: int) -> None:
    bits.u(96)
    told = [(bits.flag(), bits.flag()) for _ in range(layers)]
    if layers:
        bits.u(2 * (8 - layers))
    for has_profile, has_level in told:
        bits.u(88 * has_profile + 8 * has_level)


def _skip_scaling(bits: Bits) -> None:
    for size in range(4):
        for _ in range(0, 6, 3 if size == 3 else 1):
            if not bits.flag():
                bits.ue()
                continue
            if size > 1:
                bits.se()
            bits.skip_ue(min(64, 1 << (4 + 2 * size)))


def _read_list(bits: Bits, known: list[_Near], place: int, count: int) -> _Near:
    """Read one short-term reference picture set (§7.3.7, §7.4.8)."""
    if place and bits.flag():
        back = bits.ue(place - 1) + 1 if place == count else 1
        sign = -1 if bits.flag() else 1
        moved = sign * (bits.ue(1 << 15) + 1)
        found: _Near = []
        for difference in [*(one for one, _ in known[place - back]), 0]:
            is_used = bits.flag()
            if (is_used or bits.flag()) and difference + moved:
                found.append((difference + moved, is_used))
    else:
        before, behind = bits.ue(_MOST_NEAR), bits.ue(_MOST_NEAR)
        found = [*_steps(bits, before, -1), *_steps(bits, behind, 1)]
    nearest = sorted(found, key=lambda one: abs(one[0]))
    return [one for one in nearest if one[0] < 0] + [one for one in nearest if one[0] > 0]


def _steps(bits: Bits, count: int, sign: int) -> _Near:
    found: _Near = []
    difference = 0
    for _ in range(count):
        difference += sign * (bits.ue(1 << 15) + 1)
        found.append((difference, bits.flag()))
    return found


def _read_vui_rate(bits: Bits) -> float:
    skip_vui_until_timing(bits)
    bits.u(3)
    if bits.flag():
        bits.skip_ue(4)
    return sane_rate(bits.rate()) if bits.flag() else 0.0
