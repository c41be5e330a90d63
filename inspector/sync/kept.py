"""What sync remembers between runs, as settings of the vault: beside the receipts, which are the only proof."""

from __future__ import annotations

from typing import Final

from inspector.store import settings, transfers
from inspector.store.gateway import Tx

URL: Final = "hq_url"
"""Base address of headquarters; kept at enrolment."""
EPOCH: Final = "hq_epoch"
"""Newest epoch seen; an older one is not our headquarters any more."""
RECHECK: Final = "hq_recheck"
"""1 while headquarters, put back from a backup, may lack files that it has signed for."""
CURSOR: Final = "register_cursor"
"""Where the next page of the register begins."""
CLOCK_OFFSET: Final = "clock_offset_ms"
"""Headquarters' clock minus ours at the last hello, in milliseconds."""
LAST_SYNC: Final = "last_sync_ms"
"""Our wall time when a run last ended with everything receipted."""
LEASE_REQUEST: Final = "lease_request_{form}_{year}"
"""Id of a lease request under way: repeating it gives the same numbers."""


def number(tx: Tx, name: str, default: int = 0) -> int:
    """Return a whole-number setting."""
    return int(settings.setting(tx, name, str(default)))


def is_recheck_due(tx: Tx) -> bool:
    """Whether files with a receipt must be offered once more."""
    return settings.setting(tx, RECHECK) == "1"


def is_handover_ready(tx: Tx) -> bool:
    """Whether headquarters holds everything of this laptop, as far as anybody knows: 可以交接."""
    return transfers.backlog(tx).is_empty and not is_recheck_due(tx)
