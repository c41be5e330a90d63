"""The statute texts that are in use while a profile is unlocked, for the gate; no store is touched here."""

from __future__ import annotations

from datetime import date

from inspector.domain.hazard import Citation
from inspector.law import laws
from inspector.law.statute_library import CitationFault, Force, Library

_in_use: list[Library] = []


def use(library: Library | None) -> None:
    """Let rules and forms ask these texts before the index from now on; None: the index alone again."""
    _in_use[:] = [library] if library else []
    laws.judge_by(_judged if library else None)


def current() -> Library | None:
    """Return the texts in use; None: none are installed."""
    return _in_use[0] if _in_use else None


def check_citation(citation: Citation, day: date) -> CitationFault | None:
    """Return what is wrong with a citation on `day` by the texts in use; None: nothing, or no text to tell by.

    An article, paragraph or item that the version in force doesn't have is a fault (行政处罚法 art. 59(1)(三)).
    """
    library = current()
    return library.check(citation, day) if library else None


def _judged(citation: Citation, day: date) -> bool | None:
    library = current()
    force = library.in_force(citation, day) if library else Force.UNKNOWN
    return None if force is Force.UNKNOWN else force is Force.IN_FORCE
