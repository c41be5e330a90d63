"""ArticleSheet: one article as it stands on paper: law, chapter, text; what a citation picks out has a bar and a tint.

sheet.show_text(text, words) ; sheet.show_text(None) empties it. Words that were searched are underlined.
sheet.picked_span() → (top, bottom) of what is picked out, in px of the sheet. Paper stays white in every theme.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from inspector.law.statute_library import ArticleText, paragraph_of
from inspector.law.statute_search import positions
from inspector.law.statutes import printed_article
from ui.theme.theme import Theme, make
from ui.views.library import paper_type
from ui.widgets.painted import Themed
from ui.widgets.role import say_role

WIDEST = 720
"""A sheet is never wider (unscaled px): some 38 characters a line."""
_LINE_STEP = 145
"""Percent of the font's own height: the step of a printed statute."""


@dataclass(frozen=True, slots=True)
class Line:
    """One block: `depth` 0 a paragraph, 1 an item, 2 a sub-item; `lead` what stands before it in bold."""

    text: str
    depth: int = 0
    lead: str = ""
    is_picked: bool = False


def lines_of(text: ArticleText) -> Iterator[Line]:
    """Return the article block by block, with what its citation picked out."""
    lead = text.article.label
    for paragraph in text.article.paragraphs:
        mine = [spot for spot in text.spots if paragraph_of(text.article, spot) is paragraph]
        is_whole = any(not spot.item for spot in mine)
        yield Line(paragraph.text, lead=lead, is_picked=is_whole)
        lead = ""
        for item in paragraph.items:
            is_picked = is_whole or any(spot.item == item.no for spot in mine)
            yield Line(item.label + item.text, 1, is_picked=is_picked)
            for sub in item.subs:
                yield Line(sub.label + sub.text, 2, is_picked=is_picked)


class ArticleSheet(Themed, QWidget):
    """See the module text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say_role(self, "StaticText")
        self._text: ArticleText | None = None
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._picked: list[int] = []
        self._words: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: ArticleText | None, words: Sequence[str] = ()) -> None:
        """Show an article; None empties the sheet. `words` are folded, as the search made them."""
        self._text, self._words = text, tuple(words)
        self.setAccessibleName(text.citation().text() if text else "")
        self.setAccessibleDescription("\n".join(printed_article(text.article)) if text else "")
        self._set()

    @property
    def paper(self) -> Theme:
        """The theme of the paper: white in the dark too."""
        return self.theme if self.theme.name != "dark" else make("light", self.theme.zoom, self.theme.density)

    def _set(self) -> None:
        """Write the document anew for the theme that is on."""
        document, paper = self._document, self.paper
        document.clear()
        document.setDefaultFont(paper_type.body(paper))
        option = QTextOption(Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document.setDefaultTextOption(option)
        self._picked = []
        if self._text is not None:
            self._write(QTextCursor(document), self._text)
        self._fit()
        self.updateGeometry()
        self.update()

    def _write(self, cursor: QTextCursor, text: ArticleText) -> None:
        paper = self.paper
        bold, plain = QTextCharFormat(), QTextCharFormat()
        bold.setFont(paper_type.head(paper))
        plain.setFont(paper_type.body(paper))
        self.setProperty("paperFamilies", [",".join(form.font().families()) for form in (bold, plain)])
        for form in (bold, plain):
            form.setForeground(paper.color("text"))
        middle = QTextBlockFormat()
        middle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        middle.setBottomMargin(paper.u(8))
        cursor.setBlockFormat(middle)
        cursor.insertText(text.shelved.title, bold)
        for heading in text.headings:
            cursor.insertBlock(middle)
            cursor.insertText(heading, plain)
        for line in lines_of(text):
            if not line.text and not line.lead:
                continue
            cursor.insertBlock(self._block(line))
            if line.is_picked:
                self._picked.append(cursor.block().blockNumber())
            if line.lead:
                cursor.insertText(f"{line.lead}\u3000", bold)
            self._insert(cursor, line.text, plain)

    def _insert(self, cursor: QTextCursor, text: str, plain: QTextCharFormat) -> None:
        """Insert a line; what was searched stands over a line of accent."""
        found = QTextCharFormat(plain)
        found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        found.setUnderlineColor(self.paper.color("accent"))
        at = 0
        for start, end in positions(text, self._words):
            if start >= at:
                cursor.insertText(text[at:start], plain)
                cursor.insertText(text[start:end], found)
                at = end
        cursor.insertText(text[at:], plain)

    def picked_span(self) -> tuple[int, int] | None:
        """Return top and bottom of what is picked out in px of the sheet, None where nothing is."""
        if not self._picked:
            return None
        layout, document = self._document.documentLayout(), self._document
        first, last = (layout.blockBoundingRect(document.findBlockByNumber(n)) for n in self._ends())
        down = self.theme.u(16) + self._pad(self._sheet_width())
        return round(first.top()) + down, round(last.bottom()) + down

    def _ends(self) -> tuple[int, int]:
        return self._picked[0], self._picked[-1]

    def _block(self, line: Line) -> QTextBlockFormat:
        paper = self.paper
        em = paper_type.body(paper).pixelSize()
        form = QTextBlockFormat()
        form.setTextIndent(2 * em)
        form.setLeftMargin(em * max(0, line.depth - 1))
        form.setTopMargin(paper.u(4))
        form.setLineHeight(_LINE_STEP, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return form

    def _sheet_width(self) -> int:
        return min(self.width() - 2 * self.theme.u(16), self.theme.u(WIDEST))

    def _inner(self, sheet: int) -> int:
        return max(self.theme.u(80), sheet - 2 * self._pad(sheet))

    def _pad(self, sheet: int) -> int:
        return self.theme.u(56) if sheet >= self.theme.u(560) else self.theme.u(24)

    def _fit(self) -> None:
        self._document.setTextWidth(self._inner(self._sheet_width()))
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def hasHeightForWidth(self) -> bool:
        """Height follows width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The text, the paper's edges, and the desk around it."""
        sheet = min(width - 2 * self.theme.u(16), self.theme.u(WIDEST))
        self._document.setTextWidth(self._inner(sheet))
        high = self._document.size().height() + 2 * self._pad(sheet)
        self._document.setTextWidth(self._inner(self._sheet_width()))
        return round(high) + 2 * self.theme.u(16)

    def sizeHint(self) -> QSize:
        """As wide as a sheet."""
        width = self.theme.u(WIDEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for two panes at 200 %."""
        return QSize(self.theme.u(240), self.theme.u(120))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the lines for the new width."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the paper, the bars beside what is picked out, then the text."""
        theme, paper = self.theme, self.paper
        wide, top = self._sheet_width(), theme.u(16)
        left = (self.width() - wide) // 2
        sheet = QRectF(left, top, wide, self.height() - 2 * top)
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color("canvas"))
            if self._text is None:
                return
            painter.fillRect(sheet, paper.color("paper"))
            painter.setPen(theme.color("lineStrong"))
            painter.drawRect(sheet.adjusted(0, 0, -1, -1))
            pad = self._pad(wide)
            origin = QPointF(left + pad, top + pad)
            painter.translate(origin)
            layout = self._document.documentLayout()
            for number in self._picked:
                block = layout.blockBoundingRect(self._document.findBlockByNumber(number))
                tint = block.adjusted(-theme.u(10), -theme.u(2), theme.u(10), theme.u(6))
                painter.fillRect(tint, paper.color("hover" if paper.is_sunlight else "selected"))
                painter.fillRect(QRectF(tint.left(), tint.top(), theme.u(4), tint.height()), paper.color("accent"))
            self._document.drawContents(painter)

    def restyle(self) -> None:
        """Set the text in the type of the theme."""
        if hasattr(self, "_document"):
            self._set()
        super().restyle()
