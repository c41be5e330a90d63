"""The painted widgets: models, keys, states, names for screen readers, sizes from the tokens."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QStyleOptionViewItem, QVBoxLayout, QWidget

from tests.ui.looks import clipped, unnamed, unreachable
from ui.theme.look import look
from ui.theme.status import badge, due
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import NumberField, TextArea, TextField
from ui.widgets.finding import FindingCard
from ui.widgets.focus_ring import FocusRing
from ui.widgets.form import Form
from ui.widgets.label import Label, Paragraph
from ui.widgets.lane import Lane
from ui.widgets.photos import Photo, PhotoGrid, PhotoGroup
from ui.widgets.progress import Progress, grouped
from ui.widgets.rail import Rail, RailItem
from ui.widgets.rows import Row, RowList, RowModel
from ui.widgets.search_list import SearchList
from ui.widgets.segment import Choice, Segment
from ui.widgets.strips import BottomStrip
from ui.widgets.thumbs import Thumbs
from ui.widgets.toast import ToastStack

HAZARDS = [
    Row(id="a", ordinal="1", title="安全出口被货物堵塞", second="一层东侧", badges=(badge("hazard.general"),)),
    Row(id="b", ordinal="2", title="易燃液体与锂电池混放", second="三层", badges=(badge("hazard.major"),)),
    Row(id="c", ordinal="3", title="消火栓被遮挡", second="二层", badges=(badge("hazard.general"),)),
]


@pytest.fixture
def stage(qtbot):
    """A window to put widgets in."""
    window = QWidget()
    window.resize(900, 600)
    window.column = QVBoxLayout(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def put(stage, *widgets):
    for widget in widgets:
        stage.column.addWidget(widget)
        widget.show()
    return widgets[0]


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


def test_badges_of_deadlines():
    today = date(2026, 11, 22)
    assert due(None, today).word == "立即整改"
    assert due(date(2026, 11, 21), today).word == "逾期 1 天"
    assert due(date(2026, 11, 22), today).word == "今天到期"
    assert due(date(2026, 11, 25), today).word == "剩 3 天"
    assert due(date(2026, 11, 26), today).word == "11-26 前"
    assert not badge("hazard.major").bare().has_box


def test_buttons_are_pressed_by_mouse_and_keys_and_refuse_with_a_reason(qtbot, stage):
    pressed = []
    button = put(stage, Button("核发", kind="primary", key="F8", on_click=lambda: pressed.append(1)))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(button, key)
    assert pressed == [1, 1, 1]
    assert button.height() == 36
    button.refuse("还有 2 项必须处理")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert pressed == [1, 1, 1]
    assert (button.toolTip(), button.accessibleDescription()) == ("还有 2 项必须处理", "还有 2 项必须处理")
    button.allow()
    assert button.isEnabled()


def test_a_segment_chooses_by_mouse_and_arrows_and_never_moves(qtbot, stage):
    segment = put(stage, Segment([Choice("g", "一般"), Choice("m", "重大"), Choice("x", "其他")], name="等级"))
    chosen, wide = [], segment.sizeHint()
    segment.chosen.connect(chosen.append)
    assert segment.value() == ""
    segment.set_value("g")
    assert (segment.value(), chosen) == ("g", [])
    segment.setFocus()
    qtbot.keyClick(stage.focusWidget(), Qt.Key.Key_Right)
    assert (segment.value(), chosen) == ("m", ["m"])
    assert segment.sizeHint() == wide
    segment.set_choices([Choice("g", "General"), Choice("m", "Major"), Choice("x", "Other")])
    assert segment.value() == "m"
    segment.set_value("")
    assert segment.value() == ""


def test_a_field_drafts_while_typing_and_commits_once_when_left(qtbot, stage):
    field, other = TextField(name="隐患描述"), TextField(name="位置")
    put(stage, field, other)
    drafts, commits = [], []
    field.drafted.connect(drafts.append)
    field.committed.connect(commits.append)
    field.set_value("旧")
    assert (drafts, commits) == ([], [])
    field.setFocus()
    field.end(False)
    qtbot.keyClicks(field, "abc")
    qtbot.waitUntil(lambda: drafts == ["旧abc"])
    assert commits == []
    other.setFocus()
    assert commits == ["旧abc"]
    other.setFocus()
    field.flush()
    assert commits == ["旧abc"]


def test_a_reload_never_overwrites_what_is_being_typed(qtbot, stage):
    for field in (TextField(name="a"), TextArea(name="b")):
        put(stage, field)
        field.set_value("从库里来")
        field.setFocus()
        qtbot.keyClicks(field, "x")
        field.set_value("从别处来")
        assert "x" in field.value()
        field.flush()
        field.set_value("从别处来")
        assert field.value() == "从别处来"


def test_days_step_by_arrows_within_their_range(qtbot, stage):
    field = put(stage, NumberField(1, 30, name="整改期限"))
    commits = []
    field.committed.connect(commits.append)
    field.set_value("29")
    field.setFocus()
    for _ in range(3):
        qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.number() == 30
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commits == ["30"]
    field.set_value("")
    assert field.number() is None


def test_a_form_row_tells_errors_and_unsaved(qtbot, stage):
    form = put(stage, Form())
    row = form.add("代码", TextField(), hint="18 位")
    row.show_error("信用代码应为 18 位，现有 17 位")
    assert row.field.property("error") is True
    assert row.field.accessibleDescription() == "信用代码应为 18 位，现有 17 位"
    assert form.first_error() is row
    row.clear_error()
    assert (row.field.property("error"), row.field.accessibleDescription()) == (False, "18 位")
    row.show_unsaved(True)
    assert row._note.text() == "未保存"
    assert form.first_error() is None


def test_labels_wrap_and_elide(qtbot, stage):
    label = put(stage, Label("示例辛涉氨冷链食品加工与仓储物流配送（示例）股份有限公司"))
    label.setFixedWidth(80)
    qtbot.waitUntil(lambda: label.toolTip() == label.text())
    whole = put(stage, Label("2026-12-11 周五前", elide=False))
    assert whole.minimumSizeHint().width() >= whole.text_width()
    paragraph = Paragraph("执法人员" * 30)
    assert paragraph.heightForWidth(300) == 24 * paragraph.heightForWidth(300) // 24
    assert paragraph.heightForWidth(300) > paragraph.heightForWidth(900)


def test_progress_and_lanes_say_their_counts(stage):
    bar, lane = Progress(), Lane("照片", icon="photo")
    put(stage, bar, lane)
    bar.show_progress("照片", 296, 300)
    assert bar.accessibleName() == "照片 296 / 300"
    lane.show_state(4812, 4812, badge=badge("send.r2"))
    assert lane.accessibleName() == "照片，4812 / 4812，已核验"
    assert grouped(4812) == "4\u2009812"
    assert not lane.grab().isNull()


def test_a_finding_jumps_by_mouse_and_enter(qtbot, stage):
    card = put(stage, FindingCard(code="E103", severity="error", title="缺少确认", text="草稿已保存。", link="去确认"))
    followed, selected = [], []
    card.followed.connect(followed.append)
    card.selected.connect(selected.append)
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
    assert followed == ["E103", "E103"]
    assert selected == ["E103"]


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


def test_the_rail_is_walked_by_keys(qtbot, stage):
    rail = put(stage, Rail())
    rail.set_items([RailItem("today", "今日", "calendar-event"), RailItem("sync", "同步", "cloud-up")])
    rail.set_current("today")
    chosen = []
    rail.chosen.connect(chosen.append)
    qtbot.waitUntil(rail._items[1].isVisible)
    rail._items[0].setFocus()
    qtbot.keyClick(rail._items[0], Qt.Key.Key_Down)
    qtbot.keyClick(stage.focusWidget(), Qt.Key.Key_Return)
    assert (chosen, rail.current()) == (["sync"], "sync")
    rail.set_collapsed(True)
    assert rail.width() == 56


def test_the_focus_ring_follows_and_hides(qtbot, stage):
    ring = FocusRing(stage)
    button, field = Button("一"), TextField(name="二")
    put(stage, button, field)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    assert ring.geometry().contains(button.geometry())
    field.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(lambda: ring.geometry().contains(field.geometry()))
    field.hide()
    qtbot.waitUntil(lambda: not ring.isVisible() or not ring.geometry().contains(field.geometry()))


def test_a_dialog_begins_at_cancel_and_asks_once(qtbot, stage):
    yes = []
    dialog = Dialog.ask(stage, title="作废 1号？", text="编号不再使用。", verb="作废", on_yes=lambda: yes.append(1))
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.focusWidget() is dialog.cancel
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    qtbot.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert yes == [1]
    second = Dialog.ask(stage, title="作废 2号？", text="", verb="作废", on_yes=lambda: yes.append(2))
    qtbot.waitUntil(second.isVisible)
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    assert yes == [1]


def test_at_most_two_toasts(qtbot, stage):
    toasts = ToastStack(stage)
    for n in range(4):
        toasts.say(f"第 {n} 条", "都已保存。")
    assert [t.accessibleName() for t in toasts._shown] == ["第 2 条", "第 3 条"]
    for toast in list(toasts._shown):
        toast.close()
    assert toasts._shown == []


def test_all_parts_have_names_and_can_be_reached(qtbot, stage):
    put(stage, Button("新隐患", key="F2"), CheckBox("已告知"), TextField(name="描述"), RowList(name="隐患"))
    put(stage, BottomStrip(primary=Button("核发", kind="primary"), others=[Button("存草稿")]))
    assert unnamed(stage) == []
    assert unreachable(stage) == []
    assert clipped(stage) == []
    nameless = put(stage, TextField())
    assert len(unnamed(stage)) == 1
    nameless.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    assert len(unreachable(stage)) == 1
    narrow = put(stage, Button("很长很长的名字"))
    narrow.setFixedWidth(40)
    assert len(clipped(stage)) == 1
