"""Dresses the sentences of a document in faces and sets them as texts: the vocabulary the forms are written in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from inspector.notices import qr, wording
from inspector.notices.document import NoticeDocument
from inspector.notices.fonts import Fonts
from inspector.notices.layout import LEFT, WIDTH, Block, Box, Code, Mark, Rule, Set
from inspector.notices.text import Align, Run, Style, Text
from inspector.notices.wording import Fragment

ENDLESS = 1e9
TITLE_SIZE, NUMBER_SIZE, BODY_SIZE, SMALL_SIZE = 18.0, 15.0, 10.5, 8.0
"""小二, 小三, 五号, and 8 pt for the words under the QR code."""
SIGN_WIDTH, SIGN_GAP = 78.0, 8.0
"""Points of a blank to sign on, and between two of them."""
LABEL_GAP = 4.0
"""Points between a label and the value on its blank."""
BY_HAND = "　　年　　月　　日"


class Typesetter:
    """Sets one document with one set of fonts."""

    def __init__(self, document: NoticeDocument, fonts: Fonts) -> None:
        self.document, self._fonts = document, fonts
        self.pitch = document.sheet.kind.pitch_pt if document.sheet is not None else Style().pitch
        """Points from line to line, unless a text is told otherwise."""

    def say(self, name: str, **values: str | Iterable[Fragment]) -> tuple[Fragment, ...]:
        """Fill a sentence of the document's wording."""
        return wording.fill(self.document.wording[name], **values)

    def text(self, fragments: Iterable[Fragment], role: str = "body", **style: Any) -> Text:
        """Set fragments; each keeps one face for its whole value."""
        return Text(self.runs(fragments, role), Style(**{"pitch": self.pitch, **style}))

    def runs(self, fragments: Iterable[Fragment], role: str = "body") -> list[Run]:
        """Dress fragments."""
        runs: list[Run] = []
        for fragment in fragments:
            if room := fragment.blank or fragment.gap:
                runs.append(Run("", self._fonts.chain(role)[0], is_underlined=not fragment.gap, room=room))
            dressed = self._fonts.dress(fragment.text, role)
            runs += [Run(piece.text, piece.face, fragment.is_underlined) for piece in dressed]
        return runs

    def paragraph(self, fragments: Iterable[Fragment]) -> Text:
        """An ordinary paragraph: justified, first line two characters in."""
        return self.text(fragments, first_indent=2)

    def ruled(self, fragments: Sequence[Fragment], label: str = "", indent: float = 2) -> Text:
        """A paragraph on ruled lines; the first rule begins after `label`, with which the text begins."""
        rule_from = indent * BODY_SIZE + self.width(label) if label else 0.0
        both = (Fragment(label), *fragments) if label else fragments
        return self.text(both, first_indent=indent, is_ruled=True, rule_from=rule_from)

    def width(self, words: str) -> float:
        """Points that `words` take on one line of body text."""
        return self.text([Fragment(words)]).lines(ENDLESS)[0].end

    def fields(self, *pairs: tuple[str, str]) -> list[Box]:
        """Rows of label and underlined value; pairs share a row where they fit, a long value goes on below itself."""
        rows: list[list[tuple[str, str]]] = []
        for pair in pairs:
            if rows and self._needed([*rows[-1], pair]) <= WIDTH:
                rows[-1].append(pair)
            else:
                rows.append([pair])
        return [self._row(row) for row in rows]

    def _needed(self, row: Sequence[tuple[str, str]]) -> float:
        return sum(
            self.width(label) + max(self.width(value) + LABEL_GAP + BODY_SIZE, 4 * BODY_SIZE) for label, value in row
        )

    def _row(self, row: Sequence[tuple[str, str]]) -> Box:
        if len(row) == 1:
            return self._cell(*row[0])
        spare = (WIDTH - self._needed(row)) / len(row)
        marks: list[Mark] = []
        x = 0.0
        for pair in row:
            width = self._needed([pair]) + spare
            marks.append(Set(x, 0, width, self._cell(*pair)))
            x += width
        return Block(self.pitch, tuple(marks))

    def _cell(self, label: str, value: str) -> Text:
        width = self.width(label)
        indent = (width + LABEL_GAP) / BODY_SIZE
        fragments = [Fragment(label), Fragment("", gap=LABEL_GAP), Fragment(value)]
        return self.text(fragments, indent=indent, is_ruled=True, rule_from=width)

    def day(self, moment: date | None) -> str:
        """A date in words and figures; room to write it by hand if there is none."""
        if moment is None:
            return BY_HAND
        parts = {"year": f"{moment.year}", "month": f"{moment.month}", "day": f"{moment.day}"}
        return wording.plain(self.document.wording["date"], **parts)

    def heading(self) -> Block:
        """Family, double rule, title and number of the first page, placed from the upper edge of the paper."""
        document = self.document
        centred = {"align": Align.CENTER, "pitch": 30.0}
        family = self.text(self.say("family"), "title", size=TITLE_SIZE, **centred)
        title = self.text([Fragment(document.title)], "title", size=TITLE_SIZE, **centred)
        number = self.text([Fragment(document.number_line)], size=NUMBER_SIZE, **centred)
        marks: list[Mark] = [
            Set(LEFT, 99.5, WIDTH, family),
            Rule(LEFT, 125.6, WIDTH, 1.0),
            Rule(LEFT, 127.6, WIDTH, 1.0),
            Set(LEFT, 129.5, WIDTH, title),
        ]
        if document.number_line:
            marks.append(Set(LEFT, 160.0, WIDTH, number))
        return Block(0.0, tuple(marks))

    def running_head(self, right: str) -> Block:
        """Title, number, 续页 and a thick-thin rule on every further page."""
        document = self.document
        left = self.text([Fragment(f"{document.title}　{document.number_line}".rstrip())], align=Align.LEFT)
        corner = self.text([Fragment(right)], size=12.0, align=Align.RIGHT)
        marks: list[Mark] = [
            Set(LEFT, 70.0, WIDTH, left),
            Set(LEFT, 69.5, WIDTH, corner),
            Rule(LEFT, 93.4, WIDTH, 1.44),
            Rule(LEFT, 95.2, WIDTH, 0.72),
        ]
        return Block(0.0, tuple(marks))

    def foot(self, page: int, pages: int, *, has_note: bool) -> Block:
        """Bottom rule, copies note and page count."""
        words = f"{wording.plain(self.document.wording['page_count'], pages=f'{pages}')}　"
        words += wording.plain(self.document.wording["page_number"], page=f"{page}")
        marks: list[Mark] = [
            Rule(LEFT, 733.0, WIDTH, 1.5),
            Set(LEFT, 735.0, WIDTH, self.text([Fragment(words)], align=Align.RIGHT, pitch=24.0)),
        ]
        if has_note:
            note = self.text([Fragment(self.document.copies_note)], align=Align.LEFT, pitch=24.0)
            marks.append(Set(LEFT, 735.0, WIDTH, note))
        return Block(0.0, tuple(marks))

    def compact_signatures(self) -> Block:
        """Both officers, the respondent and the date, as every page but the last carries them."""
        pitch, top = 26.0, 12.0
        rows = [
            self.text(self.officers_sign(WIDTH), pitch=pitch, align=Align.LEFT),
            self.text([*self.say("sign_party"), Fragment("", blank=100)], pitch=pitch, align=Align.LEFT),
            self.text([Fragment(self.day(self.document.issued_on))], pitch=pitch, align=Align.RIGHT),
        ]
        marks = tuple(Set(0, top + pitch * y, WIDTH, row) for y, row in zip((0, 1, 1), rows, strict=True))
        return Block(top + 2 * pitch, marks)

    def officers_sign(self, room: float) -> list[Fragment]:
        """The officers' label and an underlined blank for each, two at least, on one line of `room` points."""
        label = self.say("sign_officers")
        count = max(len(self.document.officers), 2)
        left = room - self.width("".join(fragment.text for fragment in label))
        one = [Fragment("", blank=min(SIGN_WIDTH, left / count - SIGN_GAP)), Fragment("", gap=SIGN_GAP)]
        return [*label, *(one * count)[:-1]]

    def code(self, x: float, y: float) -> tuple[Mark, ...]:
        """The signed QR code with the first 16 digits of the digest under it; nothing before it is issued."""
        if not self.document.number or not self.document.proof:
            return ()
        caption = f"{self.document.wording['qr_caption']}\n{self.document.facts_digest()[:16]}"
        under = self.text([Fragment(caption)], size=SMALL_SIZE, pitch=10.0, align=Align.CENTER)
        return (Code(x, y, qr.SIZE, self.document.proof), Set(x - 12, y + qr.SIZE + 3, qr.SIZE + 24, under))
