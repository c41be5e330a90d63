"""BundleDialog 导出证据包: what leaves, that it is not encrypted, how far it is, the fingerprint of what was written.

The work is BundleActs' (bundle_acts.py), so that it goes on when the dialog is closed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from inspector.errors import InspectorError
from inspector.services.bundle import Bundled
from ui.messages import message
from ui.models.moments import bytes_word
from ui.text import tr
from ui.views.proof.digest_line import DigestLine
from ui.widgets.button import Button
from ui.widgets.dialog import Dialog
from ui.widgets.form import NoteLine
from ui.widgets.label import Paragraph
from ui.widgets.progress import Progress


class BundleDialog(Dialog):
    """Signals: `place_wanted()` ask where to write, `stopped()`."""

    place_wanted = Signal()
    stopped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            title=tr("导出证据包"),
            text=tr("本次检查的原件、截图、文书、签名记录和报告装进一个 ZIP，任何人都能用包里的 verify.py 核对"),
            verb=tr("选择位置…"),
            width=620,
            key="Enter",
        )
        self.warning = NoteLine()
        self.warning.show_note(
            tr("证据包不加密，拿到的人都能看。本机的原件仍加密保存，不变。请存到加密的盘上，交接后删除。"),
            icon="filled/alert-triangle",
            color="warn",
        )
        self.bar, self.stop = Progress(), Button(kind="quiet", icon="player-stop", on_click=self.stopped.emit)
        self.stop.setText(tr("停止"))
        self._running = QWidget()
        row = QHBoxLayout(self._running)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.gap)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.told, self.digest = Paragraph(), DigestLine()
        self.digest.copied.connect(lambda name: self.show_done(tr("已复制 {name}", name=name)))
        for widget in (self.warning, self._running, self.told, self.digest):
            self.column.addWidget(widget)
        for widget in (self._running, self.told, self.digest):
            widget.hide()
        self.is_done = False
        self.agreed.connect(lambda: self.accept() if self.is_done else self.place_wanted.emit())

    def show_running(self, done: int, total: int, note: str) -> None:
        """Show how far it is, in bytes."""
        self.show_done("")
        self._running.show()
        self.verb.hide()
        self.cancel.setText(tr("放到后台"))
        share = done / total if total else 0.0
        self.bar.show_share(f"{bytes_word(done)} / {bytes_word(total)}", share, note=note)

    def show_written(self, name: str, folder: str, done: Bundled) -> None:
        """Show what was written."""
        self.is_done = True
        self._running.hide()
        self.cancel.hide()
        self.verb.setText(tr("完成"))
        self.verb.show()
        self.verb.setFocus()
        said = tr("已写好 {name}，在 {folder}：{n} 个文件，{size}", name=name, folder=folder, n=done.files,
                  size=bytes_word(done.size))  # fmt: skip
        self.told.setText(said)
        self.told.show()
        self.digest.show_digest(tr("证据包的 SHA-256，请抄在交接单上"), done.sha256)
        self.digest.show()

    def show_stopped(self, error: InspectorError | None = None) -> None:
        """It was stopped, or failed: nothing of the file stays."""
        self._running.hide()
        self.verb.show()
        self.cancel.setText(tr("取消"))
        if error is None:
            self.show_done(tr("已停止，没有留下文件"))
        else:
            self.show_error(message(error).sentence)
