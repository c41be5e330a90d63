"""The window on a real X screen with ibus: `python -m tests.journeys.ibus_window FOLDER`, keys come from xdotool.

Prints one line of JSON: what was composed, what arrived, what our keys did meanwhile. Run by test_ibus.py.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from tests.journeys.apart import open_desk
from tests.journeys.desk import Desk
from ui.palette import Palette


class Composed(QObject):
    """Remembers what the input method showed and committed."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.committed: list[str] = []

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look, and let it pass."""
        if isinstance(event, QInputMethodEvent):
            self.shown.append(event.preeditString())
            self.committed.append(event.commitString())
        return False


def press(*keys: str) -> None:
    """Press keys as X knows them."""
    subprocess.run(["xdotool", "key", "--clearmodifiers", "--delay", "60", *keys], check=True)


def palette_opens(desk: Desk) -> bool:
    """Ctrl+K under the input method; Esc closes it again."""
    press("ctrl+k")
    desk.hand.dialog(Palette)
    press("Escape")
    desk.hand.until(lambda: not any(isinstance(w, Palette) and w.isVisible() for w in QApplication.topLevelWidgets()))
    desk.hand.wake()
    return True


def main(folder: Path) -> None:
    """Type 配电箱 into the description of a new hazard, then our keys."""
    desk = open_desk(folder)
    hand, view = desk.hand, desk.workspace
    field = view.desk.form.description
    press("F2")
    hand.until(field.hasFocus)
    hand.until(field.popup.isVisible)
    seen = Composed()
    field.installEventFilter(seen)
    press(*"peidianxiang")
    hand.until(lambda: seen.shown and seen.shown[-1])
    told: dict[str, object] = {"while composing": field.value(), "composing": seen.shown[-1]}
    press("Down", "Up", "space")
    hand.until(lambda: any(seen.committed))
    told["arrived"] = field.value()
    hand.until(lambda: field.value() == "" or field.popup.isVisible())
    told["palette"] = palette_opens(desk)
    field.setFocus()
    press(*"mckai")
    hand.until(lambda: seen.shown and seen.shown[-1])
    press("Escape")
    hand.until(lambda: not seen.shown[-1])
    told["after Esc"] = field.value()
    press("ctrl+Return")
    hand.until(lambda: len(view._record.hazards) == 2)
    desk.idle()
    told["saved"] = [one.description for one in desk.ask(desk.app.hazards.of, view._inspection_id)][-1]
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    desk.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
