"""What may be typed into a field of a document, by its type; the value as `Notice.filled` keeps it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, cast

from inspector.domain.identity import is_identity_number
from inspector.errors import InvalidInput
from inspector.law.documents import DocumentField
from inspector.services.wording import plain
from inspector.store import times

MOST_ROWS: Final = 500
"""Rows of a table, questions of a record: more are two documents."""
MOST_FEN: Final = 10**12
"""Ten milliards of yuan: no fine is higher; a slip of the finger is."""
MOST_INT: Final = 1_000_000
_PHONE: Final = re.compile(r"[0-9+（()）\-－—、,，;； 转xX]{3,60}")
_OTHER_PAPER: Final = re.compile(r"[0-9A-Za-z()（）-]{5,24}")
"""A passport or permit where there is no identity number."""


def checked(field: DocumentField, value: Any) -> Any:
    """Return `value` as it is kept: text without blanks at its ends, days and moments as ISO text, fen as int.

    Raises InvalidInput(field=key, reason: malformed | not_an_option | range | check_digit | too_long | line_break |
    control_character | too_many), with `label` and `label_en` of the field.
    """
    try:
        return _CHECKS[field.type](field, value)
    except InvalidInput as error:
        raise InvalidInput(**{**error.facts, "field": field.key}, label=field.label, label_en=field.label_en) from error


def _refuse(field: DocumentField, reason: str, **facts: int | str) -> InvalidInput:
    return InvalidInput(field=field.key, reason=reason, **facts)


def _line(field: DocumentField, value: Any) -> str:
    text = _text(field, value)
    if "\n" in text:
        raise _refuse(field, "line_break")
    return text


def _text(field: DocumentField, value: Any) -> str:
    if not isinstance(value, str):
        raise _refuse(field, "malformed")
    return plain(value, field=field.key)


def _date(field: DocumentField, value: Any) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    try:
        return date.fromisoformat(_line(field, value)).isoformat() if value != "" else ""
    except ValueError as error:
        raise _refuse(field, "malformed") from error


def _moment(field: DocumentField, value: Any) -> str:
    if value == "":
        return ""
    try:
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(_line(field, value))
        return times.written(moment)
    except ValueError as error:  # no moment, or one without zone
        raise _refuse(field, "malformed") from error


def _choice(field: DocumentField, value: Any) -> str:
    if value != "" and value not in {option.value for option in field.options}:
        raise _refuse(field, "not_an_option")
    return str(value)


def _choices(field: DocumentField, value: Any) -> list[str]:
    chosen = {_choice(field, one) for one in _several(field, value)}
    return [option.value for option in field.options if option.value in chosen]


def _whole(field: DocumentField, value: Any) -> int:
    number = _integer(field, value)
    if not 0 <= number <= MOST_INT:
        raise _refuse(field, "range", least=0, most=MOST_INT)
    return number


def _money(field: DocumentField, value: Any) -> int:
    fen = _integer(field, value)
    if not 0 <= fen <= MOST_FEN:
        raise _refuse(field, "range", least=0, most=MOST_FEN)
    return fen


def _integer(field: DocumentField, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"\d{1,15}", value.strip(), re.ASCII):
        return int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise _refuse(field, "malformed")
    return value


def _flag(field: DocumentField, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _refuse(field, "malformed")
    return value


def _phone(field: DocumentField, value: Any) -> str:
    text = _line(field, value)
    if text and not _PHONE.fullmatch(text):
        raise _refuse(field, "malformed")
    return text


def _identity(field: DocumentField, value: Any) -> str:
    text = _line(field, value).upper().replace(" ", "")
    is_chinese = re.fullmatch(r"\d{17}[\dX]", text, re.ASCII) is not None
    if text and is_chinese and not is_identity_number(text):
        raise _refuse(field, "check_digit")
    if text and not is_chinese and not _OTHER_PAPER.fullmatch(text):
        raise _refuse(field, "malformed")
    return text


def _items(field: DocumentField, value: Any) -> list[str]:
    kept = (_text(field, one) for one in _several(field, value))
    return [text for text in kept if text]


def _table(field: DocumentField, value: Any) -> list[dict[str, str]]:
    known = [column.key for column in field.columns]
    rows: list[dict[str, str]] = []
    for row in _several(field, value):
        told = _pairs(field, row)
        if not set(told) <= set(known):
            raise _refuse(field, "malformed")
        kept = {key: _text(field, str(told.get(key, ""))) for key in known}
        if any(kept.values()):
            rows.append(kept)
    return rows


def _answers(field: DocumentField, value: Any) -> list[dict[str, str]]:
    pairs: list[dict[str, str]] = []
    for pair in _several(field, value):
        told = _pairs(field, pair)
        if set(told) != {"q", "a"}:
            raise _refuse(field, "malformed")
        kept = {key: _text(field, told[key]) for key in ("q", "a")}
        if any(kept.values()):
            pairs.append(kept)
    return pairs


def _several(field: DocumentField, value: Any) -> Sequence[Any]:
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise _refuse(field, "malformed")
    several = cast("Sequence[Any]", value)
    if len(several) > MOST_ROWS:
        raise _refuse(field, "too_many", most=MOST_ROWS, length=len(several))
    return several


def _pairs(field: DocumentField, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise _refuse(field, "malformed")
    return cast("Mapping[str, Any]", value)


_CHECKS: Final[Mapping[str, Callable[[DocumentField, Any], Any]]] = {
    "text": _line,
    "multiline": _text,
    "date": _date,
    "datetime": _moment,
    "enum": _choice,
    "multi_enum": _choices,
    "int": _whole,
    "money": _money,
    "bool": _flag,
    "person": _line,
    "phone": _phone,
    "idcard": _identity,
    "list": _items,
    "table": _table,
    "qa_list": _answers,
    "doc_ref": _line,
    "law_refs": _items,
}
