"""What is seen and photographed during the visit of product.md §4, for whichever hand types it."""

from __future__ import annotations

from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QPushButton, QTreeView

from tests.journeys.desk import Desk

PLACES = [
    ("一号库东侧", "yhkdc"),
    ("二楼走廊", "elzl"),
    ("配电间", "pdj"),
    ("西门", "xm"),
    ("二号库", "ehk"),
    ("三号库", "shk"),
    ("食堂", "st"),
    ("仓库", "ck"),
]


def shoot(desk: Desk, count: int) -> None:
    """Photograph it; the tenth photo comes from a camera whose clock stands on another day."""
    for _ in range(count):
        desk.clock.advance(minutes=1)
        seen = len(list(desk.card.iterdir()))
        desk.shoot(f"DSCN{seen:04}.jpg", is_right=seen < 9)


def free(desk: Desk) -> int:
    """How many photos belong to no hazard, as the screen has it."""
    return sum(one.hazard_id is None for one in desk.workspace._record.evidence)


def shown(files: QTreeView) -> list[str]:
    """The names a file dialog shows, in its order."""
    model, root = files.model(), files.rootIndex()
    return [str(model.index(n, 0, root).data()) for n in range(model.rowCount(root))]


def open_button(dialog: QFileDialog) -> QPushButton:
    """What a file dialog is finished with."""
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    return box.button(QDialogButtonBox.StandardButton.Open)


def files_of(dialog: QFileDialog) -> QTreeView:
    """The list of a file dialog."""
    found = dialog.findChild(QTreeView)
    assert isinstance(found, QTreeView)
    return found
