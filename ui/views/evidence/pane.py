"""EvidencePane: photos and documents of one inspection: add, see, give to a hazard, take out.

pane.show_evidence(inspection_id, evidence, hazards, current=hazard id, is_open=…)
Files come by dialog, by folder, or by dropping them anywhere on the pane. Several photos at once: select them, then
1–9 (0: none), drag, M, Delete; T gives what lies between two reports to the earlier hazard. What was done is said by
the screen that the pane stands in. Signal `failed(InspectorError)`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard
from inspector.domain.photo_times import propose
from inspector.errors import NotAllowed
from inspector.services.evidence import Attaching, AttachReport
from ui.models.photo_groups import photo_groups, unassigned
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.grid import EvidenceGrid, dropped_paths
from ui.views.evidence.intake import Intake
from ui.views.evidence.refused import RefusedPanel
from ui.views.evidence.sorter import Sorter
from ui.views.evidence.sorter_bar import SorterBar
from ui.views.evidence.viewer import PhotoViewer
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.progress import Progress
from ui.widgets.text_dialog import TextDialog
from ui.widgets.thumbs import Thumbs
from ui.widgets.view import View


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
        self.header = PaneHeader(key="F7")
        self.grid = EvidenceGrid(thumbs)
        self.add = Button(icon="photo-plus", on_click=self.choose_files)
        self.folder = Button(icon="folder-open", on_click=self.choose_folder)
        self.empty = EmptyState("photo")
        self.intake = Intake(services, tasks, self)
        self.sorter = Sorter(services, tasks, self)
        self.bar = SorterBar()
        self._proposed: dict[str, str] = {}
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
        buttons = QHBoxLayout(foot)
        buttons.addWidget(self.add)
        buttons.addWidget(self.folder)
        buttons.addStretch(1)
        self._foot, self._buttons, self._run_row = foot, buttons, running
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self._frame, 1)
        column.addWidget(self.empty, 1)
        self._frame.hide()
        for widget in (self.bar, self.refused, self._running, foot):
            column.addWidget(widget)
        self.restyle()

    def _connect(self) -> None:
        self.grid.opened.connect(self.open_viewer)
        self.grid.deleted.connect(lambda _one: self.ask_removal(self.grid.selected()))
        self.grid.given.connect(lambda ids, hazard: self.give(ids, hazard or None))
        self.grid.numbered.connect(self._give_to_number)
        self.grid.time_wanted.connect(self.follow_times)
        self.grid.picked.connect(lambda _count: self._show_bar())
        self.bar.follow_wanted.connect(self.follow_times)
        self.bar.move_wanted.connect(lambda: self.offer_hazards(self.grid.current(), self.grid.current_place()))
        self.bar.remove_wanted.connect(lambda: self.ask_removal(self.grid.selected()))
        self.sorter.done.connect(self._say)
        self.grid.move_wanted.connect(lambda one: self.offer_hazards(one, self.grid.current_place()))
        self.grid.menu_wanted.connect(self._offer_menu)
        self.grid.files_dropped.connect(lambda paths: self.take(paths, source="drop"))
        self.intake.progressed.connect(self._show_progress)
        self.intake.finished.connect(self._finish)
        self.intake.failed.connect(self._stopped)

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
        self._show()
        if self._viewer is not None and shiboken6.isValid(self._viewer):
            self._viewer.show_list(self._in_order())

    def _show(self) -> None:
        count, free = len(self._evidence), unassigned(self._evidence, self._hazards)
        self.header.set_count(str(count) if count else "")
        self.header.set_note(tr("未归属 {n}", n=free) if free else "", "warn")
        self._proposed = propose(self._evidence, self._hazards) if self._is_open else {}
        self.grid.set_groups(photo_groups(self._evidence, self._hazards, self._current, self._proposed))
        self._show_bar()
        (self.empty if count else self._frame).hide()
        (self._frame if count else self.empty).show()
        for button in (self.add, self.folder):
            if not self._inspection_id:
                button.refuse(tr("请先打开一次检查"))
            elif not self._is_open:
                button.refuse(tr("检查已结束"))
            elif self.intake.is_busy:
                button.refuse(tr("正在添加，请稍候"))
            else:
                button.allow()

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
        dialog = QFileDialog(self.window(), tr("添加照片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [tr("照片") + " (*.jpg *.jpeg *.png *.heic *.heif *.JPG *.JPEG *.PNG *.HEIC)", tr("所有文件") + " (*)"]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names], source="dialog"))
        dialog.open()

    def choose_folder(self) -> None:
        """Pick a folder, for example of a camera card; its photos belong to no hazard yet."""
        dialog = QFileDialog(self.window(), tr("添加文件夹"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names], source="folder"))
        dialog.open()

    def take(self, paths: Sequence[Path], *, source: str) -> None:
        """Take files in; files go to the current hazard, a chosen folder to none."""
        if not self._inspection_id or self.intake.is_busy or not self._demand_open():
            return
        self.refused.hide()
        hazard = self._current if source != "folder" and self._current else None
        self.intake.begin(self._inspection_id, paths, hazard_id=hazard, source=source)
        self._show()

    def _demand_open(self) -> bool:
        """Say it where the visit has ended; return whether it may be changed."""
        if not self._is_open:
            self.failed.emit(NotAllowed(reason="inspection_closed"))
        return self._is_open

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

    def _prepare(self, inspection_id: str, is_cancelled) -> None:
        """Make the previews that paper will want, while nobody waits for them."""
        self._services.evidence.prepare_previews(inspection_id, is_cancelled)

    def _stopped(self, error: object) -> None:
        self._running.hide()
        self._show()
        self.failed.emit(error)

    def _find(self, evidence_id: str) -> Evidence | None:
        return next((one for one in self._evidence if one.id == evidence_id), None)

    def open_viewer(self, evidence_id: str) -> None:
        """Show a piece large, with its facts."""
        if self._find(evidence_id) is None:
            return
        viewer = PhotoViewer(self, self._services, self._tasks, evidence=self._in_order(), current=evidence_id)
        self._viewer = viewer
        viewer.moved_to.connect(self.grid.choose)
        viewer.caption_wanted.connect(partial(self.ask_caption, parent=viewer))
        viewer.removal_wanted.connect(partial(self.ask_removal, parent=viewer))
        viewer.open()

    def _in_order(self) -> list[Evidence]:
        """The pieces in the order the grid shows them."""
        order = {photo.id: n for n, photo in enumerate(self.grid.model_of_photos.photos())}
        return sorted(self._evidence, key=lambda one: order.get(one.id, len(order)))

    def offer_hazards(self, evidence_id: str, place: QPoint) -> None:
        """M: to which hazard does it belong? All selected photos go along."""
        found = self._find(evidence_id)
        if found is None or not self._demand_open():
            return
        ids = self.grid.dragged(evidence_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("归属"))
        for hazard in self._hazards:
            text = tr("&{n}　{title}", n=hazard.ordinal, title=hazard.description.replace("&", "&&"))
            action = menu.addAction(text, partial(self.give, ids, hazard.id))
            action.setCheckable(True)
            action.setChecked(found.hazard_id == hazard.id)
        if self._hazards:
            menu.addSeparator()
        nobody = menu.addAction(tr("&0　未归属"), partial(self.give, ids, None))
        nobody.setCheckable(True)
        nobody.setChecked(found.hazard_id is None)
        menu.popup(place)

    def give(self, evidence_ids: Sequence[str], hazard_id: str | None) -> None:
        """Give pieces to a hazard, or to none, as one action."""
        if self._demand_open():
            found = [one for each in evidence_ids if (one := self._find(each)) is not None]
            wanted: dict[str, str | None] = {one.id: hazard_id for one in found if one.hazard_id != hazard_id}
            self.sorter.sort(self._inspection_id, wanted)

    def _give_to_number(self, number: int) -> None:
        """1–9: the selected photos belong to that hazard, 0: to none."""
        hazard = next((one for one in self._hazards if one.ordinal == number), None)
        if number and hazard is None:
            self._say(tr("没有隐患 {n}", n=number), tr("照片没有移动"))
            return
        self.give(self.grid.selected(), hazard.id if hazard is not None else None)

    def _say(self, title: str, text: str = "", action: tuple[str, Callable[[], object]] | None = None) -> None:
        """Let the screen say it."""
        screen = self.parentWidget()
        while screen is not None and not isinstance(screen, View):
            screen = screen.parentWidget()
        if screen is not None:
            icon, color = ("filled/circle-check", "ok") if action else ("info-circle", "text2")
            screen.say(title, text, icon=icon, color=color, action=action)

    def follow_times(self) -> None:
        """T: give every free photo to the hazard that was reported before it was taken."""
        if self._proposed and self._demand_open():
            self.sorter.sort(self._inspection_id, dict(self._proposed))

    def _offer_menu(self, evidence_id: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("照片"))
        menu.addAction(tr("查看") + "\tEnter", partial(self.open_viewer, evidence_id))
        menu.addAction(tr("归属…") + "\tM", partial(self.offer_hazards, evidence_id, place))
        menu.addAction(tr("说明…"), partial(self.ask_caption, evidence_id))
        menu.addSeparator()
        menu.addAction(tr("移除…") + "\tDelete", partial(self.ask_removal, self.grid.dragged(evidence_id)))
        menu.popup(place)

    def ask_caption(self, evidence_id: str, parent: QWidget | None = None) -> None:
        """Say what a photo shows; it is printed under it."""
        found = self._find(evidence_id)
        if found is None or not self._demand_open():
            return
        dialog = TextDialog(
            parent or self,
            title=tr("照片说明"),
            text=tr("印在文书的照片附页上，原件不变"),
            label=tr("说明"),
            verb=tr("保存"),
            value=found.caption,
            is_required=False,
        )
        dialog.written.connect(
            lambda text: self._tasks.command(self, self._services.evidence.caption, evidence_id, text)
        )
        dialog.open()

    def ask_removal(self, evidence_ids: str | Sequence[str], parent: QWidget | None = None) -> None:
        """Take pieces out of the inspection, with one reason; their bytes stay."""
        wanted = [evidence_ids] if isinstance(evidence_ids, str) else evidence_ids
        found = [one for each in wanted if (one := self._find(each)) is not None]
        if not found or not self._demand_open():
            return
        is_one = len(found) == 1
        dialog = TextDialog(
            parent or self,
            title=tr("移除 {name}？", name=found[0].original.name) if is_one else tr("移除 {n} 张？", n=len(found)),
            text=tr("不再列入本次检查和文书；原件、指纹和移除理由都保留"),
            label=tr("理由"),
            verb=tr("移除"),
            kind="danger",
        )
        ids = [one.id for one in found]
        dialog.written.connect(lambda reason: self.sorter.remove(self._inspection_id, ids, reason))
        dialog.open()

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
        self.stop.setText(tr("停止"))
        self.empty.say(tr("还没有照片"), tr("把照片或文件夹拖到这里，或按 Ctrl+O 选择"))
        self._show()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_buttons"):
            u = self.theme.u
            self._buttons.setContentsMargins(u(16), u(8), u(16), u(8))
            self._buttons.setSpacing(self.theme.gap)
            self._run_row.setContentsMargins(u(16), u(8), u(8), u(8))
            self._frame_row.setContentsMargins(u(12), u(4), u(2), 0)
        super().restyle()
