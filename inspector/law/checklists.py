"""Checklists by industry: which industries there are, and which catalogue items each checks first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from inspector.law import corrections, pack


class RawCheck(msgspec.Struct, frozen=True):
    """One check item; `catalogue` are codes of the catalogue."""

    id: str
    text_zh: str
    text_en: str
    catalogue: tuple[str, ...]


class RawChecklist(msgspec.Struct, frozen=True):
    """The checks of one industry."""

    industry_zh: str
    industry_en: str
    items: tuple[RawCheck, ...]


class RawChecklists(pack.Document, frozen=True):
    """`checklists.json`."""

    checklists: dict[str, RawChecklist]


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry with a checklist: `code` as sites store it (LOG), names, and its labels in the catalogue."""

    code: str
    name: str
    name_en: str
    labels: tuple[str, ...]


class Checklists:
    """The checklists of one pack."""

    def __init__(self, raw: RawChecklists, labels: dict[str, tuple[str, ...]]) -> None:
        self._raw = raw.checklists
        self.industries = tuple(
            Industry(code, each.industry_zh, each.industry_en, labels.get(code, ()))
            for code, each in raw.checklists.items()
        )

    def labels(self, industry: str) -> tuple[str, ...]:
        """Return the catalogue's labels of an industry code; a label stands for itself, "" has none."""
        known = next((each.labels for each in self.industries if each.code == industry), None)
        if known is not None:
            return known
        return (industry,) if industry else ()

    def common(self, industry: str) -> tuple[str, ...]:
        """Return the catalogue codes an industry's checklist names, most often first, then in its order.

        An unknown industry gets the general checklist (COM).
        """
        checklist = self._raw.get(industry) or self._raw.get("COM")
        if checklist is None:
            return ()
        return tuple(code for code, _ in Counter(c for each in checklist.items for c in each.catalogue).most_common())


@lru_cache(maxsize=1)
def load() -> Checklists:
    """Return the checklists of the pack in use. Raises PackDamaged."""
    return Checklists(pack.current().read("checklists.json", RawChecklists), corrections.load().industry_labels)
