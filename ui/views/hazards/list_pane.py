"""HazardListPane: the hazards of one inspection, the offer to go on with a half-typed one, and what to do when empty.

pane.show_hazards(rows, current, count=…) ; pane.offer_draft("消防通道…") or ""
Signals: `chosen(id)`, `deleted(id)`, `dropped(evidence ids, hazard id)`, `files_dropped(list[Path], hazard id)`,
`new_wanted()`, `clean_wanted()`, `resume_wanted()`, `discard_wanted()`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.text import tr
from ui.views.evidence.grid import dragged_ids, dropped_paths, is_dragging
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader
from ui.widgets.rows import Row, RowList
from ui.widgets.thumbs import Thumbs


class HazardList(RowList):
    """The rows; a photo or files may be dropped on one.

    Signals: `deleted(id)`, `dropped(list, hazard id)`, `files_dropped(list[Path], hazard id)`.
    """

    deleted = Signal(str)
    dropped = Signal(object, str)
    files_dropped = Signal(object, str)

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__(thumbs=thumbs)
        self.setAcceptDrops(True)

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(super().minimumSizeHint().width(), self.theme.size("rowDouble"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks to remove."""
        if event.key() == Qt.Key.Key_Delete and self.current():
            self.deleted.emit(self.current())
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take photos of this inspection, and files."""
        if _is_taken(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Say whether there is a row under the photo."""
        if _is_taken(event.mimeData()) and self.indexAt(event.position().toPoint()).isValid():
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Give photos and files to the hazard they are dropped on."""
        index, mime = self.indexAt(event.position().toPoint()), event.mimeData()
        if not index.isValid() or not _is_taken(mime):
            return
        event.acceptProposedAction()
        hazard_id = self.rows()[index.row()].id
        if is_dragging(mime):
            self.dropped.emit(dragged_ids(mime), hazard_id)
        else:
            self.files_dropped.emit(dropped_paths(mime), hazard_id)


def _is_taken(mime: QMimeData) -> bool:
    return is_dragging(mime) or any(url.isLocalFile() for url in mime.urls())


class ResumeBar(Themed, QWidget):
    """Says that a hazard was half-typed when the program ended or the screen was left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = Label(color="warn")
        self.go = Button(kind="link")
        self.drop = Button(kind="link")
        self._icon = IconLabel("history", 18, "warn")
        self._row = QHBoxLayout(self)
        for widget in (self._icon, self.text):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._row.addWidget(self.go)
        self._row.addWidget(self.drop)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._row.setContentsMargins(u(16), u(2), u(16), u(2) + self.theme.line)
        self._row.setSpacing(u(12))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the amber ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("warnBg"))
            line = self.theme.line
            painter.fillRect(0, self.height() - line, self.width(), line, self.theme.color("warnLine"))


class HazardListPane(Themed, QWidget):
    """See the module text."""

    chosen = Signal(str)
    deleted = Signal(str)
    dropped = Signal(object, str)
    files_dropped = Signal(object, str)
    new_wanted = Signal()
    clean_wanted = Signal()
    resume_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PaneHeader(key="F6")
        self.list = HazardList(thumbs)
        self.resume = ResumeBar()
        self.new = Button(kind="secondary", icon="plus", key="F2", on_click=self.new_wanted.emit)
        self.clean = Button(on_click=self.clean_wanted.emit)
        self.empty = EmptyState("clipboard-list", buttons=[self.new, self.clean])
        self._title_of_draft = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.resume)
        column.addWidget(self.list, 1)
        column.addWidget(self.empty, 1)
        self.list.hide()
        self.list.chosen.connect(self.chosen)
        self.list.deleted.connect(self.deleted)
        self.list.dropped.connect(self.dropped)
        self.list.files_dropped.connect(self.files_dropped)
        self.resume.go.clicked.connect(lambda _on=False: self.resume_wanted.emit())
        self.resume.drop.clicked.connect(lambda _on=False: self.discard_wanted.emit())
        self.offer_draft(None)
        self.retranslate()

    def show_hazards(self, rows: Sequence[Row], *, current: str, is_clean: bool, is_open: bool) -> None:
        """Show the rows and stand on `current`; empty says what to do."""
        self.header.set_count(str(len(rows)) if rows else "")
        self._say_empty(is_clean=is_clean, is_open=is_open)
        self.list.set_rows(rows, choose=current)
        if not current:
            self.list.clearSelection()
            self.list.setCurrentIndex(self.list.model_of_rows.index(-1))
        (self.empty if rows else self.list).hide()
        (self.list if rows else self.empty).show()

    def is_empty(self) -> bool:
        """Whether the empty state is shown."""
        return self.list.isHidden()

    def rows_height(self) -> int:
        """Return the height that header, offer and all rows would take, in px."""
        high = self.header.sizeHint().height() + len(self.list.rows()) * self.theme.size("rowDouble")
        return high + (self.resume.sizeHint().height() if self.resume.isVisibleTo(self) else 0)

    def offer_draft(self, title: str | None) -> None:
        """Offer to go on with a half-typed hazard; None takes the offer away."""
        self._title_of_draft = title or ""
        self.resume.setVisible(title is not None)
        said = tr("有一条没写完的隐患：{title}", title=title) if title else tr("有一条没写完的隐患")
        self.resume.text.setText(said)
        self.resume.setAccessibleName(said)

    def _say_empty(self, *, is_clean: bool, is_open: bool) -> None:
        self.clean.setVisible(is_open and not is_clean)
        self.new.setVisible(is_open)
        if is_clean:
            self.empty.say(tr("现场未发现问题"), tr("已写入检查情况；如又发现隐患，按 F2 记录"))
        elif is_open:
            self.empty.say(tr("尚未记录隐患"), tr("按 F2 开始；如无隐患，点“现场未发现问题”"))
        else:
            self.empty.say(tr("没有隐患"), tr("检查已结束"))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("隐患"))
        self.list.setAccessibleName(tr("隐患"))
        self.new.setText(tr("新隐患"))
        self.clean.setText(tr("现场未发现问题"))
        self.resume.go.setText(tr("继续填写"))
        self.resume.drop.setText(tr("放弃"))
        if self.resume.isVisibleTo(self):
            self.offer_draft(self._title_of_draft)
