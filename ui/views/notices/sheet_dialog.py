"""SheetDialog: what became of stamped paper: its serial numbers, used for which notice, spoiled or handed back, why.

dialog.filled → Signal(str, SheetState, str) serials, state, reason ; dialog.refuse(error)
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.domain.ledger import SheetState
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.ledger_rows import sheet_word
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.segment import Choice, Segment


class SheetDialog(Dialog):
    """See the module text; `number` is that of the notice which used sheets are on, empty: none was chosen."""

    filled = Signal(str, object, str)

    def __init__(self, parent: QWidget, number: str) -> None:
        super().__init__(parent, title=tr("登记预盖章纸"), verb=tr("登记"), key="Ctrl+Enter")
        self._number = number
        self.serials, self.reason = TextField(), TextField()
        states = [one for one in SheetState if number or one is not SheetState.USED]
        self.state = Segment([Choice(one, sheet_word(one)) for one in states], name=tr("状态"))
        form = Form()
        self.serials_row = form.add(tr("纸号"), self.serials, hint=tr("如 A0007，或 A0007-A0012"))
        form.add(tr("状态"), self.state)
        self.number_row = form.add(tr("文书"), Label(number, elide=False))
        self.reason_row = form.add(tr("理由"), self.reason)
        self.column.addWidget(form)
        self.state.set_value(states[0])
        self.state.chosen.connect(lambda _value: self._arrange())
        self.agreed.connect(self._finish)
        self._arrange()

    def _arrange(self) -> None:
        is_used = self.state.value() == SheetState.USED
        self.number_row.setVisible(is_used)
        self.reason_row.setVisible(not is_used)

    def _finish(self) -> None:
        serials, reason = self.serials.value().strip(), self.reason.value().strip()
        is_used = self.state.value() == SheetState.USED
        self.serials_row.show_error("" if serials else tr("{field}还没有填", field=tr("纸号")))
        self.reason_row.show_error("" if reason or is_used else tr("{field}还没有填", field=tr("理由")))
        if serials and (reason or is_used):
            self.filled.emit(serials, SheetState(self.state.value()), "" if is_used else reason)

    def refuse(self, error: InspectorError) -> None:
        """Say why it was not recorded."""
        self.show_error(message(error).sentence)
