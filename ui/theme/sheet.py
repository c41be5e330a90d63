"""The one generated style sheet: text fields, menus, tooltips, scroll bars, headers. No other module writes QSS.

Heights in QSS are content boxes, so borders and paddings are subtracted here; the border width never changes with
focus (the ring is an overlay), else the text would jump. Dynamic properties: `error`, `readOnly`.
"""

from __future__ import annotations

from math import ceil
from string import Template

from ui.theme.theme import Theme

_SHEET = Template("""
QListView, QTableView, QScrollArea { border: none; background: transparent; outline: 0; }
QLineEdit, QTextEdit, QPlainTextEdit {
  background: $surface; color: $text; border: ${edge}px solid $control; border-radius: ${round}px;
  selection-background-color: $accent; selection-color: $onAccent; placeholder-text-color: $text3;
}
QLineEdit { padding: 0px ${pad}px 1px ${pad}px; min-height: ${field}px; max-height: ${field}px; }
QTextEdit, QPlainTextEdit { padding: ${v}px ${padT}px; }
QLineEdit[error="true"] {
  border: ${wrong}px solid $danger; padding: 0px ${padW}px 1px ${padW}px;
  min-height: ${fieldW}px; max-height: ${fieldW}px;
}
QTextEdit[error="true"] { border: ${wrong}px solid $danger; padding: ${vW}px ${padTW}px; }
QLineEdit:read-only, QTextEdit[readOnly="true"] { background: $sunken; border-color: $lineStrong; color: $text; }
QLineEdit:disabled, QTextEdit:disabled { background: $sunken; border-color: $lineStrong; color: $disabled; }
QComboBox {
  background: $surface; color: $text; border: ${edge}px solid $control; border-radius: ${round}px;
  padding: 0px ${pad}px 1px ${pad}px; min-height: ${field}px;
}
QComboBox QAbstractItemView { background: $raised; border: 1px solid $lineStrong; }
QMenu { background: $raised; color: $text; border: ${edge}px solid $lineStrong; padding: ${v}px 0px; }
QMenu::item { padding: ${menu}px ${wide}px; }
QMenu::item:selected { background: $selected; color: $selectedText; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: ${edge}px; background: $line; margin: ${v}px 0px; }
QToolTip { background: $raised; color: $text; border: ${edge}px solid $lineStrong; padding: ${v}px ${v}px; }
QScrollBar:vertical { background: transparent; width: ${bar}px; margin: 0px; border: none; }
QScrollBar:horizontal { background: transparent; height: ${bar}px; margin: 0px; border: none; }
QScrollBar::handle { background: $lineStrong; border-radius: ${half}px; margin: ${inset}px; }
QScrollBar::handle:vertical { min-height: ${grip}px; }
QScrollBar::handle:horizontal { min-width: ${grip}px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $control; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0px; height: 0px; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $text2; border: none; border-bottom: ${edge}px solid $line;
  padding: 0px ${pad}px; min-height: ${head}px;
}
""")


def sheet(theme: Theme) -> str:
    """Return the style sheet of a theme. Raises KeyError if a token is missing."""
    edge = theme.line
    bar = theme.size("scrollbar")
    inset = max(1, theme.u(2))
    colours = {role: colour.name() for role, colour in theme.roles.items()}
    return _SHEET.substitute(
        colours,
        edge=edge,
        round=theme.radius("control"),
        field=theme.size("control") - 2 * edge - 1,
        pad=theme.u(12) - edge - 2,
        padT=theme.u(12) - edge - 4,
        v=theme.u(5),
        wrong=edge + 1,
        padW=theme.u(12) - edge - 3,
        fieldW=theme.size("control") - 2 * edge - 3,
        vW=theme.u(5) - 1,
        padTW=theme.u(12) - edge - 5,
        wide=theme.u(16),
        menu=max(theme.u(5), ceil((theme.target - theme.metrics("body").height()) / 2)),
        bar=bar,
        half=(bar - 2 * inset) // 2,
        inset=inset,
        grip=theme.u(36),
        head=theme.size("control"),
    )
