# ruff: noqa: INP001, T201 - a script that runs where nothing of ours is installed, and speaks by printing
"""核对证据包: checks an evidence bundle with Python and `cryptography`, nothing else.

    python verify.py BUNDLE.zip [--server-key BASE64] [--json]

Names every file, entry, signature or byte of the container that is not as it was made. Exit code 0 if all holds, 1 if
anything does not, 2 if called wrongly. The formats are in the product's docs/protocol.md.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import struct
import sys
import zlib
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any, BinaryIO

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("需要 cryptography 库：python -m pip install cryptography / the cryptography library is needed")

PREFIX = b"field-inspector/"
CHUNK = 1 << 20
BIG = 0xFFFFFFFF
MOST_JSON = 512 << 20
PAPERS = {"README.txt", "verify.py", "certificate.json", "entries.jsonl", "receipts.jsonl", "report.pdf", "custody.pdf"}
SIGNATURES = ("manifest.json", "manifest.sig.json")
USER_SIGNED = {"issue", "seal", "void", "resolve"}


class Wrong(Exception):
    """Something does not hold; the text says what."""


class Report:
    """What was counted, and what does not hold."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.faults: list[dict[str, str]] = []

    def expect(self, holds: Any, where: str, what: str) -> None:
        """Note a fault unless `holds`."""
        if not holds:
            self.faults.append({"where": where, "what": what})

    def guard(self, where: str, step: Any, *given: Any) -> Any:
        """Do a step; whatever keeps it from being done is a fault."""
        try:
            return step(*given)
        except Wrong as wrong:
            self.expect(False, where, str(wrong))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, struct.error) as error:
            self.expect(False, where, f"unreadable: {type(error).__name__} {error}")
        return None


# --- the container: ZIP (PKWARE APPNOTE 6.3) with nothing compressed, every byte of it accounted for -----------------


class Member:
    """One file of the container: where its bytes are, and what was read of them."""

    def __init__(self, name: str, start: int, size: int, header: int, crc: int) -> None:
        self.name, self.start, self.size, self.header, self.crc = name, start, size, header, crc
        self.sha256, self.sm3, self.leaves = "", "", []  # type: ignore[var-annotated]

    @property
    def is_big(self) -> bool:
        """Whether its sizes take 64 bits."""
        return self.size > 0x7FFFFFFF


def local_header(member: Member) -> bytes:
    """Return the bytes that must stand before the file (§4.3.7)."""
    name, flags = _named(member.name)
    sizes = (BIG, BIG) if member.is_big else (member.size, member.size)
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.size) if member.is_big else b""
    version = 45 if member.is_big else 20
    head = struct.pack(
        "<4s2B4HL2L2H", b"PK\3\4", version, 0, flags, 0, 0, 0x21, member.crc, *sizes, len(name), len(extra)
    )
    return head + name + extra


def central_header(member: Member) -> bytes:
    """Return the bytes that must stand for the file in the directory (§4.3.12)."""
    name, flags = _named(member.name)
    values = [member.size, member.size] if member.is_big else []
    sizes = (BIG, BIG) if member.is_big else (member.size, member.size)
    offset = member.header
    if offset > 0x7FFFFFFF:
        values.append(offset)
        offset = BIG
    extra = struct.pack(f"<HH{len(values)}Q", 1, 8 * len(values), *values) if values else b""
    version = 45 if values else 20
    head = struct.pack(
        "<4s4B4HL2L5H2L", b"PK\1\2", version, 3, version, 0, flags, 0, 0, 0x21, member.crc, *sizes,
        len(name), len(extra), 0, 0, 0, 0o600 << 16, offset,
    )  # fmt: skip
    return head + name + extra


def ending(members: list[Member], start: int, size: int) -> bytes:
    """Return the bytes that must close the container (§4.3.14 to §4.3.16)."""
    count, told = len(members), b""
    if count > 0xFFFF or start > 0x7FFFFFFF or size > 0x7FFFFFFF:
        told = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
        told += struct.pack("<4sLQL", b"PK\6\7", 0, start + size, 1)
    return told + struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, min(count, 0xFFFF), min(count, 0xFFFF), min(size, BIG), min(start, BIG), 0
    )


def _named(name: str) -> tuple[bytes, int]:
    return name.encode(), 0 if name.isascii() else 0x800


def members_of(stream: BinaryIO) -> list[Member]:
    """Walk the container from its first byte; raise Wrong at the first place that is not as it must be."""
    found: list[Member] = []
    while True:
        at = stream.tell()
        head = stream.read(30)
        if head[:4] != b"PK\3\4":
            stream.seek(at)
            return found
        crc, packed = struct.unpack("<LL", head[14:22])
        name_size, extra_size = struct.unpack("<HH", head[26:30])
        raw_name, extra = stream.read(name_size), stream.read(extra_size)
        name = raw_name.decode("utf-8", "replace")
        size = struct.unpack("<Q", extra[4:12])[0] if packed == BIG and len(extra) == 20 else packed
        member = Member(name, stream.tell(), size, at, crc)
        if head + raw_name + extra != local_header(member):
            raise Wrong(f"container: the header of {name!r} was changed")
        stream.seek(size, 1)
        found.append(member)


def read_member(stream: BinaryIO, member: Member) -> None:
    """Read a file once: digests, leaves, checksum."""
    stream.seek(member.start)
    whole, sm3, crc, left = hashlib.sha256(), hashes.Hash(hashes.SM3()), 0, member.size
    while left:
        chunk = stream.read(min(CHUNK, left))
        if not chunk:
            raise Wrong("the container ends within it")
        left -= len(chunk)
        whole.update(chunk)
        sm3.update(chunk)
        crc = zlib.crc32(chunk, crc)
        member.leaves.append(hashlib.sha256(chunk).hexdigest())
    member.sha256, member.sm3 = whole.hexdigest(), sm3.finalize().hex()
    if crc != member.crc:
        raise Wrong("its bytes were changed (checksum of the container)")


def content(stream: BinaryIO, member: Member) -> bytes:
    """Return the bytes of a small file."""
    if member.size > MOST_JSON:
        raise Wrong("too large")
    stream.seek(member.start)
    return stream.read(member.size)


def raw(text: str) -> bytes:
    """Return the bytes of a base64 text that is written the one right way."""
    found = b64decode(text, validate=True)
    if b64encode(found).decode() != text:
        raise Wrong("base64 is not canonical")
    return found


def context(name: str) -> bytes:
    """Return what stands before a message when it is signed."""
    return PREFIX + name.encode() + b"/v1\0"


def is_signed(key: bytes, sig: bytes, message: bytes) -> bool:
    """Whether the Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(sig, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def canonical(text: bytes, indent: int | None = None) -> Any:
    """Return a JSON value written exactly as the exporter writes it."""
    value = json.loads(text)
    if json.dumps(value, ensure_ascii=False, indent=indent).encode() != text:
        raise Wrong("JSON is not as exported")
    return value


def certificate(report: Report, text: bytes, server_key: str) -> dict[str, Any]:
    """Check headquarters' word on the device; return it."""
    signed = canonical(text.rstrip(b"\n"), indent=1)
    body = raw(signed["body"])
    told = json.loads(body)
    key = raw(told["server_key"])
    if not is_signed(key, raw(signed["sig"]), context("certificate") + body):
        raise Wrong("headquarters did not sign it")
    report.expect(not server_key or told["server_key"] == server_key, "certificate.json", "of another headquarters")
    return told


class Entries:
    """The journal's entries about one inspection: each signed, none missing between two of one subject."""

    def __init__(self, device: str, key: bytes) -> None:
        self.device, self.key = device, key
        self.hashes: dict[int, str] = {}
        self.heads: dict[tuple[str, str], str] = {}
        self.users: dict[str, bytes] = {}
        self.blobs: dict[str, dict[str, Any]] = {}
        self.last = 0

    def add(self, line: bytes) -> None:
        """Check one entry."""
        value = canonical(line)
        content_ = raw(value["bytes"])
        mark = hashlib.sha256(context("entry") + content_).digest()
        entry = json.loads(content_)
        if entry["v"] != 1 or entry["device"] != self.device or entry["seq"] <= self.last:
            raise Wrong("version, device or order")
        self.last = entry["seq"]
        self.hashes[entry["seq"]] = mark.hex()
        if not is_signed(self.key, raw(value["sig"]), context("device-signature") + mark):
            raise Wrong("device signature")
        signers = set()
        for one in value["user_sigs"]:
            key = self.users.get(one["user"], b"")
            if not is_signed(key, raw(one["sig"]), context("user-signature") + mark):
                raise Wrong(f"signature of {one['user']}")
            signers.add(one["user"])
        if entry["kind"] in USER_SIGNED and entry["actor"] not in signers:
            raise Wrong("an officer's signature is missing")
        self._link(entry, mark.hex())

    def _link(self, entry: dict[str, Any], mark: str) -> None:
        subject = (entry["type"], entry["subject"])
        before = self.heads.get(subject)
        self.heads[subject] = mark
        fields = entry.get("set", {})
        if entry["type"] == "user" and "public_key" in fields:
            self.users[entry["subject"]] = bytes.fromhex(fields["public_key"])
        for sha256 in entry.get("refs", []):
            told = self.blobs.setdefault(sha256, {})
            if fields.get("sha256", fields.get("pdf_sha256")) == sha256:
                told.update({name: fields[name] for name in ("sm3", "size", "leaves") if name in fields})
        if before is not None and entry.get("base") and before not in entry["base"]:
            raise Wrong(f"an entry about {subject[0]} {subject[1]} is missing before it")


def check_receipts(report: Report, lines: list[bytes], key: bytes, entries: Entries) -> None:
    """Check headquarters' receipts, and say which entries and files it has signed for."""
    covered: set[int] = set()
    for number, line in enumerate(lines, start=1):
        report.guard(f"receipts.jsonl {number}", _receipt, line, key, entries, covered)
    report.counts["entries_received"] = len(covered)


def _receipt(line: bytes, key: bytes, entries: Entries, covered: set[int]) -> None:
    value = canonical(line)
    body = raw(value["body"])
    if not is_signed(key, raw(value["sig"]), context("receipt") + body):
        raise Wrong("headquarters did not sign it")
    told = json.loads(body)
    if told["k"] == "r1":
        covered.update(seq for seq in entries.hashes if told["first"] <= seq <= told["last"])
        head = entries.hashes.get(told["last"])
        if head is not None and head != told["head"]:
            raise Wrong(f"another entry {told['last']} was received")
    elif told["sha256"] not in entries.blobs:
        raise Wrong("for a file that no entry names")


def check(report: Report, file: Path, server_key: str = "") -> None:
    """Check a bundle."""
    with file.open("rb") as stream:
        found = members_of(stream)
        start = stream.tell()
        directory = b"".join(central_header(one) for one in found)
        rest = stream.read(len(directory) + 1024)
        after = f"after {found[-1].name}" if found else "at its beginning"
        holds = rest == directory + ending(found, start, len(directory))
        report.expect(holds, "container", f"changed {after}: a header or the directory")
        by_name = {one.name: one for one in found}
        report.expect(len(by_name) == len(found), "container", "a name stands twice")
        for one in found:
            report.guard(one.name, read_member, stream, one)
        report.counts |= {"files": len(found), "bytes": sum(one.size for one in found)}
        for name in sorted((PAPERS | set(SIGNATURES)) - by_name.keys()):
            report.expect(False, name, "missing")
        if "certificate.json" not in by_name or "manifest.json" not in by_name:
            return
        told = report.guard(
            "certificate.json", certificate, report, content(stream, by_name["certificate.json"]), server_key
        )
        if told is None:
            return
        entries = _entries(report, stream, by_name, told)
        _manifest(report, stream, by_name, told, entries)
        lines = content(stream, by_name["receipts.jsonl"]).splitlines() if "receipts.jsonl" in by_name else []
        check_receipts(report, lines, raw(told["server_key"]), entries)
    _files(report, found, entries)


def _entries(report: Report, stream: BinaryIO, by_name: dict[str, Member], told: dict[str, Any]) -> Entries:
    entries = Entries(told["device"], raw(told["device_key"]))
    lines = content(stream, by_name["entries.jsonl"]).splitlines() if "entries.jsonl" in by_name else []
    for number, line in enumerate(lines, start=1):
        report.guard(f"entries.jsonl {number}", entries.add, line)
    report.counts["entries"] = len(lines)
    return entries


def _manifest(
    report: Report, stream: BinaryIO, by_name: dict[str, Member], told: dict[str, Any], entries: Entries
) -> None:
    text = content(stream, by_name["manifest.json"])
    manifest = report.guard("manifest.json", lambda: canonical(text.rstrip(b"\n"), indent=1))
    if manifest is None:
        return
    report.expect(manifest["device"] == told["device"], "manifest.json", "of another device")
    report.expect(manifest["entries"] == len(entries.hashes), "manifest.json", "counts other entries")
    named = {one["path"]: one for one in manifest["files"]}
    for name in sorted(named.keys() ^ (by_name.keys() - set(SIGNATURES))):
        report.expect(False, name, "missing" if name in named else "not in the manifest")
    for name, one in named.items():
        member = by_name.get(name)
        if member is not None:
            same = (one["sha256"], one["size"]) == (member.sha256, member.size)
            report.expect(same, name, "its bytes are not those of the manifest")
    if "manifest.sig.json" in by_name:
        report.guard(
            "manifest.sig.json", _signed, report, text, content(stream, by_name["manifest.sig.json"]), told, entries
        )


def _signed(report: Report, manifest: bytes, text: bytes, told: dict[str, Any], entries: Entries) -> None:
    signatures = canonical(text.rstrip(b"\n"), indent=1)
    mark = context("bundle") + hashlib.sha256(manifest).digest()
    holds = is_signed(raw(told["device_key"]), raw(signatures["device"]), mark)
    report.expect(holds, "manifest.json", "the device's signature does not hold")
    key = entries.users.get(signatures["user"], b"")
    holds = is_signed(key, raw(signatures["user_sig"]), mark)
    report.expect(holds, "manifest.json", f"the signature of {signatures['user']} does not hold")


def _files(report: Report, found: list[Member], entries: Entries) -> None:
    there: set[str] = set()
    for member in found:
        if member.name in PAPERS or member.name in SIGNATURES:
            continue
        said = entries.blobs.get(member.sha256)
        there.add(member.sha256)
        report.expect(said is not None, member.name, "no entry names these bytes")
        now = {"sm3": member.sm3, "size": member.size, "leaves": member.leaves}
        for name, value in (said or {}).items():
            report.expect(now[name] == value, member.name, f"{name} is not as the entry says")
    for sha256 in sorted(entries.blobs.keys() - there):
        report.expect(False, sha256, "an entry names these bytes, but they are not here")
    report.counts["originals"] = len(there)


def main(words: list[str] | None = None) -> int:
    """Check one bundle; return the exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    parser = argparse.ArgumentParser(description="核对证据包 / check an evidence bundle")
    parser.add_argument("bundle", type=Path, help="the ZIP file")
    parser.add_argument("--server-key", default="", help="headquarters' public key as base64, known from elsewhere")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(words)
    report = Report()
    report.guard(chosen.bundle.name, check, report, chosen.bundle, chosen.server_key)
    told = {"holds": not report.faults, **report.counts, "faults": report.faults}
    if chosen.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        print("  ".join(f"{name} {count}" for name, count in report.counts.items()))
        for one in report.faults[:100]:
            print(f"{one['where']}: {one['what']}")
        print("未被改动 UNCHANGED" if not report.faults else "有改动 CHANGED")
    return 0 if not report.faults else 1


if __name__ == "__main__":
    sys.exit(main())
