"""Welcome: no profile yet. Try the sample bureau, or enrol with headquarters.

Signals: `founded()`: a profile is there now.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from inspector.version import VERSION
from ui.context import Doors
from ui.tasks import Tasks
from ui.text import tr
from ui.views.welcome.enrol import EnrolForm
from ui.views.welcome.sample import SampleDialog
from ui.widgets.button import Button
from ui.widgets.icon import IconLabel
from ui.widgets.keys import bind_key, press
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import Card

WIDTH = 880
ROOMY = 640
"""Under this unscaled height the heading moves up and leaves the room to the form."""


class _Choice(Card):
    """One way to begin: what it is, what it means, its button."""

    def __init__(self, icon: str, button: Button) -> None:
        super().__init__()
        self.title = Label(role="title", elide=False)
        self.text = Paragraph(color="text2")
        self.button = button
        self.column.addWidget(IconLabel(icon, 32, "text2"))
        self.column.addWidget(self.title)
        self.column.addWidget(self.text)
        self.column.addStretch(1)
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class WelcomeView(Themed, QWidget):
    """The first screen of a computer without data."""

    founded = Signal()

    def __init__(self, doors: Doors, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doors, self._tasks = doors, tasks
        self._title = Label(role="display")
        self._subtitle = Paragraph(color="text2")
        self.sample = _Choice("school", Button(key="F2", on_click=self._try_sample))
        self.enrol = _Choice("building-community", Button(kind="primary", key="F3", on_click=self._enrol))
        for choice in (self.sample, self.enrol):
            bind_key(choice, choice.button.key, partial(press, choice.button))
        self.form = EnrolForm(doors, tasks)
        self.form.founded.connect(self.founded)
        self.form.left.connect(self._back)
        self._version = Label(role="meta", color="text2")
        self._lay_out()
        self.setFocusProxy(self.enrol.button)
        self.restyle()
        self.retranslate()

    def _lay_out(self) -> None:
        self._cards = QHBoxLayout()
        self._cards.addWidget(self.sample, 1)
        self._cards.addWidget(self.enrol, 1)
        choices = QWidget()
        inner = QVBoxLayout(choices)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self._cards)
        inner.addStretch(1)
        self._pile = QStackedLayout()
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._subtitle)
        self._column.addLayout(self._pile, 1)
        self._pile.addWidget(choices)
        self._pile.addWidget(self.form)
        self._column.addWidget(self._version)
        self._outer = QHBoxLayout(self)
        self._outer.addStretch(1)
        self._outer.addWidget(self._page, 100)
        self._outer.addStretch(1)

    def _try_sample(self) -> None:
        dialog = SampleDialog(self, self._doors, self._tasks)
        dialog.founded.connect(self.founded)
        dialog.open()

    def _enrol(self) -> None:
        self._pile.setCurrentWidget(self.form)
        self._say_where()
        self.form.setFocus(Qt.FocusReason.TabFocusReason)

    def _back(self) -> None:
        self._pile.setCurrentIndex(0)
        self._say_where()
        self.enrol.button.setFocus(Qt.FocusReason.TabFocusReason)

    def _say_where(self) -> None:
        if self._pile.currentWidget() is self.form:
            self._title.setText(tr("到总部登记"))
            self._subtitle.setText(tr("登记一次，以后离线也能用。登记码由总部管理员给出，只能用一次。"))
        else:
            self._title.setText(tr("现场执法"))
            self._subtitle.setText(tr("这台电脑上还没有数据。请选择怎样开始。"))

    def retranslate(self) -> None:
        """Set every word."""
        self._say_where()
        self.sample.title.setText(tr("试用示例单位"))
        self.sample.text.setText(tr("虚构的单位、人员和企业，每页印有“演示”。可随意操作。"))
        self.sample.button.setText(tr("试用示例单位"))
        self.enrol.title.setText(tr("到总部登记"))
        self.enrol.text.setText(tr("正式使用。需要总部地址、一次性登记码，和两名持证执法人员在场。"))
        self.enrol.button.setText(tr("到总部登记"))
        self._version.setText(
            "　".join((tr("版本 {v}", v=VERSION), tr("数据保存在 {folder}", folder=self._doors.profile)))
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give a low window's room to the form."""
        super().resizeEvent(event)
        self.restyle()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._outer.setContentsMargins(u(24), u(56) if self.height() >= u(ROOMY) else u(12), u(24), u(20))
        self._column.setSpacing(u(8))
        self._cards.setSpacing(u(20))
        self._cards.setContentsMargins(0, u(24), 0, 0)
        for choice in (self.sample, self.enrol):
            choice.setMinimumHeight(u(232))
        self._page.setMaximumWidth(u(WIDTH))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
