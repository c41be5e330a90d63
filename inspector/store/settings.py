"""Small values of this laptop: secrets and settings, inside the encrypted database."""

from __future__ import annotations

from inspector.store.gateway import Tx


def secret(tx: Tx, name: str) -> bytes | None:
    """Return a secret (device key, PIN record …) or None."""
    return tx.value("select value from secret where name = :name", {"name": name})


def keep_secret(tx: Tx, name: str, value: bytes) -> None:
    """Keep or replace a secret."""
    tx.upsert("secret", {"name": name, "value": value}, key="name")


def setting(tx: Tx, name: str, default: str = "") -> str:
    """Return a setting."""
    found = tx.value("select value from setting where name = :name", {"name": name})
    return default if found is None else str(found)


def keep_setting(tx: Tx, name: str, value: str) -> None:
    """Keep or replace a setting."""
    tx.upsert("setting", {"name": name, "value": value}, key="name")
