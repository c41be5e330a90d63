"""Unlock: who you are, your passphrase, and whether this computer is fit for the day.

Signals: `unlocked(App)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from inspector.card import ProfileCard
from inspector.clock import CHINA, SystemClock
from inspector.errors import InspectorError, WrongPassphrase
from inspector.version import VERSION
from ui.context import Doors, today
from ui.messages import message
from ui.tasks import Tasks
from ui.text import tr
from ui.views.unlock.check_strip import CheckStrip
from ui.views.unlock.person_card import PersonCard
from ui.views.unlock.self_check import Check, self_check
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.form import NoteLine
from ui.widgets.label import Label
from ui.widgets.painted import Themed

if TYPE_CHECKING:
    from inspector.app import App

WIDTH = 880
LOW = 640
CHECK_AFTER_MS = 100


class PassphraseField(TextField):
    """Shows dots, and notices when capitals come without Shift. Signal `caps_seen(bool)`."""

    caps_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt can't ask for the caps lock on every system; the letters themselves tell it."""
        typed = event.text()
        if len(typed) == 1 and typed.isascii() and typed.isalpha():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(typed.isupper() != has_shift)
        super().keyPressEvent(event)


class UnlockView(Themed, QWidget):
    """The first screen of a profile, and the screen it locks to."""

    unlocked = Signal(object)

    def __init__(self, doors: Doors, tasks: Tasks, card: ProfileCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doors, self._tasks, self._card = doors, tasks, card
        self._checks: tuple[Check, ...] = ()
        self._is_opening, self._has_caps = False, False
        self._error: InspectorError | None = None
        self._build()
        self._minute = QTimer(self)
        self._minute.setInterval(5_000)
        self._minute.timeout.connect(self._show_time)
        self._minute.start()
        self.restyle()
        self.retranslate()
        # The screen stands first; the check reads the whole law pack.
        QTimer.singleShot(CHECK_AFTER_MS, self, self._check)

    def _build(self) -> None:
        self._title = Label(role="display")
        self._office = Label(self._card.office_name, color="text2")
        self._time = Label(color="text2", elide=False)
        day = today()
        self.cards = [PersonCard(user, day) for user in self._card.users]
        self._people = QHBoxLayout()
        for card in self.cards:
            self._people.addWidget(card, 1)
            card.toggled.connect(self._on_person)
        for _ in range(4 - len(self.cards)):
            self._people.addStretch(1)
        self._label = Label(color="text2", elide=False)
        self.passphrase = PassphraseField()
        self.passphrase.returnPressed.connect(self._try)
        self.passphrase.textEdited.connect(lambda _text: self._forget_error())
        self.passphrase.caps_seen.connect(self._note_caps)
        self.enter = Button(kind="primary", key="Enter", on_click=self._try)
        self._note = NoteLine()
        self._heading = Label(role="bodyStrong", elide=False)
        self._verdict = Label(role="meta", color="text2")
        self._strip = CheckStrip()
        self._footer = Label(role="meta", color="text2")
        self._mode = Label(color="text2", elide=False)
        self._lay_out()
        if self.cards:
            self.cards[0].setChecked(True)
        self.setFocusProxy(self.passphrase)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        name = QVBoxLayout()
        name.setSpacing(0)
        name.addWidget(self._title)
        name.addWidget(self._office)
        head.addLayout(name, 1)
        head.addWidget(self._time, 0, Qt.AlignmentFlag.AlignVCenter)
        entry = QGridLayout()
        entry.addWidget(self._label, 0, 0)
        entry.addWidget(self.passphrase, 0, 1)
        entry.addWidget(self.enter, 0, 2)
        entry.addWidget(self._note, 1, 1, 1, 3)
        entry.setColumnStretch(3, 1)
        self._entry = entry
        check = QHBoxLayout()
        check.addWidget(self._heading)
        check.addWidget(self._verdict, 1)
        self._check_head = check
        foot = QHBoxLayout()
        foot.addWidget(self._footer, 1)
        foot.addWidget(self._mode)
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addLayout(self._people)
        self._column.addLayout(entry)
        self._column.addLayout(check)
        self._column.addWidget(self._strip)
        self._column.addStretch(1)
        self._column.addLayout(foot)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(self._page, 100)
        outer.addStretch(1)
        self._outer = outer

    def chosen(self) -> str:
        """Return the id of the person whose card is chosen."""
        return next((card.card.id for card in self.cards if card.isChecked()), "")

    def enter_with(self, passphrase: str) -> None:
        """Enter as the chosen person, as if it had been typed."""
        self.passphrase.setText(passphrase)
        self._try()

    def _on_person(self, is_on: bool) -> None:
        if is_on:
            self.passphrase.clear()
            self._forget_error()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _note_caps(self, has_caps: bool) -> None:
        self._has_caps = has_caps
        self._show_note()

    def _forget_error(self) -> None:
        self._error = None
        self._show_note()

    def _try(self) -> None:
        if self._is_opening or not self.passphrase.text():
            return
        self._is_opening = True
        self._error = None
        self._show_note()
        self._show_button()
        self._tasks.command(
            self,
            self._doors.unlock,
            self.chosen(),
            self.passphrase.text(),
            done=self._open,
            failed=self._fail,
            is_quiet=True,
        )

    def _open(self, app: App) -> None:
        self._is_opening = False
        self.passphrase.clear()
        self._show_button()
        self.unlocked.emit(app)

    def _fail(self, error: InspectorError) -> None:
        self._is_opening, self._error = False, error
        self._show_button()
        self._show_note()
        if isinstance(error, WrongPassphrase):
            self.passphrase.selectAll()
        self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_button(self) -> None:
        self.enter.setText(tr("正在打开") if self._is_opening else tr("进入"))
        self.enter.setEnabled(not self._is_opening)

    def _show_note(self) -> None:
        self.passphrase.set_error(self._error is not None)
        if self._error is not None:
            self._note.show_note(message(self._error).sentence, icon="filled/alert-circle", color="danger")
        elif self._has_caps:
            self._note.show_note(tr("大写锁定似乎已打开"), icon="alert-triangle", color="warn")
        else:
            self._note.show_note(tr("口令只在本机使用，不上传"))
        self.passphrase.setAccessibleDescription(self._note.text())

    def _check(self) -> None:
        self._tasks.query(self, self_check, self._doors.profile, done=self._show_checks)

    def _show_checks(self, checks: tuple[Check, ...]) -> None:
        self._checks = checks
        self._strip.show_checks(checks)
        bad = sum(not check.is_ok for check in checks)
        good = len(checks) - bad
        told = tr("{n} 项正常", n=good) if not bad else tr("{n} 项正常，{bad} 项请留意，不影响进入", n=good, bad=bad)
        self._verdict.setText(told)

    def _show_time(self) -> None:
        now = SystemClock().read().at.astimezone(CHINA)
        day = tr("{y} 年 {m} 月 {d} 日", y=now.year, m=now.month, d=now.day)
        names = tr("星期一 星期二 星期三 星期四 星期五 星期六 星期日").split(" ")
        self._time.setText(f"{day}　{names[now.weekday()]}　{now:%H:%M}")

    def retranslate(self) -> None:
        """Set every word."""
        self._title.setText(tr("现场执法"))
        self._label.setText(tr("保险库口令"))
        self.passphrase.setAccessibleName(tr("保险库口令"))
        self._heading.setText(tr("开机自检"))
        parts = (tr("本机 {name}", name=self._card.device_name), tr("版本 {v}", v=VERSION), tr("数据已加密"))
        self._footer.setText("　".join(parts))
        self._mode.setText(tr("培训单位") if self._card.is_training else "")
        self._show_button()
        self._show_note()
        self._show_time()
        if self._checks:
            self._show_checks(self._checks)

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        u = self.theme.u
        self._column.setSpacing(u(10))
        self._people.setSpacing(u(12))
        is_low = self.height() < u(LOW)
        self._people.setContentsMargins(0, u(4 if is_low else 22), 0, u(4 if is_low else 20))
        self._entry.setHorizontalSpacing(u(12))
        self._entry.setVerticalSpacing(0)
        self._check_head.setSpacing(u(20))
        self._check_head.setContentsMargins(0, u(0 if is_low else 24), 0, 0)
        self._outer.setContentsMargins(u(24), u(16 if is_low else 40), u(24), u(12 if is_low else 20))
        self.passphrase.setFixedWidth(u(342))
        self._page.setMaximumWidth(u(WIDTH))
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close up where the window is low (150 %)."""
        super().resizeEvent(event)
        self.restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.theme.color("canvas"))
