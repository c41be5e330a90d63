"""The pages of an import: where from, what lies there, how far it is, what became of it. Each shows a desk's state."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.messages import message
from ui.models.import_words import card_verdict, found_rows, pending_row, rate_word, report_rows, stage_word
from ui.models.moments import bytes_word
from ui.text import tr
from ui.views.footage.import_desk import ImportDesk, Phase
from ui.views.footage.toggle_list import ToggleList
from ui.views.sync.verdict import VerdictPanel
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.empty import EmptyState
from ui.widgets.fields import TextField
from ui.widgets.form import Form, NoteLine
from ui.widgets.label import Paragraph
from ui.widgets.painted import Themed
from ui.widgets.panel import PaneHeader
from ui.widgets.progress import Progress
from ui.widgets.rows import Row, RowList

_VOLUME = "volume:"


class _Page(Themed, QWidget):
    """A column with the padding of a pane."""

    def __init__(self) -> None:
        super().__init__()
        self.header = PaneHeader()
        self.body = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self.body, 1)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "body"):
            u = self.theme.u
            self.body.setContentsMargins(u(16), u(12), u(16), u(12))
            self.body.setSpacing(u(10))
        super().restyle()


class SourcesPage(_Page):
    """Cards that are plugged in, imports that were broken off, or a folder."""

    scan_wanted = Signal(object)
    resume_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = RowList(height="rowDouble")
        self.list.opened.connect(self._open)
        self.list.clicked.connect(lambda _index: self._open(self.list.current()))
        self.folder = Button(icon="folder-open")
        self.again = Button(kind="quiet", icon="refresh")
        self.note = NoteLine()
        self.nothing = EmptyState("device-sd-card")
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.folder)
        self._buttons.addWidget(self.again)
        self._buttons.addStretch(1)
        self.body.addWidget(self.note)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.nothing, 1)
        self.body.addLayout(self._buttons)
        self.restyle()

    def show_desk(self, desk: ImportDesk) -> None:
        """Show what there is."""
        rows = [pending_row(one) for one in desk.sources.pending]
        rows += [
            Row(id=f"{_VOLUME}{one.path}", title=one.label, second=str(one.path), icon="device-sd-card")
            for one in desk.sources.volumes
        ]
        self.list.set_rows(rows, choose=self.list.current() or (rows[0].id if rows else ""))
        self.list.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        told = message(desk.error) if desk.error is not None else None
        self.note.show_note(told.sentence if told else "", icon="filled/alert-circle", color="danger")

    def _open(self, row_id: str) -> None:
        if row_id.startswith(_VOLUME):
            self.scan_wanted.emit(Path(row_id.removeprefix(_VOLUME)))
        elif row_id:
            self.resume_wanted.emit(row_id)

    def retranslate(self) -> None:
        """Name the parts."""
        self.header.set_title(tr("导入录像"))
        self.header.set_note(tr("存储卡只读打开，原文件不会改动"))
        self.list.setAccessibleName(tr("存储卡和没有导入完的录像"))
        self.folder.setText(tr("选择文件夹…"))
        self.again.setText(tr("重新查看"))
        self.nothing.say(tr("没有看到存储卡"), tr("插入记录仪存储卡，或按 Ctrl+O 选择文件夹"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        super().restyle()
        if hasattr(self, "_buttons"):
            self._buttons.setSpacing(self.theme.gap)


class FoundPage(_Page):
    """The recordings found; which are taken in, from which device, for which inspection."""

    toggled = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.list = ToggleList()
        self.list.toggled.connect(self.toggled)
        self.label = TextField()
        self.is_ours = CheckBox()
        self.is_ours.setChecked(True)
        self.back = Button(kind="quiet", icon="arrow-left")
        self.nothing = EmptyState("video")
        self._site = ""
        self.form = Form()
        self.row = self.form.add("", self.label, optional=True)
        self.note = NoteLine()
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.is_ours)
        self._foot.addStretch(1)
        self._foot.addWidget(self.back)
        for widget in (self.note, self.list, self.nothing, self.form):
            self.body.addWidget(widget, 1 if widget in {self.list, self.nothing} else 0)
        self.body.addLayout(self._foot)
        self.restyle()

    def show_desk(self, desk: ImportDesk, site: str) -> None:
        """Show what was found; `site` is the firm of the open inspection, empty for none."""
        scan = desk.scan_result
        if scan is None:
            return
        self._site = site
        self.list.set_rows(found_rows(scan, desk.chosen), choose=self.list.current() or None)
        self.list.setVisible(bool(scan.recordings))
        self.nothing.setVisible(not scan.recordings)
        self.form.setVisible(bool(scan.recordings))
        self.is_ours.setVisible(bool(site) and bool(scan.recordings))
        wanted = desk.wanted()
        size = bytes_word(sum(clip.size for clip in wanted))
        self.header.set_title(scan.root.name or str(scan.root))
        self.header.set_count(tr("{n} 段", n=len(scan.recordings)))
        self.header.set_note(tr("已选 {n} 个文件　{size}", n=len(wanted), size=size) if wanted else tr("没有选中"))
        told = message(desk.error).sentence if desk.error is not None else ""
        self.note.show_note(told, icon="filled/alert-circle", color="danger")
        self._name()

    def _name(self) -> None:
        self.is_ours.setText(tr("归入本次检查：{site}", site=self._site) if self._site else "")

    def retranslate(self) -> None:
        """Name the parts."""
        self.list.setAccessibleName(tr("找到的录像，空格选中或不选"))
        self.row.set_label(tr("记录仪"))
        self.label.setAccessibleName(tr("记录仪"))
        self.label.setPlaceholderText(tr("编号或使用人，如 记录仪 3 号"))
        self.back.setText(tr("换一个来源"))
        self.nothing.say(tr("这里没有录像"), tr("换一张存储卡，或选择另一个文件夹"))
        self._name()


class RunningPage(_Page):
    """How far it is; pause and stop. As soon as all is here the verdict on the card stands."""

    def __init__(self) -> None:
        super().__init__()
        self.bar = Progress()
        self.safe = Paragraph(color="text2")
        self.pause = Button()
        self.stop = Button(icon="player-stop")
        self.verdict = VerdictPanel()
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self.pause)
        self._buttons.addWidget(self.stop)
        self._buttons.addStretch(1)
        for widget in (self.verdict, self.bar, self.safe):
            self.body.addWidget(widget)
        self.body.addLayout(self._buttons)
        self.body.addStretch(1)
        self.restyle()

    def show_desk(self, desk: ImportDesk) -> None:
        """Show the step."""
        step = desk.step
        self.verdict.setVisible(desk.report is not None)
        if desk.report is not None:
            self.verdict.show_verdict(card_verdict(desk.report))
        self.pause.setText(tr("继续") if desk.is_paused else tr("暂停"))
        self.pause.set_icon("player-play" if desk.is_paused else "player-pause")
        self.pause.setVisible(desk.report is None)
        if step is None:
            self.bar.show_share(tr("正在准备"), 0.0)
            return
        share = step.done / step.total if step.total else 0.0
        if step.report is not None:
            share = (step.clip - 1) / max(1, step.clips)
        self.header.set_count(f"{step.clip} / {step.clips}")
        self.bar.show_share(stage_word(step), share, note=rate_word(step))

    def retranslate(self) -> None:
        """Name the parts."""
        self.header.set_title(tr("正在导入"))
        self.safe.setText(
            tr("可以离开这一页，导入在后台继续。锁定、拔卡、断电会让它停下，但不会丢失，再来时从断点继续。")
        )
        self.stop.setText(tr("停止"))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        super().restyle()
        if hasattr(self, "_buttons"):
            self._buttons.setSpacing(self.theme.gap)


class DonePage(_Page):
    """May the card be cleared; what became of each file."""

    def __init__(self) -> None:
        super().__init__()
        self.verdict = VerdictPanel()
        self.list = RowList(height="rowDouble")
        self.again = Button(icon="device-sd-card")
        row = QHBoxLayout()
        row.addWidget(self.again)
        row.addStretch(1)
        self.body.addWidget(self.verdict)
        self.body.addWidget(self.list, 1)
        self.body.addLayout(row)
        self.restyle()

    def show_desk(self, desk: ImportDesk) -> None:
        """Show the report."""
        if desk.report is None:
            return
        self.verdict.show_verdict(card_verdict(desk.report))
        self.list.set_rows(report_rows(desk.report))
        self.header.set_count(str(len(desk.report.taken)))

    def retranslate(self) -> None:
        """Name the parts."""
        self.header.set_title(tr("导入结果"))
        self.list.setAccessibleName(tr("每个文件的结果"))
        self.again.setText(tr("继续导入"))


PAGES = {
    Phase.CHOOSING: 0,
    Phase.SCANNING: 0,
    Phase.FOUND: 1,
    Phase.RUNNING: 2,
    Phase.DONE: 3,
}
