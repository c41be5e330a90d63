"""Today: what was inspected today and before, what was found, what waits; begin a new inspection.

Goes on to the place `inspection` with the id of the inspection.
"""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.clock import CHINA, SystemClock
from inspector.domain.changes import Changes, Topic
from inspector.domain.inspection import InspectionState
from inspector.services.inspections import InspectionSummary
from inspector.services.sites import DueVisit
from inspector.services.sync import SyncState
from ui.states import pending
from ui.tasks import Tasks
from ui.text import tr
from ui.views.today.count_strip import CountStrip, Figure
from ui.views.today.rows import counts, in_order, local, resumable, row
from ui.views.today.site_card import SiteCard
from ui.views.today.start import StartDialog
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.panel import Card, PaneHeader
from ui.widgets.rows import RowList
from ui.widgets.strips import BottomStrip
from ui.widgets.thumbs import Thumbs
from ui.widgets.view import View

_TOPICS = {Topic.INSPECTIONS, Topic.HAZARDS, Topic.EVIDENCE, Topic.NOTICES, Topic.SITES, Topic.SYNC}
WIDE = 1100
"""From this logical width ÷ text scale on there is room for the site card."""
SOON = 3
"""Deadlines are told from so many days before on (look.md §7: ≤ 3 days)."""
Day = tuple[list[InspectionSummary], dict[str, DueVisit], list[str]]


class TodayView(View):
    """The first screen after unlocking."""

    place = "today"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._summaries: tuple[InspectionSummary, ...] = ()
        self._sync: SyncState | None = None
        self._due: dict[str, DueVisit] = {}
        self._typed: tuple[str, ...] = ()
        self._wanted = ""
        thumbs = Thumbs(tasks, services.evidence.preview, self)
        self._counts = CountStrip()
        self._head = PaneHeader()
        self.list = RowList(height="rowTask", thumbs=thumbs)
        self.site = SiteCard(thumbs)
        self.site.wanted.connect(self.wanted)
        self._new_first = Button(kind="primary", icon="plus", key="Ctrl+N", on_click=self.start)
        self._empty = EmptyState("calendar-event", buttons=[self._new_first])
        self.new = Button(icon="plus", key="Ctrl+N", on_click=self.start)
        self.open = Button(kind="primary", key="Enter", on_click=self._open)
        self._bottom = BottomStrip(primary=self.open, others=[self.new])
        self._lay_out()
        self.add_key("Ctrl+N", self.start, name=self.new.text)
        self.list.chosen.connect(lambda _id: self._show_site())
        self.list.opened.connect(lambda inspection_id: self.wanted.emit("inspection", inspection_id))
        tasks.changed.connect(self._on_changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read)
        self.setFocusProxy(self.list)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self._card = Card(padding=0)
        self._card.column.addWidget(self._head)
        self._pile = QStackedLayout()
        self._card.column.addLayout(self._pile, 1)
        self._pile.addWidget(self.list)
        self._pile.addWidget(self._empty)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._card, 1)
        self._columns.addWidget(self.site)
        self._page = QVBoxLayout()
        self._page.addWidget(self._counts)
        self._page.addLayout(self._columns, 1)
        self.work.addLayout(self._page)
        self.set_bottom(self._bottom)

    def show_record(self, record_id: str) -> None:
        """Read the list again; stand on an inspection if one is named."""
        self._wanted = record_id
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.topics & _TOPICS:
            self._soon.start(0)

    def _read(self) -> None:
        self._tasks.query(self, self._read_day, self._services, self._today(), done=self._take, key="list")
        self._tasks.query(self, self._services.sync.state, done=self._take_sync, key="sync")

    @staticmethod
    def _read_day(services: App, today: date) -> Day:
        """Runs on a work thread."""
        due = services.sites.due(today + timedelta(days=SOON))
        return services.inspections.list(), {one.inspection_id: one for one in due}, services.drafts.owners()

    def _take(self, told: Day) -> None:
        summaries, self._due, owners = told
        self._typed = tuple(owners)
        self._summaries = tuple(in_order(summaries, self._due))
        self._show()

    def _take_sync(self, state: SyncState) -> None:
        self._sync = state
        self._show_counts()

    def _show(self) -> None:
        today = self._today()
        is_open = {one.inspection.id for one in self._summaries if one.inspection.state is InspectionState.OPEN}
        near = {key: value for key, value in self._due.items() if key not in is_open}
        rows = [row(one, today, near.get(one.inspection.id)) for one in self._summaries]
        stand = self._wanted or self.list.current() or (rows[0].id if rows else "")
        self.list.set_rows(rows, choose=stand)
        self._wanted = ""
        self._pile.setCurrentIndex(0 if rows else 1)
        self.open.setVisible(bool(rows))
        self.new.setVisible(bool(rows))
        self._head.set_count(str(len(rows)) if rows else "")
        if not rows:
            self._new_first.setFocus()
        self._show_site()
        self._show_counts()
        self._show_resume()

    def _show_resume(self) -> None:
        """Say where one left off."""
        found = resumable(self._summaries, self._typed)
        if found is None:
            self._bottom.say(tr("离线可照常检查，联网后再同步；F1 看全部快捷键"))
            return
        at = local(found.inspection.started_at)
        has_more = any(owner.endswith(found.inspection.id) for owner in self._typed)
        more = tr("有没写完的隐患") if has_more else tr("隐患 {n}", n=found.hazard_count)
        said = tr("继续上次：{site}　{at} 起　{more}", site=found.site.name, at=f"{at:%m-%d %H:%M}", more=more)
        self._bottom.say(said, icon="history")

    def _today(self) -> date:
        return SystemClock().read().at.astimezone(CHINA).date()

    def _show_counts(self) -> None:
        told = counts(self._summaries, self._today())
        majors = tr("其中重大 {n}", n=told.majors) if told.majors else tr("没有重大隐患")
        figures = [
            Figure(str(told.today), tr("今日检查"), tr("共 {n} 次", n=len(self._summaries))),
            Figure(str(told.hazards), tr("隐患"), majors, "danger" if told.majors else "text", is_minor=True),
            self._due_figure(),
            Figure(str(told.notices), tr("文书"), tr("草稿与已核发"), is_minor=True),
        ]
        if self._sync is not None and self._sync.can_sync:
            figures.append(self._sync_figure(self._sync))
        self._counts.show_figures(figures)

    def _due_figure(self) -> Figure:
        """How many visits have hazards whose deadline is near or over."""
        today = self._today()
        over = sum(one.deadline < today for one in self._due.values())
        now = sum(one.deadline == today for one in self._due.values())
        second = tr("今天 {a}，逾期 {b}", a=now, b=over) if self._due else tr("{n} 天内没有", n=SOON)
        return Figure(str(len(self._due)), tr("复查到期"), second, "danger" if over else "text")

    def _sync_figure(self, state: SyncState) -> Figure:
        waiting = pending(state)
        if not waiting:
            return Figure("", tr("全部送达"), tr("可以交接"), "ok", icon="filled/shield-check")
        backlog = state.backlog
        second = tr("记录 {a}、文件 {b}", a=backlog.entries, b=backlog.notices + backlog.photos + backlog.footage)
        return Figure(str(waiting), tr("待送"), second)

    def _show_site(self) -> None:
        current = self.list.current()
        found = next((one for one in self._summaries if one.inspection.id == current), None)
        is_open = found is not None and found.inspection.state is InspectionState.OPEN
        self.open.setText(tr("继续检查") if is_open else tr("打开检查"))
        if found is None:
            self.site.show_history(None)
            return
        history = self._services.sites.history
        self._tasks.query(self, history, found.site.id, done=self.site.show_history, key="site")

    def _open(self) -> None:
        if self.list.current():
            self.wanted.emit("inspection", self.list.current())

    def start(self) -> None:
        """Choose a site and the second officer, begin an inspection, go there."""
        dialog = StartDialog(self, self._services, self._tasks)
        dialog.started.connect(lambda inspection_id: self.wanted.emit("inspection", inspection_id))
        dialog.open()

    def retranslate(self) -> None:
        """Set every word."""
        self.show_title(tr("今日"))
        self._head.set_title(tr("检查"))
        day = SystemClock().read().at.astimezone(CHINA)
        week = tr("周一 周二 周三 周四 周五 周六 周日").split(" ")[day.weekday()]
        self._head.set_note(tr("{m} 月 {d} 日 {week}", m=day.month, d=day.day, week=week))
        self.list.setAccessibleName(tr("检查"))
        self.new.setText(tr("新建检查"))
        self._new_first.setText(tr("新建检查"))
        self._empty.say(tr("今天没有安排"), tr("按 Ctrl+N 新建检查，选择被检查单位和同行人员"))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list the whole width where it is narrow."""
        super().resizeEvent(event)
        self.site.setVisible(self.window().width() / self.theme.scale >= WIDE)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._page.setContentsMargins(u(20), u(20), u(20), u(20))
        self._page.setSpacing(u(20))
        self._columns.setSpacing(u(20))
        super().restyle()
