"""LikenessDialog: two photos that are the same picture, side by side; where and by whom each was taken in; a reason.

dialog = LikenessDialog(view, services, tasks, found);  opened by the re-check, the photo pane and the findings.
It accuses nobody: it says what is alike, that the original is kept, and asks why the picture is used here.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.likeness import Likeness, LikenessKind
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.recheck_words import likeness_line, taken_line
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import Form
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed

EDGE = 640


class _Photo(Themed, QWidget):
    """One photo on photo ground."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._image = QImage()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage) -> None:
        """Show it."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """Landscape."""
        return QSize(self.theme.u(280), self.theme.u(210))

    def minimumSizeHint(self) -> QSize:
        """Gives way."""
        return QSize(self.theme.u(140), self.theme.u(105))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it as large as it fits."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("photoBg"))
            if self._image.isNull():
                return
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            size = self._image.size().toSizeF().scaled(self.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), self._image)


class LikenessDialog(Dialog):
    """See the module text."""

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, found: Likeness) -> None:
        super().__init__(
            parent, title=tr("这张照片在以前的检查中出现过"), text=_sentence(found), verb=tr("保存理由"), width=680
        )
        self._services, self._tasks, self._found = services, tasks, found
        self.here, self.there = _Photo(tr("本次照片")), _Photo(tr("以前的照片"))
        columns = QWidget()
        grid = QGridLayout(columns)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.u(16))
        told = (
            (self.here, tr("本次照片"), taken_line(found.evidence), found.evidence.original.name),
            (self.there, tr("以前的照片"), likeness_line(found), found.other.original.name),
        )
        for column, (photo, name, line, file) in enumerate(told):
            grid.addWidget(Label(name, role="bodyStrong"), 0, column)
            grid.addWidget(photo, 1, column)
            grid.addWidget(Paragraph(line, role="meta"), 2, column)
            grid.addWidget(Paragraph(file, role="meta", color="text2"), 3, column)
            grid.setColumnStretch(column, 1)
        self.reason = TextField()
        self.reason.set_value(found.evidence.reuse_reason)
        form = Form()
        self.row = form.add(tr("使用理由"), self.reason)
        self.column.addWidget(columns)
        self.column.addWidget(form)
        self.reason.returnPressed.connect(self._save)
        self.agreed.connect(self._save)
        for photo, piece in ((self.here, found.evidence), (self.there, found.other)):
            load = partial(_image, services, piece.original.sha256)
            tasks.query(self, load, done=photo.show_image)

    def _save(self) -> None:
        said = self.reason.value().strip()
        if not said:
            self.row.show_error(tr("请填写使用理由"))
            self.reason.setFocus()
            return
        explain = self._services.likeness.explain
        self._tasks.command(
            self, explain, self._found.evidence.id, self._found.other.id, said, done=self._done, failed=self._refuse
        )

    def _done(self, _changes: Changes) -> None:
        self.accept()

    def _refuse(self, error: InspectorError) -> None:
        self.show_error(message(error).happened)


def show_likeness(parent: QWidget, services: App, tasks: Tasks, evidence_id: str) -> None:
    """Ask what a piece is the same as, and open the dialog if there is something."""

    def show(found: list[Likeness]) -> None:
        if found:
            LikenessDialog(parent, services, tasks, found[0]).open()

    tasks.query(parent, services.likeness.found, evidence_id, done=show)


def _sentence(found: Likeness) -> str:
    how = {
        LikenessKind.SAME_BYTES: tr("两个文件完全相同。"),
        LikenessKind.SAME_SHOT: tr("两张照片由同一相机在同一时刻拍摄。"),
        LikenessKind.SAME_PICTURE: tr("两张照片画面相同，可能经过另存、缩小或裁剪。"),
    }
    return how[found.kind] + tr("原件都已保留；如确需使用，请写明理由。")


def _image(services: App, sha256: str) -> QImage:
    """Runs on a work thread; a null image for what can't be drawn."""
    try:
        return QImage.fromData(services.evidence.preview(sha256, EDGE))
    except InspectorError:
        return QImage()
