"""NoticeParts: what the notice screen is made of; the screen itself (`view.py`) reads, connects and acts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.app import App
from ui.tasks import Tasks
from ui.views.documents.form_pane import FormPane
from ui.views.notices.acts import NoticeActs
from ui.views.notices.arrangement import LIST, NoticeArrangement
from ui.views.notices.beginnings import Beginnings
from ui.views.notices.findings_pane import FindingsPane
from ui.views.notices.issued_pane import IssuedPane
from ui.views.notices.list_pane import NoticeListPane
from ui.views.notices.notice_strip import NoticeStrip
from ui.views.notices.page_pane import PagePane
from ui.views.notices.paperwork import Paperwork
from ui.widgets.keys import press
from ui.widgets.panel import Surface
from ui.widgets.view import View


class NoticeParts(View):
    """The parts, laid out; `_turn_to` turns between the notices and the ways to begin the first."""

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.list = NoticeListPane()
        self.page = PagePane(services, tasks)
        self.findings = FindingsPane()
        self.issued = IssuedPane()
        self.filling = FormPane(services, tasks)
        self.acts = NoticeActs(services, tasks, self)
        self.paper = Paperwork(services, tasks, self)
        self.strip = NoticeStrip()
        self.issue, self.export, self.void = self.strip.issue, self.strip.export, self.strip.void
        self.again, self.back = self.strip.again, self.strip.back
        self.beginnings = Beginnings()
        self._lay_out()

    def _lay_out(self) -> None:
        self.arrangement = NoticeArrangement(
            notices=self.list, page=self.page, sides=(self.findings, self.issued, self.filling)
        )
        self.paper.made.connect(self.arrangement.add_side)
        ground = Surface("surface")
        QVBoxLayout(ground).addWidget(self.beginnings)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.arrangement)
        self._pile.addWidget(ground)
        self.work.addWidget(self._pile)
        self.set_bottom(self.strip)

    def _turn_to(self, *, is_empty: bool) -> None:
        """Show the notices, or the ways to begin the first."""
        self._pile.setCurrentIndex(1 if is_empty else 0)

    def _finish(self) -> None:
        """Ctrl+Enter: finish the form that is open, or the task beside an issued notice."""
        if self.arrangement.side() is self.filling:
            self.filling.finish()
        else:
            press(self.strip.finish)

    def _to_list(self) -> None:
        self.arrangement.go(LIST)
        self.list.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_arranged(self, is_wide: bool) -> None:
        self.setFocusProxy(self.list.list if is_wide else self.page.preview)
