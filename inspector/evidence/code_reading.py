"""Reads QR codes (ISO/IEC 18004) from a picture of paper, however it lies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspector.errors import EvidenceRefused

if TYPE_CHECKING:
    import cv2

_MOST_PIXELS = 100_000_000
_EDGES = (1600, 1000, 2400, 3600)
"""Longest sides at which a picture is looked at: small ones are quick and lose noise, large ones show small codes."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn page: RGB, 3 bytes a pixel, rows from the top."""

    width: int
    height: int
    rgb: bytes


def codes_on(page: Drawn) -> Iterator[str]:
    """Yield the texts of the codes on a drawn page, each once."""
    import cv2
    import numpy as np

    shown = np.frombuffer(page.rgb, np.uint8).reshape(page.height, page.width, 3)
    yield from _codes(cv2.cvtColor(shown, cv2.COLOR_RGB2GRAY))


def codes_in(content: bytes) -> Iterator[str]:
    """Yield the texts of the codes that are found, each once. Raises EvidenceRefused for what is no picture.

    The file is decoded here: only for files that their owner asks about on a command line.
    """
    import cv2
    import numpy as np

    grey = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None or grey.size > _MOST_PIXELS:
        raise EvidenceRefused(reason="undecodable", name="")
    yield from _codes(grey)


def _codes(grey: cv2.typing.MatLike) -> Iterator[str]:
    import cv2

    reader = cv2.QRCodeDetector()
    seen: set[str] = set()
    for edge in _EDGES:
        scale = edge / max(grey.shape)
        way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        shown = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=way)
        for picture in (shown, cv2.medianBlur(shown, 3)):
            raw, *_ = reader.detectAndDecodeBytes(picture)
            text = bytes(raw).decode("utf-8", "replace")
            if text and text not in seen:
                seen.add(text)
                yield text
