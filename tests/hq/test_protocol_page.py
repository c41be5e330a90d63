"""docs/protocol.md: its worked example verifies, its codes and limits are the program's."""

from __future__ import annotations

import base64
import json
import re

import msgspec
import pytest

from inspector.crypto.http_signatures import Message, is_digest_of, verify
from inspector.crypto.signing import KeyPair
from inspector.crypto.signing import verify as holds
from inspector.hq import app, ledger
from inspector.hq.judgement import Place, judge
from inspector.hq.problem import TITLES
from inspector.protocol import entry, messages
from inspector.protocol.entry import SignedEntry, UserSignature, digest, genesis
from inspector.protocol.messages import CERTIFICATE_CONTEXT, Certificate
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "protocol.md").read_text(encoding="utf-8")


@pytest.fixture
def example() -> dict:
    return json.loads(PAGE.partition("## 6. Worked example")[2].partition("```json")[2].partition("```")[0])


def test_the_keys_belong_together(example: dict) -> None:
    for who in ("device", "server", "user"):
        assert KeyPair.from_private(bytes.fromhex(example[f"{who}_private"])).public.hex() == example[f"{who}_public"]


def test_the_certificate_and_the_entry_verify(example: dict) -> None:
    body = example["certificate"].encode()
    server = bytes.fromhex(example["server_public"])
    assert holds(server, base64.b64decode(example["certificate_sig"]), CERTIFICATE_CONTEXT + body)
    told = msgspec.json.decode(body, type=Certificate)
    assert genesis(body) == example["genesis"]
    raw = example["entry"].encode()
    assert digest(raw).hex() == example["entry_hash"]
    mark = UserSignature(user="officer-1", sig=base64.b64decode(example["entry_user_sig"]))
    signed = SignedEntry(bytes=raw, sig=base64.b64decode(example["entry_sig"]), user_sigs=[mark])
    place = Place(device=told.device, key=told.device_key, seq=1, prev=example["genesis"])
    verdict = judge(signed, place, {"officer-1": bytes.fromhex(example["user_public"])})
    assert (verdict.why, verdict.is_authentic) == ("", True)


def test_the_request_verifies(example: dict) -> None:
    headers = {name.lower(): value for name, value in example["headers"].items()}
    message = Message(method="POST", url="https://hq.example/v1/entries", headers=headers)
    found = verify(message, key_of=lambda _: bytes.fromhex(example["device_public"]))
    assert found is not None
    assert (found.nonce, found.covers) == ("session:1", ("@method", "@target-uri", "content-digest"))
    assert is_digest_of(headers["content-digest"], example["request_body"].encode())
    sig = base64.b64decode(headers["signature"].removeprefix("fi=:").removesuffix(":"))
    assert holds(bytes.fromhex(example["device_public"]), sig, example["signature_base"].encode())


def test_the_ledger_line_links(example: dict) -> None:
    assert ledger.origin(bytes.fromhex(example["server_public"])) == example["ledger_origin"]
    line = msgspec.json.decode(example["ledger_line"], type=ledger.Line)
    assert msgspec.json.encode(line) == example["ledger_line"].encode()
    assert ledger.link_of(line) == example["ledger_link"]
    assert line.digest == ledger.digest_of(example["certificate"].encode())


def test_every_code_context_and_route_is_on_the_page() -> None:
    for code, (status, _) in TITLES.items():
        assert re.search(rf"^\| .*{status}.* \| .*`{code}`", PAGE, re.MULTILINE), code
    for module in (entry, messages, ledger):
        for name in dir(module):
            if name.endswith("_CONTEXT"):
                assert f"| `{getattr(module, name).decode().rstrip(chr(0))}` |" in PAGE, name
    for route in app.ROUTES:
        for path in route.paths:
            assert path.replace(":str", "").replace("{span}", "{a}-{b}") in PAGE, path
