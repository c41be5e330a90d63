"""Frame indices of clips, kept in evidence.db; they can be made again from the footage at any time (ADR 0005)."""

from __future__ import annotations

from typing import Final

from inspector.store.gateway import Gateway

_KIND: Final = "film_index"


def kept(gateway: Gateway, sha256: str, version: int) -> bytes | None:
    """Return what was kept for a clip by this version of the index, or None."""
    sql = "select body from cache where kind = :kind and sha256 = :sha256 and version = :version"
    with gateway.read() as tx:
        found = tx.value(sql, {"kind": _KIND, "sha256": sha256, "version": version})
    return None if found is None else bytes(found)


def keep(gateway: Gateway, sha256: str, version: int, body: bytes) -> None:
    """Keep the index of a clip instead of an older one. Raises StorageFull."""
    sql = "insert or replace into cache (kind, sha256, version, body) values (:kind, :sha256, :version, :body)"
    with gateway.write() as tx:
        tx.run(sql, {"kind": _KIND, "sha256": sha256, "version": version, "body": body})
