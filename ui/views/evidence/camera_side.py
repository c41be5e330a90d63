"""CameraSide: the column beside the live picture: which camera, whose photo it is, how sharp and how light, the ghost.

Signals: `source_chosen(number)`, `hazard_wanted()`, `ghost_changed()`. `ghost` is the checkbox, `opacity()` 0.2 to 0.6.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from inspector.evidence.camera import Light, View
from ui.text import tr
from ui.views.evidence.dark import DarkButton, DarkCheckBox, DarkLabel, DarkWords
from ui.views.evidence.meter import Meter
from ui.views.evidence.picture import Dark
from ui.views.evidence.tool_button import ToolButton
from ui.widgets.icon import IconLabel
from ui.widgets.painted import Themed

OPACITIES = (20, 40, 60)
"""In hundredths; product.md §5 screen 8 begins at 40."""


class _Icon(Dark, IconLabel):
    """An icon on dark ground."""


class CameraSide(Dark, Themed, QWidget):
    """See the module text."""

    source_chosen = Signal(int)
    hazard_wanted = Signal()
    ghost_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = [DarkLabel(role="meta", color="text2", elide=False) for _ in range(5)]
        self._sources, self._source_group = QVBoxLayout(), QButtonGroup(self)
        self.source_buttons: list[ToolButton] = []
        self.hazard = DarkButton(icon="chevron-down", key="M", on_click=self.hazard_wanted.emit)
        self.meter = Meter()
        self.light_icon = _Icon("circle", 16, "text2")
        self.light = DarkLabel(elide=False)
        self.ghost = DarkCheckBox()
        self.ghost.toggled.connect(lambda _on: self._tell())
        self.opacities = [ToolButton(f"{share}") for share in OPACITIES]
        self._opacity_group = QButtonGroup(self)
        self.kept = DarkWords(role="meta", color="ok")
        self._view: View | None = None
        self._build()
        self.retranslate()
        self.restyle()

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._light_row, self._opacity_row = QHBoxLayout(), QHBoxLayout()
        self._light_row.addWidget(self.light_icon)
        self._light_row.addWidget(self.light, 1)
        for button in self.opacities:
            self._opacity_group.addButton(button)
            self._opacity_row.addWidget(button)
            button.clicked.connect(lambda _on=False: self._tell())
        self.opacities[1].setChecked(True)
        name = iter(self._names)
        self._column.addWidget(next(name))
        self._column.addWidget(self.hazard)
        self._column.addWidget(next(name))
        self._column.addWidget(self.meter)
        self._column.addWidget(next(name))
        self._column.addLayout(self._light_row)
        self._column.addWidget(next(name))
        self._column.addWidget(self.ghost)
        self._column.addLayout(self._opacity_row)
        self._column.addWidget(next(name))
        self._column.addLayout(self._sources)
        self._column.addStretch(1)
        self._column.addWidget(self.kept)
        self.show_ghost_parts(is_there=False)

    def show_sources(self, names: Sequence[str], chosen: int) -> None:
        """Show the cameras to choose from."""
        for button in self.source_buttons:
            self._source_group.removeButton(button)
            button.deleteLater()
        self.source_buttons = []
        for n, name in enumerate(names):
            button = ToolButton(f"{n}", icon="camera")
            button.setText(name or tr("相机 {n}", n=n + 1))
            button.setToolTip(button.text())
            button.setChecked(n == chosen)
            button.clicked.connect(lambda _on=False, n=n: self.source_chosen.emit(n))
            self._source_group.addButton(button)
            self._sources.addWidget(button)
            self.source_buttons.append(button)
        self._names[4].setVisible(bool(names))

    def show_hazard(self, word: str, *, is_there: bool) -> None:
        """Say whose the photos are, where there is a choice."""
        self.hazard.setText(word)
        for widget in (self._names[0], self.hazard):
            widget.setVisible(is_there)

    def show_ghost_parts(self, *, is_there: bool) -> None:
        """Offer the ghost where there is an earlier photo."""
        for widget in (self._names[3], self.ghost, *self.opacities):
            widget.setVisible(is_there)
        self.ghost.setChecked(is_there)

    def opacity(self) -> float:
        """How strong the ghost is, 0 to 1."""
        return next((int(one.value) for one in self.opacities if one.isChecked()), OPACITIES[1]) / 100

    def _tell(self) -> None:
        self.ghost_changed.emit()

    def show_view(self, view: View | None) -> None:
        """Show what the meters say, None while nothing is seen."""
        self._view = view
        if view is None:
            self.meter.show_steps(0, "")
            self._show_light("", "circle", "text2")
            return
        if view.steps >= 4:
            self.meter.show_steps(view.steps, tr("清楚"), color="ok")
        elif view.steps >= 2:
            self.meter.show_steps(view.steps, tr("尚可"), color="text2")
        else:
            self.meter.show_steps(view.steps, tr("可能模糊"), color="warn")
        words = {
            Light.GOOD: (tr("正常"), "filled/circle-check", "ok"),
            Light.BRIGHT: (tr("过亮，亮处看不清"), "filled/alert-triangle", "warn"),
            Light.DARK: (tr("过暗，暗处看不清"), "filled/alert-triangle", "warn"),
        }
        self._show_light(*words[view.light])

    def _show_light(self, word: str, icon: str, color: str) -> None:
        if word != self.light.text():
            self.light.setText(word)
            self.light_icon.show_icon(icon, color)
        self.light_icon.setVisible(bool(word))

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        words = (tr("归属"), tr("清晰度"), tr("曝光"), tr("上次同位"), tr("来源"))
        for label, word in zip(self._names, words, strict=True):
            label.setText(word)
        self.ghost.setText(tr("叠影"))
        for button in self.opacities:
            button.setText(f"{button.value}%")
        if hasattr(self, "_column"):
            self.show_view(self._view)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u, gap = self.theme.u, self.theme.gap
            self._column.setContentsMargins(u(20), u(12), u(20), u(12))
            self._column.setSpacing(u(6))
            self._light_row.setSpacing(u(8))
            self._opacity_row.setSpacing(gap)
            self._sources.setSpacing(gap if self.theme.is_field else u(4))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
