"""What an office may set differently: limits, periods and thresholds of the pack, each with how it is known."""

from __future__ import annotations

from typing import Literal

import msgspec

from inspector.law import pack


class Parameter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One parameter; rules name it cfg.<id>. Origin K: not read in a statute, shown as 待法制确认."""

    id: str
    value: int | float | str
    unit: str
    name: str
    name_en: str
    basis: tuple[str, ...]
    origin: Literal["S", "K"]

    @property
    def is_verified(self) -> bool:
        """Whether its value was read in a statute."""
        return self.origin == "S"


class RawParameters(pack.Document, frozen=True, forbid_unknown_fields=True):
    """`parameters.json`."""

    parameters: tuple[Parameter, ...]


@pack.cached
def load() -> dict[str, Parameter]:
    """Return the parameters of the pack in use by id. Raises PackDamaged."""
    return {one.id: one for one in pack.current().read("parameters.json", RawParameters).parameters}


def values() -> dict[str, int | float | str]:
    """Return what rules see as `cfg`. Raises PackDamaged."""
    return {one.id: one.value for one in load().values()}
