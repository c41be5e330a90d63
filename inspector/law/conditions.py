"""Conditions of a document's pack entry: "key", "!key", "key=value", joined by " & "."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def holds(condition: str, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds of a document's values; an empty one always does.

    "key": it has a value that is not empty, zero or false · "!key": it has none · "key=value": it is that value, or
    a multi_enum that contains it.
    """
    return all(_holds(part.strip(), values) for part in condition.split("&") if part.strip())


def keys(condition: str) -> tuple[str, ...]:
    """Return the keys that a condition asks for."""
    parts = [part.strip() for part in condition.split("&")]
    return tuple(part.lstrip("!").split("=")[0].strip() for part in parts if part)


def _holds(part: str, values: Mapping[str, Any]) -> bool:
    if part.startswith("!"):
        return not _holds(part[1:].strip(), values)
    key, equals, wanted = (word.strip() for word in part.partition("="))
    value = values.get(key)
    if not equals:
        return bool(value)
    return wanted in value if isinstance(value, list | tuple) else _told(value) == wanted


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
