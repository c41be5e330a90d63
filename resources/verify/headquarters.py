# ruff: noqa: INP001 - a script and its parts, not a package: it runs where nothing of ours is installed
"""Headquarters' export: its ledger, all devices' chains, receipts, leases, register, records and blobs."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import Chain, certified, check_receipts, expect_files, read_blobs
from primitives import ENTRY_KEYS, SIGNED_KEYS, Report, Wrong, compact, digest, document, lines, opened, raw

FILES = {
    "server.json",
    "register.json",
    "devices.jsonl",
    "entries.jsonl",
    "quarantine.jsonl",
    "receipts.jsonl",
    "leases.jsonl",
    "ledger.jsonl",
    "heads.jsonl",
    "records.jsonl",
}
TAKEN_KEYS = ENTRY_KEYS | {"hq_seq", "device", "seq", "state", "why", "received_ms"}
LEDGER_KEYS = {"seq", "prev", "kind", "ref", "digest", "ms", "link"}
READ_KINDS = {"create", "attach", "patch", "remove", "close", "lease", "issue", "void"}
"""Kinds of entries that leave something in headquarters' records."""


@dataclass
class Side:
    """What headquarters holds; `receipts` maps a receipt's text to its epoch."""

    key: bytes
    key_text: str
    server_id: str
    epoch: int
    chains: dict[str, Chain] = field(default_factory=dict)
    blobs: dict[str, Any] = field(default_factory=dict)
    named: dict[str, dict[str, Any]] = field(default_factory=dict)
    receipts: dict[str, int] = field(default_factory=dict)
    ledger: list[dict[str, Any]] = field(default_factory=list)
    open_lines: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    records: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One check of one export."""

    report: Report
    folder: Path
    side: Side

    def expect(self, holds: bool, where: str, what: str) -> None:
        """Note a fault unless `holds`."""
        self.report.expect(holds, "hq", where, what)

    def each(self, name: str, keys: set[str], step: Callable[[dict[str, Any]], None]) -> None:
        """Check every line of a file."""
        for n, line in enumerate(lines(self.folder / name, keys), start=1):
            self.report.guard("hq", f"{name} {n}", lambda line=line: step(line))

    def strike(self, kind: str, ref: str, content: bytes) -> None:
        """Take an item off the ledger's list."""
        told = self.side.open_lines.get((kind, ref), [])
        now = hashlib.sha256(content).hexdigest()
        if now not in told:
            raise Wrong("not as the ledger says")
        told.remove(now)


def check(report: Report, folder: Path, server_key: str) -> Side:
    """Check everything headquarters exported; `server_key` is its key as known from elsewhere, or empty."""
    expect_files(report, "hq", folder, FILES)
    server = document(folder / "server.json")
    side = Side(raw(server["public_key"]), server["public_key"], server["server_id"], server["epoch"])
    one = Check(report, folder, side)
    one.expect(server_key in ("", server["public_key"]), "server.json", "another key than the one known")
    one.expect(set(server) == {"server_id", "epoch", "public_key", "head"}, "server.json", "other fields")
    one.each("ledger.jsonl", LEDGER_KEYS, lambda line: _link(one, line))
    report.guard("hq", "server.json", lambda: _head(one, server["head"], None))
    one.each("heads.jsonl", {"day", "seq"} | SIGNED_KEYS, lambda line: _head(one, line, (line["day"], line["seq"])))
    devices: dict[str, int] = {}
    one.each("devices.jsonl", {"device", "certificate", "revoked_ms", "seq"}, lambda line: _device(one, line, devices))
    one.each("entries.jsonl", TAKEN_KEYS, lambda line: _entry(one, line))
    one.each("quarantine.jsonl", TAKEN_KEYS, lambda line: _foreign(one, line))
    one.each("leases.jsonl", {"lease"} | SIGNED_KEYS, lambda line: _lease(one, line))
    report.guard("hq", "register.json", lambda: _register(one))
    report.guard("hq", "records.jsonl", lambda: _records(one))
    side.blobs = read_blobs(report, "hq", folder, side.named)
    found = check_receipts(report, "hq", folder / "receipts.jsonl", key=side.key, chains=side.chains, blobs=side.blobs)
    side.receipts = found.receipts
    for sha256, body in found.bodies.items():
        report.guard("hq", f"blob {sha256}", lambda sha256=sha256, body=body: one.strike("blob", sha256, body))
    one.expect(found.blobs == set(side.blobs), "blobs", "not all have a receipt")
    for device, chain in side.chains.items():
        one.expect(devices[device] == len(chain.hashes), f"device {device}", "not as many entries as said")
    for (kind, ref), left in side.open_lines.items():
        one.expect(not left, f"{kind} {ref}", "in the ledger but not here")
    report.counts["hq"] |= {"ledger": len(side.ledger), "devices": len(side.chains)}
    report.counts["hq"]["entries"] = sum(len(chain.hashes) for chain in side.chains.values())
    return side


def _link(one: Check, line: dict[str, Any]) -> None:
    known = one.side.ledger
    prev = known[-1]["link"] if known else digest("ledger", one.side.key).hex()
    known.append(line)
    one.side.open_lines.setdefault((line["kind"], line["ref"]), []).append(line["digest"])
    body = compact({name: line[name] for name in ("seq", "prev", "kind", "ref", "digest", "ms")})
    if (line["seq"], line["prev"], line["link"]) != (len(known), prev, digest("ledger", body).hex()):
        raise Wrong("ledger link")


def _head(one: Check, line: dict[str, Any], said: tuple[str, int] | None) -> None:
    told = opened(line, "head", one.side.key)
    at = one.side.ledger[told["seq"] - 1] if told["seq"] else {"link": digest("ledger", one.side.key).hex()}
    if told["server_id"] != one.side.server_id or told["link"] != at["link"]:
        raise Wrong("head")
    if said is not None and said != (told["day"], told["seq"]):
        raise Wrong("day or number")
    if said is None and (set(line) != SIGNED_KEYS or (told["epoch"], told["seq"]) != _end(one)):
        raise Wrong("epoch, or the ledger was shortened")


def _end(one: Check) -> tuple[int, int]:
    return one.side.epoch, len(one.side.ledger)


def _device(one: Check, line: dict[str, Any], devices: dict[str, int]) -> None:
    told, chain = certified(line["certificate"], one.side.key)
    if (told["device"], told["server_id"]) != (line["device"], one.side.server_id):
        raise Wrong("certificate of another device or server")
    if line["revoked_ms"] is not None and line["revoked_ms"] < told["issued_ms"]:
        raise Wrong("revoked before it was enrolled")
    one.side.chains[chain.device] = chain
    devices[chain.device] = line["seq"]
    one.strike("device", line["device"], chain.certificate)


def _content(line: dict[str, Any]) -> bytes:
    mark = b64encode(digest("entry", raw(line["bytes"]))).decode()
    users = [{"user": one["user"], "sig": one["sig"]} for one in line["user_sigs"]]
    return compact([mark, line["sig"], users, line["state"], line["why"]])


def _in_ledger(one: Check, kind: str, line: dict[str, Any]) -> None:
    ref = f"{line['device']}/{line['seq']}"
    one.strike(kind, ref, _content(line))
    at = one.side.ledger[line["hq_seq"] - 1]
    if line["hq_seq"] < 1 or (at["kind"], at["ref"], at["ms"]) != (kind, ref, line["received_ms"]):
        raise Wrong("not at its place in the ledger")


def _entry(one: Check, line: dict[str, Any]) -> None:
    chain = one.side.chains[line["device"]]
    entry = chain.add(line, line["why"])
    if line["seq"] != len(chain.hashes):
        raise Wrong("number")
    if (line["state"] == "applied") != (line["why"] == "") or line["state"] not in ("applied", "quarantined"):
        raise Wrong("state")
    one.side.named.update(chain.blobs)
    _in_ledger(one, "entry", line)
    if line["state"] == "applied" and entry["kind"] in READ_KINDS:
        # An officer's account is another one on every laptop.
        name = f"{chain.device}/{entry['subject']}" if entry["type"] == "user" else entry["subject"]
        record = one.side.records.setdefault((entry["type"], name), {"type": entry["type"], "id": name, "fields": {}})
        record["fields"] |= entry.get("set", {})
        record |= {"head": chain.hashes[-1], "device": chain.device}


def _foreign(one: Check, line: dict[str, Any]) -> None:
    _in_ledger(one, "foreign", line)
    try:
        refs = json.loads(raw(line["bytes"]))["refs"]
    except (ValueError, KeyError, TypeError):
        refs = []  # what nobody can read names no blob; its place in the ledger was checked
    for sha256 in refs:
        one.side.named.setdefault(sha256, {})


def _lease(one: Check, line: dict[str, Any]) -> None:
    told = opened(line, "lease", one.side.key)
    if told["lease"] != line["lease"] or told["device"] not in one.side.chains:
        raise Wrong("lease of another device")
    one.strike("lease", told["lease"], raw(line["body"]))


def _register(one: Check) -> None:
    told = document(one.folder / "register.json")
    if set(told) != {"offices", "officers", "sites"}:
        raise Wrong("other fields")
    for kind, records in told.items():
        for record in records:
            versions = one.side.open_lines.pop(("register", f"{kind}/{record['id']}"), [])
            if not versions or versions[-1] != hashlib.sha256(compact(record, is_sorted=True)).hexdigest():
                raise Wrong(f"{kind} {record['id']} is not as the ledger says")


def _records(one: Check) -> None:
    told = list(lines(one.folder / "records.jsonl", {"type", "id", "head", "device", "fields"}))
    found = {(line["type"], line["id"]): line for line in told}
    if len(found) != len(told) or found != one.side.records:
        raise Wrong("not what the entries add up to")
