"""A sentence of documents.json with its {places} filled: values on blanks that fit them, boxes, spans, pen room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from inspector.clock import CHINA
from inspector.notices.printed_sheet import TOKEN, PrintedSheet, parted
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, SIGN_WIDTH, Typesetter
from inspector.notices.wording import Fragment

EMPTY: Final = 8 * BODY_SIZE
"""Points of a blank whose value is missing."""
PART: Final = 2 * BODY_SIZE
"""Points of a blank for a year, a month … that is written by hand."""
LEAST_PEN, MOST_PEN = 40.0, 100.0
"""Points of a blank to sign on."""
TICKED, UNTICKED = "☑", "□"


class Sentences:
    """Fills the sentences of one sheet."""

    def __init__(self, setter: Typesetter, sheet: PrintedSheet) -> None:
        self._setter, self._sheet = setter, sheet

    def fill(self, sentence: str, *, pen: float = SIGN_WIDTH) -> list[Fragment]:
        """Return the sentence's fragments; {blank} is `pen` points to write on. KeyError for a key without field."""
        fragments: list[Fragment] = []
        end = 0
        for token in TOKEN.finditer(sentence):
            fragments += self._words(sentence[end : token.start()])
            fragments += self._place(token[1], token[2], token[3] or "", token[4] or "", pen)
            end = token.end()
        return [*fragments, *self._words(sentence[end:])]

    def value(self, key: str, *, is_underlined: bool = True) -> list[Fragment]:
        """Return one value, or room to write it; the parts of a date and a time each on a blank of its own."""
        name, form = parted(key)
        field = self._sheet.field(name)
        value = self._sheet.values.get(name)
        if field.type == "date":
            return self._date(_day(value), is_underlined=is_underlined)
        if field.type == "datetime":
            moment = _moment(value)
            day = self._date(moment.date() if moment else None, is_underlined=is_underlined)
            return [*day, *self._hour(moment, is_underlined=is_underlined)]
        text = self._sheet.text(f"{name}.{form}" if form else name)
        if not text:
            return [Fragment("", blank=EMPTY)] if is_underlined else []
        return [Fragment(text, is_underlined=is_underlined)]

    def span(self, first: str, last: str) -> list[Fragment]:
        """From one moment (or day) to another, the year and the day said again only where they change."""
        begins, ends = self._sheet.values.get(first), self._sheet.values.get(last)
        if self._sheet.field(first).type == "date":
            day, until = _day(begins), _day(ends)
            return [*self._date(day), *self._say("to"), *self._date(until, has_year=_is_told_again(day, until))]
        start, end = _moment(begins), _moment(ends)
        told = [*self._date(start.date() if start else None), *self._hour(start), *self._say("to")]
        is_same_day = start is not None and end is not None and start.date() == end.date()
        if not is_same_day:
            has_year = start is not None and end is not None and start.year != end.year
            told += self._date(end.date() if end else None, has_year=has_year)
        return [*told, *self._hour(end)]

    def box(self, key: str, wanted: str) -> list[Fragment]:
        """A box, ticked if a bool is true or a choice is `wanted`."""
        value = self._sheet.values.get(self._sheet.field(key).key)
        is_so = (wanted in value if isinstance(value, list | tuple) else value == wanted) if wanted else bool(value)
        return [Fragment(TICKED if is_so else UNTICKED)]

    def to_sign(self, line: str, width: float, pitch: float) -> Text:
        """Set a line with blanks to sign on, as wide as lets them stand beside the words on `width` points."""
        words = [each for each in self.fill(line.replace("{blank}", "")) if each.text]
        taken = sum(self._setter.width(each.text) for each in words)
        pen = max(min(MOST_PEN, (width - taken - 2) / max(line.count("{blank}"), 1)), LEAST_PEN)
        return self._setter.text(self.fill(line, pen=pen), pitch=pitch, align=Align.LEFT)

    def _place(self, mark: str, key: str, to: str, wanted: str, pen: float) -> list[Fragment]:
        if key == "blank":
            return [Fragment("", blank=pen)]
        if mark == "?":
            return self.box(key, wanted)
        return self.span(key, to) if to else self.value(key, is_underlined=mark != "=")

    def _date(self, day: date | None, *, has_year: bool = True, is_underlined: bool = True) -> list[Fragment]:
        told = {} if day is None else {"year": f"{day.year}", "month": f"{day.month}", "day": f"{day.day}"}
        return self._say("date" if has_year else "month_day", told, ("year", "month", "day"), is_underlined)

    def _hour(self, moment: datetime | None, *, is_underlined: bool = True) -> list[Fragment]:
        told = {} if moment is None else {"hour": f"{moment:%H}", "minute": f"{moment:%M}"}
        return self._say("hour_minute", told, ("hour", "minute"), is_underlined)

    def _say(
        self, name: str, told: Mapping[str, str] | None = None, parts: tuple[str, ...] = (), is_underlined: bool = True
    ) -> list[Fragment]:
        values = {
            part: [Fragment(told[part], is_underlined=is_underlined)] if told else [Fragment("", blank=PART)]
            for part in parts
        }
        return list(self._setter.say(name, **values))

    @staticmethod
    def _words(text: str) -> list[Fragment]:
        return [Fragment(text)] if text else []


def _is_told_again(first: date | None, last: date | None) -> bool:
    return first is None or last is None or first.year != last.year


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _moment(value: Any) -> datetime | None:
    return datetime.fromisoformat(value).astimezone(CHINA) if value else None
