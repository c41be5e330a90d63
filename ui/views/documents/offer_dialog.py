"""OfferDialog 新建文书: the documents of a visit in guided order, each with what it needs and what was made already.

dialog = OfferDialog(view, services, tasks, inspection_id) ; dialog.open()
Signals: `begun(FormCode, about)` begin it (about: id of the document it concerns, "" for none or the only one),
`shown(id)` a draft of it is there already.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.notice import NoticeState
from inspector.services.documents import Offer
from ui.models.document_words import form_word
from ui.models.moments import day_time
from ui.models.offer_rows import Offers, is_heading, offer_name, offer_rows, read_offers, why_not
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.rows import Row
from ui.widgets.search_list import SearchList

ABOUT = "about:"
"""How the id of a row begins that names what the chosen document is about."""


class OfferDialog(Dialog):
    """See the module text; it closes itself when one was taken."""

    begun = Signal(object, str)
    shown = Signal(str)

    def __init__(self, view: QWidget, services: App, tasks: Tasks, inspection_id: str) -> None:
        super().__init__(view, title=tr("新建文书"), verb=tr("制作"), width=620)
        self._services, self._tasks = services, tasks
        self._told: Offers | None = None
        self._asked: Offer | None = None
        self.search = SearchList(placeholder=tr("文书名称，可输汉字、拼音首字母或代码"), name=tr("新建文书"))
        self.search.prefer_height(420)
        self.column.addWidget(self.search, 1)
        self.verb.set_key("Enter")
        self.search.searched.connect(lambda _text: self._show())
        self.search.moved.connect(self._tell)
        self.search.chosen.connect(self._take)
        self.agreed.connect(lambda: self._take(self.search.list.current()))
        tasks.query(self, read_offers, services, inspection_id, done=self._take_offers, key="offers")

    def _take_offers(self, told: Offers) -> None:
        self._told = told
        self._show()

    def _show(self) -> None:
        if self._told is None or self._asked is not None:
            return
        text = self.search.field.text()
        rows = offer_rows(self._told, text)
        nothing = tr("没有找到“{text}”", text=text.strip())
        self.search.show_rows(rows, nothing=nothing, hint=tr("试试拼音首字母，如 zlxq"))
        first = next((row.id for row in rows if not is_heading(row.id)), "")
        self.search.list.choose(first)
        self._tell(first)

    def _offer(self, row_id: str) -> Offer | None:
        return next((one for one in self._told.offers if one.form == row_id), None) if self._told is not None else None

    def _tell(self, row_id: str) -> None:
        """Say under the list what stands in the way of the current one."""
        if self._asked is not None:
            return
        offer = self._offer(row_id)
        why = why_not(offer) if offer is not None else ""
        if offer is None:
            self.verb.refuse(tr("请选择一种文书"))
            self.show_error("")
        elif why:
            self.verb.refuse(why)
            self.show_error(tr("{form}还不能制作：{why}", form=offer_name(offer), why=why))
        else:
            self.verb.allow()
            self.show_error("")

    def _take(self, row_id: str) -> None:
        if self._asked is not None and row_id.startswith(ABOUT):
            form, about = self._asked.form, row_id.removeprefix(ABOUT)
            self.accept()
            self.begun.emit(form, about)
            return
        offer = self._offer(row_id)
        if offer is None or not offer.is_ready or self._told is None:
            return
        notices = self._told.notices
        draft = next((one for one in offer.made if notices[one].state is NoticeState.DRAFT), "")
        if draft and len(offer.about_choices) <= 1:
            self.accept()
            self.shown.emit(draft)
        elif len(offer.about_choices) > 1:
            self._ask_about(offer)
        else:
            self.accept()
            self.begun.emit(offer.form, "")

    def _ask_about(self, offer: Offer) -> None:
        """Of several documents that it may concern one is chosen."""
        if self._told is None:
            return
        self._asked = offer
        self.setWindowTitle(tr("{form}：针对哪一份文书", form=offer_name(offer)))
        self.setAccessibleName(self.windowTitle())
        self.show_done("")
        rows: list[Row] = []
        for each in offer.about_choices:
            about = self._told.abouts[each]
            at = day_time(about.issued_at) if about.issued_at else ""
            is_void = about.state is NoticeState.VOID
            words = (about.number, tr("核发 {at}", at=at), tr("已作废") if is_void else "")
            second = "\u3000".join(part for part in words if part)
            rows.append(Row(id=ABOUT + each, title=form_word(about.form), second=second, icon="file-text"))
        self.search.field.hide()
        self.search.show_rows(rows)
        self.verb.allow()
        self.show_note(tr("针对哪一份文书？"))
        self.search.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_note(self, sentence: str) -> None:
        """Say above the buttons what is asked."""
        self._note.show_note(sentence, icon="info-circle", color="text2")
