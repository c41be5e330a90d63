"""LooksCard: language, theme, zoom, field mode and its calibration; each takes effect at once.

Signal: `liked(dict)` fields of Preferences.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from ui.text import tr, words
from ui.theme.look import look
from ui.theme.theme import ZOOMS
from ui.views.settings.calibration import CalibrationDialog
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.form import Form
from ui.widgets.label import Label
from ui.widgets.panel import Card
from ui.widgets.segment import Choice, Segment


class LooksCard(Card):
    """See the module text. `per_mm` is what is believed of this screen: logical px a millimetre."""

    liked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.per_mm = 96 / 25.4
        self._title = Label(role="pane")
        self.language = Segment([Choice("zh_CN", "中文"), Choice("en", "English")])
        self.language.chosen.connect(lambda value: self.liked.emit({"language": value}))
        self.themes = Segment()
        self.themes.chosen.connect(lambda value: self.liked.emit({"theme": value}))
        self.smaller = Button(icon="zoom-out", on_click=lambda: self._zoom(-1))
        self.larger = Button(icon="zoom-in", on_click=lambda: self._zoom(1))
        self._percent = Label(elide=False)
        self.field_mode = CheckBox()
        self.field_mode.clicked.connect(lambda is_on: self.liked.emit({"field_mode": bool(is_on)}))
        self.calibrate = Button(icon="ruler-2", on_click=self._calibrate)
        self._form = Form()
        self._rows = [
            self._form.add("", self.language),
            self._form.add("", self.themes),
            self._form.add("", self.smaller, beside=[self._percent, self.larger]),
            self._form.add("", self.field_mode),
        ]
        self.column.addWidget(self._title)
        self.column.addWidget(self._form)
        row = QHBoxLayout()
        row.addWidget(self.calibrate, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(row)
        self.retranslate()

    def _zoom(self, steps: int) -> None:
        at = min(range(len(ZOOMS)), key=lambda n: abs(ZOOMS[n] - look().theme.zoom))
        self.liked.emit({"zoom": ZOOMS[max(0, min(len(ZOOMS) - 1, at + steps))]})

    def _calibrate(self) -> None:
        dialog = CalibrationDialog(self, self.per_mm)
        dialog.measured.connect(self._take_measure)
        dialog.open()

    def _take_measure(self, per_mm: float) -> None:
        self.per_mm = per_mm
        self.liked.emit({"pixels_per_mm": per_mm})

    def retranslate(self) -> None:
        """Set every word."""
        self._title.setText(tr("外观"))
        for row, word in zip(self._rows, (tr("语言"), tr("主题"), tr("字号"), tr("手套模式")), strict=True):
            row.set_label(word)
        self.themes.set_choices(
            [
                Choice("light", tr("浅色"), icon="circle"),
                Choice("dark", tr("深色"), icon="moon"),
                Choice("sunlight", tr("阳光"), icon="sun-high"),
            ]
        )
        self.smaller.setText(tr("缩小"))
        self.larger.setText(tr("放大"))
        self.field_mode.setText(tr("按钮不小于 12 毫米，戴手套也能按准"))
        self.calibrate.setText(tr("量一量屏幕"))
        self._rows[3].set_hint(tr("屏幕报的尺寸常常不准，用卡片量一次即可"))
        self._form.arrange_labels()
        self._show()

    def _show(self) -> None:
        """Show what is on now, whoever switched it."""
        theme = look().theme
        self.language.set_value(words().language)
        self.themes.set_value(theme.name)
        self._percent.setText(f"{theme.zoom:.0%}")
        self.smaller.setEnabled(theme.zoom > ZOOMS[0])
        self.larger.setEnabled(theme.zoom < ZOOMS[-1])
        self.field_mode.setChecked(theme.is_field)

    def restyle(self) -> None:
        """The look has changed: say so."""
        super().restyle()
        if hasattr(self, "_rows"):
            self._show()
