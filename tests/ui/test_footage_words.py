"""Footage in words and places: clocks, lengths, verdicts, where a moment lies on a clip."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from inspector.domain.footage import Clip, ClockFit, ClockState
from inspector.domain.timeline import Span, Step, StepKind, Timeline
from inspector.errors import StorageFull
from inspector.ids import OfficerId, Sha256
from inspector.services.footage_progress import ImportReport
from ui.models.footage_marks import find_moment, moment_on
from ui.models.footage_words import clock_badge, length_word, remark_word, stream_time
from ui.models.import_words import card_verdict, refused_word
from ui.views.footage.anchor_dialog import read_moment
from ui.views.footage.plot import TimelinePlot

BEGAN = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def a_span(clip: str = "c1", *, minutes: int = 10) -> Span:
    end = BEGAN + timedelta(minutes=minutes)
    measured = ClockState.MEASURED
    return Span(
        recording_id="r", clip_id=clip, label="3 号", begins_at=BEGAN, ends_at=end, uncertainty_ms=500, state=measured
    )


def a_clip(name: str = "c1") -> Clip:
    return Clip(
        id=name,
        recording_id="r",
        ordinal=0,
        sha256=Sha256("00"),
        sm3="",
        size=1,
        mime="video/mp4",
        name=f"{name}.mp4",
        duration_us=600_000_000,
        attached_at=BEGAN,
        attached_by=OfficerId("u"),
    )


def a_timeline(*spans: Span, steps: tuple[Step, ...] = ()) -> Timeline:
    return Timeline(inspection_id="i", steps=steps, spans=spans, unplaced=(), gaps=())


def test_how_a_clock_is_known_is_a_shape_and_a_word(qapp):
    known = clock_badge(ClockFit(state=ClockState.MEASURED, uncertainty_ms=480))
    assert (known.word, known.icon) == ("已校时 ±0.5 s", "clock-check")
    assert clock_badge(ClockFit(state=ClockState.BY_HAND, uncertainty_ms=60_000)).word == "手工校时 ±60 s"
    assert clock_badge(ClockFit(state=ClockState.UNKNOWN)).word == "未校时"


@pytest.mark.parametrize(
    ("us", "word"), [(0, ""), (4_000_000, "4 秒"), (602_000_000, "10 分 2 秒"), (7_800_000_000, "2 时 10 分")]
)
def test_lengths(qapp, us, word):
    assert length_word(us) == word


def test_stream_times_and_remarks(qapp):
    assert stream_time(723_240_000, with_ms=True) == "0:12:03.240"
    assert remark_word("") == ""
    assert "照常显示" in remark_word("truncated")
    assert remark_word("something new") == "不能播放，原件已保存"


def test_a_moment_lies_on_the_clip_that_ran_then():
    timeline, clips = a_timeline(a_span("c1"), a_span("c2")), [a_clip("c1"), a_clip("c2")]
    at = BEGAN + timedelta(minutes=2)
    assert find_moment(timeline, clips, at) == ("c1", 120_000_000)
    assert find_moment(timeline, clips, at, "c2") == ("c2", 120_000_000)
    assert find_moment(timeline, clips, BEGAN - timedelta(seconds=1)) is None
    assert moment_on(a_span(minutes=10), a_clip(), BEGAN + timedelta(minutes=10)) == 600_000_000


def a_report(**told: object) -> ImportReport:
    whole = {"taken": (), "refused": (), "left": (), "is_card_clearable": False} | told
    return ImportReport(**whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"is_card_clearable": True}, "比对一致"),
        ({"is_source_gone": True}, "中途拔出"),
        ({"is_cancelled": True}, "导入已停止"),
        ({"refused": (("a.mp4", "differs"),)}, "1 个文件没有收进来"),
        ({"left": ("b.jpg",)}, "b.jpg"),
        ({"error": StorageFull(cause="")}, "磁盘已满"),
    ],
)
def test_the_card_may_be_cleared_or_it_says_why_not(qapp, told, word):
    verdict = card_verdict(a_report(**told))
    assert word in verdict.sentence
    assert verdict.is_ready is bool(told.get("is_card_clearable"))
    assert verdict.word == ("存储卡可以清空" if verdict.is_ready else "还不能清空存储卡")


def test_every_refusal_has_its_sentence(qapp):
    for reason in ("unreadable", "changed", "not_a_file", "empty", "too_large", "differs"):
        assert reason not in refused_word(reason)


@pytest.mark.parametrize("text", ["", "gestern", "2026-11-31 10:00:00", "10:00:00"])
def test_what_is_no_time_is_none(text):
    assert read_moment(text) is None


def test_times_are_read_in_china():
    assert read_moment("2026-11-22  09:13:05") == datetime(2026, 11, 22, 1, 13, 5, tzinfo=UTC)


def test_a_photo_of_another_year_does_not_squeeze_the_visit(qtbot):
    plot = TimelinePlot()
    qtbot.addWidget(plot)
    old = Step(kind=StepKind.PHOTO, at=BEGAN - timedelta(days=900))
    plot.show_timeline(a_timeline(a_span(), steps=(old, Step(kind=StepKind.STARTED, at=BEGAN))))
    assert plot.seen()[1] - plot.seen()[0] < 3_600_000


def test_days_fit_the_axis_too(qtbot):
    plot = TimelinePlot()
    plot.resize(800, 240)
    qtbot.addWidget(plot)
    late = Step(kind=StepKind.SERVED, at=BEGAN + timedelta(days=400))
    plot.show_timeline(a_timeline(a_span(), steps=(late,)))
    assert not plot.grab().isNull()
