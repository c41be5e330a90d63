"""FootageLists: the clips of an inspection (and those of none), and its hazards with their times.

lists.show_record(record, clip_id, hazard_id).  Signals: `clip_chosen(id)`, `hazard_chosen(id)`, `more_wanted()`.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.models.footage_words import clip_rows, hazard_rows
from ui.text import tr
from ui.views.footage.record import FootageRecord
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.rows import RowList


class FootageLists(Surface):
    """See the module text."""

    clip_chosen = Signal(str)
    hazard_chosen = Signal(str)
    more_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", line="right", parent=parent)
        self.header, self.hazards_header = PaneHeader(key="F5"), PaneHeader()
        self.clips, self.hazards = RowList(height="rowDouble"), RowList(height="rowDouble")
        self.more = Button(kind="quiet", key="Ctrl+E", on_click=self.more_wanted.emit)
        self.nothing = EmptyState("video")
        self.clips.chosen.connect(self.clip_chosen)
        self.clips.opened.connect(self.clip_chosen)
        self.hazards.chosen.connect(self.hazard_chosen)
        self.hazards.opened.connect(self.hazard_chosen)
        self.hazards.clicked.connect(lambda _index: self.hazard_chosen.emit(self.hazards.current()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, self.theme.line, 0)
        column.setSpacing(0)
        self.header.add(self.more)
        for widget, share in ((self.header, 0), (self.clips, 3), (self.nothing, 3)):
            column.addWidget(widget, share)
        column.addWidget(self.hazards_header)
        column.addWidget(self.hazards, 2)
        self.retranslate()

    def show_record(self, record: FootageRecord, clip_id: str, hazard_id: str) -> None:
        """Show these, standing on a clip and a hazard."""
        rows = clip_rows(record.recordings, record.fits) + clip_rows(record.unassigned, record.fits, is_ours=False)
        self.clips.set_rows(rows, choose=clip_id)
        self.clips.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.header.set_count(str(len(rows)) if rows else "")
        self.more.setVisible(bool(rows))
        self.hazards.set_rows(hazard_rows(record.hazards, record.evidence), choose=hazard_id)
        self.hazards.setVisible(bool(record.hazards))
        self.hazards_header.setVisible(bool(record.hazards))
        self.hazards_header.set_count(str(len(record.hazards)))

    def retranslate(self) -> None:
        """Name the parts."""
        self.header.set_title(tr("录像"))
        self.more.setText(tr("整理…"))
        self.hazards_header.set_title(tr("隐患"))
        self.clips.setAccessibleName(tr("录像"))
        self.hazards.setAccessibleName(tr("隐患"))
        self.nothing.say(tr("没有录像"), tr("插入记录仪存储卡，或选择文件夹"))
