"""Deadline: the days or the date that is typed and the day it leads to, side by side.

deadline.field is the DeadlineField, deadline.beside the widgets after it; `chosen(date)` a finished choice,
`offered(date)` while typing. 15 日 → 2026-12-11 周五前　11 个工作日，已避开休息日
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.law import calendar
from ui.models.moments import weekday_word
from ui.tasks import Tasks
from ui.text import tr
from ui.views.hazards.deadline_field import MOST_DAYS, DeadlineField
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the calendar knows of a day: working days until then (None: unknown year), moved off a day of rest, rest."""

    day: date
    workdays: int | None
    is_moved: bool = False
    is_rest: bool = False


def reckon(today: date, day: date) -> Reckoned:
    """Look a day up (the first call loads the calendar: not on the window's thread)."""
    return Reckoned(day, calendar.workdays_between(today, day), is_rest=calendar.is_workday(day) is False)


class Deadline(QObject):
    """The two sides of 整改期限; see the module text."""

    offered = Signal(object)
    chosen = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._today = date.min
        self._day: date | None = None
        self._told: Reckoned | None = None
        self._asked: int | None = None
        self.field = DeadlineField()
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
        self._today, self._day, self._told, self._asked = today, day, None, None
        self.field.set_value(str((day - today).days) if day else "")
        self._show()
        if day and 0 < (day - today).days <= MOST_DAYS:
            self._tasks.query(self, reckon, today, day, done=self._fit, key="day")

    def error(self) -> str:
        """Say what is wrong with what was typed, empty if nothing is."""
        text = self.field.text()
        if not text or self.field.number() is not None:
            return ""
        day = self.field.day(self._today)
        if day is None:
            return tr("请写天数（1 至 {n}）或日期，如 12-11", n=MOST_DAYS)
        if day <= self._today:
            return tr("{day} 已过", day=day)
        return "" if (day - self._today).days <= MOST_DAYS else tr("应为 1 至 {n} 日", n=MOST_DAYS)

    def _ask(self, *, is_final: bool) -> None:
        days, self._asked = self.field.number(), None
        if days is None:
            self._take_date(is_final=is_final)
            return
        self._asked = days

        def count() -> Reckoned:
            offer = self._services.catalogue.deadline(days)
            return Reckoned(offer.day, offer.workdays, is_moved=offer.is_moved)

        def answer(told: Reckoned) -> None:
            self._day, self._told, self._asked = told.day, told, None
            self._show()
            (self.chosen if is_final else self.offered).emit(told.day)

        self._tasks.query(self, count, done=answer, key="day")

    def _take_date(self, *, is_final: bool) -> None:
        """A date that was typed stands as it was typed, on a day of rest too; then it is told."""
        day = self.field.day(self._today)
        self._day, self._told = (day if day and not self.error() else None), None
        self._show()
        if self._day is None:
            return
        self._tasks.query(self, reckon, self._today, self._day, done=self._fit, key="day")
        (self.chosen if is_final else self.offered).emit(self._day)

    def _fit(self, told: Reckoned) -> None:
        """Take what the calendar knows of the day that is shown."""
        if told.day == self._day:
            self._told = told
            self._show()

    def _show(self) -> None:
        day, told = self._day, self._told
        for widget in (self.icon, self.day, self.note):
            widget.setVisible(day is not None)
        if self.unit.parentWidget() is not None:  # shown without a parent it would be a window
            self.unit.setVisible(self.field.number() is not None or not self.field.text())
        if day is None:
            self.field.setAccessibleDescription("")
            return
        self.day.setText(tr("{day} {weekday}前", day=day, weekday=weekday_word(day)))
        parts: list[str] = []
        if day <= self._today:
            parts.append(tr("已过"))
        if told and told.workdays is not None:
            parts.append(tr("{n} 个工作日", n=told.workdays))
        if told and told.is_moved:
            parts.append(tr("已避开休息日"))
        if told and told.is_rest:
            parts.append(tr("当天休息"))
        self.note.setText(tr("，").join(parts))
        self.field.setAccessibleDescription(f"{self.day.text()} {self.note.text()}")

    def retranslate(self) -> None:
        """Say it again in the other language."""
        self.unit.setText(tr("日"))
        self._show()
