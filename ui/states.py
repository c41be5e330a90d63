"""What the top strip says about sync: calm words; being offline is the normal state."""

from __future__ import annotations

from datetime import datetime

from inspector.clock import CHINA
from inspector.services.sync import SyncState
from ui.text import tr
from ui.theme.status import Badge, badge


def sync_badges(state: SyncState, now: datetime) -> list[Badge]:
    """Return what to show, from left to right; nothing for a training profile, which is never synced."""
    if not state.can_sync:
        return []
    shown = []
    if state.last_sync_at is None:
        shown.append(Badge(word=tr("尚未同步"), icon="cloud-off"))
    else:
        days = (now.astimezone(CHINA).date() - state.last_sync_at.astimezone(CHINA).date()).days
        if days > 0:
            shown.append(badge("net.offline", n=days))
    waiting = pending(state)
    if waiting:
        shown.append(badge("send.waiting", n=waiting))
    else:
        shown.append(Badge(word=tr("全部送达"), icon="checks", icon_fg="ok"))
    return shown


def pending(state: SyncState) -> int:
    """Return how many entries, notices, photos and clips are only on this laptop."""
    backlog = state.backlog
    return backlog.entries + backlog.notices + backlog.photos + backlog.footage
