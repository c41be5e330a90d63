"""Turns the short basis of a rule (行政处罚法42(1)) and printed citations (《…》第…条) into citations that open."""

from __future__ import annotations

import re

from inspector.domain.hazard import Citation
from inspector.law import citation_text, laws, pack
from inspector.law.laws import Law

_PRINTED = re.compile(
    r"《(?P<title>[^《》]+)》(?:（[^（）]*）)?(?P<article>第[^条《》]{1,9}条(?:之[一二三四五六七八九十]+)?)?"
    r"(?P<paragraph>第[一二三四五六七八九十]+款)?(?P<item>第（[一二三四五六七八九十]+）项)?"
)
_BETWEEN = re.compile(r"[;；]\s*")


def of_basis(text: str) -> tuple[Citation, ...]:
    """Return the places that a basis names, "；" between several; what names no law of the index is left out."""
    known = _known()
    if text not in known:
        known[text] = _read(text)
    return known[text]


@pack.cached
def _known() -> dict[str, tuple[Citation, ...]]:
    """What was read before: bases come from the pack, so there are no more of them than it has sentences."""
    return {}


def _read(text: str) -> tuple[Citation, ...]:
    found: list[Citation] = []
    for each in _BETWEEN.split(text):
        notation = citation_text.read(each)
        law = laws.load().named(notation.law) if notation else None
        if notation is not None and law is not None:
            found += (citation_text.citation(law.id, law.title, spot) for spot in notation.spots)
        elif (whole := _whole(each.strip())) is not None:
            found.append(Citation(law=whole.id, title=whole.title, article=""))
    return tuple(found)


def _whole(text: str) -> Law | None:
    """Return the law that is named without an article, by name or number of its document (国办发〔2024〕54号)."""
    return laws.load().named(text) or next((law for law in laws.load() if law.doc_no and law.doc_no == text), None)


def printed(text: str) -> tuple[Citation, ...]:
    """Return the citations of a printed text; a title the index doesn't have keeps an empty id.

    Short notation without 《》 is read as of_basis does.
    """
    found = tuple(_printed(each) for each in _PRINTED.finditer(text))
    return found or of_basis(text)


def _printed(found: re.Match[str]) -> Citation:
    title = found["title"]
    law = laws.load().named(title)
    return Citation(
        law=law.id if law else "",
        title=title,
        article=found["article"] or "",
        paragraph=found["paragraph"] or "",
        item=found["item"] or "",
    )
