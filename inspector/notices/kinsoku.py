"""Where a line of Chinese may end, and which marks move together: 禁则 (GB/T 15834-2011 §5, W3C CLREQ §3.1)."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

CLOSING = frozenset("，。；：！？、．）》〉」』】〕”’")
"""Full-width marks with blank on their right half: never first on a line."""
OPENING = frozenset("（《〈「『【〔“‘")
"""Full-width marks with blank on their left half: never last on a line."""
HALVED = CLOSING | OPENING
"""Marks that give up half an em before another mark, and at the end of a line."""
NO_START = CLOSING | frozenset("…—―·％‰℃々～%‐–,.;:!?)]}〗ー")
NO_END = OPENING | frozenset("([{〖￥¥＄$№＃#")

_WORD = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z]|[.,:/_@+~'&=#?*\-](?=[0-9A-Za-z]))*")
_UNITS = "年月日时分秒号项条款页张份个名人元层楼栋次米吨台处"
_COUNT = re.compile(
    rf"第?[0-9]+(?:[.,][0-9]+)*(?:[万亿]?元|[万亿]?[{_UNITS}%％℃])?"
    r"|第[一二三四五六七八九十百零]{1,7}[条款项](?:之[一二三四五六七八九十])?|第（[一二三四五六七八九十]{1,3}）项"
)
_NUMBER = re.compile(r"（[^（）\s]{1,12}）[一-龥]{2,12}〔\d{4}〕(?:\d{1,6}号|待编号)")
"""A document number, kept on one line: （示）应急责改〔2026〕12号."""

_CERTIFICATE = re.compile(r"[一-龥]{1,2}[0-9A-Z]{6,}")
"""A certificate number with the issuer's characters before it: 示执00000002."""


def clusters(text: str) -> list[str]:
    """Split `text` into what is drawn as one: a character with the combining marks after it."""
    parts: list[str] = []
    for character in text:
        if parts and unicodedata.combining(character):
            parts[-1] += character
        else:
            parts.append(character)
    return parts


FREE, NAME, COUNT, NEVER = range(4)
"""How strongly two characters hold together: not at all · in a document or certificate number · in a word or a count
with its unit · a mark with what it belongs to, a pair —— or ……. A line that has no place of a kind takes the next."""


def holds(text: str) -> list[int]:
    """Say for each place between two characters of `text` how strongly it resists the end of a line.

    Returns len(text) - 1 of FREE … NEVER; number n is the place after character n.
    """
    levels = [NEVER if _is_glued(before, after) else FREE for before, after in pairwise(text)]
    for pattern, level in ((_WORD, COUNT), (_COUNT, COUNT), (_NUMBER, NAME), (_CERTIFICATE, NAME)):
        for match in pattern.finditer(text):
            for place in range(match.start(), match.end() - 1):
                levels[place] = max(levels[place], level)
    return levels


def unbreakable(text: str) -> list[bool]:
    """Say for each place between two characters of `text` whether a line should not end there."""
    return [level > FREE for level in holds(text)]


def is_tight(before: str, after: str) -> bool:
    """Whether full-width mark `before` loses half an em because the mark `after` follows it."""
    return before in HALVED and (after in OPENING or (before in CLOSING and after in CLOSING))


def is_inside_word(before: str, after: str) -> bool:
    """Whether both belong to a word of half-width letters or digits, which justification must not pull apart."""
    return before > " " and after > " " and before.isascii() and after.isascii()


def _is_glued(before: str, after: str) -> bool:
    if before == "\n":
        return False
    if after in " \u3000\n":
        return True  # a blank hangs at the end of its line instead of starting the next
    return after in NO_START or before in NO_END
