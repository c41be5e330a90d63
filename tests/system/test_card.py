"""A card that is really mounted, and really pulled out while its photos come in."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspector.app import unlock
from inspector.services import attaching
from inspector.services.attaching import Attaching
from inspector.services.sources import Volume, photos_on, volumes
from tests.builders import LI, PASSPHRASE, ZHANG, a_profile
from tests.services.visit import SITE, a_photo

pytestmark = pytest.mark.system
COUNT = 8


@pytest.fixture
def card() -> Iterator[Path]:
    """A mounted volume with photos where a desktop would mount it."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting needs root on Linux")
    place = Path(f"/media/field-inspector-{os.getpid()}")
    place.mkdir(parents=True)
    try:
        done = subprocess.run(["mount", "-t", "tmpfs", "card", str(place)], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("this machine may not mount")
        (place / "DCIM" / "100TEST").mkdir(parents=True)
        for n in range(COUNT):
            a_photo(place / "DCIM" / "100TEST" / f"IMG_{n}.jpg", seed=n)
        yield place
    finally:
        pull(place)
        with suppress(OSError):
            place.rmdir()


def pull(place: Path) -> None:
    """Take the volume away though files of it may be open."""
    subprocess.run(["umount", "-l", str(place)], capture_output=True, check=False)


def ours(place: Path) -> Volume:
    return next(one for one in volumes() if one.path == place)


def test_a_card_is_found_read_and_pulled_out(card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "_AHEAD", 1)
    files = photos_on(ours(card), datetime(2000, 1, 1, tzinfo=UTC)).files
    assert len(files) == COUNT
    app = unlock(a_profile(tmp_path), ZHANG, PASSPHRASE)
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    steps: list[Attaching] = []

    def watch(step: Attaching) -> None:
        steps.append(step)
        if len(steps) == 4:
            pull(card)

    # The place of the mount stays behind, empty; the DCIM folder goes with the card.
    report = app.evidence.attach_many(visit, files, source="card", card=card / "DCIM", progress=watch)
    kept = app.evidence.of(visit)
    assert 0 < len(kept) < COUNT
    assert [why for _, why in report.refused] == ["pulled_out"] * (COUNT - len(kept))
    assert all(one.path != card for one in volumes())
    assert app.audit.verify().is_clean
    app.close()
