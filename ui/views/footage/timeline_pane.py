"""TimelinePane: the visit as a line of time over the filming list in words; what is missing can be explained.

pane.show_timeline(timeline).  Signals: `opened(clip_id, at_us)`, `explain_wanted(Gap)`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.domain.timeline import Gap, GapState, Timeline
from ui.models.timeline_words import gap_rows, gaps_sentence
from ui.text import tr
from ui.views.footage.plot import TimelinePlot
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.icon import IconLabel
from ui.widgets.label import Paragraph
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.rows import RowList

_LOW = 420
"""Height under which there is no room for a heading and three lines of steps, in unscaled px."""


class TimelinePane(Surface):
    """See the module text."""

    opened = Signal(str, int)
    explain_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._timeline: Timeline | None = None
        self.plot = TimelinePlot()
        self.plot.opened.connect(self.opened)
        self.smaller = Button(kind="quiet", icon="zoom-out", on_click=lambda: self.plot.zoom(1 / 1.5))
        self.larger = Button(kind="quiet", icon="zoom-in", on_click=lambda: self.plot.zoom(1.5))
        self.header = PaneHeader()
        self.header.add(self.larger)
        self.header.add(self.smaller)
        self.icon = IconLabel("info-circle", 18)
        self.sentence = Paragraph()
        self.list = RowList(height="rowDouble")
        self.list.opened.connect(lambda _id: self.explain())
        self.list.chosen.connect(lambda _id: self._show_explain())
        self.explain_button = Button(icon="pencil", key="Enter", on_click=self.explain)
        self.nothing = EmptyState("timeline")
        self._words = QHBoxLayout()
        self._words.addWidget(self.icon)
        self._words.addWidget(self.sentence, 1)
        self._words.addWidget(self.explain_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.plot)
        column.addLayout(self._words)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        self.retranslate()
        self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is low, the plot gives way to the list, and the tab names it already."""
        super().resizeEvent(event)
        is_low = self.height() < self.theme.u(_LOW)
        self.plot.be_low(is_low)
        self.header.setVisible(not is_low and self._timeline is not None)

    def show_timeline(self, timeline: Timeline | None) -> None:
        """Show a visit; None shows that there is none."""
        self._timeline = timeline
        has_any = timeline is not None
        self.header.setVisible(has_any and self.height() >= self.theme.u(_LOW))
        for widget in (self.plot, self.icon, self.sentence, self.explain_button, self.list):
            widget.setVisible(has_any)
        self.nothing.setVisible(not has_any)
        self.plot.show_timeline(timeline)
        if timeline is None:
            return
        is_open = bool(timeline.open_gaps)
        self.sentence.setText(gaps_sentence(timeline))
        self.icon.show_icon("filled/alert-triangle" if is_open else "filled/circle-check", "warn" if is_open else "ok")
        rows = gap_rows(timeline.gaps)
        self.list.set_rows(rows, choose=self.list.current() or (rows[0].id if rows else ""))
        self.header.set_count(str(len(timeline.gaps)))
        self._show_explain()

    def current(self) -> Gap | None:
        """Return the item that the list stands on."""
        gaps = self._timeline.gaps if self._timeline is not None else ()
        return next((one for one in gaps if one.item.id == self.list.current()), None)

    def explain(self) -> None:
        """Ask why the item was not filmed; only what is missing needs a reason."""
        gap = self.current()
        if gap is not None and gap.uncovered:
            self.explain_wanted.emit(gap)

    def _show_explain(self) -> None:
        gap = self.current()
        if gap is not None and gap.uncovered:
            self.explain_button.allow()
        else:
            self.explain_button.refuse(tr("这一项没有缺口"))
        is_again = gap is not None and gap.state is GapState.EXPLAINED
        self.explain_button.setText(tr("改说明…") if is_again else tr("说明原因…"))

    def retranslate(self) -> None:
        """Name the parts."""
        self.header.set_title(tr("时间线"))
        self.smaller.setText(tr("缩小"))
        self.larger.setText(tr("放大"))
        self.list.setAccessibleName(tr("应当录像的步骤"))
        self.nothing.say(tr("还没有检查"), tr("打开一次检查后，这里对照步骤与录像"))
        self.show_timeline(self._timeline)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_words"):
            u = self.theme.u
            self._words.setContentsMargins(u(16), u(8), u(16), u(8))
            self._words.setSpacing(u(10))
        super().restyle()
