"""A laptop as headquarters sees it: keys, a signed chain, blobs; once by direct calls, once over HTTP."""

from __future__ import annotations

import hashlib
import itertools
import json
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import httpx
import msgspec

from inspector.clock import Instant
from inspector.crypto.http_signatures import sign
from inspector.crypto.signing import KeyPair, verify
from inspector.hq.service import Device, HqService
from inspector.ids import new_id
from inspector.protocol.entry import (
    DEVICE_CONTEXT,
    USER_CONTEXT,
    Entry,
    SignedEntry,
    UserSignature,
    digest,
    encode,
    genesis,
)
from inspector.protocol.messages import (
    CERTIFICATE_CONTEXT,
    CHUNK,
    ENROL_CONTEXT,
    RECEIPT_CONTEXT,
    Certificate,
    Enrolled,
    EnrolRequest,
    EntryReceipt,
    Hello,
    Offer,
    Problem,
    Push,
    Signed,
)

BUREAU, TOWN, OTHER = "office-bureau", "office-town", "office-other"
Answer = TypeVar("Answer")


def office(office_id: str, **changed: Any) -> dict[str, Any]:
    plain = {
        "id": office_id,
        "name": "示例区应急管理局",
        "short": "示",
        "division_code": "500199",
        "mode": "bureau",
        "issuer_name": "示例区应急管理局",
        "issuer_short": "示",
        "government": "示例区人民政府",
        "court": "示例区人民法院",
        "phone": "000-0000 0000",
        "address": "示例区示例路1号",
        "is_training": True,
    }
    return plain | changed


def officer(officer_id: str, office_id: str) -> dict[str, Any]:
    return {
        "id": officer_id,
        "office_id": office_id,
        "name": "示例甲",
        "cert_no": "00000000000",
        "cert_from": "2024-01-01",
        "cert_to": "2029-12-31",
    }


def site(site_id: str, office_id: str, **changed: Any) -> dict[str, Any]:
    plain = {
        "id": site_id,
        "office_id": office_id,
        "name": "示例甲仓储有限公司",
        "credit_code": "91500199MA00000007",
        "address": "示例区示例路2号",
        "responsible_person": "示例乙",
        "position": "经理",
        "phone": "000-0000 0000",
        "industry": "LOG",
    }
    return plain | changed


def register_json() -> dict[str, Any]:
    return {
        "offices": [
            office(BUREAU),
            office(TOWN, mode="delegated", parent_id=BUREAU, name="示例镇人民政府"),
            office(OTHER, name="示例二区应急管理局", issuer_short="二"),
        ],
        "officers": [officer("officer-1", BUREAU), officer("officer-2", TOWN), officer("officer-3", OTHER)],
        "sites": [site("site-1", BUREAU), site("site-2", TOWN), site("site-3", OTHER)],
    }


class TestClock:
    """A clock that stands until it is moved."""

    __test__ = False

    def __init__(self, wall_ms: int = 1_795_305_600_000) -> None:
        self.wall_ms = wall_ms
        self.mono_ms = 1000

    def read(self) -> Instant:
        return Instant(wall_ms=self.wall_ms, mono_ms=self.mono_ms, boot="boot")

    def move(self, ms: int) -> None:
        self.wall_ms += ms
        self.mono_ms += ms


@dataclass
class Laptop:
    """Makes entries exactly as the journal of a laptop does; knows no headquarters but for its certificate."""

    key: KeyPair = field(default_factory=KeyPair.generate)
    users: dict[str, KeyPair] = field(default_factory=dict)
    entries: list[SignedEntry] = field(default_factory=list)
    heads: dict[tuple[str, str], str] = field(default_factory=dict)
    certificate: Certificate | None = None
    prev: str = ""

    @property
    def id(self) -> str:
        if self.certificate is None:
            raise RuntimeError("not enrolled")
        return self.certificate.device

    def request(self, code: str, name: str = "平板一") -> EnrolRequest:
        proof = self.key.sign(ENROL_CONTEXT + code.encode() + self.key.public)
        return EnrolRequest(code=code, device_key=self.key.public, device_name=name, proof=proof)

    def accept(self, enrolled: Enrolled) -> None:
        told = msgspec.json.decode(enrolled.certificate.body, type=Certificate)
        if not verify(told.server_key, enrolled.certificate.sig, CERTIFICATE_CONTEXT + enrolled.certificate.body):
            raise RuntimeError("certificate")
        self.certificate = told
        self.prev = genesis(enrolled.certificate.body)

    def write(self, kind: str, subject_type: str, subject: str, **fields: Any) -> SignedEntry:
        """Append an entry; `refs`, `signers`, `base`, `prev`, `seq`, `device` and `sig` may be given."""
        signers = fields.pop("signers", [])
        sig = fields.pop("sig", None)
        entry = Entry(
            device=fields.pop("device", self.id),
            seq=fields.pop("seq", len(self.entries) + 1),
            prev=fields.pop("prev", self.prev),
            kind=kind,
            type=subject_type,
            subject=subject,
            base=fields.pop(
                "base", [self.heads[subject_type, subject]] if (subject_type, subject) in self.heads else []
            ),
            refs=fields.pop("refs", []),
            set=fields,
            actor=signers[0] if signers else "officer-1",
            wall=1,
            mono=1,
            boot="boot",
            app="test",
        )
        raw = encode(entry)
        mark = digest(raw)
        signed = SignedEntry(
            bytes=raw,
            sig=sig or self.key.sign(DEVICE_CONTEXT + mark),
            user_sigs=[UserSignature(user=one, sig=self.users[one].sign(USER_CONTEXT + mark)) for one in signers],
        )
        self.entries.append(signed)
        self.heads[subject_type, subject] = self.prev = mark.hex()
        return signed

    def write_user(self, user: str = "officer-1") -> SignedEntry:
        self.users[user] = KeyPair.generate()
        return self.write("create", "user", user, public_key=self.users[user].public.hex(), created_at="2026-11-22")

    def write_day(self, hazards: int = 3) -> str:
        """Write a user, an inspection and its hazards; return the inspection's id."""
        self.write_user()
        inspection = new_id()
        self.write("create", "inspection", inspection, office_id=BUREAU, site_id="site-1", state="open")
        for ordinal in range(1, hazards + 1):
            self.write(
                "create", "hazard", new_id(), inspection_id=inspection, ordinal=ordinal, description="灭火器过期"
            )
        return inspection

    def push(self, first: int = 1, last: int | None = None) -> Push:
        return Push(device=self.id, first=first, entries=self.entries[first - 1 : last])


def offer_of(content: bytes) -> Offer:
    leaves = [hashlib.sha256(content[at : at + CHUNK]).hexdigest() for at in range(0, len(content), CHUNK)]
    return Offer(sha256=hashlib.sha256(content).hexdigest(), size=len(content), leaves=leaves)


def content(size: int, seed: int = 0) -> bytes:
    """Return `size` bytes that repeat nowhere in a chunk."""
    block = b"".join(hashlib.sha256(f"{seed}/{n}".encode()).digest() for n in range(CHUNK // 32))
    return b"".join(bytes([n]) + block[1:] for n in range(-(-size // CHUNK)))[:size]


def enrolled(service: HqService, office_id: str = BUREAU) -> tuple[Laptop, Device]:
    laptop = Laptop()
    laptop.accept(service.enrol(laptop.request(service.new_code(office_id))))
    return laptop, next(one for one in service.devices() if one.id == laptop.id)


def receipt_of(service: HqService, signed: Signed) -> EntryReceipt:
    if not verify(service.identity.key.public, signed.sig, RECEIPT_CONTEXT + signed.body):
        raise RuntimeError("receipt")
    return msgspec.json.decode(signed.body, type=EntryReceipt)


def upload(service: HqService, device: Device, blob: bytes, ranges: list[tuple[int, int]]) -> None:
    """Put chunks by direct calls."""
    name = hashlib.sha256(blob).hexdigest()
    for first, last in ranges:
        segment = service.segment(device, name, (first, last))
        for n in range(first, last if segment else first):
            service.put_leaf(segment, n, blob[n * CHUNK : (n + 1) * CHUNK])


class Wire:
    """Speaks HTTP to headquarters, with signatures."""

    def __init__(self, url: str, laptop: Laptop) -> None:
        self.url = url
        self.laptop = laptop
        self.client = httpx.Client(timeout=30, trust_env=False)
        self._counter = itertools.count(1)
        self.session = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def hello(self) -> Hello:
        answer = self.client.get(f"{self.url}/v1/hello", params={"nonce": "12345678"})
        hello = msgspec.json.decode(answer.content, type=Hello)
        self.session, self._counter = hello.session, itertools.count(1)
        return hello

    def enrol(self, code: str) -> None:
        body = msgspec.json.encode(self.laptop.request(code))
        answer = self.client.post(f"{self.url}/v1/enrol", content=body)
        if answer.status_code != 201:
            raise RuntimeError(answer.text)
        self.laptop.accept(msgspec.json.decode(answer.content, type=Enrolled))

    def next_nonce(self) -> str:
        if not self.session:
            self.hello()
        return f"{self.session}:{next(self._counter)}"

    def send(self, method: str, path: str, body: bytes = b"", **changed: Any) -> httpx.Response:
        """Send one signed request; `nonce`, `key`, `key_id`, `headers`, `signed_body`, `stream` may be changed."""
        url = self.url + path
        headers = sign(
            method,
            url,
            body=changed.get("signed_body", body),
            key=changed.get("key", self.laptop.key),
            key_id=changed.get("key_id") or self.laptop.id,
            nonce=changed.get("nonce") or self.next_nonce(),
        )
        headers |= changed.get("headers", {})
        return self.client.request(method, url, content=changed.get("stream", body), headers=headers)

    def call(self, method: str, path: str, message: msgspec.Struct | None, answer_type: type[Answer]) -> Answer:
        answer = self.send(method, path, msgspec.json.encode(message) if message is not None else b"")
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} {answer.text}")
        return msgspec.json.decode(answer.content, type=answer_type)


def problem(answer: httpx.Response) -> Problem:
    if answer.headers["content-type"] != "application/problem+json":
        raise RuntimeError(answer.headers["content-type"])
    found = msgspec.json.decode(answer.content, type=Problem)
    if found.status != answer.status_code:
        raise RuntimeError("status")
    return found


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]
