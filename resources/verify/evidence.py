# ruff: noqa: INP001 - a script and its parts, not a package: it runs where nothing of ours is installed
"""One device's chain of entries, the receipts for it, and the blobs it names."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from primitives import (
    SIGNED_KEYS,
    Report,
    Wrong,
    context,
    digest,
    is_signed,
    lines,
    measured,
    opened,
    raw,
)

USER_SIGNED = {"issue", "seal", "void", "resolve"}
CHAIN_FAULTS = {"unreadable", "device", "seq", "prev", "signature"}
"""Reasons for which headquarters keeps an entry that does not fit its chain."""


class Chain:
    """The entries of one device, checked link by link."""

    def __init__(self, device: str, key: bytes, certificate: bytes) -> None:
        self.device = device
        self.key = key
        self.certificate = certificate
        self.prev = digest("genesis", certificate).hex()
        self.hashes: list[str] = []
        self.lines: list[tuple[Any, Any, Any]] = []
        self.users: dict[str, bytes] = {}
        self.blobs: dict[str, dict[str, Any]] = {}
        self._is_prev_known = True

    def add(self, line: dict[str, Any], why: str = "") -> dict[str, Any]:
        """Check one entry against the chain so far. `why` is headquarters' reason for a quarantine."""
        content = raw(line["bytes"])
        mark = digest("entry", content)
        self.hashes.append(mark.hex())
        self.lines.append((line["bytes"], line["sig"], line["user_sigs"]))
        prev, is_prev_known = self.prev, self._is_prev_known
        self.prev, self._is_prev_known = mark.hex(), why not in CHAIN_FAULTS
        if why in CHAIN_FAULTS:
            return {}
        entry = json.loads(content)
        if (entry["v"], entry["device"], entry["seq"]) != (1, self.device, len(self.hashes)):
            raise Wrong("version, device or number")
        if is_prev_known and entry["prev"] != prev:
            raise Wrong("previous hash")
        if not is_signed(self.key, raw(line["sig"]), context("device-signature") + mark):
            raise Wrong("device signature")
        if why != "user_signature":
            self._check_users(line, entry, mark)
        self._learn(entry, has_users=not why)
        return entry

    def _check_users(self, line: dict[str, Any], entry: dict[str, Any], mark: bytes) -> None:
        signers = set()
        for one in line["user_sigs"]:
            key = self.users.get(one["user"], b"")
            if set(one) != {"user", "sig"} or not is_signed(key, raw(one["sig"]), context("user-signature") + mark):
                raise Wrong("user signature")
            signers.add(one["user"])
        if entry["kind"] in USER_SIGNED and entry["actor"] not in signers:
            raise Wrong("user signature missing")

    def _learn(self, entry: dict[str, Any], *, has_users: bool) -> None:
        fields = entry.get("set", {})
        if has_users and entry["type"] == "user" and "public_key" in fields:
            self.users[entry["subject"]] = bytes.fromhex(fields["public_key"])
        for sha256 in entry.get("refs", []):
            told = self.blobs.setdefault(sha256, {})
            if fields.get("sha256", fields.get("pdf_sha256")) == sha256:
                told.update({name: fields[name] for name in ("sm3", "size", "leaves") if name in fields})


def certified(signed: dict[str, Any], server_key: bytes) -> tuple[dict[str, Any], Chain]:
    """Return a certificate by the owner of `server_key` and the empty chain that it begins."""
    body = raw(signed["body"])
    told = opened(signed, "certificate", server_key)
    if raw(told["server_key"]) != server_key or set(signed) != SIGNED_KEYS:
        raise Wrong("certificate of another server")
    return told, Chain(told["device"], raw(told["device_key"]), body)


@dataclass
class Receipted:
    """What the receipts of one side say."""

    receipts: dict[str, int] = field(default_factory=dict)
    """Text of a receipt → its epoch."""
    entries: dict[str, set[int]] = field(default_factory=dict)
    """Device → numbers of its entries that R1 covers."""
    bodies: dict[str, bytes] = field(default_factory=dict)
    """Blob → body of its R2."""

    @property
    def blobs(self) -> set[str]:
        """Blobs that R2 covers."""
        return set(self.bodies)


def check_receipts(
    report: Report, side: str, file: Path, *, key: bytes, chains: dict[str, Chain], blobs: dict[str, Any]
) -> Receipted:
    """Check every receipt of one side against its chains and blobs; `key` is headquarters'."""
    found = Receipted(entries={device: set() for device in chains})
    count = 0
    for line in lines(file, {"kind", "ref"} | SIGNED_KEYS):
        count += 1
        report.expect(line["body"] not in found.receipts, side, f"receipt {count}", "twice")
        step = _entry_receipt if line["kind"] == "r1" else _blob_receipt
        held = chains if line["kind"] == "r1" else blobs
        report.guard(side, f"receipt {count}", lambda line=line, step=step, held=held: step(line, key, held, found))
    report.counts[side]["receipts"] = count
    return found


def _entry_receipt(line: dict[str, Any], key: bytes, chains: dict[str, Chain], found: Receipted) -> None:
    told = opened(line, "receipt", key)
    chain = chains[told["device"]]
    first, last = told["first"], told["last"]
    if told["k"] != "r1" or line["ref"] not in (chain.device, f"{first}-{last}@{told['ms']}"):
        raise Wrong("kind or ref")
    if not 1 <= first <= last <= len(chain.hashes) or chain.hashes[last - 1] != told["head"]:
        raise Wrong("receipt for entries that are not here")
    found.entries[chain.device].update(range(first, last + 1))
    found.receipts[line["body"]] = told["epoch"]


def _blob_receipt(line: dict[str, Any], key: bytes, blobs: dict[str, Any], found: Receipted) -> None:
    told = opened(line, "receipt", key)
    if (line["kind"], told["k"]) != ("r2", "r2") or line["ref"] != told["sha256"]:
        raise Wrong("kind or ref")
    if told["sha256"] not in blobs or blobs[told["sha256"]][1:3] != (told["sm3"], told["size"]):
        raise Wrong("receipt for a blob that is not here")
    found.bodies[told["sha256"]] = raw(line["body"])
    found.receipts[line["body"]] = told["epoch"]


def read_blobs(report: Report, side: str, folder: Path, named: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Read every blob of an export and hold it against its name and what the signed entries say of it."""
    found: dict[str, Any] = {}
    for file in sorted(path for path in (folder / "blobs").rglob("*") if not path.is_dir()):
        name = file.name
        told = report.guard(side, f"blob {name}", lambda file=file: measured(file))
        if told is None:
            continue
        found[name] = told
        place = folder / "blobs" / name[:2] / name[2:4] / name
        report.expect(told[0] == name and file == place, side, f"blob {name}", "SHA-256 is not its name")
        said = named.get(name, {})
        now: dict[str, Any] = dict(zip(("sm3", "size", "leaves"), told[1:], strict=True))
        report.expect(all(now[key] == said[key] for key in said), side, f"blob {name}", "not as the entry says")
        report.expect(name in named, side, f"blob {name}", "no entry names it")
    for name in named.keys() - found.keys():
        report.expect(False, side, f"blob {name}", "missing")
    report.counts[side] |= {"blobs": len(found), "blob_bytes": sum(told[2] for told in found.values())}
    return found


def expect_files(report: Report, side: str, folder: Path, names: set[str]) -> None:
    """Demand exactly these files beside blobs/."""
    there = {path.name for path in folder.iterdir()} - {"blobs"}
    report.expect(there == names, side, ", ".join(sorted(there ^ names)), "missing or strange file")
