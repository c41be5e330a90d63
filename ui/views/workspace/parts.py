"""WorkspaceParts: what the workspace is made of, built a part a turn of the event loop, each at its place at once.

Until all parts stand the panes are empty; whoever asks for a part before its turn (`view.desk`) gets them all at once.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from inspector.app import App
from ui.tasks import Tasks
from ui.views.evidence.pane import EvidencePane
from ui.views.hazards.desk import HazardDesk
from ui.views.hazards.list_pane import HazardListPane
from ui.views.workspace.acts import WorkspaceActs
from ui.views.workspace.arrangement import Arrangement
from ui.views.workspace.check_desk import CheckDesk
from ui.views.workspace.facts_pane import FactsPane
from ui.views.workspace.form_pane import FormPane
from ui.views.workspace.stages import Stages
from ui.views.workspace.strip import WorkspaceStrip
from ui.widgets.empty import EmptyState
from ui.widgets.panel import Surface
from ui.widgets.thumbs import Thumbs
from ui.widgets.view import View

_PARTS = frozenset({"facts", "checks", "hazards", "desk", "photos", "_form", "_thumbs"})


class WorkspaceParts(View):
    """The parts; a subclass connects them (`_connect`) and begins (`_begin`) when all stand."""

    facts: FactsPane
    checks: CheckDesk
    hazards: HazardListPane
    desk: HazardDesk
    photos: EvidencePane
    _form: FormPane

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self.acts = WorkspaceActs(services, tasks, self)
        self.strip = WorkspaceStrip()
        self.new = self.strip.new
        self.arrangement = Arrangement()
        self.nothing = EmptyState("clipboard-list")
        self._build()
        makers = (
            self._make_list,
            self._make_facts,
            self._make_desk,
            self._place_desk,
            self._make_photos,
            self._make_checks,
        )
        self._stages = Stages([*makers, self._connect, self._begin], self)

    def _build(self) -> None:
        ground = Surface("surface")
        QVBoxLayout(ground).addWidget(self.nothing)
        self._pile = QStackedWidget()
        self._pile.addWidget(self.arrangement)
        self._pile.addWidget(ground)
        self.work.addWidget(self._pile)
        self.set_bottom(self.strip)

    def __getattr__(self, name: str) -> Any:
        """Whoever asks for a part before its turn gets it at once."""
        if name in _PARTS:
            self._stages.finish()
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(name)

    def _make_list(self) -> None:
        self._thumbs = Thumbs(self._tasks, self._services.evidence.preview, self)
        self.hazards = HazardListPane(self._thumbs)
        self.arrangement.fill(list=self.hazards)

    def _make_facts(self) -> None:
        self.facts = FactsPane(self._services, self._tasks)
        self.arrangement.fill(facts=self.facts)

    def _make_desk(self) -> None:
        self.desk = HazardDesk(self._services, self._tasks, self)
        self.desk.form.setAutoFillBackground(False)

    def _place_desk(self) -> None:
        self._form = FormPane(self.desk.form)
        self.arrangement.fill(form=self._form)

    def _make_photos(self) -> None:
        self.photos = EvidencePane(self._services, self._tasks, self._thumbs)
        self.arrangement.fill(photos=self.photos)

    def _make_checks(self) -> None:
        self.checks = CheckDesk(self._services, self._tasks, self)
        self.arrangement.fill(checks=self.checks.pane)

    def _connect(self) -> None:
        """Wire the parts."""

    def _begin(self) -> None:
        """All parts stand."""
