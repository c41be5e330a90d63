"""SteadyForm: a form whose least width does not depend on where its labels stand.

The plain Form asks for more room with its labels at the side than above; in a pane that gives way to what its content
asks for, the two would chase each other. Here the least width is that of the fields alone, and the labels go above
as soon as both don't fit.
"""

from __future__ import annotations

from PySide6.QtCore import QSize

from ui.theme.tokens import tokens
from ui.widgets.form import NARROW, FieldRow, Form


class SteadyForm(Form):
    """Labels beside the fields where there is room, else above."""

    _is_stacked = False

    def _field_width(self, row: FieldRow) -> int:
        """The least width of a row without its label, in px."""
        least = row.minimumSizeHint().width()
        return least if self._is_stacked else least - row.label.width()

    def _least(self) -> int:
        return max((self._field_width(row) for row in self.rows() if not row.isHidden()), default=0)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest field."""
        return QSize(self._least(), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        theme = self.theme
        column = theme.u(tokens()["space"]["labelColumn"])
        column = max([column, *(row.label.text_width() + theme.u(16) for row in self.rows())])
        least = self._least()
        self._is_stacked = 0 < self.width() < max(theme.u(NARROW), column + least)
        for row in self.rows():
            row.arrange(column, is_stacked=self._is_stacked)
            if self._is_stacked:
                row.label.setFixedWidth(row.label.text_width() + 1)
