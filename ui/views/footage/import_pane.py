"""ImportPane: footage from a card or folder into the store; the page of a desk's phase.

pane.show_site(inspection_id, site);  pane.begin() the primary action of the page that is shown.
Signal `changed()` when another page stands there or its action can be done now.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from inspector.app import App
from ui.tasks import Tasks
from ui.text import tr
from ui.views.footage.import_desk import ImportDesk, Phase
from ui.views.footage.import_pages import PAGES, DonePage, FoundPage, RunningPage, SourcesPage
from ui.widgets.panel import Surface

_LOOK_MS = 2000
"""A card that is plugged in is seen after so long, while the page is shown."""


class ImportPane(Surface):
    """See the module text."""

    changed = Signal()

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self.desk = ImportDesk(services, tasks, self)
        self._inspection_id = self._site = ""
        self.sources, self.found = SourcesPage(), FoundPage()
        self.running, self.done = RunningPage(), DonePage()
        self._pile = QStackedLayout(self)
        for page in (self.sources, self.found, self.running, self.done):
            self._pile.addWidget(page)
        self._beat = QTimer(self)
        self._beat.setInterval(_LOOK_MS)
        self._beat.timeout.connect(self._look)
        self._connect()
        self.retranslate()
        self._show()

    def _connect(self) -> None:
        desk = self.desk
        desk.changed.connect(self._show)
        self.sources.scan_wanted.connect(desk.scan)
        self.sources.resume_wanted.connect(desk.resume)
        self.sources.folder.clicked.connect(lambda _on=False: self.choose_folder())
        self.sources.again.clicked.connect(lambda _on=False: desk.look())
        self.found.toggled.connect(desk.toggle)
        self.found.back.clicked.connect(lambda _on=False: desk.back())
        self.running.pause.clicked.connect(lambda _on=False: desk.pause())
        self.running.stop.clicked.connect(lambda _on=False: desk.stop())
        self.done.again.clicked.connect(lambda _on=False: desk.back())

    def show_site(self, inspection_id: str, site: str) -> None:
        """Name the inspection that footage may be given to; empty for none."""
        if (inspection_id, site) != (self._inspection_id, self._site):
            self._inspection_id, self._site = inspection_id, site
            self._show()

    def can_begin(self) -> bool:
        """Whether recordings are chosen and may be taken in now."""
        return self.desk.phase is Phase.FOUND and bool(self.desk.wanted())

    def begin(self) -> None:
        """Take the chosen recordings in."""
        if self.can_begin():
            is_ours = self.found.is_ours.isChecked() and bool(self._inspection_id)
            self.desk.start(self._inspection_id if is_ours else None, self.found.label.value().strip())

    def choose_folder(self) -> None:
        """Ctrl+O: ask for a folder by the system's own dialog."""
        from PySide6.QtWidgets import QFileDialog

        if self.desk.phase is Phase.RUNNING:
            return
        path = QFileDialog.getExistingDirectory(self, tr("选择有录像的文件夹"))
        if path:
            self.desk.scan(Path(path))

    def focus(self) -> None:
        """Stand where work begins on the page that is shown."""
        page = self._pile.currentWidget()
        choices = {
            self.sources: self.sources.list if self.sources.list.rows() else self.sources.folder,
            self.found: self.found.list,
            self.running: self.running.pause,
            self.done: self.done.list,
        }
        choices[page].setFocus()  # type: ignore[index]

    def _show(self) -> None:
        desk = self.desk
        self._pile.setCurrentIndex(PAGES[desk.phase])
        self.sources.show_desk(desk)
        self.found.show_desk(desk, self._site)
        self.running.show_desk(desk)
        self.done.show_desk(desk)
        if desk.phase is Phase.SCANNING:
            seen = desk.seen
            found = tr("已找到 {n} 个录像文件", n=seen.found) if seen is not None else ""
            self.sources.nothing.say(tr("正在查看存储卡"), found)
            self.sources.list.hide()
            self.sources.nothing.show()
        elif desk.phase is Phase.CHOOSING:
            self.sources.retranslate()
        self.changed.emit()

    def _look(self) -> None:
        if self.desk.phase is Phase.CHOOSING:
            self.desk.look()

    def showEvent(self, event: QShowEvent) -> None:
        """Look what is plugged in, now and while it is shown."""
        super().showEvent(event)
        self._look()
        self._beat.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        self._beat.stop()
        super().hideEvent(event)

    def retranslate(self) -> None:
        """Name the pages."""
        for page in (self.sources, self.found, self.running, self.done):
            page.retranslate()
        self._show()
