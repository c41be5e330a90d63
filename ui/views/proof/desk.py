"""ProofDesk: custody, evidence bundle and public copy of whatever a screen shows, by key and by its buttons.

ProofDesk(services, tasks, view, at=lambda: Place(inspection id, site name, day));  desk.open_custody() …
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.notice import Notice
from inspector.errors import InspectorError
from ui.messages import message
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.view import View

if TYPE_CHECKING:
    from ui.views.notices.issued_pane import IssuedPane
    from ui.views.proof.bundle_acts import BundleActs
    from ui.views.workspace.facts_pane import FactsPane


@dataclass(frozen=True, slots=True)
class Place:
    """What the screen shows now; an empty id where it shows no inspection."""

    inspection_id: str
    site: str
    day: str


class ProofDesk(QObject):
    """See the module text; what it opens is loaded when it is first asked for."""

    def __init__(self, services: App, tasks: Tasks, view: View, *, at: Callable[[], Place | None]) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view, self._at = services, tasks, view, at
        self._bundles: BundleActs | None = None
        view.add_key("Alt+C", self.open_custody, name=lambda: tr("证据流转"))
        view.add_key("Alt+E", self.open_bundle, name=lambda: tr("导出证据包"))

    def hear(self, pane: FactsPane | IssuedPane) -> None:
        """Do what the buttons of a pane want."""
        pane.custody_wanted.connect(self.open_custody)
        pane.bundle_wanted.connect(self.open_bundle)

    def _place(self) -> Place | None:
        place = self._at()
        if place is None or not place.inspection_id:
            self._view.say(tr("请先打开一次检查"), icon="info-circle", color="text2")
            return None
        return place

    def open_custody(self) -> None:
        """Alt+C: who handled the evidence of this inspection."""
        place = self._place()
        if place is not None:
            from ui.views.proof.custody import CustodyDialog

            CustodyDialog(self._view, self._services, self._tasks, inspection_id=place.inspection_id).open()

    @property
    def bundles(self) -> BundleActs:
        """What writes bundles."""
        if self._bundles is None:
            from ui.views.proof.bundle_acts import BundleActs

            self._bundles = BundleActs(self._services, self._tasks, self._view)
        return self._bundles

    def open_bundle(self) -> None:
        """Alt+E: the evidence of this inspection as a ZIP that anybody can check."""
        place = self._place()
        if place is not None:
            name = "-".join(part for part in (tr("证据包"), place.site, place.day) if part)
            self.bundles.ask(place.inspection_id, name)

    # --- the public copy of a notice -------------------------------------------------------------------------------

    def redact(self, notice: Notice | None) -> None:
        """Alt+X: a copy of an issued notice for publication, page by page."""
        if notice is None or notice.pdf_sha256 is None:
            self._view.say(tr("文书还没有核发"), tr("请先核发"), icon="info-circle", color="text2")
            return
        from ui.views.proof.redact import RedactDialog
        from ui.views.proof.redact_source import of_notice

        dialog = RedactDialog(self._view, self._tasks, source=of_notice(self._services, notice.id, notice.number))
        dialog.made.connect(partial(self._tell_made, notice.number))
        dialog.open()

    def _tell_made(self, number: str, changes: Changes) -> None:
        action = (tr("存到文件…"), partial(self._ask_file, changes.made, number))
        self._view.say(tr("公示稿已生成"), tr("已存入本次检查的照片栏，标“公示稿”；原件不变"), action=action)

    def _ask_file(self, evidence_id: str, number: str) -> None:
        from ui.views.proof.file_choice import ask_new_file

        name = f"{tr('公示稿')}-{number}.pdf"
        ask_new_file(self._view, title=tr("另存为"), name=name, kind="PDF", done=partial(self.save_to, evidence_id))

    def save_to(self, evidence_id: str, file: Path) -> None:
        """Write a piece as it is stored to a new file."""
        save = partial(self._services.custody.save_original, evidence_id, file)
        self._tasks.job(self, lambda _tell, _stop: save(), done=self._tell_saved, failed=self._fail)

    def _tell_saved(self, file: Path) -> None:
        self._view.say(tr("已存为 {name}", name=file.name), tr("在 {folder}；这份副本未加密", folder=file.parent))

    def _fail(self, error: InspectorError) -> None:
        told = message(error)
        self._view.say(told.title, told.text, icon=told.icon, color=told.color)
