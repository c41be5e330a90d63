"""Every expected error has one code of its own, and a docstring that names its facts."""

from __future__ import annotations

import inspect
import re
from collections import Counter

import pytest

from inspector import errors

KINDS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, errors.InspectorError) and kind is not errors.InspectorError
]


def test_codes_are_unique() -> None:
    assert [code for code, times in Counter(kind.code for kind in KINDS).items() if times > 1] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_kind_sets_a_readable_code_and_says_when(kind: type[errors.InspectorError]) -> None:
    assert "code" in vars(kind)
    assert re.fullmatch(r"[a-z][a-z_]+", kind.code)
    assert (kind.__doc__ or "").strip()


def test_an_error_carries_facts_not_sentences() -> None:
    error = errors.InvalidInput(field="name", reason="empty")
    assert (error.code, error.facts) == ("invalid_input", {"field": "name", "reason": "empty"})
    assert str(error) == "invalid_input(field='name', reason='empty')"
