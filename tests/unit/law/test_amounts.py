"""Amounts in words are read back to the same amount."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.law.amounts import in_words

DIGITS = {digit: value for value, digit in enumerate("零壹贰叁肆伍陆柒捌玖")}
UNITS = {"拾": 10, "佰": 100, "仟": 1_000}
GROUPS = {"亿": 10**8, "万": 10**4}
HUNDRED_MILLION = 10**8 * 100


def fen_of(words: str) -> int:
    """Read an amount as a cashier does."""
    whole, _, rest = words.rpartition("元") if "元" in words else ("", "", words)
    fen = _number(whole) * 100
    digit = 0
    for character in rest.removesuffix("整"):
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            fen += digit * {"角": 10, "分": 1}[character]
    return fen


def _number(words: str) -> int:
    for group, value in GROUPS.items():
        if group in words:
            high, _, low = words.partition(group)
            return _number(high) * value + _number(low)
    number = digit = 0
    for character in words:
        if character in DIGITS:
            digit = DIGITS[character]
        else:
            number, digit = number + digit * UNITS[character], 0
    return number + digit


@settings(max_examples=200, deadline=None)
@given(st.integers(0, HUNDRED_MILLION) | st.integers(0, 10**6) | st.integers(0, 10**8).map(lambda yuan: yuan * 100))
def test_words_say_the_amount(fen: int) -> None:
    words = in_words(fen)
    assert fen_of(words) == fen
    assert "零零" not in words
    assert words.endswith("整") != words.endswith("分")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (5, "伍分"),
        (30, "叁角整"),
        (100, "壹元整"),
        (1_000, "壹拾元整"),
        (3_000_000, "叁万元整"),
        (1_050_000, "壹万零伍佰元整"),
        (10_000_500, "壹拾万零伍元整"),
        (30_005, "叁佰元零伍分"),
        (30_050, "叁佰元伍角整"),
        (1_000_000_000_000, "壹佰亿元整"),
        (10_000_001_000, "壹亿零壹拾元整"),
    ],
)
def test_zeros_are_said_once_and_only_between(fen: int, words: str) -> None:
    assert in_words(fen) == words


def test_no_amount_below_nothing() -> None:
    with pytest.raises(ValueError, match="-1"):
        in_words(-1)
