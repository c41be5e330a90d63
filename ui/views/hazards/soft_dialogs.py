"""Dialogs of soft enforcement: which step of the ladder was taken, and the 普法卡 to print or to save."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.hazard import Hazard
from inspector.domain.printing import Printer
from inspector.domain.soft import SoftStep, SoftStepKind
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.moments import day_time
from ui.models.soft_words import step_word
from ui.tasks import Tasks
from ui.text import tr
from ui.views.proof.file_choice import ask_new_file
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import Form, NoteLine
from ui.widgets.rows import Row, RowList


class StepDialog(Dialog):
    """The ladder from the mildest step to the hardest, what was taken of it, and a note. Signal `taken(step, note)`."""

    taken = Signal(object, str)

    def __init__(self, parent: QWidget, hazard: Hazard, steps: Sequence[SoftStep]) -> None:
        super().__init__(
            parent,
            title=tr("隐患 {n}：采取了哪一步？", n=hazard.ordinal),
            text=tr("按从轻到重的顺序；记下的每一步都写入执法全过程日志"),
            verb=tr("记下"),
            key="Ctrl+Enter",
        )
        self.list = RowList(height="rowSingle", name=tr("柔性执法"))
        self.note = TextField()
        done = {one.step: one for one in steps}
        rows = [_row(kind, done.get(kind)) for kind in SoftStepKind]
        following = next((kind for kind in SoftStepKind if kind not in done), SoftStepKind.PENALISE)
        self.list.set_rows(rows, choose=following.value)
        form = Form()
        form.add(tr("说明"), self.note, optional=True)
        self.column.addWidget(self.list)
        self.column.addWidget(form)
        self.list.opened.connect(lambda _id: self.agreed.emit())
        self.agreed.connect(self._tell)
        self.restyle()

    def _tell(self) -> None:
        self.taken.emit(SoftStepKind(self.list.current()), self.note.value())
        self.accept()

    def restyle(self) -> None:
        """As high as its rows."""
        if hasattr(self, "list"):
            self.list.setFixedHeight(len(SoftStepKind) * self.theme.size("rowSingle"))
        super().restyle()


def _row(kind: SoftStepKind, step: SoftStep | None) -> Row:
    icon, color = ("circle-check", "ok") if step is not None else ("circle", "text3")
    at = (day_time(step.taken_at),) if step is not None else ()
    return Row(id=kind.value, title=step_word(kind), icon=icon, icon_color=color, facts=at)


class CardDialog(Dialog):
    """The 普法卡 of a hazard: printed on the default printer, or saved as a PDF."""

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, hazard: Hazard) -> None:
        super().__init__(
            parent,
            title=tr("普法卡：{title}", title=hazard.description),
            text=tr("一页纸：发现了什么、法律怎么说、怎么改、什么时候改好、有疑问问谁"),
            verb=tr("打印"),
            key="Ctrl+P",
        )
        self._services, self._tasks, self._hazard = services, tasks, hazard
        self._printer: Printer | None = None
        self.save = Button(tr("存为 PDF"), icon="download", on_click=self._ask_file)
        self.printer = NoteLine()
        self.column.addWidget(self.save)
        self.column.addWidget(self.printer)
        self.verb.refuse(tr("正在查找打印机"))
        self.agreed.connect(self._print)
        none = self._take_printers
        tasks.query(
            self, services.printing.printers, done=self._take_printers, failed=lambda _error: none(()), key="printers"
        )

    def _take_printers(self, printers: Sequence[Printer]) -> None:
        self._printer = next(iter(printers), None)
        if self._printer is None:
            said = tr("未找到打印机，可先存为 PDF")
            self.verb.refuse(said)
            self.printer.show_note(said, icon="printer-off", color="text2")
        else:
            self.printer.show_note(tr("打印机：{name}", name=self._printer.title), icon="printer", color="text2")
            self.verb.allow()

    def _print(self) -> None:
        if self._printer is None:
            return
        name, title = self._printer.name, self._printer.title
        self.verb.refuse(tr("正在打印"))
        self._tasks.query(
            self,
            self._services.soft.print_card,
            self._hazard.id,
            name,
            done=lambda _told: self._done(tr("已送到打印机 {name}", name=title)),
            failed=self._refuse,
            key="print",
        )

    def _ask_file(self) -> None:
        name = tr("普法卡 {title}.pdf", title=self._hazard.description[:24])
        ask_new_file(self, title=tr("保存普法卡"), name=name, kind="PDF", done=self._save)

    def _save(self, file: Path) -> None:
        self._tasks.query(
            self,
            self._services.soft.save_card,
            self._hazard.id,
            file,
            done=lambda kept: self._done(tr("已存为 {name}", name=kept.name)),
            failed=self._refuse,
            key="save",
        )

    def _done(self, sentence: str) -> None:
        self.show_done(sentence)
        if self._printer is not None:
            self.verb.allow()

    def _refuse(self, error: InspectorError) -> None:
        self.show_error(message(error).sentence)
        if self._printer is not None:
            self.verb.allow()
