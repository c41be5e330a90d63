"""An officer changes passphrase and PIN: the old one opens nothing, and a kill leaves exactly one that opens."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from inspector import app as core
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from inspector.domain.notice import FormCode, NoticeState
from inspector.errors import InvalidInput, PinRefused, WrongPassphrase
from inspector.paths import keyring_file
from inspector.profile import Account, reset_passphrase
from inspector.services.accounts import TRIES
from inspector.store import keyring
from tests.builders import LI, PASSPHRASE, PIN, TODAY, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import a_visit, give_reasons

NEW, NEW_PIN = "又长又好记的一句话", "135790"
ROOT = Path(__file__).resolve().parents[2]


def opens(profile: Path, passphrase: str, user: str = ZHANG) -> bool:
    try:
        core.unlock(profile, user, passphrase).close()
    except WrongPassphrase:
        return False
    return True


def test_the_new_passphrase_opens_and_the_old_one_fails(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    desk.app.accounts.change_passphrase(PASSPHRASE, NEW)
    desk.app.close()
    assert not opens(desk.profile, PASSPHRASE)
    assert opens(desk.profile, PASSPHRASE, LI)  # nobody else's passphrase changed
    desk.app = core.unlock(desk.profile, ZHANG, NEW, clock=desk.clock)
    assert desk.app.inspections.get(visit).id == visit


def test_the_recovery_code_opens_as_before(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    code = sample.create_sample(profile, passphrase=PASSPHRASE, pin=PIN, today=TODAY, cost=MINIMUM, pin_cost=MINIMUM)
    app = core.unlock(profile, ZHANG, PASSPHRASE)
    app.accounts.change_passphrase(PASSPHRASE, NEW)
    app.close()
    reset_passphrase(profile, code, Account(officer_id=ZHANG, passphrase=PASSPHRASE, pin=PIN), pin_cost=MINIMUM)
    assert opens(profile, PASSPHRASE)
    assert not opens(profile, NEW)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [("not mine", NEW, WrongPassphrase), (PASSPHRASE, "short", InvalidInput), (PASSPHRASE, PASSPHRASE, InvalidInput)],
)
def test_what_is_refused_changes_nothing(desk: Desk, old: str, new: str, error: type[Exception]) -> None:
    before = keyring_file(desk.profile).read_bytes()
    with pytest.raises(error):
        desk.app.accounts.change_passphrase(old, new)
    assert keyring_file(desk.profile).read_bytes() == before


DYING = """
import os, signal, sys
from pathlib import Path
from inspector.app import unlock
profile, user, old, new, call = sys.argv[1:]
app = unlock(Path(profile), user, old)
names = {"fsync": (os, "fsync"), "replace": (Path, "replace"), "open": (Path, "open")}
place, name = names[call.rstrip("+")]
real = getattr(place, name)
def die(*told, **named):
    if call.endswith("+"):
        real(*told, **named)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(place, name, die)
app.accounts.change_passphrase(old, new)
"""


@pytest.mark.parametrize(
    ("call", "is_new"), [("open", False), ("open+", False), ("fsync", False), ("replace", False), ("replace+", True)]
)
def test_a_kill_leaves_one_of_both_passphrases(profile: Path, call: str, is_new: bool) -> None:
    child = [sys.executable, "-c", DYING, str(profile), ZHANG, PASSPHRASE, NEW, call]
    assert subprocess.run(child, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    assert opens(profile, NEW) is is_new
    assert opens(profile, PASSPHRASE) is not is_new
    assert len(keyring.read(keyring_file(profile)).users) == 2


def test_a_new_pin_confirms_the_old_one_does_not_and_a_locked_one_is_free(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    notice = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    for _ in range(TRIES):
        with pytest.raises(PinRefused):
            desk.app.notices.issue(notice, second_officer_id=LI, pin="999990")
    li = desk.reopen(LI)
    with pytest.raises(WrongPassphrase):
        li.accounts.change_pin("not mine", NEW_PIN)
    with pytest.raises(InvalidInput):
        li.accounts.change_pin(PASSPHRASE, "111111")
    li.accounts.change_pin(PASSPHRASE, NEW_PIN)
    zhang = desk.reopen(ZHANG)
    with pytest.raises(PinRefused):
        zhang.notices.issue(notice, second_officer_id=LI, pin=PIN)
    give_reasons(zhang, notice)
    zhang.notices.issue(notice, second_officer_id=LI, pin=NEW_PIN)
    assert zhang.notices.get(notice).state is NoticeState.ISSUED
