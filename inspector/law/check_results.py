"""The answers to a checklist added up, and as the sentence that the 现场检查记录 may carry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inspector.domain.check import Result
from inspector.law.checklists import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check of a visit with its answer; OPEN 未检查 until somebody answers.

    `hazard_ids`: the hazard reported because of it first, then those of the visit whose catalogue item the check names.
    """

    check: Check
    result: Result = Result.OPEN
    note: str = ""
    hazard_ids: tuple[str, ...] = ()
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSummary:
    """How many came to what, and which failed or were not checked."""

    total: int
    passed: int
    not_applicable: int
    failed: tuple[CheckRow, ...]
    unchecked: tuple[CheckRow, ...]

    @property
    def done(self) -> int:
        """How many were answered; 不涉及 is an answer."""
        return self.total - len(self.unchecked)

    def in_words(self) -> str:
        """Return it as a sentence for paper; empty while nothing was answered.

        The 不符合 and the 未检查 are named, so that no silence looks like a check (facts.md §5).
        """
        if not self.done:
            return ""
        parts = [
            f"符合{self.passed}项",
            f"不符合{len(self.failed)}项{_named(self.failed)}",
            f"不涉及{self.not_applicable}项",
            f"未检查{len(self.unchecked)}项{_named(self.unchecked)}",
        ]
        return f"对照检查清单{self.total}项：{'，'.join(parts)}。"


def summarise(rows: Sequence[CheckRow]) -> CheckSummary:
    """Add up the answers, in the order of the list."""
    return CheckSummary(
        total=len(rows),
        passed=sum(row.result is Result.PASS for row in rows),
        not_applicable=sum(row.result is Result.NOT_APPLICABLE for row in rows),
        failed=tuple(row for row in rows if row.result is Result.FAIL),
        unchecked=tuple(row for row in rows if row.result is Result.OPEN),
    )


def _named(rows: Sequence[CheckRow]) -> str:
    names = "；".join(f"{row.check.statement}（{row.note}）" if row.note else row.check.statement for row in rows)
    return f"（{names}）" if names else ""
