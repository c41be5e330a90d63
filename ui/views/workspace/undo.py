"""Undo and redo in the workspace: the last step in words with 撤销 and 重做, and whose Ctrl+Z it is.

bar = UndoBar();  bar.show_state(state)               at the left of the bottom strip
keep_own_undo(field, is_draft=…)                      a field keeps Ctrl+Z only while it has typing to take back
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from inspector.errors import NotAllowed
from inspector.services.undo import UndoState
from ui.messages import message
from ui.text import tr
from ui.views.workspace.step_words import step_words
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.text_area import TextArea

CTRL_Y = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
"""Redo beside the platform's own key for it."""
LEAST_WORDS = 120
"""Under this unscaled width the step is told by the buttons' descriptions only."""


class UndoBar(Themed, QWidget):
    """上一步：已记录隐患 3　撤销　重做. The buttons are `undo` and `redo`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = UndoState()
        self.words = Label(role="meta", color="text2")
        self.undo = Button(kind="quiet", icon="arrow-back-up")
        self.redo = Button(kind="quiet")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.undo, self.redo):
            self._row.addWidget(widget)
        self._row.addWidget(self.words, 1)
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
        self.redo.setVisible(again is not None)
        if again:
            told = tr("重做：{step}", step=step_words(again))
            self.redo.setAccessibleDescription(told)
            self.redo.setToolTip(told)
        self.words.setText(said)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the words what the buttons leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = [one for one in (self.undo, self.redo) if not one.isHidden()]
        for with_keys in (True, False):
            for button in (self.undo, self.redo):
                button.show_key(with_keys)
            taken = sum(button.sizeHint().width() + self.theme.u(8) for button in shown)
            wanted = min(self.words.text_width(), self.theme.u(LEAST_WORDS)) if self.words.text() else 0
            if taken + wanted <= self.width():
                break
        self.words.setVisible(self.width() - taken >= self.theme.u(LEAST_WORDS))

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        self.undo.setText(tr("撤销"))
        self.redo.setText(tr("重做"))
        self.show_state(self._state)

    def restyle(self) -> None:
        """Take the gap of the theme."""
        if hasattr(self, "_row"):
            self._row.setSpacing(self.theme.u(8))
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
