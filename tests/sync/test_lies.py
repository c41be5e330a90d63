"""Answers that are not true, or not from our headquarters, move nothing out of the backlog."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from inspector.crypto.signing import KeyPair
from inspector.errors import HqRefused, HqUntrusted, Offline
from inspector.protocol.messages import (
    BlobReceipt,
    EntryReceipt,
    Hello,
    Leased,
    LeaseGrant,
    OfferResults,
    Pushed,
    RegisterAnswer,
    RegisterPage,
    Sealed,
)
from inspector.store import transfers
from inspector.sync.progress import SyncState
from tests.sync.conftest import Headquarters, Laptop, all_leased, noise, patient
from tests.sync.faults import PASS, Call, Link, answer
from tests.sync.liar import resigned, sync_with

JSON = "application/json"


def bent_push(hq: Headquarters, **changes: object) -> Callable[[Pushed], Pushed]:
    return lambda told: msgspec.structs.replace(told, receipt=resigned(hq, told.receipt, EntryReceipt, **changes))


def demand_nothing_sent(laptop: Laptop) -> None:
    backlog = laptop.backlog()
    assert backlog.entries == backlog.entries_total
    assert laptop.receipts(transfers.R1) == []


@pytest.mark.parametrize(
    ("status", "body", "media"),
    [
        (200, b"", ""),
        (200, b"<html>ok</html>", "text/html"),
        (200, b"{}", JSON),
        (200, b'{"receipt":{"body":"', JSON),
        (200, b'{"receipt":null,"items":[]}', JSON),
        (200, b"[]", JSON),
        (200, b"\xff\xfe", JSON),
        (204, b"", ""),
        (301, b"", ""),
        (404, b"{}", JSON),
        (500, b"", ""),
        (502, b"<html>bad gateway</html>", "text/html"),
    ],
)
def test_no_answer_but_a_signed_receipt_counts(
    laptop: Laptop, link: Link, status: int, body: bytes, media: str
) -> None:
    laptop.inspect()
    told = answer(status, b"" if status == 204 else body, media)
    link.decide = lambda call: told if call.path == "/v1/entries" else PASS
    report = laptop.sync()
    assert report.state in (SyncState.INTERRUPTED, SyncState.REFUSED)
    assert not report.is_handover_ready
    demand_nothing_sent(laptop)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": KeyPair.generate()}, "receipt_signature"),
        ({"head": "0" * 64}, "receipt_head"),
        ({"device": "another-laptop"}, "receipt_device"),
        ({"last": 1}, "receipt_span"),
        ({"server_id": "another-server"}, "receipt_server"),
        ({"epoch": 99}, "receipt_server"),
    ],
)
def test_a_receipt_for_something_else_is_not_kept(
    hq: Headquarters, laptop: Laptop, changes: dict[str, object], reason: str
) -> None:
    laptop.inspect()
    report = sync_with(laptop, push=bent_push(hq, **changes))
    assert report.state is SyncState.REFUSED
    assert isinstance(report.error, HqUntrusted)
    assert report.error.facts["reason"] == reason
    demand_nothing_sent(laptop)
    assert patient(laptop).is_handover_ready


def test_an_answer_that_leaves_out_an_entry_is_not_believed(laptop: Laptop) -> None:
    laptop.inspect()
    report = sync_with(laptop, push=lambda told: msgspec.structs.replace(told, items=told.items[:-1]))
    assert isinstance(report.error, HqUntrusted)
    demand_nothing_sent(laptop)


@pytest.mark.parametrize("changes", [{"sm3": "0" * 64}, {"size": 1}, {"sha256": "0" * 64}, {"key": KeyPair.generate()}])
def test_a_blob_receipt_for_something_else_is_not_kept_and_stops_nothing(
    hq: Headquarters, laptop: Laptop, changes: dict[str, object]
) -> None:
    inspection = laptop.inspect()
    laptop.attach(inspection, noise(1000))
    laptop.attach(inspection, noise(2000, seed=1))
    lied: list[str] = []

    def bend(told: Sealed) -> Sealed:
        lied.append("once")
        return Sealed(receipt=resigned(hq, told.receipt, BlobReceipt, **changes)) if len(lied) == 1 else told

    report = sync_with(laptop, seal=bend)
    assert report.state is SyncState.DONE
    assert [one.kind for one in report.refused] == ["blob"]
    assert report.refused[0].why.startswith("receipt_")
    assert (report.backlog.photos, report.is_handover_ready) == (1, False)
    assert patient(laptop).is_handover_ready


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({"server_id": "x"}, "server_id"), ({"server_key": b"x" * 32}, "server_key"), ({"epoch": 0}, "epoch")],
)
def test_another_headquarters_gets_nothing(laptop: Laptop, changes: dict[str, object], reason: str) -> None:
    laptop.sync()
    laptop.inspect()
    report = sync_with(laptop, hello=lambda told: msgspec.structs.replace(told, **changes))
    assert isinstance(report.error, HqUntrusted)
    assert report.error.facts["reason"] == reason
    assert report.backlog.entries > 0


def test_an_old_answer_to_hello_is_no_answer(laptop: Laptop) -> None:
    first: list[Hello] = []

    def replay(told: Hello) -> Hello:
        first.append(told)
        return msgspec.structs.replace(told, time=first[0].time)

    assert sync_with(laptop, hello=replay).state is SyncState.DONE
    report = sync_with(laptop, hello=replay)
    assert isinstance(report.error, HqUntrusted)
    assert report.error.facts["reason"] == "time_nonce"


def test_a_server_that_speaks_another_protocol_is_told_apart(laptop: Laptop) -> None:
    report = sync_with(laptop, hello=lambda told: msgspec.structs.replace(told, protocol_min=2, protocol_max=3))
    assert isinstance(report.error, HqRefused)
    assert report.error.facts["title"] == "protocol"


def test_really_another_headquarters_at_the_same_address(tmp_path: Path, laptop: Laptop) -> None:
    other = Headquarters.found(tmp_path / "other")
    try:
        laptop.url = other.url
        report = laptop.sync()
        assert isinstance(report.error, HqUntrusted)
        assert report.error.facts["reason"] == "server_id"
        demand_nothing_sent(laptop)
    finally:
        other.close()


@pytest.mark.parametrize("order", [answer(500, b"", ""), answer(200), answer(403)])
def test_one_poisoned_blob_stops_nothing(laptop: Laptop, link: Link, order: object) -> None:
    inspection = laptop.inspect()
    for n in range(5):
        laptop.attach(inspection, noise(50_000 + n, seed=n))
    poison = laptop.vault.blobs.names()[1]
    link.decide = lambda call: order if poison in call.path else PASS
    report = laptop.sync()
    assert [one.ref for one in report.refused] == [poison]
    assert (report.backlog.photos, report.backlog.entries, report.sent_files) == (1, 0, 4)
    assert not report.is_handover_ready
    with laptop.vault.gateway.read() as tx:
        (left,) = transfers.waiting(tx)
    assert (left.sha256, left.tries) == (poison, 1)
    assert left.why == report.refused[0].why != ""
    link.decide = lambda _: PASS
    assert patient(laptop, runs=1).is_handover_ready


ROT = "update chunk set bytes = zeroblob(length(bytes)) where blob = (select id from blob where sha256 = :name)"
LOSE = "delete from chunk where blob = (select id from blob where sha256 = :name)"


@pytest.mark.parametrize(("harm", "why"), [(ROT, "local_damaged"), (LOSE, "local_missing")])
def test_bytes_that_rotted_here_are_never_sent(
    hq: Headquarters, laptop: Laptop, link: Link, harm: str, why: str
) -> None:
    inspection = laptop.inspect()
    for n in range(3):
        laptop.attach(inspection, noise(50_000 + n, seed=n))
    rotten = laptop.vault.blobs.names()[0]
    with laptop.vault.evidence.write() as tx:
        tx.run("drop trigger chunk_is_final")
        tx.run("drop trigger chunk_stays")
        tx.run(harm, {"name": rotten})
    report = laptop.sync()
    assert [(one.ref, one.why) for one in report.refused] == [(rotten, why)]
    assert report.backlog.photos == 1
    assert not any(rotten in call.path for call, _ in link.calls)
    assert hq.service.blobs.names() == set(laptop.vault.blobs.names()) - {rotten}


def test_a_captive_portal_is_being_offline(laptop: Laptop, link: Link) -> None:
    causes: set[object] = set()
    for order in (answer(200), answer(302), answer(511), answer(407), answer(200, b"{}", JSON)):
        link.decide = lambda call, order=order: order
        report = laptop.sync()
        assert report.state is SyncState.INTERRUPTED
        assert isinstance(report.error, Offline)
        causes.add(report.error.facts["cause"])
    assert causes == {"not_json", "redirect", "status_511", "status_407", "not_ours"}


def test_a_withdrawn_laptop_is_told_so(hq: Headquarters, laptop: Laptop) -> None:
    laptop.inspect()
    hq.service.revoke(laptop.vault.device)
    report = laptop.sync()
    assert isinstance(report.error, HqRefused)
    assert report.error.facts["title"] == "revoked"
    assert report.backlog.entries == report.backlog.entries_total


def test_a_call_is_only_what_it_says(link: Link) -> None:
    assert Call(0, "PUT", "/v1/blobs/" + "a" * 64 + "/0-1", 5).is_segment
    assert not Call(0, "POST", "/v1/blobs/" + "a" * 64 + "/seal", 5).is_segment


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": KeyPair.generate()}, "register_signature"),
        ({"office": "another"}, "register_office"),
        ({"cursor": 7}, "register_cursor"),
        ({"next": 0, "sites": [{"id": "x"}]}, "register_record"),
        ({"more": True}, "register_next"),
    ],
)
def test_a_register_that_does_not_fit_is_not_adopted_and_the_photos_still_go(
    hq: Headquarters, laptop: Laptop, changes: dict[str, object], reason: str
) -> None:
    laptop.attach(laptop.inspect(), noise(1000))
    bend = {"register": lambda told: RegisterAnswer(page=resigned(hq, told.page, RegisterPage, **changes))}
    report = sync_with(laptop, **bend)
    assert (report.state, report.adopted, report.sent_files) == (SyncState.DONE, 0, 1)
    assert [(one.kind, one.why) for one in report.refused] == [("register", reason)]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"key": KeyPair.generate()}, "lease_signature"),
        ({"device": "another"}, "lease_device"),
        ({"year": 2031}, "lease_series"),
        ({"last": 5000}, "lease_span"),
        ({"first": 0}, "lease_span"),
        ({"expires": "soon"}, "lease_expires"),
    ],
)
def test_numbers_that_were_not_asked_for_are_not_used(
    hq: Headquarters, laptop: Laptop, changes: dict[str, object], reason: str
) -> None:
    report = sync_with(laptop, lease=lambda told: Leased(grant=resigned(hq, told.grant, LeaseGrant, **changes)))
    assert (report.state, report.leased) == (SyncState.DONE, 0)
    assert [(one.kind, one.why) for one in report.refused] == [("lease", reason)]


def test_numbers_that_we_hold_already_are_not_taken_twice(hq: Headquarters, laptop: Laptop) -> None:
    patient(laptop)
    with laptop.vault.gateway.write() as tx:
        tx.run("update lease set next_number = 50")
    overlapping = {"first": 15, "last": 30}
    report = sync_with(laptop, lease=lambda told: Leased(grant=resigned(hq, told.grant, LeaseGrant, **overlapping)))
    assert [(one.kind, one.why) for one in report.refused] == [("lease", "lease_overlap")]
    assert laptop.sync().leased == all_leased(), "a new request brings new numbers"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"missing": [(0, 9)]}, "bad_ranges"),
        ({"state": "denied", "why": "quota"}, "quota"),
        ({"sha256": "0" * 64}, "not_answered"),
    ],
)
def test_an_offer_answered_with_nonsense_is_noted_and_stays_here(
    laptop: Laptop, changes: dict[str, object], why: str
) -> None:
    laptop.attach(laptop.inspect(), noise(1000))

    def bend(told: OfferResults) -> OfferResults:
        return OfferResults(items=[msgspec.structs.replace(one, **changes) for one in told.items])

    report = sync_with(laptop, offers=bend)
    assert [(one.kind, one.why) for one in report.refused] == [("blob", why)]
    assert not report.is_handover_ready
    assert patient(laptop, runs=1).is_handover_ready
