"""The painted widgets: models, keys, states, names for screen readers, sizes from the tokens."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEnterEvent

from tests.ui.conftest import put
from tests.ui.looks import clipped, unnamed, unreachable
from ui.theme.status import badge, due
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import NumberField, TextField
from ui.widgets.finding import FindingCard
from ui.widgets.focus_ring import FocusRing
from ui.widgets.form import Form
from ui.widgets.label import Label, Paragraph
from ui.widgets.lane import Lane
from ui.widgets.progress import Progress, grouped
from ui.widgets.rail import Rail, RailItem
from ui.widgets.rows import RowList
from ui.widgets.segment import Choice, Segment
from ui.widgets.strips import BottomStrip
from ui.widgets.tag import Tag
from ui.widgets.text_area import TextArea
from ui.widgets.toast import ToastStack


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


def test_a_toast_acts_and_is_held_while_pointed_at(qtbot, stage):
    done = []
    toast = ToastStack(stage).say("已移动", "都在。", action=("查看", lambda: done.append(1)))
    assert toast._timer.isActive()
    toast.enterEvent(QEnterEvent(QPointF(), QPointF(), QPointF()))
    assert not toast._timer.isActive()
    toast.leaveEvent(QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    with qtbot.waitSignal(toast.gone):
        toast.findChild(Button).click()
    assert done == [1]


def test_a_tag_waits_for_its_place(qtbot, stage):
    tag = Tag()
    assert tag.isHidden()
    tag.show_badge(badge("hazard.major"))
    assert not tag.isVisible()
    put(stage, tag)
    assert tag.isVisible()
    assert tag.accessibleName() == "重大"
    tag.show_badge(None)
    assert not tag.isVisible()
    tag.show_badge(badge("hazard.general"))
    assert tag.isVisible()
