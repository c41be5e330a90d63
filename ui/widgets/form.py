"""Forms: a label column, a field column, and a line under each field for hint, error or 未保存.

    form = Form()
    row = form.add("隐患描述", TextField(), hint="…")          a FieldRow
    form.add("整改期限", NumberField(1, 365), beside=[Label("日"), derived])    widgets after the field, same line
    row.show_error("信用代码应为 18 位，现有 17 位");  row.clear_error();  row.set_label(tr("隐患描述"))
    row.show_unsaved(True)
Labels stand at the left in an 80 px column (wider if a word needs it), above the field when the form is under 400 px
or the fields don't fit beside them. The least width of a form is that of its fields alone: if it were more with the
labels at the side, a pane that gives way to its content and the form would chase each other.
Everything is required; the exception is marked （选填） by `optional=True`. A form is never wider than 720.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.text import tr
from ui.theme.tokens import tokens
from ui.widgets.label import Label, wrapped
from ui.widgets.painted import Themed, draw_icon, draw_text

NARROW = 400
"""Under this unscaled width labels go above their fields (look.md §8)."""
MAX_WIDTH = 720
_LAID_OUT = Qt.WidgetAttribute.WA_Resized


class NoteLine(Themed, QWidget):
    """Under a field: an icon in the colour of its kind and one sentence, wrapped; takes no room while empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._icon = ""
        self._color = "text3"
        self._lines = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_note(self, text: str, *, icon: str = "", color: str = "text3") -> None:
        """Show a sentence; an empty one hides the line."""
        self._text, self._icon, self._color = text, icon, color
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many lines as this width needs."""
        super().resizeEvent(event)
        self._measure()

    def restyle(self) -> None:
        """Measure and draw again."""
        self._measure()
        super().restyle()

    def _indent(self) -> int:
        return self.theme.u(16) + self.theme.u(6) if self._icon else 0

    def _measure(self) -> None:
        room = self.width() - self._indent()
        lines = len(wrapped(self._text, self.theme.font("meta"), room)) if self.testAttribute(_LAID_OUT) else 1
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def sizeHint(self) -> QSize:
        """As many meta lines as it has."""
        return QSize(self.theme.u(120), self._lines * self.theme.line_height("meta") + self.theme.u(4))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and sentence."""
        theme, x, step = self.theme, self._indent(), self.theme.line_height("meta")
        color, font = theme.color(self._color), theme.font("meta")
        with QPainter(self) as painter:
            if self._icon:
                middle = theme.u(4) + step / 2
                draw_icon(painter, 0, middle, self._icon, theme=theme, px=16, color=color, dpr=self.dpr)
            for n, line in enumerate(wrapped(self._text, font, self.width() - x)):
                room = QRectF(x, theme.u(4) + n * step, self.width() - x, step)
                draw_text(painter, room, line, font=font, color=color, elide=False)


class FieldRow(Themed, QWidget):
    """One labelled field of a form."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        beside: Sequence[QWidget] = (),
        hint: str = "",
        optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._hint, self._is_optional, self._error, self._is_unsaved = hint, optional, "", False
        self.label = Label("", color="text2")
        self._note = NoteLine()
        self._line = QHBoxLayout()
        self._line.addWidget(field)
        for widget in beside:
            self._line.addWidget(widget)
        if field.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed:
            self._line.addStretch(1)
        below = QVBoxLayout()
        below.setSpacing(0)
        below.addLayout(self._line)
        below.addWidget(self._note)
        self._outer = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.addWidget(self.label, 0, Qt.AlignmentFlag.AlignTop)
        self._outer.addLayout(below, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_label(label)
        self.restyle()
        self._tell()

    def set_label(self, label: str) -> None:
        """Name the field, also for a screen reader."""
        self.label.setText(label + (tr("（选填）") if self._is_optional else ""))
        self.field.setAccessibleName(label)
        self.label.setBuddy(self.field)

    def set_hint(self, hint: str) -> None:
        """Show a helper text under the field while nothing is wrong."""
        self._hint = hint
        self._tell()

    def show_error(self, sentence: str) -> None:
        """Say under the field what is wrong, with the figures; the value stays."""
        self._error = sentence
        self._tell()

    def clear_error(self) -> None:
        """Take the error away."""
        self.show_error("")

    def error(self) -> str:
        """Return what is wrong, empty if nothing is."""
        return self._error

    def show_unsaved(self, is_unsaved: bool) -> None:
        """Amber dot + 未保存 until the value has reached the store."""
        self._is_unsaved = is_unsaved
        self._tell()

    def _tell(self) -> None:
        wrong = getattr(self.field, "set_error", None)
        if wrong is not None:
            wrong(bool(self._error))
        if self._error:
            self._note.show_note(self._error, icon="filled/alert-circle", color="danger")
            self.field.setAccessibleDescription(self._error)
        elif self._is_unsaved:
            self._note.show_note(tr("未保存"), icon="filled/point", color="warn")
        else:
            self._note.show_note(self._hint)
            self.field.setAccessibleDescription(self._hint)

    def arrange(self, label_width: int, *, is_stacked: bool) -> None:
        """Put the label at the left in a column of that width, or above."""
        direction = QBoxLayout.Direction.TopToBottom if is_stacked else QBoxLayout.Direction.LeftToRight
        self._outer.setDirection(direction)
        self._outer.setSpacing(0)
        self.label.setFixedWidth(self.label.text_width() + 1 if is_stacked else label_width)
        step = self.theme.line_height("body") if is_stacked else self.theme.size("control")
        self.label.setFixedHeight(step)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        self._line.setSpacing(self.theme.gap)
        super().restyle()


class Form(Themed, QWidget):
    """Rows under each other, one label column for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[FieldRow] = []
        self._is_stacked = self._is_laid_out = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()

    def add(
        self,
        label: str,
        field: QWidget,
        *,
        beside: Sequence[QWidget] = (),
        hint: str = "",
        optional: bool = False,
    ) -> FieldRow:
        """Append a field and return its row."""
        row = FieldRow(label, field, beside=beside, hint=hint, optional=optional, parent=self)
        self._rows.append(row)
        self._column.addWidget(row)
        self._arrange()
        return row

    def rows(self) -> list[FieldRow]:
        """Return the rows from top to bottom."""
        return list(self._rows)

    def first_error(self) -> FieldRow | None:
        """Return the first row that says an error, to put the focus there."""
        return next((row for row in self._rows if row.error()), None)

    def arrange_labels(self) -> None:
        """Measure the label column again after labels changed (language)."""
        self._arrange()

    def _field_width(self, row: FieldRow) -> int:
        """The least width of a row without its label, in px."""
        least = row.minimumSizeHint().width()
        return least if self._is_stacked else least - row.label.width()

    def _least(self) -> int:
        return max((self._field_width(row) for row in self._rows if not row.isHidden()), default=0)

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest field."""
        return QSize(self._least(), super().minimumSizeHint().height())

    def _arrange(self) -> None:
        theme = self.theme
        column = theme.u(tokens()["space"]["labelColumn"])
        column = max([column, *(row.label.text_width() + theme.u(16) for row in self._rows)])
        # Before the first layout its width means nothing.
        is_narrow = self._is_laid_out and self.width() < max(theme.u(NARROW), column + self._least())
        for row in self._rows:
            row.arrange(column, is_stacked=is_narrow)
        self._is_stacked = is_narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stack the labels where the form is narrow."""
        super().resizeEvent(event)
        self._is_laid_out = True
        self._arrange()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        self._column.setSpacing(max(self.theme.u(tokens()["space"]["formRowGap"]), self.theme.density.gap))
        self.setMaximumWidth(self.theme.u(MAX_WIDTH))
        self._arrange()
        super().restyle()
