"""Printing: what is recorded before paper moves and after, against a spooler that a test plays."""

from __future__ import annotations

import threading

import pytest

from inspector import mainthread
from inspector.domain.notice import FormCode
from inspector.domain.printing import PaperSides, PrinterState, PrintOrder, PrintRun, PrintState
from inspector.errors import InspectorError, InvalidInput, NotAllowed, PrinterFailed, SpoolerMissing, WrongThread
from inspector.printing import watch
from inspector.store import driver
from tests.services.conftest import Desk
from tests.services.spool import Spool
from tests.services.visit import a_visit, issue


@pytest.fixture
def visit(desk: Desk) -> str:
    return a_visit(desk.app, desk.clock, hazards=1)


@pytest.fixture
def notice(desk: Desk, visit: str) -> str:
    made = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(desk.app, made)
    return made


def printed(desk: Desk, notice: str, **order: object) -> PrintRun:
    """Begin and send a run; return it as recorded."""
    made = desk.app.printing.begin(notice, PrintOrder(printer="vp", **order)).made  # type: ignore[arg-type]
    assert desk.app.printing.send(made).made == made
    return desk.app.printing.of(notice)[-1]


def test_the_stored_pdf_itself_goes_to_the_printer_on_a4(desk: Desk, notice: str, spool: Spool) -> None:
    run = printed(desk, notice, copies=2, sides=PaperSides.TWO)
    (job,) = spool.jobs
    found = desk.app.notices.get(notice)
    assert job.document == desk.app.notices.pdf(notice)
    assert job.words[:2] == ["-d", "vp"]
    assert {"media=iso_a4_210x297mm", "print-scaling=none", "sides=two-sided-long-edge"} <= set(job.words)
    assert (job.option("-n"), job.option("-t"), "-P" in job.words) == ("2", found.number, False)
    assert (run.state, run.sheets_done, run.fault) == (PrintState.DONE, 2 * ((found.pages + 1) // 2), None)
    again = desk.reopen().printing.of(notice)
    assert again == [run]


def test_a_second_printing_is_a_reprint_with_its_reason(desk: Desk, notice: str, spool: Spool) -> None:
    printed(desk, notice)
    with pytest.raises(InvalidInput) as caught:
        desk.app.printing.begin(notice, PrintOrder(printer="vp"))
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == ("reprint_reason", "empty")
    run = printed(desk, notice, reprint_reason="第 1 页有墨迹", pages=(1, 1))
    assert (run.is_reprint, run.reason, run.first_page, run.last_page) == (True, "第 1 页有墨迹", 1, 1)
    assert spool.jobs[-1].option("-t") == f"{desk.app.notices.get(notice).number} 补打1"
    assert [one.is_reprint for one in desk.app.printing.of(notice)] == [False, True]


@pytest.mark.parametrize(
    ("order", "field"),
    [
        (PrintOrder(printer=""), "printer"),
        (PrintOrder(printer="vp", copies=0), "copies"),
        (PrintOrder(printer="vp", copies=100), "copies"),
        (PrintOrder(printer="vp", pages=(0, 1)), "pages"),
        (PrintOrder(printer="vp", pages=(2, 1)), "pages"),
        (PrintOrder(printer="vp", pages=(1, 99)), "pages"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(desk: Desk, notice: str, order: PrintOrder, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        desk.app.printing.begin(notice, order)
    assert caught.value.facts["field"] == field
    assert desk.app.printing.of(notice) == []


def test_drafts_and_void_notices_never_reach_paper(desk: Desk, visit: str, notice: str, spool: Spool) -> None:
    draft = desk.app.notices.draft(visit, FormCode.RECTIFICATION_ORDER).made
    begun = desk.app.printing.begin(notice, PrintOrder(printer="vp")).made
    desk.app.notices.void(notice, "单位名称有误")
    for which, reason in ((draft, "not_issued"), (notice, "notice_void")):
        with pytest.raises(NotAllowed) as caught:
            desk.app.printing.begin(which, PrintOrder(printer="vp"))
        assert caught.value.facts["reason"] == reason
    with pytest.raises(NotAllowed):
        desk.app.printing.send(begun)  # it became void between the two
    assert spool.jobs == []


def test_trouble_is_told_while_it_lasts_and_printing_goes_on(desk: Desk, notice: str, spool: Spool) -> None:
    spool.plays("media-empty-error", "media-empty-error", "none")
    made = desk.app.printing.begin(notice, PrintOrder(printer="vp")).made
    steps = []
    desk.app.printing.send(made, steps.append)
    assert [one.state for one in steps] == [PrinterState.PAPER_OUT, PrinterState.BUSY, PrinterState.READY]
    assert steps[0].sheets_done == 0
    assert steps[-1].sheets_done == steps[-1].sheets
    assert desk.app.printing.of(notice)[0].state is PrintState.DONE


@pytest.mark.parametrize(
    ("reason", "fault", "sheets_done"),
    [
        ("media-empty-error", PrinterState.PAPER_OUT, 0),
        ("media-jam-error", PrinterState.JAM, 0),
        ("cover-open-error", PrinterState.DOOR_OPEN, 0),
        ("offline-report", PrinterState.OFFLINE, 0),
        ("paused", PrinterState.STOPPED, 0),
        ("marker-supply-low-warning", PrinterState.STOPPED, None),
    ],
)
def test_a_job_that_never_moves_is_taken_back(
    desk: Desk,
    notice: str,
    spool: Spool,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
    fault: PrinterState,
    sheets_done: int | None,
) -> None:  # fmt: skip
    monkeypatch.setattr(watch, "PATIENCE_S", 0.0)
    spool.plays(*[reason] * 9)
    run = printed(desk, notice)
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, fault, sheets_done)
    assert spool.cancelled == ["vp-1"]
    retried = desk.app.printing
    if sheets_done == 0:  # no paper moved: trying again is no reprint
        assert retried.begin(notice, PrintOrder(printer="vp")).made
    else:
        with pytest.raises(InvalidInput):
            retried.begin(notice, PrintOrder(printer="vp"))


def test_the_officer_stops_a_job(desk: Desk, notice: str, spool: Spool) -> None:
    spool.plays("none", "none", "none", "none")
    made = desk.app.printing.begin(notice, PrintOrder(printer="vp")).made
    steps = []
    desk.app.printing.send(made, steps.append, lambda: bool(steps))
    run = desk.app.printing.of(notice)[0]
    assert (run.state, run.sheets_done, run.fault) == (PrintState.CANCELLED, None, None)
    assert spool.cancelled == ["vp-1"]


def test_a_job_that_the_printer_gives_up_is_a_failure(desk: Desk, notice: str, spool: Spool) -> None:
    spool.plays("none", "media-jam-error", end="aborted")
    run = printed(desk, notice)
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, PrinterState.JAM, None)


def test_a5_in_the_tray_stops_the_order_before_a_sheet_is_spoilt(desk: Desk, notice: str, spool: Spool) -> None:
    spool.holds("iso_a5_148x210mm")
    run = printed(desk, notice)
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, PrinterState.WRONG_PAPER, 0)
    assert spool.jobs == []
    (found,) = desk.app.printing.printers()
    assert found.is_a4_loaded is False
    with pytest.raises(PrinterFailed) as caught:
        desk.app.printing.send_test_page("vp")
    assert caught.value.facts["fault"] == "wrong_paper"


def test_a_printer_that_is_gone_is_recorded_with_the_order(desk: Desk, notice: str, spool: Spool) -> None:
    made = desk.app.printing.begin(notice, PrintOrder(printer="gone")).made
    desk.app.printing.send(made)
    run = desk.app.printing.of(notice)[0]
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, PrinterState.OFFLINE, 0)
    with pytest.raises(NotAllowed) as caught:
        desk.app.printing.send(made)
    assert caught.value.facts["reason"] == "print_ended"
    assert spool.jobs == []


def test_a_job_that_cups_forgot_waits_for_the_officers_word(desk: Desk, notice: str, spool: Spool) -> None:
    spool.plays("none", end="forgotten")
    run = printed(desk, notice)
    assert (run.state, run.ended_at) == (PrintState.SENT, None)
    with pytest.raises(InvalidInput):
        desk.app.printing.begin(notice, PrintOrder(printer="vp"))  # it may lie in the tray
    desk.app.printing.finish(run.id, state=PrintState.DONE, sheets_done=run.sheets)
    assert desk.app.printing.of(notice)[0].state is PrintState.DONE


def test_a_run_ends_once(desk: Desk, notice: str) -> None:
    made = desk.app.printing.begin(notice, PrintOrder(printer="vp")).made
    for state, sheets_done, field in ((PrintState.SENT, None, "state"), (PrintState.DONE, -1, "sheets_done")):
        with pytest.raises(InvalidInput) as caught:
            desk.app.printing.finish(made, state=state, sheets_done=sheets_done)
        assert caught.value.facts["field"] == field
    desk.app.printing.finish(made, state=PrintState.CANCELLED, sheets_done=0)
    with pytest.raises(NotAllowed):
        desk.app.printing.finish(made, state=PrintState.DONE)
    for sql in ("update print_run set state = 'done'", "delete from print_run"):
        with pytest.raises((InspectorError, driver.DriverError)), desk.app._session.vault.gateway.write() as tx:
            tx.run(sql)


def test_printers_say_what_they_are_and_how_they_are(desk: Desk, spool: Spool) -> None:
    (found,) = desk.app.printing.printers()
    assert (found.name, found.title, found.is_default) == ("vp", "一楼打印机", True)
    assert (found.state, found.has_duplex, found.is_a4_loaded) == (PrinterState.READY, True, True)
    spool.stop()
    assert not desk.app.printing.has_spooler()
    assert desk.app.printing.printers() == ()
    with pytest.raises(SpoolerMissing):
        desk.app.printing.send_test_page("vp")


def test_without_cups_there_is_no_spooler(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert not desk.app.printing.has_spooler()
    assert desk.app.printing.printers() == ()


def test_the_test_page_goes_to_a_printer_that_is_ready(desk: Desk, spool: Spool) -> None:
    desk.app.printing.send_test_page("vp")
    (job,) = spool.jobs
    assert (job.document, job.option("-t")) == (desk.app.printing.test_page(), "打印对位页")


def test_the_windows_thread_never_waits_for_a_printer(desk: Desk, spool: Spool) -> None:
    told: list[type[BaseException]] = []

    def ask() -> None:
        mainthread.claim()
        try:
            desk.app.printing.printers()
        except WrongThread as error:
            told.append(type(error))
        finally:
            mainthread.release()

    asking = threading.Thread(target=ask)
    asking.start()
    asking.join()
    assert told == [WrongThread]
    assert spool.jobs == []


def test_naming_a_reason_makes_a_reprint_though_the_printer_reported_no_sheet(
    desk: Desk, notice: str, spool: Spool
) -> None:
    """The officer holds page 1 in hand; the printer's own counter said 0."""
    first = desk.app.printing.begin(notice, PrintOrder(printer="vp")).made
    desk.app.printing.finish(first, state=PrintState.FAILED, sheets_done=0, fault=PrinterState.JAM)
    assert printed(desk, notice, reprint_reason="卡纸", pages=(1, 1)).is_reprint
