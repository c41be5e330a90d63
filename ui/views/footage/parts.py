"""FootageParts: what the footage place is made of and how it is laid out; the view fills it and decides."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from inspector.app import App
from ui.tasks import Tasks
from ui.text import tr
from ui.views.footage.acts import FootageActs
from ui.views.footage.import_pane import ImportPane
from ui.views.footage.list_pane import FootageLists
from ui.views.footage.picture_desk import PictureDesk
from ui.views.footage.player import Player
from ui.views.footage.timeline_pane import TimelinePane
from ui.widgets.button import Button
from ui.widgets.panel import Surface
from ui.widgets.strips import BottomStrip
from ui.widgets.tabs import Tab, Tabs
from ui.widgets.view import View

LIST, PLAY, TIMELINE, IMPORT = "list", "play", "timeline", "import"
_LIST_WIDTH = 300
_NARROW = 840
"""Under this unscaled width the lists are a tab of their own."""


class FootageParts(View):
    """The parts; a subclass connects them."""

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.acts = FootageActs(services, tasks, self)
        self.lists = FootageLists()
        self.player = Player(services, tasks)
        self.pictures = PictureDesk(services, tasks, self.player.strip, self)
        self.timeline = TimelinePane()
        self.taking_in = ImportPane(services, tasks)
        self.clap = Button(icon="qrcode")
        self.search = Button(icon="search")
        self.anchor = Button(icon="clock-edit")
        self.take = Button(kind="primary", icon="camera-plus")
        self.start = Button(kind="primary", icon="download")
        self.strip = BottomStrip(primary=self.start, others=[self.clap, self.search, self.anchor, self.take])
        self.tabs = Tabs()
        self._tab = PLAY
        self._lay_out()
        self.set_bottom(self.strip)

    def _lay_out(self) -> None:
        right = Surface("surface")
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs)
        self._pile = QStackedLayout()
        column.addLayout(self._pile, 1)
        self._narrow = Surface("surface")
        narrow = QHBoxLayout(self._narrow)
        narrow.setContentsMargins(0, 0, 0, 0)
        self._pages = {PLAY: self.player, TIMELINE: self.timeline, IMPORT: self.taking_in, LIST: self._narrow}
        for page in self._pages.values():
            self._pile.addWidget(page)
        self._wide = Surface("surface")
        wide = QHBoxLayout(self._wide)
        wide.setContentsMargins(0, 0, 0, 0)
        wide.addWidget(self.lists)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(0)
        self._columns.addWidget(self._wide)
        self._columns.addWidget(right, 1)
        self.work.addLayout(self._columns)
        self._is_narrow = False

    def is_narrow(self) -> bool:
        """Whether the lists are a tab of their own."""
        return self._is_narrow

    def tab(self) -> str:
        """Return the tab that is on."""
        return self._tab

    def show_tab(self, tab: str) -> None:
        """Turn to a tab; the lists where they are none stand there anyway."""
        if tab == LIST and not self._is_narrow:
            tab = PLAY
        self._tab = tab
        self.tabs.set_current(tab)
        self._pile.setCurrentWidget(self._pages[tab])
        self.show_actions()

    def show_actions(self) -> None:
        """Show the one primary action of the tab."""

    def name_tabs(self, *, clips: int, missing: int) -> None:
        """Name the tabs with what is behind them."""
        made = [
            Tab(PLAY, tr("看录像"), key="F6"),
            Tab(TIMELINE, tr("时间线"), count=tr("缺 {n}", n=missing) if missing else "", key="F7"),
            Tab(IMPORT, tr("导入"), key="Ctrl+I"),
        ]
        if self._is_narrow:
            made.insert(0, Tab(LIST, tr("清单"), count=str(clips) if clips else "", key="F5"))
        self.tabs.set_tabs(made, current=self._tab)

    def arrange(self) -> bool:
        """Put the lists where the width has them; return whether they moved."""
        is_narrow = self.width() < self.theme.u(_NARROW)
        is_moved = is_narrow != self._is_narrow
        self._is_narrow = is_narrow
        if is_moved:
            home = self._narrow if is_narrow else self._wide
            layout = home.layout()
            if layout is not None:
                layout.addWidget(self.lists)
                self.lists.show()
        self._wide.setVisible(not is_narrow)
        self._wide.setFixedWidth(self.theme.u(_LIST_WIDTH))
        return is_moved

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lists beside the player, or before it."""
        super().resizeEvent(event)
        self.rearrange()

    def rearrange(self) -> None:
        """Follow the width."""
        self.arrange()

    def restyle(self) -> None:
        """The breakpoint follows the text scale."""
        if hasattr(self, "_wide"):
            self.rearrange()
        super().restyle()
