"""SignedDialog 签名页: which pages of an issued notice came back signed; a photo of one is straightened and linked.

dialog = SignedDialog(view, services, tasks, notice) ; dialog.open()
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence
from inspector.domain.notice import Notice
from inspector.domain.signed import PenSignature, SignedPage, Stroke
from ui.messages import message
from ui.models.moments import day_time
from ui.models.notice_rows import form_name
from ui.tasks import Tasks
from ui.text import tr
from ui.views.notices.pen_dialog import PenDialog
from ui.views.notices.serve_photo import PhotoDialog
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.form import NoteLine
from ui.widgets.rows import Row, RowList
from ui.widgets.text_dialog import TextDialog
from ui.widgets.thumbs import Thumbs

Told = tuple[tuple[SignedPage, ...], tuple[PenSignature, ...], list[Evidence]]


class SignedDialog(Dialog):
    """See the module text."""

    def __init__(self, view: QWidget, services: App, tasks: Tasks, notice: Notice) -> None:
        title = tr("签名页：{number}", number=notice.number or form_name(notice.form))
        super().__init__(
            view, title=title, text=tr("当事人手写签名的原件归档；这里留存照片"), verb=tr("完成"), width=640
        )
        self._services, self._tasks, self._notice = services, tasks, notice
        self._pages: dict[int, SignedPage] = {}
        self._photos: dict[str, Evidence] = {}
        self.thumbs = Thumbs(tasks, services.evidence.preview, self)
        self.list = RowList(height="rowDouble", thumbs=self.thumbs, name=tr("签名页"))
        self.list.setFixedHeight(min(5, max(2, notice.pages)) * self.theme.size("rowDouble"))
        self.pens = NoteLine()
        self.photo = Button(icon="photo", on_click=self._ask_photo)
        self.remove = Button(icon="trash", on_click=self._ask_remove)
        self.pen = Button(icon="signature", on_click=self._ask_pen)
        self.photo.setText(tr("选用照片…"))
        self.remove.setText(tr("取下…"))
        self.pen.setText(tr("屏幕签名…"))
        row = QHBoxLayout()
        for button in (self.photo, self.remove, self.pen):
            row.addWidget(button)
        row.addStretch(1)
        self.column.addWidget(self.list)
        self.column.addWidget(self.pens)
        self.column.addLayout(row)
        self.verb.hide()
        self.cancel.setText(tr("关闭"))
        self.list.chosen.connect(lambda _page: self._allow())
        self.list.opened.connect(lambda _page: self._ask_photo())
        tasks.changed.connect(self._on_changed)
        self._read()

    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & {Topic.NOTICES, Topic.EVIDENCE}:
            self._read()

    def _read(self) -> None:
        self._tasks.query(self, _read, self._services, self._notice, done=self._take, key="signed")

    def _take(self, told: Told) -> None:
        pages, pens, photos = told
        self._pages = {one.page: one for one in pages}
        self._photos = {one.id: one for one in photos}
        rows = [self._row(page) for page in range(1, self._notice.pages + 1)]
        missing = next((row.id for row in rows if int(row.id) not in self._pages), rows[0].id if rows else "")
        self.list.set_rows(rows, choose=self.list.current() or missing)
        drawn = [f"{one.signer} {day_time(one.signed_at)[5:]}" for one in pens]
        said = tr("屏幕签名：{names}（效力待法制确认）", names=tr("、").join(drawn)) if drawn else ""
        self.pens.show_note(said, icon="info-circle", color="text2")
        self._allow()

    def _row(self, page: int) -> Row:
        kept = self._pages.get(page)
        source = self._photos.get(kept.evidence_id) if kept is not None else None
        return Row(
            id=str(page),
            title=tr("第 {n} 页", n=page),
            second=tr("已留存 {at}", at=day_time(kept.added_at)[5:]) if kept is not None else tr("还没有签名页照片"),
            icon="filled/circle-check" if kept is not None else "circle",
            icon_color="ok" if kept is not None else "text3",
            thumb=source.original.sha256 if source is not None else "",
        )

    def _page(self) -> int:
        return int(self.list.current() or 0)

    def _allow(self) -> None:
        self.remove.setEnabled(self._page() in self._pages)

    def _ask_photo(self) -> None:
        if self._page():
            dialog = PhotoDialog(self, self.thumbs, list(self._photos.values()))
            dialog.taken.connect(partial(self._keep, self._page()))
            dialog.open()

    def _keep(self, page: int, photo: Evidence) -> None:
        """Straighten the sheet in the photo and link it; the photo itself stays as it is."""
        signing, notice = self._services.signing, self._notice.id

        def work(_tell: object, _stop: object) -> Changes:
            return signing.add_page(notice, page, photo.id, signing.find_page(photo.id))

        self.show_done(tr("正在拉直第 {n} 页", n=page))
        self._tasks.job(
            self, work, done=lambda _changes: self.show_done(tr("第 {n} 页已留存", n=page)), failed=self._miss
        )

    def _miss(self, error: object) -> None:
        self.show_error(message(error).sentence)  # type: ignore[arg-type]

    def _ask_remove(self) -> None:
        kept = self._pages.get(self._page())
        if kept is None:
            return
        title, text = tr("取下第 {n} 页的签名页？", n=kept.page), tr("照片和拉直的页面仍留在证据里")
        dialog = TextDialog(self, title=title, text=text, label=tr("理由"), verb=tr("取下"), kind="danger")
        work = partial(self._services.signing.remove_page, kept.id)
        dialog.written.connect(lambda reason: self._tasks.command(self, work, reason))
        dialog.open()

    def _ask_pen(self) -> None:
        dialog = PenDialog(self._window)  # not over this dialog, which is lower than a signature
        draw = partial(self._services.signing.draw, self._notice.id)

        def keep(signer: str, role: str, strokes: Sequence[Stroke]) -> None:
            work = partial(draw, strokes, signer=signer, role=role)
            self._tasks.command(self, work, done=lambda _told: dialog.accept(), failed=dialog.refuse)

        dialog.signed.connect(keep)
        dialog.open()


def _read(services: App, notice: Notice) -> Told:
    signing = services.signing
    return signing.pages(notice.id), signing.drawn(notice.id), services.evidence.of(notice.inspection_id)
