"""TextDialog: one text and a verb: the reason of a removal or a voiding, the caption of a photo.

dialog = TextDialog(view, title=tr("移除隐患 3？"), text=…, label=tr("理由"), verb=tr("移除"), kind="danger")
dialog.written → Signal(str)        the verb was pressed with a text; the dialog has closed itself
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import Form


class TextDialog(Dialog):
    """Asks for one line; see the module text."""

    written = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        label: str,
        verb: str,
        text: str = "",
        value: str = "",
        kind: str = "primary",
        is_required: bool = True,
    ) -> None:
        super().__init__(parent, title=title, text=text, verb=verb, kind=kind, key="Enter")
        self._label, self._is_required = label, is_required
        self.field = TextField()
        self.field.set_value(value)
        form = Form()
        self.row = form.add(label, self.field)
        self.column.addWidget(form)
        self.field.returnPressed.connect(self._finish)
        self.agreed.connect(self._finish)

    def _finish(self) -> None:
        said = self.field.value().strip()
        if self._is_required and not said:
            self.row.show_error(tr("{field}还没有填", field=self._label))
            self.field.setFocus()
            return
        self.accept()
        self.written.emit(said)
