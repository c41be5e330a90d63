"""What the settings tell of this computer: room on the disk, size of the profile, versions; read on a work thread."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date

from inspector.app import App
from inspector.errors import PackDamaged
from inspector.law import pack
from inspector.version import VERSION


@dataclass(frozen=True, slots=True, kw_only=True)
class PackFacts:
    """A law pack: name, version, and from which day to which it applies (None: until replaced)."""

    name: str
    version: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Sizes in bytes; `pack` is None where the pack is damaged; `address` is empty where none was given."""

    free: int
    used: int
    version: str
    pack: PackFacts | None
    entries: int
    address: str
    can_sync: bool


def read(services: App) -> Facts:
    """Return what can be told now. Raises StorageFailed, StoreBusy."""
    state = services.sync.state()
    return Facts(
        free=shutil.disk_usage(services.profile).free,
        used=sum(path.stat().st_size for path in services.profile.rglob("*") if path.is_file()),
        version=VERSION,
        pack=_pack(),
        entries=services.audit.position().entries,
        address=state.hq_url,
        can_sync=state.can_sync,
    )


def _pack() -> PackFacts | None:
    try:
        told = pack.current().manifest
    except PackDamaged:
        return None
    return PackFacts(name=told.name, version=told.version, since=told.effective_from, until=told.effective_to)


def size_text(count: int) -> str:
    """Return bytes as MB or GB of powers of ten, as disks are sold: 182 GB, 41 MB."""
    return f"{count / 1e9:.0f} GB" if count >= 10e9 else f"{count / 1e9:.1f} GB" if count >= 1e9 else _mega(count)


def _mega(count: int) -> str:
    return f"{max(1, round(count / 1e6))} MB" if count else "0 MB"
