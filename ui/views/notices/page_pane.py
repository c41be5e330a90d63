"""PagePane: the preview of a notice under a line that says which page this is."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.app import App
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.page import PagePreview
from ui.widgets.button import Button
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader, Surface


class PagePane(Themed, QWidget):
    """Header with page number and turning, the page below on the desk."""

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = Surface("surface")
        head_row = QVBoxLayout(head)
        head_row.setContentsMargins(0, 0, 0, 0)
        self.header = PaneHeader()
        head_row.addWidget(self.header)
        for unused in (self.header.title, self.header.note):
            unused.hide()  # even empty they would keep a gap
        self.back = Button(kind="quiet", icon="chevron-left", on_click=lambda: self.preview.turn(-1))
        self.next = Button(kind="quiet", icon="chevron-right", on_click=lambda: self.preview.turn(1))
        self.header.add(self.next)
        self.header.add(self.back)
        self.preview = PagePreview(services, tasks)
        self.preview.turned.connect(self._show_place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.preview, 1)
        self.retranslate()

    def show_pdf(self, pdf: bytes, pages: int) -> None:
        """Show a document."""
        self.preview.show_pdf(pdf, pages)

    def show_note(self, note: str) -> None:
        """Show a sentence instead."""
        self.preview.show_note(note)

    def first(self) -> None:
        """Begin at the first page."""
        self.preview.first()

    def page_on(self, by: int) -> None:
        """PgUp, PgDn from anywhere on the screen: scroll by most of a view, turn at the end."""
        bar = self.preview.verticalScrollBar()
        at_end = bar.value() >= bar.maximum() if by > 0 else bar.value() <= bar.minimum()
        if at_end:
            self.preview.turn(by)
        else:
            bar.setValue(bar.value() + by * bar.pageStep())

    def _show_place(self, page: int, pages: int) -> None:
        self._name_page()
        self.back.setEnabled(page > 1)
        self.next.setEnabled(page < pages)
        for button in (self.back, self.next):
            button.setVisible(pages > 0)

    def _name_page(self) -> None:
        """Say which page this is, in figures alone where the words don't fit beside the two buttons."""
        page, pages = self.preview.page, self.preview.pages
        word = tr("第 {n} 页，共 {total} 页", n=page, total=pages) if pages else ""
        self.header.set_count(word)
        self.header.count.setAccessibleName(word)
        if pages and self.header.minimumSizeHint().width() > self.width():
            self.header.set_count(f"{page} / {pages}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words or figures."""
        super().resizeEvent(event)
        self._name_page()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.back.setText(tr("上一页"))
        self.next.setText(tr("下一页"))
        self._show_place(self.preview.page, self.preview.pages)
