"""The faces that notices are really set in."""

from __future__ import annotations

import pytest

from inspector.notices import fonts
from inspector.notices.fonts import Fonts


@pytest.fixture(scope="session")
def bundled() -> Fonts:
    """The bundled faces, as packaging builds them."""
    return fonts.load()
