"""Beginnings: what stands where an inspection has no notices yet: a button and a key for each form it can have.

beginnings.offer(can_begin, has_visit=…); the keys are bound by the screen, for they work beside notices too.
Signals `begun(FormCode)`, `offered()`: all the documents of the visit.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from inspector.domain.notice import FormCode
from ui.models.notice_rows import form_name
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState

_FORMS = (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER, FormCode.RECHECK_OPINION)
"""The papers that nearly every visit needs, each with a key of its own."""


class Beginnings(EmptyState):
    """See the module text."""

    begun = Signal(object)
    offered = Signal()

    def __init__(self) -> None:
        self.buttons = {form: Button(icon="file-plus") for form in _FORMS}
        self.more = Button(icon="list-check", key="Ctrl+N")
        self._has_visit = False
        super().__init__("file-text", buttons=list(self.buttons.values()))
        self._column.insertWidget(self._column.count() - 1, self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        self.more.clicked.connect(lambda _checked=False: self.offered.emit())
        for number, (form, button) in enumerate(self.buttons.items(), 1):
            button.set_key(f"Ctrl+{number}")
            button.clicked.connect(lambda _checked=False, form=form: self.begun.emit(form))
        self.retranslate()

    def offer(self, can_begin: tuple[FormCode, ...], *, has_visit: bool) -> None:
        """Show the forms that can be begun: at a re-check its opinion alone; the others keep their keys."""
        is_recheck = FormCode.RECHECK_OPINION in can_begin
        for form, button in self.buttons.items():
            button.setVisible(form in can_begin and is_recheck == (form is FormCode.RECHECK_OPINION))
        self._has_visit = has_visit
        self.more.setVisible(has_visit)
        self._say()

    def _say(self) -> None:
        if self._has_visit:
            self.say(tr("还没有文书"), tr("先核发现场检查记录，再制作责令限期整改指令书"))
        else:
            self.say(tr("还没有文书"), tr("打开一次检查，按 F8 生成文书"))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        for form, button in self.buttons.items():
            button.setText(form_name(form))
        self.more.setText(tr("其他文书…"))
        self._say()
