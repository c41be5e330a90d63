"""SiteCard: the site of the chosen inspection: its latest photo, what was found, who answers for it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from inspector.services.inspections import InspectionSummary
from ui.text import tr
from ui.views.today.rows import local
from ui.widgets.label import Label, Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import Card, HLine, PaneHeader
from ui.widgets.row_painter import draw_thumb
from ui.widgets.thumbs import Thumbs


class _Picture(Themed, QWidget):
    """One photo, cropped to fill."""

    def __init__(self, thumbs: Thumbs) -> None:
        super().__init__()
        self._thumbs, self._sha256 = thumbs, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        thumbs.arrived.connect(self._show_thumb)

    def _show_thumb(self, _sha256: str) -> None:
        self.update()

    def show_photo(self, sha256: str) -> None:
        self._sha256 = sha256
        self.setAccessibleName(tr("第一张照片"))
        self.setVisible(bool(sha256))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.u(264), self.theme.u(152))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            draw_thumb(painter, rect, self._sha256, thumbs=self._thumbs, theme=self.theme, dpr=self.dpr)


class SiteCard(Themed, QWidget):
    """The right column of Today; hidden where the window is narrow."""

    def __init__(self, thumbs: Thumbs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: InspectionSummary | None = None
        self._card = Card(padding=0)
        self._head = PaneHeader()
        self._picture = _Picture(thumbs)
        self._name = Paragraph(role="bodyStrong")
        self._facts = QGridLayout()
        self._facts.setColumnStretch(1, 1)
        self._words = [Label(role="meta", color="text2", elide=False) for _ in range(5)]
        self._values = [Paragraph(role="meta") for _ in range(5)]
        for n, (word, value) in enumerate(zip(self._words, self._values, strict=True)):
            self._facts.addWidget(word, n, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, n, 1, Qt.AlignmentFlag.AlignTop)
        self._body = QVBoxLayout()
        self._body.addWidget(self._picture)
        self._body.addWidget(self._name)
        self._body.addWidget(HLine())
        self._body.addLayout(self._facts)
        self._body.addStretch(1)
        self._card.column.addWidget(self._head)
        self._card.column.addLayout(self._body)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._card)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    def show_record(self, summary: InspectionSummary | None) -> None:
        """Show the site of an inspection; None empties the card."""
        self._summary = summary
        self._card.setVisible(summary is not None)
        if summary is None:
            return
        site = summary.site
        self._head.set_title(tr("被检查单位"))
        self._head.set_note(f"{local(summary.inspection.started_at):%m-%d}")
        self._picture.show_photo(summary.photo_sha256 or "")
        self._name.setText(site.name)
        words = (tr("信用代码"), tr("负责人"), tr("电话"), tr("地址"), tr("陪同人"))
        person = "　".join(part for part in (site.responsible_person, site.position) if part)
        values = (site.credit_code, person, site.phone, site.address, summary.inspection.companion)
        for word, value, label, shown in zip(words, values, self._words, self._values, strict=True):
            label.setText(word)
            shown.setText(value)
            label.setVisible(bool(value))
            shown.setVisible(bool(value))

    def retranslate(self) -> None:
        """Say it again."""
        self.show_record(self._summary)

    def restyle(self) -> None:
        """Take width and gaps of the theme."""
        u = self.theme.u
        self.setFixedWidth(u(304))
        self._body.setContentsMargins(u(16), u(16), u(16), u(16))
        self._body.setSpacing(u(12))
        self._facts.setHorizontalSpacing(u(12))
        self._facts.setVerticalSpacing(u(8))
        super().restyle()
