"""Tab goes where the eye goes, also to parts that were made after their neighbours.

A compound widget (Segment, BasisBox) has no focus proxy: Qt moves such a widget in its chain when the parts change,
and Tab gets stuck before a proxy that is hidden. It overrides `setFocus` instead and orders its parts by `tab_within`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def tab_within(whole: QWidget, parts: Sequence[QWidget]) -> None:
    """Let Tab pass the parts one after the other at the place of the whole, which itself takes no focus."""
    whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders only what takes the focus
    before = whole
    for part in parts:
        QWidget.setTabOrder(before, part)
        before = part
    whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
