"""What one clip lends another that lost its index: sent to a worker, kept with the clip that needs it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Spare:
    """What a clip with an index knows of its codec. `lender`: its SHA-256, told wherever the sets are used."""

    codec: str
    """h264 | hevc"""
    units: tuple[bytes, ...]
    """Parameter sets as NAL units."""
    rate: float
    """Frames a second; 0 unknown."""
    lender: str = ""

    def to_wire(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        units = [unit.hex() for unit in self.units]
        return {"codec": self.codec, "units": units, "rate": self.rate, "lender": self.lender}

    @classmethod
    def from_wire(cls, told: dict[str, Any]) -> Self:
        """Take back what `to_wire` gave. Raises ValueError."""
        try:
            units = tuple(bytes.fromhex(one) for one in told["units"])
            return cls(codec=str(told["codec"]), units=units, rate=float(told["rate"]), lender=str(told["lender"]))
        except (KeyError, TypeError) as error:
            raise ValueError("no sets") from error

    def to_text(self) -> str:
        """Return a form to be kept; `from_text` takes it back."""
        return json.dumps(self.to_wire(), sort_keys=True)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Take back what `to_text` gave. Raises ValueError."""
        told = json.loads(text)
        if not isinstance(told, dict):
            raise ValueError("no sets")  # noqa: TRY004 - one error for all that is none
        return cls.from_wire(told)
