"""ClapperCode: the code as large as its room allows, in crisp whole pixels, black on white in every theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.models.clapper_words import MODULES, module_px
from ui.theme.theme import Theme, make
from ui.widgets.painted import Themed

Modules = tuple[tuple[bool, ...], ...]


class Bright(Themed):
    """Mixin: the theme of the highest contrast, whatever is on; a recorder films it."""

    @property
    def theme(self) -> Theme:
        """Sunlight at the scale that is on."""
        now = super().theme
        return make("sunlight", now.zoom, now.density)


class ClapperCode(Bright, QWidget):
    """code.show_modules(matrix); `width_mm(per_mm)` of code and border as they are drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: Modules = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_modules(self, modules: Modules) -> None:
        """Show another second's code."""
        if modules != self._modules:
            self._modules = modules
            self.update()

    def modules(self) -> Modules:
        """Return what is shown."""
        return self._modules

    def module(self) -> int:
        """Return how many device px one module takes."""
        return module_px(int(min(self.width(), self.height()) * self.dpr))

    def width_mm(self, per_mm: float) -> float:
        """Return the width of code and border, for a screen of `per_mm` logical px a millimetre."""
        return MODULES * self.module() / self.dpr / per_mm

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(self.theme.u(560), self.theme.u(560))

    def minimumSizeHint(self) -> QSize:
        """Still to be read from a hand's breadth."""
        return QSize(4 * MODULES, 4 * MODULES)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill white; draw the code in whole device pixels, standing on device pixels of the window."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
            if self._modules:
                image = self._image()
                painter.drawImage(self._corner(image.width()), image)

    def _image(self) -> QImage:
        side, size = len(self._modules), self.module()
        small = QImage(side, side, QImage.Format.Format_RGB32)
        light, dark = self.theme.color("surface").rgb(), self.theme.color("text").rgb()
        for y, row in enumerate(self._modules):
            for x, is_dark in enumerate(row):
                small.setPixel(x, y, dark if is_dark else light)
        image = small.scaled(side * size, side * size)  # the fast way repeats pixels, nothing is blended
        image.setDevicePixelRatio(self.dpr)
        return image

    def _corner(self, side: int) -> QPointF:
        """Return where the image's corner lies so that no module straddles a pixel, in px of this widget."""
        origin = self.mapTo(self.window(), self.rect().topLeft())
        free = [(length * self.dpr - side) / 2 for length in (self.width(), self.height())]
        places = [(round(at * self.dpr + half), at) for at, half in zip(origin.toTuple(), free, strict=True)]
        return QPointF(*(device / self.dpr - at for device, at in places))
