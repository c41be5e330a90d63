"""What arrives at a real IPP printer is what was issued: every page, every glyph, A4; its troubles arrive in words."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from inspector.app import App, unlock
from inspector.domain.notice import FormCode
from inspector.domain.printing import PaperSides, PrinterState, PrintOrder, PrintRun, PrintState, PrintStep
from inspector.printing import watch
from tests.builders import PASSPHRASE, ZHANG, FakeClock, a_profile
from tests.services.visit import a_photo, a_visit, issue
from tests.system.print_house import A4, A5, DEVICE, QUEUE, SERVER, PrintHouse, absent

pytestmark = pytest.mark.system

DPI = 150
MOST_DIFFERENCE = 0.01
"""Of full scale, mean over a page (issue 3)."""


@pytest.fixture(scope="module")
def house() -> Iterator[PrintHouse]:
    lacking = absent()
    if lacking:
        pytest.skip(f"needs {', '.join(lacking)} to run CUPS and a printer in a network of their own")
    opened = PrintHouse()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    opened = unlock(a_profile(tmp_path_factory.mktemp("laptop")), ZHANG, PASSPHRASE, clock=FakeClock())
    yield opened
    assert opened.audit.verify().faults == ()
    opened.close()


@pytest.fixture(scope="module")
def visit(app: App, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("photos")
    made = a_visit(app, app._session.vault.clock, hazards=8)  # type: ignore[arg-type]
    for n, hazard in enumerate(app.hazards.of(made)):
        app.evidence.attach(made, a_photo(folder / f"{n}.jpg", seed=n), hazard_id=hazard.id)
    return made


@pytest.fixture
def notice(app: App, visit: str) -> str:
    made = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(app, made)
    return made


@pytest.fixture(autouse=True)
def at_the_house(house: PrintHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(house.bin), prepend=":")
    monkeypatch.setenv("CUPS_SERVER", SERVER)
    monkeypatch.setattr(watch, "GLANCE_S", 0.1)
    monkeypatch.setattr(watch, "PATIENCE_S", 20.0)
    limit = time.monotonic() + 20
    while _left_over() and time.monotonic() < limit:
        threading.Event().wait(0.1)  # a job that an earlier test stopped is still under way


def _left_over() -> str:
    return subprocess.run(["lpstat", "-o"], capture_output=True, text=True, check=False).stdout


def printed(app: App, notice: str, **order: object) -> tuple[PrintRun, list[PrintStep]]:
    steps: list[PrintStep] = []
    made = app.printing.begin(notice, PrintOrder(printer=QUEUE, **order)).made  # type: ignore[arg-type]
    app.printing.send(made, steps.append)
    return app.printing.of(notice)[-1], steps


def told(program: str, pdf: Path, *words: str) -> str:
    return subprocess.run([program, *words, str(pdf), "-"], capture_output=True, text=True, check=True).stdout


def pages_of(pdf: Path, folder: Path, first: int = 1, last: int = 0) -> list[np.ndarray]:
    folder.mkdir()
    words = ["-r", str(DPI), "-gray", "-f", str(first), *(["-l", str(last)] if last else [])]
    subprocess.run(["pdftoppm", *words, str(pdf), str(folder / "p")], check=True)
    return [np.asarray(Image.open(path), dtype=np.float64) / 255 for path in sorted(folder.glob("p*.pgm"))]


def same_paper(sent: Path, got: Path, folder: Path, pages: tuple[int, int]) -> None:
    """Every page of `got` looks and reads as the page of `sent` it came from, and is A4."""
    first, last = pages
    wanted, found = pages_of(sent, folder / "sent", first, last), pages_of(got, folder / "got")
    texts = [told("pdftotext", sent, "-f", str(n), "-l", str(n)) for n in range(first, last + 1)]
    arrived = told("pdftotext", got).split("\f")[:-1]
    if arrived[0] + "\f" != texts[0]:  # CUPS turns the order round for a printer that lays paper face up
        arrived.reverse()
        found.reverse()
    assert [f"{text}\f" for text in arrived] == texts
    assert len(found) == len(wanted) == last - first + 1
    for one, other in zip(wanted, found, strict=True):
        assert one.shape == other.shape
        assert abs(one.shape[0] - 297 / 25.4 * DPI) < 2
        assert np.abs(one - other).mean() <= MOST_DIFFERENCE
        assert (one < 0.5).mean() > 0.001  # not two empty pages
    fonts = subprocess.run(["pdffonts", str(got)], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), fonts  # embedded: the outlines travelled with it


def test_what_arrives_is_what_was_issued(app: App, notice: str, house: PrintHouse, tmp_path: Path) -> None:
    issued, before = app.notices.get(notice), len(house.received())
    assert issued.pages >= 4
    run, steps = printed(app, notice, copies=2, sides=PaperSides.TWO)
    assert (run.state, run.sheets_done) == (PrintState.DONE, 2 * ((issued.pages + 1) // 2))
    assert steps[-1].sheets_done == steps[-1].sheets == run.sheets
    got = house.received()[-1]
    assert len(house.received()) == before + 1
    same_paper(app.notices.export(notice, tmp_path), got, tmp_path, (1, issued.pages))
    ticket = house.told("get-job-attributes", f"{DEVICE}/{got.name.split('-')[0]}")
    assert ticket["job-name"] == issued.number
    assert (ticket["copies"], ticket["sides"]) == (2, "two-sided-long-edge")
    size = ticket.get("media-col", {}).get("media-size")
    assert ticket.get("media") == A4 or size == {"x-dimension": 21000, "y-dimension": 29700}


def test_pages_3_and_4_alone_are_a_reprint(app: App, notice: str, house: PrintHouse, tmp_path: Path) -> None:
    printed(app, notice)
    run, _ = printed(app, notice, pages=(3, 4), reprint_reason="第 3 页卡纸弄皱")
    assert (run.state, run.is_reprint, run.sheets_done) == (PrintState.DONE, True, 2)
    got = house.received()[-1]
    same_paper(app.notices.export(notice, tmp_path), got, tmp_path, (3, 4))
    ticket = house.told("get-job-attributes", f"{DEVICE}/{got.name.split('-')[0]}")
    assert ticket["job-name"] == f"{app.notices.get(notice).number} 补打1"


def test_the_test_page_arrives_true_to_size(app: App, house: PrintHouse, tmp_path: Path) -> None:
    before = len(house.received())
    app.printing.send_test_page(QUEUE)
    limit = time.monotonic() + 20
    arrived: list[Path] = []
    while not arrived or app.printing.printers()[0].state is PrinterState.BUSY:
        assert time.monotonic() < limit
        # A job that an earlier test stopped may still come out in between.
        arrived = [
            path for path in house.received()[before:] if _is_whole(path) and "打印对位页" in told("pdftotext", path)
        ]
    sent = tmp_path / "test.pdf"
    sent.write_bytes(app.printing.test_page())
    same_paper(sent, arrived[-1], tmp_path, (1, 1))


def _is_whole(pdf: Path) -> bool:
    return pdf.read_bytes().rstrip().endswith(b"%%EOF")


def test_an_empty_tray_is_told_and_filling_it_goes_on(app: App, notice: str, house: PrintHouse) -> None:
    house.load(A4, 0)
    assert app.printing.printers()[0].state is PrinterState.PAPER_OUT
    steps: list[PrintStep] = []

    def fill(step: PrintStep) -> None:
        steps.append(step)
        if step.state is PrinterState.PAPER_OUT:
            house.load(A4)

    made = app.printing.begin(notice, PrintOrder(printer=QUEUE)).made
    app.printing.send(made, fill)
    run = app.printing.of(notice)[-1]
    assert PrinterState.PAPER_OUT in [step.state for step in steps]
    assert (run.state, run.fault) == (PrintState.DONE, None)


def test_other_paper_is_refused_before_a_sheet_is_spoilt(app: App, notice: str, house: PrintHouse) -> None:
    before = len(house.received())
    house.load(A5)
    run, _ = printed(app, notice)
    house.load(A4)
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, PrinterState.WRONG_PAPER, 0)
    assert len(house.received()) == before


def test_a_printer_switched_off_is_told_and_the_job_taken_back(
    app: App, notice: str, house: PrintHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "PATIENCE_S", 2.0)
    before = len(house.received())
    house.switch_off()
    assert app.printing.printers()[0].state is PrinterState.OFFLINE
    run, steps = printed(app, notice)
    assert steps[-1].state is PrinterState.OFFLINE
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, PrinterState.OFFLINE, 0)
    house.switch_on()
    again, _ = printed(app, notice)  # nothing came out, so it is the same printing tried again
    assert (again.state, again.is_reprint) == (PrintState.DONE, False)
    assert len(house.received()) == before + 1


def test_the_officer_stops_it(app: App, notice: str, house: PrintHouse) -> None:
    house.load(A4, 0)
    made = app.printing.begin(notice, PrintOrder(printer=QUEUE)).made
    seen: list[PrintStep] = []
    app.printing.send(made, seen.append, lambda: bool(seen))
    house.load(A4)
    assert app.printing.of(notice)[-1].state is PrintState.CANCELLED


def test_cups_itself_ends(app: App, notice: str, house: PrintHouse) -> None:
    house.stop_scheduler()
    assert not app.printing.has_spooler()
    run, _ = printed(app, notice)
    house.start_scheduler()
    assert (run.state, run.fault, run.sheets_done) == (PrintState.FAILED, PrinterState.OFFLINE, 0)
