"""PrintFoot: how far the printing is, or what came of it: cancel, print the rest, say what nobody saw.

foot.show_waiting() | show_step(step) | show_run(run) | clear()
Signals: `cancelled()`, `rest_wanted(good page)`, `settled(PrintState)`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.printing import PrintRun, PrintState, PrintStep
from ui.text import tr
from ui.views.notices.paper_words import printer_word, run_badge, trouble, waiting_words
from ui.views.notices.remainder import copies_out, likely_good
from ui.widgets.button import Button
from ui.widgets.fields import NumberField
from ui.widgets.form import NoteLine
from ui.widgets.label import Label, Paragraph
from ui.widgets.panel import Surface
from ui.widgets.progress import Progress
from ui.widgets.tag import Tag

_MOST_PAGES = 999


class PrintFoot(Surface):
    """See the module text; it takes no room while there is nothing to say."""

    cancelled = Signal()
    rest_wanted = Signal(int)
    settled = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", line="top", parent=parent)
        self.run: PrintRun | None = None
        self._step: PrintStep | None = None
        self._is_running = self._is_ending = False
        self.progress = Progress()
        self.trouble = NoteLine()
        self.stop = Button(icon="player-stop", on_click=self._ask_stop)
        self.tag = Tag()
        self.words = Paragraph(role="meta", color="text2")
        self.question = Label(elide=False)
        self.good = NumberField(0, _MOST_PAGES)
        self.rest = Button(icon="printer", on_click=self._ask_rest)
        self.came_out = Button(icon="check", on_click=lambda: self.settled.emit(PrintState.DONE))
        self.broke_off = Button(icon="x", on_click=lambda: self.settled.emit(PrintState.FAILED))
        self._build()
        self.clear()
        self.retranslate()
        self.restyle()

    def _build(self) -> None:
        self._running, self._ended, self._asking, self._unknown = QWidget(), QWidget(), QWidget(), QWidget()
        running = QVBoxLayout(self._running)
        running.addWidget(self.progress)
        running.addWidget(self.trouble)
        running.addWidget(self.stop)
        ended = QVBoxLayout(self._ended)
        ended.addWidget(self.tag)
        ended.addWidget(self.words)
        asking = QHBoxLayout(self._asking)
        for widget in (self.question, self.good, self.rest):
            asking.addWidget(widget)
        asking.addStretch(1)
        unknown = QHBoxLayout(self._unknown)
        unknown.addWidget(self.came_out)
        unknown.addWidget(self.broke_off)
        unknown.addStretch(1)
        self._column = QVBoxLayout(self)
        self._inner = (running, ended, asking, unknown)
        for layout, part in zip(self._inner, (self._running, self._ended, self._asking, self._unknown), strict=True):
            layout.setContentsMargins(0, 0, 0, 0)
            self._column.addWidget(part)

    # --- showing ---------------------------------------------------------------

    def clear(self) -> None:
        """Say nothing."""
        self.run, self._step, self._is_running = None, None, False
        self._show()

    def show_waiting(self) -> None:
        """The order is given; nothing has been told yet."""
        self.run, self._step, self._is_running, self._is_ending = None, None, True, False
        self._show()

    def show_step(self, step: PrintStep) -> None:
        """Say how far it is, and what the printer waits for."""
        self._step, self._is_running = step, True
        self._show()

    def show_run(self, run: PrintRun) -> None:
        """Say what came of a run; one that failed asks which pages are good. What is typed meanwhile stays."""
        if run == self.run and not self._is_running:
            return
        self.run, self._step, self._is_running = run, None, False
        self.good.set_value(str(max(0, likely_good(run))))
        self._show()

    @property
    def is_running(self) -> bool:
        """Whether a printing is under way here."""
        return self._is_running

    def _show(self) -> None:
        run = self.run
        self._running.setVisible(self._is_running)
        self._ended.setVisible(not self._is_running and run is not None)
        is_broken = run is not None and run.state in {PrintState.FAILED, PrintState.CANCELLED}
        self._asking.setVisible(not self._is_running and is_broken)
        self._unknown.setVisible(not self._is_running and run is not None and run.state is PrintState.SENT)
        self.setVisible(self._is_running or run is not None)
        if self._is_running:
            self._show_progress()
        elif run is not None:
            self._show_end(run)

    def _show_progress(self) -> None:
        step = self._step
        if self._is_ending:
            self.stop.refuse(tr("正在取消"))
        else:
            self.stop.allow()
        if step is None:
            self.progress.show_share(tr("正在交给打印机"), 0)
            self.trouble.show_note("")
            return
        self.progress.show_progress(tr("打印"), step.sheets_done, step.sheets, note=printer_word(step.state))
        self.trouble.show_note(waiting_words(step.state), icon="filled/alert-triangle", color="warn")

    def _show_end(self, run: PrintRun) -> None:
        self.tag.show_badge(run_badge(run))
        self.words.setText(_ended_words(run))
        self.words.setVisible(bool(self.words.text()))

    # --- asking ----------------------------------------------------------------

    def _ask_stop(self) -> None:
        self._is_ending = True
        self._show_progress()
        self.cancelled.emit()

    def _ask_rest(self) -> None:
        good = self.good.number()
        self.rest_wanted.emit(good if good is not None else 0)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.stop.setText(tr("取消打印"))
        self.question.setText(tr("完好到第几页"))
        self.good.setAccessibleName(tr("完好到第几页"))
        self.rest.setText(tr("补打其余"))
        self.came_out.setText(tr("已打好"))
        self.broke_off.setText(tr("没打好"))
        self._show()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_inner"):
            u = self.theme.u
            self._column.setContentsMargins(u(20), u(12), u(20), u(12))
            self._column.setSpacing(u(8))
            for layout in self._inner:
                layout.setSpacing(u(8))
        super().restyle()


def _ended_words(run: PrintRun) -> str:
    """Say what is safe and what to do now."""
    if run.state is PrintState.DONE:
        return tr("请核对页数，签字后点送达")
    if run.state is PrintState.SENT:
        return tr("程序没有看到它打完，请看看纸出来了没有。文书与编号已保存")
    done = tr("已出 {n} / {total} 张", n=run.sheets_done, total=run.sheets) if run.sheets_done is not None else ""
    out = copies_out(run)
    if out:
        done += tr("，第 {n} 份没有打完", n=out + 1)
    fault = trouble(run.fault)
    todo = fault.todo if run.state is PrintState.FAILED else ""
    stop = tr("。")
    return "".join(f"{part}{stop}" for part in (done, fault.safe, todo) if part).strip()
