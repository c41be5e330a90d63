"""Starts a window and says when it stands on the screen: `python -m tests.bench.shown ours PROFILE | empty`.

Prints "shown" once the first paint of what it waits for is done (a person's card on the unlock screen; the empty
widget), then ends. The parent measures from its own start of this process.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget


class Watch(QObject):
    """Waits for the first paint of a widget of a class."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and type(watched).__name__ == self._name:
            QTimer.singleShot(0, _shown)
        return False


def _shown() -> None:
    os.write(1, b"shown\n")
    os._exit(0)


def ours(profile: str) -> int:
    """The product, as main.py starts it."""
    import gc

    gc.disable()  # as main.py does before it imports the window
    import main
    from ui.app import make_application

    watch = Watch("PersonCard")
    make_application().installEventFilter(watch)
    return main.main(["--profile", profile])


def empty() -> int:
    """The least a PySide6 program can show."""
    app = QApplication(["empty"])
    watch = Watch("QWidget")
    app.installEventFilter(watch)
    window = QWidget()
    window.resize(1280, 800)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(ours(sys.argv[2]) if sys.argv[1] == "ours" else empty())
