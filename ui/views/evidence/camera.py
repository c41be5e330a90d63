"""CameraDialog 取景: the laptop's own camera, large and dark in every theme.

dialog = CameraDialog(parent, services, tasks, inspection_id=…, hazards=[…], hazard_id="", ghost=jpeg or None)
dialog.open();  `sources=[Eye(path, "clip")]` looks through something else than the cameras of the laptop.
Space shoots, Enter accepts (attached at once, durable before it is said), Backspace takes the shot again, M says whose
it is, G turns the ghost on and off, R looks for cameras again, Esc closes. The camera runs only while it is seen.
Signal `accepted_one(evidence id)` after each accepted shot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.hazard import Hazard
from inspector.errors import CameraFailed, InspectorError
from inspector.evidence.camera import CamSource, Shot, View
from inspector.evidence.camera_list import CameraFound
from ui.messages import message
from ui.models.moments import clock_time
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.camera_side import CameraSide
from ui.views.evidence.dark import DarkButton, DarkLabel, DarkRing
from ui.views.evidence.finder import Finder
from ui.views.evidence.lens import Lens
from ui.views.evidence.picture import Dark
from ui.widgets.painted import Themed
from ui.widgets.panel import ScrollPane

ROOMY = 1000
"""From this unscaled width of the window on all buttons show their keys."""


@dataclass(frozen=True, slots=True)
class Eye:
    """Something to look through, and its name."""

    source: CamSource
    name: str


class CameraDialog(Dark, Themed, QDialog):
    """See the module text."""

    accepted_one = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        services: App,
        tasks: Tasks,
        *,
        inspection_id: str,
        hazards: Sequence[Hazard] = (),
        hazard_id: str = "",
        ghost: bytes | None = None,
        sources: Sequence[Eye] | None = None,
    ) -> None:
        super().__init__(parent.window())
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._services, self._tasks = services, tasks
        self._inspection_id, self._hazards, self._hazard_id = inspection_id, tuple(hazards), hazard_id
        self._given, self._eyes, self._chosen = sources, tuple[Eye, ...](), 0
        self._shot: Shot | None = None
        self._is_saving = False
        self.kept: list[str] = []
        """Ids of what was accepted, in order."""
        self.lens = Lens(services, tasks, self)
        self._make()
        self._build()
        self._connect()
        self._ring = DarkRing(self)
        self.retranslate()
        self._take_ghost(ghost)
        window = parent.window()
        for button in (self.retry, self.shut, self.again, self.side.hazard):
            button.show_key(window.width() >= self.theme.u(ROOMY))
        self._show_buttons()
        self.resize(round(window.width() * 0.94), round(window.height() * 0.92))
        self.move(window.frameGeometry().center() - self.rect().center())

    def _make(self) -> None:
        self.finder, self.side = Finder(), CameraSide()
        self.title = DarkLabel(role="title")
        self.time = DarkLabel(role="meta", color="text2", elide=False)
        self.note = DarkLabel(role="meta", color="text2")
        self.again = DarkButton(icon="refresh", key="Backspace", on_click=self.retake)
        self.use = DarkButton(kind="primary", icon="check", key="Enter", on_click=self.accept_shot)
        self.shutter = DarkButton(kind="primary", icon="camera", key=tr("空格"), on_click=self.shoot)
        self.retry = DarkButton(icon="refresh", key="R", on_click=self.search)
        self.shut = DarkButton(key="Esc", on_click=self.reject)

    def _build(self) -> None:
        self._head, self._foot, body = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.time)
        self._side = ScrollPane(self.side)
        body.setSpacing(0)
        body.addWidget(self.finder, 1)
        body.addWidget(self._side)
        self._foot.addWidget(self.note, 1)
        for button in (self.retry, self.shut, self.again, self.use, self.shutter):
            self._foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addLayout(body, 1)
        column.addLayout(self._foot)
        self.restyle()

    def _connect(self) -> None:
        self.lens.seen.connect(self._see)
        self.lens.taken.connect(self._show_shot)
        self.lens.failed.connect(self._fail)
        self.side.source_chosen.connect(self._choose)
        self.side.hazard_wanted.connect(self.offer_hazards)
        self.side.ghost_changed.connect(self._show_ghost)

    # --- the camera ------------------------------------------------------------------------------------------------

    def search(self) -> None:
        """Look which cameras there are, and look through the first, or through the one that was on."""
        self._shot = None
        self._say_state(tr("正在打开相机…"))
        if self._given is not None:
            self._found(list(self._given))
            return
        self._tasks.query(self, self._services.camera.cameras, done=self._found_cameras, key="cameras")

    def _found_cameras(self, found: Sequence[CameraFound]) -> None:
        self._found([Eye(one.source, one.name) for one in found])

    def _found(self, eyes: Sequence[Eye]) -> None:
        self._eyes = tuple(eyes)
        self._chosen = min(self._chosen, max(0, len(eyes) - 1))
        self.side.show_sources([one.name for one in eyes], self._chosen)
        if eyes:
            self._open()
        else:
            self._fail(CameraFailed(reason="none"))

    def _choose(self, number: int) -> None:
        self._chosen = number
        self._shot = None
        self._open()

    def _open(self) -> None:
        self._say_state(tr("正在打开相机…"))
        if self.isVisible():
            self.lens.start(self._eyes[self._chosen].source)

    def _see(self, image: QImage, view: View) -> None:
        if self._shot is None and not self._is_saving:
            was_dark = not self.finder.has_image()
            self.finder.show_live(image)
            self.side.show_view(view)
            if was_dark:
                self._show_buttons()

    def _fail(self, error: InspectorError) -> None:
        told = message(error)
        self.side.show_view(None)
        self.finder.show_note("camera", told.happened)
        self._say(told.todo, color="warn")
        self._show_buttons()

    def _say_state(self, sentence: str) -> None:
        self.side.show_view(None)
        self.finder.show_note("camera", sentence)
        self._say("")
        self._show_buttons()

    # --- shooting --------------------------------------------------------------------------------------------------

    def shoot(self) -> None:
        """Space: take what is seen now."""
        if self._shot is None and self.finder.has_image() and not self._is_saving:
            self.shutter.setEnabled(False)
            self.lens.shoot()

    def _show_shot(self, image: QImage, shot: Shot) -> None:
        self._shot = shot
        self.finder.show_live(image)
        self.time.setText(clock_time(shot.taken_at))
        self._say(tr("还没有保存：按 Enter 使用，按 Backspace 重拍"))
        self._show_buttons()
        self.finder.setFocus()  # not a button: Space would press it

    def retake(self) -> None:
        """Backspace: forget the shot and look again."""
        if self._shot is not None and not self._is_saving:
            self._shot = None
            self._say("")
            self._show_buttons()

    def accept_shot(self) -> None:
        """Enter: attach it now."""
        if self._shot is None or self._is_saving:
            return
        self._is_saving = True
        self._show_buttons()
        accept = partial(self._services.camera.accept, self._inspection_id, self._shot)
        keep = partial(accept, hazard_id=self._hazard_id or None)
        self._tasks.command(self, keep, done=self._kept, failed=self._not_kept)

    def _kept(self, changes: Changes) -> None:
        taken = clock_time(self._shot.taken_at) if self._shot is not None else ""
        self._is_saving, self._shot = False, None
        self.kept.append(changes.made)
        self.side.kept.setText(tr("已保存 {n} 张", n=len(self.kept)))
        told = tr("已保存 {at}，{hazard}", at=taken, hazard=self._hazard_word())
        self._say(told if self._hazards else tr("已保存 {at}", at=taken), color="ok")
        self._show_buttons()
        self.accepted_one.emit(changes.made)

    def _not_kept(self, error: InspectorError) -> None:
        self._is_saving = False
        self._say(message(error).sentence, color="warn")
        self._show_buttons()

    def _show_buttons(self) -> None:
        has_shot, is_live = self._shot is not None, self.finder.has_image()
        for button in (self.again, self.use):
            button.setVisible(has_shot)
            button.setEnabled(not self._is_saving)
        self.shutter.setVisible(not has_shot and is_live)
        self.shutter.setEnabled(not self._is_saving)
        self.retry.setVisible(not is_live)
        if self.lens.is_open and not has_shot:
            self.retry.hide()
        if not has_shot:
            self.time.setText("")
            if is_live and not (self.side.hazard.hasFocus() or self.shut.hasFocus()):
                self.finder.setFocus()

    # --- whose photo it is, and the ghost --------------------------------------------------------------------------

    def offer_hazards(self) -> None:
        """M: whose photo is it?"""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("归属"))
        for hazard in self._hazards:
            text = tr("&{n}　{title}", n=hazard.ordinal, title=hazard.description.replace("&", "&&"))
            action = menu.addAction(text, partial(self.give_to, hazard.id))
            action.setCheckable(True)
            action.setChecked(hazard.id == self._hazard_id)
        nobody = menu.addAction(tr("&0　未归属"), partial(self.give_to, ""))
        nobody.setCheckable(True)
        nobody.setChecked(not self._hazard_id)
        menu.popup(self.side.hazard.mapToGlobal(QPoint(0, self.side.hazard.height())))

    def give_to(self, hazard_id: str) -> None:
        """Say whose the next photos are; "" for nobody's."""
        self._hazard_id = hazard_id
        self.side.hazard.setText(self._hazard_word())

    def _hazard_word(self) -> str:
        found = next((one for one in self._hazards if one.id == self._hazard_id), None)
        return tr("隐患 {no}", no=found.ordinal) if found is not None else tr("未归属")

    def _take_ghost(self, ghost: bytes | None) -> None:
        if ghost:
            self._tasks.query(self, QImage.fromData, ghost, done=self._lay_ghost, key="ghost")

    def _lay_ghost(self, image: QImage) -> None:
        if not image.isNull():
            self.finder.show_ghost(image)
            self.side.show_ghost_parts(is_there=True)
            self._show_ghost()

    def _show_ghost(self) -> None:
        self.finder.set_ghost(is_shown=self.side.ghost.isChecked(), opacity=self.side.opacity())

    # --- the window ------------------------------------------------------------------------------------------------

    def _say(self, sentence: str, *, color: str = "text2") -> None:
        self.note.set_color(color)
        self.note.setText(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self.search()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the camera back."""
        self.lens.stop()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space shoots, Enter accepts, Backspace takes it again, M, G, R, Esc."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        slots = {
            Qt.Key.Key_Space: self.shoot,
            Qt.Key.Key_Return: self.accept_shot,
            Qt.Key.Key_Enter: self.accept_shot,
            Qt.Key.Key_Backspace: self.retake,
            Qt.Key.Key_M: self.offer_hazards if self._hazards else _nothing,
            Qt.Key.Key_G: self.side.ghost.toggle if self.side.ghost.isVisible() else _nothing,
            Qt.Key.Key_R: self.search if self.retry.isVisible() else _nothing,
        }
        if key in slots and not held:
            if not event.isAutoRepeat():
                slots[key]()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Name the buttons."""
        self.setWindowTitle(tr("取景"))
        self.title.setText(tr("取景"))
        self.finder.setAccessibleName(tr("取景"))
        self.again.setText(tr("重拍"))
        self.use.setText(tr("使用"))
        self.shutter.setText(tr("拍照"))
        self.shutter.set_key(tr("空格"))
        self.retry.setText(tr("重新查找"))
        self.shut.setText(tr("关闭"))
        self.side.show_hazard(self._hazard_word(), is_there=bool(self._hazards))
        self.side.hazard.setAccessibleDescription(tr("归属"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_side"):
            u = self.theme.u
            self._head.setContentsMargins(u(20), u(10), u(20), u(10))
            self._foot.setContentsMargins(u(16), u(10), u(16), u(10))
            self._foot.setSpacing(self.theme.gap)
            self._side.setFixedWidth(u(280))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))


def _nothing() -> None:
    """What a key does that has nothing to do now."""
