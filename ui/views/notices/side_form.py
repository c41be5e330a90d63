"""SideForm: a Form of a side panel: labels always stand above their fields (look.md §8)."""

from __future__ import annotations

from ui.widgets.form import Form


class SideForm(Form):
    """As Form, never with a label column: that would ask for more width than a side panel has."""

    def _arrange(self) -> None:
        for row in self.rows():
            row.arrange(0, is_stacked=True)
