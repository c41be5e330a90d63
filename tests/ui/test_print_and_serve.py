"""Print and serve through the window: two keys to paper, trouble in words, the rest of a jam, refused signatures."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt

from inspector.domain.notice import FormCode
from inspector.domain.printing import PaperSides, PrinterState, PrintState, PrintStep
from inspector.domain.serving import ServingMethod
from tests.services.visit import issue as issue_paper
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from tests.ui.paper import FakeSpooler, printer
from ui.text import words
from ui.theme.look import look
from ui.views.notices import printer_choice
from ui.views.notices.notice_strip import PRINT, SERVE
from ui.views.notices.printer_choice import PrinterChoice
from ui.views.notices.serve_photo import PhotoDialog
from ui.views.notices.view import NoticesView

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CAR, OFFICE = "car", "office"


@pytest.fixture
def issued(laptop: Laptop) -> str:  # noqa: F811
    """An issued record of a visit whose paper has several pages."""
    visit = laptop.visit(hazards=14)
    notice = laptop.ask(laptop.app.notices.draft, visit, FormCode.INSPECTION_RECORD).made
    laptop.ask(issue_paper, laptop.app, notice)
    return notice


@pytest.fixture
def spooler(laptop: Laptop) -> FakeSpooler:  # noqa: F811
    """Two printers; the second prints on one side and is out of paper."""
    shown = [
        printer(CAR, title="车载打印机", is_default=True),
        printer(OFFICE, title="办公室打印机", state=PrinterState.PAPER_OUT, has_duplex=False),
    ]
    made = FakeSpooler(laptop.app.printing, shown)
    laptop.app.printing = made  # type: ignore[assignment]
    return made


@pytest.fixture
def view(laptop: Laptop, tasks, stage: Stage, issued: str, spooler: FakeSpooler) -> NoticesView:  # noqa: F811
    made = NoticesView(laptop.app, tasks)
    stage.show(made, width=1280)
    made.show_record(f"notice:{issued}")
    made.setFocus()
    stage.until(lambda: made._reading is not None and made.page.preview.has_picture())
    return made


def press(stage: Stage, view: NoticesView, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:  # noqa: F811
    stage.qtbot.keyClick(view, key, modifier)


def open_print(stage: Stage, view: NoticesView, *, choose: str = CAR) -> None:  # noqa: F811
    press(stage, view, Qt.Key.Key_P, CTRL)
    stage.until(view.paper.print_pane.form.printers.rows)
    if choose:
        view.paper.print_pane.form.printers.choose(choose)


def runs(laptop: Laptop, notice: str) -> list:  # noqa: F811
    return laptop.ask(laptop.app.printing.of, notice)


def test_two_keys_to_paper_once_a_printer_was_named(laptop, stage, view, issued):  # noqa: F811
    open_print(stage, view, choose="")
    pane = view.paper.print_pane
    assert pane.form.printers.current() == ""  # nothing is printed unless somebody names a printer
    press(stage, view, Qt.Key.Key_P, CTRL)
    assert pane.form.note.text() == "请选择打印机"
    assert runs(laptop, issued) == []
    pane.form.printers.choose(CAR)
    assert pane.form.copies.number() == 2  # 一式两份, as the form says
    press(stage, view, Qt.Key.Key_P, CTRL)
    stage.until(view.strip.serve.isVisible)
    (run,) = runs(laptop, issued)
    assert (run.state, run.copies, run.printer, run.is_reprint) == (PrintState.DONE, 2, CAR, False)
    assert (run.first_page, run.last_page) == (1, view._reading.notice.pages)
    assert printer_choice.load(laptop.profile) == PrinterChoice(CAR, PaperSides.ONE)
    press(stage, view, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert view.arrangement.side() is view.issued
    stage.until(view.issued.history.isVisible)
    assert view.strip.reprint.isVisible()


def test_a_second_printing_asks_why(laptop, stage, view, issued, spooler):  # noqa: F811
    open_print(stage, view)
    view.strip.print.click()
    stage.until(lambda: view.paper.print_pane.is_done)
    stage.until(view.paper.print_pane.form.reason_row.isVisible)
    view.strip.reprint.click()
    assert view.paper.print_pane.form.reason_row.error() == "请选择补打的理由"
    assert len(runs(laptop, issued)) == 1
    view.paper.print_pane.form.ask_reason("other")
    view.strip.reprint.click()
    assert view.paper.print_pane.form.other_row.error() == "请写明补打的理由"
    stage.type(view.paper.print_pane.form.other, "纸被雨淋湿")
    view.strip.reprint.click()
    stage.until(lambda: len(runs(laptop, issued)) == 2)
    again = runs(laptop, issued)[1]
    assert again.is_reprint
    assert again.reason == "纸被雨淋湿"
    stage.until(lambda: len(view._reading.prints) == 2 and view._reading.prints[1].state is PrintState.DONE)


def test_trouble_is_told_while_it_can_be_mended_and_a_jam_asks_for_the_good_pages(
    laptop,  # noqa: F811
    stage,  # noqa: F811
    view,
    issued,
    spooler,
):
    pages = view._reading.notice.pages
    assert pages >= 2
    spooler.gate.clear()
    spooler.steps = [PrintStep(sheets_done=1, sheets=2 * pages, state=PrinterState.PAPER_OUT)]
    open_print(stage, view)
    view.strip.print.click()
    foot = view.paper.print_pane.foot
    stage.until(lambda: "放入 A4 纸" in foot.trouble.text())
    assert foot.progress.accessibleName() == f"打印 1 / {2 * pages}"
    assert not view.strip.print.isEnabled()
    assert view._reading.notice.number in view.strip.print.toolTip()
    spooler.end = {"state": PrintState.FAILED, "sheets_done": 1, "fault": PrinterState.JAM}
    spooler.gate.set()
    stage.until(foot.rest.isVisible)
    assert "未重复占号" in foot.words.text()
    assert foot.good.value() == "1"
    foot.rest.click()
    form = view.paper.print_pane.form
    order = form.order()
    assert order is not None
    assert (order.pages, order.copies, order.reprint_reason) == ((2, pages), 1, "卡纸")
    assert "整份的还缺 1 份" in foot.words.text()
    spooler.end = {"state": PrintState.DONE, "sheets_done": pages - 1}
    view.strip.print.click()
    stage.until(lambda: view.paper.print_pane.is_done)
    rest = runs(laptop, issued)[-1]
    assert (rest.first_page, rest.last_page, rest.is_reprint) == (2, pages, True)


def test_cancel_stops_the_job(laptop, stage, view, issued, spooler):  # noqa: F811
    spooler.gate.clear()
    open_print(stage, view)
    view.strip.print.click()
    foot = view.paper.print_pane.foot
    stage.until(foot.stop.isVisible)
    stage.until(lambda: runs(laptop, issued))
    foot.stop.click()
    stage.until(lambda: foot.run is not None)
    assert runs(laptop, issued)[0].state is PrintState.CANCELLED
    assert foot.tag.accessibleName() == "已取消"
    assert not view.paper.print_pane.form.reason_row.isVisible()  # no sheet came out: the next is the first


def test_the_officer_says_what_nobody_saw(laptop, stage, tasks, view, issued):  # noqa: F811
    order = partial(laptop.app.printing.begin, issued)
    open_print(stage, view)
    told = view.paper.print_pane.form.order()
    view.back.click()
    tasks.command(view, order, told)
    stage.until(lambda: view._reading.prints)
    press(stage, view, Qt.Key.Key_P, CTRL)
    foot = view.paper.print_pane.foot
    stage.until(foot.came_out.isVisible)
    foot.came_out.click()
    stage.until(lambda: runs(laptop, issued)[0].state is PrintState.DONE)
    stage.until(lambda: not foot.came_out.isVisible())
    assert foot.run is not None
    assert foot.run.state is PrintState.DONE


def test_without_a_printer_it_says_what_can_be_done(laptop, stage, view, spooler):  # noqa: F811
    spooler.shown = ()
    press(stage, view, Qt.Key.Key_P, CTRL)
    pane = view.paper.print_pane
    stage.until(pane.empty.isVisible)
    assert pane.empty.title.text() == "未找到打印机"
    assert pane.empty.text.text() == "仍可核发并存为 PDF，稍后在本机补打"
    assert not view.strip.print.isEnabled()
    assert view.export.isVisible()
    spooler.shown = (printer(CAR),)
    pane.look.click()
    stage.until(pane.form.printers.isVisible)
    assert view.strip.print.isEnabled()


def test_what_a_printer_cannot_do_is_not_offered(stage, view, spooler):  # noqa: F811
    spooler.shown = (*spooler.shown, printer("a5", is_a4_loaded=False))
    open_print(stage, view, choose=OFFICE)
    form = view.paper.print_pane.form
    assert not form.sides.isEnabled()
    assert [row.second for row in form.printers.rows()] == ["就绪", "缺纸", "纸张不是 A4"]
    form.printers.choose("a5")
    assert "A4" in form.note.text()
    assert form.sides.isEnabled()
    form.pages.set_value("some")
    form.first.set_value("9")
    form.last.set_value("2")
    assert form.order() is None
    assert "页码" in form.range_row.error()


def test_the_position_page_goes_to_the_chosen_printer(stage, view, spooler):  # noqa: F811
    open_print(stage, view)
    view.paper.print_pane.test.click()
    stage.until(lambda: spooler.tested == [CAR])
    stage.until(lambda: any("对位页" in said for said in stage.said))
    assert view._reading.prints == ()  # it is no printing of the notice


def test_serve_by_signature(laptop, stage, view, issued, tmp_path):  # noqa: F811
    press(stage, view, Qt.Key.Key_S, ALT)
    pane = view.paper.serve_pane
    assert view.paper.task == SERVE
    assert pane.form.receiver.value() == view._reading.inspection.companion != ""
    view.paper.serving.attach(laptop.photo(tmp_path, "signed.jpg"))
    stage.until(lambda: pane.form.photo.sha256)
    press(stage, view, Qt.Key.Key_Return, CTRL)
    stage.until(lambda: view._reading.serving is not None)
    serving = laptop.ask(laptop.app.serving.of, issued)
    assert serving.method is ServingMethod.SIGNED
    assert serving.photo_sha256 in {one.original.sha256 for one in laptop.ask(laptop.app.evidence.of, _visit(view))}
    assert view.arrangement.side() is view.issued
    stage.until(lambda: view.list.list.rows()[0].beside == "已送达")  # the list is read on its own
    assert view.title[2].word == "已送达"
    assert view.issued.state.accessibleName().startswith("已送达 ")
    assert view.list.list.rows()[0].third.startswith("送达 ")
    assert not view.strip.serve.isVisible()
    assert not view.strip.serve_soon.isVisible()


def _visit(view: NoticesView) -> str:
    return view._reading.inspection.id


def test_refused_with_a_reason_and_a_witness(laptop, stage, view, issued):  # noqa: F811
    press(stage, view, Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier)
    form = view.paper.serve_pane.form
    assert form.chosen() is ServingMethod.REFUSED
    view.strip.finish.click()
    assert form.why_row.error() == "请选择理由"
    assert form.witness_row.error() == "请写见证人，或附照片"
    form.why.set_value("objects")
    stage.type(form.witness, "王见证")
    view.strip.finish.click()
    stage.until(lambda: view._reading.serving is not None)
    serving = laptop.ask(laptop.app.serving.of, issued)
    assert (serving.method, serving.reason, serving.witness) == (ServingMethod.REFUSED, "对内容有异议", "王见证")


def test_posted_needs_the_letters_number_and_a_time_that_can_be(laptop, stage, view, issued):  # noqa: F811
    press(stage, view, Qt.Key.Key_S, ALT)
    form = view.paper.serve_pane.form
    form.choose(ServingMethod.POSTED)
    view.strip.finish.click()
    assert form.letter_row.error() == "邮件号还没有填"
    stage.type(form.letter, "XA000000001CN")
    stage.type(form.moment, "明天")
    view.strip.finish.click()
    assert "2026-11-20 10:02" in form.moment_row.error()
    form.moment.clear()
    stage.type(form.moment, "2020-01-01 10:00")
    view.strip.finish.click()
    stage.until(form.moment_row.error)
    assert laptop.ask(laptop.app.serving.of, issued) is None
    form.moment.clear()
    view.strip.finish.click()
    stage.until(lambda: view._reading.serving is not None)
    assert laptop.ask(laptop.app.serving.of, issued).reason == "XA000000001CN"


def test_a_photo_of_the_visit_is_the_signed_page(laptop, stage, view, tmp_path):  # noqa: F811
    laptop.ask(laptop.app.evidence.attach, _visit(view), laptop.photo(tmp_path, "page.jpg"))
    press(stage, view, Qt.Key.Key_S, ALT)
    view.paper.serve_pane.form.photo.visit.click()
    dialog = stage.dialog(PhotoDialog)
    dialog.verb.click()
    stage.until(lambda: view.paper.serve_pane.form.photo.sha256)
    assert view.paper.serve_pane.form.photo.words.text() == "page.jpg"


@pytest.mark.parametrize(("theme", "width"), [("light", 853), ("light", 1280), ("sunlight", 1280)])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_width_shows_every_word(stage, view, spooler, theme, width, language):  # noqa: F811
    look().set_theme(theme)
    words().switch(language)
    view.window().resize(width, 748)
    demand_good_looks(stage.qtbot, view)
    spooler.end = {"state": PrintState.FAILED, "sheets_done": 1, "fault": PrinterState.JAM}
    open_print(stage, view)
    demand_good_looks(stage.qtbot, view)
    view.strip.print.click()
    stage.until(view.paper.print_pane.foot.rest.isVisible)
    view.paper.print_pane.foot.rest.click()
    view.paper.print_pane.form.ask_reason("other")
    assert view.paper.task == PRINT
    demand_good_looks(stage.qtbot, view)
    view.back.click()
    demand_good_looks(stage.qtbot, view)
    view._serve(ServingMethod.REFUSED)
    view.strip.finish.click()
    demand_good_looks(stage.qtbot, view)
