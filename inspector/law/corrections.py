"""What the pack adds to the specimen data: corrected texts, remedies, doubts about laws."""

from __future__ import annotations

from datetime import date

import msgspec

from inspector.law import pack


class Remedy(msgspec.Struct, frozen=True):
    """How long a party may ask for reconsideration (days) and sue (months), with its basis."""

    reconsider_days: int
    sue_months: int
    basis: tuple[str, ...]


class Doubt(msgspec.Struct, frozen=True):
    """From `from_day` on nobody here can say whether `law` still holds; `note` says why."""

    law: str
    from_day: date
    note: str
    note_en: str


class Basis(msgspec.Struct, frozen=True):
    """An article by the id of its law."""

    law: str
    article: str
    paragraph: str = ""


class Corrections(pack.Document, frozen=True):
    """`corrections.json`: copies notes by form code, remedies, names of criteria, doubts, industries' labels."""

    copies_notes: dict[str, str]
    remedy: Remedy
    work_department_suffixes: tuple[str, ...]
    criteria: dict[str, str]
    first_minor: Basis
    doubts: tuple[Doubt, ...]
    industry_labels: dict[str, tuple[str, ...]]


@pack.cached
def load() -> Corrections:
    """Return the corrections of the pack in use. Raises PackDamaged."""
    return pack.current().read("corrections.json", Corrections)
