"""VerdictPanel: one word, large: 可以交接 or 还不能交接, what is only here, and rate or time at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.models.sync_words import Verdict
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.panel import Card


class VerdictPanel(Card):
    """panel.show_verdict(verdict); plain while something is open, green when the laptop may be handed over."""

    def __init__(self) -> None:
        super().__init__(padding=20)
        self._verdict: Verdict | None = None
        self.icon = IconLabel("shield-half", 52)
        self.word = Label(role="display", elide=False)
        self.sentence = Paragraph()
        self.figure = Label(role="display", elide=False, align=Qt.AlignmentFlag.AlignRight)
        self.note = Label(role="body", color="text2", elide=False, align=Qt.AlignmentFlag.AlignRight)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.word)
        words.addWidget(self.sentence)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.figure)
        right.addWidget(self.note)
        holder = QWidget()
        self._row = QHBoxLayout(holder)
        self._row.addWidget(self.icon)
        self._row.addLayout(words, 1)
        self._row.addLayout(right)
        self.column.addWidget(holder)
        self.restyle()

    def verdict(self) -> Verdict | None:
        """Return what it says."""
        return self._verdict

    def show_verdict(self, verdict: Verdict) -> None:
        """Say it; a changed word is announced to a screen reader."""
        is_news = self._verdict is None or self._verdict.word != verdict.word
        self._verdict = verdict
        self.icon.show_icon(verdict.icon, "ok" if verdict.is_ready else "text2")
        self.word.setText(verdict.word)
        self.word.set_color("ok" if verdict.is_ready else "text")
        self.sentence.setText(verdict.sentence)
        self.figure.setText(verdict.figure)
        self.note.setText(verdict.note)
        self.dress("okBg" if verdict.is_ready else "surface", "okLine" if verdict.is_ready else "line")
        self.setAccessibleName(f"{verdict.word}\u3000{verdict.sentence}")
        if is_news and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleName()))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        super().restyle()
        if hasattr(self, "_row"):
            u = self.theme.u
            self._row.setContentsMargins(u(4), 0, u(4), 0)
            self._row.setSpacing(u(24))
