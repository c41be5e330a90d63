"""Deadline: the number of days that is typed and the day it leads to, side by side.

deadline.field is the NumberField, deadline.beside the widgets after it; `chosen(date)` a finished choice,
`offered(date)` while typing. 15 日 → 2026-12-11 周五前　11 个工作日，已避开休息日
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.services.catalogue import DeadlineOffer
from ui.models.moments import weekday_word
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.fields import NumberField
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label

MOST_DAYS = 365


class Deadline(QObject):
    """The two sides of 整改期限; see the module text."""

    offered = Signal(object)
    chosen = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._today = date.min
        self._day: date | None = None
        self._offer: DeadlineOffer | None = None
        self._asked: int | None = None
        self.field = NumberField(1, MOST_DAYS)
        self.unit = Label(elide=False)
        self.icon = IconLabel("calendar-due", 18)
        self.day = Label(role="bodyStrong", elide=False)
        self.note = Label(role="meta", color="text2")
        self.beside = (self.unit, self.icon, self.day, self.note)
        self.field.drafted.connect(lambda _text: self._ask(is_final=False))
        self.field.committed.connect(lambda _text: self._ask(is_final=True))
        self.retranslate()

    def value(self) -> date | None:
        """Return the day that is shown, None for none."""
        return self._day

    def open_days(self) -> int | None:
        """Return the number that was typed and has no day yet, None if the shown day is the typed one."""
        return self._asked

    def show_day(self, day: date | None, today: date) -> None:
        """Show a stored deadline, counted from `today`."""
        self._today, self._day, self._offer, self._asked = today, day, None, None
        self.field.set_value(str((day - today).days) if day else "")
        self._show()
        if day and 0 < (day - today).days <= MOST_DAYS:
            self._tasks.query(self, self._services.catalogue.deadline, (day - today).days, done=self._fit, key="day")

    def _ask(self, *, is_final: bool) -> None:
        days = self._asked = self.field.number()
        if days is None:
            self._day, self._offer = None, None
            self._show()
            return

        def answer(offer: DeadlineOffer) -> None:
            self._day, self._offer, self._asked = offer.day, offer, None
            self._show()
            (self.chosen if is_final else self.offered).emit(offer.day)

        self._tasks.query(self, self._services.catalogue.deadline, days, done=answer, key="day")

    def _fit(self, offer: DeadlineOffer) -> None:
        """Take the working days of a stored day, unless it lies on a day of rest and was meant so."""
        if offer.day == self._day:
            self._offer = offer
            self._show()

    def _show(self) -> None:
        day, offer = self._day, self._offer
        for widget in (self.icon, self.day, self.note):
            widget.setVisible(day is not None)
        if day is None:
            return
        self.day.setText(tr("{day} {weekday}前", day=day, weekday=weekday_word(day)))
        parts: list[str] = []
        if day <= self._today:
            parts.append(tr("已过"))
        if offer and offer.workdays is not None:
            parts.append(tr("{n} 个工作日", n=offer.workdays))
        if offer and offer.is_moved:
            parts.append(tr("已避开休息日"))
        self.note.setText(tr("，").join(parts))
        self.field.setAccessibleDescription(f"{self.day.text()} {self.note.text()}")

    def retranslate(self) -> None:
        """Say it again in the other language."""
        self.unit.setText(tr("日"))
        self._show()
