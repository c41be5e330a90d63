"""BasisBox: the law a hazard rests on: one card a citation, with what the laws index knows of it today.

box.show_basis(citations, states) ; signals `removed(int)`, `change_wanted(int)` (index of the card), `add_wanted()`,
`read_wanted(Citation)` (its text is wanted)
`basis_states(citations, day)` reads the index; call it through Tasks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.domain.hazard import Citation
from inspector.law import laws, statutes_in_use
from inspector.law.statute_library import CitationFault, Force
from ui.models.law_words import fault_words, force_badge
from ui.text import tr
from ui.theme.status import Badge, badge
from ui.widgets.button import Button
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import Card
from ui.widgets.tab_order import tab_within
from ui.widgets.tag import Tag

_JOINER = "\u2060"


@dataclass(frozen=True, slots=True)
class BasisState:
    """What texts and laws index say of one citation on a day: `is_in_force` None for unknown or doubtful."""

    is_in_force: bool | None
    begins: date | None
    fault: CitationFault | None = None
    """Why it does not stand: no such article, item, …"""
    has_text: bool = False
    """Whether the statute library has its text."""


def basis_states(citations: Sequence[Citation], day: date) -> tuple[BasisState, ...]:
    """Look every citation up (it reads the law pack at the first call). Raises PackDamaged."""
    index = laws.load()
    found: list[BasisState] = []
    for citation in citations:
        law = index.of(citation)
        versions = law.versions if law else ()
        holding = [v.begins for v in versions if v.begins and v.begins <= day and (v.ends is None or day <= v.ends)]
        library = statutes_in_use.current()
        found.append(
            BasisState(
                is_in_force=laws.in_force(citation, day),
                begins=max(holding, default=None),
                fault=statutes_in_use.check_citation(citation, day),
                has_text=library is not None and bool(library.of(citation.law, citation.title)),
            )
        )
    return tuple(found)


def unbroken(citation: Citation) -> str:
    """Return the citation so that no line breaks between 第…条 and 第…款 (look.md §3: U+2060)."""
    return f"《{citation.title}》{_JOINER.join(citation.article + citation.paragraph + citation.item)}"


def state_badge(state: BasisState) -> Badge:
    """Return 现行有效, 已废止 or 待法制审核; 条文不存在 where the law in force has no such place."""
    if state.fault is not None:
        kind = state.fault.kind.value
        if kind.startswith("no_"):
            return Badge(word=tr("条文不存在"), icon="file-x", fg="danger", bg="dangerBg", line="dangerLine")
        return force_badge(Force(kind))
    if state.is_in_force is None:
        return badge("law.review")
    return badge("law.valid" if state.is_in_force else "law.repealed")


class BasisCard(Card):
    """One citation: title and article, whether it holds, and two actions."""

    def __init__(self, citation: Citation, state: BasisState | None, *, is_fixed: bool) -> None:
        super().__init__(padding=12, fill="sunken", line="lineStrong")
        self.setAccessibleName(citation.text())
        self._title = Paragraph(unbroken(citation), role="bodyStrong")
        self._tag = Tag()
        since = tr("{day} 起施行", day=state.begins) if state and state.begins else ""
        self._since = Label(since, role="meta", color="text2", elide=False)
        self.change = Button(tr("换一条"), kind="link")
        self.drop = Button(tr("移除"), kind="link")
        self.more = Button(tr("再加一条"), kind="link")
        self.read = Button(tr("看条文"), kind="link")
        self.column.addWidget(self._title)
        self._said, self._acts = QHBoxLayout(), QHBoxLayout()
        for widget in (self._tag, self._since):
            self._said.addWidget(widget)
        self._said.addStretch(1)
        for button in self.order():
            self._acts.addWidget(button)
        self._acts.addStretch(0)
        foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        foot.addLayout(self._said, 1)
        foot.addLayout(self._acts)
        self._foot = foot
        self.column.addLayout(foot)
        self._since.hide()
        self._tag.show_badge(state_badge(state) if state else None)
        for button in (self.more, self.change, self.drop):
            button.setVisible(not is_fixed)
        for button in self.order():
            button.setAccessibleDescription(citation.text())
        self.read.setVisible(state is not None and state.has_text)
        if state is not None and state.fault is not None:
            self._tag.setToolTip(fault_words(state.fault))
        self.restyle()

    def order(self) -> tuple[Button, ...]:
        """Return its buttons as Tab walks over them."""
        return self.read, self.more, self.change, self.drop

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The date is told where there is room for the whole of it; the actions go below where it is narrow."""
        super().resizeEvent(event)
        said, acts = self._wide((self._tag,)), self._wide(self.order())
        pads = 2 * self.theme.u(12)
        is_narrow = said + acts + pads > self.width()
        directions = QBoxLayout.Direction
        self._foot.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)
        taken = said + pads + (0 if is_narrow else acts)
        self._since.setVisible(self._since.text_width() <= self.width() - taken)

    def _wide(self, widgets: Sequence[QWidget]) -> int:
        """The width these take side by side, in px."""
        return sum(one.sizeHint().width() + self.theme.u(16) for one in widgets if not one.isHidden())

    def minimumSizeHint(self) -> QSize:
        """The date gives way, and the actions go below."""
        least = max(self._wide((self._tag,)), self._wide(self.order())) + 2 * self.theme.u(12)
        return QSize(least, super().minimumSizeHint().height())

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_foot"):
            self._foot.setSpacing(self.theme.u(4))
            self._said.setSpacing(self.theme.u(16))
            self._acts.setSpacing(self.theme.u(16))
        super().restyle()
        self.column.setSpacing(self.theme.u(4))
        pad = self.theme.u(12)
        self.column.setContentsMargins(pad, self.theme.u(8), pad, self.theme.u(8))


class BasisBox(Themed, QWidget):
    """The cards under each other and a button for one more."""

    removed = Signal(int)
    change_wanted = Signal(int)
    add_wanted = Signal()
    read_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards: list[BasisCard] = []
        self._shown: tuple = ()
        self.add = Button(icon="plus", on_click=self.add_wanted.emit)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.add)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.retranslate()
        self.restyle()

    def cards(self) -> list[BasisCard]:
        """Return the cards from top to bottom."""
        return list(self._cards)

    def first_button(self) -> Button:
        """Return where the focus goes that looks for the basis."""
        return self._cards[0].change if self._cards else self.add

    def show_basis(self, basis: Sequence[Citation], states: Sequence[BasisState], *, is_fixed: bool = False) -> None:
        """Show these citations; without states the cards say nothing of force yet."""
        shown = (tuple(basis), tuple(states), is_fixed)
        if shown == self._shown:
            return
        self._shown = shown
        self._build()

    def _build(self) -> None:
        basis, states, is_fixed = self._shown or ((), (), False)
        for card in self._cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = []
        for n, citation in enumerate(basis):
            card = BasisCard(citation, states[n] if n < len(states) else None, is_fixed=is_fixed)
            card.change.clicked.connect(lambda _on=False, at=n: self.change_wanted.emit(at))
            card.more.clicked.connect(lambda _on=False: self.add_wanted.emit())
            card.drop.clicked.connect(lambda _on=False, at=n: self.removed.emit(at))
            card.read.clicked.connect(lambda _on=False, one=citation: self.read_wanted.emit(one))
            self._column.insertWidget(n, card)
            card.more.setVisible(not is_fixed and n == len(basis) - 1)
            self._cards.append(card)
        self.add.setVisible(not is_fixed and not basis)
        tab_within(self, [*(one for card in self._cards for one in card.order()), self.add])
        self.updateGeometry()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # type: ignore[override]
        """Stand where the basis can be changed."""
        self.first_button().setFocus(reason)

    def retranslate(self) -> None:
        """Say it again in the other language."""
        self.add.setText(tr("添加依据"))
        self._build()

    def restyle(self) -> None:
        """Take the gap of the theme."""
        self._column.setSpacing(self.theme.u(6))
        self._column.setDirection(QBoxLayout.Direction.TopToBottom)
        super().restyle()
