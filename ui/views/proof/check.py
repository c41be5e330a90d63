"""CheckDialog 核对证据包: choose a bundle, let the independent verifier read it, see whether a byte was changed.

CheckDialog(parent, services, tasks).open();  dialog.check(file)
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.app import App
from inspector.errors import Cancelled, InspectorError
from inspector.services.bundle_check import BundleCheck
from ui.messages import message
from ui.models.bundle_words import fault_words, place_words
from ui.models.moments import bytes_word
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr
from ui.views.proof.file_choice import ask_file
from ui.widgets.dialog import Dialog
from ui.widgets.icon import IconLabel
from ui.widgets.label import Label, Paragraph
from ui.widgets.progress import Progress
from ui.widgets.rows import Row, RowList

ROWS = 5
"""Rows of faults seen without scrolling."""
MOST = 200
"""So many faults are listed; whoever wants the rest runs the verifier."""


class CheckDialog(Dialog):
    """See the module text."""

    def __init__(self, parent: QWidget, services: App, tasks: Tasks) -> None:
        super().__init__(
            parent,
            title=tr("核对证据包"),
            text=tr("用证据包里同样的独立程序逐字节核对；只读，不改动文件，也不取入本机"),
            verb=tr("选择证据包…"),
            width=600,
            key="Ctrl+O",
        )
        self._services, self._tasks = services, tasks
        self._ticket: Ticket | None = None
        self.icon = IconLabel("filled/circle-check", 32, "ok")
        self.verdict = Label(role="title", elide=False)
        self.told = Paragraph(color="text2")
        self.bar = Progress()
        self.faults = RowList(name=tr("不符的地方"), height="rowDouble")
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(self.theme.u(10))
        head.addWidget(self.icon)
        head.addWidget(self.verdict, 1)
        for widget in (self._head, self.told, self.bar, self.faults):
            self.column.addWidget(widget)
            widget.hide()
        self.cancel.setText(tr("关闭"))
        self.agreed.connect(self._ask_file)
        self.rejected.connect(self._stop)

    def _ask_file(self) -> None:
        ask_file(self, title=tr("选择证据包"), kind=tr("证据包"), ending=".zip", done=self.check)

    def check(self, file: Path) -> None:
        """Check a bundle."""
        if self._ticket is not None:
            return
        self.show_done("")
        for widget in (self._head, self.told, self.faults):
            widget.hide()
        self.bar.show_share(tr("正在核对 {name}", name=file.name), 0)
        self.bar.show()
        self.verb.refuse(tr("正在核对"))
        self.cancel.setText(tr("停止"))

        def work(_tell: object, is_cancelled: Callable[[], bool]) -> BundleCheck | None:
            try:
                return self._services.bundles.check(file, is_cancelled=is_cancelled)
            except Cancelled:
                return None

        self._ticket = self._tasks.job(self, work, done=self._show, failed=self._fail)
        self._tasks.show(self._ticket, Shown(lambda: tr("核对证据包"), lambda _step: (0, 0)))

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _rest(self) -> None:
        self._ticket = None
        self.bar.hide()
        self.verb.allow()
        self.cancel.setText(tr("关闭"))

    def _fail(self, error: InspectorError) -> None:
        self._rest()
        self.show_error(message(error).sentence)

    def _show(self, told: BundleCheck | None) -> None:
        self._rest()
        if told is None:
            return
        if told.holds:
            icon, color = ("filled/circle-check", "ok") if told.is_ours else ("filled/alert-triangle", "warn")
            said = tr("未被改动") if told.is_ours else tr("未被改动，但由另一个总部签发")
        else:
            icon, color, said = "filled/alert-octagon", "danger", tr("有 {n} 处不符", n=len(told.faults))
        self.icon.show_icon(icon, color)
        self.verdict.setText(said)
        self.verdict.set_color(color)
        self.told.setText(_words(told))
        self.faults.set_rows([
            Row(id=f"{n}", title=fault_words(one), second=place_words(one), icon="filled/circle-x", icon_color="danger")
            for n, one in enumerate(told.faults[:MOST])
        ])  # fmt: skip
        self.faults.setFixedHeight(min(ROWS, len(told.faults)) * self.theme.size("rowDouble"))
        for widget in (self._head, self.told):
            widget.show()
        self.faults.setVisible(not told.holds)


def _words(told: BundleCheck) -> str:
    counted = tr(
        "{name}：{files} 个文件，{size}，原件 {originals} 个，记录 {entries} 条，其中总部已签收 {received} 条",
        name=told.name, files=told.files, size=bytes_word(told.size), originals=told.originals,
        entries=told.entries, received=told.entries_received,
    )  # fmt: skip
    if not told.holds:
        return tr("{counted}。不要用它作证据；请向交出的单位要一份新的，再核对", counted=counted)
    if not told.is_ours:
        return tr("{counted}。请向那个总部确认它的公钥", counted=counted)
    return counted
