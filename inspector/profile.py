"""Makes a profile on this laptop, or takes a training profile away; no service is wired here."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from inspector import paths
from inspector.card import demand_no_work, describe
from inspector.clock import Clock, SystemClock
from inspector.crypto.signing import KeyPair
from inspector.crypto.unlock import REAL, Cost, new_key
from inspector.errors import InvalidInput, NotAllowed, NotFound
from inspector.protocol.messages import Certificate, Signed
from inspector.services.accounts import PIN_COST, check_passphrase, check_pin, keep_pin
from inspector.store import keyring, settings, times, vault
from inspector.store.errors import translated_files
from inspector.store.gateway import Tx
from inspector.store.journal import Act
from inspector.store.lock import ProfileLock
from inspector.sync import kept
from inspector.sync.enrol import Enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An officer who may unlock this laptop, with the passphrase and PIN chosen."""

    officer_id: str
    passphrase: str
    pin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """Everything a new profile begins with: certificate, device key, register, accounts, first number leases."""

    certificate: Signed
    device_key: KeyPair
    offices: tuple[dict[str, Any], ...]
    officers: tuple[dict[str, Any], ...]
    sites: tuple[dict[str, Any], ...]
    cursor: int
    accounts: tuple[Account, ...]
    leases: tuple[dict[str, Any], ...] = ()
    url: str = ""
    """Where headquarters is reached; empty for a training profile."""
    epoch: int = 0
    """Which life of headquarters' database enrolled us."""
    cost: Cost = REAL
    pin_cost: Cost = PIN_COST


REGISTER_PAGE = 200


def founding_of(
    enrolment: Enrolment, accounts: tuple[Account, ...], *, url: str, cost: Cost = REAL, pin_cost: Cost = PIN_COST
) -> Founding:
    """Return what a profile begins with after an enrolment."""
    return Founding(
        certificate=enrolment.certificate,
        device_key=enrolment.device_key,
        offices=enrolment.records("offices"),
        officers=enrolment.records("officers"),
        sites=enrolment.records("sites"),
        cursor=enrolment.cursor,
        accounts=accounts,
        url=url,
        epoch=enrolment.epoch,
        cost=cost,
        pin_cost=pin_cost,
    )


def create(profile: Path, founding: Founding, clock: Clock | None = None) -> str:
    """Make a profile and return the recovery code for the bureau's safe (it is shown once and kept nowhere).

    Raises InvalidInput (passphrase too short, PIN, no account), NotAllowed (a profile is there already), StorageFull,
    StorageFailed, StoreDamaged (databases without their keyring lie there: they are left alone).
    The keyring is written last: before that there is no profile, and what is half made is cleared away.
    """
    _check(profile, founding)
    with translated_files(str(profile)):
        return _create(profile, founding, clock or SystemClock())


def _create(profile: Path, founding: Founding, clock: Clock) -> str:
    certificate = msgspec.json.decode(founding.certificate.body, type=Certificate)
    office = next(one for one in founding.offices if one["id"] == certificate.office)
    key = new_key()
    profile.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear(profile)  # what a founding left that was cut off
    try:
        _mark(profile)
        opened = vault.create(
            profile, key, certificate=founding.certificate, device_key=founding.device_key, clock=clock
        )
        try:
            users = _found(opened, founding, certificate, key)
        finally:
            opened.close()
        code, recovery = keyring.seal_recovery(key, founding.cost)
        ring = keyring.Keyring(
            device=certificate.device,
            device_name=certificate.device_name,
            office_name=str(office["name"]),
            is_training=certificate.is_training,
            cost=founding.cost,
            users=users,
            recovery=recovery,
        )
        keyring.write(paths.keyring_file(profile), ring)
        paths.founding_file(profile).unlink()
    except BaseException:
        _clear(profile)
        raise
    return code


def reset_passphrase(
    profile: Path, recovery_code: str, account: Account, *, clock: Clock | None = None, pin_cost: Cost = PIN_COST
) -> None:
    """Give an officer a new passphrase, PIN and signing key with the bureau's recovery code. Nothing stored is lost.

    The journal records the new key; what the old one signed stays valid. If it is cut off half-way, do it again.
    Raises WrongPassphrase (the code), InvalidInput, NotFound (no such account), AlreadyOpen, StorageFull.
    """
    path = paths.keyring_file(profile)
    ring = keyring.read(path)
    _check_secrets(account)
    if account.officer_id not in {user.id for user in ring.users}:
        raise NotFound(kind="account", id=account.officer_id)
    vault_key = keyring.open_recovery(ring, recovery_code)
    key = KeyPair.generate()
    lock = ProfileLock(paths.lock_file(profile))
    try:
        _replace_key(vault.unlock(profile, vault_key, clock or SystemClock()), account, key, pin_cost)
        sealed = keyring.seal_user(vault_key, key.private_bytes(), account.passphrase, account.officer_id, ring.cost)
        keyring.write(path, keyring.with_user(ring, account.officer_id, sealed))
    finally:
        lock.close()


def _replace_key(opened: vault.Vault, account: Account, key: KeyPair, pin_cost: Cost) -> None:
    try:
        with opened.gateway.write() as tx:
            act = Act(kind="patch", type="user", subject=account.officer_id, changes={"public_key": key.public.hex()})
            opened.journal.record(tx, act, actor=account.officer_id)
            keep_pin(tx, account.officer_id, account.pin, key, pin_cost)
    finally:
        opened.close()


def discard(profile: Path) -> None:
    """Delete a training profile. Raises NotAllowed for a real one: its data is evidence."""
    card = describe(profile)
    if card is not None and not card.is_training:
        raise NotAllowed(reason="real_profile")
    shutil.rmtree(profile, ignore_errors=True)


def _check(profile: Path, founding: Founding) -> None:
    if paths.keyring_file(profile).exists():
        raise NotAllowed(reason="profile_exists")
    demand_no_work(profile)
    if not founding.accounts:
        raise InvalidInput(field="accounts", reason="empty")
    known = {one["id"] for one in founding.officers}
    for account in founding.accounts:
        if account.officer_id not in known:
            raise InvalidInput(field="accounts", reason="unknown_officer")
        _check_secrets(account)


def _check_secrets(account: Account) -> None:
    check_passphrase(account.passphrase)
    check_pin(account.pin)


def _mark(profile: Path) -> None:
    with paths.founding_file(profile).open("wb") as mark:
        os.fsync(mark.fileno())
    keyring.sync_folder(profile)


def _clear(profile: Path) -> None:
    ring = paths.keyring_file(profile)
    ring.unlink(missing_ok=True)
    ring.with_suffix(".new").unlink(missing_ok=True)
    for path in (paths.journal_file(profile), paths.evidence_file(profile)):
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)
    paths.founding_file(profile).unlink(missing_ok=True)


def _found(
    opened: vault.Vault, founding: Founding, certificate: Certificate, vault_key: bytes
) -> list[keyring.KeyringUser]:
    with opened.gateway.write() as tx:
        for name, value in ((kept.URL, founding.url), (kept.CURSOR, founding.cursor), (kept.EPOCH, founding.epoch)):
            settings.keep_setting(tx, name, str(value))
        enrolled = {"name": certificate.device_name, "office": certificate.office}
        act = Act(kind="enrol", type="device", subject=certificate.device, changes=enrolled)
        opened.journal.record(tx, act, actor="")
        for page in _pages(founding):
            opened.journal.record(tx, Act(kind="adopt", type="register", subject="register", changes=page), actor="")
        for lease in founding.leases:
            opened.journal.record(tx, Act(kind="lease", type="lease", subject=lease["id"], changes=lease), actor="")
        return [_add_user(opened, tx, founding, account, vault_key) for account in founding.accounts]


def _pages(founding: Founding) -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = [
        {"cursor": 0, "offices": list(founding.offices), "officers": list(founding.officers), "sites": []}
    ]
    pages.extend(
        {"cursor": 0, "sites": list(founding.sites[start : start + REGISTER_PAGE])}
        for start in range(0, len(founding.sites), REGISTER_PAGE)
    )
    pages[-1]["cursor"] = founding.cursor
    return pages


def _add_user(
    opened: vault.Vault, tx: Tx, founding: Founding, account: Account, vault_key: bytes
) -> keyring.KeyringUser:
    officer = next(one for one in founding.officers if one["id"] == account.officer_id)
    key = KeyPair.generate()
    sealed = keyring.seal_user(vault_key, key.private_bytes(), account.passphrase, account.officer_id, founding.cost)
    fields = {"public_key": key.public.hex(), "created_at": times.written(opened.clock.read().at)}
    act = Act(kind="create", type="user", subject=account.officer_id, changes=fields)
    opened.journal.record(tx, act, actor=account.officer_id)
    keep_pin(tx, account.officer_id, account.pin, key, founding.pin_cost)
    return keyring.KeyringUser(
        id=account.officer_id,
        name=str(officer["name"]),
        cert_no=str(officer["cert_no"]),
        cert_from=str(officer["cert_from"]),
        cert_to=str(officer["cert_to"]),
        wrapped=sealed,
    )
