"""Writes everything this laptop holds as plain files, for a verifier that shares no code with us."""

from __future__ import annotations

import hashlib
import json
import os
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from inspector.errors import NotAllowed, StorageFailed, StorageFull
from inspector.protocol.entry import SignedEntry, decode
from inspector.protocol.messages import Signed
from inspector.store import journal, transfers
from inspector.store.vault import Vault

FORMAT: Final = 1
_NO_SPACE: Final = (28, 122)
"""ENOSPC, EDQUOT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """How much was written."""

    entries: int
    receipts: int
    blobs: int
    blob_bytes: int


def export(vault: Vault, folder: Path) -> Exported:
    """Fill the new or empty `folder` with plain, unencrypted files; docs/protocol.md says what each holds.

    certificate.json, entries.jsonl, receipts.jsonl, manifest.json and blobs/ab/cd/<sha256> of every blob and
    clip that an entry names. Raises NotAllowed(folder_not_empty), StorageFull, StorageFailed, EvidenceMissing.
    """
    try:
        return _export(vault, folder)
    except OSError as error:
        kind = StorageFull if error.errno in _NO_SPACE else StorageFailed
        raise kind(file=folder.name, cause=str(error)) from error


def _export(vault: Vault, folder: Path) -> Exported:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise NotAllowed(reason="folder_not_empty")
    _write_json(folder / "certificate.json", _signed(vault.certificate))
    named: dict[str, None] = {}
    with vault.gateway.read() as tx:
        lines = (_line(signed, named) for _, signed in journal.walk(tx))
        entries = _write_lines(folder / "entries.jsonl", lines)
        kept = [
            {"kind": kind, "ref": ref} | _signed(Signed(body=body, sig=sig))
            for kind in (transfers.R1, transfers.R2)
            for ref, body, sig in transfers.receipts(tx, kind)
        ]
    receipts = _write_lines(folder / "receipts.jsonl", kept)
    size = sum(_copy_blob(vault, sha256, folder / "blobs" / sha256[:2] / sha256[2:4]) for sha256 in named)
    done = Exported(entries=entries, receipts=receipts, blobs=len(named), blob_bytes=size)
    _write_json(folder / "manifest.json", _manifest(vault, folder, done))
    return done


def _manifest(vault: Vault, folder: Path, done: Exported) -> dict[str, Any]:
    files = ("certificate.json", "entries.jsonl", "receipts.jsonl")
    return {
        "format": FORMAT,
        "device": vault.device,
        "entries": done.entries,
        "receipts": done.receipts,
        "blobs": done.blobs,
        "blob_bytes": done.blob_bytes,
        "sha256": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files},
    }


def _line(signed: SignedEntry, named: dict[str, None]) -> dict[str, Any]:
    named.update(dict.fromkeys(decode(signed.bytes).refs))
    return {
        "bytes": _text(signed.bytes),
        "sig": _text(signed.sig),
        "user_sigs": [{"user": one.user, "sig": _text(one.sig)} for one in signed.user_sigs],
    }


def _signed(signed: Signed) -> dict[str, str]:
    return {"body": _text(signed.body), "sig": _text(signed.sig)}


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _write_lines(file: Path, lines: Iterable[dict[str, Any]]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", newline="\n") as out:
        for line in lines:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
        out.flush()
        os.fsync(out.fileno())
    return count


def _write_json(file: Path, content: dict[str, Any]) -> None:
    with file.open("w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        out.flush()
        os.fsync(out.fileno())


def _copy_blob(vault: Vault, sha256: str, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    with (folder / sha256).open("wb") as out:
        for chunk in vault.originals.chunks(sha256):
            size += out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return size
