"""SyncView 同步: may this laptop be handed over, what is only here, what headquarters has signed for.

Ctrl+Shift+S leads here from anywhere; pressed here it starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.notice import Lease
from inspector.errors import InspectorError, InvalidInput
from inspector.services.sync import Receipted, SyncState
from inspector.store.transfers import Backlog
from inspector.sync.progress import Lane as LaneName
from inspector.sync.progress import SyncProgress, SyncReport
from ui.messages import reason
from ui.models.moments import bytes_word, day_time, seconds_word
from ui.models.sync_words import items, left_now, numbers_word, receipt_rows, refused_rows, resting, running
from ui.tasks import Shown, Tasks, Ticket
from ui.text import tr
from ui.theme.status import Badge, badge
from ui.views.sync.lanes import LaneCard, LastLane
from ui.views.sync.verdict import VerdictPanel
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.label import Label
from ui.widgets.lane import Lane
from ui.widgets.panel import Card, PaneHeader, ScrollPane
from ui.widgets.rows import RowList
from ui.widgets.strips import BottomStrip
from ui.widgets.text_dialog import TextDialog
from ui.widgets.view import KeyHint, View

START = QKeySequence("Ctrl+Shift+S")
WIDE = 1000
"""From this logical width ÷ text scale on the receipts stand beside the lanes."""
_ICONS = {
    LaneName.ENTRIES: "list-check",
    LaneName.NOTICES: "file-text",
    LaneName.PHOTOS: "photo",
    LaneName.FOOTAGE: "video",
}
_MAY_BE_LAST = {LaneName.PHOTOS, LaneName.FOOTAGE}


@dataclass(frozen=True, slots=True)
class _Reading:
    state: SyncState
    receipts: tuple[Receipted, ...]
    leases: tuple[Lease, ...]


class SyncView(View):
    """See the module text."""

    place = "sync"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._reading: _Reading | None = None
        self._at_start: SyncState | None = None
        self._step: SyncProgress | None = None
        self._report: SyncReport | None = None
        self._error: InspectorError | None = None
        self._ticket: Ticket | None = None
        self.verdict = VerdictPanel()
        self.lanes = {
            name: LastLane("", icon=icon) if name in _MAY_BE_LAST else Lane("", icon=icon)
            for name, icon in _ICONS.items()
        }
        self.receipts = RowList(height="rowDouble")
        self.refused = RowList(height="rowDouble")
        self.address = Button(icon="server", on_click=self._ask_address)
        self.stop = Button(icon="player-stop", key="Esc", on_click=self._stop)
        self.start = Button(kind="primary", icon="cloud-up", key="Ctrl+Shift+S", on_click=self.run)
        self.strip = BottomStrip(primary=self.start, others=[self.address, self.stop])
        self._build()
        self._tasks.changed.connect(self._on_changed)
        self._keys.append(KeyHint("Ctrl+Shift+S", self.start.text))
        self.setFocusProxy(self.start)
        self.retranslate()
        self.restyle()

    def _build(self) -> None:
        self._lane_head = PaneHeader()
        self._lane_card = lanes = LaneCard(padding=0)
        lanes.column.addWidget(self._lane_head)
        for lane in self.lanes.values():
            lanes.column.addWidget(lane)
        self._refused_head = PaneHeader()
        self._refused_card = Card(padding=0)
        self._refused_card.column.addWidget(self._refused_head)
        self._refused_card.column.addWidget(self.refused)
        self._receipt_head = PaneHeader()
        self._receipt_card = Card(padding=0)
        self._receipt_card.column.addWidget(self._receipt_head)
        self._no_receipts = EmptyState("circle-dashed")
        self._receipt_card.column.addWidget(self.receipts, 1)
        self._receipt_card.column.addWidget(self._no_receipts, 1)
        self._numbers_title = Label(role="bodyStrong")
        self._numbers = Label(role="meta", color="text2")
        self._numbers_box = QVBoxLayout()
        self._numbers_box.addWidget(self._numbers_title)
        self._numbers_box.addWidget(self._numbers)
        numbers = Card(padding=0)
        numbers.column.addLayout(self._numbers_box)
        left = QVBoxLayout()
        left.addWidget(lanes)
        left.addWidget(self._refused_card)
        left.addWidget(numbers)
        left.addStretch(1)
        self._left = left
        self._columns = QHBoxLayout()
        self._columns.addLayout(left, 2)
        self._columns.addWidget(self._receipt_card, 1)
        inside = QWidget()
        self._page = QVBoxLayout(inside)
        self._page.addWidget(self.verdict)
        self._page.addLayout(self._columns, 1)
        self.work.addWidget(ScrollPane(inside))
        inside.setAutoFillBackground(False)
        self.set_bottom(self.strip)

    # --- reading ---------------------------------------------------------------

    def show_record(self, record_id: str) -> None:  # noqa: ARG002 - there is one record only
        """Read what waits and what was signed for."""
        self._read()

    def _read(self) -> None:
        self._tasks.query(self, self._look, done=self._take, key="state")

    def _look(self) -> _Reading:
        return _Reading(
            self._services.sync.state(),
            tuple(self._services.sync.receipts()),
            tuple(self._services.audit.leases()),
        )

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.topics & {Topic.SYNC, Topic.NUMBERS}:
            self._read()

    def _take(self, reading: _Reading) -> None:
        self._reading = reading
        self._show()

    def is_running(self) -> bool:
        """Whether a run is under way."""
        return self._ticket is not None

    # --- doing -----------------------------------------------------------------

    def run(self) -> None:
        """Start; or ask for the address of headquarters first."""
        reading = self._reading
        if reading is None or self.is_running() or not reading.state.can_sync:
            return
        if not reading.state.hq_url:
            self._ask_address()
            return
        self._at_start, self._step, self._report, self._error = reading.state, None, None, None
        self._ticket = self._tasks.sync(
            self, self._services.sync.run, done=self._finish, failed=self._fail, progress=self._go_on
        )
        self._tasks.show(self._ticket, Shown(lambda: tr("同步"), items))
        self._show()
        self.stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self.stop.refuse(tr("正在停止，已送的不会重来"))

    def _go_on(self, step: SyncProgress) -> None:
        self._step = step
        self._show()

    def _finish(self, report: SyncReport) -> None:
        self._ticket, self._report = None, report
        self._end()

    def _fail(self, error: InspectorError) -> None:
        self._ticket, self._error = None, error
        self._end()

    def _end(self) -> None:
        self.stop.allow()
        self._step = self._at_start = None
        self._show()
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)
        topics = (Topic.SYNC, Topic.NUMBERS, Topic.SITES, Topic.OFFICERS, Topic.INSPECTIONS)
        self._tasks.changed.emit(Changes.of(*topics))
        self._read()

    def _ask_address(self) -> None:
        now = self._reading.state.hq_url if self._reading is not None else ""
        dialog = TextDialog(
            self,
            title=tr("总部地址"),
            text=tr("登记时总部给的地址；换地址不影响本机数据"),
            label=tr("地址"),
            verb=tr("保存"),
            value=now,
        )
        dialog.field.setPlaceholderText("https://hq.example")
        dialog.written.connect(self._keep_address)
        dialog.open()

    def _keep_address(self, address: str) -> None:
        self._tasks.command(self, self._services.sync.set_url, address, done=lambda _told: self._read())

    # --- showing ---------------------------------------------------------------

    def _show(self) -> None:
        reading = self._reading
        if reading is None:
            return
        state = self._at_start if self.is_running() and self._at_start is not None else reading.state
        if self.is_running():
            self.verdict.show_verdict(running(state, self._step))
        else:
            self.verdict.show_verdict(resting(state, self._report, self._error))
        self._show_lanes(state.backlog)
        self._show_receipts(reading)
        self._show_actions(state)
        self._show_refused()
        if isinstance(self._error, InvalidInput):
            self.strip.say(reason(self._error), icon="filled/alert-circle", color="danger")

    def _show_lanes(self, backlog: Backlog) -> None:
        left = left_now(backlog, self._step)
        self._show_footage_lane(has_any=bool(left.footage_total))
        stage = str(self._step.stage) if self._step is not None else ""
        told = {
            LaneName.ENTRIES: (left.entries, left.entries_total, badge("send.r1")),
            LaneName.NOTICES: (left.notices, left.notices_total, badge("send.r2")),
            LaneName.PHOTOS: (left.photos, left.photos_total, badge("send.r2")),
            LaneName.FOOTAGE: (left.footage, left.footage_total, badge("send.r2")),
        }
        for name, (open_, total, done) in told.items():
            is_running = self.is_running() and stage == name.value
            missing = Badge(word=tr("差 {n}", n=open_), icon="circle-arrow-up", line="lineStrong")
            shown = missing if open_ else done if total else None
            second, note = self._lane_words(name, is_running=is_running, has_any=bool(total))
            self.lanes[name].show_state(
                total - open_, total, second=second, note=note, badge=shown, is_running=is_running
            )

    def _show_footage_lane(self, *, has_any: bool) -> None:
        """Who has no recorder sees no lane for it."""
        self.lanes[LaneName.FOOTAGE].setVisible(has_any)
        photos = self.lanes[LaneName.PHOTOS]
        if isinstance(photos, LastLane) and photos.is_last == has_any:
            photos.is_last = not has_any
            photos.update()

    def _lane_words(self, name: LaneName, *, is_running: bool, has_any: bool) -> tuple[str, str]:
        """Return the words under a lane's name and under its bar."""
        if not has_any:
            return tr("还没有"), ""
        second = {
            LaneName.ENTRIES: tr("每一步操作，按顺序"),
            LaneName.NOTICES: tr("含作废的文书"),
            LaneName.PHOTOS: tr("原件，逐字节核对"),
            LaneName.FOOTAGE: tr("执法记录仪录像，照片之后送"),
        }[name]
        if not is_running or self._step is None:
            return second, ""
        lane = self._step.lane(name)
        if lane.total_bytes:
            second = f"{bytes_word(lane.done_bytes)} / {bytes_word(lane.total_bytes)}"
        left = self._step.remaining_s
        note = tr("剩 {time}　断点可续", time=seconds_word(left)) if left else tr("断点可续")
        return second, note

    def _show_receipts(self, reading: _Reading) -> None:
        rows = receipt_rows(reading.receipts)
        self.receipts.set_rows(rows)
        self.receipts.setVisible(bool(rows))
        self._no_receipts.setVisible(not rows)
        self._lane_card.setVisible(reading.state.can_sync)
        self._receipt_card.setVisible(reading.state.can_sync)
        self._no_receipts.say(tr("还没有回执"), tr("同步后，总部签收的每一项列在这里"))
        self._receipt_head.set_note(tr("签名已核对") if rows else "")
        numbers = numbers_word(reading.leases)
        self._numbers_title.setText(tr("编号还剩 {n} 个", n=sum(count for _, count in numbers)))
        self._numbers.setText("\u3000".join(f"{form} {count}" for form, count in numbers) or tr("联网同步即可领取"))

    def _show_refused(self) -> None:
        rows = refused_rows(self._report)
        self.refused.set_rows(rows)
        self._refused_card.setVisible(bool(rows))
        self._refused_head.set_title(tr("{n} 项没有送成", n=len(rows)))
        self._refused_head.set_note(tr("其余不受影响"))
        self.refused.setAccessibleName(self._refused_head.title.text())
        self.refused.setFixedHeight(min(3, max(1, len(rows))) * self.theme.size("rowDouble"))

    def _show_actions(self, state: SyncState) -> None:
        self.stop.setVisible(self.is_running())
        self.start.setVisible(not self.is_running())
        self.address.setVisible(state.can_sync and not self.is_running())
        if not state.can_sync:
            self.start.refuse(tr("培训单位没有总部"))
            self.strip.say(tr("培训数据只留在本机"))
            return
        self.start.allow()
        if state.last_sync_at is not None:
            self.strip.say(tr("上次完整同步：{at}", at=day_time(state.last_sync_at)[5:]), icon="history")
        else:
            host = urlsplit(state.hq_url).netloc
            self.strip.say(tr("还没有同步过　总部 {host}", host=host) if host else tr("还没有总部地址"))

    # --- keys and look -----------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Ctrl+Shift+S belongs to this screen while it is shown; elsewhere the window's own key leads here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_start(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Shift+S starts, Esc stops."""
        if self._is_start(event):
            self.start.click()
        elif event.key() == Qt.Key.Key_Escape and self.is_running():
            self._stop()
        else:
            super().keyPressEvent(event)

    def _is_start(self, event: QKeyEvent) -> bool:
        return QKeySequence(event.keyCombination()).matches(START) == QKeySequence.SequenceMatch.ExactMatch

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the receipts under the lanes where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.window().width() / self.theme.scale >= WIDE
        flow = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(flow)
        self._receipt_card.setMinimumHeight(0 if is_wide else self.theme.u(280))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_page"):
            u = self.theme.u
            self._page.setContentsMargins(u(20), u(20), u(20), u(20))
            self._page.setSpacing(u(20))
            self._columns.setSpacing(u(20))
            self._left.setSpacing(u(20))
            self._numbers_box.setContentsMargins(u(20), u(12), u(20), u(16))
            self._numbers_box.setSpacing(u(2))
            self._arrange()
        super().restyle()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.show_title(tr("同步"))
        self._lane_head.set_title(tr("通道"))
        self._lane_head.set_note(tr("已送 / 共，回执"))
        names = {
            LaneName.ENTRIES: tr("记录"),
            LaneName.NOTICES: tr("文书"),
            LaneName.PHOTOS: tr("照片"),
            LaneName.FOOTAGE: tr("录像"),
        }
        for name, lane in self.lanes.items():
            lane.set_title(names[name])
        self._receipt_head.set_title(tr("总部回执"))
        self.receipts.setAccessibleName(tr("总部回执"))
        self.address.setText(tr("总部地址…"))
        self.stop.setText(tr("停止"))
        self.start.setText(tr("开始同步"))
        self._show()
