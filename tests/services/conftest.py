"""An officer at work in the sample bureau: real store, real services, a clock that tests set."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector.app import App, unlock
from inspector.printing import watch
from tests.builders import PASSPHRASE, ZHANG, FakeClock, a_profile
from tests.services.spool import Spool


class Desk:
    """A laptop with a profile; `app` is what is unlocked at the moment."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.clock = FakeClock()
        self.app = unlock(profile, ZHANG, PASSPHRASE, clock=self.clock)

    def reopen(self, user_id: str = ZHANG) -> App:
        """Lock, and unlock again: what is read then comes from the disk."""
        self.app.close()
        self.app = unlock(self.profile, user_id, PASSPHRASE, clock=self.clock)
        return self.app


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample bureau's profile, made once; tests work on copies."""
    return a_profile(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def profile(founded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(founded, tmp_path / "profile"))


@pytest.fixture
def desk(profile: Path) -> Iterator[Desk]:
    """Officer Zhang's laptop. Whatever a test does, journal and rows must tell the same story afterwards."""
    opened = Desk(profile)
    yield opened
    told = opened.app.audit.verify()
    opened.app.close()
    assert told.faults == ()


@pytest.fixture
def app(desk: Desk) -> App:
    """Officer Zhang at work, for tests that don't lock in between."""
    return desk.app


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spool:
    """A CUPS that the test plays; looks follow one another without a pause."""
    folder = tmp_path / "spool"
    folder.mkdir()
    played = Spool(folder)
    monkeypatch.setenv("PATH", played.path)
    monkeypatch.setattr(watch, "GLANCE_S", 0.0)
    return played
