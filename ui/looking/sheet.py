"""The contact sheet: all pictures of one screen size on one PNG, labelled, screen after screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter

from ui.theme.theme import make

COLUMNS, WIDE, GAP, LABEL = 6, 480, 16, 28


def draw(pictures: Sequence[Path], to: Path) -> None:
    """Draw the pictures in the order given, six in a row, each with its name above. Raises OSError."""
    if not pictures:
        return
    high = max(_scaled(path).height() for path in pictures)
    rows = -(-len(pictures) // COLUMNS)
    theme = make("light")
    sheet = QImage(COLUMNS * (WIDE + GAP) + GAP, rows * (high + LABEL + GAP) + GAP, QImage.Format.Format_RGB32)
    sheet.fill(theme.color("pressed"))
    with QPainter(sheet) as painter:
        painter.setFont(theme.font("meta"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for n, path in enumerate(pictures):
            left = GAP + n % COLUMNS * (WIDE + GAP)
            top = GAP + n // COLUMNS * (high + LABEL + GAP)
            _place(painter, path, QPoint(left, top), theme.color("text"))
    if not sheet.save(str(to)):
        raise OSError(to)


def _place(painter: QPainter, path: Path, at: QPoint, ink: QColor) -> None:
    painter.setPen(ink)
    painter.drawText(QRect(at, QSize(WIDE, LABEL)), Qt.AlignmentFlag.AlignVCenter, path.stem)
    reader = QImageReader(str(path))
    reader.setScaledSize(_scaled(path))
    painter.drawImage(at + QPoint(0, LABEL), reader.read())


def _scaled(path: Path) -> QSize:
    size = QImageReader(str(path)).size()
    return QSize(WIDE, round(size.height() * WIDE / max(1, size.width())))
