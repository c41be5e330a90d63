"""Player: a clip to look through frame by frame; how its clock is known is always said; sound isn't played.

player = Player(services, tasks);  player.open(clip_id, at_us);  player.show_marks(marks)
Signals: `stood(Shown)` another frame is shown, `hazard_wanted(int)` PgUp/PgDn, `failed(InspectorError)`.
Keys while it has the focus: Space runs, ← → one frame, Ctrl+← → five seconds, Home End, Z native size, 1 … 9 take a
picture of the strip, ↑ ↓ faster and slower.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.clock import SystemClock
from inspector.domain.footage import ClockFit, ClockState
from inspector.errors import InspectorError
from inspector.services.stills import ClipInfo, Shown
from ui.messages import message
from ui.models.footage_words import clock_badge, clock_sentence, moment_word, remark_word
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.dark import DarkLabel
from ui.views.evidence.picture import Dark
from ui.views.footage.controls import Controls
from ui.views.footage.film_picture import FilmPicture
from ui.views.footage.film_strip import FilmStrip
from ui.views.footage.playback import EDGE, SPEEDS, Playback
from ui.views.footage.track import Mark, Track
from ui.widgets.painted import Themed
from ui.widgets.tag import Tag

_LOW = 440
"""Height in unscaled px under which the strip and the line take less."""
LEAP_US = 5_000_000
"""Ctrl+← →."""


class DarkTag(Dark, Tag):
    """A status on dark ground."""


class Player(Dark, Themed, QWidget):
    """See the module text."""

    stood = Signal(object)
    hazard_wanted = Signal(int)
    failed = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._shown: Shown | None = None
        self._fit = ClockFit(state=ClockState.UNKNOWN)
        self._remark = ""
        self._error: InspectorError | None = None
        self.play = Playback(services, tasks, self)
        self.name, self.remark = DarkLabel(role="title"), DarkLabel(role="meta", color="warn")
        self.clock = DarkTag()
        self.moment = DarkLabel(role="title", elide=False)
        self.picture, self.track = FilmPicture(), Track()
        self.controls, self.strip = Controls(), FilmStrip()
        self._lay_out()
        self._connect()
        self.show_nothing()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.name)
        self._head.addWidget(self.remark, 1)
        self._head.addWidget(self.clock)
        self._head.addWidget(self.moment)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.picture, 1)
        column.addWidget(self.track)
        column.addWidget(self.controls)
        column.addWidget(self.strip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.track)

    def _connect(self) -> None:
        play, controls = self.play, self.controls
        play.opened.connect(self._take_clip)
        play.shown.connect(self._take_frame)
        play.failed.connect(self._fail)
        play.reading.connect(self._tell_reading)
        play.changed.connect(lambda: controls.show_running(is_on=play.is_on))
        self.track.wanted.connect(play.seek)
        controls.stepped.connect(play.step)
        controls.turned.connect(play.turn)
        controls.speed_chosen.connect(play.set_speed)
        controls.native_turned.connect(self.turn_native)
        self.picture.zoomed.connect(self._sharpen)

    # --- which clip --------------------------------------------------------------------------------------------------

    def open(self, clip_id: str, at_us: int = 0) -> None:
        """Show a clip from a moment on."""
        if clip_id != self.play.clip_id:
            self._shown, self._error = None, None
            self.picture.show_note("", tr("正在读取录像"))
            self.controls.show_clip(can_play=False)
            self.track.show_clip(0)
        self.play.open(clip_id, at_us)

    def show_nothing(self) -> None:
        """There is no clip."""
        self.play.shut()
        self._shown, self._error, self._remark = None, None, ""
        self.name.setText("")
        self.remark.setText("")
        self.moment.setText("")
        self.clock.show_badge(None)
        self.picture.show_note("video", tr("没有可播放的录像"))
        self.track.show_clip(0)
        self.controls.show_clip(can_play=False)
        self.controls.show_time(0, 0)

    def shown(self) -> Shown | None:
        """Return the frame that is shown, None if there is none."""
        return self._shown

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show what happened when on the line."""
        self.track.show_marks(marks)

    def _tell_reading(self, frames: int) -> None:
        if self._shown is None and frames:
            self.picture.show_note("", tr("正在读取录像，已看 {n} 帧", n=frames))

    def _take_clip(self, info: ClipInfo) -> None:
        self._remark = info.remark
        self._fit = self._services.clapper.fit(info.recording)
        self.name.setText(info.clip.name)
        self.track.show_clip(info.duration_us)
        self.controls.show_clip(can_play=True)
        self._show_clock()

    def _show_clock(self) -> None:
        self.clock.show_badge(clock_badge(self._fit))
        self.clock.setToolTip(clock_sentence(self._fit))
        self.remark.setText(remark_word(self._remark))

    def _take_frame(self, shown: Shown, image: QImage) -> None:
        self._shown, self._error = shown, None
        self.picture.show_frame(image)
        info = self.play.info
        self.track.show_at(shown.at_us)
        self.controls.show_time(shown.at_us, info.duration_us if info is not None else 0)
        self._show_moment()
        self.stood.emit(shown)

    def _show_moment(self) -> None:
        shown = self._shown
        now = SystemClock().read().at
        known = shown is not None and shown.taken_at is not None
        self.moment.setText(moment_word(shown.taken_at, now) if shown is not None and known else "")
        said = (self.name.text(), self.controls.time.text(), self.moment.text() or tr("未校时"))
        self.picture.setAccessibleName("，".join(said))

    def _fail(self, error: InspectorError) -> None:
        self._error = error
        if self._shown is None:
            self.picture.show_note("photo-off", message(error).title)
            self.clock.show_badge(clock_badge(self._fit))
        self.failed.emit(error)

    # --- native size -------------------------------------------------------------------------------------------------

    def turn_native(self) -> None:
        """Z: pixel by pixel, or the whole frame."""
        info = self.play.info
        if info is None or self._shown is None:
            return
        if self.picture.is_fitting():
            self.picture.show_native(
                QSize(info.clip.width or self._shown.width, info.clip.height or self._shown.height)
            )
        else:
            self.picture.fit()

    def _sharpen(self, zoom: float) -> None:
        info = self.play.info
        self.controls.show_native(is_native=zoom > 1)
        if info is not None:
            self.play.sharpen(max(EDGE, info.clip.width, info.clip.height) if zoom > 1 else EDGE)

    # --- keys and look -----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the module text; children leave their arrows to it."""
        if not self._press(event):
            super().keyPressEvent(event)

    def _press(self, event: QKeyEvent) -> bool:
        key, play = Qt.Key(event.key()), self.play
        is_leap = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        way = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Comma: -1, Qt.Key.Key_Period: 1}.get(key)
        if way is not None:
            play.move(way * LEAP_US) if is_leap else play.step(way)
            return True
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers():
            self.strip.take(key - Qt.Key.Key_1)
            return True
        slots = {
            Qt.Key.Key_Space: play.turn,
            Qt.Key.Key_Home: lambda: play.seek(0),
            Qt.Key.Key_End: lambda: play.seek(play.info.duration_us if play.info is not None else 0),
            Qt.Key.Key_PageUp: lambda: self.hazard_wanted.emit(-1),
            Qt.Key.Key_PageDown: lambda: self.hazard_wanted.emit(1),
            Qt.Key.Key_Up: lambda: self._change_speed(1),
            Qt.Key.Key_Down: lambda: self._change_speed(-1),
            Qt.Key.Key_Z: self.turn_native,
        }
        if key in slots:
            slots[key]()
        return key in slots

    def _change_speed(self, by: int) -> None:
        at = SPEEDS.index(self.play.speed) + by
        if 0 <= at < len(SPEEDS):
            self.play.set_speed(SPEEDS[at])
            self.controls.speed.set_value(str(SPEEDS[at]))

    def hideEvent(self, event: QHideEvent) -> None:
        """Another screen: stand still."""
        self.play.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a small screen the frame comes before what is around it."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        u = self.theme.u
        is_low = self.height() < u(_LOW)
        self.strip.be_low(is_low)
        self.track.be_low(is_low)
        edge = u(2) if is_low else u(6)
        self._head.setContentsMargins(u(16), edge, u(16), edge)

    def retranslate(self) -> None:
        """Name the parts."""
        self.track.setAccessibleName(tr("录像的时间"))
        if self.play.info is not None:
            self._show_clock()
            self._show_moment()
        elif not self.play.clip_id:
            self.picture.show_note("video", tr("没有可播放的录像"))
        elif self._error is not None:
            self.picture.show_note("photo-off", message(self._error).title)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_head"):
            u = self.theme.u
            self._head.setSpacing(u(12))
            self._share()
        super().restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the dark ground."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
