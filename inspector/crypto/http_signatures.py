"""Signatures of HTTP requests (RFC 9421, Ed25519) for both ends; knows no client and no server framework."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from http_message_signatures.algorithms import ED25519  # pyright: ignore[reportPrivateImportUsage]
from http_message_signatures.digests import ContentDigest
from http_message_signatures.exceptions import HTTPMessageSignaturesException
from http_message_signatures.resolvers import HTTPSignatureKeyResolver
from http_message_signatures.signatures import HTTPMessageSigner, HTTPMessageVerifier

COVERED: Final = ("@method", "@target-uri")
"""What every request of ours signs; with a body also "content-digest" (RFC 9530)."""
LABEL: Final = "fi"
_DIGEST = re.compile(r"sha-256=:[A-Za-z0-9+/]{43}=:")


class SigningKey(Protocol):
    """An Ed25519 private key, e.g. `inspector.crypto.signing.KeyPair`."""

    def sign(self, message: bytes) -> bytes:
        """Return the 64-byte signature of `message`."""
        ...


@dataclass(slots=True, kw_only=True)
class Message:
    """A request as it is on the wire: upper-case method, absolute encoded URL, header fields by lower-case name."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Who signed a request and what the signature covers."""

    key_id: str
    nonce: str
    """Empty if the signer gave none."""
    created: int
    """Seconds since the Unix epoch by the signer's clock: a claim, never judged here."""
    covers: tuple[str, ...]


def content_digest(body: bytes) -> str:
    """Return the value of a Content-Digest field for `body` (RFC 9530 §2): `sha-256=:base64:`."""
    return str(ContentDigest.create(body))


def is_digest_of(value: str, body: bytes) -> bool:
    """Whether the Content-Digest `value` is our one form (SHA-256 alone) and fits `body`."""
    return _DIGEST.fullmatch(value) is not None and value == content_digest(body)


def sign(method: str, url: str, *, body: bytes | None, key: SigningKey, key_id: str, nonce: str) -> dict[str, str]:
    """Return the header fields to add to a request: Content-Digest (with a body), Signature-Input, Signature.

    `url` is the absolute URL exactly as it will be sent (scheme, host, port, path, query). A body of None or b""
    gets no digest. `nonce` is "<session>:<counter>" and must be new for every attempt, also for a repeated one.
    """
    message = Message(method=method.upper(), url=url)
    parameters: dict[str, Any] = {"key_id": key_id, "nonce": nonce, "label": LABEL}
    if not body:
        return signed_headers(message, COVERED, key=key, parameters=parameters)
    message.headers["Content-Digest"] = content_digest(body)
    parameters["use_existing_digest"] = True  # else the package would compute it once more
    return signed_headers(message, (*COVERED, "content-digest"), key=key, parameters=parameters)


def signed_headers(
    message: Message, covered: Sequence[str], *, key: SigningKey, parameters: dict[str, Any]
) -> dict[str, str]:
    """Return the headers of `message` plus a signature over `covered`, in that order.

    `parameters` are those of HTTPMessageSigner.prepare (key_id, nonce, label, created, include_alg …).
    """
    signer = HTTPMessageSigner(signature_algorithm=ED25519)
    options: dict[str, Any] = {"created": datetime.now(UTC), "include_alg": False} | parameters
    # The package types its results but not its messages.
    prepared = signer.prepare(message, covered_component_ids=covered, **options)  # pyright: ignore[reportUnknownMemberType]
    signer.apply(message, prepared, key.sign(prepared.signature_base))  # pyright: ignore[reportUnknownMemberType]
    return message.headers


def verify(
    message: Message, *, key_of: Callable[[str], bytes | None], required: Sequence[str] = COVERED
) -> Verified | None:
    """Return who signed `message`, or None if the one signature is missing, malformed, thin or wrong.

    `key_of` gives the raw public key of a key id, or None for a stranger. The age of a signature is not judged:
    a laptop's clock may be wrong by years, and the nonce, not the clock, is what stops a replay. The body is not
    read here; hold it against the Content-Digest (`is_digest_of`) once "content-digest" is known to be covered.
    """
    verifier = _Verifier(signature_algorithm=ED25519, key_resolver=_Resolver(key_of))
    try:
        results = verifier.verify(message, max_age=None, require_components=required)  # pyright: ignore[reportUnknownMemberType]
    except (HTTPMessageSignaturesException, ValueError, TypeError):
        return None
    if len(results) != 1:
        return None
    found = results[0]
    covers = (name.strip('"') for name in found.covered_components if name != '"@signature-params"')
    return Verified(
        key_id=str(found.parameters["keyid"]),
        nonce=found.nonce or "",
        created=int(found.parameters["created"]),
        covers=tuple(covers),
    )


class _Verifier(HTTPMessageVerifier):
    """Asks for `created` but doesn't judge it."""

    def validate_created_and_expires(self, sig_input: Any, max_age: Any = None) -> None:
        del max_age
        created = sig_input.params.get("created")
        self._parse_integer_timestamp(created, field_name="created")  # pyright: ignore[reportUnknownMemberType]


class _Resolver(HTTPSignatureKeyResolver):
    """Turns raw public keys into the library's key objects."""

    def __init__(self, key_of: Callable[[str], bytes | None]) -> None:
        self._key_of = key_of

    def resolve_public_key(self, key_id: str) -> Ed25519PublicKey | None:
        raw = self._key_of(key_id)
        return None if raw is None else Ed25519PublicKey.from_public_bytes(raw)

    def resolve_private_key(self, key_id: str) -> Ed25519PublicKey:
        raise KeyError(key_id)
