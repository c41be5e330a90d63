"""Fusion without its own focus rectangle and etched text: the focus ring is ours (ui/widgets/focus_ring.py)."""

from __future__ import annotations

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleHintReturn, QStyleOption, QWidget

_HINTS = {
    QStyle.StyleHint.SH_EtchDisabledText: 0,
    QStyle.StyleHint.SH_ToolTip_WakeUpDelay: 400,
    QStyle.StyleHint.SH_BlinkCursorWhenTextSelected: 0,
}


class QuietStyle(QProxyStyle):
    """Fusion, minus what the look draws itself."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: QStyleHintReturn | None = None,  # noqa: N803 - Qt's own name
    ) -> int:
        """Answer the few hints the look decides."""
        known = _HINTS.get(hint)
        return known if known is not None else super().styleHint(hint, option, widget, returnData)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw everything but Fusion's focus rectangle."""
        if element != QStyle.PrimitiveElement.PE_FrameFocusRect:
            super().drawPrimitive(element, option, painter, widget)
