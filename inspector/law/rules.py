"""The rules of the pack: what each says, which this version can evaluate and where, and why it can't the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from inspector.law import pack, parameters


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


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One disjunct of a rule, with its own place and words."""

    expr: str
    field: str
    message: str
    message_en: str


class Setup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a rule is put to a draft notice (the meaning of each key stands in evaluable.json)."""

    forms: tuple[str, ...]
    field: str
    message: str
    message_en: str
    needs: tuple[str, ...] = ()
    unless: str = ""
    each: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    only: str = ""
    is_together: bool = False
    parts: tuple[Part, ...] = ()
    left_out: str = ""
    doubt_if: str = ""
    doubt: str = ""
    doubt_en: str = ""
    softened: tuple[str, ...] = ()


class FieldSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who fills a field of a form: a fact of the record, a rule that watches it, the paper, or the composer."""

    source: Literal["fact", "rule", "paper", "composed"]
    path: str = ""
    field: str = ""
    unless: str = ""
    rule: str = ""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a laptop can't judge a rule, in one sentence."""

    zh: str
    en: str


class RawEvaluable(pack.Document, frozen=True):
    """`evaluable.json`."""

    rules: dict[str, Setup]
    fields: dict[str, FieldSource]
    groups: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict[str, tuple[str, ...]])
    not_here: dict[str, Reason] = msgspec.field(default_factory=dict[str, Reason])


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules by id, setups of those evaluated here, reasons for the others, sources of fields, parameters."""

    rules: dict[str, Rule]
    setups: dict[str, Setup]
    fields: dict[str, FieldSource]
    config: dict[str, int | float | str]
    not_here: dict[str, Reason]

    def of_form(self, form: str) -> dict[str, Setup]:
        """Return the setups that concern a form, by rule id."""
        return {rule_id: setup for rule_id, setup in self.setups.items() if form in setup.forms}


@pack.cached
def load() -> RuleBook:
    """Return the rules of the pack in use. Raises PackDamaged."""
    current = pack.current()
    raw = current.read("rules.json", RawRules)
    known = current.read("evaluable.json", RawEvaluable)
    setups = {rule_id: _spelled_out(setup, known.groups) for rule_id, setup in known.rules.items()}
    rules = {rule.id: rule for rule in raw.rules}
    return RuleBook(rules, setups, known.fields, {**raw.config_defaults, **parameters.values()}, known.not_here)


def _spelled_out(setup: Setup, groups: Mapping[str, tuple[str, ...]]) -> Setup:
    """Put the codes of a @group where its name stands; an unknown group stays and so concerns no form."""
    codes = [code for each in setup.forms for code in groups.get(each.removeprefix("@"), (each,))]
    return msgspec.structs.replace(setup, forms=tuple(dict.fromkeys(codes)))
