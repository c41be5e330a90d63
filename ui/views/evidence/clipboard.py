"""What the clipboard holds for evidence: files that were copied, or a picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage

from inspector.clock import CHINA
from ui.views.evidence.intake import Wanted

_AS_GIVEN = (("image/jpeg", "jpg"), ("image/png", "png"))
"""Formats whose bytes are taken as the other program gave them; everything else is drawn anew as PNG, without loss."""


def wanted_from(mime: QMimeData | None, *, now: datetime, hazard_id: str | None) -> Wanted | None:
    """Return what can be taken in, None for a clipboard without files and pictures."""
    if mime is None:
        return None
    paths = tuple(Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile())
    if paths:
        return Wanted(paths=paths, hazard_id=hazard_id, source="paste")
    for kind, ending in _AS_GIVEN:
        given = mime.data(kind).data() if mime.hasFormat(kind) else b""
        if given:
            return _picture(lambda content=bytes(given): content, ending, now, hazard_id)
    image = mime.imageData() if mime.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        return _picture(lambda: _png(image), "png", now, hazard_id)
    return None


def _picture(give: Callable[[], bytes], ending: str, now: datetime, hazard_id: str | None) -> Wanted:
    name = f"粘贴-{now.astimezone(CHINA):%Y%m%d-%H%M%S}.{ending}"
    return Wanted(paths=(Path(name),), hazard_id=hazard_id, source="paste", picture=give)


def _png(image: QImage) -> bytes:
    """Encode on the work thread: a large picture takes a second."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    buffer.close()
    return bytes(content.data())
