"""A profile is made whole or not at all, says who may unlock it, and only a training one can be thrown away."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest

from inspector import paths, profile
from inspector.app import unlock
from inspector.clock import SystemClock
from inspector.crypto.unlock import MINIMUM, REAL
from inspector.demo import sample
from inspector.errors import InvalidInput, NotAllowed, StorageFull, StoreDamaged
from inspector.store import keyring
from tests.builders import LI, PASSPHRASE, PIN, TODAY, ZHANG, a_profile

ROOT = Path(__file__).resolve().parents[2]


def make(folder: Path, **options: object) -> str:
    told = {"passphrase": PASSPHRASE, "pin": PIN, "today": TODAY, "cost": MINIMUM, "pin_cost": MINIMUM}
    return sample.create_sample(folder, **(told | options))  # type: ignore[arg-type]


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


def test_no_profile_has_no_card(tmp_path: Path) -> None:
    assert profile.describe(tmp_path) is None
    assert profile.describe(tmp_path / "nowhere") is None


def test_the_card_tells_who_may_unlock_without_any_key(tmp_path: Path) -> None:
    card = profile.describe(a_profile(tmp_path))
    assert card is not None
    assert (card.office_name, card.device_name, card.is_training) == ("示例区应急管理局", "示例-01", True)
    assert [(user.id, user.name) for user in card.users] == [(ZHANG, "张示"), (LI, "李䶮")]
    zhang = card.users[0]
    assert zhang.is_certified_on(zhang.cert_from)
    assert zhang.is_certified_on(zhang.cert_to)
    assert not zhang.is_certified_on(date(2024, 3, 31))


def test_unlocking_at_the_real_cost(tmp_path: Path) -> None:
    """The one test that pays what an officer's laptop pays."""
    folder = tmp_path / "profile"
    make(folder, cost=REAL)
    assert keyring.read(paths.keyring_file(folder)).cost == REAL
    app = unlock(folder, ZHANG, PASSPHRASE, clock=SystemClock())
    assert app.me.name == "张示"
    assert app.audit.verify().is_clean
    app.close()


def test_the_recovery_code_opens_the_vault(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    code = make(folder)
    ring = keyring.read(paths.keyring_file(folder))
    assert keyring.open_recovery(ring, f" {code.lower()} ") == keyring.open_user(ring, ZHANG, PASSPHRASE)[0]


@pytest.mark.parametrize(("passphrase", "pin", "field"), [("seven77", PIN, "passphrase"), (PASSPHRASE, "12", "pin")])
def test_a_weak_word_makes_no_profile(tmp_path: Path, passphrase: str, pin: str, field: str) -> None:
    folder = tmp_path / "profile"
    with pytest.raises(InvalidInput) as caught:
        make(folder, passphrase=passphrase, pin=pin)
    assert caught.value.facts["field"] == field
    assert names(folder) == set()


def test_a_profile_is_never_made_over_another(tmp_path: Path) -> None:
    folder = a_profile(tmp_path)
    before = paths.keyring_file(folder).read_bytes()
    with pytest.raises(NotAllowed) as caught:
        make(folder)
    assert caught.value.facts["reason"] == "profile_exists"
    assert paths.keyring_file(folder).read_bytes() == before


def test_a_failure_on_the_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    folder = tmp_path / "profile"
    monkeypatch.setattr(keyring, "write", full)
    with pytest.raises(StorageFull):
        make(folder)
    assert names(folder) == set()
    monkeypatch.undo()
    make(folder)
    assert profile.describe(folder) is not None


KILLED = """
import os, signal, sys
from datetime import date
from pathlib import Path
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from inspector.store import keyring
keyring.write = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
sample.create_sample(Path(sys.argv[1]), passphrase="sample passphrase", pin="246810", today=date(2026, 11, 20),
                     cost=MINIMUM, pin_cost=MINIMUM)
"""


def test_what_a_killed_founding_left_is_cleared_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    done = subprocess.run([sys.executable, "-c", KILLED, str(folder)], cwd=ROOT, check=False)
    assert done.returncode == -9
    assert paths.journal_file(folder).exists()
    assert profile.describe(folder) is None
    make(folder)
    app = unlock(folder, ZHANG, PASSPHRASE)
    assert app.audit.verify().is_clean
    app.close()


def test_databases_whose_keyring_is_lost_are_never_cleared(tmp_path: Path) -> None:
    """The recovery code and a copy of the keyring may still open them."""
    folder = a_profile(tmp_path)
    ring = paths.keyring_file(folder)
    kept = ring.rename(tmp_path / "kept.json")
    with pytest.raises(StoreDamaged) as caught:
        profile.describe(folder)
    assert caught.value.facts["file"] == ring.name
    with pytest.raises(StoreDamaged):
        make(folder)
    kept.rename(ring)
    app = unlock(folder, ZHANG, PASSPHRASE)
    assert app.audit.verify().is_clean
    app.close()


def test_only_a_training_profile_is_thrown_away(tmp_path: Path) -> None:
    folder = a_profile(tmp_path)
    ring = keyring.read(paths.keyring_file(folder))
    keyring.write(paths.keyring_file(folder), msgspec.structs.replace(ring, is_training=False))
    with pytest.raises(NotAllowed) as caught:
        profile.discard(folder)
    assert caught.value.facts["reason"] == "real_profile"
    assert paths.journal_file(folder).exists()
    keyring.write(paths.keyring_file(folder), ring)
    profile.discard(folder)
    assert not folder.exists()
    profile.discard(folder)
    assert profile.describe(folder) is None
