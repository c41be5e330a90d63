"""What a seal does when the disk, a liar or a twin gets in its way."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import msgspec
import obstore
import pytest
from obstore.exceptions import GenericError

from inspector.hq.blobs import blob_path
from inspector.hq.problem import Refusal
from inspector.hq.service import Device, HqService
from inspector.hq.uploads import MAX_BLOB
from inspector.protocol.messages import MAX_OFFERS, BlobReceipt, Offer, OfferResult, Offers, Signed
from tests.hq.laptop import CHUNK, Laptop, content, enrolled, offer_of, upload

Pair = tuple[Laptop, Device]
BLOB = content(3 * CHUNK + 100)
NAME = hashlib.sha256(BLOB).hexdigest()


def offered(service: HqService, device: Device, one: Offer) -> OfferResult:
    return service.offer(device, Offers(blobs=[one])).items[0]


def refused(service: HqService, device: Device, name: str = NAME) -> str:
    with pytest.raises(Refusal) as caught:
        service.seal(device, name)
    return caught.value.problem.type


def staged(service: HqService) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (service.folder / "staging").rglob("*") if one.is_file()}


def test_sm3_and_all_digests_are_taken_from_the_disk(service: HqService, pair: Pair) -> None:
    offered(service, pair[1], offer_of(b"abc"))
    upload(service, pair[1], b"abc", [(0, 1)])
    receipt = service.seal(pair[1], hashlib.sha256(b"abc").hexdigest()).receipt
    told = msgspec.json.decode(receipt.body, type=BlobReceipt)
    # GB/T 32905-2016 appendix A.1: SM3("abc").
    assert told.sm3 == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_chunk_that_rots_in_staging_is_asked_for_again(service: HqService, pair: Pair) -> None:
    _, device = pair
    offered(service, device, offer_of(BLOB))
    upload(service, device, BLOB, [(0, 4)])
    (file,) = (service.folder / "staging").glob("*/2")
    file.write_bytes(bytes(CHUNK))
    assert refused(service, device) == "incomplete"
    assert offered(service, device, offer_of(BLOB)).missing == [(2, 3)]
    upload(service, device, BLOB, [(2, 3)])
    assert service.seal(device, NAME)
    assert (service.folder / blob_path(NAME)).read_bytes() == BLOB


def test_a_chunk_cut_short_by_a_power_cut_is_missing(service: HqService, pair: Pair) -> None:
    _, device = pair
    offered(service, device, offer_of(BLOB))
    upload(service, device, BLOB, [(0, 4)])
    (file,) = (service.folder / "staging").glob("*/1")
    file.write_bytes(b"")
    assert offered(service, device, offer_of(BLOB)).missing == [(1, 2)]


def test_a_file_that_bears_the_name_but_is_not_the_blob_gives_way(service: HqService, pair: Pair) -> None:
    _, device = pair
    offered(service, device, offer_of(BLOB))
    upload(service, device, BLOB, [(0, 4)])
    false = service.folder / blob_path(NAME)
    false.parent.mkdir(parents=True)
    false.write_bytes(b"torn")
    assert service.seal(device, NAME)
    assert false.read_bytes() == BLOB


def test_a_liar_cannot_block_an_honest_laptop(service: HqService, pair: Pair) -> None:
    _, liar = pair
    _, honest = enrolled(service)
    other = content(len(BLOB), seed=1)
    lie = msgspec.structs.replace(offer_of(other), sha256=NAME)
    assert offered(service, liar, lie).state == "need"
    for n in range(4):
        service.put_leaf(service.segment(liar, NAME, (n, n + 1)), n, other[n * CHUNK : (n + 1) * CHUNK])
    offered(service, honest, offer_of(BLOB))
    upload(service, honest, BLOB, [(0, 4)])
    assert refused(service, liar) == "digest"
    assert service.seal(honest, NAME)
    assert (service.folder / blob_path(NAME)).read_bytes() == BLOB
    assert offered(service, liar, lie).why == "leaves"


def test_what_one_laptop_sent_another_need_not_send(service: HqService, pair: Pair) -> None:
    _, first = pair
    _, second = enrolled(service)
    offered(service, first, offer_of(BLOB))
    upload(service, first, BLOB, [(0, 2)])
    assert offered(service, second, offer_of(BLOB)).missing == [(2, 4)]
    upload(service, second, BLOB, [(2, 4)])
    sealed = service.seal(first, NAME)
    assert service.seal(second, NAME) == sealed


def test_many_seals_at_once_give_one_receipt(service: HqService, pair: Pair) -> None:
    _, device = pair
    offered(service, device, offer_of(BLOB))
    upload(service, device, BLOB, [(0, 4)])

    def seal(_: int) -> Signed:
        return service.seal(device, NAME).receipt

    with ThreadPoolExecutor(6) as pool:
        assert len({receipt.sig for receipt in pool.map(seal, range(6))}) == 1


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"sha256": "x"}, "malformed"),
        ({"sha256": NAME.upper()}, "malformed"),
        ({"leaves": ["../../etc"] * 4}, "malformed"),
        ({"size": 0, "leaves": []}, "empty"),
        ({"size": -5}, "empty"),
        ({"size": MAX_BLOB + 1}, "too_large"),
        ({"size": 5 * CHUNK}, "leaves"),
        ({"leaves": []}, "leaves"),
    ],
)
def test_offers_that_make_no_sense_are_denied_and_the_others_flow(
    service: HqService, pair: Pair, changed: dict[str, object], why: str
) -> None:
    wrong = msgspec.structs.replace(offer_of(BLOB), **changed)
    answer = service.offer(pair[1], Offers(blobs=[wrong, offer_of(BLOB)]))
    assert [(item.state, item.why) for item in answer.items] == [("denied", why), ("need", "")]


def test_too_many_offers(service: HqService, pair: Pair) -> None:
    with pytest.raises(Refusal):
        service.offer(pair[1], Offers(blobs=[offer_of(b"x")] * (MAX_OFFERS + 1)))


def test_a_full_disk_is_an_honest_no(service: HqService, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    _, device = pair
    offered(service, device, offer_of(BLOB))

    def full(*_: object, **__: object) -> None:
        raise GenericError("Generic LocalFileSystem error: No space left on device (os error 28)")

    with monkeypatch.context() as patch:
        patch.setattr(obstore, "put", full)
        with pytest.raises(Refusal) as caught:
            upload(service, device, BLOB, [(0, 4)])
    assert (caught.value.problem.type, caught.value.problem.status) == ("storage_full", 507)
    upload(service, device, BLOB, [(0, 4)])
    assert service.seal(device, NAME)


def test_staging_of_a_sealed_blob_is_swept_at_the_next_start(service: HqService, pair: Pair) -> None:
    _, device = pair
    offered(service, device, offer_of(BLOB))
    upload(service, device, BLOB, [(0, 4)])
    (plan,) = (service.folder / "staging").iterdir()
    service.seal(device, NAME)
    (plan / "x").mkdir(parents=True)
    (plan / "0").write_bytes(b"late")
    HqService(service.folder).close()
    assert staged(service) == {}
    with service.database.read() as tx:
        assert json.loads(tx.exec_driver_sql("select leaves from blob").scalar_one()) == offer_of(BLOB).leaves
