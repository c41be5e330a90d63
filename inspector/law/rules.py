"""The rules of the pack: what each says, which this version can evaluate, and where its fields come from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from inspector.law import pack


class Rule(msgspec.Struct, frozen=True):
    """One rule: `expr` is true when it is violated; origin S: basis read in a statute, K: 待法制确认."""

    id: str
    stage: str
    when: str
    expr: str
    severity: Literal["error", "warning"]
    message_zh: str
    message_en: str
    basis: tuple[str, ...]
    origin: Literal["S", "K"]


class RawRules(pack.Document, frozen=True):
    """`rules.json`."""

    config_defaults: dict[str, int | float | str]
    rules: tuple[Rule, ...]


class Part(msgspec.Struct, frozen=True):
    """One disjunct of a rule, with its own place and words."""

    expr: str
    field: str
    message: str
    message_en: str


class Setup(msgspec.Struct, frozen=True):
    """How a rule is put to a draft notice (the meaning of each key stands in evaluable.json)."""

    forms: tuple[str, ...]
    field: str
    message: str
    message_en: str
    needs: tuple[str, ...] = ()
    only: str = ""
    parts: tuple[Part, ...] = ()
    left_out: str = ""
    doubt_if: str = ""
    doubt: str = ""
    doubt_en: str = ""


class FieldSource(msgspec.Struct, frozen=True):
    """Who fills a field of a form: a fact of the record, a rule that watches it, the paper, or the composer."""

    source: Literal["fact", "rule", "paper", "composed"]
    path: str = ""
    field: str = ""
    unless: str = ""
    rule: str = ""


class RawEvaluable(pack.Document, frozen=True):
    """`evaluable.json`."""

    rules: dict[str, Setup]
    fields: dict[str, FieldSource]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules by id, the setups of those that can be evaluated, sources of fields, and the bureau's parameters."""

    rules: dict[str, Rule]
    setups: dict[str, Setup]
    fields: dict[str, FieldSource]
    config: dict[str, int | float | str]


@lru_cache(maxsize=1)
def load() -> RuleBook:
    """Return the rules of the pack in use. Raises PackDamaged."""
    current = pack.current()
    raw = current.read("rules.json", RawRules)
    known = current.read("evaluable.json", RawEvaluable)
    return RuleBook({rule.id: rule for rule in raw.rules}, known.rules, known.fields, raw.config_defaults)
