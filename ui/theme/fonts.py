"""The bundled interface font: loaded from resources/fonts, never from the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from inspector.errors import FontsMissing
from inspector.paths import RESOURCES
from ui.theme.tokens import tokens

FOLDER = RESOURCES / "fonts"
FILES = ("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf")
"""Two weights are all the look uses; one face a file, which Qt registers in 2 ms."""


def load(folder: Path = FOLDER) -> None:
    """Register both weights with Qt; Qt knows a file it has already. Raises FontsMissing."""
    family = tokens()["type"]["family"]
    for name in FILES:
        path = folder / name
        number = QFontDatabase.addApplicationFont(str(path)) if path.is_file() else -1
        if number < 0 or family not in QFontDatabase.applicationFontFamilies(number):
            raise FontsMissing(folder=str(folder))


def font(role: str, scale: float) -> QFont:
    """Return the font of a type role (key, meta, body, bodyStrong, pane, title, display) at a scale."""
    spec = tokens()["type"]["roles"][role]
    made = QFont(tokens()["type"]["family"])
    made.setPixelSize(max(1, round(spec["px"] * scale)))
    made.setBold(spec["weight"] == "bold")
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def line_height(role: str, scale: float) -> int:
    """Return the line step of a type role in px at a scale."""
    return round(tokens()["type"]["roles"][role]["lineHeight"] * scale)


def missing(text: str) -> str:
    """Return the characters of `text` that one of the two weights can't draw; empty means no tofu."""
    drawn = [QRawFont.fromFont(font(role, 1.0)) for role in ("body", "bodyStrong")]
    unseen = "\n\r\t\u2060\u200b"
    return "".join(
        char
        for char in dict.fromkeys(text)
        if char not in unseen and any(0 in raw.glyphIndexesForString(char) for raw in drawn)
    )
