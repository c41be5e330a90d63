"""Who said why a draft is issued in spite of a warning, and when: read out of the journal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from inspector.services.session import Session
from inspector.store import history, notices, officers


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a warning is overridden, by whom, when (aware UTC, the laptop's clock)."""

    reason: str
    officer: str
    said_at: datetime


class ExplainingService:
    """The reasons that were given on this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, notice_id: str) -> dict[str, Explanation]:
        """Return the reasons that stand, by the key of their finding (Notice.reasons). Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            notice = notices.get(tx, notice_id)
            told = history.of_inspection(tx, notice.inspection_id)
            names: dict[str, str] = {one.id: one.name for one in officers.everyone(tx)}
        found: dict[str, Explanation] = {}
        for one in (each.entry for each in told if each.entry.subject == notice_id and "reasons" in each.entry.set):
            before = {key: known.reason for key, known in found.items()}
            after = _texts(one.set["reasons"])
            at = datetime.fromtimestamp(one.wall / 1000, tz=UTC)
            said = {
                key: Explanation(reason=text, officer=names.get(one.actor, one.actor), said_at=at)
                for key, text in after.items()
                if before.get(key) != text
            }
            found = {key: known for key, known in found.items() if key in after} | said
        return found


def _texts(value: Any) -> Mapping[str, str]:
    return cast("Mapping[str, str]", value) if isinstance(value, Mapping) else {}
