"""Draws QR codes: the one on a notice, which its party can check, and the clapper's."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.graphics.barcode.qrencoder import QRCode

SIZE = 28 * 72 / 25.4
"""Points: 28 mm without the white border, so that a module of a signed code (65 across) is 0.43 mm: five dots of a
printer with 300 dpi, which a photo of a folded, stamped copy still shows."""


@lru_cache(maxsize=16)
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """Return the dark modules of a QR code (ISO/IEC 18004, byte mode in UTF-8, error level M) row by row."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QR8bitByte(text))
    return _dark(code)


def alphanumeric(text: str) -> tuple[tuple[bool, ...], ...]:
    """Like `modules` in alphanumeric mode: 0-9 A-Z $%*+-./: and blank in 5.5 bits each. ValueError for other text."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(qrencoder.QRAlphaNum(text))
    return _dark(code)


def _dark(code: QRCode) -> tuple[tuple[bool, ...], ...]:
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))
