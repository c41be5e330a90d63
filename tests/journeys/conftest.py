"""An officer's laptop for the journeys: sample bureau, real window, a played CUPS, real photos, a counting hand.

desk (Desk): window, tasks, hand, clock, spool, photos; desk.unlock() enters as Zhang, desk.ask(service, …) asks aside
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from tests.builders import PASSPHRASE, PIN
from tests.journeys.desk import Desk
from tests.journeys.hand import Hand
from tests.services.spool import Spool
from tests.ui.conftest import aside, plain_look, qapp_cls, tasks  # noqa: F401 - fixtures
from ui.context import today

_TOLD = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """The offscreen platform says this of every window; it says nothing about ours."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Show what each counted journey took, by step."""
    for line in config.stash.get(_TOLD, []):
        terminalreporter.write_line(line)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The sample bureau as of today, at the least key derivation cost."""
    folder = tmp_path / "profile"
    make = partial(sample.create_sample, folder, passphrase=PASSPHRASE, pin=PIN)
    aside(partial(make, today=today(), cost=MINIMUM, pin_cost=MINIMUM))
    return folder


@pytest.fixture
def spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Spool:
    """A CUPS with one printer, 一楼打印机."""
    if shutil.which("sh") is None:
        pytest.skip("needs programs that a PATH finds")
    folder = tmp_path / "spool"
    folder.mkdir()
    made = Spool(folder)
    monkeypatch.setenv("PATH", made.path)
    return made


@pytest.fixture
def desk(qtbot, tasks, profile: Path, spool: Spool, tmp_path: Path) -> Iterator[Desk]:  # noqa: F811
    """The window, locked; afterwards it is closed as by its cross."""
    made = Desk(Hand(qtbot), tasks, profile, spool, tmp_path / "card")
    made.stand_on_card()
    made.open(qtbot)
    yield made
    made.close()


@pytest.fixture
def desk_folder(profile: Path, tmp_path: Path) -> Path:
    """Where a window of another process works: `profile` is in it."""
    assert profile.parent == tmp_path
    return tmp_path


@pytest.fixture
def late_desk(qtbot, tasks, desk_folder: Path) -> Iterator[Callable[[], Desk]]:  # noqa: F811 - fixtures
    """Open the window when somebody else has worked on the profile (its spool and card are there)."""
    made: list[Desk] = []

    def make() -> Desk:
        again = desk_folder / "again"
        again.mkdir()
        spool = again / "spool"
        spool.mkdir()
        made.append(Desk(Hand(qtbot), tasks, desk_folder / "profile", Spool(spool), again / "card"))
        made[0].open(qtbot)
        return made[0]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def tell(request: pytest.FixtureRequest):
    """Put a counted journey into the summary of the run."""
    lines = request.config.stash.setdefault(_TOLD, [])

    def put(name: str, hand: Hand) -> None:
        lines.append(f"{name}: {hand.taps} taps, {hand.keys} keystrokes")
        lines.extend(f"  {step.taps:3} T {step.keys:3} K  {step.name}" for step in hand.steps)

    return put
