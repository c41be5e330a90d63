"""DayField: the day whose law is asked for: 2026-11-22, 20261122, 11-22; a wrong day is shown red and not taken.

field.show_day(day) ; field.day() -> date ; signal `chosen()` when another day was taken
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.context import today
from ui.text import tr
from ui.widgets.fields import TextField

_DAY: Final = re.compile(r"(?:(\d{4})\s*[-./年]?\s*)?(\d{1,2})\s*[-./月]?\s*(\d{2}|\d)\s*日?")


def read_day(text: str, year: int) -> date | None:
    """Return the day that was typed, without a year in `year`; None for anything else."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        return None
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError:
        return None


class DayField(TextField):
    """See the module text."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._day = today()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.committed.connect(self._take)
        self.textEdited.connect(lambda _text: self.set_error(False))
        self.show_day(self._day)
        self.retranslate()

    def day(self) -> date:
        """Return the day that holds."""
        return self._day

    def show_day(self, day: date) -> None:
        """Take a day without a signal."""
        self._day = day
        self.set_value(day.isoformat())
        self.set_error(False)

    def _take(self, text: str) -> None:
        found = read_day(text, self._day.year) if text.strip() else today()
        self.set_error(found is None)
        if found is not None and found != self._day:
            self._day = found
            self.chosen.emit()
        if found is not None:
            self.setText(found.isoformat())

    def sizeHint(self) -> QSize:
        """Room for a whole date."""
        return QSize(self.theme.u(124), self.theme.size("control"))

    def retranslate(self) -> None:
        """Say what it is."""
        self.setAccessibleName(tr("以此日为准"))
        self.setToolTip(tr("以此日为准：这一天有效的文本"))
