"""The footage place on a real profile with real clips: import, play, step, stills, clocks, timeline, gaps."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.clock import CHINA
from inspector.domain.evidence import EvidenceKind
from inspector.domain.footage import ClockState
from tests.services.recorder import encoded
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.views.footage.anchor_dialog import AnchorDialog
from ui.views.footage.import_desk import Phase
from ui.views.footage.parts import IMPORT, PLAY, TIMELINE
from ui.views.footage.view import FootageView
from ui.widgets.text_dialog import TextDialog


@pytest.fixture(scope="session")
def card(tmp_path_factory) -> Path:
    """A card with two clips of a recorder, one cut off in its middle."""
    folder = tmp_path_factory.mktemp("card")
    encoded(folder / "DCIM" / "FILE0001.mp4", "-c:v", "libx264", "-pix_fmt", "yuv420p", seconds=4)
    whole = encoded(folder / "whole.avi", "-c:v", "mjpeg", seconds=2).read_bytes()
    (folder / "whole.avi").unlink()
    (folder / "DCIM" / "FILE0009.avi").write_bytes(whole[: len(whole) * 2 // 3])
    return folder


@pytest.fixture
def footage(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    """The footage place of a visit with two hazards, nothing taken in."""
    visit = laptop.visit(hazards=2)
    view = FootageView(laptop.app, tasks)
    stage.show(view)
    view.show_record(visit)
    stage.until(view.lists.hazards.rows)
    view.visit = visit
    return view


@pytest.fixture
def filled(footage, laptop: Laptop, stage: Stage, card):  # noqa: F811 - fixtures
    """The same after an import of the card; the first clip is shown."""
    scan = laptop.ask(laptop.app.footage.scan, card)
    laptop.ask(laptop.app.footage.take_in, footage.visit, scan.clips, device_label="记录仪 3 号")
    footage.show_record(footage.visit)
    stage.until(lambda: footage.player.shown() is not None)
    footage.show_tab(PLAY)
    return footage


def test_nothing_there_says_what_to_do(footage, stage):  # noqa: F811
    assert footage.tab() == IMPORT
    assert footage.lists.nothing.isVisible()
    assert "插入记录仪存储卡" in footage.lists.nothing.text.text()
    assert not footage.start.isEnabled()
    assert footage.start.toolTip() == "请先选择要导入的录像"
    demand_good_looks(stage.qtbot, footage)


def test_a_card_is_taken_in_and_may_be_cleared(footage, laptop, stage, card):  # noqa: F811
    pane = footage.taking_in
    pane.desk.scan(card)
    stage.until(lambda: pane.desk.phase is Phase.FOUND)
    assert len(pane.found.list.rows()) == 2
    assert footage.start.isEnabled()
    first = pane.found.list.rows()[0].id
    pane.found.list.choose(first)
    QTest.keyClick(pane.found.list, Qt.Key.Key_Space)
    assert first not in pane.desk.chosen
    QTest.keyClick(pane.found.list, Qt.Key.Key_Space)
    pane.found.label.setText("记录仪 3 号")
    demand_good_looks(stage.qtbot, footage)
    footage.start.click()
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    verdict = pane.done.verdict.verdict()
    assert verdict is not None
    assert verdict.word == "存储卡可以清空"
    assert {row.badges[0].word for row in pane.done.list.rows()} == {"已复制、读回、比对"}
    stage.until(lambda: len(footage.lists.clips.rows()) == 2)
    assert "记录仪 3 号" in footage.lists.clips.rows()[0].second
    assert laptop.ask(laptop.app.footage.recordings, footage.visit)
    demand_good_looks(stage.qtbot, footage)


def test_what_is_left_on_the_card_is_named(footage, stage, card):  # noqa: F811
    pane = footage.taking_in
    pane.desk.scan(card)
    stage.until(lambda: pane.desk.phase is Phase.FOUND)
    pane.desk.toggle(pane.found.list.rows()[1].id)
    footage.start.click()
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    verdict = pane.done.verdict.verdict()
    assert verdict is not None
    assert verdict.word == "还不能清空存储卡"
    assert "卡上还有 1 个文件没有导入" in verdict.sentence


def test_a_folder_that_is_gone_is_said(footage, stage, tmp_path):  # noqa: F811
    pane = footage.taking_in
    pane.desk.scan(tmp_path / "nothing")
    stage.until(lambda: pane.desk.error is not None)
    assert pane.sources.note.isVisible()
    assert pane.desk.phase is Phase.CHOOSING


def test_frames_one_by_one(filled, stage):  # noqa: F811
    player = filled.player
    assert player.shown().number == 0
    player.track.setFocus()
    for _ in range(3):
        QTest.keyClick(player.track, Qt.Key.Key_Right)
    stage.until(lambda: player.shown().number == 3)
    QTest.keyClick(player.track, Qt.Key.Key_Left)
    stage.until(lambda: player.shown().number == 2)
    assert player.shown().at_us == 80_000
    QTest.keyClick(player.track, Qt.Key.Key_End)
    stage.until(lambda: player.shown().number == 99)
    QTest.keyClick(player.track, Qt.Key.Key_Home)
    stage.until(lambda: player.shown().number == 0)
    assert player.clock.isVisible()
    assert player.controls.silent.text() == "声音不播放"
    demand_good_looks(stage.qtbot, filled)


def test_it_runs_and_stops(filled, stage):  # noqa: F811
    player = filled.player
    player.play.set_speed(4.0)
    player.controls.turn.click()
    assert player.controls.turn.text() == "暂停"
    stage.until(lambda: player.shown().number == 99)
    stage.until(lambda: not player.play.is_on)
    assert player.controls.turn.text() == "开始播放"


def test_a_still_lands_with_its_hazard(filled, laptop, stage):  # noqa: F811
    second = filled.lists.hazards.rows()[1].id
    filled.lists.hazards.choose(second)
    stage.until(lambda: filled.player.strip.count() == 3)
    filled.player.play.seek(1_000_000)
    stage.until(lambda: filled.player.shown().number == 25)
    filled.take.click()
    stage.until(lambda: stage.said)
    (piece,) = laptop.ask(laptop.app.evidence.of, filled.visit)
    assert piece.original.kind is EvidenceKind.STILL
    assert piece.hazard_id == second
    assert piece.still.frame == 25
    stage.until(lambda: "截图 1" in filled.lists.hazards.rows()[1].second)
    assert any(mark.kind == "still" for mark in filled.player.track.marks())


def test_a_digit_takes_a_suggestion(filled, laptop, stage):  # noqa: F811
    filled.choose_hazard(filled.lists.hazards.rows()[0].id)
    stage.until(lambda: filled.player.strip.count() == 3)
    assert "未校时" in filled.player.strip.title.text()
    QTest.keyClick(filled.player.track, Qt.Key.Key_2)
    stage.until(lambda: stage.said)
    (piece,) = laptop.ask(laptop.app.evidence.of, filled.visit)
    assert piece.hazard_id == filled.lists.hazards.rows()[0].id


def test_without_a_clock_a_storyboard_stands_there(filled, stage):  # noqa: F811
    stage.until(lambda: filled.player.strip.count() == 8)
    filled.player.strip.take(5)
    stage.until(lambda: filled.player.shown().at_us > 2_000_000)
    assert filled.tab() == PLAY


def test_a_clock_set_by_hand_ties_hazards_to_the_clip(filled, laptop, stage):  # noqa: F811
    hazard = laptop.ask(laptop.app.hazards.of, filled.visit)[0]
    filled.anchor.click()
    dialog = stage.dialog(AnchorDialog)
    dialog.moment.setText("gestern")
    dialog.verb.click()
    assert dialog._row.error()
    at = hazard.seen_at.astimezone() - timedelta(seconds=2)
    dialog.moment.setText(f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}")
    dialog.verb.click()
    stage.until(lambda: any(mark.kind == "hazard" for mark in filled.player.track.marks()))
    stage.until(lambda: filled.player.shown() is not None and filled.player.shown().taken_at is not None)
    one = laptop.ask(laptop.app.footage.recordings, filled.visit)[0]
    assert laptop.app.clapper.fit(one).state is ClockState.BY_HAND
    assert filled.lists.clips.rows()[0].badges[0].word.startswith("手工校时")
    filled.choose_hazard(hazard.id)
    stage.until(lambda: filled.player.shown().at_us > 1_500_000)


def test_a_clip_that_is_cut_says_what_can_be_read(filled, stage):  # noqa: F811
    last = filled.lists.clips.rows()[-1]
    filled.lists.clips.choose(last.id)
    stage.until(lambda: filled.player.shown() is not None or filled.player.play.info is None)
    said = filled.player.remark.text() or last.second
    assert "照常显示" in said or "原件已保存" in said


def test_what_was_not_filmed_is_explained(filled, laptop, stage):  # noqa: F811
    QTest.keyClick(filled, Qt.Key.Key_F7)
    filled.show_tab(TIMELINE)
    rows = filled.timeline.list.rows()
    assert rows[0].badges[0].word == "没有录像"
    filled.timeline.list.choose(rows[0].id)
    filled.timeline.explain_button.click()
    dialog = stage.dialog(TextDialog)
    dialog.field.setText("现场不具备条件")
    dialog.verb.click()
    stage.until(lambda: any("现场不具备条件" in row.second for row in filled.timeline.list.rows()))
    assert "没有录到" in filled.timeline.sentence.text() or "已说明" in filled.timeline.sentence.text()
    demand_good_looks(stage.qtbot, filled)


def test_the_plot_scales_and_moves(filled, stage):  # noqa: F811
    filled.show_tab(TIMELINE)
    plot = filled.timeline.plot
    whole = plot.seen()
    plot.setFocus()
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    assert plot.seen()[1] - plot.seen()[0] < whole[1] - whole[0]
    before = plot.seen()
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.seen()[0] > before[0]
    QTest.keyClick(plot, Qt.Key.Key_0)
    assert plot.seen() == whole
    assert "隐患 1" in plot.spoken()


def test_recordings_are_sorted(filled, laptop, stage):  # noqa: F811
    one = laptop.ask(laptop.app.footage.recordings, filled.visit)[0]
    filled.acts.assign(one, None)
    stage.until(lambda: filled.lists.clips.rows()[-1].badges[0].word == "未归属")
    free = laptop.ask(laptop.app.footage.unassigned)
    assert [each.id for each in free] == [one.id]
    filled.lists.clips.choose(one.clips[0].id)
    stage.until(lambda: filled.take.toolTip() == "请先归入一次检查")


@pytest.mark.parametrize("width", [1208, 820])
def test_it_fits(filled, stage, width):  # noqa: F811
    filled.window().resize(width, 600)
    stage.until(lambda: filled.is_narrow() == (width < 840))
    for tab in (PLAY, TIMELINE, IMPORT):
        filled.show_tab(tab)
        assert filled.tab() == tab
        demand_good_looks(stage.qtbot, filled)
