"""StartDialog: which site, and who comes along. Signal `started(inspection_id)`."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import InspectorError
from ui.context import today
from ui.messages import message
from ui.models.site_words import site_row
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.status import Badge
from ui.views.today.new_site import NewSiteDialog
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.rows import Row, RowList
from ui.widgets.search_list import SearchList

SHOWN = 60


class StartDialog(Dialog):
    """Choose, then begin: two certified officers, one site."""

    started = Signal(str)

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, *, site: Site | None = None) -> None:
        """`site` is already chosen: the search stands on it."""
        super().__init__(parent, title=tr("新建检查"), verb=tr("开始检查"), width=640, key="Ctrl+Enter")
        self._services, self._tasks = services, tasks
        self._people: list[Officer] = []
        self.sites = SearchList(placeholder=tr("输入名称、拼音首字母或信用代码"), name=tr("被检查单位"))
        self.sites.prefer_height(240)
        self.second = RowList(height="rowSingle", name=tr("同行执法人员"))
        self._head = Label(tr("同行执法人员"), role="bodyStrong")
        self._lead = Label(tr("主办 {name}", name=services.me.name), role="meta", color="text2")
        self._add = Button(tr("登记新单位"), kind="quiet", icon="plus", on_click=self._add_site)
        head = QHBoxLayout()
        head.addWidget(Label(tr("被检查单位"), role="bodyStrong"), 1)
        head.addWidget(self._add)
        people = QHBoxLayout()
        people.addWidget(self._head)
        people.addWidget(self._lead, 1)
        people.setSpacing(self.theme.u(12))
        self.column.addLayout(head)
        self.column.addWidget(self.sites, 1)
        self.column.addLayout(people)
        self.column.addWidget(self.second)
        self.sites.searched.connect(self._search)
        self.sites.chosen.connect(lambda _id: self.second.setFocus(Qt.FocusReason.TabFocusReason))
        self.second.opened.connect(lambda _id: self._begin())
        self.agreed.connect(self._begin)
        if site is not None:
            self.sites.field.setText(site.credit_code)
            self.second.setFocus(Qt.FocusReason.OtherFocusReason)
        self._search(self.sites.field.text())
        tasks.query(self, services.inspections.officers, done=self._take_people)

    def _search(self, text: str) -> None:
        self._tasks.query(self, self._services.sites.list, text, SHOWN, done=self._take_sites, key="sites")

    def _take_sites(self, sites: list[Site]) -> None:
        rows = [site_row(site) for site in sites]
        nothing = tr("没有找到“{text}”", text=self.sites.field.text())
        self.sites.show_rows(rows, nothing=nothing, hint=tr("试试拼音首字母或信用代码，或登记新单位"))

    def _take_people(self, people: list[Officer]) -> None:
        day = today()
        me = self._services.me.id
        self._people = [one for one in people if one.id != me]
        rows = []
        for one in self._people:
            is_fit = one.is_certified_on(day)
            word = Badge(word=tr("至 {day}", day=one.cert_to), icon="filled/circle-check", icon_fg="ok")
            if not is_fit:
                word = Badge(word=tr("证件已过期，不能作为执法人员"), icon="filled/circle-x", fg="danger")
            rows.append(Row(id=one.id, title=one.name, beside=one.cert_no, badges=(word,), is_dim=not is_fit))
        first = next((one.id for one in self._people if one.is_certified_on(day)), "")
        self.second.set_rows(rows, choose=first)
        shown = min(4, max(1, len(rows)))
        self.second.setMinimumHeight(round(min(1.5, shown) * self.theme.size("rowSingle")))
        self.second.setMaximumHeight(shown * self.theme.size("rowSingle"))
        if not rows:
            self.show_error(tr("本单位没有其他执法人员，检查须有两人"))

    def _begin(self) -> None:
        site, second = self.sites.list.current(), self.second.current()
        if not site:
            self.show_error(tr("请先选择被检查单位"))
            return
        if not second:
            self.show_error(tr("请先选择同行执法人员"))
            return
        pair = (self._services.me.id, second)
        self._tasks.command(self, self._services.inspections.start, site, pair, done=self._done, failed=self._refuse)

    def _done(self, changes: Changes) -> None:
        self.started.emit(changes.made)
        self.accept()

    def _refuse(self, error: InspectorError) -> None:
        self.show_error(message(error).happened)

    def _add_site(self) -> None:
        dialog = NewSiteDialog(self, self._services, self._tasks)
        dialog.added.connect(self._take_new)
        dialog.open()

    def _take_new(self, name: str) -> None:
        self.sites.field.setText(name)
        self._search(name)
