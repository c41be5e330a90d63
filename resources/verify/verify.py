# ruff: noqa: INP001 - a script and its parts, not a package: it runs where nothing of ours is installed
"""Compares what a laptop and headquarters exported, and believes neither: Python and `cryptography`, nothing else.

    python verify.py --laptop FOLDER --hq FOLDER [--server-key BASE64] [--json]

Checks every hash, chain, signature and receipt, reads every byte of every blob, and demands that both sides hold the
same. Exit code 0 if all agrees, 1 on any difference, 2 if called wrongly. The formats are in docs/protocol.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

import headquarters
import laptop
from primitives import Report


def compare(report: Report, here: laptop.Side, there: headquarters.Side) -> None:
    """Demand that headquarters holds this laptop's entries, blobs and receipts."""
    chain = there.chains.get(here.chain.device)
    report.expect(chain is not None, "both", "device", "headquarters does not know this laptop")
    if chain is None:
        return
    report.expect(chain.certificate == here.chain.certificate, "both", "certificate", "differs")
    report.expect(len(chain.lines) == len(here.chain.lines), "both", "entries", "not equally many")
    for n, (ours, theirs) in enumerate(zip(here.chain.lines, chain.lines, strict=False), start=1):
        report.expect(ours == theirs, "both", f"entry {n}", "differs")
    for name, told in here.blobs.items():
        report.expect(there.blobs.get(name) == told, "both", f"blob {name}", "differs")
    for body, epoch in here.receipts.items():
        # Headquarters put back from a backup may have lost the receipts it gave in an earlier epoch.
        report.expect(body in there.receipts or epoch < there.epoch, "both", "receipts", "headquarters lacks one")


def verify(ours: Path, theirs: Path, server_key: str = "") -> dict[str, Any]:
    """Return counts and faults; everything agrees if there are no faults."""
    report = Report()
    there = report.guard("hq", theirs.name, lambda: headquarters.check(report, theirs, server_key))
    here = there and report.guard("laptop", ours.name, lambda: laptop.check(report, ours, there.key))
    if here and there:
        report.guard("both", "comparison", lambda: compare(report, here, there))
    told = {"device": here.chain.device, "server_key": there.key_text} if here and there else {}
    return {"agrees": not report.faults, **told, **report.counts, "faults": report.faults}


def _table(told: dict[str, Any]) -> str:
    rows = sorted(told["laptop"].keys() | told["hq"].keys())
    text = [f"{'':<16}{'laptop':>16}{'headquarters':>16}"]
    text += [f"{name:<16}{told['laptop'].get(name, '-'):>16}{told['hq'].get(name, '-'):>16}" for name in rows]
    text += [f"{one['side']}: {one['where']}: {one['what']}" for one in told["faults"][:50]]
    if len(told["faults"]) > 50:
        text.append(f"... and {len(told['faults']) - 50} more")
    if told["agrees"]:
        text.append(f"device {told['device']}, key of headquarters {told['server_key']}")
    return "\n".join([*text, "AGREES" if told["agrees"] else "DIFFERS"])


def main(words: list[str] | None = None) -> int:
    """Compare two folders; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--laptop", type=Path, required=True, help="folder written by the laptop's export")
    parser.add_argument("--hq", type=Path, required=True, help="folder written by headquarters' export")
    parser.add_argument("--server-key", default="", help="headquarters' public key as base64, known from elsewhere")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    chosen = parser.parse_args(words)
    told = verify(chosen.laptop, chosen.hq, chosen.server_key)
    sys.stdout.write((json.dumps(told, ensure_ascii=False, indent=1) if chosen.json else _table(told)) + "\n")
    return 0 if told["agrees"] else 1


if __name__ == "__main__":
    sys.exit(main())
