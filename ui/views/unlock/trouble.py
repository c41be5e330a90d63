"""Trouble: a profile that can't be opened (damaged, newer, missing) has its own screen: what is safe, what to do."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.errors import InspectorError
from ui.messages import message
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.keys import bind_key, press
from ui.widgets.painted import Themed, draw_box


class TroubleView(Themed, QWidget):
    """Signal: `retry_wanted()`."""

    retry_wanted = Signal()

    def __init__(self, error: InspectorError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._error = error
        self._retry = Button(kind="primary", key="F5", on_click=self.retry_wanted.emit)
        bind_key(self, self._retry.key, partial(press, self._retry))
        column = QVBoxLayout(self)
        told = message(error)
        self._words = EmptyState(told.icon, buttons=[self._retry], color=told.color)
        column.addWidget(self._words)
        self.setFocusProxy(self._retry)
        self.retranslate()

    def retranslate(self) -> None:
        """Say it in the language that is on."""
        told = message(self._error)
        self._words.say(told.title, told.text)
        self._retry.setText(tr("再试一次"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=self.theme.color("canvas"))
