"""MainWindow: Welcome, Unlock or the Frame; keys of the whole window, toasts, the idle lock, an orderly close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QActionGroup, QCloseEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import QMenu, QStackedLayout, QWidget

from inspector.card import ProfileCard
from inspector.clock import CHINA, SystemClock
from inspector.errors import InspectorError
from ui import preferences
from ui.context import Doors
from ui.messages import Message, bug, message
from ui.navigation import PLACES, Place
from ui.notifications import Notification, Notifications
from ui.preferences import Preferences
from ui.shortcuts import GlobalKey, bind
from ui.tasks import Tasks
from ui.text import tr, words
from ui.theme.density import DESKTOP
from ui.theme.look import look
from ui.warmth import BEGIN_MS, Warmth
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from pathlib import Path

    from inspector.app import App
    from ui.frame import Frame
    from ui.stay import Stay
    from ui.widgets.toast import ToastStack

_INPUT = {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin}
_INPUT |= {QEvent.Type.MouseMove, QEvent.Type.TabletPress}


class MainWindow(QWidget):
    """The one window; `doors` say what can be done before unlocking, `places` what the rail shows."""

    def __init__(self, doors: Doors, tasks: Tasks, *, places: Sequence[Place] = PLACES) -> None:
        super().__init__()
        self._doors, self._tasks, self._places = doors, tasks, tuple(places)
        self._app: App | None = None
        self.frame: Frame | None = None
        self._stay: Stay | None = None
        self._menu: QMenu | None = None
        self._pile = QStackedLayout(self)
        self._pile.setContentsMargins(0, 0, 0, 0)
        self.setMinimumSize(853, 533)
        self._toasts: ToastStack | None = None
        self.notes = Notifications(self)
        self._ring = FocusRing(self)
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self.lock)
        self._liked = preferences.load(doors.profile)
        self._apply(self._liked)
        bind(self, self.keys())
        tasks.failed.connect(self._tell)
        tasks.saved.connect(self._restart_idle)  # keys that are shortcuts never reach the window
        # Bound methods, not lambdas: these signals live longer than a window.
        tasks.broke.connect(self.tell_bug)
        words().language_changed.connect(self._name_window)
        gui = QGuiApplication.instance()
        if isinstance(gui, QGuiApplication):
            gui.focusWindowChanged.connect(self._watch)
        self._name_window()
        self._open_at_once()

    # --- what stands in the window ------------------------------------------------------------------------------

    def shown(self) -> QWidget | None:
        """Return what fills the window: Welcome, Unlock, a trouble or the Frame; None before the first answer."""
        return self._pile.currentWidget()

    def open_profile(self) -> None:
        """Ask what profile there is; show Welcome or Unlock."""
        self._tasks.query(self, self._doors.describe, done=self._show_outside, failed=self._cannot_open, key="open")

    def _open_at_once(self) -> None:
        """The first screen stands with the window: one small file says what it is."""
        try:
            card = self._doors.describe()
        except InspectorError as error:
            self._cannot_open(error)
            return
        self._show_outside(card)

    def _show_outside(self, card: ProfileCard | None) -> None:
        if card is None:
            from ui.views.welcome.view import WelcomeView

            welcome = WelcomeView(self._doors, self._tasks)
            welcome.founded.connect(self.open_profile)
            self._show(welcome)
            return
        from ui.views.unlock.view import UnlockView

        unlock = UnlockView(self._doors, self._tasks, card)
        unlock.unlocked.connect(self._enter)
        self._show(unlock)
        Warmth(self._tasks, self)
        QTimer.singleShot(BEGIN_MS, self, self._wear_icon)

    def _cannot_open(self, error: InspectorError) -> None:
        from ui.views.unlock.trouble import TroubleView

        trouble = TroubleView(error)
        trouble.retry_wanted.connect(self.open_profile)
        self._show(trouble)

    def _enter(self, app: App) -> None:
        from ui.frame import Frame
        from ui.preparing import Preparing
        from ui.stay import Stay

        self._app = app
        self.frame = Frame(app, self._tasks, self.notes, places=self._places)
        self.frame.menu_wanted.connect(self._show_menu)
        self.frame.said.connect(self._say)
        self.frame.covered.connect(self._keep_right)
        self.frame.liked.connect(self.prefer)
        self._show(self.frame)
        self.frame.go(self._places[0].id)
        self._stay = Stay(app, self._tasks, self.frame, self._say)
        Preparing(self.frame)
        if app.trouble is not None:
            from ui.messages import only_to_read

            self.show_message(only_to_read(app.trouble))
        self._restart_idle()

    def _show(self, widget: QWidget) -> None:
        old = self._pile.currentWidget()
        self._pile.addWidget(widget)
        self._pile.setCurrentWidget(widget)
        if old is not None:
            self._pile.removeWidget(old)
            old.deleteLater()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- lock and close -----------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Commit what is typed, close the vault, go back to the people."""
        if self._app is None or self.frame is None:
            return
        self.frame.leave()
        self.frame.setEnabled(False)
        close, self._app, self.frame = self._ending(self._app), None, None
        self._idle.stop()
        self.notes.clear()
        self._tasks.retire(self, close, done=lambda _closed: self.open_profile())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Commit, drain commands, close the vault: nothing that was typed gets lost."""
        if self._app is not None and self.frame is not None:
            self.frame.leave()
            close, self._app, self.frame = self._ending(self._app), None, None
            self._tasks.retire(self, close)
        self._tasks.close()
        super().closeEvent(event)

    def _ending(self, app: App) -> Callable[[], object]:
        stay, self._stay = self._stay, None
        return stay.ending(app.close) if stay is not None else app.close

    def _watch(self, window: QWindow | None) -> None:
        """Input reaches native windows first: one filter a window, not one call an event and widget."""
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any input keeps the vault open."""
        if event.type() in _INPUT:
            self._restart_idle()
        return False

    def _restart_idle(self) -> None:
        if self._app is not None:
            self._idle.start(self._liked.idle_minutes * 60_000)

    # --- words --------------------------------------------------------------------------------------------------

    def show_message(self, told: Message) -> None:
        """Show a toast."""
        here = self.frame.current() if self.frame is not None else None
        self._say(told.title, told.text, told.icon, told.color, None, here.place if here is not None else "")

    def _say(self, *said: Any) -> None:
        """Show what a view said (View.said and the screen it stands on), and keep it for the drawer."""
        title, text, icon, color, action, place = said
        now = SystemClock().read().at.astimezone(CHINA)
        self.notes.add(Notification(at=now, title=title, text=text, icon=icon, color=color, place=place))
        if self._toasts is None:
            from ui.widgets.toast import ToastStack

            self._toasts = ToastStack(self)
        self._toasts.say(title, text, icon=icon, color=color, action=action)

    def _keep_right(self, px: int) -> None:
        if self._toasts is not None:
            self._toasts.keep_right(px)

    def _tell(self, error: InspectorError) -> None:
        self.show_message(message(error))

    def tell_bug(self, error: Exception) -> None:
        """A bug in a slot or a worker: say it, and leave a note of where it was."""
        from ui import crash

        self.show_message(bug())
        note = partial(crash.keep, self._doors.profile, error, SystemClock().read().at.astimezone(CHINA))
        self._tasks.command(self, note, done=self._tell_note, is_quiet=True)

    def _tell_note(self, path: Path | None) -> None:
        if path is not None:
            now = tr("出错位置记在 {file}，不含记录内容", file=path.name)
            self._say(now, str(path.parent), "info-circle", "text2", None, "")

    def _wear_icon(self) -> None:
        from PySide6.QtGui import QIcon  # after the first paint: its theme icons are 150 enum members

        self.setWindowIcon(QIcon(look().theme.icon("shield-half", 24, "accent", dpr=2.0)))

    def _name_window(self, _language: str = "") -> None:
        self.setWindowTitle(tr("现场执法"))

    # --- looks and keys -----------------------------------------------------------------------------------------

    def wear(self, theme: str, language: str) -> None:
        """Wear a theme and a language from now on, without keeping them."""
        self._liked = replace(self._liked, theme=theme, language=language)
        self._apply(self._liked)

    def _apply(self, liked: Preferences) -> None:
        look().set_theme(liked.theme)
        look().set_zoom(liked.zoom)
        self._apply_density()
        words().switch(liked.language)

    def _apply_density(self) -> None:
        """Measure in millimetres of the screen the window is on, unless somebody calibrated it."""
        if not self._liked.field_mode:
            look().set_density(DESKTOP)
            return
        from ui.theme import density

        look().set_density(density.field(self._liked.pixels_per_mm or density.pixels_per_mm(self.screen())))

    def toggle_field(self) -> None:
        """Field mode on or off."""
        self.prefer({"field_mode": not self._liked.field_mode})

    def prefer(self, fields: dict[str, Any]) -> None:
        """Wear and keep some preferences from now on."""
        self._liked = replace(self._liked, **fields)
        self._apply(self._liked)
        self._like()
        self._restart_idle()

    def _like(self) -> None:
        theme = look().theme
        self._liked = replace(self._liked, theme=theme.name, zoom=theme.zoom, language=words().language)
        self._tasks.command(self, preferences.keep, self._doors.profile, self._liked, is_quiet=True)

    def _cycle_theme(self) -> None:
        look().cycle()
        self._like()

    def _zoom(self, steps: int) -> None:
        look().zoom_by(steps)
        self._like()

    def switch_language(self) -> None:
        """中文 ↔ English, at once."""
        words().switch("en" if words().language == "zh_CN" else "zh_CN")
        self._like()

    def _set_theme(self, name: str) -> None:
        look().set_theme(name)
        self._like()

    def show_keys(self) -> None:
        """F1: the keys of this screen and of the window."""
        from ui.keys_dialog import KeysDialog

        current = self.frame.current() if self.frame is not None else None
        KeysDialog(self, current.keys() if current is not None else [], self.keys()).open()

    def show_palette(self) -> None:
        """Ctrl+K: find a place, a record or an action by its name."""
        if self.frame is None or self._app is None:
            return
        from ui.palette import Command, Palette

        view = self.frame.current()
        here = [hint for hint in (view.keys() if view is not None else []) if hint.slot is not None and hint.can()]
        taken = {hint.key for hint in here} | {"Ctrl+K"}
        commands = [Command(hint.name(), hint.key, hint.slot) for hint in here if hint.slot is not None]
        commands += [Command(one.name(), one.key, one.slot) for one in self.keys() if one.key not in taken]
        palette = Palette(self, self._app, self._tasks, commands)
        palette.wanted.connect(self.frame.go)
        palette.site_wanted.connect(self._begin_at)
        palette.open()

    def _begin_at(self, site_id: str) -> None:
        """A site was chosen: begin a visit there."""
        if self.frame is None or self._app is None:
            return
        from ui.views.today.start import StartDialog

        dialog = StartDialog(self, self._app, self._tasks)
        dialog.started.connect(partial(self.frame.go, "inspection"))
        dialog.open()
        self._tasks.query(dialog, self._app.sites.get, site_id, done=lambda site: dialog.sites.field.setText(site.name))

    def _check_bundle(self) -> None:
        """Alt+K: was a bundle that somebody handed over changed?"""
        if self._app is not None:
            from ui.views.proof.check import CheckDialog

            CheckDialog(self, self._app, self._tasks).open()

    def keys(self) -> list[GlobalKey]:
        """Return the keys that work everywhere."""
        places = [GlobalKey(p.key, p.word, lambda place=p.id: self._go(place)) for p in self._places]
        return [
            GlobalKey("F1", lambda: tr("快捷键"), self.show_keys),
            GlobalKey("Ctrl+K", lambda: tr("查找或执行"), self.show_palette),
            *places,
            GlobalKey("Ctrl+Shift+S", lambda: tr("同步"), self._sync),
            GlobalKey("Alt+M", lambda: tr("消息"), self._toggle_messages),
            GlobalKey("Alt+K", lambda: tr("核对证据包"), self._check_bundle),
            GlobalKey("Ctrl+L", lambda: tr("锁定"), self.lock),
            GlobalKey("F9", lambda: tr("换主题：浅色、深色、阳光"), self._cycle_theme),
            GlobalKey("Alt+G", lambda: tr("手套模式：大按钮"), self.toggle_field),
            GlobalKey("Ctrl++", lambda: tr("放大"), lambda: self._zoom(1), more=("Ctrl+=",)),
            GlobalKey("Ctrl+-", lambda: tr("缩小"), lambda: self._zoom(-1)),
            GlobalKey("Ctrl+0", lambda: tr("原大小"), lambda: self._zoom(0)),
            GlobalKey("Alt+L", lambda: tr("切换到英文"), self.switch_language),
        ]

    def _sync(self) -> None:
        """Go to the sync screen; there the same key starts."""
        current = self.frame.current() if self.frame is not None else None
        if current is None or not current.press_key("Ctrl+Shift+S"):
            self._go("sync")

    def _toggle_messages(self) -> None:
        if self.frame is not None:
            self.frame.toggle_drawer()

    def _go(self, place: str) -> None:
        if self.frame is not None:
            self.frame.go(place)

    def _show_menu(self) -> None:
        """The avatar's menu: everything in it has a key too."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for name, word in (("light", tr("浅色")), ("dark", tr("深色")), ("sunlight", tr("阳光"))):
            action = menu.addAction(word, lambda n=name: self._set_theme(n))
            action.setCheckable(True)
            action.setChecked(look().theme.name == name)
            group.addAction(action)
        menu.addSeparator()
        field = menu.addAction(f"{tr('手套模式')}\tAlt+G", self.toggle_field)
        field.setCheckable(True)
        field.setChecked(self._liked.field_mode)
        menu.addAction(f"{tr('放大')}\tCtrl++", lambda: self._zoom(1))
        menu.addAction(f"{tr('缩小')}\tCtrl+-", lambda: self._zoom(-1))
        menu.addAction(f"{tr('切换到英文')}\tAlt+L", self.switch_language)
        menu.addAction(f"{tr('快捷键')}\tF1", self.show_keys)
        menu.addAction(f"{tr('设置')}\tCtrl+,", lambda: self._go("settings"))
        menu.addSeparator()
        menu.addAction(f"{tr('锁定')}\tCtrl+L", self.lock)
        rail = self.frame.rail if self.frame is not None else self
        menu.popup(rail.mapToGlobal(QPoint(rail.width(), rail.height() - menu.sizeHint().height())))
        self._menu = menu
