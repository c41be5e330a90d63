"""What must be filmed at a visit: the list of a pack (音像记录事项清单)."""

from __future__ import annotations

from typing import Literal

import msgspec

from inspector.domain.timeline import FilmItem, StepKind
from inspector.law import pack


class RawFilmItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item; `origin` is S where the basis itself states the duty, K where the list is unconfirmed."""

    id: str
    step: StepKind
    text_zh: str
    text_en: str
    before_s: int
    after_s: int
    basis: tuple[str, ...]
    origin: Literal["S", "K"]


class RawFilming(pack.Document, frozen=True, forbid_unknown_fields=True):
    """`filming.json`."""

    note: str
    items: tuple[RawFilmItem, ...]


@pack.cached
def load() -> tuple[FilmItem, ...]:
    """Return the list of the pack in use, in its order. Raises PackDamaged."""
    raw = pack.current().read("filming.json", RawFilming)
    return tuple(
        FilmItem(
            id=each.id,
            step=each.step,
            text=each.text_zh,
            text_en=each.text_en,
            before_s=each.before_s,
            after_s=each.after_s,
            basis=each.basis,
            is_verified=each.origin == "S",
        )
        for each in raw.items
    )
