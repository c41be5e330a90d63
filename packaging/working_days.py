"""Writes calendar.json of a pack from chinesecalendar: `.venv/bin/python packaging/working_days.py FIRST LAST FILE`."""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any, cast

import chinese_calendar  # pyright: ignore[reportMissingTypeStubs]

NOTE = (
    "Weekdays off and weekend days of work, by year (国务院办公厅关于部分节假日安排的通知 of "
    "each year). A year that is not here is not known."
)


def year(which: int) -> dict[str, Any]:
    """Return what differs from the plain week in one year: `off` weekdays and `work` weekend days, as MM-DD."""
    off: list[str] = []
    work: list[str] = []
    day = date(which, 1, 1)
    while day.year == which:
        is_work = cast("bool", chinese_calendar.is_workday(day))  # pyright: ignore[reportUnknownMemberType]
        if is_work != (day.weekday() < 5):
            (work if is_work else off).append(f"{day:%m-%d}")
        day += timedelta(days=1)
    return {"off": off, "work": work}


def main(first: str, last: str, path: str) -> None:
    """Write the years `first` to `last`, one a line."""
    told = {str(each): year(each) for each in range(int(first), int(last) + 1)}
    lines = ",\n".join(f'  "{each}": {json.dumps(days)}' for each, days in told.items())
    head = f'{{\n "schema_version": 1,\n "note": {json.dumps(NOTE, ensure_ascii=False)},\n'
    source = f' "source": "chinesecalendar {chinese_calendar.__version__}",\n'
    Path(path).write_text(f'{head}{source} "origin": "S",\n "years": {{\n{lines}\n }}\n}}\n', encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:4])
