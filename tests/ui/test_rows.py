"""Lists and grids: what they tell Qt and a screen reader, how keys walk over them, how they are drawn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem

from tests.ui.conftest import put
from ui.theme.look import look
from ui.theme.status import badge
from ui.widgets.painted import elided, text_width
from ui.widgets.photos import Photo, PhotoGrid, PhotoGroup
from ui.widgets.rows import ROW_ROLE, Row, RowList, RowModel
from ui.widgets.search_list import SearchList
from ui.widgets.thumbs import KEPT, Thumbs

HAZARDS = [
    Row(id="a", ordinal="1", title="安全出口被货物堵塞", second="一层东侧", badges=(badge("hazard.general"),)),
    Row(id="b", ordinal="2", title="易燃液体与锂电池混放", second="三层", badges=(badge("hazard.major"),)),
    Row(id="c", ordinal="3", title="消火栓被遮挡", second="二层", badges=(badge("hazard.general"),)),
]


def test_row_model_keeps_its_promises_to_qt(qapp):
    model = RowModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert model.set_rows(HAZARDS)
    assert not model.set_rows(HAZARDS)
    assert model.set_rows(HAZARDS[1:])
    assert model.set_rows([])
    assert tester.model() is model


def test_a_refresh_repaints_only_what_differs(qtbot, qapp):
    model = RowModel()
    model.set_rows(HAZARDS)
    changed = [HAZARDS[0], Row(id="b", ordinal="2", title="改了"), HAZARDS[2]]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.set_rows(changed)
    assert told.args[0].row() == 1
    assert model.index(1).data() == "改了"


def test_a_row_says_all_of_itself(qapp):
    model = RowModel()
    model.set_rows(HAZARDS)
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "2，易燃液体与锂电池混放，重大，三层"


def test_rows_are_as_high_as_the_tokens_say(stage):
    for height, px in (("rowSingle", 40), ("rowDouble", 48), ("rowTask", 104)):
        rows = put(stage, RowList(height=height, name="x"))
        rows.set_rows(HAZARDS)
        hint = rows.itemDelegate().sizeHint(QStyleOptionViewItem(), rows.model().index(0, 0))
        assert hint.height() == px
        look().set_theme("sunlight")
        assert rows.itemDelegate().sizeHint(QStyleOptionViewItem(), rows.model().index(0, 0)).height() == px * 1.25
        look().set_theme("light")


def test_a_width_kept_is_the_font_s_own_even_if_the_font_changes_later(qapp):
    font, text = QFont(look().theme.font("body")), "安全出口被货物堵塞，疏散通道宽度不足"
    for pixels in (14, 28, 14):
        font.setPixelSize(pixels)
        metrics = QFontMetricsF(font)
        assert text_width(text, font) == metrics.horizontalAdvance(text)
        assert elided(text, font, 90.0) == metrics.elidedText(text, Qt.TextElideMode.ElideRight, 90.0)


def test_a_list_is_walked_by_keys_and_keeps_its_place(qtbot, stage):
    rows = put(stage, RowList(name="隐患"))
    chosen, opened = [], []
    rows.chosen.connect(chosen.append)
    rows.opened.connect(opened.append)
    rows.set_rows(HAZARDS, choose="a")
    assert chosen == []
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert (chosen, opened) == (["b"], ["b"])
    rows.set_rows([HAZARDS[2], HAZARDS[1]])
    assert rows.current() == "b"
    assert chosen == ["b"]


@pytest.mark.parametrize("theme", ["light", "dark", "sunlight"])
@pytest.mark.parametrize("width", [300, 860])
def test_rows_are_drawn_in_every_theme_and_width(qtbot, stage, theme, width):
    look().set_theme(theme)
    rows = put(stage, RowList(name="隐患"))
    rows.setFixedWidth(width)
    rows.set_rows(HAZARDS, choose="b")
    image = rows.grab().toImage()
    top = rows.visualRect(rows.model().index(1, 0))
    ground = image.pixelColor(top.right() - 2, top.top() + 3)
    assert ground.name() == look().theme.color("selected").name()


def test_search_goes_from_field_to_list_and_back(qtbot, stage):
    find = put(stage, SearchList(placeholder="x", name="单位"))
    qtbot.waitUntil(find.list.isVisible)
    searched, chosen = [], []
    find.searched.connect(searched.append)
    find.chosen.connect(chosen.append)
    find.show_rows(HAZARDS)
    find.field.setFocus()
    qtbot.keyClicks(find.field, "yp")
    qtbot.waitUntil(lambda: searched == ["yp"])
    qtbot.keyClick(find.field, Qt.Key.Key_Down)
    assert find.list.hasFocus(), (stage.isActiveWindow(), stage.focusWidget(), find.list.isVisible(), find.list.rows())
    qtbot.keyClick(find.list, Qt.Key.Key_Down)
    qtbot.keyClick(find.list, Qt.Key.Key_Return)
    assert chosen == ["b"]
    qtbot.keyClick(find.list, Qt.Key.Key_Up)
    qtbot.keyClick(find.list, Qt.Key.Key_Up)
    assert find.field.hasFocus()
    find.show_rows([], nothing="没有找到")
    assert find.empty.isVisible()


def test_photos_are_walked_over_headings(qtbot, stage, tasks):
    thumbs = Thumbs(tasks, lambda _sha, _edge: b"not a picture")
    grid = put(stage, PhotoGrid(thumbs, name="照片"))
    tester = QAbstractItemModelTester(grid.model_of_photos, QAbstractItemModelTester.FailureReportingMode.Warning)
    chosen, deleted = [], []
    grid.chosen.connect(chosen.append)
    grid.deleted.connect(deleted.append)
    first = tuple(Photo(id=f"p{n}", sha256=f"{n}", time="09:12:41") for n in range(3))
    grid.set_groups(
        [PhotoGroup("隐患 1", first), PhotoGroup("未归属", (Photo(id="q", sha256="9"),), "warn")], choose="p2"
    )
    grid.setFocus()
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert chosen[-1:] == ["q"]
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert deleted == ["q"]
    assert not grid.grab().isNull()
    qtbot.waitUntil(lambda: thumbs.is_broken("9"))
    assert tester.model() is grid.model_of_photos


@pytest.mark.parametrize("theme", ["light", "sunlight"])
def test_task_rows_give_long_names_the_width(qtbot, stage, theme):
    look().set_theme(theme)
    rows = put(stage, RowList(height="rowTask", name="检查"))
    long = "示例辛涉氨冷链食品加工与仓储物流配送（示例）股份有限公司示例区第二分公司"
    status = (badge("law.valid"),)
    rows.set_rows(
        [
            Row(id="a", lead="09:00", title=long, second="隐患 6", third="地址", badges=status, facts=("4 页",)),
            Row(id="b", lead="10:30", title="示例乙", beside="复查", second="", third="x", badges=status),
            Row(id="c", icon="file-text", title="示例丙", thumb="", is_dim=True),
        ],
        choose="b",
    )
    stage.resize(700, 600)
    assert not rows.grab().isNull()
    assert rows.model().index(0, 0).data(ROW_ROLE).spoken() == f"09:00，{long}，现行有效，4 页，隐患 6，地址"


def test_pictures_arrive_from_the_work_thread(qtbot, stage, tasks):
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    raw = QBuffer()
    raw.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(raw, "JPEG")
    jpeg, asked = bytes(raw.data()), []

    def load(sha256, _edge):
        asked.append(sha256)
        return jpeg

    thumbs = Thumbs(tasks, load)
    assert thumbs.picture("a", 45, 36, 1.5) is None
    assert thumbs.picture("a", 45, 36, 1.5) is None
    with qtbot.waitSignal(thumbs.arrived):
        pass
    made = thumbs.picture("a", 45, 36, 1.5)
    assert (made.width(), made.height(), made.devicePixelRatio()) == (68, 54, 1.5)
    assert asked == ["a"]
    assert thumbs.picture("a", 45, 36, 1.5) is made


def test_more_pictures_than_are_kept_are_all_drawn(qtbot, stage, tasks):
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    raw = QBuffer()
    raw.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(raw, "JPEG")
    thumbs = Thumbs(tasks, lambda _sha256, _edge: bytes(raw.data()))
    shown = [f"photo {n}" for n in range(2 * KEPT)]

    def missing() -> list[str]:
        return [one for one in shown if thumbs.picture(one, 45, 36, 1.0) is None]

    qtbot.waitUntil(lambda: not missing())
    assert len(thumbs._images) <= KEPT
