"""A statute that nobody ever enacted, in two versions, and a laws index that knows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from inspector.law import statute_text
from inspector.law.laws import Law, Laws, LawVersion
from inspector.law.statute_library import Library
from inspector.law.statutes import StatuteVersion

FOLDER = Path(__file__).parent / "statutes"
TITLE = "示例区仓储安全条例"
OLD, NEW = date(2023, 5, 1), date(2026, 11, 22)
"""Days on which the first and the second version hold."""


def versions() -> tuple[StatuteVersion, ...]:
    read, refused = statute_text.read_folder(FOLDER)
    assert not refused
    return read


def law(law_id: str = "SLCC", title: str = TITLE, short: str = "示例条例", *spans: LawVersion) -> Law:
    return Law(
        id=law_id, title=title, short=short, issuer="", rank="", doc_no="", is_verified=True, versions=spans, doubt=None
    )


def index() -> Laws:
    return Laws((law(),))


def library() -> Library:
    return Library(versions(), index())
