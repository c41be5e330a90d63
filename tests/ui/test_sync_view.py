"""The sync screen: every verdict with a stand-in for the service, and one run against a real headquarters."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from inspector.app import unlock
from inspector.crypto.unlock import MINIMUM
from inspector.domain.notice import ON_EVERY_VISIT, Lease
from inspector.errors import HqUntrusted, InvalidInput, Offline
from inspector.profile import Account, create, founding_of
from inspector.services.sync import Receipted, SyncState
from inspector.store.transfers import Backlog
from inspector.sync import enrol
from inspector.sync.progress import Lane, LaneProgress, Refused, Stage, SyncProgress, SyncReport
from inspector.sync.progress import SyncState as Outcome
from tests.builders import LI, PASSPHRASE, PIN, ZHANG
from tests.services.visit import a_photo
from tests.sync.conftest import Headquarters
from tests.ui.conftest import aside
from tests.ui.laptop import Stage as Show
from tests.ui.laptop import laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks, flashes
from ui.states import sync_badges
from ui.text import words
from ui.theme.look import look
from ui.views.sync.view import SyncView
from ui.widgets.text_dialog import TextDialog

SEEN_AT = datetime(2026, 11, 22, 10, 2, 31, tzinfo=UTC)
EMPTY = Backlog(
    entries=0,
    entries_total=40,
    notices=0,
    notices_total=4,
    photos=0,
    photos_total=12,
    files_bytes=0,
    waiting_since_ms=0,
)
WAITING = replace(EMPTY, entries=4, notices=1, photos=4, files_bytes=12_000_000)
KEY = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def a_state(backlog: Backlog = WAITING, **fields: Any) -> SyncState:
    told = {
        "backlog": backlog,
        "is_handover_ready": backlog.is_empty,
        "last_sync_at": SEEN_AT if backlog.is_empty else None,
        "hq_url": "https://hq.example",
        "can_sync": True,
    }
    return SyncState(**(told | fields))


def a_report(state: Outcome = Outcome.DONE, backlog: Backlog = EMPTY, **fields: Any) -> SyncReport:
    told = {
        "state": state,
        "error": None,
        "sent_entries": 4,
        "sent_files": 5,
        "sent_bytes": 12_000_000,
        "wasted_bytes": 0,
        "receipts": 6,
        "adopted": 0,
        "leased": 0,
        "refused": (),
        "backlog": backlog,
        "is_handover_ready": backlog.is_empty,
        "seconds": 168.0,
    }
    return SyncReport(**(told | fields))


def a_step(photos: int = 3, remaining: int | None = 4) -> SyncProgress:
    lanes = (
        LaneProgress(lane=Lane.ENTRIES, done=4, total=4, done_bytes=4_000, total_bytes=4_000),
        LaneProgress(lane=Lane.NOTICES, done=1, total=1, done_bytes=90_000, total_bytes=90_000),
        LaneProgress(lane=Lane.PHOTOS, done=photos, total=4, done_bytes=9_000_000, total_bytes=12_000_000),
    )
    return SyncProgress(stage=Stage.PHOTOS, lanes=lanes, rate=11_200_000, remaining_s=remaining, receipts=4)


class FakeSync:
    """Stands in for SyncService: tells what it is given, runs until it is let go."""

    def __init__(self) -> None:
        self.told = a_state()
        self.receipted: list[Receipted] = []
        self.steps: list[SyncProgress] = []
        self.ends: SyncReport | Exception = a_report()
        self.goes_on = threading.Event()
        self.urls: list[str] = []
        self.was_cancelled = False

    def state(self) -> SyncState:
        return self.told

    def receipts(self, limit: int = 50) -> list[Receipted]:
        return self.receipted[:limit]

    def set_url(self, url: str) -> None:
        self.urls.append(url)
        self.told = replace(self.told, hq_url=url)

    def run(self, progress: Callable[[SyncProgress], None], is_cancelled: Callable[[], bool]) -> SyncReport:
        for step in self.steps:
            progress(step)
        while not self.goes_on.wait(0.01):
            if is_cancelled():
                self.was_cancelled = True
                return a_report(Outcome.CANCELLED, WAITING)
        if isinstance(self.ends, Exception):
            raise self.ends
        return self.ends


@pytest.fixture
def fake() -> FakeSync:
    return FakeSync()


@pytest.fixture
def screen(fake, tasks, stage) -> Iterator[Callable[..., SyncView]]:  # noqa: F811 - fixtures
    def make(width: int = 1280) -> SyncView:
        leases = [
            Lease(
                id="a",
                office_id="o",
                form=form,
                year=2026,
                first=1,
                last=50,
                next_number=2,
                expires_on=SEEN_AT.date(),
            )
            for form in ON_EVERY_VISIT
        ]
        services = SimpleNamespace(sync=fake, audit=SimpleNamespace(leases=lambda: leases))
        view, opened = flashes(lambda: SyncView(services, tasks))
        assert opened == []
        stage.show(view, width=width)
        view.show_record("")
        view.setFocus()
        stage.until(lambda: view._reading is not None)
        return view

    yield make
    fake.goes_on.set()


def test_what_is_only_here_is_said_in_words(stage, screen):  # noqa: F811
    view = screen()
    told = view.verdict.verdict()
    assert told.word == "还不能交接"
    assert told.sentence == "还有 4 条记录、1 份文书、4 张照片只在本机。没有网络也不会丢失，联网后从断点继续。"
    assert not told.is_ready
    assert "差 4" in view.lanes[Lane.PHOTOS].accessibleName()
    assert view._numbers_title.text() == "编号还剩 147 个"
    assert view._no_receipts.isVisible()


def test_everything_sent_may_be_handed_over(stage, screen, fake):  # noqa: F811
    fake.told = a_state(EMPTY)
    fake.receipted = [
        Receipted(kind="r2", ref="7c1e90ab" * 8, signed_at=SEEN_AT),
        Receipted(kind="r1", ref="1-40@1795312800000", signed_at=SEEN_AT),
    ]
    view = screen()
    told = view.verdict.verdict()
    assert told.word == "可以交接"
    assert told.is_ready
    assert told.figure == "18:02:31"
    assert [row.title for row in view.receipts.rows()] == ["文件 7c1e90ab", "检查记录 1–40"]
    assert [row.badges[0].word for row in view.receipts.rows()] == ["已核验", "已收存"]
    assert "已核验" in view.lanes[Lane.PHOTOS].accessibleName()


def test_a_laptop_that_was_only_unlocked_since_may_be_handed_over(stage, screen, fake):  # noqa: F811
    fake.told = a_state(replace(EMPTY, unlocks=1))
    told = screen().verdict.verdict()
    assert (told.word, told.is_ready) == ("可以交接", True)
    assert told.sentence == "检查、文书和照片全部送达，签名均已核对。解锁记录随下次同步送出。"
    assert [badge.word for badge in sync_badges(fake.told, SEEN_AT)] == ["全部送达"]


def test_start_with_the_key_watch_and_end(stage, screen, fake):  # noqa: F811
    fake.steps = [a_step()]
    view = screen()
    stage.qtbot.keyClick(view.start, Qt.Key.Key_S, KEY)
    stage.until(view.is_running)
    stage.until(lambda: view._step is not None)
    told = view.verdict.verdict()
    assert told.sentence == "还有 1 张照片只在本机，约 4 秒后送完。现在断开也不会丢失。"
    assert told.figure == "11.2 MB/秒"
    assert "11 / 12" in view.lanes[Lane.PHOTOS].accessibleName()
    assert "9.0 MB / 12.0 MB" in view.lanes[Lane.PHOTOS].accessibleName()
    assert "断点可续" in view.lanes[Lane.PHOTOS].accessibleName()
    assert view.start.isHidden()
    fake.told = a_state(EMPTY)
    fake.goes_on.set()
    stage.until(lambda: view.verdict.verdict().is_ready)
    assert view.verdict.verdict().note == "用时 2 分 48 秒"
    assert view.stop.isHidden()


def test_stopping_says_that_nothing_is_lost(stage, screen, fake):  # noqa: F811
    fake.steps = [a_step()]
    view = screen()
    view.start.click()
    stage.until(view.is_running)
    stage.qtbot.keyClick(view.stop, Qt.Key.Key_Escape)
    stage.until(lambda: not view.is_running())
    assert fake.was_cancelled
    assert "已停止，已送的不会重来" in view.verdict.verdict().sentence


def test_offline_is_said_calmly(stage, screen, fake):  # noqa: F811
    fake.ends = a_report(Outcome.INTERRUPTED, WAITING, error=Offline(cause="refused"))
    view = screen()
    view.start.click()
    fake.goes_on.set()
    stage.until(lambda: "连不上总部" in view.verdict.verdict().sentence)
    told = view.verdict.verdict()
    assert "全部内容保存在本机" in told.sentence
    assert told.word == "还不能交接"
    assert not told.is_ready


@pytest.mark.parametrize("error", [HqUntrusted(reason="server_key"), InvalidInput(field="url", reason="malformed")])
def test_a_refused_run_says_why(stage, screen, fake, error):  # noqa: F811
    fake.ends = error
    view = screen()
    view.start.click()
    fake.goes_on.set()
    stage.until(lambda: not view.is_running())
    words_of = {"hq_untrusted": "密钥与登记时不同", "invalid_input": "总部地址写法不对"}
    assert words_of[error.code] in view.verdict.verdict().sentence
    assert view.start.isVisible()


def test_what_was_refused_is_listed(stage, screen, fake):  # noqa: F811
    fake.ends = a_report(Outcome.DONE, WAITING, refused=(Refused(kind="blob", ref="ab" * 32, why="denied"),))
    view = screen()
    view.start.click()
    fake.goes_on.set()
    stage.until(view.refused.isVisible)
    row = view.refused.rows()[0]
    assert (row.title, row.second) == ("文件 abababababab", "总部没有接受")
    assert "有 1 项没有送成" in view.verdict.verdict().sentence


def test_a_training_bureau_has_no_headquarters(laptop, tasks, stage):  # noqa: F811
    view = SyncView(laptop.app, tasks)
    stage.show(view)
    view.show_record("")
    stage.until(lambda: view._reading is not None)
    assert view.verdict.verdict().word == "培训单位没有总部"
    assert not view.start.isEnabled()
    assert view.start.toolTip() == "培训单位没有总部"
    assert view._lane_card.isHidden()
    view.run()
    assert not view.is_running()


def test_without_an_address_it_is_asked_for(stage, screen, fake):  # noqa: F811
    fake.told = a_state(hq_url="")
    view = screen()
    view.start.click()
    dialog = stage.dialog(TextDialog)
    stage.type(dialog.field, "https://hq.example")
    dialog.verb.click()
    stage.until(lambda: fake.urls == ["https://hq.example"])
    stage.until(lambda: view._reading.state.hq_url == "https://hq.example")
    assert not view.is_running()


@pytest.mark.parametrize(("theme", "width"), [("light", 853), ("light", 1280), ("sunlight", 1280)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_width_shows_every_word(stage, screen, fake, theme, width, language):  # noqa: F811
    look().set_theme(theme)
    words().switch(language)
    fake.steps = [a_step()]
    fake.receipted = [Receipted(kind="r2", ref="7c1e90ab" * 8, signed_at=SEEN_AT)]
    view = screen(width)
    demand_good_looks(stage.qtbot, view)
    view.start.click()
    stage.until(lambda: view._step is not None)
    demand_good_looks(stage.qtbot, view)
    assert view.window().width() == width


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    made = aside(Headquarters.found, tmp_path / "hq")
    yield made
    aside(made.close)


def enrolled(profile: Path, hq: Headquarters) -> None:
    told = enrol.request(hq.url, hq.code(), "示例-02")
    accounts = tuple(Account(officer_id=one, passphrase=PASSPHRASE, pin=PIN) for one in (ZHANG, LI))
    create(profile, founding_of(told, accounts, url=hq.url, cost=MINIMUM, pin_cost=MINIMUM))


def test_a_real_headquarters_receipts_everything(headquarters, tasks, stage: Show, tmp_path):  # noqa: F811
    profile = tmp_path / "enrolled"
    aside(enrolled, profile, headquarters)
    app = aside(partial(unlock, profile, ZHANG, PASSPHRASE))
    visit = aside(app.inspections.start, "site-sample-01", (ZHANG, LI)).made
    aside(partial(app.evidence.attach, visit, aside(a_photo, tmp_path / "photo.jpg")))
    view = SyncView(app, tasks)
    stage.show(view)
    view.show_record("")
    stage.until(lambda: view._reading is not None)
    assert view.verdict.verdict().word == "还不能交接"
    view.start.click()
    stage.until(lambda: not view.is_running() and view.verdict.verdict().is_ready)
    assert view.verdict.verdict().word == "可以交接"
    stage.until(lambda: len(view.receipts.rows()) >= 2)
    stage.until(tasks.is_idle)
    tasks.close()
    aside(app.close)
