"""A profile to be maltreated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import a_profile


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """The sample bureau's profile in a folder of its own, so that whatever a fault leaves is seen."""
    folder = tmp_path / "laptop"
    folder.mkdir()
    return a_profile(folder)
