"""The look that is on now: sets palette, style sheet and style on the QApplication and tells every widget.

`look().theme` is the current Theme; `look().set_theme("sunlight")`, `look().cycle()`, `look().zoom_by(+1)`,
`look().set_density(density.field(4.9))`.
A widget learns of a change through Qt's own `changeEvent(StyleChange)`; see ui/widgets/painted.py. Appearance belongs
to the one QApplication, so it lives on it and nowhere else.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication

from ui.theme import fonts
from ui.theme.density import Density
from ui.theme.palette import palette
from ui.theme.sheet import sheet
from ui.theme.theme import NAMES, ZOOMS, Theme, make

_KEY = "_look"


class Look(QObject):
    """Holds the current Theme. Signal `changed(Theme)` after palette, fonts and style sheet are set."""

    changed = Signal(object)

    def __init__(self, app: QApplication, name: str = "light", zoom: float = 1.0) -> None:
        super().__init__(app)
        fonts.load()
        self._app = app
        self.theme: Theme = make(name, zoom)
        # Setting the style sheet tells widgets that are there already, and they ask for the look at once.
        setattr(app, _KEY, self)
        self._apply()

    def set_theme(self, name: str) -> None:
        """Switch to light, dark or sunlight, keeping zoom and density."""
        self._switch(make(name, self.theme.zoom, self.theme.density))

    def cycle(self) -> None:
        """F9: light → dark → sunlight → light."""
        self.set_theme(NAMES[(NAMES.index(self.theme.name) + 1) % len(NAMES)])

    def zoom_by(self, steps: int) -> None:
        """Ctrl+± : one step of 100-200 %; 0 goes back to 100 %."""
        if steps == 0:
            self.set_zoom(1.0)
            return
        place = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self.theme.zoom))
        self.set_zoom(ZOOMS[max(0, min(len(ZOOMS) - 1, place + steps))])

    def set_zoom(self, zoom: float) -> None:
        """Set the user zoom (1.0 … 2.0)."""
        self._switch(make(self.theme.name, zoom, self.theme.density))

    def set_density(self, density: Density) -> None:
        """Switch between DESKTOP and field mode."""
        self._switch(make(self.theme.name, self.theme.zoom, density))

    def _switch(self, theme: Theme) -> None:
        if theme is not self.theme:
            self.theme = theme
            self._apply()

    def _apply(self) -> None:
        self._app.setPalette(palette(self.theme))
        self._app.setFont(self.theme.font("body"))
        # As a property: PySide's setStyleSheet would wrap the style, and with it 600 enum members.
        self._app.setProperty("styleSheet", sheet(self.theme))
        # Painted widgets carry no style sheet rule, so Qt does not tell them; say it to each.
        for widget in self._app.allWidgets():
            QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))
        self.changed.emit(self.theme)


def look() -> Look:
    """Return the look of the running QApplication, made at the first call. Raises TypeError without one."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("a look needs a QApplication")
    return getattr(app, _KEY, None) or Look(app)


def theme() -> Theme:
    """Return the theme that is on now. Raises RuntimeError if no look was made before the first widget."""
    found = getattr(QApplication.instance(), _KEY, None)
    if found is None:
        # Making it here would tell half-built widgets of a new style, and Qt would crash.
        raise RuntimeError("call look() before the first widget")
    return found.theme
