"""Undo and redo in the workspace: the last step in words with 撤销 and 重做, and whose Ctrl+Z it is.

bar = UndoBar();  bar.show_state(state)               at the left of the bottom strip
keep_own_undo(field, is_draft=…)                      a field keeps Ctrl+Z only while it has typing to take back
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.errors import NotAllowed
from inspector.services.undo import UndoState
from ui.messages import message
from ui.text import tr
from ui.views.workspace.step_words import step_words
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.text_area import TextArea

CTRL_Y = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
"""Redo beside the platform's own key for it."""
LEAST_WORDS = 120
"""Under this unscaled width the step is told by the buttons' descriptions only."""


class UndoBar(Themed, QWidget):
    """↶ 上一步：已记录隐患 3　撤销　重做. The buttons are `undo` and `redo`; it gives up what there is no room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = UndoState()
        self._icon = IconLabel("arrow-back-up", 16, "text2")
        self.words = Label(role="meta", color="text2")
        self.undo = Button(kind="link", key="Ctrl+Z")
        self.redo = Button(kind="link", key="Ctrl+Y")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._icon, self.words, self.undo, self.redo):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self.restyle()

    def show_state(self, state: UndoState) -> None:
        """Show what can be taken back and done again."""
        self._state = state
        back, again = state.undo, state.redo
        said = tr("上一步：{step}", step=step_words(back)) if back else ""
        if back:
            self.undo.allow()
            self.undo.setAccessibleDescription(said)
            self.undo.setToolTip(said)
        else:
            self.undo.refuse(message(state.why_not or NotAllowed(reason="nothing_to_undo")).title)
        told = tr("重做：{step}", step=step_words(again)) if again else ""
        self.redo.setAccessibleDescription(told)
        self.redo.setToolTip(told)
        self.words.setText(said)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """撤销 alone, without its keycap."""
        return QSize(self.undo.text_width() + self.theme.u(4), self.undo.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words what the buttons leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Keep the first of these that fits: all; the redo without its key; shorter words; no keys; no words; 撤销."""
        has_redo, words = self._state.redo is not None, self.words.text_width() + 1 if self.words.text() else 0
        least = min(words, self.theme.u(LEAST_WORDS))
        ways = (
            (words, True, has_redo, True),
            (words, True, has_redo, False),
            (least, True, has_redo, False),
            (least, False, has_redo, False),
            (0, False, has_redo, False),
            (0, False, False, False),
        )
        wide, _, is_redo, _ = next((way for way in ways if self._needs(*way) <= self.width()), ways[-1])
        self.redo.setVisible(is_redo)
        for widget in (self.words, self._icon):
            widget.setVisible(wide > 0)

    def _needs(self, words: int, undo_key: bool, is_redo: bool, redo_key: bool) -> int:
        """Dress the buttons for one way and return its width in px."""
        self.undo.show_key(undo_key)
        self.redo.show_key(redo_key)
        taken = self.undo.sizeHint().width() + (self._gap() + self.redo.sizeHint().width() if is_redo else 0)
        return taken + (words + self._icon.sizeHint().width() + 2 * self._gap() if words else 0)

    def _gap(self) -> int:
        return self.theme.u(12)

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        self.undo.setText(tr("撤销"))
        self.redo.setText(tr("重做"))
        self.show_state(self._state)

    def restyle(self) -> None:
        """Take the gap of the theme."""
        if hasattr(self, "_row"):
            self._row.setSpacing(self._gap())
            self._fit()
        super().restyle()


class _Keeper(QObject):
    """Lets a field have the keys of undo and redo only while they would do something in it."""

    def __init__(self, field: TextField | TextArea, is_draft: Callable[[], bool]) -> None:
        super().__init__(field)
        self._field, self._is_draft = field, is_draft
        field.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look only at the question whose key it is."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        is_undo = event.matches(QKeySequence.StandardKey.Undo)
        is_redo = event.matches(QKeySequence.StandardKey.Redo) or event.keyCombination() == CTRL_Y
        if not (is_undo or is_redo) or self._is_own(is_undo=is_undo):
            return False
        event.ignore()
        return True

    def _is_own(self, *, is_undo: bool) -> bool:
        field = self._field
        source = field if isinstance(field, TextField) else field.document()
        if not is_undo:
            return source.isRedoAvailable()
        # What has become an entry is taken back as an entry; a new form has none yet.
        return source.isUndoAvailable() and (field.has_pending() or self._is_draft())


def keep_own_undo(field: TextField | TextArea, *, is_draft: Callable[[], bool] = lambda: False) -> None:
    """Leave Ctrl+Z to a field while it has typing to take back, else to the screen."""
    _Keeper(field, is_draft)
