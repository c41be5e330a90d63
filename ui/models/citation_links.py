"""Where a citation opens: the library screen and the record that names article, paragraph and item.

self.wanted.emit(*open_citation(citation))                 from any View; the frame goes there
citation_of("law:AQSCF:第三十六条:第一款::") → Citation       what the library screen does with it
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from inspector.domain.hazard import Citation
from inspector.law import statutes_in_use

PLACE: Final = "library"
_LAW: Final = "law"


def open_citation(citation: Citation, on: date | None = None) -> tuple[str, str]:
    """Return place and record of a citation; `on` the day whose text is wanted (None: today's)."""
    law = citation.law or citation.title
    day = on.isoformat() if on else ""
    return PLACE, f"{_LAW}:{law}:{citation.article}:{citation.paragraph}:{citation.item}:{day}"


def first_readable(citations: Iterable[Citation]) -> Citation | None:
    """Return the first citation whose law has its text in the library; None: there is nothing to open."""
    library = statutes_in_use.current()
    if library is None:
        return None
    return next((one for one in citations if library.of(one.law, one.title)), None)


def citation_of(record: str) -> Citation | None:
    """Return the citation of a record, None if it names none."""
    parts = record.split(":")
    if len(parts) < 3 or parts[0] != _LAW:
        return None
    law, article, paragraph, item = (*parts[1:5], "", "")[:4]
    return Citation(law=law, title=law, article=article, paragraph=paragraph, item=item)


def day_of(record: str) -> date | None:
    """Return the day a record asks for, None for today's text."""
    parts = record.split(":")
    try:
        return date.fromisoformat(parts[5]) if len(parts) > 5 and parts[5] else None
    except ValueError:
        return None
