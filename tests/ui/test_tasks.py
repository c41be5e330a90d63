"""The thread bridge: order, latest wins, errors, owners that are gone, closing."""

from __future__ import annotations

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject

from inspector.domain.changes import Changes, Topic
from inspector.errors import Cancelled, Offline
from ui.tasks import Tasks


def test_commands_run_in_order_off_the_window_thread(qtbot, tasks):
    owner, seen, here = QObject(), [], threading.get_ident()

    def work(n):
        seen.append((n, threading.get_ident() == here))
        return n

    answers = []
    for n in range(20):
        tasks.command(owner, work, n, done=answers.append)
    qtbot.waitUntil(lambda: len(answers) == 20)
    assert answers == list(range(20))
    assert seen == [(n, False) for n in range(20)]


def test_of_one_key_only_the_latest_question_is_answered(qtbot, tasks):
    owner, gate, answers = QObject(), threading.Event(), []

    def slow(text):
        gate.wait(5)
        return text

    for text in ("消", "消火", "消火栓"):
        tasks.query(owner, slow, text, done=answers.append, key="search")
    other = []
    tasks.query(owner, lambda: "x", done=other.append, key="count")
    gate.set()
    qtbot.waitUntil(lambda: bool(answers and other))
    qtbot.waitUntil(tasks.is_idle)
    assert answers == ["消火栓"]
    assert other == ["x"]


def test_a_command_tells_its_changes_and_that_it_is_saved(qtbot, tasks):
    told, changes = [], Changes.of(Topic.HAZARDS, made="h1")
    tasks.saved.connect(lambda: told.append("saved"))
    with qtbot.waitSignal(tasks.changed) as changed:
        tasks.command(QObject(), lambda: changes)
    assert changed.args == [changes]
    assert told == ["saved"]


def test_an_expected_error_goes_to_the_caller_or_to_failed(qtbot, tasks):
    def fail():
        raise Offline(cause="unreachable")

    owner, mine = QObject(), []
    tasks.query(owner, fail, failed=mine.append)
    qtbot.waitUntil(lambda: bool(mine))
    assert mine[0].code == "offline"
    with qtbot.waitSignal(tasks.failed) as failed:
        tasks.command(owner, fail)
    assert failed.args[0].facts == {"cause": "unreachable"}


def test_being_cancelled_is_silent(qtbot, tasks):
    def stop():
        raise Cancelled

    told = []
    tasks.failed.connect(told.append)
    tasks.command(QObject(), stop)
    qtbot.waitUntil(tasks.is_idle)
    assert told == []


def test_a_bug_is_told_apart_from_an_expected_error(qtbot, qapp):
    tasks = Tasks()
    with qtbot.waitSignal(tasks.broke) as broke:
        tasks.command(QObject(), lambda: 1 // 0)
    tasks.close()
    assert isinstance(broke.args[0], ZeroDivisionError)


def test_an_owner_that_is_gone_gets_no_answer(qtbot, tasks):
    owner, gate, answers = QObject(), threading.Event(), []
    tasks.query(owner, gate.wait, 5, done=answers.append)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(tasks.is_idle)
    assert answers == []


def test_long_work_reports_steps_and_stops_when_told(qtbot, tasks):
    owner, steps = QObject(), []
    started = threading.Event()

    def work(progress, is_cancelled):
        n = 0
        while not is_cancelled():
            progress(n)
            n += 1
            started.set()
        return n

    done = []
    ticket = tasks.job(owner, work, done=done.append, progress=steps.append)
    qtbot.waitUntil(started.is_set)
    ticket.cancel()
    qtbot.waitUntil(lambda: bool(done))
    assert steps[:1] == [0]
    assert len(steps) == done[0]


def test_retire_runs_last_after_everything_under_way(qtbot, tasks):
    owner, gate, order, answers = QObject(), threading.Event(), [], []

    def read():
        gate.wait(5)
        order.append("read")

    tasks.query(owner, read, done=answers.append)
    tasks.command(owner, order.append, "write")
    tasks.retire(owner, lambda: order.append("close"), done=lambda _closed: answers.append("closed"))
    gate.set()
    qtbot.waitUntil(lambda: bool(answers))
    assert sorted(order[:2]) == ["read", "write"]
    assert order[2] == "close"
    assert answers == ["closed"]


def test_close_drains_commands_and_forgets_the_rest(qapp):
    tasks, done = Tasks(), []
    for n in range(5):
        tasks.command(QObject(), done.append, n)
    tasks.close()
    assert done == [0, 1, 2, 3, 4]
    tasks.command(QObject(), done.append, 99)
    assert done == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("rounds", [200])
def test_emitting_does_not_eat_true(qtbot, tasks, rounds):
    import sys

    before = sys.getrefcount(True)
    for _ in range(rounds):
        tasks.changed.emit(Changes.of(Topic.SYNC))
    assert sys.getrefcount(True) > before - 100
