"""PhotoViewer: one piece of evidence large and dark in every theme, with what is known about the original.

viewer = PhotoViewer(parent, services, tasks, evidence=[…], current=id); viewer.open()
← → the neighbours, + − 0 the scale (wheel and drag too), Esc closes.
Signals: `moved_to(id)`, `caption_wanted(id)`, `removal_wanted(id)`.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.errors import InspectorError
from ui.messages import message
from ui.models.evidence_words import facts
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.look import theme as current_theme
from ui.views.evidence.picture import Dark, Picture
from ui.widgets.button import Button
from ui.widgets.focus_ring import FocusRing
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import ScrollPane

EDGE = 1600
"""Longest edge of the shown preview in px; the same that paper uses, so it is often made already."""
ROOMY = 720
"""From this unscaled width of the window on the buttons show their keys."""
SHARP_EDGE = 3200
"""The same for a photo that is being enlarged."""


class _Label(Dark, Label):
    """A line on dark ground."""


class _Words(Dark, Paragraph):
    """Running text on dark ground."""


class _Button(Dark, Button):
    """A button on dark ground; what can't be pressed can still be read in sunlight."""

    def _ink(self) -> QColor:
        is_pale = not self.isEnabled() and current_theme().is_sunlight
        return self.theme.color("text2") if is_pale else super()._ink()


class _Ring(Dark, FocusRing):
    """The focus on dark ground."""


class _Facts(Dark, Themed, QWidget):
    """Name and value under each other."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)

    def show_facts(self, told: Sequence[tuple[str, str]]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name, value in told:
            label = _Label(name, role="meta", color="text2")
            words = _Words(value)
            words.setAccessibleName(f"{name} {value}")
            words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._column.addWidget(label)
            self._column.addWidget(words)
            self._column.addSpacing(self.theme.u(6))
        self._column.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        pad = self.theme.u(20)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(0)
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))


class PhotoViewer(Dark, Themed, QDialog):
    """See the module text."""

    moved_to = Signal(str)
    caption_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(
        self, parent: QWidget, services: App, tasks: Tasks, *, evidence: Sequence[Evidence], current: str
    ) -> None:
        super().__init__(parent.window())
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._services, self._tasks = services, tasks
        self._evidence: tuple[Evidence, ...] = ()
        self._at = 0
        self._is_sharp = False
        self.picture = Picture()
        self.facts = _Facts()
        self.title = _Label(role="title")
        self.place = _Label(role="meta", color="text2", elide=False)
        self.back = _Button(icon="chevron-left", key="←", on_click=lambda: self.step(-1))
        self.next = _Button(icon="chevron-right", key="→", on_click=lambda: self.step(1))
        self.smaller = _Button(kind="quiet", icon="zoom-out", on_click=self.picture.zoom_out)
        self.larger = _Button(kind="quiet", icon="zoom-in", on_click=self.picture.zoom_in)
        self.scale = _Label(role="meta", color="text2", elide=False)
        self.picture.zoomed.connect(self._show_scale)
        self.caption = _Button(on_click=lambda: self.caption_wanted.emit(self.current_id()))
        self.drop = _Button(key="Delete", on_click=lambda: self.removal_wanted.emit(self.current_id()))
        self.shut = _Button(key="Esc", on_click=self.reject)
        self._build()
        self._ring = _Ring(self)
        self.retranslate()
        self.show_list(evidence, current)
        window = parent.window()
        for button in (self.back, self.drop, self.shut):
            button.show_key(window.width() >= self.theme.u(ROOMY))
        self.next.setFocus()
        self.resize(round(window.width() * 0.94), round(window.height() * 0.92))
        self.move(window.frameGeometry().center() - self.rect().center())

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        for widget in (self.smaller, self.scale, self.larger, self.place):
            head.addWidget(widget)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.picture, 1)
        self._side = ScrollPane(self.facts)
        body.addWidget(self._side)
        foot = QHBoxLayout()
        for button in (self.back, self.next):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.caption, self.drop, self.shut):
            foot.addWidget(button)
        self._head, self._foot = head, foot
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(body, 1)
        column.addLayout(foot)
        self.restyle()

    def current_id(self) -> str:
        """Return the id of the piece that is shown."""
        return self._evidence[self._at].id

    def show_list(self, evidence: Sequence[Evidence], current: str = "") -> None:
        """Show another state of the list, keeping the piece that is shown; an empty list closes the viewer."""
        wanted = current or (self.current_id() if self._evidence else "")
        self._evidence = tuple(evidence)
        if not self._evidence:
            self.reject()
            return
        places = [n for n, one in enumerate(self._evidence) if one.id == wanted]
        self._at = places[0] if places else min(self._at, len(self._evidence) - 1)
        self._show()

    def step(self, by: int) -> None:
        """Go to the neighbour."""
        at = self._at + by
        if 0 <= at < len(self._evidence):
            self._at = at
            self._show()
            self.moved_to.emit(self.current_id())

    def _show(self) -> None:
        one = self._evidence[self._at]
        self.setWindowTitle(one.original.name)
        self.title.setText(one.original.name)
        self.place.setText(tr("第 {n} 张，共 {total} 张", n=self._at + 1, total=len(self._evidence)))
        self.back.setEnabled(self._at > 0)
        self.next.setEnabled(self._at + 1 < len(self._evidence))
        self.facts.show_facts(facts(one))
        if one.original.kind is EvidenceKind.DOCUMENT:
            self.picture.show_note("file-text", tr("文件按原样保存，不能在这里显示"))
            return
        self.picture.show_note("", "")
        self._is_sharp = False
        sha = one.original.sha256
        self._load(sha, EDGE)

    def _load(self, sha256: str, edge: int) -> None:
        load = self._services.evidence.preview
        self._tasks.query(
            self, lambda: QImage.fromData(load(sha256, edge)), done=self._take, failed=self._miss, key="image"
        )

    def _show_scale(self, zoom: float) -> None:
        """Say the scale against the fitting size; read a sharper preview once it is worth it."""
        self.scale.setText(f"{round(zoom * 100)}%")
        one = self._evidence[self._at]
        if zoom > 1 and not self._is_sharp and one.original.kind is EvidenceKind.PHOTO:
            self._is_sharp = True
            self._load(one.original.sha256, SHARP_EDGE)

    def _take(self, image: QImage) -> None:
        self.picture.show_image(image)
        self.picture.setAccessibleName(self.title.text())

    def _miss(self, error: InspectorError) -> None:
        self.picture.show_note("photo-off", message(error).title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → walk, + − 0 scale, Delete asks to remove, Esc closes."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if step is not None:
            self.step(step)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.picture.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.picture.zoom_out()
        elif key == Qt.Key.Key_0:
            self.picture.fit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit(self.current_id())
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Name the buttons."""
        self.back.setText(tr("上一张"))
        self.next.setText(tr("下一张"))
        self.smaller.setText(tr("缩小"))
        self.smaller.setToolTip("-")
        self.larger.setText(tr("放大"))
        self.larger.setToolTip("+")
        self.caption.setText(tr("说明…"))
        self.drop.setText(tr("移除…"))
        self.shut.setText(tr("关闭"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_foot"):
            u = self.theme.u
            self._head.setContentsMargins(u(20), u(6), u(20), u(6))
            self._head.setSpacing(u(8))
            self._foot.setContentsMargins(u(16), u(10), u(16), u(10))
            self._foot.setSpacing(u(8))
            self._side.setFixedWidth(u(300))
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("surface"))
