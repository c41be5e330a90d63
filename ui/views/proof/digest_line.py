"""DigestLine: the name of a fingerprint, all its characters, and a button that copies them.

line = DigestLine(); line.show_digest("SHA-256", "ab12…"). Signal `copied(name)`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed


class DigestLine(Themed, QWidget):
    """See the module text."""

    copied = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = Label(role="meta", color="text2", elide=False)
        self.digest = Paragraph(role="meta")
        self.copy = Button(kind="quiet", icon="copy", on_click=self._copy)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.digest)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignVCenter)
        self.retranslate()

    def show_digest(self, name: str, digest: str) -> None:
        """Show a fingerprint in full; it is never cut."""
        self.name.setText(name)
        self.digest.setText(digest)
        self.digest.setAccessibleName(f"{name} {digest}")
        self._name_button()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.digest.text())
        self.copied.emit(self.name.text())

    def _name_button(self) -> None:
        self.copy.setText(tr("复制"))
        self.copy.setAccessibleName(tr("复制 {name}", name=self.name.text()))

    def retranslate(self) -> None:
        """Name the button in the language that is on."""
        self._name_button()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_row"):
            self._row.setSpacing(self.theme.gap)
        super().restyle()
