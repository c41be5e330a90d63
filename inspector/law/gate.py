"""核发体检: the check a notice passes before it can be issued; every finding says rule, reason, basis and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from inspector.clock import CHINA
from inspector.law import forms, notice_checks, rule_view, rules
from inspector.law.expression import Evaluator, ExpressionFailed, View
from inspector.law.notice_facts import Finding, NoticeFacts
from inspector.law.rules import Part, Rule, RuleBook, Setup

__all__ = ["Finding", "NoticeFacts", "evaluate", "not_evaluable", "partly_evaluable"]

_TOKEN = re.compile(r"\{(\w+)\}")
_REMARK = re.compile(r"\(.*\)$")


def evaluate(facts: NoticeFacts) -> tuple[Finding, ...]:
    """Return everything that stands against issuing the draft, errors first; empty: nothing found.

    Checks the required fields of the form, the rules that a laptop can evaluate (the others are named by
    not_evaluable) and what only this product knows (numbers, glyphs, clock). Raises PackDamaged.
    """
    return _Gate(facts, rules.load()).findings()


def not_evaluable() -> tuple[Rule, ...]:
    """Return the rules of the pack that this version does not judge: they need papers or facts it doesn't have."""
    book = rules.load()
    return tuple(rule for rule in book.rules.values() if rule.id not in book.setups)


def partly_evaluable() -> tuple[tuple[Rule, str], ...]:
    """Return the rules that are judged only in part, each with the part of its expression that is left out."""
    book = rules.load()
    return tuple((book.rules[rule_id], setup.left_out) for rule_id, setup in book.setups.items() if setup.left_out)


class _Gate:
    """One evaluation."""

    def __init__(self, facts: NoticeFacts, book: RuleBook) -> None:
        self._facts = facts
        self._book = book
        self._evaluator: Evaluator = rule_view.evaluator(facts, book.config)
        self._words = rule_view.words(facts, book.config)

    def findings(self) -> tuple[Finding, ...]:
        found = [*self._fields(), *self._rules(), *notice_checks.check(self._facts)]
        return tuple(sorted(found, key=lambda each: not each.is_blocking))

    def _fields(self) -> Iterator[Finding]:
        """Name each required field that the program should fill and can't; papers, rules and composer see to theirs."""
        form = forms.load().get(self._facts.form)
        for field in form.required:
            source = self._book.fields.get(field.label)
            if field.is_on_paper or (source and source.source != "fact"):
                continue
            label = _REMARK.sub("", field.label)
            place = source.field if source else "notice"
            try:
                is_missing = source is None or (
                    not (source.unless and self._evaluator.judge(source.unless).is_true)
                    and self._evaluator.judge(f"empty({source.path})").is_true
                )
            except ExpressionFailed as error:
                yield _failed("field_missing", str(error), place, form.basis)
                continue
            if is_missing:
                zh, en = f"文书必填项“{label}”未填写", f"The required field “{label}” is not filled in"
                yield Finding("field_missing", "error", zh, en, form.basis, place)

    def _rules(self) -> Iterator[Finding]:
        for rule_id, setup in self._book.setups.items():
            if str(self._facts.form) not in setup.forms:
                continue
            rule = self._book.rules.get(rule_id)
            if rule is None:
                yield _failed(rule_id, "no such rule", setup.field, "")
                continue
            try:
                yield from list(self._rule(rule, setup))
            except (ExpressionFailed, LookupError) as error:
                yield _failed(rule_id, str(error), _root(setup.field), _basis(rule))

    def _rule(self, rule: Rule, setup: Setup) -> Iterator[Finding]:
        """Judge one rule. Raises ExpressionFailed, or LookupError for a word no message knows."""
        if any(self._evaluator.judge(f"{path} is None or {path} == ''").is_true for path in setup.needs):
            return
        if setup.doubt_if and self._evaluator.judge(setup.doubt_if).is_true:
            yield self._doubt(rule, setup, None)
            return
        if setup.left_out:
            yield from self._broken_parts(rule, setup)
            return
        outcome = self._evaluator.judge(rule.expr, setup.only)
        if outcome.is_true:
            each = [self._finding(rule, setup, offender) for offender in outcome.offenders]
            yield from each or list(self._broken_parts(rule, setup)) or [self._finding(rule, setup, None)]
        for element in outcome.doubts:
            yield self._doubt(rule, setup, element)

    def _broken_parts(self, rule: Rule, setup: Setup) -> Iterator[Finding]:
        for part in setup.parts:
            if self._evaluator.judge(part.expr).is_true:
                yield self._finding(rule, part, None)

    def _finding(self, rule: Rule, said: Setup | Part, element: View | None) -> Finding:
        return self._say(rule, (said.message, said.message_en), said.field, element)

    def _doubt(self, rule: Rule, setup: Setup, element: View | None) -> Finding:
        told = self._say(
            rule, (setup.doubt or rule.message_zh, setup.doubt_en or rule.message_en), setup.field, element
        )
        return Finding(told.rule, "warning", told.message, told.message_en, told.basis, told.field, is_confirmed=False)

    def _say(self, rule: Rule, texts: tuple[str, str], field: str, element: View | None) -> Finding:
        words = {**self._words, **(element.words if element else {})}
        zh, en = _fill(texts[0], words, _zh), _fill(texts[1], words, _en)
        place = _fill(field, words, _en)
        return Finding(rule.id, rule.severity, zh, en, _basis(rule), place, is_confirmed=rule.origin == "S")


def _failed(rule_id: str, cause: str, field: str, basis: str) -> Finding:
    """Say that a rule could not be judged: never passed in silence."""
    zh = f"规则{rule_id}无法执行，不能判断是否符合（{cause}）"
    en = f"Rule {rule_id} could not be evaluated ({cause})"
    return Finding("rule_failed", "error", zh, en, basis, field, is_confirmed=False)


def _basis(rule: Rule) -> str:
    """Return the basis as text; that it is unconfirmed is said by the finding, not by the pack's mark."""
    return "；".join(each.replace("[K]", "") for each in rule.basis)


def _root(field: str) -> str:
    """Return the part of a place that needs no element."""
    return "hazards" if field.startswith("hazard.") else field


def _fill(template: str, words: Mapping[str, object], say: Callable[[object], str]) -> str:
    return _TOKEN.sub(lambda token: say(words[token[1]]), template)


def _zh(value: object) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(CHINA)
        return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return "现在" if value is None else str(value)


def _en(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
    return "now" if value is None else str(value)
