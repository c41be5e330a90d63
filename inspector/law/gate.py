"""核发体检: the check a notice passes before it can be issued; every finding says rule, reason, basis and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import cast

from inspector.clock import CHINA
from inspector.law import (
    authority,
    basis_text,
    field_checks,
    notice_checks,
    rule_view,
    rule_words,
    rules,
    statutes_in_use,
)
from inspector.law.expression import Evaluator, ExpressionFailed, View
from inspector.law.field_checks import rule_failed
from inspector.law.notice_facts import Finding, NoticeFacts
from inspector.law.rules import Part, Reason, Rule, RuleBook, Setup

__all__ = ["Finding", "NoticeFacts", "evaluate", "not_evaluable", "partly_evaluable", "why_not_evaluable"]

_TOKEN = re.compile(r"\{(\w+)\}")
_NAMED = 3


def evaluate(facts: NoticeFacts) -> tuple[Finding, ...]:
    """Return everything that stands against issuing the draft, errors first; empty: nothing found.

    Checks the required fields of the form, the rules that a laptop can evaluate (the others are named by
    not_evaluable), what the office may do, and what only this product knows (numbers, glyphs, clock). Each finding
    bears its key, whether a reason was given for it, and the citations of its basis. Raises PackDamaged.
    """
    return _Gate(facts, rules.load()).findings()


def not_evaluable() -> tuple[Rule, ...]:
    """Return the rules of the pack that this laptop doesn't judge: they need papers, facts or texts it doesn't have."""
    book = rules.load()
    return tuple(rule for rule in book.rules.values() if rule.id not in book.setups or _lacks_text(rule.id))


def why_not_evaluable(rule_id: str) -> Reason:
    """Return why a rule is not judged here."""
    if _lacks_text(rule_id):
        return Reason(
            "尚未导入法规全文，无法判断条文是否分款、项", "No statute texts are imported to see paragraphs and items in"
        )
    unknown = Reason("规则包未说明如何判断", "The pack does not say how to judge it")
    return rules.load().not_here.get(rule_id, unknown)


def partly_evaluable() -> tuple[tuple[Rule, str], ...]:
    """Return the rules that are judged only in part, each with the part of its expression that is left out."""
    book = rules.load()
    return tuple((book.rules[rule_id], setup.left_out) for rule_id, setup in book.setups.items() if setup.left_out)


def _lacks_text(rule_id: str) -> bool:
    """R171 looks into the articles themselves."""
    return rule_id == "R171" and statutes_in_use.current() is None


class _Gate:
    """One evaluation."""

    def __init__(self, facts: NoticeFacts, book: RuleBook) -> None:
        self._facts = facts
        self._book = book
        self._evaluator: Evaluator = rule_view.evaluator(facts, book.config)
        self._words = rule_words.words(facts, book.config)

    def findings(self) -> tuple[Finding, ...]:
        own = (*notice_checks.check(self._facts), *authority.check(self._facts))
        found = [*field_checks.check(self._facts, self._book, self._evaluator), *self._rules(), *own]
        return self._named(sorted(found, key=lambda each: not each.is_blocking))

    def _named(self, found: list[Finding]) -> tuple[Finding, ...]:
        """Give each finding its key; a second one of the same rule at the same place is told apart by its number."""
        seen: Counter[str] = Counter()
        named: list[Finding] = []
        for each in found:
            root = f"{each.rule}@{each.field}"
            seen[root] += 1
            key = root if seen[root] == 1 else f"{root}#{seen[root]}"
            is_explained = not each.is_blocking and bool(self._facts.reasons.get(key, "").strip())
            citations = each.citations or basis_text.of_basis(each.basis)
            named.append(replace(each, key=key, is_explained=is_explained, citations=citations))
        return tuple(named)

    def _rules(self) -> Iterator[Finding]:
        for rule_id, setup in self._book.of_form(str(self._facts.form)).items():
            rule = self._book.rules.get(rule_id)
            if rule is None:
                yield rule_failed(rule_id, "no such rule", setup.field, "")
                continue
            try:
                yield from list(self._rule(rule, setup))
            except (ExpressionFailed, LookupError) as error:
                yield rule_failed(rule_id, str(error), _root(setup.field), _basis(rule))

    def _rule(self, rule: Rule, setup: Setup) -> Iterator[Finding]:
        """Judge one rule, once or for each element. Raises ExpressionFailed, LookupError for a word nobody knows."""
        if not setup.each:
            yield from self._judged(rule, setup, None, {})
            return
        ((name, path),) = setup.each.items()
        for element in cast("tuple[View, ...]", self._evaluator.value(path)):
            yield from self._judged(rule, setup, element, {name: element})

    def _judged(self, rule: Rule, setup: Setup, element: View | None, bound: Mapping[str, object]) -> Iterator[Finding]:
        judge = partial(self._evaluator.judge, bound=bound)
        if any(judge(f"{path} is None or {path} == ''").is_true for path in setup.needs):
            return
        if setup.unless and judge(setup.unless).is_true:
            return
        if setup.doubt_if and judge(setup.doubt_if).is_true:
            yield self._doubt(rule, setup, element)
            return
        if setup.left_out:
            yield from self._broken_parts(rule, setup, element, bound)
            return
        outcome = judge(rule.expr, setup.only)
        if outcome.is_true:
            yield from (
                self._offences(rule, setup, outcome.offenders, element)
                or [*self._broken_parts(rule, setup, element, bound)]
                or [self._finding(rule, setup, setup, element)]
            )
        for each in outcome.doubts:
            yield self._doubt(rule, setup, each or element)

    def _offences(self, rule: Rule, setup: Setup, offenders: tuple[View, ...], element: View | None) -> list[Finding]:
        if setup.is_together and offenders:
            return [self._finding(rule, setup, setup, _together(offenders))]
        return [self._finding(rule, setup, setup, _joined(element, each)) for each in offenders]

    def _broken_parts(
        self, rule: Rule, setup: Setup, element: View | None, bound: Mapping[str, object]
    ) -> Iterator[Finding]:
        for part in setup.parts:
            outcome = self._evaluator.judge(part.expr, setup.only, bound=bound)
            if not outcome.is_true:
                continue
            if setup.is_together and outcome.offenders:
                yield self._finding(rule, setup, part, _together(outcome.offenders))
                continue
            for each in outcome.offenders or (element,):
                yield self._finding(rule, setup, part, each)

    def _finding(self, rule: Rule, setup: Setup, said: Setup | Part, element: View | None) -> Finding:
        told = self._say(rule, (said.message, said.message_en), said.field, element)
        return replace(told, severity="warning") if self._facts.form in setup.softened else told

    def _doubt(self, rule: Rule, setup: Setup, element: View | None) -> Finding:
        """Say that the answer is unknown, as the setup words it or, without its words, for want of a calendar."""
        said = (
            setup.doubt or f"{rule.message_zh}：有关年份的工作日安排未收录，无法判断",
            setup.doubt_en or f"{rule.message_en}: not known, for want of the working days of a year",
        )
        told = self._say(rule, said, setup.field, element)
        return replace(told, severity="warning", is_confirmed=False)

    def _say(self, rule: Rule, texts: tuple[str, str], field: str, element: View | None) -> Finding:
        words = {**self._words, **(element.words if element else {})}
        zh, en = _fill(texts[0], words, _zh), _fill(texts[1], words, _en)
        place = _fill(field, words, _en)
        return Finding(rule.id, rule.severity, zh, en, _basis(rule), place, is_confirmed=rule.origin == "S")


def _together(elements: tuple[View, ...]) -> View:
    """Return one element whose words tell how many there are and name the first few."""
    names = [str(each.words.get("name", "")) for each in elements]
    shown = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
    return View({}, {**elements[0].words, "names": shown, "count": len(elements)})


def _joined(outer: View | None, inner: View) -> View:
    return inner if outer is None else View(inner.values, {**outer.words, **inner.words})


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
