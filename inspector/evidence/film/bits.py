"""Reads the fields of H.264 and H.265 headers bit by bit (ITU-T H.264 §7.2, §9.1)."""

from __future__ import annotations

from typing import Final

_MOST_ZEROS: Final = 32


class BitsEnd(ValueError):
    """A header asks for more bits than there are, or for a number that can't be."""


class Bits:
    """The bits behind an emulation prevention of one NAL unit (its header included), from the first on."""

    def __init__(self, unit: bytes) -> None:
        raw = unit.replace(b"\0\0\3", b"\0\0")  # ITU-T H.264 §7.4.1
        self._value = int.from_bytes(raw, "big")
        self._left = 8 * len(raw)

    def u(self, count: int) -> int:
        """Return `count` bits as a number. Raises BitsEnd."""
        self._left -= count
        if self._left < 0:
            raise BitsEnd
        return (self._value >> self._left) & ((1 << count) - 1)

    def flag(self) -> bool:
        """Return one bit. Raises BitsEnd."""
        return bool(self.u(1))

    def ue(self, most: int = (1 << 32) - 2) -> int:
        """Return an unsigned Exp-Golomb number of at most `most`. Raises BitsEnd."""
        zeros = 0
        while not self.u(1):
            zeros += 1
            if zeros > _MOST_ZEROS:
                raise BitsEnd
        found = (1 << zeros) - 1 + self.u(zeros)
        if found > most:
            raise BitsEnd
        return found

    def se(self) -> int:
        """Return a signed Exp-Golomb number. Raises BitsEnd."""
        found = self.ue()
        return (found + 1) // 2 if found & 1 else -(found // 2)

    def skip_ue(self, count: int) -> None:
        """Pass over `count` Exp-Golomb numbers. Raises BitsEnd."""
        for _ in range(count):
            self.ue()

    def rate(self) -> float:
        """Read timing of a VUI: ticks a second, 0 where it makes no sense. Raises BitsEnd."""
        units, scale = self.u(32), self.u(32)
        return scale / units if units and scale else 0.0


def skip_vui_until_timing(bits: Bits) -> None:
    """Pass over what H.264 (§E.1.1) and H.265 (§E.2.1) have in common before their own parts. Raises BitsEnd."""
    extended = 255
    if bits.flag() and bits.u(8) == extended:
        bits.u(32)
    if bits.flag():
        bits.u(1)
    if bits.flag():
        bits.u(4)
        if bits.flag():
            bits.u(24)
    if bits.flag():
        bits.skip_ue(2)
