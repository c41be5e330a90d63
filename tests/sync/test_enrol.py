"""Enrolment: the code once, the right key pinned, the whole register."""

from __future__ import annotations

from typing import ClassVar

import msgspec
import pytest

from inspector.crypto.signing import KeyPair
from inspector.demo import sample
from inspector.errors import HqRefused, HqUntrusted, InvalidInput, Offline
from inspector.protocol.messages import CERTIFICATE_CONTEXT, Certificate, Enrolled, EnrolRequest, Hello, Signed
from inspector.sync import enrol
from inspector.sync.http_client import HttpHq, checked_url
from tests.sync.conftest import HURRIED, TODAY, Headquarters
from tests.sync.faults import DROP_AFTER, PASS, Link, answer
from tests.sync.test_register_and_numbers import many_sites


def test_a_code_brings_certificate_and_register(hq: Headquarters) -> None:
    hq.service.import_register(many_sites(410))
    told = enrol.request(hq.url, hq.code(), "示例-01", patience=HURRIED)
    assert told.server_key == hq.service.identity.key.public
    assert told.told.device_key == told.device_key.public
    assert told.office.name == "示例区应急管理局"
    assert {one.id for one in told.officers} == {one["id"] for one in sample.officers(TODAY)}
    assert len(told.sites) == len(told.records("sites")) == 418
    assert len(told.pages) == 3
    assert told.cursor == told.pages[-1].told.next


def test_a_wrong_or_used_code_is_refused(hq: Headquarters) -> None:
    code = hq.code()
    enrol.request(hq.url, code, "示例-01", patience=HURRIED)
    for tried in (code, "AAAAA-BBBBB-CCCCC"):
        with pytest.raises(HqRefused) as caught:
            enrol.request(hq.url, tried, "示例-02", patience=HURRIED)
        assert caught.value.facts["title"] == "code_refused"


def test_the_lost_answer_comes_again_for_the_same_code(hq: Headquarters, link: Link) -> None:
    lost: list[int] = []

    def lose_once(call: object) -> object:
        if call.path == "/v1/enrol" and not lost:
            lost.append(call.n)
            return DROP_AFTER
        return PASS

    link.decide = lose_once
    told = enrol.request(link.url, hq.code(), "示例-01", patience=HURRIED)
    assert lost
    assert [one.id for one in hq.service.devices()] == [told.told.device]


def test_no_headquarters_no_enrolment(link: Link) -> None:
    link.decide = lambda _: answer(200)
    with pytest.raises(Offline):
        enrol.request(link.url, "AAAAA-BBBBB-CCCCC", "示例-01", patience=HURRIED)


class Impostor(HttpHq):
    """Gives out certificates of its own making."""

    changes: ClassVar[dict[str, object]] = {}
    key: ClassVar[KeyPair | None] = None

    def enrol(self, request: EnrolRequest) -> Enrolled:
        true = super().enrol(request)
        told = msgspec.json.decode(true.certificate.body, type=Certificate)
        body = msgspec.json.encode(msgspec.structs.replace(told, **self.changes))
        sig = self.key.sign(CERTIFICATE_CONTEXT + body) if self.key else true.certificate.sig
        return Enrolled(certificate=Signed(body=body, sig=sig))


@pytest.mark.parametrize(
    ("changes", "is_signed", "reason"),
    [
        ({"device_name": "x"}, False, "certificate_signature"),
        ({"device_key": b"x" * 32}, True, "certificate_device"),
        ({"device": ""}, True, "certificate_device"),
        ({"server_id": "x"}, True, "certificate_server"),
        ({"server_key": b"x" * 32}, True, "certificate_server"),
    ],
)
def test_a_certificate_that_does_not_fit_is_refused(
    hq: Headquarters, changes: dict[str, object], is_signed: bool, reason: str
) -> None:
    class Bent(Impostor):
        pass

    Bent.changes = changes
    Bent.key = hq.service.identity.key if is_signed else None
    with pytest.raises(HqUntrusted) as caught:
        enrol.request(hq.url, hq.code(), "示例-01", patience=HURRIED, dial=lambda device: Bent(hq.url, device))
    assert caught.value.facts["reason"] == reason


def test_a_hello_that_signs_with_another_key_is_refused(hq: Headquarters) -> None:
    class Bent(HttpHq):
        def hello(self, nonce: str) -> Hello:
            return msgspec.structs.replace(super().hello(nonce), server_key=KeyPair.generate().public)

    with pytest.raises(HqUntrusted):
        enrol.request(hq.url, hq.code(), "示例-01", patience=HURRIED, dial=lambda device: Bent(hq.url, device))


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://hq.example", "https_required"),
        ("http://127.0.0.1.example", "https_required"),
        ("http://192.168.1.5:8080", "https_required"),
        ("ftp://hq.example", "malformed"),
        ("hq.example", "malformed"),
        ("https://", "malformed"),
        ("https://user@hq.example", "malformed"),
        ("https://hq.example/?a=1", "malformed"),
        ("https://hq.example:99999", "malformed"),
        ("", "malformed"),
    ],
)
def test_an_address_that_others_could_listen_to_is_refused(url: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_url(url)
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == ("url", reason)


@pytest.mark.parametrize(
    "url", ["https://hq.example/", "http://localhost:8000", "http://[::1]:8000", "http://127.0.0.1"]
)
def test_https_and_this_machine_are_fine(url: str) -> None:
    assert checked_url(url) == url.rstrip("/")
