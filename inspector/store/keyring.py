"""The keyring file: who may open this profile, and the vault key wrapped for each of them. No secret is in clear."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from inspector.crypto.unlock import Cost, Wrapped, new_recovery_code, unwrap, wrap
from inspector.errors import ProfileMissing, StoreDamaged, StoreTooNew, WrongPassphrase

FORMAT = 1
KEY = 32


class KeyringUser(msgspec.Struct, frozen=True, kw_only=True):
    """One person who may unlock; name and certificate are shown before unlocking, the register has the last word."""

    id: str
    name: str
    cert_no: str
    cert_from: str
    cert_to: str
    wrapped: Wrapped
    """Vault key (32 bytes) + the user's Ed25519 key (32 bytes)."""


class Keyring(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the unlock screen needs."""

    v: int = FORMAT
    device: str
    device_name: str
    office_name: str
    is_training: bool
    cost: Cost
    users: list[KeyringUser]
    recovery: Wrapped
    """Vault key under the bureau's recovery code."""


def read(path: Path) -> Keyring:
    """Read the keyring. Raises ProfileMissing, StoreDamaged, StoreTooNew."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError as error:
        raise ProfileMissing(folder=str(path.parent)) from error
    try:
        version = msgspec.json.decode(raw, type=dict[str, object]).get("v")
        if isinstance(version, int) and version > FORMAT:
            raise StoreTooNew(step=f"keyring v{version}")
        return msgspec.json.decode(raw, type=Keyring)
    except msgspec.DecodeError as error:
        raise StoreDamaged(file=path.name, cause=str(error)) from error


def write(path: Path, keyring: Keyring) -> None:
    """Replace the keyring so that a crash leaves the old or the new one, never half of one."""
    temporary = path.with_suffix(".new")
    with temporary.open("wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(keyring), indent=1))
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable where the system can (POSIX)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seal_user(vault_key: bytes, user_key: bytes, passphrase: str, user_id: str, cost: Cost) -> Wrapped:
    """Wrap the vault key and a user's signing key under that user's passphrase."""
    return wrap(vault_key + user_key, passphrase, label=f"user:{user_id}".encode(), cost=cost)


def with_user(keyring: Keyring, user_id: str, sealed: Wrapped) -> Keyring:
    """Return the keyring with another wrapping for one user; everybody else and the recovery code stay."""
    users = [msgspec.structs.replace(user, wrapped=sealed) if user.id == user_id else user for user in keyring.users]
    return msgspec.structs.replace(keyring, users=users)


def seal_recovery(vault_key: bytes, cost: Cost) -> tuple[str, Wrapped]:
    """Return a fresh recovery code and the vault key wrapped under it."""
    code = new_recovery_code()
    return code, wrap(vault_key, code, label=b"recovery", cost=cost)


def open_user(keyring: Keyring, user_id: str, passphrase: str) -> tuple[bytes, bytes]:
    """Return (vault key, user's signing key). Raises WrongPassphrase; takes the time the cost asks for."""
    user = next((user for user in keyring.users if user.id == user_id), None)
    opened = unwrap(user.wrapped, passphrase, label=f"user:{user_id}".encode()) if user else None
    if opened is None or len(opened) != 2 * KEY:
        raise WrongPassphrase(user=user.name if user else user_id)
    return opened[:KEY], opened[KEY:]


def open_recovery(keyring: Keyring, code: str) -> bytes:
    """Return the vault key for the bureau's recovery code. Raises WrongPassphrase."""
    opened = unwrap(keyring.recovery, code.strip().upper(), label=b"recovery")
    if opened is None:
        raise WrongPassphrase(user="recovery")
    return opened
