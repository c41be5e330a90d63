"""Checks of a visit as rows of a list and in words: shape, word and colour for each of the four answers."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.check import Result
from inspector.law import checklists
from inspector.law.check_results import CheckRow, summarise
from inspector.law.checklists import Check, Method
from ui.text import is_english, tr
from ui.theme.status import Badge
from ui.widgets.rows import Row

ALL, UNCHECKED, FAILED = "all", "unchecked", "failed"
"""What the list shows of the checks."""
GROUP = "group:"
"""How the id of a heading begins; the code of its industry follows."""

_SHAPES = {
    Result.PASS: ("circle-check", "ok"),
    Result.FAIL: ("filled/circle-x", "danger"),
    Result.NOT_APPLICABLE: ("circle-minus", "text2"),
    Result.OPEN: ("circle", "text3"),
}


def result_word(result: Result) -> str:
    """Return 符合, 不符合, 不涉及 or 未检查."""
    words = {
        Result.PASS: tr("符合"),
        Result.FAIL: tr("不符合"),
        Result.NOT_APPLICABLE: tr("不涉及"),
        Result.OPEN: tr("未检查"),
    }
    return words[result]


def shape(result: Result) -> tuple[str, str]:
    """Return icon and colour role of an answer."""
    return _SHAPES[result]


def statement(check: Check) -> str:
    """Return what is checked as a positive statement, in the language that is on."""
    return check.statement_en if is_english() and check.statement_en else check.statement


def method_words(check: Check) -> str:
    """Return how it is checked, what it needs, what it may turn out to be: 看现场、功能测试　须拍照　可能构成重大."""
    words = {
        Method.PAPERS: tr("查资料"),
        Method.SITE: tr("看现场"),
        Method.PEOPLE: tr("问人员"),
        Method.TEST: tr("功能测试"),
    }
    parts = [tr("、").join(words[one] for one in check.methods)]
    if check.is_photo_required:
        parts.append(tr("须拍照"))
    if check.may_be_major:
        parts.append(tr("可能构成重大"))
    return "\u3000".join(part for part in parts if part)


def is_heading(row_id: str) -> bool:
    """Whether a row is the heading of an industry."""
    return row_id.startswith(GROUP)


def group_of(rows: Sequence[CheckRow], row_id: str) -> list[CheckRow]:
    """Return the checks under a heading."""
    industry = row_id.removeprefix(GROUP)
    return [row for row in rows if row.check.industry == industry]


def industry_name(code: str) -> str:
    """Return the name of an industry, in the language that is on."""
    known = next((one for one in checklists.load().industries if one.code == code), None)
    if known is None:
        return code
    return known.name_en if is_english() and known.name_en else known.name


def check_rows(rows: Sequence[CheckRow], *, shown: str) -> list[Row]:
    """Return a heading for each industry and the checks under it, as far as `shown` lets them."""
    made: list[Row] = []
    for industry in dict.fromkeys(row.check.industry for row in rows):
        group = group_of(rows, industry)
        kept = [row for row in group if _is_shown(row, shown)]
        if not kept:
            continue
        told = summarise(group)
        count = Badge(word=f"{told.done}/{told.total}")
        made.append(Row(id=GROUP + industry, title=industry_name(industry), icon="list-check", badges=(count,)))
        made += [_row(row) for row in kept]
    return made


def _is_shown(row: CheckRow, shown: str) -> bool:
    wanted = {UNCHECKED: Result.OPEN, FAILED: Result.FAIL}.get(shown)
    return wanted is None or row.result is wanted


def _row(row: CheckRow) -> Row:
    icon, color = shape(row.result)
    return Row(
        id=row.check.code,
        title=statement(row.check),
        icon=icon,
        icon_color=color,
        badges=(Badge(word=result_word(row.result), fg=color),),
        is_dim=row.result is Result.NOT_APPLICABLE,
    )
