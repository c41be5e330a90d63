"""The type of paper: the fonts that notices are printed in, for statutes on the screen; loaded when first shown."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFont, QFontDatabase

from ui.theme.fonts import FOLDER
from ui.theme.theme import Theme
from ui.theme.tokens import tokens

_BODY, _HEAD = "FandolFang.ttf", "NotoSerifSC-Bold.ttf"


@lru_cache(maxsize=1)
def _families() -> tuple[str, str]:
    """Families of body and headings; the interface's where a file is missing, so that the text can still be read."""
    own: str = tokens()["type"]["family"]
    found: list[str] = []
    for name in (_BODY, _HEAD):
        path = FOLDER / name
        number = QFontDatabase.addApplicationFont(str(path)) if path.is_file() else -1
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        found.append(families[0] if families else own)
    return found[0], found[1]


def body(theme: Theme) -> QFont:
    """Return 仿宋 in the size of a title: running text of a statute."""
    return _made(theme, _families()[0], "title", is_bold=False)


def head(theme: Theme) -> QFont:
    """Return the bold 宋体 of headings and article numbers."""
    return _made(theme, _families()[1], "title", is_bold=True)


def _made(theme: Theme, family: str, role: str, *, is_bold: bool) -> QFont:
    font = QFont(theme.font(role))
    font.setFamilies([family, tokens()["type"]["family"]])
    font.setBold(is_bold)
    return font
