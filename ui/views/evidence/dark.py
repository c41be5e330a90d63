"""Words, buttons and fields on the dark ground of viewer and camera, which is the same in every theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QKeyEvent

from ui.theme.look import theme as current_theme
from ui.views.evidence.picture import Dark
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.focus_ring import FocusRing
from ui.widgets.label import Label, Paragraph


class DarkLabel(Dark, Label):
    """A line on dark ground."""


class DarkWords(Dark, Paragraph):
    """Running text on dark ground."""


class DarkCheckBox(Dark, CheckBox):
    """A yes or no on dark ground."""


class DarkButton(Dark, Button):
    """A button on dark ground; what can't be pressed can still be read in sunlight."""

    def _ink(self) -> QColor:
        is_pale = not self.isEnabled() and current_theme().is_sunlight
        pale = "text" if self._kind == "primary" else "text2"  # its fill is lighter
        return self.theme.color(pale) if is_pale else super()._ink()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the screen: they turn pages and move marks there, not the focus."""
        arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}
        if Qt.Key(event.key()) in arrows:
            event.ignore()
        else:
            super().keyPressEvent(event)


class DarkRing(Dark, FocusRing):
    """The focus on dark ground."""
