"""ArticleReader: one article on paper, whether it holds, and the other versions of its law.

reader.show_text(text, versions, note="") ; signal `version_chosen(str)` the day of publication of a version.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.law.statute_library import ArticleText, Shelved
from ui.models.law_words import force_badge, span_word, version_word
from ui.text import tr
from ui.views.library.sheet import ArticleSheet
from ui.widgets.button import Button
from ui.widgets.form import NoteLine
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine, ScrollPane
from ui.widgets.role import say_role
from ui.widgets.segment import Choice, Segment
from ui.widgets.tag import Tag

MOST_VERSIONS = 4
"""So many versions are offered side by side, the newest; an older one opens through a citation with its day."""


class ArticleReader(Themed, QWidget):
    """See the module text."""

    version_chosen = Signal(str)
    step_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text: ArticleText | None = None
        self._versions: tuple[Shelved, ...] = ()
        self._note = ""
        self._choices: list[Choice] = []
        self.title = Paragraph(role="title")
        self.tag = Tag()
        self.span = Label(role="meta", color="text2", elide=False)
        self.before = Button(kind="quiet", icon="chevron-up", on_click=lambda: self.step_wanted.emit(-1))
        self.after = Button(kind="quiet", icon="chevron-down", on_click=lambda: self.step_wanted.emit(1))
        self.versions = Segment()
        self.note = NoteLine()
        self.sheet = ArticleSheet()
        self.pane = ScrollPane(self.sheet)
        self.pane.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pane.setProperty("ringGap", -5)
        say_role(self.pane, "Document")
        self.versions.chosen.connect(self.version_chosen)
        self._build()
        self.retranslate()
        self.restyle()

    def _build(self) -> None:
        self._head = QVBoxLayout()
        self._head.addWidget(self.title)
        state = QHBoxLayout()
        state.addWidget(self.tag)
        state.addWidget(self.span)
        state.addStretch(1)
        for button in (self.before, self.after):
            state.addWidget(button)
        self._state = state
        self._head.addLayout(state)
        self._head.addWidget(self.versions, 0, Qt.AlignmentFlag.AlignLeft)
        self._head.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(HLine())
        column.addWidget(self.pane, 1)

    def show_text(
        self,
        text: ArticleText | None,
        versions: Sequence[Shelved] = (),
        *,
        note: str = "",
        words: Sequence[str] = (),
    ) -> None:
        """Show an article and the versions of its law; `note` is what is wrong with the citation that led here.

        It scrolls to what the citation picks out; `words` were searched.
        """
        is_other = text is None or self._text is None or text.article is not self._text.article
        self._text, self._versions, self._note = text, tuple(versions), note
        self._say()
        self.sheet.show_text(text, words)
        if is_other:
            self.pane.verticalScrollBar().setValue(0)
        QTimer.singleShot(0, self, self._reach)

    def _reach(self) -> None:
        """Scroll so that what is picked out is seen, its beginning first."""
        span = self.sheet.picked_span()
        if span is not None:
            top, bottom = span
            for y in (bottom, top):
                self.pane.ensureVisible(0, y, 0, self.theme.u(40))

    def _say(self) -> None:
        text = self._text
        if text is None:
            return
        self.title.setText(f"{text.shelved.title}\u3000{text.article.label}")
        self.tag.show_badge(force_badge(text.force))
        self.span.setText(span_word(text.shelved))
        shown = self._versions[-MOST_VERSIONS:]
        if text.shelved not in shown and text.shelved in self._versions:
            shown = (text.shelved, *shown[1:])
        self.versions.setVisible(len(shown) > 1)
        if len(shown) > 1:
            choices = [Choice(one.statute.published.isoformat(), version_word(one)) for one in shown]
            if choices != self._choices:  # a part that was just pressed must not go away under the finger
                self._choices = choices
                self.versions.set_choices(choices)
            self.versions.set_value(text.shelved.statute.published.isoformat())
        self.note.show_note(self._note, icon="filled/alert-triangle", color="danger")
        words = (tr("上一条"), "Alt+Up"), (tr("下一条"), "Alt+Down")
        for button, label, (word, key) in zip((self.before, self.after), (text.before, text.after), words, strict=True):
            if label:
                button.allow()
                button.setToolTip(f"{word}（{label}）{key}")
            else:
                button.refuse(tr("没有更多条文"))

    def retranslate(self) -> None:
        """Say it again."""
        self.pane.setAccessibleName(tr("条文"))
        self.versions.setAccessibleName(tr("文本"))
        self.before.setAccessibleName(tr("上一条"))
        self.after.setAccessibleName(tr("下一条"))
        self._say()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_head"):
            u = self.theme.u
            self._head.setContentsMargins(u(24), u(16), u(24), u(12))
            self._head.setSpacing(u(8))
            self._state.setSpacing(u(12))
        super().restyle()
