"""F1's overview of the keys; loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.shortcuts import GlobalKey
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.keycap import Keycap
from ui.widgets.label import Label
from ui.widgets.view import KeyHint


class KeysDialog(Dialog):
    """F1: the keys of this screen, then those that work everywhere."""

    def __init__(self, parent: QWidget, here: Sequence[KeyHint], everywhere: Sequence[GlobalKey]) -> None:
        super().__init__(parent, title=tr("快捷键"), verb=tr("知道了"), width=720 if here else 420)
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(self.theme.u(32))
        own = {hint.key for hint in here}
        if here:
            columns.addLayout(self._section(tr("本页"), [(hint.key, hint.name()) for hint in here]), 1)
        rest = [(entry.key, entry.name()) for entry in everywhere if entry.key not in own]
        columns.addLayout(self._section(tr("各处通用"), rest), 1)
        self.column.addWidget(page)
        self.cancel.hide()
        self.verb.set_key("Esc")
        self.agreed.connect(self.accept)

    def _section(self, title: str, keys: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(self.theme.u(16))
        grid.setVerticalSpacing(self.theme.u(2))
        grid.addWidget(Label(title, role="bodyStrong"), 0, 0, 1, 2)
        for row, (key, name) in enumerate(keys, start=1):
            grid.addWidget(Keycap(key), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(name), row, 1)
        grid.setRowStretch(len(keys) + 1, 1)
        return grid
