"""Wording: in English no sentence of the interface is still Chinese, in Chinese none still English (switched live).

Data (names of firms, laws, hazards as typed) may be Chinese in both; only sentences of resources/translations count.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtWidgets import QLineEdit

from ui.looking.scene import Fault, Scene, Seen
from ui.text import english, is_english

_HAN = re.compile(r"[\u4e00-\u9fff]")
_BLANK = re.compile(r"\\\{\w+\\\}")


def find(scene: Scene) -> list[Fault]:
    """Return the sentences that are in the other language."""
    wrong = "Chinese in the English window" if is_english() else "English in the Chinese window"
    told = [seen for seen in scene.texts if not _is_typed(seen)]
    return [seen.fault("wording", wrong) for seen in told if _is_other(seen.text.text.strip(), is_english())]


def _is_typed(seen: Seen) -> bool:
    """Whether it is the value of a field: what somebody typed (负责人) is data in any language."""
    return isinstance(seen.widget, QLineEdit) and bool(seen.widget.text())


@lru_cache(maxsize=4096)
def _is_other(text: str, is_in_english: bool) -> bool:
    if is_in_english:
        return bool(_HAN.search(text)) and bool(_chinese().fullmatch(text))
    return not _HAN.search(text) and text in _only_english()


@lru_cache(maxsize=1)
def _only_english() -> frozenset[str]:
    """English sentences of several words that are nobody's Chinese."""
    return frozenset(value for value in english().values() if " " in value and value not in english())


@lru_cache(maxsize=1)
def _chinese() -> re.Pattern[str]:
    """Every Chinese sentence that reads otherwise in English, its blanks open; short ones could be data."""
    told = [key for key, value in english().items() if key != value and len(_HAN.findall(key)) >= 3]
    return re.compile("|".join(_BLANK.sub(".+?", re.escape(key)) for key in told))
