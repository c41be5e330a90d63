"""An unlocked vault without services: what the store's own tests work on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector import paths
from inspector.store import keyring, vault
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock, a_profile


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return a_profile(tmp_path)


@pytest.fixture
def opened(profile: Path) -> Iterator[vault.Vault]:
    ring = keyring.read(paths.keyring_file(profile))
    key, _ = keyring.open_user(ring, ZHANG, PASSPHRASE)
    found = vault.unlock(profile, key, FakeClock())
    yield found
    found.close()


@pytest.fixture
def second_user() -> str:
    return LI
