"""Locking ends the picture workers: none holds a picture of the vault after it."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from inspector.evidence import worker_pool
from inspector.evidence.worker_pool import Wanted, decode_apart
from tests.services.conftest import Desk


def picture() -> tuple[bytes, Wanted]:
    into = io.BytesIO()
    Image.new("RGB", (64, 48), "teal").save(into, "WEBP")
    return into.getvalue(), Wanted(mime="image/webp", size=(64, 48), most_pixels=10_000, at_least=(64, 48))


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> list[worker_pool._Worker]:
    """Those that were started since, oldest first."""
    worker_pool.send_home()
    started: list[worker_pool._Worker] = []

    class Noted(worker_pool._Worker):
        def __init__(self) -> None:
            super().__init__()
            started.append(self)

    monkeypatch.setattr(worker_pool, "_Worker", Noted)
    return started


def test_locking_ends_the_worker_that_waits(desk: Desk, workers: list[worker_pool._Worker]) -> None:
    assert decode_apart(*picture()).size == (64, 48)
    assert workers[0]._process.poll() is None
    desk.reopen()
    assert workers[0]._process.poll() is not None
    assert decode_apart(*picture()).size == (64, 48)
    assert len(workers) == 2


def test_a_worker_that_was_busy_while_it_was_locked_ends_after_its_picture(
    desk: Desk, workers: list[worker_pool._Worker], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker_pool._Worker._receive

    def locked_meanwhile(worker: worker_pool._Worker, wanted: Wanted) -> Image.Image:
        desk.reopen()
        return real(worker, wanted)

    monkeypatch.setattr(worker_pool._Worker, "_receive", locked_meanwhile)
    assert decode_apart(*picture()).size == (64, 48)
    assert workers[0]._process.poll() is not None
    assert worker_pool._pool._waiting == []
