"""NoticesView 文书与体检: what would be printed beside what stands against it; issue, export, make void.

`show_record("<inspection id>")` shows that inspection's notices, `"notice:<id>"` one notice, "" the latest of all.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.finding_words import link_word
from ui.models.notice_rows import form_name, notice_rows, state_badge
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.tokens import tokens
from ui.views.notices.findings_pane import FindingsPane, verdict
from ui.views.notices.issue_dialog import IssueDialog
from ui.views.notices.issued_pane import IssuedPane
from ui.views.notices.list_pane import NoticeListPane
from ui.views.notices.page_pane import PagePane
from ui.views.notices.record import NoticeList, NoticeReading, draft_of, read_list, read_notice
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.panel import Surface
from ui.widgets.strips import BottomStrip
from ui.widgets.tabs import Tab, Tabs
from ui.widgets.text_dialog import TextDialog
from ui.widgets.view import View

_OURS = {Topic.INSPECTIONS, Topic.HAZARDS, Topic.EVIDENCE, Topic.NOTICES, Topic.NUMBERS, Topic.SITES}
_LIST_WIDTH, _SIDE_WIDTH, _NARROW_SIDE = 260, 372, 340
CHECK, LIST = "check", "list"


class NoticesView(View):
    """See the module text."""

    place = "notices"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._inspection_id = self._current = ""
        self._list: NoticeList | None = None
        self._reading: NoticeReading | None = None
        self._dialog: IssueDialog | None = None
        self.list = NoticeListPane()
        self.page = PagePane(services, tasks)
        self.findings = FindingsPane()
        self.issued = IssuedPane()
        self.tabs = Tabs()
        self.export = Button(icon="file-export", on_click=self._ask_folder)
        self.void = Button(on_click=self._ask_void)
        self.again = Button(icon="refresh", on_click=self._make_again)
        self.back = Button(icon="arrow-left", on_click=self._to_workspace)
        self.issue = Button(kind="primary", on_click=self._ask_issue)
        self.strip = BottomStrip(primary=self.issue, others=[self.back, self.void, self.again, self.export])
        self._build()
        self._connect()
        self._bind_keys()
        self.retranslate()

    def _build(self) -> None:
        self._side = QStackedWidget()
        self._side.addWidget(self.findings)
        self._side.addWidget(self.issued)
        self._left = Surface("surface", line="right")
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setContentsMargins(0, 0, 0, 0)
        self._right = Surface("surface", line="left")
        right = QVBoxLayout(self._right)
        right.setContentsMargins(self.theme.line, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.tabs)
        right.addWidget(self._side, 1)
        self._right_column = right
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left)
        row.addWidget(self.page, 1)
        row.addWidget(self._right)
        self.begin = {form: Button(icon="file-plus", on_click=partial(self._begin, form)) for form in FormCode}
        self.empty = EmptyState("file-text", buttons=list(self.begin.values()))
        ground = Surface("surface")
        QVBoxLayout(ground).addWidget(self.empty)
        self._pile = QStackedWidget()
        self._pile.addWidget(body)
        self._pile.addWidget(ground)
        self.work.addWidget(self._pile)
        self.set_bottom(self.strip)
        self._is_wide: bool | None = None
        self._arrange()

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.begun.connect(self._begin)
        self.findings.followed.connect(self._follow)
        self.issued.opened.connect(self._open_other)
        self.tabs.chosen.connect(self._show_tab)
        self._tasks.changed.connect(self._on_changed)

    def _bind_keys(self) -> None:
        self.add_key("F8", self.issue)
        self.add_key("Ctrl+E", self.export)
        self.add_key("F4", self.back)
        self.add_key("Ctrl+1", partial(self._begin, FormCode.INSPECTION_RECORD), name=lambda: tr("制作现场检查记录"))
        self.add_key(
            "Ctrl+2", partial(self._begin, FormCode.RECTIFICATION_ORDER), name=lambda: tr("制作责令限期整改指令书")
        )
        self.add_key("F6", self._to_list, name=lambda: tr("文书"))
        self.add_key("F7", self._to_side, name=lambda: tr("核发体检"))
        self.add_key("PgUp", partial(self.page.page_on, -1), name=lambda: tr("上一页"))
        self.add_key("PgDown", partial(self.page.page_on, 1), name=lambda: tr("下一页"))
        self.begin[FormCode.INSPECTION_RECORD].set_key("Ctrl+1")
        self.begin[FormCode.RECTIFICATION_ORDER].set_key("Ctrl+2")

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
        rows = notice_rows(found.notices, None if found.inspection_id else found.firms)
        ids = [row.id for row in rows]
        if self._current not in ids:
            self._current = ids[0] if ids else ""
        self.list.show_notices(rows, current=self._current, can_begin=bool(found.inspection_id))
        self._pile.setCurrentIndex(0 if rows else 1)
        for button in self.begin.values():
            button.setVisible(bool(found.inspection_id))
        self._say_empty()
        if self._current:
            self._ask_notice()
        else:
            self._reading = None
            self._show_actions()
            self._tell_title()

    def _ask_notice(self) -> None:
        self._tasks.query(
            self, read_notice, self._services, self._current, done=self._take, failed=self._cannot_draw, key="notice"
        )

    def _take(self, reading: NoticeReading) -> None:
        is_other = self._reading is None or self._reading.notice.id != reading.notice.id
        self._reading = reading
        if is_other:
            self.page.first()
        if reading.preview.pages:
            self.page.show_pdf(reading.preview.pdf, reading.preview.pages)
        else:
            self.page.show_note(tr("有字没有字形，排不了版；见右侧"))
        if reading.notice.state is NoticeState.DRAFT:
            self.findings.show_reading(reading)
            self._side.setCurrentWidget(self.findings)
        else:
            self.issued.show_reading(reading, self._list.notices if self._list else ())
            self._side.setCurrentWidget(self.issued)
        self._show_tabs()
        self._show_actions()
        self._tell_title()

    def _cannot_draw(self, error: InspectorError) -> None:
        self._reading = None
        self.page.show_note(message(error).title)
        self._show_actions()
        self._tasks.failed.emit(error)

    def _miss(self, error: InspectorError) -> None:
        self._list, self._reading, self._current = None, None, ""
        self._pile.setCurrentIndex(1)
        self._show_actions()
        self._tasks.failed.emit(error)

    def _tell_title(self) -> None:
        if self._reading is None:
            firm = next(iter(self._list.firms.values()), "") if self._list and self._list.inspection_id else ""
            self.show_title(tr("文书"), firm)
            return
        notice = self._reading.notice
        self.show_title(form_name(notice.form), self._reading.firm, state_badge(notice.state))

    def _show_actions(self) -> None:
        reading = self._reading
        state = reading.notice.state if reading is not None else None
        is_draft = state is NoticeState.DRAFT
        self.issue.setVisible(is_draft)
        self.export.setVisible(state in {NoticeState.ISSUED, NoticeState.VOID})
        self.void.setVisible(state is NoticeState.ISSUED)
        self.again.setVisible(state is NoticeState.VOID and reading is not None and not reading.notice.superseded_by)
        self.back.setVisible(bool(reading is not None or self._inspection_id))
        self.strip.say(self._hint(state))
        if reading is not None and is_draft:
            why = self._why_not(reading)
            if why:
                self.issue.refuse(why)
                self.strip.say(why, icon="info-circle")
            else:
                self.issue.allow()

    def _hint(self, state: NoticeState | None) -> str:
        words = {
            NoticeState.DRAFT: tr("核发前都可修改；核发后只能作废重做"),
            NoticeState.ISSUED: tr("内容已固定；显示的就是保存的原件"),
            NoticeState.VOID: tr("已作废，编号不再使用；原件保留"),
        }
        return words[state] if state is not None else ""

    def _why_not(self, reading: NoticeReading) -> str:
        """Say why it can't be issued now, empty if it can."""
        if reading.second_officer(self._services.me.id) is None:
            return tr("请由本次检查的执法人员核发")
        if not reading.preview.is_issuable:
            return verdict(reading.preview.findings)
        return ""

    # --- doing -----------------------------------------------------------------

    def _choose(self, notice_id: str) -> None:
        self._current = notice_id
        self._ask_notice()

    def _begin(self, form: FormCode) -> None:
        """Begin a notice of the inspection that is open, or go to its draft if there is one already."""
        if self._list is None or not self._list.inspection_id:
            return
        there = draft_of(self._list.notices, form)
        if there is not None:
            self.list.list.choose(there.id)
            return
        self._tasks.command(
            self, self._services.notices.draft, self._list.inspection_id, form, done=self._stand_on_made
        )

    def _stand_on_made(self, changes: Changes) -> None:
        self._current = changes.made

    def _ask_issue(self) -> None:
        reading = self._reading
        second = reading.second_officer(self._services.me.id) if reading is not None else None
        if reading is None or second is None or not reading.preview.is_issuable:
            return
        dialog = IssueDialog(
            self,
            form=form_name(reading.notice.form),
            numbers_left=reading.preview.numbers_left,
            second=second.name,
        )
        dialog.confirmed.connect(lambda pin: self._issue(reading.notice.id, second.id, pin))
        self._dialog = dialog
        dialog.open()

    def _issue(self, notice_id: str, second_id: str, pin: str) -> None:
        work = partial(self._services.notices.issue, notice_id, second_officer_id=second_id, pin=pin)
        self._tasks.command(self, work, done=lambda _changes: self._after_issue(notice_id), failed=self._not_issued)

    def _after_issue(self, notice_id: str) -> None:
        self._close_dialog()
        self._tasks.query(self, self._services.notices.get, notice_id, done=self._tell_issued)

    def _tell_issued(self, notice: Notice) -> None:
        self.say(tr("已核发 {number}", number=notice.number), tr("原件已加密保存，可存为 PDF"))

    def _not_issued(self, error: InspectorError) -> None:
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.refuse(error)
        else:
            self._tasks.failed.emit(error)

    def _close_dialog(self) -> None:
        if self._dialog is not None and shiboken6.isValid(self._dialog):
            self._dialog.accept()
        self._dialog = None

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self.window(), tr("存为 PDF：选择文件夹"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.export_to(Path(names[0])))
        dialog.open()

    def export_to(self, folder: Path) -> None:
        """Write the stored bytes into a folder; it leaves the encrypted store then, and that is said."""
        if self._reading is None:
            return
        notice_id = self._reading.notice.id
        self._tasks.job(
            self, lambda _tell, _stop: self._services.notices.export(notice_id, folder), done=self._tell_exported
        )

    def _tell_exported(self, path: Path) -> None:
        self.say(tr("已存为 {name}", name=path.name), tr("在 {folder}；这份副本未加密", folder=path.parent))

    def _ask_void(self) -> None:
        if self._reading is None:
            return
        notice = self._reading.notice
        dialog = TextDialog(
            self,
            title=tr("作废 {number}？", number=notice.number),
            text=tr("编号记为“废”，不再使用；原件与照片保留"),
            label=tr("理由"),
            verb=tr("作废"),
            kind="danger",
        )
        dialog.written.connect(lambda reason: self._tasks.command(self, self._services.notices.void, notice.id, reason))
        dialog.open()

    def _make_again(self) -> None:
        if self._reading is None:
            return
        notice = self._reading.notice
        work = partial(self._services.notices.draft, notice.inspection_id, notice.form, supersedes=notice.id)
        self._tasks.command(self, work, done=self._stand_on_made)

    # --- places ----------------------------------------------------------------

    def _follow(self, field: str) -> None:
        """Go where a finding points."""
        if self._reading is None or not link_word(field):
            return
        if field.startswith("notices"):
            self._open_record()
        elif field.startswith("number"):
            self.wanted.emit("sync", "")
        else:
            self.wanted.emit("inspection", f"{self._reading.inspection.id}#{field}")

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

    def _to_workspace(self) -> None:
        found = self._reading.inspection.id if self._reading is not None else self._inspection_id
        if found:
            self.wanted.emit("inspection", found)

    def _to_list(self) -> None:
        if not self._is_wide:
            self._show_tab(LIST)
        self.list.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _to_side(self) -> None:
        self._show_tab(CHECK)
        cards = self.findings.cards
        if self._side.currentWidget() is self.findings and cards:
            cards[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _arrange(self) -> None:
        """Three columns from 1100 on; below, the list shares the right one with the check."""
        width = self.window().width() / self.theme.scale
        is_wide = width >= tokens()["breakpoints"]["threePane"][0]
        self._left.setFixedWidth(self.theme.u(_LIST_WIDTH))
        self._right.setFixedWidth(self.theme.u(_SIDE_WIDTH if is_wide else _NARROW_SIDE))
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        (self._left_column if is_wide else self._right_column).addWidget(self.list)
        self.setFocusProxy(self.list.list if is_wide else self.page.preview)
        self._left.setVisible(is_wide)
        self.tabs.setVisible(not is_wide)
        for pane in (self.list, self.findings, self.issued):
            pane.header.setVisible(is_wide)
        self._show_tabs()
        self._show_tab(self.tabs.current() or CHECK)

    def _show_tabs(self) -> None:
        notices = len(self._list.notices) if self._list else 0
        found = len(self._reading.preview.findings) if self._reading else 0
        self.tabs.set_tabs(
            [
                Tab(CHECK, tr("体检"), count=str(found) if found else "", key="F7"),
                Tab(LIST, tr("文书"), count=str(notices) if notices else "", key="F6"),
            ],
            current=self.tabs.current() or CHECK,
        )

    def _show_tab(self, tab: str) -> None:
        self.tabs.set_current(tab)
        self._side.setVisible(bool(self._is_wide) or tab == CHECK)
        self.list.setVisible(bool(self._is_wide) or tab == LIST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the arrangement for this width."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """The breakpoint follows the text scale."""
        if hasattr(self, "_is_wide"):
            self._arrange()
        super().restyle()

    def _say_empty(self) -> None:
        if self._list is not None and self._list.inspection_id:
            self.empty.say(tr("还没有文书"), tr("先核发现场检查记录，再制作责令限期整改指令书"))
        else:
            self.empty.say(tr("还没有文书"), tr("打开一次检查，按 F8 生成文书"))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.issue.setText(tr("核发"))
        self.export.setText(tr("存为 PDF"))
        self.void.setText(tr("作废…"))
        self.again.setText(tr("重新制作"))
        self.back.setText(tr("回到检查"))
        for form, button in self.begin.items():
            button.setText(form_name(form))
        self._say_empty()
        self._show_tabs()
        self._show_actions()
        self._tell_title()
        if self._list is not None:
            rows = notice_rows(self._list.notices, None if self._list.inspection_id else self._list.firms)
            self.list.show_notices(rows, current=self._current, can_begin=bool(self._list.inspection_id))
