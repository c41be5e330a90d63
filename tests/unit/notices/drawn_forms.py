"""Each of our forms drawn with as little in it as it may have, to be held beside the official form."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pypdfium2

from inspector.domain.notice import FormCode
from inspector.law import documents, forms
from inspector.notices import render
from inspector.notices.compose import Sources, compose
from inspector.notices.printed_sheet import PrintedSheet
from tests.data import page_facts
from tests.data.page_facts import PageFacts
from tests.unit.notices import specimens

FILLED = {"CFDW": {"kinds": ["fine"]}}
"""What must be said so that every label of the form is printed."""
OWN = {"XCJC": FormCode.INSPECTION_RECORD, "ZLZG": FormCode.RECTIFICATION_ORDER, "ZGFC": FormCode.RECHECK_OPINION}


@cache
def pages(code: str) -> tuple[PageFacts, ...]:
    """Draw a form and measure its pages."""
    made = specimens.sources(OWN[code], 1) if code in OWN else _sheet(code)
    document = pypdfium2.PdfDocument(render.render(compose(made)).pdf)
    try:
        return tuple(page_facts.read(page) for page in document)
    finally:
        document.close()


def _sheet(code: str) -> Sources:
    kind, form = documents.get(code), forms.load().get(code)
    return Sources(
        form=form,
        inspection=specimens.INSPECTION,
        site=specimens.SITE,
        office=replace(specimens.OFFICE, is_training=False),
        officers=specimens.OFFICERS,
        hazards=(),
        sheet=PrintedSheet(kind=kind, values=FILLED.get(code, {})),
        number="" if kind.numbering == "none" else f"（示）{form.number_code or '应急'}〔2026〕1号",
        issued_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
        is_draft=False,
    )
