"""Imports that don't go straight: pulled out and gone on with, paused, stopped, refused files."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from inspector.services.footage_copy import Source
from tests.services.recorder import MIB, Scratched, a_film, pulled_after
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.views.footage.import_desk import Phase
from ui.views.footage.import_pane import ImportPane
from ui.widgets.view import View


@pytest.fixture
def pane(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    """The import pane of an open visit."""
    view = View()
    made = ImportPane(laptop.app, tasks)
    view.work.addWidget(made)
    stage.show(view)
    made.show_site(laptop.visit(), "示例甲仓储有限公司")
    return made


@pytest.fixture
def card(tmp_path):
    """A card with three films of a few MiB."""
    for n in range(3):
        a_film(tmp_path / "card" / "DCIM" / f"F{n}.mp4", 3 * MIB + n, seed=n, began=None)
    return tmp_path / "card"


def find(pane, stage, card):  # noqa: F811
    pane.desk.scan(card)
    stage.until(lambda: pane.desk.phase is Phase.FOUND)


def verdict(pane):
    told = pane.done.verdict.verdict()
    assert told is not None
    return told


def test_a_pulled_card_is_gone_on_with(pane, laptop, stage, card, tmp_path):  # noqa: F811
    find(pane, stage, card)
    laptop.app.footage._open_source = pulled_after(4 * MIB, tmp_path / "gone")
    pane.begin()
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    assert verdict(pane).word == "还不能清空存储卡"
    assert "存储卡中途拔出" in verdict(pane).sentence
    (tmp_path / "gone").rename(card)
    laptop.app.footage._open_source = Source
    pane.done.again.click()
    stage.until(lambda: any("可以继续" in row.second for row in pane.sources.list.rows()))
    demand_good_looks(stage.qtbot, pane)
    row = next(row for row in pane.sources.list.rows() if "没有导入完" in row.title)
    pane.sources.list.choose(row.id)
    QTest.keyClick(pane.sources.list, Qt.Key.Key_Return)
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    whole = laptop.ask(laptop.app.footage.pending)
    assert whole == []


def test_pausing_holds_it_and_stopping_keeps_what_is_here(pane, laptop, stage, card):  # noqa: F811
    find(pane, stage, card)
    pane.begin()
    pane.desk.pause()
    assert pane.desk.is_paused
    stage.until(lambda: pane.desk.step is not None and pane.desk.step.is_paused)
    assert pane.running.pause.text() == "继续"
    assert "已暂停" in pane.running.bar.accessibleName()
    demand_good_looks(stage.qtbot, pane)
    pane.desk.stop()
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    assert "随时可以从断点继续" in verdict(pane).sentence
    assert laptop.ask(laptop.app.footage.pending)


def test_a_file_that_cannot_be_read_is_named(pane, laptop, stage, card):  # noqa: F811
    (card / "DCIM" / "F1.mp4").rename(card / "DCIM" / Scratched.name)
    find(pane, stage, card)
    laptop.app.footage._open_source = Scratched
    pane.begin()
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    assert verdict(pane).word == "还不能清空存储卡"
    first = pane.done.list.rows()[0]
    assert Scratched.name in first.title
    assert "存储卡可能有坏处" in first.second
    assert len(laptop.ask(laptop.app.footage.recordings, pane._inspection_id)) == 2


def test_footage_may_belong_to_no_inspection_yet(pane, laptop, stage, card):  # noqa: F811
    find(pane, stage, card)
    pane.found.is_ours.setChecked(False)
    pane.begin()
    stage.until(lambda: pane.desk.phase is Phase.DONE)
    assert len(laptop.ask(laptop.app.footage.unassigned)) == 3
