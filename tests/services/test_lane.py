"""A lane works in order behind its giver; what goes wrong in it is told there, and nobody waits for ever."""

from __future__ import annotations

import threading

import pytest

from inspector.errors import Cancelled
from inspector.services.footage_progress import Importing, Meter
from inspector.services.lane import Lane


def test_all_is_done_in_order_before_the_block_ends() -> None:
    done: list[int] = []
    with Lane("test", done.append, room=1) as lane:
        for n in range(50):
            lane.give(n)
    assert done == list(range(50))


def test_what_the_work_raises_reaches_the_giver() -> None:
    def work(n: int) -> None:
        if n == 3:
            raise OSError("disk")

    def give(*items: int) -> None:
        with Lane("test", work, room=1) as lane:
            for item in items:
                lane.give(item)

    with pytest.raises(OSError, match="disk"):
        give(*range(1000))
    with pytest.raises(OSError, match="disk"):
        give(3)  # the block ends before it is known


def test_a_block_that_fails_drops_what_waits() -> None:
    go_on, began = threading.Event(), threading.Event()
    done: list[int] = []

    def work(n: int) -> None:
        began.set()
        go_on.wait()
        done.append(n)

    def fail() -> None:
        with Lane("test", work, room=3) as lane:
            for n in range(3):
                lane.give(n)
            began.wait()
            go_on.set()
            raise Cancelled

    with pytest.raises(Cancelled):
        fail()
    assert 1 <= len(done) <= 3


def a_meter(told: list[Importing], **fields: object) -> Meter:
    times = iter(range(1000))
    known: dict[str, object] = {
        "listener": told.append,
        "is_cancelled": lambda: False,
        "is_paused": lambda: False,
        "total": 400,
        "clips": 2,
        "now": lambda: float(next(times)),
    }
    return Meter(**(known | fields))  # type: ignore[arg-type]


def test_a_meter_tells_rate_and_remaining_time() -> None:
    told: list[Importing] = []
    meter = a_meter(told)
    meter.begin(1, "a.mp4", "copying")
    for _ in range(5):
        meter.passed(40)
    assert told[0].remaining_s is None
    assert told[-1].done == 200
    assert 0 < told[-1].rate <= 40
    assert told[-1].remaining_s is not None
    assert told[-1].remaining_s >= 5
    meter.skip_to(500)
    meter.begin(2, "b.mp4", "copying")
    assert (told[-1].done, told[-1].clip, told[-1].clips) == (400, 2, 2)


def test_a_meter_stops_and_pauses() -> None:
    told: list[Importing] = []
    with pytest.raises(Cancelled):
        a_meter(told, is_cancelled=lambda: True).passed(1)
    pauses = iter([True, True, False, False])
    meter = a_meter(told, is_paused=lambda: next(pauses))
    meter.hold()
    assert [step.is_paused for step in told[-2:]] == [True, False]
