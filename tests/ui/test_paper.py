"""Paper with real parts: the window over a CUPS that a test plays, pages painted through Qt, the rest of a jam."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage

from inspector.domain.notice import FormCode
from inspector.domain.printing import PaperSides, PrinterState, PrintOrder, PrintRun, PrintState, PrintStep
from inspector.ids import NoticeId, PrintRunId
from tests.services.conftest import spool  # noqa: F401 - a fixture
from tests.services.spool import Spool
from tests.services.visit import issue as issue_paper
from tests.ui.conftest import aside
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from ui import qt_printing
from ui.qt_printing import Outcome, PaintJob
from ui.views.notices import printer_choice
from ui.views.notices.page import draw_page
from ui.views.notices.print_desk import print_through_qt
from ui.views.notices.print_form import copies_of
from ui.views.notices.printer_choice import PrinterChoice
from ui.views.notices.remainder import Remainder, copies_out, likely_good, rest_of
from ui.views.notices.view import NoticesView

A4_POINTS = (595, 842)
SQUARES = QSize(100, 142)
"""Ink is compared in squares of 2 mm. Finer, it would measure that Qt writes A4 as whole points (595 for 595.28)."""


@pytest.fixture
def issued(laptop: Laptop) -> str:  # noqa: F811
    visit = laptop.visit(hazards=14)
    notice = laptop.ask(laptop.app.notices.draft, visit, FormCode.INSPECTION_RECORD).made
    laptop.ask(issue_paper, laptop.app, notice)
    return notice


def test_the_stored_pdf_itself_goes_to_cups(laptop, tasks, stage: Stage, issued, spool: Spool):  # noqa: F811
    spool.plays("media-empty-error", "none")
    view = NoticesView(laptop.app, tasks)
    stage.show(view, width=1280)
    view.show_record(f"notice:{issued}")
    stage.until(lambda: view._reading is not None)
    view.strip.print.click()
    form = view.paper.print_pane.form
    stage.until(form.printers.rows)
    assert [(row.title, row.second) for row in form.printers.rows()] == [("一楼打印机", "就绪")]
    form.printers.choose("vp")
    form.sides.set_value(PaperSides.TWO)
    view.strip.print.click()
    stage.until(lambda: view.paper.print_pane.is_done)
    (job,) = spool.jobs
    assert job.document == laptop.ask(laptop.app.notices.pdf, issued)
    assert (job.option("-n"), "sides=two-sided-long-edge" in job.words) == ("2", True)
    stage.until(view.paper.print_pane.form.reason_row.isVisible)


def ink(laptop: Laptop, pdf: bytes, page: int) -> bytes:  # noqa: F811
    """Return how dark each square of a page is."""
    image = laptop.ask(draw_page, laptop.app, pdf, page, 1000).convertToFormat(QImage.Format.Format_Grayscale8)
    small = image.scaled(SQUARES, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return bytes(small.constBits())


def close_to(left: bytes, right: bytes) -> float:
    """Return the mean difference of two images in percent."""
    assert len(left) == len(right)
    return sum(abs(a - b) for a, b in zip(left, right, strict=True)) / len(left) / 2.55


@pytest.mark.parametrize("copies", [1, 2])
def test_qt_paints_every_page_on_a4(laptop, issued, tmp_path: Path, copies: int):  # noqa: F811
    stored = laptop.ask(laptop.app.notices.pdf, issued)
    pages = len(pypdfium2.PdfDocument(stored))
    out, steps = tmp_path / "paper.pdf", []
    job = PaintJob(printer="", title="示例", first=1, last=pages, copies=copies, to_file=out)
    ended = aside(qt_printing.paint, job, partial(draw_page, laptop.app, stored), steps.append, lambda: False)
    assert ended == Outcome(state=PrintState.DONE)
    assert steps[-1] == PrintStep(sheets_done=pages * copies, sheets=pages * copies, state=PrinterState.BUSY)
    painted = out.read_bytes()
    sizes = [page.get_size() for page in pypdfium2.PdfDocument(painted)]
    assert [(round(wide), round(high)) for wide, high in sizes] == [A4_POINTS] * pages * copies
    for n in range(pages):
        assert close_to(ink(laptop, stored, n), ink(laptop, painted, n)) <= 1


def test_qt_paints_only_the_pages_that_were_asked_for_and_stops_when_told(laptop, issued, tmp_path: Path):  # noqa: F811
    stored = laptop.ask(laptop.app.notices.pdf, issued)
    draw = partial(draw_page, laptop.app, stored)
    job = PaintJob(printer="", title="示例", first=2, last=2, to_file=tmp_path / "second.pdf")
    aside(qt_printing.paint, job, draw, lambda _step: None, lambda: False)
    assert len(pypdfium2.PdfDocument((tmp_path / "second.pdf").read_bytes())) == 1
    job = PaintJob(printer="", title="示例", first=1, last=2, to_file=tmp_path / "none.pdf")
    stopped = aside(qt_printing.paint, job, draw, lambda _step: None, lambda: True)
    assert stopped == Outcome(state=PrintState.CANCELLED, sheets_done=0)


def test_a_printer_that_is_gone_is_recorded_as_a_failed_run(laptop, issued):  # noqa: F811
    order = PrintOrder(printer="no such printer")
    run_id = laptop.ask(laptop.app.printing.begin, issued, order).made
    notice = laptop.ask(laptop.app.notices.get, issued)
    laptop.ask(print_through_qt, laptop.app, notice, run_id, order, lambda _step: None, lambda: False)
    (run,) = laptop.ask(laptop.app.printing.of, issued)
    assert (run.state, run.sheets_done, run.fault) == (PrintState.FAILED, 0, PrinterState.OFFLINE)


def a_run(**told: object) -> PrintRun:
    run = {
        "id": PrintRunId("1"),
        "notice_id": NoticeId("1"),
        "printer": "vp",
        "copies": 2,
        "sides": PaperSides.ONE,
        "first_page": 1,
        "last_page": 4,
        "is_reprint": False,
        "reason": "",
        "state": PrintState.FAILED,
        "asked_at": datetime(2026, 11, 22, tzinfo=UTC),
    }
    return PrintRun(**(run | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "out", "good", "rest"),
    [
        ({}, 0, 0, Remainder(1, 4, 1)),
        ({"sheets_done": 2}, 0, 2, Remainder(3, 4, 1)),
        ({"sheets_done": 5}, 1, 1, Remainder(2, 4, 0)),
        ({"sheets_done": 8}, 1, 4, None),
        ({"sheets_done": 1, "sides": PaperSides.TWO}, 0, 2, Remainder(3, 4, 1)),
        ({"sheets_done": 1, "first_page": 3, "copies": 1}, 0, 3, Remainder(4, 4, 0)),
    ],
)
def test_what_is_left_after_a_jam(told, out, good, rest):
    run = a_run(**told)
    assert (copies_out(run), likely_good(run)) == (out, good)
    assert rest_of(run, good) == rest


def test_a_bad_back_page_spoils_its_sheet():
    run = a_run(sides=PaperSides.TWO, copies=1)
    assert rest_of(run, 3) == Remainder(3, 4, 0)
    assert rest_of(a_run(copies=3), 4) == Remainder(1, 4, 1)


def test_the_printer_is_remembered_whole_or_not_at_all(tmp_path: Path):
    assert printer_choice.load(tmp_path) == PrinterChoice()
    printer_choice.keep(tmp_path, PrinterChoice("车载", PaperSides.TWO))
    assert printer_choice.load(tmp_path) == PrinterChoice("车载", PaperSides.TWO)
    (tmp_path / printer_choice.FILE).write_text('{"printer": "x", "sides": "three"}', encoding="utf-8")
    assert printer_choice.load(tmp_path) == PrinterChoice()
    printer_choice.keep(tmp_path / "nowhere", PrinterChoice("x"))
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(("note", "copies"), [("一式两份", 2), ("一式三份(…)", 3), ("内部1", 1), ("", 1)])
def test_the_forms_note_says_how_many_copies(note, copies):
    assert copies_of(note) == copies
