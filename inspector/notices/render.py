"""A NoticeDocument becomes a PDF: same document, same bytes, in every process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from inspector import mainthread
from inspector.domain.notice import FormCode
from inspector.errors import GlyphMissing
from inspector.notices import appendix, archive, comparison_pages, fonts, layout, qr
from inspector.notices.document import NoticeDocument
from inspector.notices.fonts import Fonts
from inspector.notices.forms import inspection_record, recheck_opinion, rectification_order, sheet
from inspector.notices.layout import Code, Page, Picture, Rule, Set, Upright
from inspector.notices.pen import ONE_AT_A_TIME, Pen
from inspector.notices.typeset import Typesetter

PLANS: Mapping[FormCode, Callable[[Typesetter], layout.Plan]] = {
    FormCode.INSPECTION_RECORD: inspection_record.plan,
    FormCode.RECTIFICATION_ORDER: rectification_order.plan,
    FormCode.RECHECK_OPINION: recheck_opinion.plan,
}
WATERMARK_SIZE = 110.0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF/A-1b and how many pages it has, the photo appendix among them."""

    pdf: bytes
    pages: int


class MissingGlyph(NamedTuple):
    """A character that no face has, and the field it stands in, named as findings name it."""

    field: str
    character: str


def missing_glyphs(document: NoticeDocument, faces: Fonts | None = None) -> tuple[MissingGlyph, ...]:
    """Return every character of the document's values that can't be drawn, field by field. Raises FontsMissing."""
    known = faces or fonts.load()
    return tuple(
        MissingGlyph(field, character)
        for field, value in document.printed_fields()
        for character in known.missing(value)
    )


def render(document: NoticeDocument, faces: Fonts | None = None) -> Rendered:
    """Draw the document with `faces` (the bundled ones by default).

    Raises GlyphMissing for the first character no face has, FontsMissing, and WrongThread on the window's thread.
    """
    mainthread.refuse("pdf")
    known = faces or fonts.load()
    with ONE_AT_A_TIME:
        for lost in missing_glyphs(document, known):
            point = f"U+{ord(lost.character):04X}"
            raise GlyphMissing(field=lost.field, character=lost.character, codepoint=point)
        pages = _pages(Typesetter(document, known))
        pdf = _drawn(document, known, pages)
    return Rendered(archive.archived(pdf, document.issued_at), len(pages))


def _pages(setter: Typesetter) -> list[Page]:
    words = setter.document.wording
    body = layout.pages_of(_plan(setter))
    photos, pairs = appendix.pages_of(setter), comparison_pages.pages_of(setter)
    pages = body + photos + pairs
    for number, page in enumerate(pages, 1):
        corner = words["continuation"] if number <= len(body) else words["comparison" if pairs else "appendix"]
        head = setter.heading() if number == 1 else setter.running_head(corner)
        page.marks[:0] = head.marks  # drawn first, so that the text is read in its order
        page.put(0, 0, setter.foot(number, len(pages), has_note=number == len(body)))
    return pages


def _plan(setter: Typesetter) -> layout.Plan:
    return (sheet.plan if setter.document.sheet is not None else PLANS[setter.document.form])(setter)


def _drawn(document: NoticeDocument, faces: Fonts, pages: list[Page]) -> bytes:
    pen = Pen(
        faces.chain("body")[0],
        title=f"{document.title} {document.number_line}".rstrip(),
        author=document.issuer_name,
        subject=document.party,
        keywords=", ".join(filter(None, (document.number_line, document.watermark))),
    )
    for page in pages:
        if document.watermark:
            pen.watermark(document.watermark, faces.bundled_title(), WATERMARK_SIZE)
        for mark in page.marks:
            _draw(pen, mark)
        pen.end_page()
    return pen.finish()


def _draw(pen: Pen, mark: layout.Mark) -> None:
    match mark:
        case Set():
            _draw_text(pen, mark)
        case Rule():
            pen.rule(mark.x, mark.x + mark.width, mark.y, mark.thickness)
        case Upright():
            pen.stroke((mark.x, mark.y), (mark.x, mark.y + mark.height), mark.thickness)
        case Picture():
            pen.photo(mark.jpeg, mark.x, mark.y, width=mark.width, height=mark.height)
        case Code():
            pen.squares(qr.modules(mark.text), mark.x, mark.y, mark.width)


def _draw_text(pen: Pen, mark: Set) -> None:
    style = mark.text.style
    baseline = mark.y + layout.baseline(style.pitch, style.size)
    for line in mark.text.lines(mark.width):
        pen.line(line, mark.x, baseline, style.size)
        for start, end in line.rules:
            pen.rule(mark.x + start, mark.x + end, baseline + layout.UNDERLINE_DROP, 0.5)
        baseline += style.pitch
