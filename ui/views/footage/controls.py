"""Controls of the player: frame back, run, frame on, the time, the speed, native size, and that there is no sound.

Signals: `stepped(int)`, `turned()`, `speed_chosen(float)`, `native_turned()`.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.models.footage_words import stream_time
from ui.text import tr
from ui.theme.look import theme as current_theme
from ui.views.evidence.dark import DarkButton, DarkLabel
from ui.views.evidence.picture import Dark
from ui.views.footage.playback import SPEEDS
from ui.widgets.icon import IconLabel
from ui.widgets.painted import Themed
from ui.widgets.segment import Choice, Segment

_LEAST = 480
"""Width of the wider line without keys, in unscaled px."""


class _DarkIcon(Dark, IconLabel):
    """An icon on dark ground."""


class _DarkPart(Dark, Segment.part):
    """One choice on dark ground; in sunlight the chosen one is as bright as can be."""

    def _ink(self, *, is_chosen: bool) -> str:
        is_bright = is_chosen and current_theme().is_sunlight
        return "text" if is_bright else super()._ink(is_chosen=is_chosen)


class _DarkSegment(Dark, Segment):
    """Choices on dark ground."""

    part = _DarkPart


class Controls(Dark, Themed, QWidget):
    """See the module text."""

    stepped = Signal(int)
    turned = Signal()
    speed_chosen = Signal(float)
    native_turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_on = False
        self._is_native = False
        self.back = DarkButton(icon="player-track-prev", key="←", on_click=lambda: self.stepped.emit(-1))
        self.turn = DarkButton(icon="player-play", key="Space", on_click=self.turned.emit)
        self.on = DarkButton(icon="player-track-next", key="→", on_click=lambda: self.stepped.emit(1))
        self.time = DarkLabel(role="body", elide=False)
        self.speed = _DarkSegment()
        self.speed.chosen.connect(lambda told: self.speed_chosen.emit(float(told)))
        self.native = DarkButton(icon="zoom-in", key="Z", on_click=self.native_turned.emit)
        self.silent = DarkLabel(role="meta", color="text2", elide=False)
        self._left, self._right = QHBoxLayout(), QHBoxLayout()
        for widget in (self.back, self.turn, self.on, self.time):
            self._left.addWidget(widget)
        self._left.addStretch(1)
        for widget in (self.speed, self.native, _DarkIcon("volume-off", 16), self.silent):
            self._right.addWidget(widget)
        self._right.addStretch(0)
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._rows.addLayout(self._left, 1)
        self._rows.addLayout(self._right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()
        self.restyle()
        self.show_time(0, 0)

    def show_time(self, at_us: int, duration_us: int) -> None:
        """Say where it stands."""
        self.time.setText(f"{stream_time(at_us, with_ms=True)} / {stream_time(duration_us)}")

    def show_running(self, *, is_on: bool) -> None:
        """Name what the button does next."""
        self._is_on = is_on
        self.turn.set_icon("player-pause" if is_on else "player-play")
        self.turn.setText(tr("暂停") if is_on else tr("开始播放"))

    def show_native(self, *, is_native: bool) -> None:
        """Name what the button does next."""
        self._is_native = is_native
        self.native.set_icon("zoom-out" if is_native else "zoom-in")
        self.native.setText(tr("整幅") if is_native else tr("原像素"))

    def show_clip(self, *, can_play: bool) -> None:
        """Let it be used, or not."""
        for button in (self.back, self.turn, self.on, self.native):
            if can_play:
                button.allow()
            else:
                button.refuse(tr("没有可播放的录像"))
        self.speed.setEnabled(can_play)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line or two; keys where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """One line or two, with keys or without: the first that has room."""
        u, gap = self.theme.u, self._left.spacing()
        room = self.width() - 2 * u(12)
        for has_keys, is_one in ((True, True), (False, True), (True, False), (False, False)):
            for button in (self.back, self.turn, self.on, self.native):
                button.show_key(has_keys)
            first, second = self._wide(self._left, gap), self._wide(self._right, gap)
            if (first + gap + second if is_one else max(first, second)) <= room:
                break
        way = QBoxLayout.Direction.LeftToRight if is_one else QBoxLayout.Direction.TopToBottom
        self._rows.setDirection(way)
        self.updateGeometry()

    @staticmethod
    def _wide(row: QHBoxLayout, gap: int) -> int:
        widgets = [item.widget() for n in range(row.count()) if (item := row.itemAt(n)) is not None]
        wide = [one.sizeHint().width() + gap for one in widgets if one is not None]
        return sum(wide)

    def minimumSizeHint(self) -> QSize:
        """As wide as the wider of its two lines without keys; as high as it stands now."""
        gap = self._left.spacing()
        wide = max(self._wide(self._left, gap), self._wide(self._right, gap))
        return QSize(min(wide, self.theme.u(_LEAST)), self._rows.minimumSize().height())

    def retranslate(self) -> None:
        """Name the parts."""
        self.back.setText(tr("上一帧"))
        self.on.setText(tr("下一帧"))
        self.turn.set_key(tr("空格"))
        self.speed.setAccessibleName(tr("播放速度"))
        value = self.speed.value() or "1.0"
        self.speed.set_choices([Choice(str(one), f"{one:g}×") for one in SPEEDS])
        self.speed.set_value(value)
        self.silent.setText(tr("声音不播放"))
        self.show_running(is_on=self._is_on)
        self.show_native(is_native=self._is_native)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._rows.setContentsMargins(u(12), u(4), u(12), u(8))
        self._rows.setSpacing(max(u(6), self.theme.density.gap))
        for row in (self._left, self._right):
            row.setSpacing(max(u(8), self.theme.density.gap))
        self._arrange()
        super().restyle()
