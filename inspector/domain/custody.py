"""Custody: who took a piece of evidence in, and every time its original was opened, printed, exported or redacted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from inspector.ids import OfficerId


class CustodyAct(StrEnum):
    """What was done with the original; once per login and piece."""

    OPEN = "open"
    PLAY = "play"
    PRINT = "print"
    EXPORT = "export"
    REDACT = "redact"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyStep:
    """One line of a piece's history."""

    at: datetime
    by: OfficerId
    act: CustodyAct
    detail: str = ""
    entry: str = ""
    """Hex hash of the journal entry that proves it."""
