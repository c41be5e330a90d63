"""What stands on the unlock screen: told without a key, and without loading database, photos or network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspector import paths
from inspector.errors import StoreDamaged
from inspector.store import keyring


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
    if not path.exists():
        demand_no_work(profile)
        return None
    ring = keyring.read(path)
    users = tuple(
        UserCard(
            id=user.id,
            name=user.name,
            cert_no=user.cert_no,
            cert_from=date.fromisoformat(user.cert_from),
            cert_to=date.fromisoformat(user.cert_to),
        )
        for user in ring.users
    )
    return ProfileCard(
        office_name=ring.office_name, device_name=ring.device_name, is_training=ring.is_training, users=users
    )


def demand_no_work(profile: Path) -> None:
    """Raise StoreDamaged if databases lie there whose keyring is lost."""
    # Without the mark these databases were whole once; a copy of the keyring may still open them.
    if paths.journal_file(profile).exists() and not paths.founding_file(profile).exists():
        raise StoreDamaged(file=paths.keyring_file(profile).name, cause="missing")
