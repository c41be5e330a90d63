"""Messages and long work in one place: kept, counted in the strip, shown in the drawer, stopped from there."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject, Qt

from tests.ui.looks import demand_good_looks
from tests.ui.test_window import shown, unlock, window_of  # noqa: F401 - a fixture
from ui.models.work_words import line, note
from ui.notifications import MOST, Notification, Notifications
from ui.tasks import Shown, Ticket
from ui.text import words
from ui.theme.look import look
from ui.views.unlock.view import UnlockView
from ui.widgets.button import Button
from ui.works import Work, Works

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def a_note(title: str, **told) -> Notification:
    return Notification(at=NOON, title=title, **told)


def pressed(qtbot, root, word: str) -> None:
    """Press the visible button that says `word`."""
    qtbot.waitUntil(lambda: any(b.text() == word and b.isVisible() for b in root.findChildren(Button)))
    next(b for b in root.findChildren(Button) if b.text() == word and b.isVisible()).click()


class Watch:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_newest_message_stands_first_and_the_oldest_goes(qapp):
    notes = Notifications()
    for n in range(MOST + 5):
        notes.add(a_note(str(n)))
    assert len(notes.all()) == MOST
    assert notes.all()[0].title == str(MOST + 4)


def test_only_what_needs_somebody_is_waiting_and_looking_at_it_is_enough(qapp):
    notes, told = Notifications(), []
    notes.add(a_note("已保存"))
    notes.add(a_note("打印机缺纸", color="danger"))
    notes.changed.connect(lambda: told.append(notes.waiting()))
    assert notes.waiting() == 1
    notes.see()
    assert told == [0]
    assert len(notes.all()) == 2


def test_what_a_screen_says_is_kept_and_found_again(qtbot, window_of, profile):  # noqa: F811
    window = window_of(profile)
    frame = unlock(qtbot, window)
    assert frame.strip.messages.isHidden()
    done = []
    frame.go("sync")
    frame.current().say("还有 4 张只在本机", "没有丢失。", color="warn", icon="alert-triangle")
    frame.current().say("已移动 12 张到隐患 3", action=("撤销", lambda: done.append("撤销")))
    assert frame.strip.messages.text() == "需处理 1"
    toast = window._toasts._shown[-1]
    pressed(qtbot, toast, "撤销")
    assert done == ["撤销"]
    frame.go("today")
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    drawer = frame._drawer
    assert drawer.isVisible()
    assert frame.strip.messages.text() == "消息 2"
    assert drawer.width() == look().theme.u(400)
    demand_good_looks(qtbot, drawer)
    drawer.filter._parts[1].click()
    assert drawer.header.count.text() == "1"
    pressed(qtbot, drawer, "前往处理")
    assert frame.rail.current() == "sync"
    assert not drawer.isVisible()


def test_locking_forgets_the_messages(qtbot, window_of, profile):  # noqa: F811
    window = window_of(profile)
    unlock(qtbot, window).current().say("已保存")
    window.lock()
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    assert window.notes.all() == ()


def test_escape_shuts_the_drawer_and_gives_the_focus_back(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    frame = unlock(qtbot, window)
    qtbot.waitUntil(tasks.is_idle)
    button = frame.rail._items[0]
    with qtbot.waitActive(window):
        window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    frame.toggle_drawer()
    qtbot.keyClick(frame._drawer, Qt.Key.Key_Escape)
    assert not frame._drawer.isVisible()
    assert button.hasFocus()


def test_work_is_told_after_a_second_with_count_rate_and_time_left(qapp):
    work = Work(Ticket(1), Shown(lambda: "照片", lambda step: step), began=0.0)
    assert note(work) == ""
    assert line(work) == "照片"
    work.done, work.total, work.elapsed = 100, 300, 20.0
    assert line(work) == "照片 100 / 300"
    assert note(work) == "每秒 5.0　剩 40 秒"
    assert work.is_behind
    work.done, work.total = 12_000, 60_000
    assert note(work) == "每秒 600　剩 80 秒"
    work.total = 600_000
    assert note(work) == "每秒 600　剩 16 分钟"
    words().switch("en")
    assert note(work) == "600 per second　16 min left"


def test_long_work_shows_in_the_strip_and_stops_from_the_drawer(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    frame = unlock(qtbot, window)
    watch = Watch()
    frame.works._clock = watch
    frame.current()
    go, stopped = threading.Event(), threading.Event()

    def work(progress, is_cancelled):
        progress((3, 8))
        go.wait(10)
        if is_cancelled():
            stopped.set()

    owner = QObject(window)
    ticket = tasks.job(owner, work)
    tasks.show(ticket, Shown(lambda: "附加照片", lambda step: step))
    assert frame.works.running() == ()
    watch.now = 2.0
    qtbot.waitUntil(lambda: frame.strip.work.text() == "附加照片 3 / 8")
    frame.strip.work.click()
    pressed(qtbot, frame._drawer, "停止")
    go.set()
    qtbot.waitUntil(stopped.is_set)
    qtbot.waitUntil(frame.strip.work.isHidden)
    assert frame.works.running() == ()


@pytest.mark.parametrize(("theme", "zoom", "language"), [("light", 1.5, "en"), ("sunlight", 1.0, "zh_CN")])
def test_the_drawer_looks_well_everywhere(qtbot, window_of, profile, theme, zoom, language):  # noqa: F811
    window = window_of(profile)
    frame = unlock(qtbot, window)
    look().set_theme(theme)
    look().set_zoom(zoom)
    words().switch(language)
    frame.toggle_drawer()
    demand_good_looks(qtbot, frame._drawer)
    frame.current().say("还有 4 张照片只在本机，没有丢失", "联网后按 Ctrl+Shift+S 同步，已送的不会重来。", color="warn")
    demand_good_looks(qtbot, frame._drawer)
    assert frame._drawer.geometry().right() == frame.width() - 1


def test_works_forget_what_they_were_not_told_of(qapp, tasks):
    works = Works(tasks, clock=Watch())
    tasks.stepped.emit(Ticket(99), (1, 2))
    tasks.ended.emit(Ticket(99))
    assert works.running() == ()
