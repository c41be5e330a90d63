"""Narrow, low and bright: dialogs stay in the window, names and refusals stay whole, roles are told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit

from inspector.card import UserCard
from inspector.errors import StoreTooNew
from tests.ui.conftest import put
from ui.looking import clipped, fitting, wording
from ui.looking.painted_text import painted_texts
from ui.looking.scene import Scene
from ui.text import words
from ui.theme.look import look
from ui.views.unlock.people import PeopleRow
from ui.views.unlock.trouble import TroubleView
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.finding import FindingCard
from ui.widgets.form import NoteLine
from ui.widgets.label import Paragraph, wrapped
from ui.widgets.painted import ELLIPSIS
from ui.widgets.panel import ScrollPane, Surface
from ui.widgets.role import say_role
from ui.widgets.rows import Row, RowList
from ui.widgets.strips import StatusStrip

FIRM = "示例辛涉氨冷链食品加工与仓储物流配送（示例）股份有限公司示例区第二分公司"
LOW = QSize(700, 480)


def role_of(widget):
    return QAccessible.queryAccessibleInterface(widget).role()


@pytest.mark.parametrize("theme", ["light", "sunlight"])
def test_a_dialog_never_outgrows_its_window(qtbot, stage, theme):
    look().set_theme(theme)
    stage.resize(LOW)
    dialog = Dialog(stage, title="作废 示应急责改〔2026〕0311？" * 2, text="编号记为“废”。" * 6, verb="作废", width=720)
    dialog.column.addWidget(Paragraph("隐患\n" * 30))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    assert fitting.find(Scene(dialog)) == []
    assert clipped.find(Scene(dialog)) == []
    dialog.show_error("第二名执法人员的 PIN 不对，还能再试 4 次；文书仍是草稿，内容不会丢失，可以稍后再确认")
    qtbot.waitUntil(lambda: not clipped.find(Scene(dialog)))
    assert fitting.find(Scene(dialog)) == []
    assert role_of(dialog._body) is QAccessible.Role.Grouping
    dialog.reject()


def test_a_refusal_wraps(qtbot, stage):
    note = put(stage, NoteLine())
    note.setFixedWidth(160)
    note.show_note("口令不对，数据不受影响，请检查大写锁定和输入法后再输入", icon="alert-triangle", color="danger")
    qtbot.waitUntil(lambda: note.height() > 2 * look().theme.line_height("meta"))
    assert "".join(one.text for one in painted_texts(note)) == note.text()


def test_a_rare_character_is_not_cut_in_two():
    assert "".join(wrapped("李𠮷、张䶮" * 9, look().theme.font("body"), 60)) == "李𠮷、张䶮" * 9


def test_a_firm_has_a_second_line_where_it_needs_one(qtbot, stage):
    rows = put(stage, RowList(height="rowTask", name="检查"))
    rows.setFixedSize(420, 400)
    rows.set_rows([Row(id="1", lead="09:00", title=FIRM, second="隐患 6"), Row(id="2", title="示例甲仓储有限公司")])
    assert rows.visualRect(rows.model().index(0)).height() > look().theme.size("rowTask")
    assert not [one.text.text for one in Scene(stage).texts if ELLIPSIS in one.text.text]
    rows.setFixedWidth(1000)
    qtbot.waitUntil(lambda: rows.visualRect(rows.model().index(0)).height() == look().theme.size("rowTask"))


def test_the_top_strip_never_cuts_a_firm(qtbot, stage):
    strip = put(stage, StatusStrip())
    strip.setFixedWidth(460)
    strip.show_title(FIRM)
    assert "".join(one.text for one in painted_texts(strip.title)) == FIRM
    strip.show_title("示例甲仓储有限公司")
    assert len(painted_texts(strip.title)) == 1


def test_a_trouble_follows_the_language(qtbot, stage):
    view = put(stage, TroubleView(StoreTooNew()))
    words().switch("en")
    qtbot.waitUntil(lambda: view._words.title.text().isascii())
    assert view._words.text.text().isascii()


def test_what_takes_the_focus_has_a_role(qtbot, stage):
    card = put(stage, FindingCard(code="E103", severity="error", title="缺少确认", text="草稿已保存。", link="去确认"))
    assert role_of(card) is QAccessible.Role.PushButton
    pane = ScrollPane(Paragraph("隐患"))
    say_role(pane, "Document")
    assert role_of(put(stage, pane)) is QAccessible.Role.Document


def test_disabled_actions_can_be_read_in_sunlight(qtbot, stage):
    look().set_theme("sunlight")
    button = put(stage, Button("核发", kind="primary"))
    button.refuse("还有 2 项必须处理")
    fill, edge = button._fill()
    assert (fill, edge) == (look().theme.color("surface"), look().theme.color("line"))


def test_a_drawer_clips_nothing_and_what_is_typed_is_nobodys_sentence(qtbot, stage):
    field = put(stage, QLineEdit("负责人"))
    drawer = Surface("raised", parent=stage)
    drawer.setAutoFillBackground(True)
    drawer.setGeometry(QRect(field.x() + 40, 0, 200, 400))
    drawer.show()
    assert [fault.where for fault in clipped.find(Scene(stage)) if "LineEdit" in fault.where] == []
    words().switch("en")
    assert wording.find(Scene(stage)) == []


def test_more_people_than_fit_are_one_key_away(qtbot, stage):
    day = date(2026, 11, 22)
    users = [
        UserCard(id=f"u{n}", name=f"张{n}", cert_no=f"示执{n:08}", cert_from=day, cert_to=day + timedelta(days=200))
        for n in range(6)
    ]
    row = put(stage, PeopleRow(users, day))
    qtbot.waitUntil(row.others.isVisible)
    seen = [card.text() for card in row.cards if card.isVisible()]
    row.others.click()
    qtbot.waitUntil(row.cards[len(seen)].isVisible)
    assert row.chosen() is row.cards[len(seen)]
    assert not row.cards[0].isVisible()
    row.others.click()
    assert row.cards[0].isChecked()
    qtbot.waitUntil(lambda: not clipped.find(Scene(stage)))
