"""PacksCard: the law packs of this computer: version, days of effect, signer, which is in use, what is 待法制确认.

Signals: `said(title, text)`, `failed(InspectorError)`.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.law.pack_report import Unconfirmed
from inspector.services.packs import KnownPack
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label, Paragraph
from ui.widgets.panel import Card
from ui.widgets.rows import Row, RowList
from ui.widgets.search_list import SearchList

MOST = 4
"""Packs that are shown at once; more scroll."""


class PacksCard(Card):
    """See the module text."""

    said = Signal(str, str)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks) -> None:
        super().__init__()
        self._services, self._tasks = services, tasks
        self._known: tuple[KnownPack, ...] = ()
        self._title = Label(role="pane")
        self.list = RowList(height="rowDouble")
        self.note = Paragraph(role="meta", color="text2")
        self.install = Button(icon="download", on_click=self._ask_file)
        self.doubts = Button(icon="list-check", on_click=self._show_doubts)
        row = QHBoxLayout()
        row.addWidget(self.install)
        row.addWidget(self.doubts)
        row.addStretch(1)
        self._row = row
        self.column.addWidget(self._title)
        self.column.addWidget(self.list)
        self.column.addWidget(self.note)
        self.column.addLayout(row)
        self.list.chosen.connect(lambda _version: self._tell())
        self.list.opened.connect(lambda _version: self._show_doubts())
        self.retranslate()

    def look(self) -> None:
        """Ask again which packs there are."""
        self._tasks.query(self, self._services.packs.known, done=self._take, failed=self.failed.emit, key="packs")

    def _take(self, known: tuple[KnownPack, ...]) -> None:
        self._known = known
        self._show()

    def _current(self) -> KnownPack | None:
        return next((one for one in self._known if one.version == self.list.current()), None)

    def _show(self) -> None:
        used = next((one.version for one in self._known if one.is_in_use), "")
        self.list.set_rows([pack_row(one) for one in self._known], choose=self.list.current() or used)
        self.list.setFixedHeight(min(MOST, max(1, len(self._known))) * self.theme.size("rowDouble"))
        self._tell()

    def _tell(self) -> None:
        one = self._current()
        self.note.setText("" if one is None else signer_words(one))
        self.note.setVisible(one is not None)
        self.doubts.setVisible(one is not None and one.unconfirmed > 0)
        self.doubts.setText(tr("待法制确认 {n} 项", n=one.unconfirmed if one is not None else 0))

    # --- doing -----------------------------------------------------------------------------------

    def _show_doubts(self) -> None:
        one = self._current()
        if one is not None and one.unconfirmed:
            DoubtsDialog(self, self._services, self._tasks, one.version).open()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self.window(), tr("选择法规包"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("法规包 (*.fipack)"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take_in(Path(names[0])))
        dialog.open()

    def take_in(self, file: Path) -> None:
        """Check a pack whole and take it in; one fault, and nothing changes."""
        self.install.setEnabled(False)

        def work(_tell: object, _stop: object) -> Changes:
            return self._services.packs.install(file)

        self._tasks.job(self, work, done=self._tell_installed, failed=self._not_installed)

    def _tell_installed(self, _changes: Changes) -> None:
        self.install.setEnabled(True)
        self.said.emit(tr("法规包已安装"), tr("新的草稿用新版本；已开始的草稿仍用原来的版本"))
        self.look()

    def _not_installed(self, error: object) -> None:
        self.install.setEnabled(True)
        self.failed.emit(error)

    def retranslate(self) -> None:
        """Set every word."""
        self._title.setText(tr("法规包"))
        self.list.setAccessibleName(tr("法规包"))
        self.install.setText(tr("安装法规包…"))
        self._show()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        super().restyle()
        if hasattr(self, "_row"):
            self._row.setSpacing(self.theme.gap)
            self._show()


class DoubtsDialog(Dialog):
    """Every value of a pack that nobody confirmed yet, to be read and searched."""

    def __init__(self, view: QWidget, services: App, tasks: Tasks, version: str) -> None:
        super().__init__(view, title=tr("待法制确认（{version}）", version=version), verb=tr("完成"), width=760)
        self._told: tuple[Unconfirmed, ...] = ()
        self.search = SearchList(placeholder=tr("输入几个字缩小范围"), name=tr("待法制确认"))
        self.search.prefer_height(420)
        self.column.addWidget(self.search, 1)
        self.search.searched.connect(self._narrow)
        self.verb.hide()
        self.cancel.setText(tr("关闭"))
        tasks.query(self, services.packs.unconfirmed, version, done=self._take, key="doubts")

    def _take(self, told: tuple[Unconfirmed, ...]) -> None:
        self._told = told
        self._narrow(self.search.field.text())

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        rows = [
            Row(id=str(n), title=f"{one.id}\u3000{one.text}", second=f"{one.file}\u3000{why_words(one)}")
            for n, one in enumerate(self._told)
            if wanted in f"{one.file} {one.id} {one.text} {one.why}".casefold()
        ]
        self.search.show_rows(rows, nothing=tr("没有找到“{text}”", text=text.strip()))


def why_words(one: Unconfirmed) -> str:
    """Return why a value is in doubt; a sentence of the pack stays as it is."""
    if one.why.startswith(("origin", "verification", "[K]")):
        return tr("未在法规原文中读到")
    return tr("存疑：{why}", why=one.why)


def pack_row(one: KnownPack) -> Row:
    """Return a pack as a row: version, name, days of effect, whether it is in use."""
    told = one.pack.manifest if one.pack is not None else None
    since = "" if told is None else tr("自 {day}", day=told.effective_from)
    until = tr("至 {day}", day=told.effective_to) if told is not None and told.effective_to is not None else ""
    wrong = tr("校验不符，未使用") if one.problem else ""
    return Row(
        id=one.version,
        title=one.version,
        beside=tr("在用") if one.is_in_use else "",
        second="\u3000".join(part for part in (one.name, since, until, wrong) if part),
        icon="filled/alert-triangle" if one.problem else "filled/circle-check" if one.is_in_use else "file-certificate",
        icon_color="warn" if one.problem else "ok" if one.is_in_use else "text2",
    )


def signer_words(one: KnownPack) -> str:
    """Return by whom a pack was signed."""
    if one.install is None:
        return tr("随程序提供")
    return tr("签名密钥 {key}，安装于 {day}", key=one.install.signer[:16], day=one.install.installed_at.date())
