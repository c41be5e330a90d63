"""QuestionsBox: questions and answers of an interview; Enter goes from the question to its answer, then to the next."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.law.documents import DocumentField
from ui.text import tr
from ui.views.documents.entry_area import EntryArea
from ui.views.documents.series_box import Field, SeriesBox
from ui.widgets.button import Button
from ui.widgets.label import Label
from ui.widgets.painted import Themed


class _Pair(Themed, QWidget):
    """One question and its answer."""

    def __init__(self, told: dict[str, str]) -> None:
        super().__init__()
        self.q, self.a = EntryArea(), EntryArea()
        self.q.set_value(told.get("q", ""))
        self.a.set_value(told.get("a", ""))
        self.words = (Label(tr("问"), role="bodyStrong", elide=False), Label(tr("答"), color="text2", elide=False))
        self.remove = Button(tr("删除"), kind="link")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        top = Qt.AlignmentFlag.AlignTop
        for row, (word, area) in enumerate(zip(self.words, (self.q, self.a), strict=True)):
            self._grid.addWidget(word, row, 0, top)
            self._grid.addWidget(area, row, 1)
        self._grid.addWidget(self.remove, 0, 2, top)
        self._grid.setColumnStretch(1, 1)
        self.restyle()

    def restyle(self) -> None:
        """Words and texts on one line."""
        if hasattr(self, "_grid"):
            u = self.theme.u
            self._grid.setHorizontalSpacing(u(8))
            self._grid.setVerticalSpacing(u(4))
            self._grid.setContentsMargins(0, 0, 0, u(6))
            for word in self.words:
                word.setFixedHeight(self.theme.size("control"))
        super().restyle()


class QuestionsBox(SeriesBox):
    """See the module text."""

    def __init__(self, field: DocumentField) -> None:
        super().__init__(field)
        self._label = ""
        self.pairs: list[_Pair] = []
        self._pairs = QVBoxLayout()
        self.add = Button(tr("加一问"), kind="link", icon="plus", on_click=lambda: self.insert(len(self.pairs)))
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        self.column.addLayout(self._pairs)
        self.column.addLayout(foot)
        self._build([])

    def value(self) -> list[Any]:
        """Return the pairs of which question or answer say something."""
        told = [{"q": pair.q.value().strip(), "a": pair.a.value().strip()} for pair in self.pairs]
        return [pair for pair in told if pair["q"] or pair["a"]]

    def fields(self) -> list[Field]:
        """Questions and answers in turn."""
        return [area for pair in self.pairs for area in (pair.q, pair.a)]

    def _build(self, value: list[Any]) -> None:
        for pair in self.pairs:
            pair.hide()
            pair.deleteLater()
        self.pairs = []
        for told in value or [{}]:
            self._put(len(self.pairs), told)
        self._number()

    def _put(self, at: int, told: dict[str, str]) -> _Pair:
        pair = _Pair(told)
        pair.q.gone_on.connect(lambda: pair.a.setFocus(Qt.FocusReason.TabFocusReason))
        pair.a.gone_on.connect(partial(self._go_on, pair))
        pair.q.gone_back.connect(partial(self._go_back, pair))
        pair.a.gone_back.connect(lambda: pair.q.setFocus(Qt.FocusReason.TabFocusReason))
        pair.remove.clicked.connect(lambda _on=False: self._take_out(pair))
        for area in (pair.q, pair.a):
            self._watch(area)
        self.pairs.insert(at, pair)
        self._pairs.insertWidget(at, pair)
        return pair

    def insert(self, at: int) -> None:
        """Add a question at a place and stand in it."""
        pair = self._put(at, {})
        self._number()
        self.rebuilt.emit()
        pair.show()
        pair.q.setFocus(Qt.FocusReason.TabFocusReason)

    def _go_on(self, pair: _Pair) -> None:
        at = self.pairs.index(pair) + 1
        if at < len(self.pairs):
            self.pairs[at].q.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.insert(at)

    def _go_back(self, pair: _Pair) -> None:
        """Backspace in an empty question takes it away if its answer is empty too."""
        if not pair.a.value().strip():
            self._take_out(pair)

    def _take_out(self, pair: _Pair) -> None:
        if self._is_fixed or len(self.pairs) == 1:
            return
        at = self.pairs.index(pair)
        neighbour = self.pairs[at - 1] if at else self.pairs[1]
        (neighbour.a if at else neighbour.q).setFocus(Qt.FocusReason.TabFocusReason)
        self.pairs.remove(pair)
        pair.hide()
        pair.deleteLater()
        self._number()
        self.rebuilt.emit()
        self.commit()

    def _number(self) -> None:
        for n, pair in enumerate(self.pairs, 1):
            pair.q.setAccessibleName(tr("第 {n} 问", n=n))
            pair.a.setAccessibleName(tr("第 {n} 答", n=n))
            pair.remove.setAccessibleDescription(tr("第 {n} 问", n=n))
            pair.remove.setVisible(len(self.pairs) > 1 and not self._is_fixed)

    def set_read_only(self, is_read_only: bool) -> None:
        """Nothing to add or to take away."""
        super().set_read_only(is_read_only)
        self.add.setVisible(not is_read_only)
        self._number()

    def stops(self) -> list[QWidget]:
        """Question, answer, question …, then 加一问."""
        found: list[QWidget] = []
        for pair in self.pairs:
            found += [pair.q, pair.a, pair.remove]
        return [*found, self.add]

    def name(self, label: str) -> None:
        """The texts carry their numbers."""
        self._label = label
        self.add.setAccessibleDescription(label)
        super().name(label)
