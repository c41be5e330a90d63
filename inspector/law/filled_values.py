"""What was typed into a form, as values that rules can compare: days, moments, yuan, rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from inspector.errors import NotFound
from inspector.law import documents
from inspector.law.case_facts import FieldFact
from inspector.law.expression import View

_DAYS: Final = ("approved_on", "starts_on", "ends_on", "violation_on", "new_deadline", "applied_on")
_MOMENTS: Final = ("started_at", "ended_at", "served_at", "approved_at")
_MONEY: Final = ("fine",)
_LAW_REFS: Final = ("basis", "violated", "penalty_basis")
_LISTS: Final = ("kinds", "interviewers")


class Loose(dict[str, object]):
    """Values by key; a key that a form doesn't have is None, as rules.json says of missing optional values."""

    def __missing__(self, key: str) -> None:
        return None


def view(form: str, filled: Mapping[str, Any], fields: Iterable[FieldFact] = ()) -> View:
    """Return `doc.filled`: what the records give, over it what was typed; money in yuan, tables as rows."""
    types = _types(form)
    told = _told(filled, fields)
    return View(Loose({key: _read(types.get(key, ""), key, value) for key, value in told.items()}))


def law_texts(form: str, filled: Mapping[str, Any], fields: Iterable[FieldFact] = ()) -> tuple[tuple[str, str], ...]:
    """Return (field key, printed citation) of every citation in a field of its own."""
    types = _types(form)
    found: list[tuple[str, str]] = []
    for key, value in _told(filled, fields).items():
        if types.get(key) != "law_refs" and not (key in _LAW_REFS and key not in types):
            continue
        found += ((key, str(each)) for each in _several(value))
    return tuple(found)


def granted_until(filled: Mapping[str, Any]) -> date | None:
    """Return the new day that a grant of an extension gives (ZGYP); None: it refuses, or names none."""
    values = view("ZGYP", filled).values
    day = values["new_deadline"]
    return day if isinstance(day, date) and values["decision"] != "refuse" else None


def _told(filled: Mapping[str, Any], fields: Iterable[FieldFact]) -> dict[str, Any]:
    typed = {key: value for key, value in filled.items() if value is not None}
    return {each.key: each.value for each in fields} | typed


def _types(form: str) -> dict[str, str]:
    try:
        return {field.key: field.type for field in documents.get(form).fields}
    except NotFound:
        return {}


def _read(kind: str, key: str, value: object) -> object:
    """Return one value; text that is no day or moment counts as not given, the form's own check names it."""
    if kind == "date" or (not kind and key in _DAYS):
        return _day(value)
    if kind == "datetime" or (not kind and key in _MOMENTS):
        return _moment(value)
    if kind == "money" or (not kind and key in _MONEY):
        return value / 100 if isinstance(value, int) else None
    rows = [cast("Mapping[str, object]", row) for row in _several(value) if isinstance(row, Mapping)]
    if kind == "table" or rows:
        return tuple(View(Loose({name: _read("", name, cell) for name, cell in row.items()})) for row in rows)
    is_list = isinstance(value, list | tuple) or key in _LISTS
    return _several(cast("object", value)) if is_list else cast("object", value)


def _several(value: object) -> tuple[object, ...]:
    if isinstance(value, list | tuple):
        return tuple(cast("Iterable[object]", value))
    return () if value is None or value == "" else (value,)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None
