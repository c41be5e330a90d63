"""A profile to be maltreated, and a line at the end that says what the kills met."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.builders import a_profile

_TALLY = pytest.StashKey[Counter[str]]()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The sample bureau's profile in a folder of its own, so that whatever a fault leaves is seen."""
    folder = tmp_path / "laptop"
    folder.mkdir()
    return a_profile(folder)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Counter[str]:
    """Counts that the end of the run shows."""
    return request.config.stash.setdefault(_TALLY, Counter())


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if counted := config.stash.get(_TALLY, None):
        terminalreporter.write_line("faults: " + ", ".join(f"{n} {what}" for what, n in counted.items()))
