"""Unlock: who you are, your passphrase, and whether this computer is fit for the day.

Signals: `unlocked(App)`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
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
from ui.views.unlock.people import PeopleRow
from ui.views.unlock.self_check import Check, printer_check, self_check
from ui.widgets.button import Button
from ui.widgets.fields import TextField
from ui.widgets.form import NoteLine
from ui.widgets.keys import bind_key, press
from ui.widgets.label import Label
from ui.widgets.painted import Themed, draw_box

if TYPE_CHECKING:
    from inspector.app import App
    from ui.resume import Resume
    from ui.views.unlock.resume_line import ResumeLine

WIDTH = 880
LOW, LOWEST, NARROW = 640, 460, 860
ROOM_FOR_RESUME = 110
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
        self._printer: tuple[Check, ...] = ()
        self._left: dict[str, Resume] = {}
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
        self._people = PeopleRow(self._card.users, day)
        self._people.toggled.connect(self._on_person)
        self.cards = self._people.cards
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
        self.forgot = Button(kind="quiet", key="Alt+R", on_click=self._recover)
        if self._doors.recover is None:
            self.forgot.hide()
        bind_key(self, self.forgot.key, partial(press, self.forgot))
        self._resume_head = Label(role="bodyStrong", elide=False)
        self._resume_head.hide()
        self._resume: ResumeLine | None = None
        self._footer = Label(role="meta", color="text2")
        self._mode = Label(color="text2", elide=False)
        self._lay_out()
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
        entry.addWidget(self.forgot, 0, 3)
        entry.addWidget(self._note, 1, 1, 1, 4)
        entry.setColumnStretch(4, 1)
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
        self._column.addWidget(self._people)
        self._column.addLayout(entry)
        self._column.addLayout(check)
        self._column.addWidget(self._strip)
        self._column.addWidget(self._resume_head)
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
            self._show_resume()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recover(self) -> None:
        """The recovery code gives the chosen officer another passphrase."""
        if self._doors.recover is None:
            return
        from ui.views.unlock.recover import RecoverDialog

        user = next(card.card for card in self.cards if card.isChecked())
        dialog = RecoverDialog(self, self._doors.recover, self._tasks, user)
        dialog.recovered.connect(self._welcome_back)
        dialog.open()

    def _welcome_back(self) -> None:
        self.passphrase.clear()
        self._error = None
        self._note.show_note(tr("口令已换，请用新口令进入"), icon="filled/circle-check", color="ok")
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
        self._tasks.query(self, printer_check, done=self._add_printer)
        from ui import resume

        self._tasks.query(self, resume.load, self._doors.profile, done=self._take_resume)

    def _add_printer(self, found: tuple[Check, ...]) -> None:
        self._printer = found
        if self._checks:
            self._show_checks(self._checks)

    def _take_resume(self, left: dict[str, Resume]) -> None:
        self._left = left
        self._show_resume()

    def _show_resume(self) -> None:
        if not self._left:
            return
        if self._resume is None:
            from ui.views.unlock.resume_line import ResumeLine

            self._resume = ResumeLine(today(), self._page)
            self._column.insertWidget(self._column.indexOf(self._resume_head) + 1, self._resume)
        self._resume.show_left(self._left.get(self.chosen()))
        self.restyle()

    def _arrange_resume(self) -> bool:
        """Show what was left where there is room for it; entering matters more. Returns whether the line is shown."""
        left = self._left.get(self.chosen())
        has_line = bool(left and left.open_visits) and self.height() >= self.theme.u(LOW - 40)
        if self._resume is not None:
            self._resume.setVisible(has_line)
        self._resume_head.setVisible(has_line and self.height() >= self.theme.u(LOW + ROOM_FOR_RESUME))
        return has_line

    def _show_checks(self, told: tuple[Check, ...]) -> None:
        self._checks = tuple(check for check in told if check.key != "printer")
        checks = (*self._checks, *self._printer)
        self._strip.show_checks(checks)
        away = sum(not check.is_there for check in checks)
        bad = sum(not check.is_ok for check in checks)
        parts = [tr("{n} 项正常", n=len(checks) - bad - away)]
        parts += [tr("{n} 项未连接", n=away)] if away else []
        parts += [tr("{bad} 项请留意", bad=bad)] if bad else []
        parts += [tr("不影响进入")] if bad or away else []
        self._verdict.setText(tr("，").join(parts))

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
        self.forgot.setText(tr("忘记口令"))
        self._resume_head.setText(tr("上次未完成"))
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
        has_line = self._arrange_resume()
        is_low = self.height() < u(LOW + (ROOM_FOR_RESUME if has_line else 0))
        is_lowest = self.height() < u(LOWEST)
        self._title.set_role("title" if is_lowest else "display")
        self._column.setSpacing(u(4 if is_lowest else 6 if is_low else 10))
        is_narrow = self.width() < u(NARROW)
        self.forgot.show_key(not is_narrow)
        self._people.set_margins(u(4 if is_low else 22), u(4 if is_low else 20))
        self._entry.setHorizontalSpacing(u(12))
        self._entry.setVerticalSpacing(0)
        self._check_head.setSpacing(u(20))
        self._check_head.setContentsMargins(0, u(0 if is_low else 24), 0, 0)
        self._outer.setContentsMargins(
            u(24), u(8 if is_lowest else 16 if is_low else 40), u(24), u(8 if is_low else 20)
        )
        self.passphrase.setFixedWidth(u(240 if is_narrow else 342))
        self._page.setMaximumWidth(u(WIDTH))
        super().restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Close up where the window is low (150 %)."""
        super().resizeEvent(event)
        self.restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the desk."""
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), fill=self.theme.color("canvas"))
