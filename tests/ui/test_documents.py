"""Documents over a real store: offered in guided order, filled in field by field, warnings overridden with a reason."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from inspector.domain.notice import FormCode, NoticeState
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks, flashes
from ui.text import words
from ui.theme.look import look
from ui.views.documents.offer_dialog import OfferDialog
from ui.views.notices.view import NoticesView

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def open_draft(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    def make(form: FormCode, values: dict | None = None, *, width: int = 1280) -> NoticesView:
        visit = laptop.visit(hazards=1)
        notice = laptop.ask(laptop.app.notices.draft, visit, form).made
        if values:
            laptop.ask(laptop.app.notices.fill, notice, values)
        return show(laptop, tasks, stage, visit, width=width)

    return make


def show(laptop, tasks, stage, record: str, *, width: int = 1280) -> NoticesView:  # noqa: F811
    view, opened = flashes(lambda: NoticesView(laptop.app, tasks))
    assert opened == []
    stage.show(view, width=width)
    view.show_record(record)
    view.setFocus()
    stage.until(lambda: view._list is not None and (view._reading is not None or not view._list.notices))
    return view


def kept(laptop, view) -> dict:  # noqa: F811
    return dict(laptop.ask(laptop.app.notices.get, view._reading.notice.id).filled)


def until_kept(laptop, stage, view, key: str, value: object) -> None:  # noqa: F811
    stage.until(lambda: kept(laptop, view).get(key) == value)
    stage.until(lambda: view._reading.notice.filled.get(key) == value)


def test_documents_are_offered_in_guided_order_and_begun(laptop, tasks, stage):  # noqa: F811
    visit = laptop.visit(hazards=1)
    view = show(laptop, tasks, stage, visit)
    stage.qtbot.keyClick(view, Qt.Key.Key_N, CTRL)
    dialog = stage.dialog(OfferDialog)
    stage.until(lambda: len(dialog.search.list.rows()) > 30)
    rows = {row.id: row for row in dialog.search.list.rows()}
    headings = [row.title for row in dialog.search.list.rows() if row.id.startswith("group:")]
    assert headings[:3] == ["建议接着制作", "检查准备", "责令改正"]
    assert rows["XCJC"].badges[0].word == "建议"
    assert rows["XCJD"].is_dim
    assert rows["XCJD"].second == "先核发现场检查记录"
    dialog.search.list.choose("XCJD")
    assert not dialog.verb.isEnabled()
    assert "先核发现场检查记录" in dialog._note.text()
    stage.type(dialog.search.field, "jcfa")
    stage.until(lambda: [row.id for row in dialog.search.list.rows()][:1] == ["JCFA"])
    stage.qtbot.keyClick(dialog.search.field, Qt.Key.Key_Return)
    stage.until(lambda: view._reading is not None and view._reading.notice.form is FormCode.INSPECTION_PLAN)
    stage.until(lambda: view.arrangement.side() is view.filling)
    assert view.filling.missing() > 0


def test_typing_becomes_one_entry_and_the_page_follows(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.INTERVIEW_RECORD)
    stage.until(lambda: view.filling.form.line("interviewee") is not None)
    before = view.filling.missing()
    page = view._reading.preview.pdf
    line = view.filling.form.line("interviewee")
    assert line.view.problem == "missing"
    stage.type(line.box.line, "周某")
    assert line.wrong.text() == "未保存"
    view.filling.focus("subject")
    until_kept(laptop, stage, view, "interviewee", "周某")
    stage.until(lambda: view.filling.missing() == before - 1)
    assert view._reading.preview.pdf != page
    assert line.wrong.text() == ""
    assert laptop.ask(laptop.app.drafts.of, f"notice:{view._reading.notice.id}") == {}


def test_half_typed_text_comes_back(laptop, stage, tasks, open_draft):  # noqa: F811
    view = open_draft(FormCode.INTERVIEW_RECORD)
    notice = view._reading.notice.id
    laptop.ask(laptop.app.drafts.put, f"notice:{notice}", "subject", "涉嫌锁闭")
    again = show(laptop, tasks, stage, f"notice:{notice}")
    stage.until(lambda: again.filling.form.line("subject") is not None)
    assert again.filling.form.line("subject").box.line.value() == "涉嫌锁闭"
    again.leave()
    until_kept(laptop, stage, again, "subject", "涉嫌锁闭")


def test_what_is_no_value_is_said_under_its_field_and_not_kept(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.PENALTY_UNIT, {"kinds": ["fine"]})
    stage.until(lambda: view.filling.form.line("fine") is not None)
    day, fine = view.filling.form.line("violation_on"), view.filling.form.line("fine")
    day.box.line.setText("2026-13-45")
    day.box.line.textEdited.emit("2026-13-45")
    day.box.flush()
    assert day.error() == "请按 2026-11-20 的样子写"
    fine.box.line.setText("2千")
    fine.box.line.textEdited.emit("2千")
    fine.box.flush()
    assert fine.error() == "请写数字，如 2000 或 2 万"
    fine.box.line.setText("2,000")
    fine.box.line.textEdited.emit("2,000")
    assert fine.box.words.text() == "大写：贰仟元整"
    fine.box.flush()
    until_kept(laptop, stage, view, "fine", 200_000)
    assert "violation_on" not in kept(laptop, view)


def test_the_core_refuses_under_the_field(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.INTERVIEW_RECORD)
    stage.until(lambda: view.filling.form.line("id_no") is not None)
    line = view.filling.form.line("id_no")
    line.box.line.setText("500112198502149990")
    line.box.line.textEdited.emit(line.box.line.text())
    line.box.flush()
    stage.until(line.error)
    assert line.error() == "身份证号校验位不符，请逐位核对"


def test_choices_bring_fields_and_take_them_away(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.PENALTY_UNIT)
    stage.until(lambda: view.filling.form.line("kinds") is not None)
    assert view.filling.form.line("fine") is None
    view.filling.form.line("kinds").box.ticks["fine"].click()
    stage.until(lambda: view.filling.form.line("fine") is not None)
    keys = [line.key for line in view.filling.form.lines()]
    assert keys.index("fine") == keys.index("kinds") + 1
    view.filling.form.line("pay").box.lines["cash"].click()
    stage.until(lambda: view.filling.form.line("cash_ground") is not None)
    assert view.filling.form.line("bank") is None
    view.filling.form.line("kinds").box.ticks["fine"].click()
    stage.until(lambda: view.filling.form.line("pay") is None)


def test_records_are_overtyped_and_come_back(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.PENALTY_UNIT)
    stage.until(lambda: view.filling.form.line("address") is not None)
    line = view.filling.form.line("address")
    own = line.box.line.value()
    assert own
    assert "取自企业档案" in line.note.text()
    assert view.filling.form.line("party").box.line.isReadOnly()
    line.box.line.setText("示例区示例路9号")
    line.box.line.textEdited.emit(line.box.line.text())
    line.box.flush()
    until_kept(laptop, stage, view, "address", "示例区示例路9号")
    stage.until(line.restore.isVisible)
    line.restore.click()
    stage.until(lambda: line.box.line.value() == own)
    assert "address" not in kept(laptop, view)


def test_undo_gives_the_last_field_back(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.INTERVIEW_RECORD, {"subject": "涉嫌锁闭安全出口"})
    stage.until(lambda: view.filling.form.line("subject") is not None)
    box = view.filling.form.line("subject").box
    box.line.setText("别的")
    box.line.textEdited.emit("别的")
    box.flush()
    until_kept(laptop, stage, view, "subject", "别的")
    stage.until(view.filling.back.isVisible)
    stage.qtbot.keyClick(view, Qt.Key.Key_Z, CTRL)
    until_kept(laptop, stage, view, "subject", "涉嫌锁闭安全出口")
    stage.until(lambda: box.line.value() == "涉嫌锁闭安全出口")
    assert kept(laptop, view)["subject"] == "涉嫌锁闭安全出口"


def test_questions_go_on_with_enter(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.INTERVIEW_RECORD)
    stage.until(lambda: view.filling.form.line("qa") is not None)
    box = view.filling.form.line("qa").box
    stage.type(box.pairs[0].q, "几点开始堆货？")
    stage.qtbot.keyClick(box.pairs[0].q, Qt.Key.Key_Return)
    assert box.pairs[0].a.hasFocus()
    stage.type(box.pairs[0].a, "上周三。")
    stage.qtbot.keyClick(box.pairs[0].a, Qt.Key.Key_Return)
    assert len(box.pairs) == 2
    assert box.pairs[1].q.hasFocus()
    until_kept(laptop, stage, view, "qa", [{"q": "几点开始堆货？", "a": "上周三。"}])
    assert len(box.pairs) == 2  # the question that is about to be asked stays
    stage.qtbot.keyClick(box.pairs[1].q, Qt.Key.Key_Backspace)
    assert len(box.pairs) == 1
    assert box.pairs[0].a.hasFocus()


def test_a_table_takes_rows_by_the_keyboard(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.SAMPLING_VOUCHER)
    stage.until(lambda: view.filling.form.line("items") is not None)
    box = view.filling.form.line("items").box
    box.add.click()
    names = [cell.key for cell in box.cells]
    first = box.cells[names.index("name")].line
    assert first.hasFocus()
    stage.type(first, "清洗剂")
    first.textEdited.emit(first.text())
    for cell in box.cells[1:]:
        stage.qtbot.keyClick(cell.line, Qt.Key.Key_Return)
    assert len(box.list.rows()) == 2
    assert box.cells[names.index("name")].line.hasFocus()
    stage.until(lambda: [row["name"] for row in kept(laptop, view).get("items", [])] == ["清洗剂"])
    assert kept(laptop, view)["items"][0]["ordinal"] == "1"
    box.list.choose("0")
    stage.qtbot.keyClick(box.list, Qt.Key.Key_Delete)
    stage.until(lambda: not kept(laptop, view).get("items"))


def test_a_list_grows_with_enter_and_takes_law(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.MEASURES_DECISION)
    stage.until(lambda: view.filling.form.line("measures") is not None)
    box, laws = view.filling.form.line("measures").box, view.filling.form.line("basis").box
    stage.type(box.entries[0].area, "停止使用充电器")
    stage.qtbot.keyClick(box.entries[0].area, Qt.Key.Key_Return)
    stage.type(box.entries[1].area, "清出货物")
    box.entries[1].area.flush()
    until_kept(laptop, stage, view, "measures", ["停止使用充电器", "清出货物"])
    laws.take("《中华人民共和国行政处罚法》第四十二条")
    stage.until(lambda: len(kept(laptop, view).get("basis", [])) == 2)
    assert kept(laptop, view)["basis"][-1] == "《中华人民共和国行政处罚法》第四十二条"


def test_ctrl_enter_names_what_is_missing_and_then_goes_to_the_check(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.MEASURES_DECISION)
    stage.until(lambda: view.arrangement.side() is view.filling)
    assert view.filling.count.text() == "还差 1 项"
    assert view.filling.names.text() == "现场处理决定"
    stage.qtbot.keyClick(view, Qt.Key.Key_Return, CTRL)
    line = view.filling.form.line("measures")
    assert line.error() == "现场处理决定还没有填"
    assert line.box.entries[0].area.hasFocus()
    stage.type(line.box.entries[0].area, "停止使用充电器")
    line.box.flush()
    stage.until(lambda: view.filling.missing() == 0)
    stage.qtbot.keyClick(view, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: view.arrangement.side() is view.findings)


def test_a_finding_leads_into_the_form(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.MEASURES_DECISION)
    stage.until(lambda: view.filling.form.line("measures") is not None)
    stage.qtbot.keyClick(view, Qt.Key.Key_F7)
    stage.until(lambda: view.arrangement.side() is view.findings)
    view._follow("filled.measures")
    assert view.arrangement.side() is view.filling
    assert view.filling.form.line("measures").box.entries[0].area.hasFocus()


def test_a_warning_takes_a_reason_that_says_who_and_when(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.ADMONITION)
    stage.until(lambda: view.findings.reasons)
    key, box = next(iter(view.findings.reasons.items()))
    box.save.click()
    assert box.note.text() == "理由还没有填"
    box.area.setPlainText("式样已由法制机构口头确认")
    box.save.click()
    stage.until(lambda: view._reading.explained.get(key) is not None)
    told = view.findings.reasons[key]
    assert told.said.text() == "式样已由法制机构口头确认"
    assert told.who.text().startswith(laptop.app.me.name)
    assert told.area.isHidden()
    told.change.click()
    told.area.setPlainText("")
    told.save.click()
    stage.until(lambda: view._reading.explained.get(key) is None)


def test_a_document_without_a_number_is_issued_without_one(laptop, stage, open_draft):  # noqa: F811
    view = open_draft(FormCode.TALK_RECORD)
    assert not view._reading.has_own_number
    assert view._reading.notice.state is NoticeState.DRAFT


@pytest.mark.parametrize(("theme", "width"), [("light", 853), ("light", 1280), ("sunlight", 1280)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_width_shows_every_word(laptop, stage, open_draft, theme, width, language):  # noqa: F811
    look().set_theme(theme)
    words().switch(language)
    view = open_draft(FormCode.PENALTY_UNIT, {"kinds": ["fine"], "fine": 200_000}, width=width)
    stage.until(lambda: view.filling.form.line("fine") is not None)
    stage.qtbot.keyClick(view, Qt.Key.Key_F5)
    demand_good_looks(stage.qtbot, view)
    make = partial(OfferDialog, view, laptop.app, view._tasks, view._reading.inspection.id)
    dialog = make()
    dialog.open()
    stage.until(dialog.search.list.rows)
    demand_good_looks(stage.qtbot, dialog)
    assert dialog.search.list.rows()
    dialog.reject()
