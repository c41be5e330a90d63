"""Numbers of articles, paragraphs and items between 汉字 and integers, and how an article is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMERAL = "一二三四五六七八九十百千零〇"
"""What a Chinese number in a statute is made of (立法技术规范: 第一百零二条, never 第一百二条)."""

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ARTICLE = re.compile(rf"第([{NUMERAL}]+|\d+)条(?:之([{NUMERAL}]+|\d+))?")


@dataclass(frozen=True, slots=True, order=True)
class ArticleNumber:
    """第 `no` 条, or 第 `no` 条之 `branch` where an amendment put one between two; `branch` 0: none."""

    no: int
    branch: int = 0

    def label(self) -> str:
        """The number as statutes and documents write it: 第一百零二条, 第一百三十四条之一."""
        branch = f"之{chinese(self.branch)}" if self.branch else ""
        return f"第{chinese(self.no)}条{branch}"


def number(text: str) -> int:
    """Return the value of a number in 汉字 or digits, 1 … 9999. Raises ValueError for anything else."""
    if text.isascii() and text.isdigit():
        return _positive(int(text), text)
    total, digit = 0, -1
    for char in text:
        if char in _UNITS:
            total += _UNITS[char] * (1 if digit < 0 else digit)
            digit = -1
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            raise ValueError(text)
    return _positive(total + max(0, digit), text)


def chinese(value: int) -> str:
    """Return 1 … 9999 in 汉字: 十二, 一百零二, 一百一十四. Raises ValueError outside."""
    if not 0 < value < 10_000:
        raise ValueError(value)
    said, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, size)
        if digit:
            said += ("零" if gap and said else "") + "零一二三四五六七八九"[digit] + unit
            gap = False
        else:
            gap = True
    return said.removeprefix("一") if said.startswith("一十") else said


def article_number(text: str) -> ArticleNumber | None:
    """Return the number that 第…条 or 第…条之… names; None if `text` is not exactly that."""
    found = _ARTICLE.fullmatch(text)
    if found is None:
        return None
    try:
        return ArticleNumber(number(found[1]), number(found[2]) if found[2] else 0)
    except ValueError:
        return None


def _positive(value: int, text: str) -> int:
    if not 0 < value < 10_000:
        raise ValueError(text)
    return value
