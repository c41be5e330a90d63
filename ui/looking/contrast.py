"""Contrast of painted text: its ink against the ground that the picture shows around it.

Least ratio (look.md §2, WCAG 2.2 1.4.3): 4.5, in sunlight 7. Disabled words are exempt, but not in sunlight.
"""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.looking.scene import Fault, Scene, Seen
from ui.theme.look import theme
from ui.theme.tokens import contrast

LEAST, LEAST_IN_SUNLIGHT = 4.5, 7.0
_PLAIN = 0.2
"""A ground is plain when one colour fills a fifth of the box; else (a photo) its mean counts."""
_SAME = 1.12
"""Closer than this to the ink is the ink itself."""


def find(scene: Scene) -> list[Fault]:
    """Return every text that is too pale for the theme that is on."""
    least = LEAST_IN_SUNLIGHT if theme().is_sunlight else LEAST
    found: list[Fault] = []
    for seen in _uppermost(scene.texts):
        is_exempt = not seen.widget.isEnabled() and not theme().is_sunlight
        is_gone = seen.shown.height() < seen.at.height() / 2  # a row that scrolls out
        if is_exempt or is_gone or scene.is_covered(seen) or _is_marked(seen.widget):
            continue
        ratio, ground = _ratio(scene, seen)
        if ratio < least:
            found.append(seen.fault("contrast", f"{ratio:.1f} of {least:g}: {seen.text.ink} on {ground}"))
    return found


def _is_marked(widget: QWidget) -> bool:
    """Marked text is painted under a clip that an SVG loses; the tokens' own test has its pair, onAccent on accent."""
    return isinstance(widget, QLineEdit) and widget.hasSelectedText()


def _uppermost(texts: list[Seen]) -> list[Seen]:
    """Leave out what is painted over by the same words: Qt draws selected text above the plain one."""
    last = {(id(one.widget), one.text.text, one.at.x(), one.at.y()): one for one in texts}
    return list(last.values())


def _ratio(scene: Scene, seen: Seen) -> tuple[float, str]:
    """Return the contrast and the ground's colour."""
    pixels = _pixels(scene.picture, seen.shown)
    if not pixels:
        return 21.0, ""
    colours = Counter(pixels)
    ink = QColor(seen.text.ink)
    others = [(code, n) for code, n in colours.most_common(6) if contrast(_name(code), ink.name()) > _SAME]
    if not others:
        return 1.0, ink.name()
    code, n = others[0]
    ground = _name(code) if n >= _PLAIN * len(pixels) else _mean(pixels)
    return contrast(_blend(ink, ground, seen.text.opacity), ground), ground


def _pixels(picture: QImage, at: QRectF) -> list[int]:
    """Return the pixels of a text's box, one px wider all round, as 0xffRRGGBB."""
    scale = picture.devicePixelRatio()
    box = at.adjusted(-1, -1, 1, 1)
    box = QRectF(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale).toAlignedRect()
    part = picture.copy(box.intersected(picture.rect()))
    return list(memoryview(part.constBits()).cast("I")) if not part.isNull() else []


def _name(code: int) -> str:
    return f"#{code & 0xFFFFFF:06x}"


def _mean(pixels: list[int]) -> str:
    parts = [sum(code >> shift & 0xFF for code in pixels) // len(pixels) for shift in (16, 8, 0)]
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _blend(ink: QColor, ground: str, opacity: float) -> str:
    below = QColor(ground)
    pairs = ((ink.red(), below.red()), (ink.green(), below.green()), (ink.blue(), below.blue()))
    return "#{:02x}{:02x}{:02x}".format(*(round(top * opacity + under * (1 - opacity)) for top, under in pairs))
