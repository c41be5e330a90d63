"""Headquarters over real HTTP: signatures, nonces, limits, segments with a cut, problem details."""

from __future__ import annotations

import hashlib
import io
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest

from inspector import log
from inspector.crypto.signing import KeyPair, verify
from inspector.hq import check, gate
from inspector.hq.blobs import blob_path
from inspector.hq.service import HqService
from inspector.protocol.messages import (
    CHUNK,
    MAX_JSON,
    MAX_SEGMENT,
    RECEIPT_CONTEXT,
    REGISTER_CONTEXT,
    TIME_CONTEXT,
    BlobReceipt,
    Leased,
    LeaseGrant,
    LeaseRequest,
    OfferResults,
    Offers,
    Position,
    Pushed,
    RegisterAnswer,
    RegisterPage,
    Sealed,
    TimeToken,
)
from tests.hq.laptop import BUREAU, Laptop, TestClock, Wire, content, offer_of, problem


def test_hello_tells_time_in_answer_to_the_nonce(wire: Wire, service: HqService, clock: TestClock) -> None:
    hello = wire.hello()
    assert hello.server_id == service.identity.server_id
    assert verify(hello.server_key, hello.time.sig, TIME_CONTEXT + hello.time.body)
    token = msgspec.json.decode(hello.time.body, type=TimeToken)
    assert (token.nonce, token.server_ms) == ("12345678", clock.wall_ms)


def test_the_whole_conversation(wire: Wire, service: HqService) -> None:
    wire.laptop.write_day()
    assert wire.call("GET", "/v1/position", None, Position).seq == 0
    pushed = wire.call("POST", "/v1/entries", wire.laptop.push(), Pushed)
    assert [item.state for item in pushed.items] == ["applied"] * 5
    assert verify(service.identity.key.public, pushed.receipt.sig, RECEIPT_CONTEXT + pushed.receipt.body)
    assert wire.call("GET", "/v1/position", None, Position).head == wire.laptop.prev
    answer = wire.call("GET", "/v1/register?cursor=0", None, RegisterAnswer)
    assert verify(service.identity.key.public, answer.page.sig, REGISTER_CONTEXT + answer.page.body)
    assert len(msgspec.json.decode(answer.page.body, type=RegisterPage).sites) == 2
    request = LeaseRequest(request="request-1", form="ZLZG", year=2026, want=50)
    leased = wire.call("POST", "/v1/leases", request, Leased)
    assert wire.call("POST", "/v1/leases", request, Leased) == leased
    grant = msgspec.json.decode(leased.grant.body, type=LeaseGrant)
    assert (grant.first, grant.last, grant.expires) == (1, 50, "2027-01-31")


# --- who speaks ------------------------------------------------------------------------


def test_a_nonce_counts_once(wire: Wire) -> None:
    nonce = wire.next_nonce()
    assert wire.send("GET", "/v1/position", nonce=nonce).status_code == 200
    again = wire.send("GET", "/v1/position", nonce=nonce)
    assert (again.status_code, problem(again).type) == (401, "replay")


def test_requests_may_overtake_each_other(wire: Wire) -> None:
    wire.hello()
    for counter in (5, 3, 4, 1, 2, 900):
        assert wire.send("GET", "/v1/position", nonce=f"{wire.session}:{counter}").status_code == 200
    for counter in (5, 3, 1, 900):
        assert problem(wire.send("GET", "/v1/position", nonce=f"{wire.session}:{counter}")).type == "replay"


def test_a_session_ends(wire: Wire, clock: TestClock) -> None:
    assert wire.send("GET", "/v1/position").status_code == 200
    clock.move(9 * 3_600_000)
    ended = wire.send("GET", "/v1/position")
    assert (ended.status_code, problem(ended).type) == (401, "session")
    wire.hello()
    assert wire.send("GET", "/v1/position").status_code == 200


@pytest.mark.parametrize("nonce", ["", "x", "x:1", "a.b.c:1", "1.x.0123456789abcdef0123456789abcdef:1"])
def test_a_session_of_ones_own_making_is_refused(wire: Wire, nonce: str) -> None:
    answer = wire.send("GET", "/v1/position", nonce=nonce or " ")
    assert (answer.status_code, problem(answer).type) == (401, "session")


@pytest.mark.parametrize("counter", ["0", "-1", "x", "", "1.5", "9" * 17])
def test_a_counter_is_a_positive_number(wire: Wire, counter: str) -> None:
    wire.hello()
    answer = wire.send("GET", "/v1/position", nonce=f"{wire.session}:{counter}")
    assert (answer.status_code, problem(answer).type) == (400, "malformed")


def test_a_session_belongs_to_one_device(wire: Wire, service: HqService) -> None:
    assert wire.send("GET", "/v1/position").status_code == 200
    with Wire(wire.url, Laptop()) as other:
        other.enrol(service.new_code(BUREAU))
        stolen = other.send("GET", "/v1/position", nonce=f"{wire.session}:77")
    assert problem(stolen).type == "session"


def test_strangers_wrong_keys_and_revoked_devices(wire: Wire, service: HqService) -> None:
    unknown = wire.send("GET", "/v1/position", key_id="nobody")
    assert (unknown.status_code, problem(unknown).type) == (401, "unknown_device")
    wrong = wire.send("GET", "/v1/position", key=KeyPair.generate())
    assert (wrong.status_code, problem(wrong).type) == (401, "bad_signature")
    unsigned = wire.client.get(f"{wire.url}/v1/position")
    assert (unsigned.status_code, problem(unsigned).type) == (401, "bad_signature")
    service.revoke(wire.laptop.id)
    revoked = wire.send("GET", "/v1/position")
    assert (revoked.status_code, problem(revoked).type) == (403, "revoked")


def test_a_body_must_be_what_was_signed(wire: Wire) -> None:
    wire.laptop.write_day()
    body = msgspec.json.encode(wire.laptop.push())
    swapped = wire.send("POST", "/v1/entries", body, signed_body=b"other")
    assert (swapped.status_code, problem(swapped).type) == (422, "digest")
    unsigned = wire.send("POST", "/v1/entries", body, signed_body=b"")
    assert (unsigned.status_code, problem(unsigned).type) == (401, "bad_signature")
    assert wire.call("GET", "/v1/position", None, Position).seq == 0


# --- what can be read --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"{", "unreadable"),
        (b'{"device":"a","device":"b"}', "duplicate_key"),
        (b'{"x":1.5}', "float"),
        (b"[" * 50 + b"]" * 50, "depth"),
        (b'{"device":7,"first":1,"entries":[]}', ""),
        (b"[]", ""),
        (b"\xff\xfe", "unreadable"),
    ],
)
def test_bodies_that_are_no_message(wire: Wire, body: bytes, detail: str) -> None:
    told = problem(wire.send("POST", "/v1/entries", body))
    assert (told.type, told.status, told.detail) == ("malformed", 400, detail)


def test_wrong_addresses_methods_and_types(wire: Wire) -> None:
    assert problem(wire.send("GET", "/v1/nothing")).type == "not_found"
    assert problem(wire.send("POST", "/v1/position")).type == "method"
    assert problem(wire.send("GET", "/v1/register?cursor=x")).type == "malformed"
    assert problem(wire.send("GET", "/v1/register?cursor=-1")).type == "malformed"
    assert problem(wire.client.get(f"{wire.url}/v1/hello")).type == "malformed"
    form = wire.send("POST", "/v1/leases", b"a=b", headers={"content-type": "application/x-www-form-urlencoded"})
    assert problem(form).type == "media_type"


def test_too_much_is_refused_before_it_is_read(wire: Wire) -> None:
    large = wire.send("POST", "/v1/entries", bytes(MAX_JSON + 1))
    assert (large.status_code, problem(large).type) == (413, "too_large")
    segment = wire.send("PUT", f"/v1/blobs/{'ab' * 32}/0-1", bytes(MAX_SEGMENT + 1))
    assert (segment.status_code, problem(segment).type) == (413, "too_large")
    code = wire.client.post(f"{wire.url}/v1/enrol", content=bytes((1 << 16) + 1))
    assert (code.status_code, problem(code).type) == (413, "too_large")


def test_too_much_in_pieces_of_unknown_sum_is_refused_too(wire: Wire) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(9):
            yield bytes(1 << 20)

    answer = wire.send("POST", "/v1/entries", stream=pieces(), signed_body=bytes(9 << 20))
    assert (answer.status_code, problem(answer).type) == (413, "too_large")


# --- blobs ---------------------------------------------------------------------------------


def offer(wire: Wire, blob: bytes) -> OfferResults:
    return wire.call("POST", "/v1/offers", Offers(blobs=[offer_of(blob)]), OfferResults)


def put(wire: Wire, blob: bytes, first: int, last: int, **changed: object) -> httpx.Response:
    name = hashlib.sha256(blob).hexdigest()
    return wire.send("PUT", f"/v1/blobs/{name}/{first}-{last}", blob[first * CHUNK : last * CHUNK], **changed)


def test_a_blob_arrives_in_segments_and_is_sealed(wire: Wire, service: HqService) -> None:
    blob = content(3 * CHUNK + 17)
    name = hashlib.sha256(blob).hexdigest()
    item = offer(wire, blob).items[0]
    assert (item.state, item.missing) == ("need", [(0, 4)])
    assert problem(wire.send("POST", f"/v1/blobs/{name}/seal")).type == "incomplete"
    assert put(wire, blob, 2, 4).status_code == 204
    assert put(wire, blob, 2, 4).status_code == 200
    assert offer(wire, blob).items[0].missing == [(0, 2)]
    assert put(wire, blob, 0, 2).status_code == 204
    sealed = wire.call("POST", f"/v1/blobs/{name}/seal", None, Sealed)
    told = msgspec.json.decode(sealed.receipt.body, type=BlobReceipt)
    assert (told.sha256, told.size, len(told.sm3)) == (name, len(blob), 64)
    assert (service.folder / blob_path(name)).read_bytes() == blob
    assert list((service.folder / "staging").iterdir()) == []
    assert wire.call("POST", f"/v1/blobs/{name}/seal", None, Sealed) == sealed
    assert put(wire, blob, 0, 2).status_code == 200
    again = offer(wire, blob).items[0]
    assert (again.state, again.receipt) == ("have", sealed.receipt)


def test_a_cut_in_the_middle_of_a_segment_keeps_its_whole_chunks(wire: Wire, service: HqService) -> None:
    blob = content(4 * CHUNK)
    name = hashlib.sha256(blob).hexdigest()
    offer(wire, blob)
    cut_after(wire, f"/v1/blobs/{name}/0-4", blob, 2 * CHUNK + 1000)
    wire.send("GET", "/v1/position")
    missing = offer(wire, blob).items[0].missing
    assert missing in ([(2, 4)], [(1, 4)], [(0, 4)]), "whole chunks that arrived are kept, half a chunk is not"
    for first, last in missing:
        assert put(wire, blob, first, last).status_code == 204
    assert wire.call("POST", f"/v1/blobs/{name}/seal", None, Sealed)
    assert (service.folder / blob_path(name)).read_bytes() == blob


def cut_after(wire: Wire, path: str, body: bytes, sent: int) -> None:
    """Send a signed PUT by hand and hang up after `sent` bytes of its body."""
    parts = urlsplit(wire.url)
    request = wire.client.build_request("PUT", wire.url + path, content=body)
    from inspector.crypto.http_signatures import sign

    headers = sign(
        "PUT", wire.url + path, body=body, key=wire.laptop.key, key_id=wire.laptop.id, nonce=wire.next_nonce()
    )
    told = "".join(f"{name}: {value}\r\n" for name, value in (dict(request.headers) | headers).items())
    with socket.create_connection((parts.hostname, parts.port)) as line:
        line.sendall(f"PUT {path} HTTP/1.1\r\n{told}\r\n".encode() + body[:sent])


def test_bytes_that_are_not_the_offered_ones_are_refused(wire: Wire) -> None:
    blob = content(2 * CHUNK)
    offer(wire, blob)
    wrong = bytearray(blob)
    wrong[CHUNK + 5] ^= 1
    name = hashlib.sha256(blob).hexdigest()
    answer = wire.send("PUT", f"/v1/blobs/{name}/0-2", bytes(wrong))
    assert (answer.status_code, problem(answer).type, problem(answer).detail) == (422, "digest", "chunk 1")
    swapped = put(wire, blob, 0, 2, signed_body=b"other")
    assert (swapped.status_code, problem(swapped).type) == (422, "digest")
    assert put(wire, blob, 0, 2).status_code in {200, 204}


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK + 1, 0, 2 * CHUNK])
def test_a_segment_has_exactly_its_length(wire: Wire, size: int) -> None:
    blob = content(3 * CHUNK)
    offer(wire, blob)
    name = hashlib.sha256(blob).hexdigest()
    answer = wire.send("PUT", f"/v1/blobs/{name}/0-1", blob[:size])
    assert (answer.status_code, problem(answer).type) == (422, "length")


@pytest.mark.parametrize("span", ["0-0", "1-0", "0-4", "3-4", "a-b", "0", "-1-2", "0-1-2"])
def test_segments_that_do_not_exist(wire: Wire, span: str) -> None:
    blob = content(3 * CHUNK)
    offer(wire, blob)
    answer = wire.send("PUT", f"/v1/blobs/{hashlib.sha256(blob).hexdigest()}/{span}", blob[:CHUNK])
    assert problem(answer).status in {400, 404, 405}


def test_blobs_are_offered_first(wire: Wire) -> None:
    answer = put(wire, content(CHUNK), 0, 1)
    assert (answer.status_code, problem(answer).type) == (410, "not_offered")
    assert problem(wire.send("POST", f"/v1/blobs/{'ab' * 32}/seal")).type == "not_offered"
    assert problem(wire.send("POST", "/v1/blobs/x/seal")).type == "not_offered"


def test_a_body_that_stands_still_is_given_up(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "IDLE_SECONDS", 0.05)
    wire.laptop.write_day()
    body = msgspec.json.encode(wire.laptop.push())
    parts = urlsplit(wire.url)
    from inspector.crypto.http_signatures import sign

    url = f"{wire.url}/v1/entries"
    headers = sign("POST", url, body=body, key=wire.laptop.key, key_id=wire.laptop.id, nonce=wire.next_nonce())
    headers |= {"host": parts.netloc, "content-length": str(len(body))}
    told = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    with socket.create_connection((parts.hostname, parts.port)) as line:
        line.sendall(f"POST /v1/entries HTTP/1.1\r\n{told}\r\n".encode() + body[:10])
        assert b" 408 " in line.recv(4096)


def test_a_bug_is_answered_as_one_and_its_words_are_not_logged(
    wire: Wire, service: HqService, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = io.StringIO()
    log.configure(told)

    def broken(*_: object, **__: object) -> None:
        raise ValueError("示例甲仓储有限公司")

    monkeypatch.setattr(service, "position", broken)
    answer = wire.send("GET", "/v1/position")
    assert (answer.status_code, problem(answer).type) == (500, "internal")
    monkeypatch.setattr(service, "authenticate", broken)
    answer = wire.send("GET", "/v1/register")
    assert (answer.status_code, problem(answer).type) == (500, "internal")
    assert told.getvalue().count('"error": "ValueError"') == 2
    assert "示例" not in told.getvalue() + answer.text


def test_many_requests_at_once_are_all_answered(wire: Wire, service: HqService) -> None:
    blob = content(16 * CHUNK)
    name = hashlib.sha256(blob).hexdigest()
    wire.laptop.write_day()
    offer(wire, blob)

    def put_one(n: int) -> int:
        return put(wire, blob, n, n + 1).status_code

    def push(_: int) -> int:
        return wire.send("POST", "/v1/entries", msgspec.json.encode(wire.laptop.push())).status_code

    with ThreadPoolExecutor(8) as pool:
        stored = pool.map(put_one, range(16))
        pushed = pool.map(push, range(8))
        assert (set(stored), set(pushed)) == ({204}, {200})
    wire.call("POST", f"/v1/blobs/{name}/seal", None, Sealed)
    assert (service.folder / blob_path(name)).read_bytes() == blob
    assert check.check(service).faults == []


def test_the_description_of_the_interface_is_not_for_strangers(wire: Wire) -> None:
    assert wire.client.get(f"{wire.url}/schema/openapi.json").status_code == 401
