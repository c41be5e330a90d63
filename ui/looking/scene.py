"""A scene: one window as it stands, its picture, and every text with the widget that painted it. Faults are told of it.

scene = look_at(window, name="workspace");  each check takes the scene and returns Faults
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QLayout, QWidget

from ui.looking.painted_text import PaintedText, painted_texts


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: the check that found it, the widget, the text it concerns (or empty), and why."""

    check: str
    where: str
    text: str
    why: str

    def told(self) -> str:
        """One line for a list."""
        said = f" “{self.text}”" if self.text else ""
        return f"{self.check}: {self.where}{said}: {self.why}"


@dataclass(frozen=True, slots=True)
class Seen:
    """One text on the screen; `at` is its box in px of the window, `shown` what of it isn't scrolled away."""

    widget: QWidget
    text: PaintedText
    at: QRectF
    shown: QRectF

    def fault(self, check: str, why: str) -> Fault:
        """Tell what is wrong with it."""
        return Fault(check, path(self.widget), self.text.text, why)


class Scene:
    """What stands in one window now. Pictures and texts are taken once, when first asked for."""

    def __init__(self, window: QWidget, *, name: str = "") -> None:
        self.window, self.name = window, name
        self._layouts: dict[QWidget, set[QWidget]] = {}

    @cached_property
    def picture(self) -> QImage:
        """The window's picture in device pixels."""
        return self.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    @cached_property
    def widgets(self) -> list[QWidget]:
        """All visible widgets of the window, itself first; menus and dialogs are windows of their own."""
        inside = [one for one in self.window.findChildren(QWidget) if one.window() is self.window]
        return [one for one in [self.window, *inside] if one.isVisible() and not one.visibleRegion().isEmpty()]

    @cached_property
    def texts(self) -> list[Seen]:
        """All texts, each where it stands in the window."""
        found: list[Seen] = []
        for widget in self.widgets:
            shift = widget.mapTo(self.window, QPoint()) if widget is not self.window else QPoint()
            room = QRectF(widget.visibleRegion().boundingRect().translated(shift))
            for one in painted_texts(widget):
                at = one.rect.translated(shift)
                found.append(Seen(widget, one, at, at.intersected(room)))
        return found

    def is_covered(self, seen: Seen) -> bool:
        """Whether something else lies above the middle of a text."""
        top, owner = self._top(seen), _solid(seen.widget)
        return top is not owner and not owner.isAncestorOf(top) and not top.isAncestorOf(owner)

    def lies_under_float(self, seen: Seen) -> bool:
        """Whether a toast, a drawer or a popup lies above the middle of a text."""
        return self.is_covered(seen) and self.float_of(self._top(seen)) is not self.float_of(seen.widget)

    def float_of(self, widget: QWidget) -> QWidget | None:
        """Return the toast, drawer or popup a widget stands in: a child outside its parent's layout; None for none."""
        step: QWidget | None = widget
        while step is not None and step is not self.window:
            parent = step.parentWidget()
            if parent is not None and parent.layout() is not None and step not in self._laid_out(parent):
                return step
            step = parent
        return None

    def _laid_out(self, parent: QWidget) -> set[QWidget]:
        if parent not in self._layouts:
            self._layouts[parent] = set(_widgets_of(parent.layout()))
        return self._layouts[parent]

    def _top(self, seen: Seen) -> QWidget:
        return self.window.childAt(seen.shown.center().toPoint()) or self.window


def _widgets_of(layout: QLayout | None) -> Iterator[QWidget]:
    for n in range(layout.count() if layout is not None else 0):
        item = layout.itemAt(n) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            yield widget
        elif item is not None:
            yield from _widgets_of(item.layout())


def _solid(widget: QWidget) -> QWidget:
    """Return what stands where a widget is when asked by the mouse, which sees through some."""
    parent = widget.parentWidget()
    if parent is None or not widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents):
        return widget
    return _solid(parent)


def path(widget: QWidget) -> str:
    """Name a widget by its classes, from the third ancestor down, and its accessible name."""
    names: list[str] = []
    step: QWidget | None = widget
    while step is not None and len(names) < 4:
        if type(step) is not QWidget:
            names.append(type(step).__name__)
        step = step.parentWidget()
    said = widget.accessibleName()
    return "/".join(reversed(names)) + (f"[{said}]" if said else "")


def view_of(widget: QWidget) -> QAbstractScrollArea | None:
    """Return the scroll area whose viewport `widget` is."""
    parent = widget.parentWidget()
    return parent if isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget else None


def index_at(seen: Seen) -> QModelIndex | None:
    """Return the index of the list row that painted a text."""
    view = view_of(seen.widget)
    if not isinstance(view, QAbstractItemView):
        return None
    index = view.indexAt(seen.text.rect.center().toPoint())
    return index if index.isValid() else None


def sources(seen: Seen) -> list[str]:
    """Return what the widget (or its row) holds: the whole words that the painted text may be a part of."""
    widget = view_of(seen.widget) or seen.widget
    held = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
    for name in ("text", "placeholderText", "toPlainText"):
        told = getattr(widget, name, None)
        held.append(str(told()) if callable(told) else "")
    index = index_at(seen)
    if index is not None:
        roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        held += [str(index.data(role) or "") for role in roles]
    return [one for one in held if one]
