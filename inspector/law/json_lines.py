"""Finds the line of a JSON text (RFC 8259) at which a value stands, so that a fault in a pack can be shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

Step = str | int
"""A key of an object or an index of an array."""
_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+)')
_DEEPEST = 64


def line_of(text: str, path: Sequence[Step]) -> int:
    """Return the line (from 1) of the value at `path`, or of the deepest part of the path that is there.

    `text` must be valid JSON. 1 for an empty path.
    """
    return text.count("\n", 0, _Walk(text).find(path)) + 1


class _Walk:
    """Goes through the tokens of a text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def find(self, path: Sequence[Step]) -> int:
        """Return the offset at which the value of `path` begins."""
        begin = self._peek()[1]
        for step in path:
            entered = self._enter(step)
            if entered is None:
                return begin
            begin = entered
        return begin

    def _enter(self, step: Step) -> int | None:
        """Go into the value at hand, up to its element `step`; None if it has none. Returns where that begins."""
        opening = self._next()[0]
        if opening not in "{[":
            return None
        place = 0
        while self._peek()[0] not in "}]":
            begin = self._peek()[1]
            name: Step = place
            if opening == "{":
                name = _unquoted(self._next()[0])
                self._next()
            if name == step:
                return begin
            self._skip()
            place += 1
            if self._peek()[0] == ",":
                self._next()
        return None

    def _skip(self, depth: int = 0) -> None:
        """Pass over one value."""
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        opening = self._next()[0]
        if opening not in "{[":
            return
        while self._peek()[0] not in "}]":
            if opening == "{":
                self._next()
                self._next()
            self._skip(depth + 1)
            if self._peek()[0] == ",":
                self._next()
        self._next()

    def _peek(self) -> tuple[str, int]:
        found = _TOKEN.match(self._text, self._at)
        return (found[1], found.start(1)) if found else ("}", len(self._text))

    def _next(self) -> tuple[str, int]:
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            raise ValueError("the text ends")
        self._at = found.end()
        return found[1], found.start(1)


def _unquoted(token: str) -> str:
    import json

    return str(json.loads(token))
