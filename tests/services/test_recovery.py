"""A forgotten passphrase loses nothing: the bureau's recovery code gives the officer a new one."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector import app as core
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from inspector.domain.notice import FormCode
from inspector.errors import InvalidInput, WrongPassphrase
from inspector.profile import Account, reset_passphrase
from tests.builders import LI, PASSPHRASE, PIN, TODAY, ZHANG, FakeClock
from tests.services.visit import a_visit, give_reasons

NEW, NEW_PIN = "quite another passphrase", "135790"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    profile = tmp_path / "profile"
    code = sample.create_sample(profile, passphrase=PASSPHRASE, pin=PIN, today=TODAY, cost=MINIMUM, pin_cost=MINIMUM)
    return profile, code


def issued(profile: Path, passphrase: str, clock: FakeClock, second_pin: str) -> str:
    app = core.unlock(profile, ZHANG, passphrase, clock=clock)
    try:
        visit = a_visit(app, clock, hazards=1)
        notice = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
        give_reasons(app, notice)
        app.notices.issue(notice, second_officer_id=LI, pin=second_pin)
        assert app.audit.verify().is_clean
        return app.notices.get(notice).number
    finally:
        app.close()


def test_everything_stays_and_both_signatures_hold(made: tuple[Path, str]) -> None:
    profile, code = made
    clock = FakeClock()
    first = issued(profile, PASSPHRASE, clock, PIN)
    account = Account(officer_id=ZHANG, passphrase=NEW, pin=NEW_PIN)
    reset_passphrase(profile, code.lower(), account, clock=clock, pin_cost=MINIMUM)
    with pytest.raises(WrongPassphrase):
        core.unlock(profile, ZHANG, PASSPHRASE)
    second = issued(profile, NEW, clock, PIN)  # verify checks what the old key signed and what the new one signs
    assert first != second


def test_a_reset_cut_off_before_the_keyring_leaves_no_half_valid_passphrase(
    made: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, code = made
    account = Account(officer_id=ZHANG, passphrase=NEW, pin=NEW_PIN)
    with monkeypatch.context() as cut:
        cut.setattr("inspector.store.keyring.write", lambda *_: (_ for _ in ()).throw(OSError("cut")))
        with pytest.raises(OSError, match="cut"):
            reset_passphrase(profile, code, account, pin_cost=MINIMUM)
    for passphrase in (PASSPHRASE, NEW):
        with pytest.raises(WrongPassphrase):
            core.unlock(profile, ZHANG, passphrase)
    reset_passphrase(profile, code, account, pin_cost=MINIMUM)
    core.unlock(profile, ZHANG, NEW).close()


@pytest.mark.parametrize(
    ("code", "passphrase", "error"),
    [("WRONG-CODE", NEW, WrongPassphrase), ("", NEW, WrongPassphrase), (None, "short", InvalidInput)],
)
def test_a_wrong_code_or_a_weak_passphrase_changes_nothing(
    made: tuple[Path, str], code: str | None, passphrase: str, error: type[Exception]
) -> None:
    profile, real = made
    with pytest.raises(error):
        reset_passphrase(
            profile, real if code is None else code, Account(officer_id=ZHANG, passphrase=passphrase, pin=NEW_PIN)
        )
    core.unlock(profile, ZHANG, PASSPHRASE).close()
