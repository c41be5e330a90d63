"""What a command touched, so that screens know what to read again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Topic(StrEnum):
    """One kind of thing that screens show."""

    SITES = "sites"
    OFFICERS = "officers"
    INSPECTIONS = "inspections"
    HAZARDS = "hazards"
    CHECKS = "checks"
    EVIDENCE = "evidence"
    NOTICES = "notices"
    NUMBERS = "numbers"
    PRINTS = "prints"
    FOOTAGE = "footage"
    RECHECKS = "rechecks"
    CUSTODY = "custody"
    LAW = "law"
    DRAFTS = "drafts"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Changes:
    """The topics one command touched, and the id of what it made (empty if nothing new)."""

    topics: frozenset[Topic]
    made: str = ""

    @classmethod
    def of(cls, *topics: Topic, made: str = "") -> Changes:
        """Name the touched topics."""
        return cls(frozenset(topics), made)
