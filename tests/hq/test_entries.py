"""Entries at headquarters: in order, again, with gaps, forked, damaged."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import func, select

from inspector.crypto.signing import KeyPair
from inspector.hq import check
from inspector.hq.problem import Refusal
from inspector.hq.schema import entry, foreign_entry, record
from inspector.hq.service import Device, HqService
from inspector.ids import new_id
from inspector.protocol.entry import SignedEntry, decode, digest
from inspector.protocol.messages import MAX_ENTRIES, LeaseGrant, LeaseRequest, Push, Pushed
from tests.hq.laptop import Laptop, enrolled, receipt_of

Pair = tuple[Laptop, Device]


def states(pushed: Pushed) -> list[tuple[int, str, str]]:
    return [(item.seq, item.state, item.why) for item in pushed.items]


def whys(pushed: Pushed) -> list[str]:
    return [item.why for item in pushed.items]


def refusal(service: HqService, device: Device, push: Push) -> Refusal:
    with pytest.raises(Refusal) as caught:
        service.push(device, push)
    return caught.value


def count(service: HqService, table) -> int:
    with service.database.read() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def assert_clean(service: HqService) -> None:
    assert check.check(service).faults == []


def test_entries_are_stored_verbatim_and_acknowledged(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    pushed = service.push(device, laptop.push())
    assert states(pushed) == [(n, "applied", "") for n in range(1, 6)]
    told = receipt_of(service, pushed.receipt)
    assert (told.device, told.first, told.last) == (laptop.id, 1, 5)
    assert told.head == digest(laptop.entries[-1].bytes).hex()
    assert service.position(device).seq == 5
    with service.database.read() as tx:
        rows = tx.execute(select(entry.c.bytes, entry.c.sig).order_by(entry.c.seq)).all()
    assert [(row.bytes, row.sig) for row in rows] == [(one.bytes, one.sig) for one in laptop.entries]
    assert_clean(service)


def test_a_new_device_stands_at_its_genesis(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    assert (service.position(device).seq, service.position(device).head) == (0, laptop.prev)


def test_repeating_gives_the_same_receipt(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    first = service.push(device, laptop.push())
    again = service.push(device, laptop.push())
    assert again.receipt == first.receipt
    assert {item.state for item in again.items} == {"duplicate"}
    part = service.push(device, laptop.push(2, 3))
    told = receipt_of(service, part.receipt)
    assert (told.first, told.last, told.head) == (2, 3, digest(laptop.entries[2].bytes).hex())
    assert service.push(device, laptop.push(2, 3)).receipt == part.receipt
    assert count(service, entry) == 5
    assert_clean(service)


def test_overlapping_push_stores_only_what_is_new(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    service.push(device, laptop.push(1, 3))
    pushed = service.push(device, laptop.push(2))
    assert [item.state for item in pushed.items] == ["duplicate", "duplicate", "applied", "applied"]
    assert count(service, entry) == 5


def test_a_gap_is_refused_with_what_is_expected(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    service.push(device, laptop.push(1, 2))
    told = refusal(service, device, laptop.push(4)).problem
    assert (told.type, told.status, told.expect_seq) == ("gap", 409, 3)
    assert told.head == digest(laptop.entries[1].bytes).hex()
    assert count(service, entry) == 2
    assert states(service.push(device, laptop.push(3)))[-1] == (5, "applied", "")


def test_a_fork_is_refused_and_both_branches_are_kept(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    service.push(device, laptop.push())
    twin = Laptop(key=laptop.key, certificate=laptop.certificate, entries=laptop.entries[:3])
    twin.users = laptop.users
    twin.prev = digest(laptop.entries[2].bytes).hex()
    other = [twin.write("create", "site", new_id(), name="示例丙厂"), twin.write("create", "site", new_id())]
    told = refusal(service, device, twin.push(3)).problem
    assert (told.type, told.status, told.expect_seq) == ("fork", 409, 6)
    assert told.head == laptop.prev
    with service.database.read() as tx:
        kept = tx.execute(select(foreign_entry.c.seq, foreign_entry.c.bytes).order_by(foreign_entry.c.seq)).all()
    assert [(row.seq, row.bytes) for row in kept] == [(4, other[0].bytes), (5, other[1].bytes)]
    assert refusal(service, device, twin.push(3)).problem.type == "fork"
    assert count(service, foreign_entry) == 2, "keeping it once is enough"
    assert count(service, entry) == 5
    assert_clean(service)


def test_a_branch_that_comes_next_is_a_fork_too(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    service.push(device, laptop.push())
    stray = laptop.write("create", "site", new_id(), prev="00" * 32)
    told = refusal(service, device, laptop.push(6)).problem
    assert (told.type, told.expect_seq) == ("fork", 6)
    assert count(service, foreign_entry) == 1
    with service.database.read() as tx:
        assert tx.execute(select(foreign_entry.c.bytes)).scalar_one() == stray.bytes


def test_a_bad_signature_goes_to_quarantine_and_the_rest_flows(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    laptop.write("create", "site", "site-x", sig=bytes(64))
    laptop.write("create", "site", "site-y")
    pushed = service.push(device, laptop.push())
    assert states(pushed) == [(1, "applied", ""), (2, "quarantined", "signature"), (3, "applied", "")]
    with service.database.read() as tx:
        assert set(tx.execute(select(record.c.id).where(record.c.type == "site")).scalars()) == {"site-y"}
    assert_clean(service)


def test_damaged_bytes_cost_only_themselves_and_the_next_link(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    whole = laptop.write("create", "site", "site-x")
    laptop.write("create", "site", "site-y")
    laptop.write("create", "site", "site-z")
    laptop.entries[1] = SignedEntry(bytes=whole.bytes[:-1] + b"\x00", sig=whole.sig)
    pushed = service.push(device, laptop.push())
    assert whys(pushed) == ["", "unreadable", "prev", ""]
    assert service.position(device).seq == 4
    assert_clean(service)


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'{"a":1}', "unreadable"),
        (b"", "unreadable"),
        (b"\xff", "unreadable"),
        (b"[" * 100_000, "unreadable"),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, "unreadable"),
    ],
)
def test_rubbish_is_kept_in_quarantine(service: HqService, pair: Pair, raw: bytes, why: str) -> None:
    laptop, device = pair
    push = Push(device=laptop.id, first=1, entries=[SignedEntry(bytes=raw, sig=bytes(64))])
    assert states(service.push(device, push)) == [(1, "quarantined", why)]
    assert_clean(service)


@pytest.mark.parametrize(("old", "new"), [(b'"mono":1', b'"mono":1,"mono":1'), (b'"set":{}', b'"set":{"gps":1.5}')])
def test_what_two_readers_could_read_differently_is_not_applied(
    service: HqService, pair: Pair, old: bytes, new: bytes
) -> None:
    laptop, device = pair
    raw = laptop.write("create", "site", "site-x").bytes.replace(old, new)
    sig = laptop.key.sign(b"field-inspector/device-signature/v1\0" + digest(raw))
    push = Push(device=laptop.id, first=1, entries=[SignedEntry(bytes=raw, sig=sig)])
    assert states(service.push(device, push)) == [(1, "quarantined", "unreadable")]
    assert_clean(service)


def test_entries_under_wrong_numbers_block_nobody(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_day()
    misnumbered = Push(device=laptop.id, first=1, entries=laptop.entries[1:3])
    assert refusal(service, device, misnumbered).problem.type == "order"
    assert service.position(device).seq == 0
    assert count(service, foreign_entry) == 2
    assert whys(service.push(device, laptop.push())) == [""] * 5
    assert_clean(service)


def test_a_device_speaks_for_itself_alone(service: HqService, pair: Pair) -> None:
    laptop, _ = pair
    _, second = enrolled(service)
    laptop.write_user()
    assert refusal(service, second, laptop.push()).problem.type == "foreign_device"


@pytest.mark.parametrize(
    ("first", "size", "code"), [(0, 1, "malformed"), (1, 0, "malformed"), (1 << 60, 1, "malformed")]
)
def test_bounds(service: HqService, pair: Pair, first: int, size: int, code: str) -> None:
    laptop, device = pair
    one = laptop.write_user()
    assert refusal(service, device, Push(device=laptop.id, first=first, entries=[one] * size)).problem.type == code


def test_too_many_and_too_large(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    one = laptop.write_user()
    many = Push(device=laptop.id, first=1, entries=[one] * (MAX_ENTRIES + 1))
    assert refusal(service, device, many).problem.type == "too_large"
    large = Push(device=laptop.id, first=1, entries=[SignedEntry(bytes=bytes(1 << 21), sig=b"")])
    assert refusal(service, device, large).problem.type == "too_large"


# --- users ------------------------------------------------------------------------


def issued(service: HqService, laptop: Laptop, device: Device, **changed: object) -> None:
    """Write an inspection, a notice and its issue with the first number of a lease."""
    request = LeaseRequest(request=new_id(), form="ZLZG", year=2026, want=5)
    grant = msgspec.json.decode(service.lend(device, request).grant.body, type=LeaseGrant)
    inspection, notice = new_id(), new_id()
    laptop.write("create", "inspection", inspection)
    laptop.write("create", "notice", notice, inspection_id=inspection, form="ZLZG", state="draft")
    fields = {
        "state": "issued",
        "number": "（示）应急责改〔2026〕1号",
        "lease_id": grant.lease,
        "sequence": grant.first,
        "signers": ["officer-1"],
        "refs": ["aa" * 32],
    }
    laptop.write("issue", "notice", notice, **(fields | changed))


def test_issuing_needs_the_users_own_signature(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    issued(service, laptop, device)
    issued(service, laptop, device, signers=[])
    laptop.users["officer-1"] = KeyPair.generate()
    issued(service, laptop, device)
    pushed = service.push(device, laptop.push())
    assert whys(pushed) == ["", "", "", "", "", "", "user_signature", "", "", "user_signature"]
    assert_clean(service)


def test_a_users_new_key_counts_from_its_entry_on(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    issued(service, laptop, device)
    laptop.users["officer-1"] = KeyPair.generate()
    laptop.write("patch", "user", "officer-1", public_key=laptop.users["officer-1"].public.hex())
    issued(service, laptop, device)
    assert whys(service.push(device, laptop.push())) == [""] * 8
    laptop.write("patch", "user", "officer-1", public_key="zz")
    assert whys(service.push(device, laptop.push(9))) == ["bad_key"]
    assert_clean(service)


# --- what the entries add up to -----------------------------------------------------


def test_fields_add_up(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    inspection = laptop.write_day()
    laptop.write("patch", "inspection", inspection, note="第一次", place="仓库")
    laptop.write("close", "inspection", inspection, state="closed")
    assert set(whys(service.push(device, laptop.push()))) == {""}
    with service.database.read() as tx:
        row = tx.execute(select(record).where(record.c.id == inspection)).one()
    fields = msgspec.json.decode(row.fields)
    assert (fields["note"], fields["state"], fields["site_id"]) == ("第一次", "closed", "site-1")
    assert row.head == laptop.prev


def test_what_makes_no_sense_is_quarantined_and_the_rest_flows(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    inspection = laptop.write_day(hazards=0)
    laptop.write("create", "inspection", inspection)
    laptop.write("patch", "hazard", new_id(), description="x")
    laptop.write("create", "hazard", new_id(), inspection_id=new_id())
    laptop.write("patch", "site", "site-of-the-register", phone="000")
    laptop.write("somethingnew", "gadget", new_id(), colour="red")
    pushed = service.push(device, laptop.push(1))
    assert whys(pushed) == ["", "", "exists", "unknown_subject", "unknown_inspection", "", ""]
    assert_clean(service)


def test_an_issued_notice_is_frozen_and_its_number_is_used_up(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    issued(service, laptop, device)
    notice = decode(laptop.entries[-1].bytes)
    laptop.write("patch", "notice", notice.subject, pdf_sha256="bb" * 32)
    laptop.write("patch", "notice", notice.subject, superseded_by=new_id())
    laptop.write("issue", "notice", notice.subject, signers=["officer-1"], **notice.set)
    issued(service, laptop, device, **{name: notice.set[name] for name in ("lease_id", "sequence")})
    issued(service, laptop, device, sequence=9999)
    issued(service, laptop, device, lease_id=new_id())
    laptop.write("void", "notice", notice.subject, signers=["officer-1"], state="void", void_reason="错")
    laptop.write("void", "notice", notice.subject, signers=["officer-1"], state="void", void_reason="再")
    pushed = whys(service.push(device, laptop.push()))[4:]
    taken, unleased = ["", "", "number_taken"], ["", "", "number_unleased"]
    assert pushed == ["frozen", "", "not_draft", *taken, *unleased, *unleased, "", "frozen"]
    assert_clean(service)


def test_an_officer_may_have_an_account_on_two_laptops(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    other, second = enrolled(service)
    for one, sender in ((laptop, device), (other, second)):
        one.write_user()
        issued(service, one, sender)
        assert whys(service.push(sender, one.push())) == [""] * 4
    assert_clean(service)


def test_two_laptops_no_last_writer_wins(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    other, second = enrolled(service)
    inspection = laptop.write_day(hazards=0)
    service.push(device, laptop.push())
    other.write("patch", "inspection", inspection, note="ohne Kenntnis")
    other.write("patch", "inspection", inspection, note="mit Kenntnis", base=[laptop.heads["inspection", inspection]])
    assert whys(service.push(second, other.push())) == ["conflict", ""]
    laptop.write("patch", "inspection", inspection, note="zu spät")
    assert whys(service.push(device, laptop.push(3))) == ["conflict"]
    assert_clean(service)


def test_a_fork_inside_one_push_keeps_what_came_before(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    laptop.write("create", "site", "site-x", prev="11" * 32)
    laptop.write("create", "site", "site-y")
    told = refusal(service, device, laptop.push()).problem
    assert (told.type, told.expect_seq) == ("fork", 2)
    assert service.position(device).seq == 1
    assert count(service, foreign_entry) == 2
    assert_clean(service)


def test_an_entry_of_another_device_is_not_stored_in_this_chain(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write("create", "site", "site-x", device=new_id())
    assert refusal(service, device, laptop.push()).problem.type == "order"
    assert service.position(device).seq == 0
