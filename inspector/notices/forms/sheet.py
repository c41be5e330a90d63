"""Any document of documents.json: its blocks from the top down, who signs on each page, seal and date."""

from __future__ import annotations

import msgspec

from inspector.notices import layout
from inspector.notices.forms import sheet_blocks, sheet_closing
from inspector.notices.forms.sheet_text import Sentences
from inspector.notices.layout import FIRST_TOP, Block, Box, Plan
from inspector.notices.printed_sheet import PrintedSheet
from inspector.notices.text import Align
from inspector.notices.typeset import Typesetter

NUMBER_LINE = 24.0
"""Points that the number takes under the title."""


def plan(setter: Typesetter) -> Plan:
    """Return the boxes of the document's sheet. With a `rest` block the closing stands at the foot of the last page.

    Empty rows of a list are as many as the form has, fewer where they alone would begin another page.
    """
    sheet = setter.document.sheet
    if sheet is None:
        raise ValueError("a document without a sheet")
    most = max((block.lines for block in sheet.body if block.block == "table"), default=0)
    planned = _plan(setter, sheet, most)
    if most and (wanted := _pages(_plan(setter, sheet, 0))) < _pages(planned):
        return next(fewer for least in range(most, -1, -1) if _pages(fewer := _plan(setter, sheet, least)) == wanted)
    return planned


def _pages(planned: Plan) -> int:
    return len(layout.pages_of(planned))


def _plan(setter: Typesetter, sheet: PrintedSheet, most_rows: int) -> Plan:
    sentences = Sentences(setter, sheet)
    flow: list[Box] = [Block(sheet.kind.top_pt, ())]
    for block in sheet.body:
        rows = min(block.lines, most_rows) if block.block == "table" else block.lines
        flow += sheet_blocks.boxes(setter, sheet, msgspec.structs.replace(block, lines=rows))
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
