"""EvidencePane: photos and documents of one inspection: add, see, give to a hazard, take out.

pane.show_evidence(inspection_id, evidence, hazards, current=hazard id, is_open=…)
Files come by dialog, by folder, by the clipboard, from a watched folder or a card (sources.py), or by dropping them:
on the photos of a hazard they belong to it, elsewhere to the current one. Several photos at once: select them, then
1–9 (0: none), drag, M, Delete; T gives what lies between two reports to the earlier hazard; A lets one serve a further
hazard, Alt+← → or a drag within its group gives it another place. What was done is said by the screen that the pane
stands in. Signal `failed(InspectorError)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import shiboken6
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard
from inspector.domain.photo_times import propose
from inspector.services.evidence import Attaching, AttachReport
from ui.models.photo_groups import photo_groups, unassigned
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.alike import AlikeBar
from ui.views.evidence.care import PhotoCare
from ui.views.evidence.grid import EvidenceGrid, dropped_paths
from ui.views.evidence.intake import Intake, Wanted
from ui.views.evidence.refused import RefusedPanel
from ui.views.evidence.sorter_bar import SorterBar
from ui.views.evidence.sources import PhotoSources
from ui.views.evidence.viewer import PhotoViewer
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.progress import Progress
from ui.widgets.thumbs import Thumbs
from ui.widgets.view import View

_TO_CURRENT = {"dialog", "drop", "paste"}
"""Sources whose files were chosen one by one, for the hazard in front."""


class EvidencePane(Themed, QWidget):
    """See the module text. `attached(AttachReport)` after an import."""

    failed = Signal(object)
    attached = Signal(object)

    def __init__(self, services: App, tasks: Tasks, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._inspection_id = self._current = ""
        self._evidence: tuple[Evidence, ...] = ()
        self._hazards: tuple[Hazard, ...] = ()
        self._is_open = True
        self._viewer: PhotoViewer | None = None
        self.setAcceptDrops(True)
        self.care = PhotoCare(services, tasks, self)
        self.sorter = self.care.sorter
        self.header = PaneHeader(key="F7")
        self.grid = EvidenceGrid(thumbs)
        self.sources = PhotoSources(services, tasks, self)
        self.add = Button(icon="photo-plus", on_click=self.choose_files)
        self.folder = Button(icon="folder-open", on_click=self.choose_folder)
        self.more = Button(kind="link", icon="chevron-down", on_click=self._offer_sources)
        self.trash = Button(kind="quiet", icon="trash", key="Ctrl+Delete", on_click=self.care.open_trash)
        self.empty = EmptyState("photo")
        self.intake = Intake(services, tasks, self)
        self.bar = SorterBar()
        self._proposed: dict[str, str] = {}
        self.alike = AlikeBar(services, tasks)
        self._alike: frozenset[str] = frozenset()
        self.progress = Progress()
        self.stop = Button(kind="quiet", on_click=self.intake.cancel)
        self.refused = RefusedPanel()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._frame = QWidget()
        self._frame_row = QHBoxLayout(self._frame)
        self._frame_row.addWidget(self.grid)
        self._running = Surface("surface", line="top")
        running = QHBoxLayout(self._running)
        running.addWidget(self.progress, 1)
        running.addWidget(self.stop)
        self._running.hide()
        foot = Surface("surface", line="top")
        below = QVBoxLayout(foot)
        below.setSpacing(0)
        buttons = QHBoxLayout()
        below.addLayout(buttons)
        rare = QHBoxLayout()
        rare.setSpacing(0)
        rare.addWidget(self.more)
        rare.addStretch(1)
        rare.addWidget(self.trash)
        below.addLayout(rare)
        buttons.addWidget(self.add)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        self._foot, self._below, self._buttons, self._run_row = foot, below, buttons, running
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._frame, 1)
        column.addWidget(self.empty, 1)
        self._frame.hide()
        self.trash.hide()
        sources = self.sources
        for widget in (sources.card_bar, self.bar, self.alike, self.refused, self._running, sources.watch_bar, foot):
            column.addWidget(widget)
        self.restyle()

    def _connect(self) -> None:
        self.grid.opened.connect(self.open_viewer)
        grid, care, bar = self.grid, self.care, self.bar
        grid.deleted.connect(lambda _one: care.ask_removal(grid.selected()))
        grid.given.connect(lambda ids, hazard: care.give(ids, hazard or None))
        grid.numbered.connect(lambda number: care.give_to_number(grid.selected(), number))
        grid.time_wanted.connect(self.follow_times)
        grid.picked.connect(lambda _count: self._show_bar())
        grid.move_wanted.connect(self.offer_hazards)
        grid.also_wanted.connect(lambda one: care.offer_also(one, grid.current_place()))
        grid.menu_wanted.connect(lambda one, place: care.offer_menu(one, grid.dragged(one), place))
        grid.placed.connect(care.put_before)
        grid.step_wanted.connect(lambda by: care.step(grid.current(), by))
        bar.follow_wanted.connect(self.follow_times)
        bar.move_wanted.connect(lambda: self.offer_hazards(grid.current()))
        bar.remove_wanted.connect(lambda: care.ask_removal(grid.selected()))
        care.said.connect(self._say)
        care.failed.connect(self.failed)
        care.view_wanted.connect(self.open_viewer)
        self.grid.files_dropped.connect(lambda paths, hazard: self.take(paths, source="drop", hazard_id=hazard))
        self.sources.wanted.connect(lambda paths, source: self.take(paths, source=source))
        self.sources.card_wanted.connect(
            lambda paths, card: self._begin(Wanted(paths=tuple(paths), source="card", card=card))
        )
        self.sources.pasted.connect(lambda found: self._begin(replace(found, hazard_id=self._current or None)))
        self.sources.said.connect(lambda title, text: self._say(title, text, None))
        self.intake.progressed.connect(self._show_progress)
        self.intake.finished.connect(self._finish)
        self.intake.failed.connect(self._stopped)
        self.alike.found.connect(self._mark_alike)

    def show_evidence(
        self,
        inspection_id: str,
        evidence: Sequence[Evidence],
        hazards: Sequence[Hazard],
        *,
        current: str,
        is_open: bool,
    ) -> None:
        """Show what hangs on an inspection; `current` is the hazard whose photos stand first."""
        if inspection_id != self._inspection_id:
            self.refused.hide()
        self._inspection_id, self._current, self._is_open = inspection_id, current, is_open
        self._evidence, self._hazards = tuple(evidence), tuple(hazards)
        self.care.show(inspection_id, evidence, hazards, is_open=is_open)
        self.sources.follow(inspection_id, is_open=is_open)
        self._show()
        self._count_trash()
        self.alike.show_inspection(inspection_id)
        if self._viewer is not None and shiboken6.isValid(self._viewer):
            self._viewer.show_list(self._in_order(), hazards=self._hazards)

    def _show(self) -> None:
        count, free = len(self._evidence), unassigned(self._evidence, self._hazards)
        self.header.set_count(str(count) if count else "")
        self.header.set_note(tr("未归属 {n}", n=free) if free else "", "warn")
        self._proposed = propose(self._evidence, self._hazards) if self._is_open else {}
        shown = photo_groups(self._evidence, self._hazards, self._current, self._proposed, alike=self._alike)
        self.grid.set_groups(shown)
        self._show_bar()
        (self.empty if count else self._frame).hide()
        (self._frame if count else self.empty).show()
        for button in (self.add, self.folder, self.more):
            if not self._inspection_id:
                button.refuse(tr("请先打开一次检查"))
            elif not self._is_open:
                button.refuse(tr("检查已结束"))
            elif self.intake.is_busy:
                button.refuse(tr("正在添加，请稍候"))
            else:
                button.allow()

    def _count_trash(self) -> None:
        """Show the way to the trash while there is something in it."""
        read = self._services.evidence.trash
        if self._inspection_id:
            self._tasks.query(self, read, self._inspection_id, done=self._show_trash, key="trash")

    def _show_trash(self, gone: list[Evidence]) -> None:
        self.trash.setVisible(bool(gone))
        self.trash.setText(tr("回收站 {n}", n=len(gone)))
        self._fit_trash()

    def _fit_trash(self) -> None:
        """Show its key where there is room beside the other sources; F1 names it everywhere."""
        self.trash.show_key(True)
        needed = self.more.sizeHint().width() + self.trash.sizeHint().width() + self.theme.u(32)
        self.trash.show_key(needed <= self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again whether the keys fit."""
        super().resizeEvent(event)
        self._fit_trash()

    def _show_bar(self) -> None:
        ordinals: dict[str, int] = {hazard.id: hazard.ordinal for hazard in self._hazards}
        proposed = Counter(ordinals[hazard_id] for hazard_id in self._proposed.values())
        picked = self.grid.count_selected() if self._is_open else 0
        self.bar.show_state(picked=picked, proposed=proposed)

    def count(self) -> int:
        """Return how many pieces are shown."""
        return len(self._evidence)

    def choose_files(self) -> None:
        """Ctrl+O: pick files."""
        self.sources.choose_files()

    def choose_folder(self) -> None:
        """Pick a folder, for example of a camera card; its photos belong to no hazard yet."""
        self.sources.choose_folder()

    def take(self, paths: Sequence[Path], *, source: str, hazard_id: str | None = None) -> None:
        """Take files in: to this hazard ("" for none); without one, single files go to the current hazard."""
        if hazard_id is None:
            hazard_id = self._current if source in _TO_CURRENT else ""
        self._begin(Wanted(paths=tuple(paths), hazard_id=hazard_id or None, source=source))

    def _begin(self, wanted: Wanted) -> None:
        if not self._inspection_id or not self.care.demand_open():
            return
        self.refused.hide()
        self.intake.begin(self._inspection_id, wanted)
        self._show()

    def _show_progress(self, step: Attaching) -> None:
        self._running.setVisible(True)
        self.progress.show_progress(tr("正在添加"), step.done, step.total, note=step.name)

    def _finish(self, report: AttachReport) -> None:
        self._running.hide()
        self.refused.show_refused(report.refused, kept=len(report.attached))
        self._show()
        self.attached.emit(report)
        made_for = self._inspection_id
        self._tasks.job(self, lambda _tell, is_cancelled: self._prepare(made_for, is_cancelled))

    def _prepare(self, inspection_id: str, is_cancelled) -> Changes:
        """Make the previews that paper will want, while nobody waits for them; look for pictures of earlier visits."""
        self._services.evidence.prepare_previews(inspection_id, is_cancelled)
        return self._services.likeness.look(inspection_id, is_cancelled)

    def _mark_alike(self, ids: list[str]) -> None:
        self._alike = frozenset(ids)
        self._show()

    def _stopped(self, error: object) -> None:
        self._running.hide()
        self._show()
        self.failed.emit(error)

    def open_viewer(self, evidence_id: str) -> None:
        """Show a piece large, with its facts."""
        if self.care.find(evidence_id) is None:
            return
        viewer = PhotoViewer(
            self,
            self._services,
            self._tasks,
            evidence=self._in_order(),
            hazards=self._hazards,
            current=evidence_id,
        )
        self._viewer = viewer
        viewer.moved_to.connect(self.grid.choose)
        viewer.captioned.connect(self.care.caption)
        viewer.also_wanted.connect(lambda one: self.care.offer_also(one, viewer.menu_place(), viewer))
        viewer.removal_wanted.connect(lambda one: self.care.ask_removal([one], viewer))
        self.care.said.connect(viewer.hear)
        self.care.failed.connect(viewer.hear_failure)
        viewer.show_open(is_open=self._is_open)
        viewer.open()

    def _in_order(self) -> list[Evidence]:
        """The pieces in the order the grid shows them."""
        order = {photo.id: n for n, photo in enumerate(self.grid.model_of_photos.photos())}
        return sorted(self._evidence, key=lambda one: order.get(one.id, len(order)))

    def _offer_sources(self) -> None:
        self.sources.offer(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def offer_hazards(self, evidence_id: str) -> None:
        """M: to which hazard does it belong? All selected photos go along."""
        self.care.offer_hazards(self.grid.dragged(evidence_id), self.grid.current_place())

    def _say(self, title: str, text: str, action: tuple[str, Callable[[], object]] | None) -> None:
        """Let the screen say it."""
        screen = self.parentWidget()
        while screen is not None and not isinstance(screen, View):
            screen = screen.parentWidget()
        if screen is not None:
            icon, color = ("filled/circle-check", "ok") if action else ("info-circle", "text2")
            screen.say(title, text, icon=icon, color=color, action=action)

    def follow_times(self) -> None:
        """T: give every free photo to the hazard that was reported before it was taken."""
        if self._proposed and self.care.demand_open():
            self.sorter.sort(self._inspection_id, dict(self._proposed))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and folders anywhere on the pane."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        event.acceptProposedAction()
        self.take(dropped_paths(event.mimeData()), source="drop")

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("照片"))
        self.grid.setAccessibleName(tr("照片"))
        self.add.setText(tr("照片"))
        self.add.setAccessibleName(tr("添加照片"))
        self.folder.setText(tr("文件夹"))
        self.folder.setAccessibleName(tr("添加文件夹"))
        self.more.setText(tr("更多来源"))
        self.more.setToolTip(tr("粘贴、监视文件夹、存储卡"))
        self.sources.retranslate()
        self.stop.setText(tr("停止"))
        self._count_trash()
        self.empty.say(tr("还没有照片"), tr("把照片或文件夹拖到这里，或按 Ctrl+O 选择"))
        self._show()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_buttons"):
            u = self.theme.u
            self._below.setContentsMargins(u(16), u(8), u(16), u(8))
            self._buttons.setSpacing(self.theme.gap)
            self._run_row.setContentsMargins(u(16), u(8), u(8), u(8))
            self._frame_row.setContentsMargins(u(12), u(4), u(2), 0)
            self._fit_trash()
        super().restyle()
