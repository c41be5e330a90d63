"""ReasonBox: in the card of a warning, why the notice is issued all the same: typed, saved, shown with who and when.

box = ReasonBox(explanation, half) ; signals `saved(str)` (empty: taken back), `typed(str)` half-typed text
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.services.explaining import Explanation
from ui.models.moments import day_time
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.form import NoteLine
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.text_area import TextArea


class ReasonBox(Themed, QWidget):
    """See the module text."""

    saved = Signal(str)
    typed = Signal(str)

    def __init__(self, explanation: Explanation | None, half: str | None, title: str) -> None:
        super().__init__()
        self._explanation = explanation
        self.label = Label(tr("理由"), color="text2")
        self.said = Paragraph(explanation.reason if explanation else "")
        self.who = Label(role="meta", color="text2")
        self.change = Button(tr("修改"), kind="link", on_click=self._open)
        self.area = TextArea(tr("写明为什么仍然核发"), rows=2, most=6, name=tr("理由：{what}", what=title))
        self.note = NoteLine()
        self.save = Button(tr("保存理由"), icon="check", on_click=self._save)
        for button in (self.change, self.save):
            button.setAccessibleDescription(title)
        self._build()
        if explanation is not None:
            self.who.setText(f"{explanation.officer}\u3000{day_time(explanation.said_at)[5:]}")
        if half is not None:
            self.area.setPlainText(half)
        self.area.textChanged.connect(lambda: self.typed.emit(self.area.toPlainText()))
        self._show(is_open=explanation is None or half is not None)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.who, 1)
        foot.addWidget(self.change)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.label, self.said, self.area, self.note):
            self._column.addWidget(widget)
        self._column.addLayout(foot)
        self._column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def _show(self, *, is_open: bool) -> None:
        self.area.setVisible(is_open)
        self.save.setVisible(is_open)
        for widget in (self.said, self.who, self.change):
            widget.setVisible(not is_open)

    def _open(self) -> None:
        self.area.setPlainText(self._explanation.reason if self._explanation else "")
        self._show(is_open=True)
        self.area.setFocus()

    def _save(self) -> None:
        reason = self.area.toPlainText().strip()
        if not reason and self._explanation is None:
            self.note.show_note(tr("{field}还没有填", field=tr("理由")), icon="filled/alert-circle", color="danger")
            self.area.setFocus()
            return
        self.note.show_note("")
        self.saved.emit(reason)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            self._column.setSpacing(self.theme.u(4))
        super().restyle()
