"""Notices over a real store: draw, check, issue with the second officer's PIN, keep, save, make void, make again."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from inspector.domain.notice import FormCode, NoticeState
from tests.builders import PIN
from tests.services.visit import a_draft, give_reasons
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, demand_good_looks, flashes, unnamed
from ui.text import words
from ui.theme.look import look
from ui.views.notices.issue_dialog import IssueDialog
from ui.views.notices.view import NoticesView
from ui.widgets.text_dialog import TextDialog

CTRL = Qt.KeyboardModifier.ControlModifier
RECORD, ORDER = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER


@pytest.fixture
def open_notices(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    def make(record: str, *, width: int = 1280) -> NoticesView:
        view, opened = flashes(lambda: NoticesView(laptop.app, tasks))
        assert opened == []
        stage.show(view, width=width)
        view.show_record(record)
        view.setFocus()
        stage.until(lambda: view._list is not None)
        return view

    return make


@pytest.fixture
def visit(laptop: Laptop) -> str:  # noqa: F811 - fixtures
    """A visit with two hazards that can be put on paper."""
    return laptop.visit(hazards=2)


def drawn(stage: Stage, view: NoticesView) -> None:  # noqa: F811
    stage.until(lambda: view._reading is not None and view.page.preview.has_picture())


def explain(stage: Stage, view: NoticesView) -> None:  # noqa: F811
    """Give the reasons for what warns."""
    stage.until(lambda: view._reading is not None)
    notice = view._reading.notice.id
    view._tasks.command(view, lambda: give_reasons(view._services, notice))


def issue(stage: Stage, view: NoticesView, pin: str = PIN) -> IssueDialog:  # noqa: F811
    explain(stage, view)
    stage.until(lambda: view.issue.isVisible() and view.issue.isEnabled())
    view.issue.click()
    dialog = stage.dialog(IssueDialog)
    dialog.pin.setText(pin)
    dialog.verb.click()
    return dialog


def test_issue_with_the_pin_and_see_the_number(laptop, stage, visit, open_notices):  # noqa: F811
    view = open_notices(visit)
    stage.until(view.beginnings.isVisible)
    stage.qtbot.keyClick(view, Qt.Key.Key_1, CTRL)
    drawn(stage, view)
    assert view.page.preview.pages >= 1
    dialog = issue(stage, view, pin="999999")
    stage.until(lambda: "PIN 不对，还可以试 4 次" in dialog._note.text())
    assert dialog.isVisible()
    assert dialog.pin.text() == ""
    dialog.pin.setText("12")
    dialog.verb.click()
    assert dialog.row.error() == "PIN 应为 6 位，现有 2 位"
    dialog.pin.setText(PIN)
    dialog.verb.click()
    stage.until(lambda: view._reading.notice.state is NoticeState.ISSUED)
    found = laptop.ask(laptop.app.notices.of, visit)[0]
    assert found.number == "（示）应急检记〔2026〕1号"
    assert view.issued.number.text() == found.number
    stage.until(lambda: any(found.number in said for said in stage.said))
    assert view.list.list.rows()[0].second == found.number
    stored = laptop.ask(laptop.app.notices.pdf, found.id)
    assert view._reading.preview.pdf == stored
    assert hashlib.sha256(stored).hexdigest() == found.pdf_sha256
    assert view.issue.isHidden()
    assert not view.export.isHidden()


def test_the_order_waits_for_the_record(laptop, stage, visit, open_notices):  # noqa: F811
    laptop.ask(laptop.app.notices.draft, visit, ORDER)
    view = open_notices(visit)
    stage.until(lambda: view.findings.cards)
    assert not view.issue.isEnabled()
    assert "项必须处理" in view.issue.toolTip()
    card = next(card for card in view.findings.cards if "现场检查记录" in card.accessibleName())
    card.setFocus()
    stage.qtbot.keyClick(card, Qt.Key.Key_Return)
    stage.until(lambda: len(view.list.list.rows()) == 2)
    stage.until(lambda: view._reading is not None and view._reading.notice.form is RECORD)


def test_a_finding_leads_back_to_its_field(laptop, stage, open_notices):  # noqa: F811
    visit = laptop.visit()
    bare = replace(a_draft(), basis=())
    hazard = laptop.ask(laptop.app.hazards.report, visit, bare).made
    laptop.ask(laptop.app.notices.draft, visit, RECORD)
    view = open_notices(visit)
    stage.until(lambda: any("依据" in card.accessibleName() for card in view.findings.cards))
    card = next(card for card in view.findings.cards if "依据" in card.accessibleName())
    assert card.accessibleName().startswith("隐患 1")
    card.setFocus()
    stage.qtbot.keyClick(card, Qt.Key.Key_Return)
    assert stage.wanted == [("inspection", f"{visit}#hazard.{hazard}.basis")]
    total = len(view._reading.judged)
    assert view.findings.out_of.text() == f"/ {total}"
    assert 0 < int(view.findings.score.text()) < total
    assert not view.findings.unjudged.isHidden()
    assert view.findings.unjudged.words.isHidden()
    view.findings.unjudged.toggle.click()
    assert "R008" in view.findings.unjudged.words.text()


def test_what_changes_in_the_record_changes_the_check(laptop, stage, tasks, open_notices):  # noqa: F811
    visit = laptop.visit(hazards=1)
    laptop.ask(laptop.app.inspections.patch, visit, is_id_shown=False)
    laptop.ask(laptop.app.notices.draft, visit, RECORD)
    view = open_notices(visit)
    stage.until(lambda: view._reading is not None and not view.issue.isEnabled())
    work = laptop.app.inspections.patch
    tasks.command(view, lambda: work(visit, is_id_shown=True))
    explain(stage, view)
    stage.until(view.issue.isEnabled)
    assert view._reading.preview.is_issuable
    assert view.issue.toolTip() == ""


def test_save_as_pdf_void_and_make_again(laptop, stage, visit, open_notices, tmp_path):  # noqa: F811
    laptop.ask(laptop.app.notices.draft, visit, RECORD)
    view = open_notices(visit)
    issue(stage, view)
    stage.until(lambda: view._reading is not None and view._reading.notice.state is NoticeState.ISSUED)
    first = view._reading.notice
    view.acts.export_to(first, tmp_path)
    stage.until(lambda: list(tmp_path.glob("*.pdf")))
    stage.until(lambda: any("已存为" in said for said in stage.said))
    assert next(tmp_path.glob("*.pdf")).read_bytes() == view._reading.preview.pdf
    stage.wake(view.window())
    view.void.click()
    dialog = stage.dialog(TextDialog)
    assert dialog.windowTitle() == f"作废 {first.number}？"
    stage.type(dialog.field, "单位名称有误")
    dialog.verb.click()
    stage.until(lambda: view._reading.notice.state is NoticeState.VOID)
    assert "单位名称有误" in [w.text() for w in view.issued.findChildren(type(view.issued.number))]
    assert not view.again.isHidden()
    view.again.click()
    stage.until(lambda: view._reading.notice.state is NoticeState.DRAFT)
    assert view._reading.notice.supersedes == first.id
    stage.until(lambda: len(view.list.list.rows()) == 2)


def test_pages_turn_with_the_keys(laptop, stage, open_notices):  # noqa: F811
    visit = laptop.visit(hazards=14)
    laptop.ask(laptop.app.notices.draft, visit, RECORD)
    view = open_notices(visit)
    drawn(stage, view)
    assert view.page.preview.pages > 1
    assert view.page.header.count.text() == f"第 1 页，共 {view.page.preview.pages} 页"
    for _ in range(8):
        stage.qtbot.keyClick(view, Qt.Key.Key_PageDown)
    stage.until(lambda: view.page.preview.page == view.page.preview.pages)
    assert not view.page.next.isEnabled()
    view.page.back.click()
    assert view.page.preview.page == view.page.preview.pages - 1
    stage.until(view.page.preview.has_picture)


def test_the_latest_of_all_without_an_inspection(laptop, stage, visit, open_notices):  # noqa: F811
    view = open_notices("")
    stage.until(view.beginnings.isVisible)
    assert view.beginnings.title.text() == "还没有文书"
    laptop.ask(laptop.app.notices.draft, visit, RECORD)
    view.show_record("")
    stage.until(lambda: len(view.list.list.rows()) == 1)
    assert "示例甲仓储有限公司" in view.list.list.rows()[0].second
    view.back.click()
    stage.until(lambda: stage.wanted or view._reading is not None)


@pytest.mark.parametrize(("theme", "width"), [("light", 853), ("light", 1280), ("sunlight", 1280)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_width_shows_every_word(laptop, stage, visit, open_notices, theme, width, language):  # noqa: F811
    laptop.ask(laptop.app.notices.draft, visit, RECORD)
    look().set_theme(theme)
    words().switch(language)
    view = open_notices(visit, width=width)
    drawn(stage, view)
    stage.qtbot.keyClick(view, Qt.Key.Key_F6)
    demand_good_looks(stage.qtbot, view)
    stage.qtbot.keyClick(view, Qt.Key.Key_F7)
    demand_good_looks(stage.qtbot, view)
    dialog = IssueDialog(view, form="现场检查记录", numbers_left=50, second="李䶮")
    dialog.open()
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    dialog.reject()
