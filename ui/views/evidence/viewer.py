"""PhotoViewer: one piece of evidence large and dark in every theme, with its marks and what is known of the original.

viewer = PhotoViewer(parent, services, tasks, evidence=[…], hazards=[…], current=id); viewer.open()
← → the neighbours, + − 0 the scale (wheel and drag too), E draws marks (mark_editor), O the original without them,
C the caption under the photo, A a further hazard, Delete removes, Esc ends marking, then closes; X shows the rest
(viewer_proof): D redacts, H its custody, S a copy as a file. That the original was opened is noted.
Signals: `moved_to(id)`, `captioned(id, text)`, `also_wanted(id)`, `removal_wanted(id)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.evidence import NO_MARKS, Evidence, EvidenceKind
from inspector.domain.hazard import Hazard
from inspector.errors import InspectorError, InvalidInput
from inspector.evidence import marks
from ui.messages import message
from ui.models.evidence_words import derivation_word, facts, served
from ui.models.mark_board import MarkBoard
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.dark import DarkButton, DarkLabel, DarkRing
from ui.views.evidence.fact_column import FactColumn
from ui.views.evidence.mark_editor import MarkEditor
from ui.views.evidence.mark_tools import MarkTools
from ui.views.evidence.marked_picture import MarkedPicture
from ui.views.evidence.picture import Dark
from ui.views.proof.viewer_proof import ViewerProof
from ui.widgets.fields import TextField
from ui.widgets.painted import Themed
from ui.widgets.panel import ScrollPane

EDGE = 1600
"""Longest edge of the shown preview in px; the same that paper uses, so it is often made already."""
ROOMY = 1000
"""From this unscaled width of the window on the buttons show their keys."""
SHARP_EDGE = 3200
"""The same for a photo that is being enlarged."""


class PhotoViewer(Dark, Themed, QDialog):
    """See the module text."""

    moved_to = Signal(str)
    captioned = Signal(str, str)
    also_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        services: App,
        tasks: Tasks,
        *,
        evidence: Sequence[Evidence],
        current: str,
        hazards: Sequence[Hazard] = (),
    ) -> None:
        super().__init__(parent.window())
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._services, self._tasks = services, tasks
        self._evidence: tuple[Evidence, ...] = ()
        self._hazards: tuple[Hazard, ...] = tuple(hazards)
        self._at = 0
        self._is_sharp = False
        self._make()
        self.editor = MarkEditor(self, services, tasks, picture=self.picture, tools=self.tools)
        self.editor.began.connect(self._show_mode)
        self.editor.ended.connect(self._show_mode)
        self.editor.said.connect(self.say)
        self.proof = ViewerProof(self, services, tasks)
        self.proof.said.connect(self.say)
        self._build()
        self._ring = DarkRing(self)
        self.retranslate()
        self.show_list(evidence, current)
        self._settle(parent.window())

    def _make(self) -> None:
        self.picture = MarkedPicture()
        self.picture.zoomed.connect(self._show_scale)
        self.facts, self.tools = FactColumn(), MarkTools()
        self.title = DarkLabel(role="title")
        self.derived = DarkLabel(role="bodyStrong", color="warn", elide=False)
        self.place = DarkLabel(role="meta", color="text2", elide=False)
        self.scale = DarkLabel(role="meta", color="text2", elide=False)
        self.smaller = DarkButton(kind="quiet", icon="zoom-out", on_click=self.picture.zoom_out)
        self.larger = DarkButton(kind="quiet", icon="zoom-in", on_click=self.picture.zoom_in)
        self.layer = DarkButton(kind="quiet", icon="eye", key="O", on_click=self.turn_layer)
        self.back = DarkButton(icon="chevron-left", key="←", on_click=lambda: self.step(-1))
        self.next = DarkButton(icon="chevron-right", key="→", on_click=lambda: self.step(1))
        self.note = DarkLabel(role="meta", color="warn")
        self.mark = DarkButton(icon="pencil", key="E", on_click=self.begin_marking)
        self.also = DarkButton(icon="link", key="A", on_click=lambda: self.also_wanted.emit(self.current_id()))
        self.drop = DarkButton(icon="trash", key="Delete", on_click=lambda: self.removal_wanted.emit(self.current_id()))
        self.more = DarkButton(key="X", on_click=lambda: self.proof.offer(self.more))
        self.shut = DarkButton(key="Esc", on_click=self.reject)
        self.finish = DarkButton(kind="primary", key="Esc", on_click=self.reject)
        self.caption_name = DarkLabel(role="meta", color="text2", elide=False)
        self.caption = TextField()
        self.caption.committed.connect(lambda text: self.captioned.emit(self.current_id(), text))

    def _build(self) -> None:
        self._head, self._foot, self._under = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._head.addWidget(self.title, 1)
        for widget in (self.derived, self.layer, self.smaller, self.scale, self.larger, self.place):
            self._head.addWidget(widget)
        self._under.addWidget(self.caption_name)
        self._under.addWidget(self.caption, 1)
        left, body = QVBoxLayout(), QHBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.picture, 1)
        left.addLayout(self._under)
        looking, acts = QWidget(), QVBoxLayout()
        beside = QVBoxLayout(looking)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(ScrollPane(self.facts), 1)
        beside.addLayout(acts)
        for button in (self.also, self.drop):
            acts.addWidget(button)
        self._acts = acts
        self._sides = (looking, ScrollPane(self.tools))
        body.setSpacing(0)
        body.addLayout(left, 1)
        for side in self._sides:
            body.addWidget(side)
        for widget in (self.back, self.next):
            self._foot.addWidget(widget)
        self._foot.addWidget(self.note, 1)
        for widget in (self.mark, self.more, self.shut, self.finish):
            self._foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addLayout(body, 1)
        column.addLayout(self._foot)
        self.restyle()

    def _settle(self, window: QWidget) -> None:
        """Take nearly all of the window."""
        has_room = window.width() >= self.theme.u(ROOMY)
        for button in (self.back, self.next, self.layer, self.mark, self.also, self.drop, self.more, self.shut):
            button.show_key(has_room)
        self.next.setFocus()
        self.resize(round(window.width() * 0.94), round(window.height() * 0.92))
        self.move(window.frameGeometry().center() - self.rect().center())

    # --- which piece -----------------------------------------------------------------------------------------------

    def current_id(self) -> str:
        """Return the id of the piece that is shown."""
        return self._evidence[self._at].id

    def show_list(self, evidence: Sequence[Evidence], current: str = "", hazards: Sequence[Hazard] = ()) -> None:
        """Show another state of the list, keeping the piece that is shown; an empty list closes the viewer."""
        self._hazards = tuple(hazards) or self._hazards
        wanted = current or (self.current_id() if self._evidence else "")
        before = self._evidence[self._at] if self._evidence else None
        self._evidence = tuple(evidence)
        if not self._evidence:
            self.reject()
            return
        places = [n for n, one in enumerate(self._evidence) if one.id == wanted]
        self._at = places[0] if places else min(self._at, len(self._evidence) - 1)
        is_same = before is not None and before.id == self.current_id()
        self._show(is_same=is_same)

    def step(self, by: int) -> None:
        """Go to the neighbour."""
        at = self._at + by
        if 0 <= at < len(self._evidence) and not self.editor.is_on:
            self.caption.flush()
            self._at = at
            self.say("")
            self._show()
            self.moved_to.emit(self.current_id())

    def say(self, sentence: str) -> None:
        """Say why something didn't happen; empty takes it away."""
        if not self.editor.is_on:
            self.note.set_color("warn")
        self.note.setText(sentence)
        self.note.setToolTip(sentence)

    def hear(self, title: str, _text: str = "", _action: object = None) -> None:
        """Say what was done with the photo: the window's own toast is behind."""
        self.say(title)

    def hear_failure(self, error: InspectorError) -> None:
        """Say why something was not done, and show what is stored."""
        self.say(message(error).sentence)
        self.caption.set_value(self._evidence[self._at].caption)

    def show_open(self, *, is_open: bool) -> None:
        """A visit that has ended is only looked at."""
        for button in (self.mark, self.also, self.drop):
            if is_open:
                button.allow()
            else:
                button.refuse(tr("检查已结束"))
        self.caption.set_read_only(not is_open)

    def _show(self, *, is_same: bool = False) -> None:
        one = self._evidence[self._at]
        self.setWindowTitle(one.original.name)
        self.title.setText(one.original.name)
        self.derived.setText(derivation_word(one))
        self.derived.setVisible(bool(one.derivation))
        self.proof.show(one)
        self.place.setText(tr("第 {n} 张，共 {total} 张", n=self._at + 1, total=len(self._evidence)))
        self.facts.show_facts([*served(one, self._evidence, self._hazards), *facts(one)])
        self.caption.set_value(one.caption)
        if not self.editor.is_on:
            self._show_marks(one)
        self._show_mode()
        if is_same and self.picture.has_image():
            return
        if one.original.kind is EvidenceKind.DOCUMENT:
            self.picture.show_note("file-text", tr("文件按原样保存，不能在这里显示"))
            return
        self.picture.show_note("", "")
        self._is_sharp = False
        self._load(one.original.sha256, EDGE)

    def _show_marks(self, one: Evidence) -> None:
        try:
            self.picture.show_marks(MarkBoard(marks.read(one.marks)))
        except InvalidInput as error:
            self.picture.show_marks(MarkBoard())
            self.say(message(error).sentence)

    def _show_mode(self) -> None:
        """Show the buttons of looking, or of marking."""
        one, is_marking = self._evidence[self._at], self.editor.is_on
        is_picture = one.original.kind is not EvidenceKind.DOCUMENT
        for widget in (self.back, self.next, self.more, self.shut, self._sides[0]):
            widget.setVisible(not is_marking)
        for widget in (self.finish, self._sides[1]):
            widget.setVisible(is_marking)
        self.mark.setVisible(is_picture and not is_marking)
        self.layer.setVisible(is_picture and (is_marking or one.marks != NO_MARKS))
        if is_marking:
            self.note.set_color("text2")
            with_keys = tr("拖动来画　方向键移动，加 Ctrl 改大小　Enter 放在正中")
            self.say(tr("拖动来画　点线选中　拖方框改大小") if self.theme.is_field else with_keys)
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at + 1 < len(self._evidence))
        self._name_layer()

    # --- the picture -----------------------------------------------------------------------------------------------

    def _load(self, sha256: str, edge: int) -> None:
        load = self._services.evidence.preview
        self._tasks.query(
            self, lambda: QImage.fromData(load(sha256, edge)), done=self._take, failed=self._miss, key="image"
        )

    def _show_scale(self, zoom: float) -> None:
        """Say the scale against the fitting size; read a sharper preview once it is worth it."""
        self.scale.setText(f"{round(zoom * 100)}%")
        one = self._evidence[self._at]
        if zoom > 1 and not self._is_sharp and one.original.kind is not EvidenceKind.DOCUMENT:
            self._is_sharp = True
            self._load(one.original.sha256, SHARP_EDGE)

    def _take(self, image: QImage) -> None:
        self.picture.show_image(image)
        self.picture.setAccessibleName(self.title.text())
        self.proof.note_opened()

    def _miss(self, error: InspectorError) -> None:
        self.picture.show_note("photo-off", message(error).title)

    def turn_layer(self) -> None:
        """O: the original without its marks, and back."""
        self.picture.show_layer(not self.picture.is_layer_shown)
        self._name_layer()

    def _name_layer(self) -> None:
        self.layer.setText(tr("看原图") if self.picture.is_layer_shown else tr("看标注"))

    def begin_marking(self) -> None:
        """E: draw on it, if that is still allowed."""
        one = self._evidence[self._at]
        if one.original.kind is not EvidenceKind.DOCUMENT and not self.editor.is_on:
            self.caption.flush()
            self.say("")
            self.editor.begin(one)

    # --- keys ------------------------------------------------------------------------------------------------------

    def reject(self) -> None:
        """End marking, which saves it; else close."""
        if self.editor.is_on:
            self.editor.finish()
            self.mark.setFocus()
        elif self.caption.hasFocus():
            self.caption.flush()
            self.next.setFocus()
        else:
            self.caption.flush()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing saves what is drawn."""
        self.editor.finish()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of marking first; ← → walk, + − 0 scale, E O C A, Delete asks to remove, Esc closes."""
        key = Qt.Key(event.key())
        if self.editor.press(event) or self.caption.hasFocus():
            if key == Qt.Key.Key_Escape:
                self.reject()
            return
        slots = {
            Qt.Key.Key_Plus: self.picture.zoom_in,
            Qt.Key.Key_Equal: self.picture.zoom_in,
            Qt.Key.Key_Minus: self.picture.zoom_out,
            Qt.Key.Key_0: self.picture.fit,
            Qt.Key.Key_O: self.turn_layer,
        }
        if not self.editor.is_on:
            slots |= {
                Qt.Key.Key_Left: lambda: self.step(-1),
                Qt.Key.Key_Right: lambda: self.step(1),
                Qt.Key.Key_E: self.mark.click,
                Qt.Key.Key_A: self.also.click,
                Qt.Key.Key_C: self.caption.setFocus,
                Qt.Key.Key_Delete: self.drop.click,
                Qt.Key.Key_X: self.more.click,
                **self.proof.keys(),
            }
        if key in slots:
            slots[key]()
        elif key not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def menu_place(self) -> QPoint:
        """Return where the menu of hazards may stand, in screen coordinates."""
        return self.also.mapToGlobal(QPoint(0, -self.also.height()))

    def retranslate(self) -> None:
        """Name the buttons."""
        self.back.setText(tr("上一张"))
        self.next.setText(tr("下一张"))
        self.smaller.setText(tr("缩小"))
        self.smaller.setToolTip("-")
        self.larger.setText(tr("放大"))
        self.larger.setToolTip("+")
        self.mark.setText(tr("标注"))
        self.also.setText(tr("也用于…"))
        self.drop.setText(tr("移除…"))
        self.more.setText(tr("更多…"))
        self.shut.setText(tr("关闭"))
        self.finish.setText(tr("完成标注"))
        self.caption_name.setText(tr("说明"))
        self.caption.setAccessibleName(tr("照片说明"))
        self.caption.setPlaceholderText(tr("印在照片附页上"))
        self._name_layer()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_sides"):
            u = self.theme.u
            self._head.setContentsMargins(u(20), u(6), u(20), u(6))
            self._head.setSpacing(self.theme.gap)
            self._under.setContentsMargins(u(20), u(8), u(20), u(8))
            self._under.setSpacing(u(12))
            self._foot.setContentsMargins(u(16), u(10), u(16), u(10))
            self._foot.setSpacing(self.theme.gap)
            self._acts.setContentsMargins(u(20), u(8), u(20), u(12))
            self._acts.setSpacing(self.theme.gap)
            for side in self._sides:
                side.setFixedWidth(u(300))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
