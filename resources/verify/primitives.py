# ruff: noqa: INP001 - a script and its parts, not a package: it runs where nothing of ours is installed
"""What the verifier is made of: strict reading of exports, hashes, signatures."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PREFIX = b"field-inspector/"
LEAF = 1 << 20
SIGNED_KEYS = {"body", "sig"}
ENTRY_KEYS = {"bytes", "sig", "user_sigs"}


class Wrong(Exception):
    """Something does not hold; the text says what."""


class Report:
    """What was counted and what did not hold."""

    def __init__(self) -> None:
        self.counts: dict[str, dict[str, int]] = {"laptop": {}, "hq": {}}
        self.faults: list[dict[str, str]] = []

    def expect(self, holds: bool, side: str, where: str, what: str) -> None:
        """Note a fault unless `holds`."""
        if not holds:
            self.faults.append({"side": side, "where": where, "what": what})

    def guard(self, side: str, where: str, step: Callable[[], Any]) -> Any:
        """Do a step; whatever keeps it from being done is a fault."""
        try:
            return step()
        except Wrong as wrong:
            self.expect(False, side, where, str(wrong))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            self.expect(False, side, where, f"unreadable: {type(error).__name__} {error}")
        return None


# --- reading ---------------------------------------------------------------------


def raw(text: Any) -> bytes:
    """Return the bytes of a base64 text that is written the one right way."""
    found = b64decode(text, validate=True)
    if b64encode(found).decode() != text:
        raise Wrong("base64 is not canonical")
    return found


def canonical(text: str, indent: int | None = None) -> Any:
    """Return a JSON value whose text is exactly as the exporter writes it: no byte may mean nothing."""
    value = json.loads(text)
    if json.dumps(value, ensure_ascii=False, indent=indent) != text:
        raise Wrong("JSON is not as exported")
    return value


def document(file: Path) -> Any:
    """Return the value of a JSON file."""
    text = file.read_bytes().decode()
    if not text.endswith("\n"):
        raise Wrong("file does not end")
    return canonical(text[:-1], indent=1)


def lines(file: Path, keys: set[str]) -> Iterator[Any]:
    """Yield the objects of a JSON-lines file, each with exactly these keys."""
    with file.open("rb") as stream:
        for n, line in enumerate(stream, start=1):
            text = line.decode()
            if not text.endswith("\n"):
                raise Wrong(f"line {n} does not end")
            value = canonical(text[:-1])
            if set(value) != keys:
                raise Wrong(f"line {n} has other fields")
            yield value


def compact(value: Any, *, is_sorted: bool = False) -> bytes:
    """Return the JSON without blanks that is hashed, keys in the given order or sorted."""
    return json.dumps(value, ensure_ascii=False, sort_keys=is_sorted, separators=(",", ":")).encode()


# --- hashes and signatures ---------------------------------------------------------


def context(name: str) -> bytes:
    """Return the prefix that keeps one kind of message from passing for another."""
    return PREFIX + name.encode() + b"/v1\0"


def digest(name: str, content: bytes) -> bytes:
    """Return SHA-256 over context and content."""
    return hashlib.sha256(context(name) + content).digest()


def is_signed(key: bytes, sig: bytes, message: bytes) -> bool:
    """Whether the Ed25519 signature holds."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(sig, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def opened(line: dict[str, Any], name: str, key: bytes) -> Any:
    """Return the body of a message that `key` signed."""
    body = raw(line["body"])
    if not is_signed(key, raw(line["sig"]), context(name) + body):
        raise Wrong("signature")
    return json.loads(body)


def measured(file: Path) -> tuple[str, str, int, list[str]]:
    """Return SHA-256, SM3, size and leaves of a file, in one read."""
    whole, sm3, leaves, size = hashlib.sha256(), hashes.Hash(hashes.SM3()), [], 0
    with file.open("rb") as stream:
        while chunk := stream.read(LEAF):
            whole.update(chunk)
            sm3.update(chunk)
            leaves.append(hashlib.sha256(chunk).hexdigest())
            size += len(chunk)
    return whole.hexdigest(), sm3.finalize().hex(), size, leaves
