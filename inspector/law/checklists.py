"""Checklists by industry: what is checked there, how, and which catalogue items a check that fails points to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from inspector.errors import NotFound
from inspector.law import corrections, pack

GENERAL = "COM"
"""The checklist that every site gets beside its own."""


class Method(StrEnum):
    """How something is checked; the values are the pack's."""

    PAPERS = "查资料"
    SITE = "看现场"
    PEOPLE = "问人员"
    TEST = "功能测试"


class RawCheck(msgspec.Struct, frozen=True):
    """One check item; `catalogue` are codes of the catalogue."""

    id: str
    text_zh: str
    text_en: str
    catalogue: tuple[str, ...]
    method: tuple[Method, ...] = ()
    photo_required: bool = False
    may_be_major: bool = False


class RawChecklist(msgspec.Struct, frozen=True):
    """The checks of one industry."""

    industry_zh: str
    industry_en: str
    items: tuple[RawCheck, ...]


class RawChecklists(pack.Document, frozen=True):
    """`checklists.json`."""

    checklists: dict[str, RawChecklist]


class RawStatement(msgspec.Struct, frozen=True):
    """A check as a positive statement."""

    zh: str
    en: str


class RawStatements(pack.Document, frozen=True):
    """`statements.json`, by code of the check."""

    statements: dict[str, RawStatement]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check; `statement` is positive (主通道畅通), so that 符合 always means that all is well."""

    code: str
    industry: str
    statement: str
    statement_en: str
    question: str
    question_en: str
    methods: tuple[Method, ...]
    catalogue: tuple[str, ...]
    is_photo_required: bool
    may_be_major: bool


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry with a checklist: `code` as sites store it (LOG), names, and its labels in the catalogue."""

    code: str
    name: str
    name_en: str
    labels: tuple[str, ...]


class Checklists:
    """The checklists of one pack."""

    def __init__(
        self, raw: RawChecklists, labels: dict[str, tuple[str, ...]], statements: dict[str, RawStatement]
    ) -> None:
        self._raw = raw.checklists
        self._checks = {
            industry: tuple(_check(industry, one, statements.get(one.id)) for one in each.items)
            for industry, each in raw.checklists.items()
        }
        self._by_code = {one.code: one for each in self._checks.values() for one in each}
        self.industries = tuple(
            Industry(code, each.industry_zh, each.industry_en, labels.get(code, ()))
            for code, each in raw.checklists.items()
        )

    def of(self, industry: str) -> tuple[Check, ...]:
        """Return what is checked at a site of an industry: its own list first, then the general one (COM)."""
        own = self._checks.get(industry, ()) if industry != GENERAL else ()
        return (*own, *self._checks.get(GENERAL, ()))

    def check(self, code: str) -> Check:
        """Return one check. Raises NotFound."""
        found = self._by_code.get(code)
        if found is None:
            raise NotFound(kind="check", id=code)
        return found

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
        checklist = self._raw.get(industry) or self._raw.get(GENERAL)
        if checklist is None:
            return ()
        return tuple(code for code, _ in Counter(c for each in checklist.items for c in each.catalogue).most_common())


def _check(industry: str, raw: RawCheck, statement: RawStatement | None) -> Check:
    said = statement or RawStatement(zh=raw.text_zh, en=raw.text_en)
    return Check(
        code=raw.id,
        industry=industry,
        statement=said.zh,
        statement_en=said.en,
        question=raw.text_zh,
        question_en=raw.text_en,
        methods=raw.method,
        catalogue=raw.catalogue,
        is_photo_required=raw.photo_required,
        may_be_major=raw.may_be_major,
    )


@pack.cached
def load() -> Checklists:
    """Return the checklists of the pack in use. Raises PackDamaged."""
    opened = pack.current()
    raw = opened.read("checklists.json", RawChecklists)
    statements = opened.read("statements.json", RawStatements)
    return Checklists(raw, corrections.load().industry_labels, statements.statements)
