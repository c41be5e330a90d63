# ruff: noqa: INP001 - a script and its parts, not a package: it runs where nothing of ours is installed
"""The laptop's export: its chain, its receipts, its blobs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import Chain, certified, check_receipts, expect_files, read_blobs
from primitives import ENTRY_KEYS, Report, document, lines

FILES = {"certificate.json", "entries.jsonl", "receipts.jsonl", "manifest.json"}


@dataclass(frozen=True)
class Side:
    """What a laptop holds; `receipts` maps a receipt's text to its epoch."""

    chain: Chain
    blobs: dict[str, Any]
    receipts: dict[str, int]


def check(report: Report, folder: Path, server_key: bytes) -> Side:
    """Check the export of a laptop that was enrolled by the owner of `server_key`."""
    side = "laptop"
    expect_files(report, side, folder, FILES)
    told, chain = certified(document(folder / "certificate.json"), server_key)
    for n, line in enumerate(lines(folder / "entries.jsonl", ENTRY_KEYS), start=1):
        report.guard(side, f"entry {n}", lambda line=line: chain.add(line))
    blobs = read_blobs(report, side, folder, chain.blobs)
    chains = {chain.device: chain}
    found = check_receipts(report, side, folder / "receipts.jsonl", key=server_key, chains=chains, blobs=blobs)
    entries = len(chain.hashes)
    report.expect(found.entries[chain.device] == set(range(1, entries + 1)), side, "entries", "not all have a receipt")
    report.expect(found.blobs == set(chain.blobs), side, "blobs", "not all have a receipt")
    report.counts[side]["entries"] = entries
    manifest = {
        "format": 1,
        "device": told["device"],
        "entries": entries,
        "receipts": report.counts[side]["receipts"],
        "blobs": len(blobs),
        "blob_bytes": report.counts[side]["blob_bytes"],
        "sha256": {
            name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
            for name in ("certificate.json", "entries.jsonl", "receipts.jsonl")
        },
    }
    report.expect(document(folder / "manifest.json") == manifest, side, "manifest.json", "counts or digests")
    return Side(chain, blobs, found.receipts)
