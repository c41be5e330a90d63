"""What stands on the unlock screen: told without a key, and without loading database, photos or network."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from inspector import paths
from inspector.errors import StoreDamaged, StoreTooNew

FORMAT: Final = 1
"""Newest format of the keyring file that this version reads (store/keyring.py writes it). Read here as plain JSON:
the unlock screen must stand before the crypto libraries are loaded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserCard:
    """A person on the unlock screen."""

    id: str
    name: str
    cert_no: str
    cert_from: date
    cert_to: date

    def is_certified_on(self, day: date) -> bool:
        """Whether the certificate is valid on that day."""
        return self.cert_from <= day <= self.cert_to


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileCard:
    """What may be told without a key."""

    office_name: str
    device_name: str
    is_training: bool
    users: tuple[UserCard, ...]


def describe(profile: Path) -> ProfileCard | None:
    """Return the card of a profile, None if there is none. Raises StoreTooNew, StoreDamaged (also: keyring lost)."""
    path = paths.keyring_file(profile)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        demand_no_work(profile)
        return None
    try:
        told: dict[str, Any] = json.loads(raw)
        if told["v"] > FORMAT:
            raise StoreTooNew(step=f"keyring v{told['v']}")
        return _card(told)
    except (ValueError, KeyError, TypeError) as error:
        raise StoreDamaged(file=path.name, cause=str(error)) from error


def _card(told: dict[str, Any]) -> ProfileCard:
    users = tuple(
        UserCard(
            id=user["id"],
            name=user["name"],
            cert_no=user["cert_no"],
            cert_from=date.fromisoformat(user["cert_from"]),
            cert_to=date.fromisoformat(user["cert_to"]),
        )
        for user in told["users"]
    )
    return ProfileCard(
        office_name=told["office_name"],
        device_name=told["device_name"],
        is_training=told["is_training"],
        users=users,
    )


def demand_no_work(profile: Path) -> None:
    """Raise StoreDamaged if databases lie there whose keyring is lost."""
    # Without the mark these databases were whole once; a copy of the keyring may still open them.
    if paths.journal_file(profile).exists() and not paths.founding_file(profile).exists():
        raise StoreDamaged(file=paths.keyring_file(profile).name, cause="missing")
