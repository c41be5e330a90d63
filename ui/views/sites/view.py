"""SitesView 企业: find a site by name, pinyin initials or credit code, read its card and history, begin a visit there.

`show_record("<site id>")` stands on a site.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.site import Site
from inspector.services.rechecks import OpenOrder
from inspector.services.sites import SiteHistory
from ui.context import today
from ui.models.site_words import site_row
from ui.tasks import Tasks
from ui.text import tr
from ui.views.sites.history import SiteHistoryPart
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.panel import PaneHeader, ScrollPane, Surface
from ui.widgets.search_list import SearchList
from ui.widgets.strips import BottomStrip
from ui.widgets.thumbs import Thumbs
from ui.widgets.view import View

SHOWN = 200
_TOPICS = {Topic.SITES, Topic.INSPECTIONS, Topic.HAZARDS, Topic.EVIDENCE, Topic.NOTICES, Topic.RECHECKS}


class SitesView(View):
    """See the module text."""

    place = "sites"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._wanted, self._site_id = "", ""
        self._history: SiteHistory | None = None
        self._sites: tuple[Site, ...] = ()
        thumbs = Thumbs(tasks, services.evidence.preview, self)
        self.header = PaneHeader()
        self.search = SearchList()
        self.part = SiteHistoryPart(thumbs)
        self.nothing = EmptyState("building-warehouse")
        self.begin = Button(kind="primary", key="Ctrl+N", on_click=self.start)
        self.add = Button(icon="plus", on_click=self.add_site)
        self.recheck = Button(icon="refresh", on_click=self.begin_recheck)
        self._bottom = BottomStrip(primary=self.begin, others=[self.add, self.recheck])
        self._lay_out()
        self.add_key("Ctrl+N", self.begin)
        self.add_key("Ctrl+R", self.recheck)
        self.add_key("F3", self.search.field.setFocus, name=lambda: tr("查找企业"))
        self.search.searched.connect(self._search)
        self.search.moved.connect(self._show_site)
        self.search.chosen.connect(self._show_site)
        self.part.wanted.connect(self.wanted)
        tasks.changed.connect(self._on_changed)
        self.setFocusProxy(self.search)
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self._left = Surface("surface", line="right")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, self.theme.line, 0)
        left.setSpacing(0)
        left.addWidget(self.header)
        self._frame = QVBoxLayout()
        self._frame.addWidget(self.search)
        left.addLayout(self._frame, 1)
        right = Surface("surface")
        self._pile = QStackedLayout(right)
        ground = QWidget()
        row = QHBoxLayout(ground)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.part, 1)
        self._pile.addWidget(ScrollPane(ground))
        self._pile.addWidget(self.nothing)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self._left)
        columns.addWidget(right, 1)
        self.work.addLayout(columns)
        self.set_bottom(self._bottom)

    def show_record(self, record_id: str) -> None:
        """Read the list; stand on a site if one is named."""
        self._wanted = record_id or self._site_id
        if record_id:
            self.search.field.clear()
        self._search(self.search.field.text())

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.topics & _TOPICS:
            self._wanted = self._site_id
            self._search(self.search.field.text())

    def _search(self, text: str) -> None:
        self._tasks.query(self, self._services.sites.list, text, SHOWN, done=self._take, key="list")

    def _take(self, found: list[Site]) -> None:
        wanted, self._wanted = self._wanted, ""
        text = self.search.field.text()
        self._sites = tuple(found)
        self.search.show_rows(
            [site_row(one) for one in found],
            nothing=tr("没有找到“{text}”", text=text) if text else tr("还没有企业"),
            hint=tr("试试拼音首字母或信用代码，或登记新单位"),
        )
        self.header.set_count(str(len(found)) if len(found) < SHOWN else f"{SHOWN}+")
        ids: list[str] = [one.id for one in found]
        if wanted in ids:
            self.search.list.choose(wanted)
        self._show_site(wanted if wanted and not text else self.search.list.current())

    def _show_site(self, site_id: str) -> None:
        self._site_id = site_id
        if not site_id:
            self._take_history(None)
            return
        self._tasks.query(self, self._services.sites.history, site_id, done=self._take_history, key="history")

    def _take_history(self, history: SiteHistory | None) -> None:
        self._history = history
        self._pile.setCurrentIndex(0 if history is not None else 1)
        self.part.show_history(history, today())
        self.begin.setVisible(history is not None)
        self.recheck.hide()
        if history is not None:
            orders = self._services.rechecks.orders
            self._tasks.query(self, orders, history.site.id, done=self._offer_recheck, key="orders")

    def start(self) -> None:
        """Begin a visit at the shown site: only the second officer is left to choose."""
        from ui.views.today.start import StartDialog

        if self._history is None:
            return
        dialog = StartDialog(self, self._services, self._tasks, site=self._history.site)
        dialog.started.connect(lambda inspection_id: self.wanted.emit("inspection", inspection_id))
        dialog.open()

    def _offer_recheck(self, orders: list[OpenOrder]) -> None:
        """Offer a re-check where an order waits for one."""
        self.recheck.setVisible(bool(orders))

    def begin_recheck(self) -> None:
        """Go to the orders that wait, standing on this site's."""
        if self._history is not None:
            self.wanted.emit("recheck", f"site:{self._history.site.id}")

    def add_site(self) -> None:
        """Record a site that the register doesn't know."""
        from ui.views.today.new_site import NewSiteDialog

        dialog = NewSiteDialog(self, self._services, self._tasks)
        dialog.added.connect(self.search.field.setText)
        dialog.open()

    def retranslate(self) -> None:
        """Set every word."""
        self.show_title(tr("企业"))
        self.header.set_title(tr("企业"))
        self.search.field.setPlaceholderText(tr("输入名称、拼音首字母或信用代码"))
        for part in (self.search.field, self.search.list):
            part.setAccessibleName(tr("企业"))
        self.begin.setText(tr("开始检查"))
        self.add.setText(tr("登记新单位"))
        self.recheck.setText(tr("复查"))
        self._bottom.say(tr("名录和历史都在本机，离线可查"))
        self.nothing.say(tr("没有选择企业"), tr("按 F3 查找，或登记新单位"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_frame"):
            u = self.theme.u
            self._left.setFixedWidth(u(360))
            self._frame.setContentsMargins(u(12), u(12), u(12), 0)
        super().restyle()
