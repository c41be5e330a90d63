"""Icons: Tabler SVGs drawn in any colour, size and stroke, each drawn once.

`pixmap("camera", 18, colour, stroke, dpr)`; a name may start with `filled/`. Views ask `Theme.icon` instead,
which knows colour and stroke.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from inspector.paths import RESOURCES

FOLDER = RESOURCES / "icons"
_STROKE = re.compile(r'stroke-width="[0-9.]+"')


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    """Return the SVG text. Raises FileNotFoundError for a name that was not copied in."""
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, size: int, colour: str, stroke: float, dpr: float) -> QPixmap:
    svg = _STROKE.sub(f'stroke-width="{stroke}"', _source(name)).replace("currentColor", colour)
    edge = max(1, round(size * dpr))
    pixmap = QPixmap(edge, edge)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def pixmap(name: str, size: int, colour: QColor, *, stroke: float, dpr: float = 1.0) -> QPixmap:
    """Return the icon, `size` logical px square, drawn for a screen of `dpr` device pixels per logical one."""
    return _drawn(name, size, colour.name(QColor.NameFormat.HexRgb), stroke, dpr)
