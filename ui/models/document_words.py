"""Documents in words: where a value comes from, what must come first, days, moments and money as they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from inspector.clock import CHINA
from inspector.errors import NotFound
from inspector.law import documents, forms
from inspector.law.documents import DocumentField
from inspector.services.documents import FieldView, Filling
from ui.models.moments import day_time
from ui.text import is_english, tr

_TIME: Final = re.compile(r"(?:(?P<day>.+?)[\s日T])?\s*(?P<hour>\d{1,2})\s*[:时]\s*(?P<minute>\d{1,2})\s*分?")
_DAY: Final = re.compile(r"(?:(\d{4})\s*[-./年]?\s*)?(\d{1,2})\s*[-./月]?\s*(\d{2}|\d)\s*日?")


def label_of(field: DocumentField) -> str:
    """Return what a field is called, in the language that is on."""
    return field.label_en if is_english() and field.label_en else field.label


def hint_of(field: DocumentField) -> str:
    """Return the helper text of a field, in the language that is on."""
    return field.hint_en if is_english() and field.hint_en else field.hint


def source_word(source: str) -> str:
    """Return where a value comes from, empty if nobody but the officer knows it."""
    words = {
        "party": tr("企业档案"),
        "insp": tr("检查事实"),
        "office": tr("机构设置"),
        "officers": tr("执法人员"),
        "hazards": tr("隐患记录"),
        "about": tr("所针对的文书"),
        "visit": tr("本次检查的文书"),
        "today": tr("核发当天"),
        "now": tr("核发时刻"),
    }
    return words.get(source.partition(".")[0], "")


def source_note(view: FieldView) -> str:
    """Return the note under a field: whose value it is, and whether it may be overtyped."""
    word = source_word(view.field.source)
    if not word:
        return ""
    if not view.field.is_editable:
        return tr("取自{origin}，在那里修改", origin=word)
    if view.is_from_records:
        return tr("取自{origin}，可改写", origin=word) if view.value not in (None, "", []) else ""
    return tr("已改写；{origin}里的不变", origin=word)


def missing_of(filling: Filling) -> tuple[FieldView, ...]:
    """Return the fields that are required and empty, in their order."""
    return tuple(view for view in filling.fields if view.problem == "missing")


def form_word(code: str) -> str:
    """Return the name of a form by its code, in the language that is on; the code for one nobody knows."""
    try:
        known = forms.load().get(code)
    except NotFound:
        return code
    return known.name_en if is_english() and known.name_en else known.name


def group_word(group: str) -> str:
    """Return the name of a step of the guided order, in the language that is on."""
    known = next((one for one in documents.load().groups if one.id == group), None)
    if known is None:
        return group
    return known.name_en if is_english() and known.name_en else known.name


MOST_NAMED: Final = 3
"""So many of the documents that may come first are named; a receipt may rest on any of twenty."""


def missing_words(missing: Sequence[str]) -> str:
    """Return what must come first: 先核发现场检查记录或者勘验笔录；先核发行政强制审批表."""
    return tr("；").join(_any_word(one.split("|")) for one in missing)


def _any_word(codes: Sequence[str]) -> str:
    if len(codes) > MOST_NAMED:
        return tr("还没有可以针对的已核发文书")
    return tr("先核发{forms}", forms=tr("或者").join(form_word(code) for code in codes))


# --- what is typed -------------------------------------------------------------------------------


def read_day(text: str, today: date) -> date | None:
    """Return the day that was typed: 2026-12-11, 20261211, 12-11, 12月11日; without a year this one's."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        return date(int(found[1] or today.year), int(found[2]), int(found[3]))
    except ValueError:
        return None


def read_moment(text: str, today: date) -> datetime | None:
    """Return the moment in China that was typed: 2026-12-11 9:30, 12-11 9:30, 9:30 (today), 9时30分."""
    found = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    day = read_day(found["day"], today) if found["day"] else today
    try:
        at = time(int(found["hour"]), int(found["minute"]), tzinfo=CHINA)
        return datetime.combine(day, at) if day else None
    except ValueError:
        return None


def step_day(day: date, by: int) -> date:
    """Return the day so many days later."""
    return day + timedelta(days=by)


def moment_text(value: str) -> str:
    """Return a kept moment as it is typed; what is none as it stands."""
    try:
        return day_time(datetime.fromisoformat(value))
    except ValueError:
        return value


def read_yuan(text: str) -> int | None:
    """Return the fen of an amount typed in yuan: 200, 1,000.50, 2000元, 5万; None for anything else."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "").removeprefix("¥").removesuffix("元")
    factor = 10_000 if plain.endswith("万") else 1
    try:
        fen = Decimal(plain.removesuffix("万")) * factor * 100
    except InvalidOperation:
        return None
    if not fen.is_finite() or fen != fen.to_integral_value() or fen < 0:
        return None
    return int(fen)


def yuan_text(fen: int) -> str:
    """Return fen as yuan: 200, 200.50."""
    yuan, cents = divmod(fen, 100)
    return f"{yuan}.{cents:02d}" if cents else str(yuan)
