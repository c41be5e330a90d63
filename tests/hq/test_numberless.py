"""Papers without a number of their own at headquarters: no lease, no gap, frozen like any other once issued."""

from __future__ import annotations

from sqlalchemy import select

from inspector.hq.schema import record
from inspector.hq.service import HqService
from inspector.ids import new_id
from inspector.protocol.entry import decode
from tests.hq.laptop import Laptop
from tests.hq.test_entries import Pair, assert_clean, issued, whys


def numberless(laptop: Laptop, form: str, *, about: str | None = None, **told: object) -> str:
    """Write a document and its issue without a lease; return its id."""
    inspection, notice = new_id(), new_id()
    laptop.write("create", "inspection", inspection)
    laptop.write("create", "notice", notice, inspection_id=inspection, form=form, state="draft", about=about)
    issue = {"state": "issued", "number": "", "lease_id": None, "sequence": None, "refs": ["cc" * 32]}
    laptop.write("issue", "notice", notice, signers=["officer-1"], **(issue | told))
    return notice


def test_a_paper_without_number_takes_none_and_leaves_no_gap(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    numberless(laptop, "XWBL")
    issued(service, laptop, device)
    numberless(laptop, "XWBL")
    pushed = whys(service.push(device, laptop.push()))
    assert pushed == [""] * len(pushed)
    with service.database.read() as tx:
        marks = [one for one in tx.execute(select(record.c.mark).where(record.c.type == "notice")).scalars() if one]
    assert [mark.rsplit("|", 1)[1] for mark in marks] == ["1"]
    assert_clean(service)


def test_a_list_bears_the_number_of_its_decision_and_no_other(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    issued(service, laptop, device)
    decision = decode(laptop.entries[-1].bytes)
    number = str(decision.set["number"])
    numberless(laptop, "CFQD", about=decision.subject, number=number)
    numberless(laptop, "CFQD", about=decision.subject, number="（示）应急责改〔2026〕2号")
    numberless(laptop, "CFQD", number=number)
    second = numberless(laptop, "CFQD", about=new_id(), number=number)
    laptop.write("patch", "notice", second, filled={"items": []})
    pushed = whys(service.push(device, laptop.push()))[4:]
    assert pushed == ["", "", "", *["", "", "number_unleased"] * 3, ""]
    assert_clean(service)


def test_what_was_filled_in_is_frozen_with_the_paper(service: HqService, pair: Pair) -> None:
    laptop, device = pair
    laptop.write_user()
    notice = numberless(laptop, "XWBL")
    for field in ("filled", "reasons", "about"):
        laptop.write("patch", "notice", notice, **{field: {}})
    assert whys(service.push(device, laptop.push()))[-3:] == ["frozen"] * 3
    assert_clean(service)
