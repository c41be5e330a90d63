"""Starts a window and says when it stands on the screen: `python -m tests.bench.shown ours PROFILE | empty`.

Prints "shown" once the first paint of what it waits for is done (a person's card on the unlock screen; the empty
widget), then ends. The parent measures from its own start of this process. Each side imports what it imports.
"""

from __future__ import annotations

import os
import sys
from typing import Any


def _tell_when_painted(kind: Any) -> None:
    """Let the first paint of a widget of this class end the measurement; no filter that would slow every event."""
    from PySide6.QtCore import QTimer

    painted = kind.paintEvent

    def paint(self: Any, event: object) -> None:
        painted(self, event)
        QTimer.singleShot(0, _shown)

    kind.paintEvent = paint


def _shown() -> None:
    os.write(1, b"shown\n")
    os._exit(0)


def ours(profile: str) -> int:
    """The product, as main.py starts it."""
    import gc

    gc.disable()  # as main.py does before it imports the window
    from ui import imports

    imports.plain()
    import main
    from ui.app import make_application

    make_application()  # loads the look, which the card needs to be imported
    from ui.views.unlock.person_card import PersonCard

    _tell_when_painted(PersonCard)
    return main.main(["--profile", profile])


def empty() -> int:
    """The least a PySide6 program can show."""
    from PySide6.QtWidgets import QApplication, QWidget

    class Empty(QWidget):
        def paintEvent(self, event: object) -> None:
            """Nothing to draw."""

    app = QApplication(["empty"])
    _tell_when_painted(Empty)
    window = Empty()
    window.resize(1280, 800)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(ours(sys.argv[2]) if sys.argv[1] == "ours" else empty())
