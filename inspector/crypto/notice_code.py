"""The code on a notice: its key facts as lines of text, signed, so that the party can check the paper without us.

Lines, joined by line feeds, UTF-8: the mark, number, office, day (2026-11-22), party, facts (items=3;until=…;fine=…),
the first 16 bytes of the digest over everything printed, the key's id, and an Ed25519 signature (RFC 8032) over CONTEXT
and all lines before it. Binary values are base64url (RFC 4648 §5) without padding.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from inspector.crypto import signing
from inspector.crypto.signing import KeyPair
from inspector.errors import ProofUnreadable

MARK: Final = "现场执法核验码1"
"""First line; another version of these lines would have another mark."""
CONTEXT: Final = b"field-inspector/notice-code/v1\x00"
LONGEST_NAME: Final = 40
"""Characters of a name that go into the code; a longer one is cut with …, or its modules become too small to print."""
_LINES: Final = 9
_DIGEST_BYTES: Final = 16
_KEY_ID_BYTES: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFacts:
    """What the code says in clear. `until` is the latest day of an order; `fine_fen` what is to be paid, in 分."""

    number: str
    office: str
    issued_on: date
    party: str
    items: int = 0
    until: date | None = None
    fine_fen: int | None = None
    digest: str = ""
    """SHA-256 over everything printed, 64 hex digits; the code carries its first half."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A code that was read. Nothing of it is true before `is_by` said so."""

    facts: KeyFacts
    key_id: str
    signature: bytes
    signed: bytes
    """The bytes that the signature is over."""

    def is_by(self, key: bytes) -> bool:
        """Whether the owner of the raw public `key` signed exactly these facts."""
        return key_id(key) == self.key_id and signing.verify(key, self.signature, self.signed)


def key_id(key: bytes) -> str:
    """Return the short name of a public key: the first 8 bytes of its SHA-256."""
    return _text(hashlib.sha256(key).digest()[:_KEY_ID_BYTES])


def written(facts: KeyFacts, key: KeyPair) -> str:
    """Return the signed text of the code. Same facts and key, same text (Ed25519 is deterministic)."""
    lines = [
        MARK,
        _line(facts.number),
        _line(facts.office),
        facts.issued_on.isoformat(),
        _line(facts.party),
        _told(facts),
        _text(bytes.fromhex(facts.digest)[:_DIGEST_BYTES]),
        key_id(key.public),
    ]
    signature = key.sign(CONTEXT + "\n".join(lines).encode())
    return "\n".join([*lines, _text(signature)])


def read(text: str) -> Proof:
    """Take a code's text apart. Raises ProofUnreadable (reason): it is no code of a notice, or lines lack."""
    lines = text.strip().replace("\r\n", "\n").split("\n")
    if lines[0] != MARK:
        raise ProofUnreadable(reason="mark")
    if len(lines) != _LINES:
        raise ProofUnreadable(reason="lines")
    try:
        told = dict(part.split("=", 1) for part in lines[5].split(";") if part)
        facts = KeyFacts(
            number=lines[1],
            office=lines[2],
            issued_on=date.fromisoformat(lines[3]),
            party=lines[4],
            items=int(told.get("items", "0")),
            until=date.fromisoformat(told["until"]) if "until" in told else None,
            fine_fen=int(told["fine"]) if "fine" in told else None,
            digest=_bytes(lines[6]).hex(),
        )
        signature = _bytes(lines[8])
    except ValueError as error:
        raise ProofUnreadable(reason="value") from error
    signed = CONTEXT + "\n".join(lines[:8]).encode()
    return Proof(facts=facts, key_id=lines[7], signature=signature, signed=signed)


def signer_of(proof: Proof, keys: Mapping[str, bytes]) -> str | None:
    """Return the name of the one of `keys` (name → raw public key) that signed it, None if none of them did."""
    return next((name for name, key in keys.items() if proof.is_by(key)), None)


def _told(facts: KeyFacts) -> str:
    parts = [f"items={facts.items}"] if facts.items else []
    parts += [f"until={facts.until.isoformat()}"] if facts.until else []
    parts += [f"fine={facts.fine_fen}"] if facts.fine_fen is not None else []
    return ";".join(parts)


def _line(value: str) -> str:
    flat = " ".join(value.split())
    return flat if len(flat) <= LONGEST_NAME else f"{flat[: LONGEST_NAME - 1]}…"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
