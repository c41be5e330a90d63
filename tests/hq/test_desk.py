"""Enrolment, leases and the register."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from inspector.crypto.signing import KeyPair, verify
from inspector.errors import InvalidInput, NotAllowed, NotFound, ProfileMissing, StoreDamaged
from inspector.hq import check, register
from inspector.hq.problem import Refusal
from inspector.hq.register import Register
from inspector.hq.service import Device, HqService
from inspector.ids import new_id
from inspector.protocol.messages import (
    CERTIFICATE_CONTEXT,
    LEASE_CONTEXT,
    Certificate,
    EnrolRequest,
    LeaseGrant,
    LeaseRequest,
    RegisterPage,
)
from tests.hq.laptop import BUREAU, OTHER, TOWN, Laptop, TestClock, enrolled, register_json, site

DAY_MS = 86_400_000


def refused(service: HqService, request: EnrolRequest) -> str:
    with pytest.raises(Refusal) as caught:
        service.enrol(request)
    return caught.value.problem.type


# --- enrolment ---------------------------------------------------------------------


def test_a_code_admits_one_device_with_a_certificate(service: HqService, clock: TestClock) -> None:
    laptop = Laptop()
    code = service.new_code(BUREAU)
    answer = service.enrol(laptop.request(code))
    key = service.identity.key.public
    assert verify(key, answer.certificate.sig, CERTIFICATE_CONTEXT + answer.certificate.body)
    told = msgspec.json.decode(answer.certificate.body, type=Certificate)
    assert (told.device_key, told.office, told.is_training) == (laptop.key.public, BUREAU, True)
    assert (told.server_id, told.server_key, told.issued_ms) == (service.identity.server_id, key, clock.wall_ms)
    assert refused(service, Laptop().request(code)) == "code_refused"
    assert [one.id for one in service.devices()] == [told.device]


def test_a_lost_answer_is_repeated_to_the_same_device(service: HqService) -> None:
    laptop = Laptop()
    request = laptop.request(service.new_code(BUREAU))
    assert service.enrol(request) == service.enrol(request)
    assert len(service.devices()) == 1


def test_a_code_may_be_typed_carelessly(service: HqService) -> None:
    code = service.new_code(BUREAU).lower().replace("-", " ")
    assert service.enrol(Laptop().request(code))


def test_codes_that_do_not_count(service: HqService, clock: TestClock) -> None:
    laptop = Laptop()
    assert refused(service, laptop.request("AAAAA-AAAAA-AAAAA")) == "code_refused"
    old = service.new_code(BUREAU)
    clock.move(DAY_MS + 1)
    assert refused(service, laptop.request(old)) == "code_refused"
    with pytest.raises(NotFound):
        service.new_code("nowhere")


def test_a_key_is_proved_and_enrolled_once(service: HqService) -> None:
    laptop = Laptop()
    request = laptop.request(service.new_code(BUREAU))
    stolen = EnrolRequest(code=request.code, device_key=KeyPair.generate().public, device_name="x", proof=request.proof)
    assert refused(service, stolen) == "bad_signature"
    service.enrol(request)
    assert refused(service, laptop.request(service.new_code(BUREAU))) == "code_refused"
    nameless = Laptop()
    assert refused(service, nameless.request(service.new_code(BUREAU), name="")) == "malformed"


def test_the_code_itself_is_not_stored(service: HqService) -> None:
    code = service.new_code(BUREAU)
    service.close()
    stored = (service.folder / "hq.db").read_bytes() + b"".join(
        one.read_bytes() for one in service.folder.glob("hq.db-*")
    )
    assert code.encode() not in stored
    assert code.replace("-", "").encode() not in stored


# --- leases ------------------------------------------------------------------------------


def lend(service: HqService, device: Device, want: int = 10, **changed: object) -> LeaseGrant:
    plain = {"request": new_id(), "form": "ZLZG", "year": 2026, "want": want}
    signed = service.lend(device, LeaseRequest(**(plain | changed))).grant
    assert verify(service.identity.key.public, signed.sig, LEASE_CONTEXT + signed.body)
    return msgspec.json.decode(signed.body, type=LeaseGrant)


def test_blocks_follow_each_other_per_series(service: HqService) -> None:
    _, bureau = enrolled(service)
    _, town = enrolled(service, TOWN)
    _, other = enrolled(service, OTHER)
    spans = [(one.first, one.last) for one in (lend(service, bureau), lend(service, town), lend(service, bureau))]
    assert spans == [(1, 10), (11, 20), (21, 30)], "a delegated town draws from its bureau's series"
    assert lend(service, other).first == 1
    assert lend(service, bureau, form="XCJC").first == 1
    assert lend(service, bureau, year=2027).first == 1
    assert lend(service, bureau, year=2027).expires == "2028-01-31"
    assert lend(service, town).office == TOWN
    assert check.check(service).faults == []


def test_an_empowered_town_has_its_own_series(service: HqService) -> None:
    content = msgspec.convert(register_json(), Register)
    town = replace(content.offices[1], mode="empowered")
    service.import_register(Register(offices=[town]))
    _, device = enrolled(service, TOWN)
    _, bureau = enrolled(service)
    assert (lend(service, bureau).first, lend(service, device).first) == (1, 1)


def test_the_same_request_gets_the_same_block(service: HqService, pair: tuple[Laptop, Device]) -> None:
    _, device = pair
    request = LeaseRequest(request="request-1", form="ZLZG", year=2026, want=50)
    assert service.lend(device, request) == service.lend(device, request)
    assert lend(service, device).first == 51
    with pytest.raises(Refusal):
        lend(service, device, request="request-1", form="XCJC")
    _, second = enrolled(service)
    assert lend(service, second, request="request-1").first == 61


@pytest.mark.parametrize(
    "changed",
    [{"want": 0}, {"want": 201}, {"year": 2024}, {"year": 2028}, {"form": "zl zg"}, {"form": ""}, {"request": "x"}],
)
def test_requests_that_make_no_sense(
    service: HqService, pair: tuple[Laptop, Device], changed: dict[str, object]
) -> None:
    with pytest.raises(Refusal):
        lend(service, pair[1], **changed)


def test_last_years_numbers_may_be_had_until_the_end_of_january(
    service: HqService, pair: tuple[Laptop, Device], clock: TestClock
) -> None:
    clock.move(70 * DAY_MS)  # 2027-01-31 in China
    assert lend(service, pair[1]).expires == "2027-01-31"
    clock.move(DAY_MS)
    with pytest.raises(Refusal):
        lend(service, pair[1])


def test_no_number_is_lent_twice_whoever_asks_at_once(service: HqService) -> None:
    laptops = [enrolled(service)[1] for _ in range(4)]

    def ask(n: int) -> LeaseGrant:
        return lend(service, laptops[n % 4], want=n % 7 + 1)

    with ThreadPoolExecutor(8) as pool:
        grants = list(pool.map(ask, range(48)))
    numbers = sorted(number for one in grants for number in range(one.first, one.last + 1))
    assert numbers == list(range(1, len(numbers) + 1))
    assert check.check(service).faults == []


# --- register -------------------------------------------------------------------------------


def pages(service: HqService, device: Device, cursor: int = 0) -> list[RegisterPage]:
    found: list[RegisterPage] = []
    while not found or found[-1].more:
        answer = service.register(device, found[-1].next if found else cursor)
        found.append(msgspec.json.decode(answer.page.body, type=RegisterPage))
    return found


def ids(records: list[dict[str, object]]) -> set[object]:
    return {one["id"] for one in records}


def test_an_office_sees_itself_above_and_below(service: HqService) -> None:
    (bureau,) = pages(service, enrolled(service)[1])
    assert ids(bureau.offices) == {BUREAU, TOWN}
    assert ids(bureau.officers) == {"officer-1", "officer-2"}
    assert ids(bureau.sites) == {"site-1", "site-2"}
    (town,) = pages(service, enrolled(service, TOWN)[1])
    assert ids(town.offices) == {BUREAU, TOWN}
    assert (ids(town.officers), ids(town.sites)) == ({"officer-2"}, {"site-2"})
    (other,) = pages(service, enrolled(service, OTHER)[1])
    assert (ids(other.offices), ids(other.sites)) == ({OTHER}, {"site-3"})


def test_records_carry_the_fields_of_the_domain(service: HqService, pair: tuple[Laptop, Device]) -> None:
    (page,) = pages(service, pair[1])
    officer = next(one for one in page.officers if one["id"] == "officer-1")
    assert officer == {
        "id": "officer-1",
        "office_id": BUREAU,
        "name": "示例甲",
        "cert_no": "00000000000",
        "cert_from": "2024-01-01",
        "cert_to": "2029-12-31",
        "is_auxiliary": False,
    }
    assert page.sites[0]["status"] == "active"


def test_a_long_register_comes_in_pages_without_loss(service: HqService, pair: tuple[Laptop, Device]) -> None:
    many = [site(f"many-{n}", BUREAU if n % 3 else OTHER) for n in range(700)]
    service.import_register(msgspec.convert({"sites": many}, Register))
    found = pages(service, pair[1])
    counts = [len(one.offices) + len(one.officers) + len(one.sites) for one in found]
    assert max(counts) <= 200
    assert counts[:-1] == [200] * (len(counts) - 1)
    got = [one["id"] for page in found for one in page.sites]
    assert len(got) == len(set(got))
    assert set(got) == {"site-1", "site-2"} | {f"many-{n}" for n in range(700) if n % 3}


def test_only_what_changed_comes_again(service: HqService, pair: tuple[Laptop, Device]) -> None:
    cursor = pages(service, pair[1])[-1].next
    assert service.import_register(msgspec.convert(register_json(), Register)) == 0
    (nothing,) = pages(service, pair[1], cursor)
    assert (nothing.next, nothing.more, nothing.sites) == (cursor, False, [])
    changed = msgspec.convert({"sites": [site("site-1", BUREAU, phone="000-0000 0001")]}, Register)
    assert service.import_register(changed) == 1
    (page,) = pages(service, pair[1], cursor)
    assert [one["phone"] for one in page.sites] == ["000-0000 0001"]
    assert check.check(service).faults == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"sites": [site("s", BUREAU) | {"telephone": "1"}]}, "unknown field telephone"),
        ({"firms": []}, "Object contains unknown field `firms`"),
        ({"officers": [{"id": "x"}]}, "Object missing required field `office_id` - at `$.officers[0]`"),
    ],
)
def test_a_register_file_with_mistakes_is_not_taken(tmp_path: Path, content: dict[str, object], reason: str) -> None:
    file = tmp_path / "register.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InvalidInput) as caught:
        register.read_file(file)
    assert caught.value.facts["reason"] == reason


def test_a_register_names_only_offices_that_exist(service: HqService) -> None:
    with pytest.raises(InvalidInput):
        service.import_register(msgspec.convert({"sites": [site("s", "nowhere")]}, Register))


# --- the folder -----------------------------------------------------------------------------


def test_a_headquarters_is_made_once_and_its_key_is_private(service: HqService) -> None:
    with pytest.raises(NotAllowed):
        HqService.create(service.folder)
    assert (service.folder / "server.key").stat().st_mode & 0o777 == 0o600
    assert service.folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_without_or_with_a_strange_key(service: HqService, tmp_path: Path) -> None:
    with pytest.raises(ProfileMissing):
        HqService(tmp_path / "nowhere")
    (service.folder / "server.key").write_text(KeyPair.generate().private_bytes().hex(), encoding="ascii")
    with pytest.raises(StoreDamaged):
        HqService(service.folder)
