"""ServePhoto: the picture of the signed page, and two ways to give one. PhotoDialog takes one of the visit.

photo.show_photo(sha256 | None, name) ; signals `from_visit()`, `from_file()`; `sha256` is what is chosen
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.evidence import Evidence, EvidenceKind
from ui.models.moments import clock_time
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.photos import Photo, PhotoGrid, PhotoGroup
from ui.widgets.row_painter import draw_thumb
from ui.widgets.thumbs import Thumbs

_WIDE, _HIGH = 64, 48


class _Thumb(Themed, QWidget):
    """The photo, small; an empty frame while there is none."""

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__()
        self._thumbs = thumbs
        self.sha256 = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        thumbs.arrived.connect(self._on_arrived)

    def _on_arrived(self, _sha256: str) -> None:
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.u(_WIDE), self.theme.u(_HIGH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            box = QRectF(self.rect())
            draw_thumb(painter, box, self.sha256, thumbs=self._thumbs, theme=self.theme, dpr=self.dpr)


class ServePhoto(Themed, QWidget):
    """See the module text."""

    from_visit = Signal()
    from_file = Signal()

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.thumb = _Thumb(thumbs)
        self.words = Label(role="meta", color="text2")
        self.visit = Button(icon="photo", on_click=self.from_visit.emit)
        self.file = Button(icon="folder-open", on_click=self.from_file.emit)
        self._shown = QHBoxLayout()
        self._shown.addWidget(self.thumb)
        self._shown.addWidget(self.words, 1)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.visit)
        self._buttons.addWidget(self.file)
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._shown)
        self._column.addLayout(self._buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self.visit)
        self.retranslate()
        self.restyle()
        self.show_photo(None, "")

    @property
    def sha256(self) -> str | None:
        """The chosen photo, None without one."""
        return self.thumb.sha256 or None

    def show_photo(self, sha256: str | None, name: str) -> None:
        """Show the chosen photo; None for none."""
        self.thumb.sha256, self._name = sha256 or "", name
        self.thumb.setVisible(bool(sha256))
        self.words.setText(self._name if sha256 else tr("还没有照片"))
        self.thumb.update()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.visit.setText(tr("本次照片"))
        self.file.setText(tr("选择文件"))
        self.thumb.setAccessibleName(tr("签字页照片"))
        if not self.sha256:
            self.words.setText(tr("还没有照片"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            self._column.setSpacing(self.theme.u(6))
            self._buttons.setSpacing(self.theme.gap)
            self._shown.setSpacing(self.theme.u(10))
        super().restyle()


class PhotoDialog(Dialog):
    """One of the photos of the visit. Signal `taken(Evidence)`; it closes itself then."""

    taken = Signal(object)

    def __init__(self, parent: QWidget, thumbs: Thumbs, evidence: Sequence[Evidence]) -> None:
        super().__init__(parent, title=tr("选择签字页照片"), verb=tr("选用"), width=560)
        photos = [one for one in evidence if one.original.kind is EvidenceKind.PHOTO]
        self._known: dict[str, Evidence] = {one.id: one for one in photos}
        self.grid = PhotoGrid(thumbs, name=tr("本次照片"))
        self.grid.setMinimumHeight(self.theme.u(280))
        # The signed page was photographed last, and belongs to no hazard.
        newest = sorted(photos, key=lambda one: one.attached_at, reverse=True)
        group = PhotoGroup(tr("本次照片"), tuple(_cell(one) for one in newest))
        self.grid.set_groups([group], choose=newest[0].id if newest else None)
        self.grid.opened.connect(self._take)
        self.agreed.connect(lambda: self._take(self.grid.current()))
        self.column.addWidget(self.grid)
        if not photos:
            self.verb.refuse(tr("本次检查还没有照片"))
            self.show_error(tr("本次检查还没有照片，可选择文件"))

    def _take(self, evidence_id: str) -> None:
        found = self._known.get(evidence_id)
        if found is not None:
            self.accept()
            self.taken.emit(found)


def _cell(one: Evidence) -> Photo:
    taken = clock_time(one.original.taken_at) if one.original.taken_at else ""
    return Photo(id=one.id, sha256=one.original.sha256, time=taken or one.original.name, name=one.original.name)
