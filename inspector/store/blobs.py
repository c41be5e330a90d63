"""Bytes of evidence and issued notices in evidence.db, named by SHA-256, never changed; and previews, which may go."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from inspector.crypto.digests import CHUNK, Hasher
from inspector.errors import EvidenceMissing
from inspector.store.gateway import Gateway, Tx

_leaves = msgspec.json.Decoder(tuple[str, ...])
_KEEP_PREVIEW = "insert or ignore into preview (sha256, edge, jpeg) values (:sha256, :edge, :jpeg)"
Sink = Callable[[int, bytes], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """What is known of stored bytes; `leaves` are hex SHA-256 of the 1 MiB chunks."""

    sha256: str
    size: int
    sm3: str
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Bytes in memory, chunk by chunk, with what is known of them and previews by their long edge."""

    blob: Blob
    chunks: Sequence[bytes]
    previews: Mapping[int, bytes]


class BlobStore:
    """The evidence database. A put is durable before it returns; storing the same bytes twice keeps one copy."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway

    def put_through(self, fill: Callable[[Sink], Blob], stored_ms: int) -> Blob:
        """Store what `fill` pushes through the sink, chunk by chunk; all or nothing.

        `fill` reads the source once and returns its digests. If it raises, nothing is kept.
        """
        with self._gateway.write() as tx:
            blob_id = tx.insert("blob", {"stored_ms": stored_ms})

            def sink(n: int, chunk: bytes) -> None:
                tx.insert("chunk", {"blob": blob_id, "n": n, "bytes": chunk})

            blob = fill(sink)
            self._finish(tx, blob_id, blob)
        return blob

    def put(self, content: bytes, stored_ms: int) -> Blob:
        """Store bytes that are in memory (an issued notice)."""

        def fill(sink: Sink) -> Blob:
            hasher = Hasher()
            for n, start in enumerate(range(0, len(content), CHUNK)):
                chunk = content[start : start + CHUNK]
                hasher.update(chunk)
                sink(n, chunk)
            return Blob(sha256=hasher.sha256, size=hasher.size, sm3=hasher.sm3, leaves=hasher.leaves)

        return self.put_through(fill, stored_ms)

    def put_many(self, held: Sequence[Held], stored_ms: int) -> None:
        """Store several blobs with their previews in one transaction: all durable, or none kept."""
        with self._gateway.write() as tx:
            for one in held:
                self._put_held(tx, one, stored_ms)

    def _put_held(self, tx: Tx, held: Held, stored_ms: int) -> None:
        blob = held.blob
        if not tx.value("select 1 from blob where sha256 = :sha256", {"sha256": blob.sha256}):
            blob_id = tx.insert("blob", {"stored_ms": stored_ms})
            for n, chunk in enumerate(held.chunks):
                tx.insert("chunk", {"blob": blob_id, "n": n, "bytes": chunk})
            self._finish(tx, blob_id, blob)
        for edge, jpeg in held.previews.items():
            tx.run(_KEEP_PREVIEW, {"sha256": blob.sha256, "edge": edge, "jpeg": jpeg})

    @staticmethod
    def _finish(tx: Tx, blob_id: int, blob: Blob) -> None:
        if tx.value("select 1 from blob where sha256 = :sha256", {"sha256": blob.sha256}):
            tx.run("delete from chunk where blob = :id", {"id": blob_id})
            tx.run("delete from blob where id = :id", {"id": blob_id})
            return
        tx.run(
            "update blob set sha256 = :sha256, size = :size, sm3 = :sm3, leaves = :leaves where id = :id",
            {
                "sha256": blob.sha256,
                "size": blob.size,
                "sm3": blob.sm3,
                "leaves": msgspec.json.encode(blob.leaves).decode(),
                "id": blob_id,
            },
        )

    def find(self, sha256: str) -> Blob:
        """Return what is known of a blob. Raises EvidenceMissing."""
        with self._gateway.read() as tx:
            row = tx.row("select sha256, size, sm3, leaves from blob where sha256 = :sha256", {"sha256": sha256})
        if row is None:
            raise EvidenceMissing(sha256=sha256)
        return Blob(sha256=row["sha256"], size=row["size"], sm3=row["sm3"], leaves=_leaves.decode(row["leaves"]))

    def names(self) -> list[str]:
        """Return the SHA-256 of every stored blob."""
        with self._gateway.read() as tx:
            return [row["sha256"] for row in tx.rows("select sha256 from blob where sha256 is not null order by id")]

    def chunk(self, sha256: str, n: int) -> bytes:
        """Return chunk `n` (1 MiB but the last). Raises EvidenceMissing."""
        sql = "select c.bytes from chunk c join blob b on b.id = c.blob where b.sha256 = :sha256 and c.n = :n"
        with self._gateway.read() as tx:
            found = tx.value(sql, {"sha256": sha256, "n": n})
        if found is None:
            raise EvidenceMissing(sha256=sha256)
        return bytes(found)

    def read(self, sha256: str) -> bytes:
        """Return all bytes of a blob. Raises EvidenceMissing."""
        return b"".join(self.chunks(sha256))

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """Yield the chunks in order, one in memory at a time. Raises EvidenceMissing."""
        for n in range(len(self.find(sha256).leaves)):
            yield self.chunk(sha256, n)

    def is_whole(self, sha256: str) -> bool:
        """Read every byte back and compare it with the name and the leaves."""
        blob = self.find(sha256)
        whole, size = hashlib.sha256(), 0
        for n, leaf in enumerate(blob.leaves):
            chunk = self.chunk(sha256, n)
            if hashlib.sha256(chunk).hexdigest() != leaf:
                return False
            whole.update(chunk)
            size += len(chunk)
        return whole.hexdigest() == sha256 and size == blob.size

    def preview(self, sha256: str, edge: int) -> bytes | None:
        """Return a kept preview or None."""
        sql = "select jpeg from preview where sha256 = :sha256 and edge = :edge"
        with self._gateway.read() as tx:
            return tx.value(sql, {"sha256": sha256, "edge": edge})

    def keep_preview(self, sha256: str, edge: int, jpeg: bytes) -> None:
        """Keep a preview; it can be made again, so it is no evidence."""
        with self._gateway.write() as tx:
            tx.run(_KEEP_PREVIEW, {"sha256": sha256, "edge": edge, "jpeg": jpeg})
