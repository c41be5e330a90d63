"""What every test may use."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real photos, clips, statutes and the official form; absent on a plain clone."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the test material ../shared/data is not beside this clone")
    return folder
