"""RFC 9421: the RFC's own Ed25519 vector, our coverage rules, and what must be refused."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.crypto.http_signatures import (
    Message,
    content_digest,
    is_digest_of,
    sign,
    signed_headers,
    verify,
)
from inspector.crypto.signing import KeyPair

# RFC 9421 appendix B.1.4 (key) and B.2.6 (request, signature).
RFC_PUBLIC = base64.b64decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
RFC_PRIVATE = base64.b64decode("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=")
RFC_SIGNATURE = "sig-b26=:wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==:"
RFC_INPUT = (
    'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");'
    'created=1618884473;keyid="test-key-ed25519"'
)
RFC_FIELDS = {
    "host": "example.com",
    "date": "Tue, 20 Apr 2021 02:07:55 GMT",
    "content-type": "application/json",
    "content-length": "18",
}
RFC_COVERED = ("date", "@method", "@path", "@authority", "content-type", "content-length")
URL = "http://127.0.0.1:8080/v1/entries?x=1"


def rfc_message() -> Message:
    return Message(method="POST", url="https://example.com/foo?param=Value&Pet=dog", headers=dict(RFC_FIELDS))


def test_signing_gives_the_signature_of_rfc_9421_b_2_6() -> None:
    key = KeyPair.from_private(RFC_PRIVATE)
    parameters = {
        "key_id": "test-key-ed25519",
        "label": "sig-b26",
        "created": datetime.fromtimestamp(1618884473, UTC),
    }
    headers = signed_headers(rfc_message(), RFC_COVERED, key=key, parameters=parameters)
    assert headers["Signature-Input"] == RFC_INPUT
    assert headers["Signature"] == RFC_SIGNATURE


def test_the_signature_of_rfc_9421_b_2_6_verifies() -> None:
    message = rfc_message()
    message.headers |= {"signature-input": RFC_INPUT, "signature": RFC_SIGNATURE}
    found = verify(message, key_of={"test-key-ed25519": RFC_PUBLIC}.get, required=("@method", "@path"))
    assert found is not None
    assert (found.key_id, found.created, found.covers) == ("test-key-ed25519", 1618884473, RFC_COVERED)
    assert verify(message, key_of={"test-key-ed25519": RFC_PUBLIC}.get) is None, "@target-uri is not covered"


KEY = KeyPair.generate()


def signed(*, body: bytes | None = b"{}", method: str = "POST", url: str = URL) -> Message:
    headers = sign(method, url, body=body, key=KEY, key_id="dev", nonce="s:1")
    return Message(method=method, url=url, headers={name.lower(): value for name, value in headers.items()})


def test_what_we_sign_verifies_with_key_id_nonce_and_coverage() -> None:
    found = verify(signed(), key_of={"dev": KEY.public}.get)
    assert found is not None
    assert (found.key_id, found.nonce) == ("dev", "s:1")
    assert found.covers == ("@method", "@target-uri", "content-digest")
    bare = verify(signed(body=None, method="GET"), key_of={"dev": KEY.public}.get)
    assert bare is not None
    assert bare.covers == ("@method", "@target-uri")


@pytest.mark.parametrize(
    "changed",
    [
        replace(signed(), method="PUT"),
        replace(signed(), url=URL.replace("x=1", "x=2")),
        replace(signed(), url=URL.replace("http:", "https:")),
        replace(signed(), headers=signed().headers | {"content-digest": content_digest(b"[]")}),
        replace(signed(), headers={k: v for k, v in signed().headers.items() if k != "signature"}),
        replace(signed(), headers=signed().headers | {"signature-input": signed().headers["signature-input"] + "x"}),
        replace(signed(), headers=signed().headers | {"signature": "fi=:AAAA:"}),
    ],
)
def test_any_change_is_refused(changed: Message) -> None:
    assert verify(changed, key_of={"dev": KEY.public}.get) is None


def test_a_strange_key_is_refused() -> None:
    assert verify(signed(), key_of={"dev": KeyPair.generate().public}.get) is None
    assert verify(signed(), key_of={}.get) is None
    assert verify(signed(), key_of={"dev": b"short"}.get) is None


def test_a_wrong_clock_does_not_matter() -> None:
    far = {"key_id": "dev", "nonce": "s:2", "created": datetime(2050, 1, 1, tzinfo=UTC)}
    message = Message(method="GET", url=URL)
    message.headers = signed_headers(message, ("@method", "@target-uri"), key=KEY, parameters=far)
    found = verify(message, key_of={"dev": KEY.public}.get)
    assert found is not None
    assert found.nonce == "s:2"


def test_only_one_form_of_digest_is_ours() -> None:
    assert is_digest_of(content_digest(b"abc"), b"abc")
    assert not is_digest_of(content_digest(b"abc"), b"abd")
    assert not is_digest_of("", b"")
    # RFC 9530 appendix D: the empty content.
    assert content_digest(b"") == "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:"


@given(st.text(max_size=200), st.text(max_size=200))
def test_hostile_headers_are_refused_and_never_crash(given_input: str, given_signature: str) -> None:
    message = Message(method="GET", url=URL, headers={"signature-input": given_input, "signature": given_signature})
    assert verify(message, key_of={"dev": KEY.public}.get) is None
