"""RedactDialog 脱敏: boxes over what may not be published; the copy has none of what lay under them.

RedactDialog(parent, services, tasks, source=of_photo(…) | of_notice(…)).open(). Signal `made(Changes)`; it has closed.
Drag draws, a press grips; Enter puts a box in the middle, arrows move (Ctrl pulls), N the next box, Delete, Ctrl+Z Y,
PgUp PgDn pages, O the result as it will be, Ctrl+Enter makes it; Esc asks once more where something was drawn.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.changes import Changes
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.redact_board import RedactBoard
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr
from ui.views.evidence.dark import DarkButton, DarkLabel, DarkRing, DarkWords
from ui.views.evidence.fact_column import FactColumn
from ui.views.evidence.picture import Dark
from ui.views.proof.redact_picture import RedactPicture
from ui.views.proof.redact_source import Opened, Page, RedactSource
from ui.widgets.painted import Themed
from ui.widgets.panel import ScrollPane

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_PAN = 48
"""So far an arrow moves an enlarged picture while no box is selected (unscaled px)."""
ROOMY = 1000


class RedactDialog(Dark, Themed, QDialog):
    """See the module text."""

    made = Signal(object)

    def __init__(self, parent: QWidget, tasks: Tasks, *, source: RedactSource) -> None:
        super().__init__(parent.window())
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._tasks, self._source = tasks, source
        self._board = RedactBoard(1)
        self._ticket: Ticket | None = None
        self._is_warned = False
        self._make()
        self._build()
        self._ring = DarkRing(self)
        self.retranslate()
        self._settle(parent.window())
        self.picture.changed.connect(self._changed)
        tasks.query(self, source.open, done=self._begin, failed=self._fail)

    def _make(self) -> None:
        self.picture = RedactPicture()
        self.title = DarkLabel(role="title")
        self.place = DarkLabel(role="meta", color="text2", elide=False)
        self.text = DarkWords(role="meta", color="text2")
        self.facts = FactColumn()
        self.note = DarkLabel(role="meta", color="warn")
        self.effect = DarkButton(kind="quiet", icon="eye", key="O", on_click=self.turn_preview)
        self.add = DarkButton(icon="square", on_click=self._place_one)
        self.drop = DarkButton(icon="trash", on_click=self._remove)
        self.undo = DarkButton(icon="arrow-back-up", on_click=lambda: self._turn_step(is_undo=True))
        self.redo = DarkButton(icon="arrow-forward-up", on_click=lambda: self._turn_step(is_undo=False))
        self.back = DarkButton(icon="chevron-left", key="PgUp", on_click=lambda: self.turn(-1))
        self.next = DarkButton(icon="chevron-right", key="PgDown", on_click=lambda: self.turn(1))
        self.cancel = DarkButton(key="Esc", on_click=self.reject)
        self.finish = DarkButton(kind="primary", key="Ctrl+Enter", on_click=self.make)

    def _build(self) -> None:
        self._head, self._foot, self._tools = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        self._head.addWidget(self.title, 1)
        for widget in (self.effect, self.place):
            self._head.addWidget(widget)
        self._pane = QWidget()
        side = QVBoxLayout(self._pane)
        side.setContentsMargins(0, 0, 0, 0)
        self._tools.addWidget(self.text)
        grid = QGridLayout()
        grid.setSpacing(self.theme.gap)
        for n, button in enumerate((self.add, self.drop, self.undo, self.redo)):
            grid.addWidget(button, n // 2, n % 2)
        grid.setColumnStretch(2, 1)
        self._tools.addLayout(grid)
        side.addLayout(self._tools)
        self._scroll = ScrollPane(self.facts)
        side.addWidget(self._scroll, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.picture, 1)
        body.addWidget(self._pane)
        for widget in (self.back, self.next):
            self._foot.addWidget(widget)
        self._foot.addWidget(self.note, 1)
        for widget in (self.cancel, self.finish):
            self._foot.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addLayout(body, 1)
        column.addLayout(self._foot)
        self.restyle()

    def _settle(self, window: QWidget) -> None:
        has_room = window.width() >= self.theme.u(ROOMY)
        for button in (self.back, self.next, self.cancel, self.effect, self.finish):
            button.show_key(has_room)
        for button in (self.back, self.next, self.place):
            button.setVisible(self._source.is_notice)
        self.resize(round(window.width() * 0.94), round(window.height() * 0.92))
        self.move(window.frameGeometry().center() - self.rect().center())

    # --- pages -----------------------------------------------------------------------------------------------------

    def _begin(self, opened: Opened) -> None:
        self._board = RedactBoard(opened.pages, opened.suggested)
        self._load()

    def _load(self) -> None:
        page = self._board.page
        self.picture.show_note("", "")
        self.picture.show_marks(self._board.board)
        self._tasks.query(self, self._source.page, page, done=self._take, failed=self._fail, key="page")
        self._show()

    def _take(self, page: Page) -> None:
        self.picture.show_pixels(*page.pixels)
        self.picture.show_image(page.image)
        self.picture.begin()
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)
        self._board.look()
        self._show()

    def turn(self, by: int) -> None:
        """PgUp, PgDn: another page."""
        if self._board.turn(by):
            self._load()

    def _show(self) -> None:
        board = self._board
        self.place.setText(tr("第 {n} 页，共 {total} 页", n=board.page + 1, total=board.pages))
        self.facts.show_facts(board.facts() or [(tr("本页"), tr("没有遮盖的地方"))])
        self.picture.setAccessibleDescription(tr("方框 {n} 个", n=len(board.board.marks)))
        self.back.setEnabled(board.page > 0)
        self.next.setEnabled(board.page + 1 < board.pages)
        self.drop.setEnabled(board.board.current is not None)
        self.undo.setEnabled(board.board.can_undo)
        self.redo.setEnabled(board.board.can_redo)
        why = self._why_not()
        if why:
            self.finish.refuse(why)
        else:
            self.finish.allow()
        self.say(why)

    def _why_not(self) -> str:
        if self._ticket is not None:
            return tr("正在生成")
        if self._board.unseen:
            return tr("还有 {n} 页没有看过；每页都看过才能生成", n=self._board.unseen)
        if not self._source.is_notice and not self._board.boxes():
            return tr("还没有框选要遮盖的地方")
        return ""

    def say(self, sentence: str) -> None:
        """Say why it can't be made yet, or what went wrong; empty takes it away."""
        self.note.setText(sentence)
        self.note.setToolTip(sentence)

    # --- boxes -----------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        self._is_warned = False
        self._show()

    def _place_one(self) -> None:
        self.picture.use("box")
        self.picture.place_one()

    def _remove(self) -> None:
        self._board.board.remove()
        self._redraw()

    def _turn_step(self, *, is_undo: bool) -> None:
        (self._board.board.undo if is_undo else self._board.board.redo)()
        self._redraw()

    def _select_next(self) -> None:
        self.picture.use("select")
        self._board.board.step_to(1)
        self._redraw()

    def _redraw(self) -> None:
        self.picture.update()
        self._changed()

    def turn_preview(self) -> None:
        """O: the black as it will be, and back."""
        self.picture.show_preview(not self.picture.is_preview)
        self._name_preview()

    def _name_preview(self) -> None:
        self.effect.setText(tr("看遮住的") if self.picture.is_preview else tr("看效果"))

    # --- making ----------------------------------------------------------------------------------------------------

    def make(self) -> None:
        """Make the copy; the dialog closes when it is stored."""
        if self._why_not():
            return
        boxes = self._board.boxes()
        self._ticket = self._tasks.job(
            self, lambda _tell, _stop: self._source.make(boxes), done=self._done, failed=self._fail
        )
        self._tasks.show(self._ticket, Shown(lambda: tr("生成公示稿"), lambda _step: (0, 0), can_stop=False))
        self._show()

    def _done(self, changes: Changes) -> None:
        self._ticket = None
        self.accept()
        self.made.emit(changes)

    def _fail(self, error: InspectorError) -> None:
        self._ticket = None
        self._show()
        self.say(message(error).sentence)
        if not self.picture.has_image():
            self.picture.show_note("photo-off", message(error).title)

    def reject(self) -> None:
        """Esc: ask once more where something was drawn; a copy that is being made is waited for."""
        if self._ticket is not None:
            return
        if self._board.is_touched and not self._is_warned:
            self._is_warned = True
            self.say(tr("画的方框还没有用；再按一次 Esc 放弃，原件不受影响"))
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the module text."""
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        if key in _ARROWS:
            self._arrow(*_ARROWS[key], is_pull=control)
            return
        slots = self._with_control() if control else self._plain() if not held else {}
        if key in slots:
            slots[key]()
        elif key not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def _arrow(self, dx: int, dy: int, *, is_pull: bool) -> None:
        if self._board.board.current is not None:
            self.picture.nudge(dx, dy, is_pull=is_pull)
        else:
            self.picture.pan(QPointF(-dx, -dy) * self.theme.u(_PAN))

    def _with_control(self):
        make = self.make
        return {
            Qt.Key.Key_Z: partial(self._turn_step, is_undo=True),
            Qt.Key.Key_Y: partial(self._turn_step, is_undo=False),
            Qt.Key.Key_Return: make,
            Qt.Key.Key_Enter: make,
        }

    def _plain(self):
        return {
            Qt.Key.Key_Return: self._place_one,
            Qt.Key.Key_Enter: self._place_one,
            Qt.Key.Key_Delete: self._remove,
            Qt.Key.Key_N: self._select_next,
            Qt.Key.Key_O: self.turn_preview,
            Qt.Key.Key_PageUp: partial(self.turn, -1),
            Qt.Key.Key_PageDown: partial(self.turn, 1),
            Qt.Key.Key_Plus: self.picture.zoom_in,
            Qt.Key.Key_Equal: self.picture.zoom_in,
            Qt.Key.Key_Minus: self.picture.zoom_out,
            Qt.Key.Key_0: self.picture.fit,
        }

    def retranslate(self) -> None:
        """Name the buttons."""
        name = self._source.name
        self.setWindowTitle(tr("脱敏 {name}", name=name))
        self.title.setText(self.windowTitle())
        self.picture.setAccessibleName(self.windowTitle())
        self.text.setText(
            tr("拖出方框遮住姓名、证号、电话、车牌、人脸。建议只是从文字里找到的，请逐页看完。原件不变。")
            if self._source.is_notice
            else tr("拖出方框遮住人脸、车牌、证件。遮住的像素在新文件里彻底去掉，拍摄地点等信息也不留。原件不变。")
        )
        self.add.setText(tr("加方框"))
        self.add.setToolTip("Enter")
        self.drop.setText(tr("删除"))
        self.drop.setToolTip("Delete")
        self.undo.setText(tr("撤销"))
        self.undo.setToolTip("Ctrl+Z")
        self.redo.setText(tr("重做"))
        self.redo.setToolTip("Ctrl+Y")
        self.back.setText(tr("上一页"))
        self.next.setText(tr("下一页"))
        self.cancel.setText(tr("取消"))
        self.finish.setText(tr("生成公示稿") if self._source.is_notice else tr("生成脱敏件"))
        self._name_preview()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_scroll"):
            u = self.theme.u
            self._head.setContentsMargins(u(20), u(6), u(20), u(6))
            self._head.setSpacing(u(12))
            self._foot.setContentsMargins(u(16), u(10), u(16), u(10))
            self._foot.setSpacing(self.theme.gap)
            self._tools.setContentsMargins(u(20), u(12), u(20), 0)
            self._tools.setSpacing(u(8))
            self._pane.setFixedWidth(u(320))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
