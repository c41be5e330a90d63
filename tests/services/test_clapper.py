"""The clapper on the screen: a code a second, entries of when it stood there."""

from __future__ import annotations

import pytest

from inspector.app import App
from inspector.errors import NotFound
from inspector.evidence import clapper
from tests.builders import ZHANG, FakeClock
from tests.services.conftest import Desk
from tests.services.visit import a_visit


def seconds(clock: FakeClock, ms: int) -> None:
    clock.wall_ms += ms
    clock.mono_ms += ms


def test_a_code_holds_for_a_second_and_says_when_it_began(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock)
    running = desk.app.clapper.begin(visit)
    codes = []
    for _ in range(60):
        seconds(desk.clock, 80)
        codes.append(running.code())
    assert running.shown == len({one.payload for one in codes}) == len({one.counter for one in codes})
    told = [read for one in codes if (read := clapper.read(one.payload)) is not None]
    assert len(told) == 60
    first = told[0]
    for one, code in zip(told, codes, strict=True):
        assert one.wall_ms - first.wall_ms == 1000 * (one.counter - first.counter)
        assert one.counter == code.counter
        assert 1 <= code.left_ms <= 1000
    key = desk.app.clapper.key_of(desk.app.clapper.of(visit)[0])
    assert all(clapper.fits(one, key) for one in told)


def test_a_clap_is_an_entry_with_beginning_and_end(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock)
    running = desk.app.clapper.begin(visit)
    running.code()
    seconds(desk.clock, 5_000)
    running.code()
    desk.app.clapper.end(running.id)
    desk.app.clapper.end(running.id)
    (clap,) = desk.reopen().clapper.of(visit)
    assert (clap.id, clap.began_by, clap.shown) == (running.id, ZHANG, 2)
    assert clap.ended_at is not None
    assert 5 <= (clap.ended_at - clap.began_at).total_seconds() < 6


def test_a_set_clock_shows_in_the_code_and_not_in_the_counter(desk: Desk) -> None:
    running = desk.app.clapper.begin(a_visit(desk.app, desk.clock))
    before = clapper.read(running.code().payload)
    seconds(desk.clock, 1_000)
    desk.clock.wall_ms += 3_600_000
    after = clapper.read(running.code().payload)
    assert before is not None
    assert after is not None
    assert after.counter - before.counter == 1
    assert after.wall_ms - before.wall_ms == 3_601_000


def test_a_clap_needs_a_visit(app: App) -> None:
    with pytest.raises(NotFound):
        app.clapper.begin("no such visit")
    with pytest.raises(NotFound):
        app.clapper.end("no such clap")
