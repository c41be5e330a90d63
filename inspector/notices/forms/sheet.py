"""Any document of documents.json: its blocks from the top down, who signs on each page, seal and date."""

from __future__ import annotations

from inspector.notices.forms import sheet_blocks, sheet_closing
from inspector.notices.forms.sheet_text import Sentences
from inspector.notices.layout import FIRST_TOP, Block, Box, Plan
from inspector.notices.text import Align
from inspector.notices.typeset import Typesetter

NUMBER_LINE = 24.0
"""Points that the number takes under the title."""


def plan(setter: Typesetter) -> Plan:
    """Return the boxes of the document's sheet. With a `rest` block the closing stands at the foot of the last page."""
    sheet = setter.document.sheet
    if sheet is None:
        raise ValueError("a document without a sheet")
    sentences = Sentences(setter, sheet)
    flow: list[Box] = [Block(sheet.kind.top_pt, ())]
    for block in sheet.body:
        flow += sheet_blocks.boxes(setter, sheet, block)
    is_ruled_off = any(block.block == "rest" for block in sheet.body)
    if setter.document.supersedes_number:
        old = setter.say("replaces", number=setter.document.supersedes_number, title=setter.document.title)
        flow.append(setter.paragraph(old))
    return Plan(
        flow=tuple(flow),
        compact=sheet_closing.compact(setter, sentences, sheet.kind.closing),
        closing=sheet_closing.closing(setter, sentences, sheet.kind.closing),
        is_pinned=is_ruled_off,
        blank_pitch=24.0 if is_ruled_off else 0.0,
        blank_text=setter.text(setter.say("blank_below"), align=Align.CENTER) if is_ruled_off else None,
        turned_text=setter.text(setter.say("turned"), align=Align.CENTER),
        first_top=FIRST_TOP if setter.document.number_line else FIRST_TOP - NUMBER_LINE,
    )
