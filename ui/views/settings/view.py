"""Settings: how the window looks, when it locks, own passphrase and PIN, what is on this computer, is it all sound.

Signal: `liked(dict)` fields of Preferences to keep from now on.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.store.replay import Verified
from ui import preferences
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.text import tr
from ui.theme import density
from ui.views.settings.checking import Checking
from ui.views.settings.facts import Facts, read, size_text
from ui.views.settings.looks import LooksCard
from ui.views.settings.packs import PacksCard
from ui.views.settings.paper import PaperCard
from ui.views.settings.secrets import PASSPHRASE, PIN, SecretDialog
from ui.widgets.button import Button
from ui.widgets.fields import NumberField
from ui.widgets.form import FieldRow, Form
from ui.widgets.label import Label
from ui.widgets.panel import Card, ScrollPane
from ui.widgets.strips import BottomStrip
from ui.widgets.text_dialog import TextDialog
from ui.widgets.view import View

WIDE = 1000
"""From this logical width on the cards stand in two columns."""
IDLE = (1, 60)


class SettingsView(View):
    """See the module text."""

    place = "settings"
    liked = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._facts: Facts | None = None
        self._found_files: int | None = None
        self._is_wide: bool | None = None
        self._preferences = Preferences()
        self.looks = LooksCard()
        self.looks.liked.connect(self._like)
        self._locking, self._storage, self._versions, self._sound, self._hq = (Card() for _ in range(5))
        self._titles = [Label(role="pane") for _ in range(5)]
        self._build_locking()
        self._build_facts()
        self.checking = Checking(services, tasks)
        self.checking.checked.connect(self._take_verified)
        self._sound.column.addWidget(self.checking)
        self.bundle = Button(icon="file-certificate", key="Alt+K", on_click=self._check_bundle)
        self._sound.column.addWidget(self.bundle, 0, Qt.AlignmentFlag.AlignLeft)
        self.paper = PaperCard(services, tasks)
        self.paper.said.connect(self._tell_paper)
        self.packs = PacksCard(services, tasks)
        self.packs.said.connect(self.say)
        self.packs.failed.connect(tasks.failed)
        self.done = Button(kind="primary", key="Esc", on_click=self._leave_for_today)
        self.add_key("Esc", self.done)
        self._lay_out()
        self.set_bottom(BottomStrip(primary=self.done))
        self.retranslate()
        self.restyle()

    def _build_locking(self) -> None:
        cards = (self._locking, self._storage, self._versions, self._sound, self._hq)
        for card, title in zip(cards, self._titles, strict=True):
            card.column.addWidget(title)
        self.idle = NumberField(*IDLE)
        self.idle.committed.connect(self._keep_idle)
        self._minutes = Label(elide=False)
        form = Form()
        self._idle_row = form.add("", self.idle, beside=[self._minutes])
        self._lock_form = form
        self.passphrase = Button(icon="key", on_click=lambda: self._ask_secret(PASSPHRASE))
        self.pin = Button(icon="lock", on_click=lambda: self._ask_secret(PIN))
        self._secrets = QHBoxLayout()
        for button in (self.passphrase, self.pin):
            self._secrets.addWidget(button)
        self._secrets.addStretch(1)
        self._locking.column.addWidget(form)
        self._locking.column.addLayout(self._secrets)

    def _build_facts(self) -> None:
        self._rows: dict[str, FieldRow] = {}
        self._forms: list[Form] = []
        for card, names in (
            (self._storage, ("free", "used", "entries", "found", "folder")),
            (self._versions, ("version", "pack", "since")),
            (self._hq, ("address",)),
        ):
            form = Form()
            for name in names:
                self._rows[name] = form.add("", Label())
            self._forms.append(form)
            card.column.addWidget(form)
        self.address = Button(icon="server", on_click=self._ask_address)
        self._hq.column.addWidget(self.address, 0, Qt.AlignmentFlag.AlignLeft)

    def _lay_out(self) -> None:
        self._page = QWidget()
        self._columns = QHBoxLayout(self._page)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._columns.addLayout(self._left, 1)
        self._columns.addLayout(self._right, 1)
        for card in (self.looks, self._locking, self.packs, self.paper):
            self._left.addWidget(card)
        for column in (self._left, self._right):
            column.addStretch(1)
        self.work.addWidget(ScrollPane(self._page), 1)

    def _arrange(self) -> None:
        """Two columns where there is room; else everything under each other."""
        is_wide = self.width() / self.theme.scale >= WIDE
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        self._columns.setStretch(1, int(is_wide))
        column = self._right if is_wide else self._left
        for card in (self._sound, self._storage, self._versions, self._hq):
            column.insertWidget(column.count() - 1, card)  # before the stretch

    # --- what it shows --------------------------------------------------------------------------------------------

    def show_record(self, record_id: str) -> None:  # noqa: ARG002 - there is one screen, not one a record
        """Read again what may have changed."""
        self._tasks.query(self, preferences.load, self._services.profile, done=self._take_preferences, key="likings")
        self._tasks.query(self, read, self._services, done=self._take, key="facts")
        self.paper.look()
        self.packs.look()

    def _take_preferences(self, liked: Preferences) -> None:
        self._preferences = liked
        self.idle.set_value(str(liked.idle_minutes))
        self.looks.per_mm = liked.pixels_per_mm or density.pixels_per_mm(self.screen())

    def _take(self, facts: Facts) -> None:
        self._facts = facts
        self._show_facts()

    def _take_verified(self, found: Verified) -> None:
        self._found_files = len(found.found_files)
        self._show_facts()

    def _show_facts(self) -> None:
        told = self._facts
        if told is None:
            return
        pack = told.pack
        until = tr("至 {day}", day=pack.until) if pack is not None and pack.until is not None else ""
        said = {
            "free": size_text(told.free),
            "used": size_text(told.used),
            "entries": tr("{n} 条", n=told.entries),
            "found": tr("校验后可知") if self._found_files is None else tr("{n} 个", n=self._found_files),
            "folder": str(self._services.profile),
            "version": told.version,
            "pack": pack.version if pack is not None else tr("校验不符"),
            "since": "　".join(part for part in (str(pack.since), until) if part) if pack is not None else "",
            "address": told.address or tr("还没有填"),
        }
        for name, text in said.items():
            field = self._rows[name].field
            if isinstance(field, Label):
                field.setText(text)
        self._rows["since"].setVisible(pack is not None)
        self._hq.setVisible(told.can_sync)

    def _tell_paper(self, title: str, text: str, is_trouble: bool) -> None:
        icon, color = ("filled/alert-triangle", "warn") if is_trouble else ("filled/circle-check", "ok")
        self.say(title, text, icon=icon, color=color)

    # --- what it does ---------------------------------------------------------------------------------------------

    def _like(self, fields: dict[str, object]) -> None:
        self.liked.emit(fields)

    def _keep_idle(self, text: str) -> None:
        minutes = self.idle.number()
        if minutes is None:
            self._idle_row.show_error(tr("应在 {least} 到 {most} 分钟之间", least=IDLE[0], most=IDLE[1]))
            return
        self._idle_row.clear_error()
        if int(text) != self._preferences.idle_minutes:
            self._like({"idle_minutes": minutes})

    def _ask_secret(self, kind: str) -> None:
        dialog = SecretDialog(self, self._services.accounts, self._tasks, kind=kind)
        said = {
            PASSPHRASE: (tr("口令已改"), tr("下次进入用新口令；旧口令不再有效。")),
            PIN: (tr("PIN 已改"), tr("以后确认核发用新 PIN。")),
        }
        dialog.changed.connect(lambda: self.say(*said[kind]))
        dialog.open()

    def _check_bundle(self) -> None:
        from ui.views.proof.check import CheckDialog

        CheckDialog(self, self._services, self._tasks).open()

    def _ask_address(self) -> None:
        dialog = TextDialog(
            self,
            title=tr("总部地址"),
            text=tr("登记时总部给的地址；换地址不影响本机数据"),
            label=tr("地址"),
            verb=tr("保存"),
            value=self._facts.address if self._facts is not None else "",
        )
        dialog.written.connect(self._keep_address)
        dialog.open()

    def _keep_address(self, address: str) -> None:
        self._tasks.command(self, self._services.sync.set_url, address, done=lambda _none: self.show_record(""))

    def _leave_for_today(self) -> None:
        self.wanted.emit("today", "")

    # --- words and measures ---------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Set every word."""
        self.show_title(tr("设置"))
        titles = (tr("锁定与口令"), tr("本机存储"), tr("版本"), tr("记录校验"), tr("总部"))
        for label, title in zip(self._titles, titles, strict=True):
            label.setText(title)
        self._idle_row.set_label(tr("自动锁定"))
        self._idle_row.set_hint(tr("这么久没有操作就锁定；正在填写的内容先保存"))
        self._minutes.setText(tr("分钟"))
        self.passphrase.setText(tr("改口令"))
        self.pin.setText(tr("改 PIN"))
        names: Sequence[tuple[str, str]] = (
            ("free", tr("磁盘剩余")), ("used", tr("本机数据")), ("entries", tr("记录")), ("found", tr("无主文件")),
            ("folder", tr("存放位置")), ("version", tr("程序")), ("pack", tr("法规包")), ("since", tr("适用自")),
            ("address", tr("地址")),
        )  # fmt: skip
        for name, word in names:
            self._rows[name].set_label(word)
        for form in (*self._forms, self._lock_form):
            form.arrange_labels()
        self.address.setText(tr("改地址"))
        self.bundle.setText(tr("核对证据包…"))
        self.done.setText(tr("完成"))
        self._show_facts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._arrange()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_left"):
            u = self.theme.u
            self._columns.setContentsMargins(u(20), u(20), u(20), u(20))
            self._columns.setSpacing(u(20))
            for column in (self._left, self._right):
                column.setSpacing(u(16))
            self._secrets.setSpacing(self.theme.gap)
            self._arrange()
        super().restyle()
