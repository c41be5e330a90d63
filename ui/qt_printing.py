"""Printing through Qt, for computers without CUPS: which printers there are, and pages painted on one of them, on A4.

paint(job, draw, tell, is_cancelled) -> Outcome, on a work thread (Qt allows painting on a printer there);
`draw(page from 0, width in px)` returns a page of the stored PDF as an image. Nothing is counted at the printer's
own end: what Qt knows is only what it handed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from inspector.domain.printing import PaperSides, Printer, PrinterState, PrintState, PrintStep, sheets_of

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

DPI = 300
"""Pages are drawn at 300 dots per inch: 0.085 mm, finer than the thinnest stroke of 仿宋 at 三号 (about 0.2 mm)."""
A4_INCHES = 210 / 25.4
PAGE_PX = round(A4_INCHES * DPI)

Draw = Callable[[int, int], QImage]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaintJob:
    """What goes onto paper: pages `first`..`last` from 1, inclusive. With `to_file` a PDF is written instead."""

    printer: str
    title: str
    first: int
    last: int
    copies: int = 1
    sides: PaperSides = PaperSides.ONE
    to_file: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How it ended; `sheets_done` is None where nobody counted, 0 where certainly nothing went out."""

    state: PrintState
    sheets_done: int | None = None
    fault: PrinterState | None = None


def printers() -> tuple[Printer, ...]:
    """Return the printers Qt knows, with what their driver says; empty without any. May take a second: ask aside."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    states = {
        QPrinter.PrinterState.Idle: PrinterState.READY,
        QPrinter.PrinterState.Active: PrinterState.BUSY,
        QPrinter.PrinterState.Aborted: PrinterState.STOPPED,
        QPrinter.PrinterState.Error: PrinterState.OFFLINE,
    }
    return tuple(
        Printer(
            name=one.printerName(),
            title=one.description() or one.printerName(),
            is_default=one.isDefault(),
            state=states.get(one.state(), PrinterState.READY),
            detail=one.location(),
            has_duplex=QPrinter.DuplexMode.DuplexLongSide in one.supportedDuplexModes(),
            is_a4_loaded=None,
        )
        for one in QPrinterInfo.availablePrinters()
    )


def paint(job: PaintJob, draw: Draw, tell: Callable[[PrintStep], None], is_cancelled: Callable[[], bool]) -> Outcome:
    """Paint the pages; A4 is demanded whatever the printer's own setting is."""
    device = _device(job)
    if device is None:
        return Outcome(state=PrintState.FAILED, sheets_done=0, fault=PrinterState.OFFLINE)
    painter = QPainter()
    if not painter.begin(device):
        return Outcome(state=PrintState.FAILED, sheets_done=0, fault=PrinterState.OFFLINE)
    painter.setRenderHints(QPainter.RenderHint.LosslessImageRendering | QPainter.RenderHint.SmoothPixmapTransform)
    # A device that can't repeat by itself (a file) gets the pages again.
    rounds = 1 if device.supportsMultipleCopies() else job.copies
    pages = [page for _ in range(rounds) for page in range(job.first, job.last + 1)]
    sheets = sheets_of(job.last - job.first + 1, job.copies, job.sides)
    try:
        for n, page in enumerate(pages):
            if is_cancelled():
                device.abort()
                return Outcome(state=PrintState.CANCELLED, sheets_done=0 if n == 0 else None)
            if n and not device.newPage():
                return Outcome(state=PrintState.FAILED, fault=PrinterState.OFFLINE)
            image = draw(page - 1, PAGE_PX)
            painter.drawImage(QRectF(painter.viewport()), image)
            tell(PrintStep(sheets_done=round(sheets * (n + 1) / len(pages)), sheets=sheets, state=PrinterState.BUSY))
    finally:
        is_whole = painter.end()
    return Outcome(state=PrintState.DONE) if is_whole else Outcome(state=PrintState.FAILED, fault=PrinterState.OFFLINE)


def _device(job: PaintJob) -> QPrinter | None:
    """Return the device of a job, None if there is no such printer."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    device = QPrinter(QPrinter.PrinterMode.HighResolution)
    if job.to_file is not None:
        device.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        device.setOutputFileName(str(job.to_file))
    elif QPrinterInfo.printerInfo(job.printer).isNull():
        return None
    else:
        device.setPrinterName(job.printer)
    device.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(),
            QPageLayout.Unit.Millimeter,
        )
    )
    device.setFullPage(True)
    device.setDocName(job.title)
    device.setDuplex(
        QPrinter.DuplexMode.DuplexLongSide if job.sides is PaperSides.TWO else QPrinter.DuplexMode.DuplexNone
    )
    if device.supportsMultipleCopies():
        device.setCopyCount(job.copies)
        device.setCollateCopies(True)
    return device
