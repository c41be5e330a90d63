"""MarkEditor: lets the marks of one photo be drawn in the viewer, and saves them as one entry when it is left.

editor = MarkEditor(viewer, services, tasks, picture, tools);  editor.begin(evidence);  editor.finish()
editor.press(event) → whether the key was meant for it. Signals: `began()`, `ended()`, `said(sentence)`.
What is drawn is kept as a draft from step to step, so that a crash takes nothing.
"""

from __future__ import annotations

from functools import partial

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.evidence import Evidence
from inspector.errors import InspectorError, InvalidInput
from inspector.evidence import marks
from inspector.evidence.marks import MOST_TEXT, Color, Text, Weight
from ui.messages import message
from ui.models.mark_board import MarkBoard
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.mark_tools import TOOLS, MarkTools
from ui.views.evidence.marked_picture import MarkedPicture
from ui.widgets.text_dialog import TextDialog

_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_COLORS, _WEIGHTS = list(Color), list(Weight)


def owner_of(evidence_id: str) -> str:
    """Return under which name the draft of a photo's marks is kept."""
    return f"evidence:{evidence_id}"


class MarkEditor(QObject):
    """See the module text."""

    began = Signal()
    ended = Signal()
    said = Signal(str)

    def __init__(
        self, viewer: QWidget, services: App, tasks: Tasks, *, picture: MarkedPicture, tools: MarkTools
    ) -> None:
        super().__init__(viewer)
        self._viewer, self._services, self._tasks = viewer, services, tasks
        self.picture, self.tools = picture, tools
        self.is_on = False
        self._id = self._stored = ""
        tools.tool_chosen.connect(self.use)
        tools.color_chosen.connect(lambda value: self._dress(color=Color(value)))
        tools.weight_chosen.connect(lambda value: self._dress(weight=Weight(value)))
        buttons = ((tools.undo, self._undo), (tools.redo, self._redo), (tools.drop, self._remove))
        for button, slot in (*buttons, (tools.rewrite, self._rewrite)):
            button.clicked.connect(lambda _on=False, do=slot: do())
        picture.changed.connect(self._changed)
        picture.text_wanted.connect(self._write)
        picture.rewrite_wanted.connect(self._rewrite)

    # --- beginning and ending --------------------------------------------------------------------------------------

    def begin(self, one: Evidence) -> None:
        """Ask whether the photo may be marked, then let it be."""
        self._id, self._stored = one.id, one.marks
        self._tasks.query(self, self._ready, one.id, done=self._start, failed=self._refuse, key="mark")

    def _ready(self, evidence_id: str) -> str:
        """Runs on a work thread: the half-drawn marks of before, if any."""
        self._services.evidence.demand_markable(evidence_id)
        return self._services.drafts.of(owner_of(evidence_id)).get("marks", "")

    def _start(self, draft: str) -> None:
        try:
            board = MarkBoard(marks.read(draft or self._stored))
        except InvalidInput as error:
            self._refuse(error)
            return
        self.picture.show_marks(board)
        self.picture.begin()
        self.is_on = True
        self.use("box" if not board.marks else "select")
        self.picture.setFocus(Qt.FocusReason.OtherFocusReason)
        self.began.emit()

    def _refuse(self, error: InspectorError) -> None:
        told = message(error)
        self.said.emit(told.sentence)

    def finish(self) -> None:
        """Save what was drawn as one entry, and go on looking."""
        if not self.is_on:
            return
        self.is_on = False
        wanted = self.picture.board.marks
        self.picture.end()
        self.said.emit("")
        self.ended.emit()
        save = partial(self._services.evidence.mark, self._id, wanted)
        self._tasks.command(self, save, failed=self._refuse)

    # --- drawing ---------------------------------------------------------------------------------------------------

    @property
    def board(self) -> MarkBoard:
        """What is drawn."""
        return self.picture.board

    def use(self, tool: str) -> None:
        """Take a tool."""
        self.picture.use(tool)
        self._show()

    def _show(self) -> None:
        self.tools.show_state(self.board, self.picture.tool)
        count = len(self.board.marks)
        self.picture.setAccessibleDescription(tr("标注 {n} 个", n=count))

    def _changed(self) -> None:
        if not self.is_on:
            return
        if self.board.is_full:
            self.said.emit(tr("一张照片最多 {n} 个标注", n=marks.MOST))
        self._show()
        self._keep()

    def _keep(self) -> None:
        try:
            stored = marks.write(self.board.marks)
        except InvalidInput as error:
            self._refuse(error)
            return
        self._tasks.command(self, self._services.drafts.put, owner_of(self._id), "marks", stored, is_quiet=True)

    def _dress(self, *, color: Color | None = None, weight: Weight | None = None) -> None:
        self.board.dress(color=color, weight=weight)
        self.picture.update()
        self._changed()

    def _undo(self) -> None:
        self.board.undo()
        self.picture.update()
        self._changed()

    def _redo(self) -> None:
        self.board.redo()
        self.picture.update()
        self._changed()

    def _remove(self) -> None:
        self.board.remove()
        self.picture.update()
        self._changed()

    # --- text ------------------------------------------------------------------------------------------------------

    def _write(self, x: float, y: float) -> None:
        if not self.board.is_full:
            self._ask("", partial(self._put, x, y))

    def _put(self, x: float, y: float, text: str) -> None:
        self.board.add(Text(x=x, y=y, text=text, color=self.board.color, weight=self.board.weight))
        self.picture.update()
        self._changed()

    def _rewrite(self) -> None:
        mark = self.board.current
        if isinstance(mark, Text):
            self._ask(mark.text, self._put_anew)

    def _put_anew(self, text: str) -> None:
        mark = self.board.current
        if isinstance(mark, Text):
            self.board.replace(msgspec.structs.replace(mark, text=text))
            self.picture.update()
            self._changed()

    def _ask(self, text: str, done) -> None:
        dialog = TextDialog(
            self._viewer,
            title=tr("标注文字"),
            text=tr("写在照片上，最多 {n} 字；原件不变", n=MOST_TEXT),
            label=tr("文字"),
            verb=tr("写上"),
            value=text,
        )
        dialog.field.setMaxLength(MOST_TEXT)
        dialog.written.connect(done)
        dialog.open()

    # --- keys ------------------------------------------------------------------------------------------------------

    def press(self, event: QKeyEvent) -> bool:
        """1–5 tools, Enter puts one in the middle, arrows move (Ctrl pulls), PgUp PgDn select, C W Delete, Ctrl+Z Y."""
        if not self.is_on:
            return False
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        control = held == Qt.KeyboardModifier.ControlModifier
        if key in _ARROWS:
            self.picture.nudge(*_ARROWS[key], is_pull=control)
            return True
        slots = self._with_control() if control else self._plain() if not held else {}
        if key in slots:
            slots[key]()
            return True
        return False

    def _with_control(self):
        return {Qt.Key.Key_Z: self._undo, Qt.Key.Key_Y: self._redo}

    def _plain(self):
        tools = {Qt.Key(Qt.Key.Key_1 + n): partial(self.use, tool) for n, (tool, _) in enumerate(TOOLS)}
        return tools | {
            Qt.Key.Key_Return: self.picture.place_one,
            Qt.Key.Key_Enter: self.picture.place_one,
            Qt.Key.Key_Delete: self._remove,
            Qt.Key.Key_F2: self._rewrite,
            Qt.Key.Key_PageDown: partial(self._select, 1),
            Qt.Key.Key_PageUp: partial(self._select, -1),
            Qt.Key.Key_C: self._next_color,
            Qt.Key.Key_W: self._next_weight,
        }

    def _select(self, by: int) -> None:
        self.picture.use("select")
        self.board.step_to(by)
        self.picture.update()
        self._show()

    def _next_color(self) -> None:
        self._dress(color=_COLORS[(_COLORS.index(self.board.color) + 1) % len(_COLORS)])

    def _next_weight(self) -> None:
        self._dress(weight=_WEIGHTS[(_WEIGHTS.index(self.board.weight) + 1) % len(_WEIGHTS)])
