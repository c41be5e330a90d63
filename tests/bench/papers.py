"""A notice with four photos, warm, beside reportlab's paragraphs, LibreOffice, Typst; the way to the printer."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Image, Paragraph, SimpleDocTemplate

from inspector.app import App
from inspector.domain.notice import FormCode
from inspector.paths import RESOURCES
from inspector.services.evidence import PAPER_EDGE
from tests.bench.handing import handed_over
from tests.bench.measure import Line, measured, times
from tests.bench.typesetters import beside_libreoffice, beside_typst
from tests.builders import LI, PIN
from tests.services.visit import give_reasons

DRAWN = 7
FONT = RESOURCES / "fonts" / "FandolSong-Bold.ttf"


def drawn(app: App, visit: str, originals: list[bytes], scratch: Path) -> list[Line]:
    """Draw drafts with their findings, and issue; peers set the same lines and pictures."""
    drafts = [app.notices.draft(visit, FormCode.INSPECTION_RECORD).made for _ in range(DRAWN + 1)]
    for each in drafts:
        give_reasons(app, each)
    first = app.notices.preview(drafts[0])  # warm: fonts, law pack
    if first.pages < 3 or not first.is_issuable:
        raise RuntimeError(f"not the notice that was meant: {first.findings}")
    lines = [line for line in _text(first.pdf).splitlines() if line.strip()]
    pictures = [app.evidence.preview(one.original.sha256, PAPER_EDGE) for one in app.evidence.of(visit)]
    pdfmetrics.registerFont(TTFont("peer", str(FONT)))
    _peer(lines, pictures)
    peers = times(lambda _: _peer(lines, pictures), range(DRAWN))
    ours = times(app.notices.preview, drafts[1:])
    issued = times(lambda one: app.notices.issue(one, second_officer_id=LI, pin=PIN), drafts[1:])
    orders = [app.notices.draft(visit, FormCode.RECTIFICATION_ORDER).made for _ in range(DRAWN + 1)]
    ordered = [line for line in _text(app.notices.preview(orders[0]).pdf).splitlines() if line.strip()]
    from_store = times(app.notices.preview, orders[1:])
    peer = "reportlab platypus, same words"
    return [
        measured("notice with 4 photos drawn, with findings", ours, peer, peers, most_ms=500),
        measured("… issued: number, drawing, archive, signatures", issued, peer, peers),
        *beside_libreoffice(from_store, ordered, pictures, scratch),
        *beside_typst(from_store, ordered, (pictures, originals), scratch),
        handed_over(app, drafts[1:5], scratch),
    ]


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _peer(lines: list[str], pictures: list[bytes]) -> None:
    style = ParagraphStyle("peer", fontName="peer", fontSize=14, leading=24, wordWrap="CJK")
    story = [Paragraph(line.replace("&", "&amp;").replace("<", "&lt;"), style) for line in lines]
    story += [Image(io.BytesIO(jpeg), width=300, height=225) for jpeg in pictures]
    SimpleDocTemplate(io.BytesIO(), pagesize=A4).build(story)
