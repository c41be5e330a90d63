"""CustodyDialog 证据流转: the pieces of one inspection at the left, all that happened to the chosen one at the right.

CustodyDialog(parent, services, tasks, inspection_id=…, current=evidence id).open()
What is shown comes out of the journal; each line names the entry that proves it. Reading here changes nothing.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.errors import InspectorError
from inspector.services.custody import ClipStory, CustodyStory
from ui.messages import message
from ui.models.custody_rows import clip_rows, line_rows, piece_rows, receipt_badge
from ui.tasks import Tasks
from ui.text import tr
from ui.views.proof.digest_line import DigestLine
from ui.views.proof.file_choice import ask_new_file
from ui.widgets.dialog import Dialog
from ui.widgets.empty import EmptyState
from ui.widgets.label import Label, Paragraph
from ui.widgets.rows import RowList
from ui.widgets.tag import Tag
from ui.widgets.thumbs import Thumbs

WIDE, HIGH = 1080, 520
"""Unscaled px; a smaller window takes what it has."""
PIECES = 320
"""Width of the list of pieces where there is room; a third of the dialog else."""


class CustodyDialog(Dialog):
    """See the module text."""

    def __init__(self, parent: QWidget, services: App, tasks: Tasks, *, inspection_id: str, current: str = "") -> None:
        super().__init__(
            parent,
            title=tr("证据流转"),
            text=tr("谁取入、从哪来，每次打开、打印、导出；都由签名的记录生成，不能改写"),
            verb=tr("保存为 PDF…"),
            width=WIDE,
            key="Ctrl+S",
        )
        self._services, self._tasks = services, tasks
        self._inspection_id, self._wanted = inspection_id, current
        self._clips: dict[str, ClipStory] = {}
        self._thumbs = Thumbs(tasks, services.evidence.preview, self)
        self.pieces = RowList(thumbs=self._thumbs, name=tr("证据"))
        self.lines = RowList(name=tr("流转记录"))
        self.name, self.receipt = Paragraph(role="bodyStrong"), Tag()
        self.sha256, self.sm3 = DigestLine(), DigestLine()
        self.source = Label(role="meta", color="text2")
        self.empty = EmptyState("fingerprint")
        self.empty.say(tr("还没有证据"), tr("在检查里按 Ctrl+O 添加照片，每一步从那时起都有记录"))
        self._build()
        self.cancel.setText(tr("关闭"))
        self.verb.refuse(tr("还没有证据"))
        self.pieces.chosen.connect(self._ask)
        for line in (self.sha256, self.sm3):
            line.copied.connect(lambda name: self.show_done(tr("已复制 {name}", name=name)))
        self.agreed.connect(self._ask_file)
        self._tasks.query(self, self._read, services, inspection_id, done=self._take, failed=self._fail)

    @staticmethod
    def _read(services: App, inspection_id: str) -> tuple[list[Evidence], list[ClipStory]]:
        """Runs on a work thread."""
        return services.evidence.of(inspection_id), services.custody.clips_of(inspection_id)

    def _build(self) -> None:
        self._page = QWidget()
        columns = QHBoxLayout(self._page)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(self.theme.u(20))
        right = QVBoxLayout()
        right.setSpacing(self.theme.u(4))
        for widget in (self.name, self.receipt, self.source, self.sha256, self.sm3):
            right.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft if widget is self.receipt else Qt.AlignmentFlag(0))
        right.addSpacing(self.theme.u(8))
        right.addWidget(self.lines, 1)
        columns.addWidget(self.pieces)
        columns.addLayout(right, 1)
        room = self._window.size()
        wide = min(self.theme.u(WIDE), room.width() - self.theme.u(24))
        self.pieces.setFixedWidth(min(self.theme.u(PIECES), round(wide * 0.34)))
        self.lines.setMinimumHeight(2 * self.theme.size("rowDouble"))
        high = min(self.theme.u(HIGH), room.height() - self.theme.u(230))
        self._page.setMinimumHeight(max(high, self.theme.u(280)))
        self.column.addWidget(self._page)
        self.column.addWidget(self.empty)
        self.empty.hide()

    def _take(self, found: tuple[list[Evidence], list[ClipStory]]) -> None:
        evidence, clips = found
        self._clips = {one.clip.id: one for one in clips}
        rows = [*piece_rows(evidence), *clip_rows(clips, len(evidence))]
        self._page.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if not rows:
            return
        self.verb.allow()
        ids = [row.id for row in rows]
        self.pieces.set_rows(rows)
        self.pieces.setFocus(Qt.FocusReason.OtherFocusReason)
        self.pieces.choose(self._wanted if self._wanted in ids else ids[0])

    def _ask(self, evidence_id: str) -> None:
        self.show_done("")
        if evidence_id in self._clips:
            self._show_clip(self._clips[evidence_id])
            return
        self._tasks.query(self, self._services.custody.of, evidence_id, done=self._show, failed=self._fail, key="story")

    def _show(self, story: CustodyStory) -> None:
        original = story.piece.original
        self.name.setText(original.name)
        self.receipt.show_badge(receipt_badge(story))
        is_picture = original.kind is not EvidenceKind.DOCUMENT
        self.source.setText(tr("设备 {name}", name=original.camera or tr("没有记录")) if is_picture else "")
        self.source.setVisible(is_picture)
        self.sha256.show_digest("SHA-256", original.sha256)
        self.sm3.show_digest("SM3", original.sm3)
        self.lines.set_rows(line_rows(story.lines))

    def _show_clip(self, story: ClipStory) -> None:
        self.name.setText(story.clip.name)
        self.receipt.show_badge(receipt_badge(story))
        self.source.setText(tr("设备 {name}", name=story.device or tr("没有记录")))
        self.source.show()
        self.sha256.show_digest("SHA-256", story.clip.sha256)
        self.sm3.show_digest("SM3", story.clip.sm3)
        self.lines.set_rows(line_rows(story.lines))

    def _fail(self, error: InspectorError) -> None:
        self.show_error(message(error).sentence)

    def _ask_file(self) -> None:
        name = tr("证据流转记录") + ".pdf"
        ask_new_file(self, title=tr("保存为 PDF"), name=name, kind="PDF", done=self.save_to)

    def save_to(self, file: Path) -> None:
        """Write the record to a new file."""
        self.verb.refuse(tr("正在写文件"))
        work = partial(self._services.custody.save_pdf, self._inspection_id, file)
        self._tasks.job(self, lambda _tell, _stop: work(), done=self._tell_saved, failed=self._not_saved)

    def _tell_saved(self, file: Path) -> None:
        self.verb.allow()
        self.show_done(tr("已存为 {name}，在 {folder}；这份副本未加密", name=file.name, folder=file.parent))

    def _not_saved(self, error: InspectorError) -> None:
        self.verb.allow()
        self._fail(error)
