"""Reads JSON as strictly as a signed text deserves: no key twice, no floats, no bottomless nesting."""

from __future__ import annotations

import json
from typing import Any, Final

MAX_DEPTH: Final = 16


class NotStrict(ValueError):
    """The text isn't JSON as we take it; `reason` is unreadable, duplicate_key, float or depth."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def check(raw: bytes) -> None:
    """Raise NotStrict if `raw` isn't UTF-8 JSON that two honest readers must read alike."""
    try:
        value = json.loads(raw.decode(), object_pairs_hook=_object, parse_float=_float, parse_constant=_float)
    except RecursionError as error:
        raise NotStrict("depth") from error
    except NotStrict:
        raise
    except ValueError as error:
        raise NotStrict("unreadable") from error
    _check_depth(value)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotStrict("duplicate_key")
    return found


def _float(_text: str) -> float:
    raise NotStrict("float")


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise NotStrict("depth")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
