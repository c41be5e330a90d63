"""PhotoChoiceDialog: one photo out of several, for the earlier or the later side of a pair.

dialog = PhotoChoiceDialog(view, thumbs, title=…, pieces=[…], current=id);  dialog.picked → Signal(evidence id)
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.domain.evidence import Evidence
from ui.models.recheck_words import taken_line
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.photos import Photo, PhotoGrid, PhotoGroup
from ui.widgets.thumbs import Thumbs


class PhotoChoiceDialog(Dialog):
    """See the module text."""

    picked = Signal(str)

    def __init__(
        self, parent: QWidget, thumbs: Thumbs, *, title: str, pieces: Sequence[Evidence], current: str
    ) -> None:
        super().__init__(parent, title=title, verb=tr("选用"), key="Ctrl+Enter", width=560)
        self.grid = PhotoGrid(thumbs, name=title)
        photos = tuple(
            Photo(
                id=one.id,
                sha256=one.original.sha256,
                time=taken_line(one)[11:] or one.original.name,
                name=one.original.name,
            )
            for one in pieces
        )
        self.grid.set_groups([PhotoGroup(tr("照片 {n}", n=len(photos)), photos)], choose=current or photos[0].id)
        self.grid.setFixedHeight(self.theme.u(300))
        self.column.addWidget(self.grid)
        self.grid.opened.connect(lambda _id: self._take())
        self.agreed.connect(self._take)

    def _take(self) -> None:
        chosen = self.grid.current()
        if chosen:
            self.accept()
            self.picked.emit(chosen)
