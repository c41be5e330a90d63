"""PhotoCare: what an officer does with photos of one visit by menu, key and dialog: hazards, captions, order, trash.

care.show(inspection_id, evidence, hazards, is_open=…) with each reading. Signals: `said(title, text, action|None)`,
`failed(InspectorError)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.evidence import Evidence
from inspector.domain.hazard import Hazard
from inspector.errors import NotAllowed
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.sorter import Sorter
from ui.widgets.text_dialog import TextDialog

if TYPE_CHECKING:
    from ui.views.evidence.camera import CameraDialog
    from ui.views.evidence.trash import TrashDialog


class PhotoCare(QObject):
    """See the module text; `parent` is where menus and dialogs stand."""

    said = Signal(str, str, object)
    failed = Signal(object)
    view_wanted = Signal(str)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._parent = services, tasks, parent
        self.sorter = Sorter(services, tasks, self)
        self.sorter.done.connect(self.said)
        self._inspection_id = ""
        self._evidence: tuple[Evidence, ...] = ()
        self._hazards: tuple[Hazard, ...] = ()
        self._is_open = True
        self._trash: TrashDialog | None = None

    def show(
        self, inspection_id: str, evidence: Sequence[Evidence], hazards: Sequence[Hazard], *, is_open: bool
    ) -> None:
        """Take what was read."""
        self._inspection_id, self._is_open = inspection_id, is_open
        self._evidence, self._hazards = tuple(evidence), tuple(hazards)

    def find(self, evidence_id: str) -> Evidence | None:
        """Return a piece of this visit."""
        return next((one for one in self._evidence if one.id == evidence_id), None)

    def demand_open(self) -> bool:
        """Say it where the visit has ended; return whether it may be changed."""
        if not self._is_open:
            self.failed.emit(NotAllowed(reason="inspection_closed"))
        return self._is_open

    # --- hazards ---------------------------------------------------------------------------------------------------

    def offer_hazards(self, ids: Sequence[str], place: QPoint) -> None:
        """M: to which hazard do these belong? The first one's is checked."""
        found = self.find(ids[0]) if ids else None
        if found is None or not self.demand_open():
            return
        menu = self._menu(tr("归属"))
        for hazard in self._hazards:
            action = menu.addAction(_line(hazard), partial(self.give, ids, hazard.id))
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
        if self.demand_open():
            found = [one for each in evidence_ids if (one := self.find(each)) is not None]
            wanted: dict[str, str | None] = {one.id: hazard_id for one in found if one.hazard_id != hazard_id}
            self.sorter.sort(self._inspection_id, wanted)

    def give_to_number(self, ids: Sequence[str], number: int) -> None:
        """1–9: these belong to that hazard, 0: to none."""
        hazard = next((one for one in self._hazards if one.ordinal == number), None)
        if number and hazard is None:
            self.said.emit(tr("没有隐患 {n}", n=number), tr("照片没有移动"), None)
            return
        self.give(ids, hazard.id if hazard is not None else None)

    def offer_also(self, evidence_id: str, place: QPoint, parent: QWidget | None = None) -> None:
        """A: which further hazard does it show? Those that it serves already are checked and can't be chosen."""
        found = self.find(evidence_id)
        if found is None or not self.demand_open():
            return
        twins = {one.hazard_id for one in self._evidence if one.original.sha256 == found.original.sha256}
        menu = self._menu(tr("也用于…"), parent)
        for hazard in self._hazards:
            action = menu.addAction(_line(hazard), partial(self.also_for, evidence_id, hazard))
            action.setCheckable(True)
            action.setChecked(hazard.id in twins)
            action.setEnabled(hazard.id not in twins)
        if not self._hazards:
            menu.addAction(tr("尚未记录隐患")).setEnabled(False)
        menu.popup(place)

    def also_for(self, evidence_id: str, hazard: Hazard) -> None:
        """Let a photo serve a further hazard."""
        title = tr("照片也用于隐患 {n}", n=hazard.ordinal)
        text = tr("移除其中一处，另一处不受影响")
        self._do(self._services.evidence.also_for, evidence_id, hazard.id, done=partial(self._tell, title, text))

    # --- words and order -------------------------------------------------------------------------------------------

    def ask_caption(self, evidence_id: str) -> None:
        """Say what a photo shows; it is printed under it."""
        found = self.find(evidence_id)
        if found is None or not self.demand_open():
            return
        dialog = TextDialog(
            self._parent,
            title=tr("照片说明"),
            text=tr("印在文书的照片附页上，原件不变"),
            label=tr("说明"),
            verb=tr("保存"),
            value=found.caption,
            is_required=False,
        )
        dialog.written.connect(partial(self.caption, evidence_id))
        dialog.open()

    def caption(self, evidence_id: str, text: str) -> None:
        """Write what a photo shows."""
        if self.demand_open():
            self._do(self._services.evidence.caption, evidence_id, text)

    def put_before(self, ids: Sequence[str], target: str) -> None:
        """Put pieces before another one ("" for the end), keeping the order they have among themselves."""
        moved, now = set(ids), [str(one.id) for one in self._evidence]
        rest = [one for one in now if one not in moved]
        at = rest.index(target) if target in rest else len(rest)
        wanted = [*rest[:at], *(one for one in now if one in moved), *rest[at:]]
        if wanted != now and self.demand_open():
            self._do(self._services.evidence.reorder, self._inspection_id, wanted)

    def step(self, evidence_id: str, by: int) -> None:
        """Alt+← →: one place towards the front or the end of its group."""
        found = self.find(evidence_id)
        if found is None:
            return
        group = [str(one.id) for one in self._evidence if self._group(one) == self._group(found)]
        at = group.index(evidence_id) + by
        if not 0 <= at < len(group):
            return
        if by < 0:
            self.put_before([evidence_id], group[at])
        else:
            self.put_before([group[at]], evidence_id)

    def _group(self, one: Evidence) -> str | None:
        known: set[str] = {hazard.id for hazard in self._hazards}
        return one.hazard_id if one.hazard_id in known else None

    # --- the trash -------------------------------------------------------------------------------------------------

    def ask_removal(self, ids: Sequence[str], parent: QWidget | None = None) -> None:
        """Take pieces out of the inspection, with one reason; their bytes stay."""
        found = [one for each in ids if (one := self.find(each)) is not None]
        if not found or not self.demand_open():
            return
        is_one = len(found) == 1
        dialog = TextDialog(
            parent or self._parent,
            title=tr("移除 {name}？", name=found[0].original.name) if is_one else tr("移除 {n} 张？", n=len(found)),
            text=tr("不再列入本次检查和文书；原件、指纹和移除理由都保留，30 天内可从回收站恢复"),
            label=tr("理由"),
            verb=tr("移除"),
            kind="danger",
        )
        wanted = [str(one.id) for one in found]
        dialog.written.connect(lambda reason: self.sorter.remove(self._inspection_id, wanted, reason))
        dialog.open()

    def open_trash(self) -> None:
        """Show what was taken out in the last 30 days."""
        from ui.views.evidence.trash import TrashDialog

        dialog = TrashDialog(self._parent, self._services, self._tasks, inspection_id=self._inspection_id)
        dialog.restored.connect(self._tell_restored)
        dialog.failed.connect(self.failed)
        dialog.open()

    def _tell_restored(self, name: str) -> None:
        self.said.emit(tr("已恢复照片 {name}", name=name), tr("仍在原来的位置"), None)

    # --- the camera ------------------------------------------------------------------------------------------------

    def open_camera(self, hazard_id: str, ghost: bytes | None = None) -> CameraDialog | None:
        """Look through the laptop's camera; photos go to that hazard. `ghost`: an earlier photo as JPEG, to aim by."""
        if not self._inspection_id or not self.demand_open():
            return None
        from ui.views.evidence.camera import CameraDialog

        dialog = CameraDialog(
            self._parent,
            self._services,
            self._tasks,
            inspection_id=self._inspection_id,
            hazards=self._hazards,
            hazard_id=hazard_id,
            ghost=ghost,
        )
        dialog.open()
        return dialog

    # --- the menu --------------------------------------------------------------------------------------------------

    def offer_menu(self, evidence_id: str, ids: Sequence[str], place: QPoint) -> None:
        """What can be done with a photo; `ids` are those that go along with it."""
        menu = self._menu(tr("照片"))
        menu.addAction(tr("查看") + "\tEnter", partial(self.view_wanted.emit, evidence_id))
        menu.addAction(tr("归属…") + "\tM", partial(self.offer_hazards, ids, place))
        menu.addAction(tr("也用于…") + "\tA", partial(self.offer_also, evidence_id, place))
        menu.addAction(tr("说明…"), partial(self.ask_caption, evidence_id))
        menu.addSeparator()
        menu.addAction(tr("前移") + "\tAlt+←", partial(self.step, evidence_id, -1))
        menu.addAction(tr("后移") + "\tAlt+→", partial(self.step, evidence_id, 1))
        menu.addSeparator()
        menu.addAction(tr("移除…") + "\tDelete", partial(self.ask_removal, ids))
        menu.popup(place)

    def _menu(self, name: str, parent: QWidget | None = None) -> QMenu:
        menu = QMenu(parent or self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(name)
        return menu

    def _do(self, work: Callable[..., Changes], *args: object, done: Callable[[Changes], object] | None = None) -> None:
        self._tasks.command(self, work, *args, done=done, failed=self.failed.emit)

    def _tell(self, title: str, text: str, _changes: Changes) -> None:
        self.said.emit(title, text, None)


def _line(hazard: Hazard) -> str:
    return tr("&{n}　{title}", n=hazard.ordinal, title=hazard.description.replace("&", "&&"))
