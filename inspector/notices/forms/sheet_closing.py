"""How a sheet ends: the lines to sign on, seal and date; and what is signed at the foot of every page."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.law.documents import Closing
from inspector.notices import qr
from inspector.notices.forms import sealed
from inspector.notices.forms.sheet_text import Sentences
from inspector.notices.layout import WIDTH, Block, Mark, Set
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, ENDLESS, Typesetter
from inspector.notices.wording import Fragment

PITCH = 26.0
"""From one line to sign on to the next."""
TOP = 8.0
OFFICERS = "{officers}"
ROOM = "{room}"
"""The rest of the line to write on."""
COLUMN_GAP = 12.0


def closing(setter: Typesetter, sentences: Sentences, closing: Closing) -> Block:
    """What stands under the text of the last page."""
    code_at_right = not closing.has_seal and bool(setter.code(0, 0))
    room = WIDTH - qr.SIZE - 40 if code_at_right else WIDTH
    stack = _Stack(setter, sentences, room)
    for line in closing.lines:
        stack.put(line)
    if code_at_right:
        stack.marks += setter.code(WIDTH - qr.SIZE - 12, TOP)
    if closing.has_seal:
        stack.seal(has_date=closing.has_date)
    elif closing.has_date:
        stack.date()
    for line in closing.below_seal:
        stack.put(line)
    least = TOP + qr.SIZE + 26 if code_at_right else 0.0
    return Block(max(stack.y, least) + 2, tuple(stack.marks))


def compact(setter: Typesetter, sentences: Sentences, closing: Closing) -> Block:
    """What every page but the last has at its foot: two lines to sign on side by side, and the date; else nothing."""
    if not closing.on_every_page:
        return Block(0.0, ())
    stack = _Stack(setter, sentences, WIDTH)
    for line in closing.on_every_page:
        stack.put(line)
    if closing.has_date:
        stack.date()
    return Block(stack.y, tuple(stack.marks))


class _Stack:
    """Lines under each other."""

    def __init__(self, setter: Typesetter, sentences: Sentences, room: float) -> None:
        self._setter, self._sentences, self._room = setter, sentences, room
        self.marks: list[Mark] = []
        self.y = TOP
        self._end = room
        """Where the last line's words end; the date stands behind them if there is room."""

    def put(self, line: str) -> None:
        """Add a line of one column or two."""
        if line.endswith(OFFICERS):
            label = line.removesuffix(OFFICERS) or self._setter.document.wording["sign_officers"]
            marks, self.y = sealed.officers(self._setter, label, self.y, width=self._room)
            self.marks += marks
            self._end = self._room
            return
        columns = line.split("\t")
        width = (self._room - COLUMN_GAP * (len(columns) - 1)) / len(columns)
        texts = [self._line(column, width) for column in columns]
        for n, text in enumerate(texts):
            self.marks.append(Set(n * (width + COLUMN_GAP), self.y, width, text))
        self.y += max(text.height(width) for text in texts)
        self._end = texts[0].lines(width)[-1].end if len(texts) == 1 else self._room

    def date(self) -> None:
        """Put the date at the right, on the last line where there is room."""
        setter = self._setter
        day = setter.text([Fragment(setter.day(setter.document.issued_on))], pitch=PITCH, align=Align.RIGHT)
        needed = setter.width(setter.day(setter.document.issued_on)) + BODY_SIZE
        if self._end + needed > self._room:
            self.y += PITCH
        self.marks.append(Set(0, self.y - PITCH, self._room, day))
        self._end = self._room

    def seal(self, *, has_date: bool) -> None:
        """Put the QR code at the left, issuer, room for the seal and date at the right."""
        marks, self.y = sealed.seal(self._setter, self.y, has_date=has_date)
        self.marks += marks

    def _line(self, line: str, width: float) -> Text:
        if ROOM not in line:
            return self._sentences.to_sign(line if "{blank}" in line else line + "{blank}", width, PITCH)
        fragments = self._sentences.fill(line.replace(ROOM, ""))
        style = {"pitch": PITCH, "align": Align.LEFT}
        end = self._setter.text(fragments, **style).lines(ENDLESS)[0].end
        return self._setter.text(fragments, **style, is_ruled=True, rule_from=min(end, width - 2 * BODY_SIZE))


def lines_of(closing: Closing) -> Sequence[str]:
    """Return every line of a closing that may hold {keys}."""
    return (*closing.lines, *closing.on_every_page, *closing.below_seal)
