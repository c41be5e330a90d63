"""The ledger of numbers over a real store: every number told, void ones with successor, blocks given back, sheets."""

from __future__ import annotations

from PySide6.QtCore import Qt

from inspector.domain.notice import FormCode
from tests.builders import LI, PIN
from tests.services.visit import give_reasons
from tests.ui.laptop import laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.views.notices.ledger_dialog import LedgerDialog
from ui.views.notices.sheet_dialog import SheetDialog
from ui.views.notices.view import NoticesView
from ui.widgets.text_dialog import TextDialog


def an_issued(laptop, visit: str) -> str:  # noqa: F811
    notice = laptop.ask(laptop.app.notices.draft, visit, FormCode.INSPECTION_RECORD).made
    laptop.ask(give_reasons, laptop.app, notice)
    laptop.ask(laptop.app.notices.issue, notice, second_officer_id=LI, pin=PIN)
    return notice


def test_every_number_is_told_given_back_and_its_paper_recorded(laptop, stage, tasks):  # noqa: F811
    visit = laptop.visit(hazards=1)
    notice = an_issued(laptop, visit)
    laptop.ask(laptop.app.notices.void, notice, "单位名称有误")
    view = NoticesView(laptop.app, tasks)
    stage.show(view)
    view.show_record(visit)
    view.setFocus()
    stage.until(lambda: view._reading is not None)
    stage.qtbot.keyClick(view, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    dialog = stage.dialog(LedgerDialog)
    stage.until(lambda: dialog.table.cells.rows)
    first = next(row for row in dialog.list.rows() if row.title == "现场检查记录")
    assert first.second == "用 0　废 1　退 0　余 49"
    number, state, *_rest, why, party = dialog.table.cells.rows[0][1]
    assert (number, state) == ("（示）应急检记〔2026〕1号", "作废")
    assert why == "单位名称有误；没有接续的文书"
    assert party == "示例甲仓储有限公司"
    demand_good_looks(stage.qtbot, dialog)
    dialog.note.click()
    paper = stage.dialog(SheetDialog)
    paper.serials.setText("A0007-A0008")
    paper.verb.click()
    stage.until(lambda: len(dialog._sheets) == 2)
    dialog.tabs.chosen.emit("sheets")
    assert [row[1][:3] for row in dialog.table.cells.rows] == [
        ("A0007", "已使用", "（示）应急检记〔2026〕1号"),
        ("A0008", "已使用", "（示）应急检记〔2026〕1号"),
    ]
    dialog.tabs.chosen.emit("numbers")
    dialog.back.click()
    asked = stage.dialog(TextDialog)
    assert asked.windowTitle() == "退回 2–50 号？"
    asked.field.setText("年度结束")
    asked.verb.click()
    stage.until(lambda: next(r for r in dialog.list.rows() if r.title == "现场检查记录").second.endswith("退 49　余 0"))
    dialog.reject()
