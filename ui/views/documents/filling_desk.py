"""FillingDesk: what the notice screen does with documents: offers them, begins one, opens the law that one names.

desk.offer(inspection_id) ; desk.read("《…》第…条")
Signals: `begun(FormCode, about)` to be begun, `shown(id)` a draft that is there already, `law_wanted(Citation)`,
`numbered(id)` the notice of a number is wanted,
`said(title, text)`.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.hazard import Citation
from inspector.domain.notice import Notice, NoticeState
from inspector.law import basis_text
from ui.models.citation_links import first_readable
from ui.tasks import Tasks
from ui.text import tr
from ui.views.documents.offer_dialog import OfferDialog


class FillingDesk(QObject):
    """See the module text; `view` is where dialogs stand."""

    begun = Signal(object, str)
    shown = Signal(str)
    numbered = Signal(str)
    law_wanted = Signal(object)
    said = Signal(str, str)

    def __init__(self, services: App, tasks: Tasks, view: QWidget) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view = services, tasks, view

    def offer(self, inspection_id: str) -> None:
        """Show every document of a visit; nothing without one."""
        if not inspection_id:
            return
        dialog = OfferDialog(self._view, self._services, self._tasks, inspection_id)
        dialog.begun.connect(self.begun)
        dialog.shown.connect(self.shown)
        dialog.open()

    def show_ledger(self) -> None:
        """Alt+J: every number of this laptop."""
        from ui.views.notices.ledger_dialog import LedgerDialog

        dialog = LedgerDialog(self._view, self._services, self._tasks)
        dialog.shown.connect(self.numbered)
        dialog.open()

    def show_signed(self, notice: Notice) -> None:
        """Alt+Q: the signed pages of an issued notice."""
        from ui.views.notices.signed_dialog import SignedDialog

        if notice.state is NoticeState.ISSUED:
            SignedDialog(self._view, self._services, self._tasks, notice).open()

    def read(self, printed: str) -> None:
        """Open the text of a printed citation in the library, or say that it isn't there."""
        self._tasks.query(self, _readable, printed, done=self._open, key="law")

    def _open(self, citation: Citation | None) -> None:
        if citation is not None:
            self.law_wanted.emit(citation)
        else:
            self.said.emit(tr("法规库里没有这一条的文本"), tr("可在法规库导入后再看；填写的内容不受影响"))


def _readable(printed: str) -> Citation | None:
    return first_readable(basis_text.printed(printed))
