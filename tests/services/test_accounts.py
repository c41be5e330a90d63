"""The second officer's PIN: right, wrong, locked, and whose it is."""

from __future__ import annotations

from datetime import timedelta

import pytest

from inspector import app as core
from inspector.app import App, unlock
from inspector.domain.notice import FormCode, NoticeState
from inspector.errors import AlreadyOpen, InvalidInput, NotAllowed, PinRefused, StorageFull, WrongPassphrase
from inspector.protocol.entry import decode
from inspector.services.accounts import TRIES, check_pin
from inspector.store import journal, times
from tests.builders import LI, PASSPHRASE, PIN, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import a_draft, a_visit, issue

WRONG = "135791"


@pytest.fixture
def notice(desk: Desk) -> str:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    return desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made


def try_pin(app: App, notice: str, pin: str) -> int:
    with pytest.raises(PinRefused) as caught:
        app.notices.issue(notice, second_officer_id=LI, pin=pin)
    return int(caught.value.facts["tries_left"] or 0)


def test_five_wrong_pins_lock_it_even_for_the_right_one(desk: Desk, notice: str) -> None:
    assert [try_pin(desk.app, notice, WRONG) for _ in range(TRIES)] == [4, 3, 2, 1, 0]
    assert try_pin(desk.app, notice, PIN) == 0
    assert try_pin(desk.reopen(), notice, PIN) == 0  # another officer's unlocking does not help
    assert desk.app.notices.get(notice).state is NoticeState.DRAFT


def test_its_owners_passphrase_frees_a_locked_pin(desk: Desk, notice: str) -> None:
    for _ in range(TRIES):
        try_pin(desk.app, notice, WRONG)
    desk.reopen(LI)
    issue(desk.reopen(ZHANG), notice)
    assert desk.app.notices.get(notice).state is NoticeState.ISSUED


def test_a_right_pin_forgets_the_wrong_ones(desk: Desk, notice: str) -> None:
    for _ in range(TRIES - 1):
        try_pin(desk.app, notice, WRONG)
    issue(desk.app, notice)
    other = desk.app.notices.draft(desk.app.notices.get(notice).inspection_id, FormCode.RECTIFICATION_ORDER).made
    assert try_pin(desk.app, other, WRONG) == TRIES - 1


def test_a_wrong_try_is_counted_before_it_is_judged(desk: Desk, notice: str) -> None:
    try_pin(desk.app, notice, WRONG)
    assert try_pin(desk.reopen(), notice, WRONG) == TRIES - 2


@pytest.mark.parametrize("second", [ZHANG, "officer-sample-zhao", "nobody"])
def test_only_the_other_officer_of_the_visit_confirms(desk: Desk, notice: str, second: str) -> None:
    with pytest.raises(NotAllowed) as caught:
        desk.app.notices.issue(notice, second_officer_id=second, pin=PIN)
    assert caught.value.facts["reason"] == "not_the_pair"


def test_an_issued_notice_carries_both_signatures(desk: Desk, notice: str) -> None:
    issue(desk.app, notice)
    desk.app.notices.void(notice, "换一份")
    vault = desk.app._session.vault
    with vault.gateway.read() as tx:
        seq, _ = journal.position(tx, vault.genesis)
        issued, void = journal.after(tx, seq - 2, 2)
    assert {one.user for one in issued.user_sigs} == {ZHANG, LI}
    assert {one.user for one in void.user_sigs} == {ZHANG}


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "111111", "12345a", "１２３４５６７"])
def test_a_pin_is_six_digits_not_all_the_same(pin: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_pin(pin)
    assert caught.value.facts == {"field": "pin", "reason": "six_digits"}


def test_a_wrong_passphrase_and_a_second_window_open_nothing(desk: Desk) -> None:
    with pytest.raises(AlreadyOpen):
        unlock(desk.profile, LI, PASSPHRASE, clock=desk.clock)
    desk.app.close()
    for user, passphrase in ((ZHANG, "wrong passphrase"), (ZHANG, ""), ("nobody", PASSPHRASE)):
        with pytest.raises(WrongPassphrase):
            unlock(desk.profile, user, passphrase, clock=desk.clock)
    assert desk.reopen(LI).me.name == "李䶮"


def test_after_locking_the_old_services_read_nothing(desk: Desk) -> None:
    old = desk.app
    desk.reopen()
    with pytest.raises(NotAllowed) as caught:
        old.inspections.list()
    assert caught.value.facts["reason"] == "locked"


def test_where_nothing_can_be_written_unlocking_opens_to_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)

    def no_room(*_: object) -> None:
        raise StorageFull(cause="test")

    with monkeypatch.context() as full:
        full.setattr(core, "reset_tries", no_room)
        app = desk.reopen()
    unlocked_at = desk.clock.read().at
    assert isinstance(app.trouble, StorageFull)
    assert len(app.hazards.of(visit)) == 1
    desk.clock.advance(minutes=5)
    app.hazards.report(visit, a_draft())
    with app._session.vault.gateway.read() as tx:
        seq, _ = journal.position(tx, app._session.vault.genesis)
        unlocking, reporting = (decode(one.bytes) for one in journal.after(tx, seq - 2, 2))
    assert (unlocking.kind, reporting.kind) == ("unlock", "create")
    assert timedelta() <= unlocked_at - times.read(unlocking.set["unlocked_at"]) < timedelta(seconds=1)
    assert desk.reopen().trouble is None
