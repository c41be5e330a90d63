"""DeadlineField: 整改期限 as officers say it: a number of days (15), or the day itself (12-11, 2026-12-11, 12月11日).

field.number() -> days or None ; field.day(today) -> date or None ; ↑ ↓ step the days.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Final

from PySide6.QtWidgets import QWidget

from ui.widgets.fields import NumberField

MOST_DAYS: Final = 365
_DAYS: Final = re.compile(r"(\d{1,3})\s*[日天]?")
_DAY: Final = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?前?")


def read_days(text: str) -> int | None:
    """Return the number of days that was typed (1 … 365; full-width digits too), None for anything else."""
    found = _DAYS.fullmatch(_plain(text))
    days = int(found[1]) if found else 0
    return days if 1 <= days <= MOST_DAYS else None


def read_day(text: str, today: date) -> date | None:
    """Return the day that was typed; without a year the next one after `today`. None for anything else."""
    found = _DAY.fullmatch(_plain(text))
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if year:
            return date(year, month, day)
        this = date(today.year, month, day)
        return this if this > today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


class DeadlineField(NumberField):
    """One short field for both ways; see the module text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, MOST_DAYS, parent=parent)
        self.setValidator(None)  # pyright: ignore[reportArgumentType] - Qt takes null for none

    def number(self) -> int | None:
        """Return the number of days, None for a date or anything else."""
        return read_days(self.text())

    def day(self, today: date) -> date | None:
        """Return the day that was typed, None for a number of days or anything else."""
        return read_day(self.text(), today)
