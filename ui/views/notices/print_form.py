"""PrintForm: which printer, how many copies, which sides and pages; why again, if it was printed before.

form.show_shelf(shelf) ; form.show_notice(pages, copies_note=…, was_printed=…) ; form.order() -> PrintOrder | None
Signals: `changed()` something was chosen, `refresh()` look for printers again.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.printing import MOST_COPIES, PaperSides, Printer, PrintOrder
from ui.text import tr
from ui.views.notices.paper_words import REPRINT_REASONS, printer_row
from ui.views.notices.printer_choice import PrinterChoice
from ui.views.notices.side_form import SideForm
from ui.widgets.button import Button
from ui.widgets.fields import NumberField, TextField
from ui.widgets.form import NoteLine
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.rows import RowList
from ui.widgets.segment import Choice, Segment

ALL, SOME = "all", "some"
OTHER = "other"
_ROWS_SHOWN = 3
_MOST_PAGES = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """The printers of this computer, whether CUPS has them, and the one that was used last."""

    printers: tuple[Printer, ...]
    has_spooler: bool
    choice: PrinterChoice


class PrintForm(Themed, QWidget):
    """See the module text."""

    changed = Signal()
    refresh = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._printers: tuple[Printer, ...] = ()
        self._pages = 1
        self._is_reprint = False
        self._copies_note = ""
        self._is_chosen = False
        self.printers = RowList(height="rowDouble")
        self.printers.setProperty("ringGap", 0)
        self.again = Button(kind="link", on_click=self.refresh.emit)
        self.label = Label(color="text2")
        self.note = NoteLine()
        self.paper = Label(role="meta", color="text2", elide=False)
        self.copies = NumberField(1, MOST_COPIES)
        self.sides = Segment()
        self.pages = Segment()
        self.first, self.last = NumberField(1, _MOST_PAGES), NumberField(1, _MOST_PAGES)
        self.to = Label("–", elide=False)
        self.reason, self.other = Segment(), TextField()
        self._build()
        self.printers.chosen.connect(self._on_printer)
        self.pages.chosen.connect(self._on_pages)
        self.reason.chosen.connect(self._on_reason)
        self.retranslate()

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.label, 1)
        self._head.addWidget(self.again)
        self.form = SideForm()
        self.reason_row = self.form.add("", self.reason)
        self.other_row = self.form.add("", self.other)
        self.copies_row = self.form.add("", self.copies, beside=[self.sides])
        self.pages_row = self.form.add("", self.pages)
        self.range_row = self.form.add("", self.first, beside=[self.to, self.last])
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.printers)
        self._column.addWidget(self.note)
        self._column.addWidget(self.form)
        self._column.addWidget(self.paper)
        self.sides.set_value(PaperSides.ONE)
        self.pages.set_value(ALL)
        for row in (self.reason_row, self.other_row, self.range_row):
            row.hide()

    # --- showing ---------------------------------------------------------------

    def show_shelf(self, shelf: Shelf) -> None:
        """Show the printers; the one used last is chosen, a first one never by itself."""
        self._printers = shelf.printers
        wanted = self.printers.current()
        if not self._is_chosen:
            wanted = shelf.choice.printer
            self.sides.set_value(shelf.choice.sides)
        self.printers.set_rows([printer_row(one) for one in shelf.printers], choose=wanted)
        self._fit_list()
        self._show_printer()

    def show_notice(self, pages: int, *, copies_note: str, is_reprint: bool) -> None:
        """Begin anew for a notice of so many pages; `copies_note` is what its form says of copies (一式两份)."""
        self._pages, self._copies_note, self._is_reprint = pages, copies_note, is_reprint
        self.copies.set_value(str(copies_of(copies_note)))
        self.ask_pages(None)
        self.reason.set_value("")
        self.other.set_value("")
        self.mark_reprint(is_reprint=is_reprint)
        self._show_copies()

    def mark_reprint(self, *, is_reprint: bool) -> None:
        """Ask for the reason or not."""
        self._is_reprint = is_reprint
        self.reason_row.setVisible(is_reprint)
        self._on_reason(self.reason.value())

    def ask_pages(self, pages: tuple[int, int] | None) -> None:
        """Stand on all pages, or on these."""
        self.pages.set_value(ALL if pages is None else SOME)
        first, last = pages or (1, self._pages)
        self.first.set_value(str(first))
        self.last.set_value(str(last))
        self.range_row.setVisible(pages is not None)
        self.range_row.clear_error()
        self.pages_row.setVisible(self._pages > 1)

    def ask_reason(self, reason: str) -> None:
        """Stand on one of the likely reasons."""
        self.reason.set_value(reason)
        self._on_reason(reason)

    # --- asking ----------------------------------------------------------------

    def printer(self) -> Printer | None:
        """Return the chosen printer."""
        return next((one for one in self._printers if one.name == self.printers.current()), None)

    def order(self) -> PrintOrder | None:
        """Return what is asked for; None while something is missing, which is then said where it is missing."""
        printer, copies = self.printer(), self.copies.number()
        for row in self.form.rows():
            row.clear_error()
        if copies is None:
            self.copies_row.show_error(tr("份数应为 1 到 {most}", most=MOST_COPIES))
        pages = self._asked_pages()
        reason = self._asked_reason()
        wrong = self.form.first_error()
        if printer is None or copies is None or wrong is not None:
            (wrong.field if wrong is not None else self.printers).setFocus()
            if printer is None:
                self._say(tr("请选择打印机"), is_wrong=True)
            return None
        return PrintOrder(
            printer=printer.name,
            copies=copies,
            sides=PaperSides(self.sides.value() or PaperSides.ONE),
            pages=pages,
            reprint_reason=reason,
        )

    def _asked_pages(self) -> tuple[int, int] | None:
        if self.pages.value() != SOME:
            return None
        first, last = self.first.number(), self.last.number()
        if first is None or last is None or not 1 <= first <= last <= self._pages:
            self.range_row.show_error(tr("页码应在 1 到 {n} 之间，从小到大", n=self._pages))
            return None
        return first, last

    def _asked_reason(self) -> str:
        if not self._is_reprint:
            return ""
        chosen = self.reason.value()
        if not chosen:
            self.reason_row.show_error(tr("请选择补打的理由"))
            return ""
        if chosen != OTHER:
            return REPRINT_REASONS[chosen]
        said = self.other.value().strip()
        if not said:
            self.other_row.show_error(tr("请写明补打的理由"))
        return said

    # --- choosing --------------------------------------------------------------

    def _on_printer(self, _name: str) -> None:
        self._is_chosen = True
        self._show_printer()
        self.changed.emit()

    def _on_pages(self, value: str) -> None:
        self.range_row.setVisible(value == SOME)
        self.changed.emit()

    def _on_reason(self, value: str) -> None:
        self.other_row.setVisible(self._is_reprint and value == OTHER)
        if value:
            self.reason_row.clear_error()
        self.changed.emit()

    def _show_printer(self) -> None:
        """Say what the chosen printer can't do."""
        printer = self.printer()
        can_turn = printer is None or printer.has_duplex
        if not can_turn:
            self.sides.set_value(PaperSides.ONE)
        self.sides.setEnabled(can_turn)
        self.sides.setToolTip("" if can_turn else tr("这台打印机只能单面打印"))
        is_wrong = printer is not None and printer.is_a4_loaded is False
        self._say(tr("装的不是 A4 纸：请换装后再打印") if is_wrong else "", is_wrong=True)

    def _say(self, text: str, *, is_wrong: bool = False) -> None:
        color = "warn" if is_wrong else "text2"
        self.note.show_note(text, icon="filled/alert-circle" if is_wrong else "", color=color)

    def _show_copies(self) -> None:
        """What a form says of its copies is law text, and stays as it is."""
        self.copies_row.set_hint(tr("文书式样：{note}", note=self._copies_note) if self._copies_note else "")

    def _fit_list(self) -> None:
        rows = max(1, min(_ROWS_SHOWN, len(self._printers)))
        self.printers.setFixedHeight(rows * self.theme.size("rowDouble"))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.label.setText(tr("打印机"))
        self.printers.setAccessibleName(tr("打印机"))
        self.again.setText(tr("重新查找"))
        sides = [Choice(PaperSides.ONE, tr("单面")), Choice(PaperSides.TWO, tr("双面"))]
        self.sides.set_choices(sides)
        self.pages.set_choices([Choice(ALL, tr("全部")), Choice(SOME, tr("指定页"))])
        reasons = {"jam": tr("卡纸"), "missing": tr("缺页"), "asked": tr("当事人要求"), OTHER: tr("其他")}
        self.reason.set_choices([Choice(value, word) for value, word in reasons.items()])
        words = {
            self.reason_row: tr("补打理由"),
            self.other_row: tr("写明理由"),
            self.copies_row: tr("份数"),
            self.pages_row: tr("页面"),
            self.range_row: tr("从第几页到第几页"),
        }
        for row, word in words.items():
            row.set_label(word)
        self.first.setAccessibleName(tr("首页"))
        self.last.setAccessibleName(tr("末页"))
        self.sides.setAccessibleName(tr("单双面"))
        self.paper.setText(tr("纸张：A4（210 × 297 mm）"))
        self._show_copies()
        self.printers.set_rows([printer_row(one) for one in self._printers])
        self.form.arrange_labels()
        self._show_printer()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            self._column.setContentsMargins(0, 0, 0, 0)
            self._column.setSpacing(self.theme.u(6))
            self._fit_list()
        super().restyle()


def copies_of(note: str) -> int:
    """Return how many copies a form's note asks for: 一式两份 is 2; 1 where it names no number of copies."""
    numbers = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
    found = note.partition("一式")[2][:1]
    return numbers.get(found, 1)
