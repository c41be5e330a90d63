"""PeopleRow: the people who may unlock, as many cards side by side as fit; 其他人员 turns to the next ones.

row = PeopleRow(users, today);  row.cards;  row.chosen() -> PersonCard | None;  signal `toggled(bool)` somebody else
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.card import UserCard
from ui.text import tr
from ui.views.unlock.person_card import PersonCard
from ui.widgets.button import Button
from ui.widgets.keys import bind_key, press
from ui.widgets.painted import Themed

MOST = 4
"""Cards side by side at most: the columns of the screen."""


class PeopleRow(Themed, QWidget):
    """See the module text."""

    toggled = Signal(bool)

    def __init__(self, users: Sequence[UserCard], day: date) -> None:
        super().__init__()
        self.cards = [PersonCard(user, day) for user in users]
        self.others = Button(kind="quiet", icon="chevron-right", key="Alt+O", on_click=self._turn)
        bind_key(self, self.others.key, partial(press, self.others))
        self._row = QHBoxLayout(self)
        for card in self.cards:
            self._row.addWidget(card, 1)
            card.toggled.connect(self.toggled)
        for _ in range(MOST - len(self.cards)):
            self._row.addStretch(1)
        self._row.addWidget(self.others, 0, Qt.AlignmentFlag.AlignVCenter)
        if self.cards:
            self.cards[0].setChecked(True)
        self.restyle()
        self.retranslate()

    def chosen(self) -> PersonCard | None:
        """Return the card of who is chosen; None where nobody may unlock."""
        return next((card for card in self.cards if card.isChecked()), None)

    def _turn(self) -> None:
        """Choose the first of the next ones; after the last come the first again."""
        shown = [n for n, card in enumerate(self.cards) if not card.isHidden()]
        after = (shown[-1] + 1) % len(self.cards)
        self.cards[after].setChecked(True)
        self._fit()

    def _fit(self) -> None:
        """Show as many as fit, among them who is chosen."""
        gap = self._row.spacing()
        least = self.cards[0].minimumSizeHint().width() + gap if self.cards else 1
        count = min(MOST, max(1, (self.width() + gap) // least))
        is_more = len(self.cards) > count
        if is_more:
            room = self.width() - self.others.sizeHint().width()
            count = min(MOST, max(1, room // least))
        chosen = self.chosen()
        at = self.cards.index(chosen) if chosen is not None else 0
        first = at // count * count
        for n, card in enumerate(self.cards):
            card.setVisible(first <= n < first + count)
        self.others.setVisible(is_more)

    def minimumSizeHint(self):
        """One card and the way to the others."""
        hint = super().minimumSizeHint()
        one = self.cards[0].minimumSizeHint().width() if self.cards else 0
        hint.setWidth(one + self._row.spacing() + self.others.sizeHint().width())
        return hint

    def set_margins(self, top: int, bottom: int) -> None:
        """Leave room above and below, in px."""
        self._row.setContentsMargins(0, top, 0, bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as fit."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """Name the button."""
        self.others.setText(tr("其他人员"))
        self._fit()

    def restyle(self) -> None:
        """Take the gap of the theme."""
        self._row.setSpacing(self.theme.u(12))
        self._fit()
        super().restyle()
