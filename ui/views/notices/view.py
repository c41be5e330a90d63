"""NoticesView 文书与体检: what would be printed beside what stands against it; issue, print, serve, make void.

`show_record("<inspection id>")` shows that inspection's notices, `"notice:<id>"` one notice, "" the latest of all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.domain.serving import ServingMethod
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.citation_links import open_citation
from ui.models.moments import day_time
from ui.models.notice_rows import begin_word, form_name, notice_rows, state_badge
from ui.tasks import Tasks
from ui.text import tr
from ui.views.documents.filling_desk import FillingDesk
from ui.views.documents.form import FILLED
from ui.views.notices.arrangement import CHECK, FILL, LIST
from ui.views.notices.finding_links import LIKENESS, RECORD, destination
from ui.views.notices.findings_pane import why_not_issue
from ui.views.notices.notice_strip import Standing, allow
from ui.views.notices.paper_words import served_badge
from ui.views.notices.parts import NoticeParts
from ui.views.notices.record import NoticeList, NoticeReading, draft_of, read_list, read_notice
from ui.views.proof.desk import Place, ProofDesk
from ui.widgets.rows import Row

_OURS = {
    Topic.INSPECTIONS,
    Topic.HAZARDS,
    Topic.EVIDENCE,
    Topic.NOTICES,
    Topic.NUMBERS,
    Topic.PRINTS,
    Topic.RECHECKS,
    Topic.SITES,
}


class NoticesView(NoticeParts):
    """See the module text."""

    place = "notices"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        self._inspection_id = self._current = ""
        self._list: NoticeList | None = None
        self._reading: NoticeReading | None = None
        super().__init__(services, tasks, parent)
        self.documents = FillingDesk(services, tasks, self)
        self.proof = ProofDesk(services, tasks, self, at=self._place)
        self._on_arranged(self.arrangement.is_wide)
        self._connect()
        self._bind_keys()
        self.retranslate()

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        for pane in (self.list, self.beginnings):
            pane.begun.connect(self._begin)
            pane.offered.connect(self._offer)
        self.filling.finished.connect(self._to_side)
        self.filling.failed.connect(self._tasks.failed)
        self.filling.read_wanted.connect(self.documents.read)
        self.documents.begun.connect(self._make)
        self.documents.shown.connect(self._open_other)
        self.documents.numbered.connect(lambda notice_id: self.show_record(f"notice:{notice_id}"))
        self.documents.said.connect(self.say)
        self.arrangement.went.connect(self._on_tab)
        self.findings.followed.connect(self._follow)
        for law in (self.findings.basis_wanted, self.documents.law_wanted):
            law.connect(lambda citation: self.wanted.emit(*open_citation(citation)))
        self.findings.explained.connect(lambda key, reason: self._with_notice(partial(self.acts.explain, key, reason)))
        self.issued.opened.connect(self._open_other)
        self.issued.redact_wanted.connect(self._redact)
        self.proof.hear(self.issued)
        self.arrangement.arranged.connect(self._on_arranged)
        self.acts.made.connect(self._stand_on)
        self.acts.said.connect(self.say)
        self.acts.failed.connect(self._tasks.failed)
        self.paper.turned.connect(self._on_turned)
        self.paper.said.connect(self.said)
        self.paper.failed.connect(self._tasks.failed)
        self._tasks.changed.connect(self._on_changed)
        clicks = {
            self.issue: self._ask_issue,
            self.export: lambda: self._with_notice(self.acts.ask_folder),
            self.void: lambda: self._with_notice(self.acts.void),
            self.again: lambda: self._with_notice(self.acts.again),
            self.back: self._go_back,
            self.strip.finish: self.paper.press,
        }
        clicks |= dict.fromkeys((self.strip.print, self.strip.reprint), self._print)
        clicks |= dict.fromkeys((self.strip.serve, self.strip.serve_soon), self._serve)
        for button, slot in clicks.items():
            button.clicked.connect(lambda _checked=False, slot=slot: slot())

    def _bind_keys(self) -> None:
        self.add_key("F8", self.issue)
        self.add_key("Ctrl+E", self.export)
        self.add_key("Ctrl+P", self._print, name=lambda: tr("打印"))
        self.add_key("Alt+S", self._serve, name=lambda: tr("送达"))
        self.add_key("Alt+X", self._redact, name=lambda: tr("公示稿"))
        self.add_key("F10", partial(self._serve, ServingMethod.REFUSED), name=lambda: tr("登记拒签"))
        self.add_key("Ctrl+Enter", self._finish, name=lambda: tr("填写完成"))
        self.add_key("Ctrl+Z", self.filling.undo, name=lambda: tr("撤销"))
        self.add_key("Ctrl+N", self._offer, name=lambda: tr("新建文书"))
        self.add_key("Alt+Q", partial(self._with_notice, self.documents.show_signed), name=lambda: tr("签名页"))
        self.add_key("Alt+J", self.documents.show_ledger, name=lambda: tr("编号台账"))
        self.add_key("F5", self._to_form, name=lambda: tr("填写"))
        self.add_key("Esc", self.back)
        record, order, opinion = self.beginnings.buttons
        self.add_key("Ctrl+1", partial(self._begin, record), name=partial(begin_word, record))
        self.add_key("Ctrl+2", partial(self._begin, order), name=partial(begin_word, order))
        self.add_key("Ctrl+3", partial(self._begin, opinion), name=partial(begin_word, opinion))
        self.add_key("F6", self._to_list, name=lambda: tr("文书"))
        self.add_key("F7", self._to_side, name=lambda: tr("核发体检"))
        self.add_key("PgUp", partial(self.page.page_on, -1), name=lambda: tr("上一页"))
        self.add_key("PgDown", partial(self.page.page_on, 1), name=lambda: tr("下一页"))

    # --- reading ---------------------------------------------------------------

    def show_record(self, record_id: str) -> None:
        """Show an inspection's notices, one notice, or the latest of all."""
        if record_id.startswith("notice:"):
            self._current, self._inspection_id = record_id.removeprefix("notice:"), ""
        elif record_id:
            if record_id != self._inspection_id:
                self._current = ""
            self._inspection_id = record_id
        self._read()

    def _read(self) -> None:
        self._tasks.query(
            self, read_list, self._services, self._inspection_id, done=self._take_list, failed=self._miss, key="list"
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & _OURS and self.isVisible():
            self._read()

    def _take_list(self, found: NoticeList) -> None:
        self._list = found
        rows = self._rows(found)
        ids = [row.id for row in rows]
        if self._current not in ids:
            self._current = ids[0] if ids else ""
        self.list.show_notices(rows, current=self._current, can_begin=found.can_begin)
        self._turn_to(is_empty=not rows)
        self.beginnings.offer(found.can_begin, has_visit=bool(found.inspection_id))
        if self._current:
            self._ask_notice()
        else:
            self._reading = None
            self._show_actions()
            self._tell_title()

    @staticmethod
    def _rows(found: NoticeList) -> list[Row]:
        return notice_rows(found.notices, None if found.inspection_id else found.firms, found.served)

    def _ask_notice(self) -> None:
        self._tasks.query(
            self,
            read_notice,
            self._services,
            self._current,
            done=partial(self._take, self.filling.stamp),
            failed=self._cannot_draw,
            key="notice",
        )

    def _take(self, stamp: int, reading: NoticeReading) -> None:
        is_other = self._reading is None or self._reading.notice.id != reading.notice.id
        self._reading = reading
        self.filling.show_reading(reading, stamp)
        if is_other:
            self.page.first()
            self._prefer_form()
        if reading.preview.pages:
            self.page.show_pdf(reading.preview.pdf, reading.preview.pages)
        else:
            self.page.show_note(tr("有字没有字形，排不了版；见右侧"))
        self.paper.show(reading)
        self._show_side(reading)
        self._show_counts()
        self._show_actions()
        self._tell_title()

    def _show_side(self, reading: NoticeReading) -> None:
        if reading.notice.state is NoticeState.DRAFT:
            self.findings.show_reading(reading)
            is_form = reading.filling is not None and self.arrangement.tab() == FILL
            self.arrangement.show_side(self.filling if is_form else self.findings)
            return
        others = self._list.notices if self._list else ()
        self.issued.show_reading(reading, others, is_printing=self.paper.is_printing(reading.notice.id))
        self.arrangement.show_side(self.paper.pane() or self.issued)

    def _prefer_form(self) -> None:
        """A draft that asks for something opens at its form; the list stays in front while one walks through it."""
        self._show_counts()
        if self.arrangement.tab() != LIST:
            self.arrangement.go(FILL if self.filling.missing() else CHECK)

    def _on_turned(self) -> None:
        """A task at the right was opened or closed, or paper began or ceased to move."""
        if self._reading is None:
            return
        if self.arrangement.side() is not (self.paper.pane() or self.issued):
            self.arrangement.go(CHECK)
            self.setFocus()
        self._show_side(self._reading)
        self._show_counts()
        self._show_actions()

    def _cannot_draw(self, error: InspectorError) -> None:
        self._reading = None
        self.page.show_note(message(error).title)
        self._show_actions()
        self._tasks.failed.emit(error)

    def _miss(self, error: InspectorError) -> None:
        self._list, self._reading, self._current = None, None, ""
        self._turn_to(is_empty=True)
        self._show_actions()
        self._tasks.failed.emit(error)

    def _tell_title(self) -> None:
        if self._reading is None:
            firm = next(iter(self._list.firms.values()), "") if self._list and self._list.inspection_id else ""
            self.show_title(tr("文书"), firm)
            return
        notice = self._reading.notice
        serving = self._reading.serving if notice.state is NoticeState.ISSUED else None
        badge = served_badge(serving, has_time=False) if serving is not None else state_badge(notice.state)
        self.show_title(form_name(notice.form), self._reading.firm, badge)

    def _show_actions(self) -> None:
        reading = self._reading
        if reading is None:
            self.strip.show_standing(Standing(has_visit=bool(self._inspection_id)))
            return
        self.strip.show_standing(self.paper.standing(reading))
        allow(self.strip.print, self.paper.why_not())
        if reading.notice.state is NoticeState.DRAFT:
            why = why_not_issue(reading, self._services.me.id)
            allow(self.issue, why)
            if why:
                self.strip.say(why, icon="info-circle")

    # --- doing -----------------------------------------------------------------

    def _choose(self, notice_id: str) -> None:
        self._current = notice_id
        self._ask_notice()

    def _begin(self, form: FormCode) -> None:
        """Begin a notice of the inspection that is open, or go to its draft if there is one already."""
        if self._list is None or form not in self._list.can_begin:
            return
        there = draft_of(self._list.notices, form)
        if there is not None:
            self.list.list.choose(there.id)
            return
        self.acts.begin(self._list.inspection_id, form)

    def _make(self, form: FormCode, about: str) -> None:
        if self._list is not None:
            self.acts.begin(self._list.inspection_id, form, about=about or None)

    def _offer(self) -> None:
        """Ctrl+N: every document of the visit that is open, or of the notice at hand."""
        of_notice = self._reading.inspection.id if self._reading is not None else ""
        self.documents.offer(self._inspection_id or of_notice)

    def _stand_on(self, notice_id: str) -> None:
        self._current = notice_id
        self.arrangement.go(CHECK)  # not the list: the new draft opens at its form

    def _ask_issue(self) -> None:
        if self._reading is not None:
            self.acts.issue(self._reading)

    def _with_notice(self, act: Callable[[Notice], None]) -> None:
        if self._reading is not None:
            act(self._reading.notice)

    def _print(self) -> None:
        """Ctrl+P: open the print panel, and print when it is open."""
        if (reading := self._issued()) is not None:
            self.paper.open_print(reading)

    def _serve(self, method: ServingMethod | None = None) -> None:
        """Alt+S, F10: open the serve panel of a notice that was not served yet."""
        if (reading := self._issued()) is not None and reading.serving is None:
            self.paper.open_serve(reading, method)

    def _redact(self) -> None:
        self.proof.redact(self._reading.notice if self._reading is not None else None)

    def _place(self) -> Place | None:
        reading = self._reading
        if reading is None:
            return None
        return Place(reading.inspection.id, reading.firm, day_time(reading.inspection.started_at)[:10])

    def _issued(self) -> NoticeReading | None:
        """Return the notice at hand if it is issued."""
        reading = self._reading
        return reading if reading is not None and reading.notice.state is NoticeState.ISSUED else None

    # --- places ----------------------------------------------------------------

    def _follow(self, field: str) -> None:
        """Go where a finding points."""
        if self._reading is None:
            return
        if field.startswith(FILLED):
            self._to_form(field.removeprefix(FILLED))
            return
        place, record = destination(field, self._reading.inspection.id)
        if place == LIKENESS:
            self.acts.compare(record)
        elif place == RECORD:
            self._open_record()
        elif place:
            self.wanted.emit(place, record)

    def _open_record(self) -> None:
        if self._reading is None or self._list is None:
            return
        inspection_id = self._reading.inspection.id
        if self._list.inspection_id == inspection_id:
            self._begin(FormCode.INSPECTION_RECORD)
        else:
            self.show_record(inspection_id)

    def _open_other(self, notice_id: str) -> None:
        self.list.list.choose(notice_id)

    def _go_back(self) -> None:
        """Esc: from a task to the facts, from there to the visit."""
        if self.paper.task:
            self.paper.close()
            return
        self._to_workspace()

    def _to_workspace(self) -> None:
        if found := self._reading.inspection.id if self._reading is not None else self._inspection_id:
            self.wanted.emit("inspection", found)

    def _to_side(self) -> None:
        self.arrangement.go(CHECK)
        self._on_tab(CHECK)
        cards = self.findings.cards
        if self.arrangement.side() is self.findings and cards:
            cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_tab(self, _tab: str) -> None:
        if self._reading is not None:
            self._show_side(self._reading)

    def _to_form(self, key: str = "") -> None:
        """F5: the form of the draft at hand, at a field or at the first that is missing."""
        if self._reading is None or self._reading.filling is None:
            return
        self.arrangement.go(FILL)
        self.arrangement.show_side(self.filling)
        if not self.filling.focus(key):
            self.filling.begin()

    def _show_counts(self) -> None:
        notices = len(self._list.notices) if self._list else 0
        reading = self._reading
        found = reading.score(is_short=not self.arrangement.is_wide) if reading is not None else ""
        is_draft = self._reading is None or self._reading.notice.state is NoticeState.DRAFT
        first = self.paper.word() or (tr("体检") if is_draft else tr("详情"))
        missing = self.filling.missing() if reading is not None and reading.filling is not None else None
        self.arrangement.show_counts(found=found if is_draft else "", notices=notices, first=first, missing=missing)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.beginnings.retranslate()
        self._show_counts()
        self._show_actions()
        self._tell_title()
        if self._list is not None:
            rows = self._rows(self._list)
            self.list.show_notices(rows, current=self._current, can_begin=self._list.can_begin)
