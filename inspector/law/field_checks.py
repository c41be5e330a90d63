"""Findings about fields of the form that nobody filled, or filled wrongly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from inspector.errors import NotFound
from inspector.law import conditions, documents, forms
from inspector.law.case_facts import FieldFact
from inspector.law.documents import DocumentKind
from inspector.law.expression import Evaluator, ExpressionFailed
from inspector.law.notice_facts import Finding, NoticeFacts
from inspector.law.rules import RuleBook

_REMARK = re.compile(r"\(.*\)$")
_FORM: Final = "文书式样"


def check(facts: NoticeFacts, book: RuleBook, evaluator: Evaluator) -> Iterator[Finding]:
    """Name each required field that is empty: of the three own forms by evaluable.json, of others by documents.json."""
    try:
        kind = documents.get(facts.form)
    except NotFound:
        kind = None
    if kind is None or kind.is_own_module:
        if kind is not None:
            yield from _own(facts, book, evaluator)
        return
    basis = _basis(facts.form)
    for field in _resolved(facts, kind):
        if field.problem:
            zh, en = f"“{field.label}”填写有误，请核对", f"“{field.label_en}” is not filled in rightly"
            yield Finding("field_wrong", "error", zh, en, basis, f"filled.{field.key}")
        elif field.is_required and _is_blank(field.value):
            zh, en = f"文书必填项“{field.label}”未填写", f"The required field “{field.label_en}” is not filled in"
            yield Finding("field_missing", "error", zh, en, basis, f"filled.{field.key}")


def rule_failed(rule_id: str, cause: str, field: str, basis: str) -> Finding:
    """Say that a rule could not be judged: never passed in silence."""
    zh = f"规则{rule_id}无法执行，不能判断是否符合（{cause}）"
    en = f"Rule {rule_id} could not be evaluated ({cause})"
    return Finding("rule_failed", "error", zh, en, basis, field, is_confirmed=False)


def _own(facts: NoticeFacts, book: RuleBook, evaluator: Evaluator) -> Iterator[Finding]:
    """Papers, rules and composer see to their fields; the program should fill the others."""
    form = forms.load().get(facts.form)
    for field in form.required:
        source = book.fields.get(field.label)
        if field.is_on_paper or (source and source.source != "fact"):
            continue
        label = _REMARK.sub("", field.label)
        place = source.field if source else "notice"
        try:
            is_missing = source is None or (
                not (source.unless and evaluator.judge(source.unless).is_true)
                and evaluator.judge(f"empty({source.path})").is_true
            )
        except ExpressionFailed as error:
            yield rule_failed("field_missing", str(error), place, form.basis)
            continue
        if is_missing:
            zh, en = f"文书必填项“{label}”未填写", f"The required field “{label}” is not filled in"
            yield Finding("field_missing", "error", zh, en, form.basis, place)


def _resolved(facts: NoticeFacts, kind: DocumentKind) -> tuple[FieldFact, ...]:
    """The fields as the document service resolved them, else those typed fields that no record fills."""
    if facts.fields is not None:
        return facts.fields
    return tuple(
        FieldFact(
            key=each.key,
            label=each.label,
            label_en=each.label_en,
            is_required=each.is_required and not each.default and conditions.holds(each.when, facts.filled),
            value=facts.filled.get(each.key),
        )
        for each in kind.fields
        if not each.source
    )


def _is_blank(value: object) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple) and not value)


def _basis(code: str) -> str:
    try:
        return forms.load().get(code).basis.replace("[K]", "").strip() or _FORM
    except NotFound:
        return _FORM
