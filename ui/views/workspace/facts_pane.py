"""FactsPane: the facts of a visit: who, when, where, what was shown and said; every field saves itself.

pane.show_inspection(inspection, officers, drafts, today=…) ; pane.focus("companion") ; pane.flush()
Signals: `unsaved()`, `saved()`, `failed(InspectorError)`, `close_wanted()` the visit is to be ended,
`custody_wanted()`, `bundle_wanted()`, `entry_wanted()`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector.app import App
from inspector.clock import SystemClock
from inspector.domain.inspection import Inspection, InspectionState
from inspector.domain.officer import Officer
from inspector.errors import InspectorError, InvalidInput
from ui.messages import reason
from ui.models.moments import day_time, read_day_time
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.tokens import tokens
from ui.views.hazards.form import restore
from ui.views.workspace.entry_lines import EntryLines
from ui.views.workspace.saving import FieldSaver, bind
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form, NoteLine
from ui.widgets.label import Label
from ui.widgets.painted import Themed
from ui.widgets.panel import HLine, ScrollPane

TEXTS = ("place", "companion", "companion_position", "companion_phone")
MOMENTS = ("started_at", "ended_at")
FLAGS = ("is_id_shown", "is_recusal_told", "is_clean")
EXPIRES_SOON_DAYS = 30


class _SideForm(Form):
    """Labels stay beside their fields even in the side pane: the facts are short, the height is dear."""

    def _arrange(self) -> None:
        least = self.theme.u(tokens()["space"]["labelColumn"])
        wide = max((row.label.text_width() + self.theme.u(8) for row in self.rows()), default=least)
        for row in self.rows():
            row.arrange(max(least, wide), is_stacked=False)


class FactsPane(Themed, QWidget):
    """See the module text."""

    unsaved = Signal()
    saved = Signal()
    failed = Signal(object)
    close_wanted = Signal()
    clap_wanted = Signal()
    custody_wanted = Signal()
    bundle_wanted = Signal()
    entry_wanted = Signal()

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._inspection: Inspection | None = None
        self._officers: tuple[Officer, ...] = ()
        self._today = date.min
        self.ended = NoteLine()
        self.saver = FieldSaver(tasks, services.drafts.put, self)
        self.fields = {name: TextField() for name in (*TEXTS, *MOMENTS)}
        self.flags = {name: CheckBox() for name in FLAGS}
        self.now = Button(kind="link", on_click=self._end_now)
        self.clap = Button(icon="qrcode", key="Ctrl+B", on_click=self.clap_wanted.emit)
        self.finish = Button(icon="clipboard-check", on_click=self.close_wanted.emit)
        self.custody = Button(icon="fingerprint", key="Alt+C", on_click=self.custody_wanted.emit)
        self.bundle = Button(icon="file-export", key="Alt+E", on_click=self.bundle_wanted.emit)
        self.entry = Button(icon="clipboard-text", key="Alt+I", on_click=self.entry_wanted.emit)
        self.standing = EntryLines()
        self._people = QVBoxLayout()
        self._people_title = Label(role="bodyStrong")
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self.form = _SideForm()
        beside = {"ended_at": [self.now]}
        self.rows: dict[str, FieldRow] = {
            name: self.form.add("", self.fields[name], beside=beside.get(name, ()))
            for name in ("place", "companion", "companion_position", "companion_phone", "started_at", "ended_at")
        }
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.ended)
        self._column.addWidget(self._people_title)
        self._column.addLayout(self._people)
        self._column.addWidget(self.standing)
        self._column.addWidget(self.entry)
        self._column.addWidget(HLine())
        for box in self.flags.values():
            self._column.addWidget(box)
        self._column.addWidget(self.clap)
        self._column.addWidget(HLine())
        self._column.addWidget(self.form)
        for button in (self.finish, self.custody, self.bundle):
            self._column.addWidget(button)
        self._column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(ScrollPane(inside), 1)
        inside.setAutoFillBackground(False)
        self.restyle()

    def _connect(self) -> None:
        self.saver.unsaved.connect(self.unsaved)
        self.saver.saved.connect(self.saved)
        self.saver.refused.connect(self._show_refusal)
        for name, field in self.fields.items():
            bind(self.saver, name, field, commits=name in TEXTS)
        for name in MOMENTS:
            self.fields[name].committed.connect(partial(self._commit_moment, name))
        for name, box in self.flags.items():
            box.clicked.connect(lambda is_on=False, key=name: self.saver.commit(**{key: bool(is_on)}))

    def show_inspection(
        self, inspection: Inspection, officers: Sequence[Officer], drafts: Mapping[str, str], *, today: date
    ) -> None:
        """Show a visit; `drafts` are half-typed fields that come back the first time it is shown."""
        is_other = self._inspection is None or self._inspection.id != inspection.id
        if is_other:
            self.flush()
            self.saver.open(f"inspection:{inspection.id}", partial(self._services.inspections.patch, inspection.id))
        self._inspection, self._officers, self._today = inspection, tuple(officers), today
        is_open = inspection.state is InspectionState.OPEN
        for name, field in self.fields.items():
            stored = self._stored(name)
            if is_other:
                self.rows[name].clear_error()
            if not self.rows[name].error():
                field.set_value(stored)
                field.setToolTip(stored)
            field.set_read_only(not is_open)
            half = drafts.get(name)
            if is_other and is_open and half is not None and half != stored:
                restore(field, half)
        for name, box in self.flags.items():
            box.setChecked(bool(getattr(inspection, name)))
            box.setEnabled(is_open)
        self.now.setVisible(is_open)
        self.finish.setVisible(is_open)
        self.clap.setVisible(is_open)
        self.ended.show_note("" if is_open else tr("检查已结束"), icon="lock", color="text2")
        self._show_officers()

    def _stored(self, name: str) -> str:
        value = getattr(self._inspection, name)
        if isinstance(value, datetime):
            return day_time(value)
        return value or ""

    def flush(self) -> None:
        """Finish every field that is being typed in."""
        for field in self.fields.values():
            field.flush()

    def set_clean(self) -> None:
        """现场未发现问题, said from the empty list."""
        self.flags["is_clean"].setChecked(True)
        self.saver.commit(is_clean=True)

    def _commit_moment(self, name: str, text: str) -> None:
        moment = read_day_time(text)
        row = self.rows[name]
        if moment is None:
            row.show_error(tr("请写成 2026-11-20 09:05 的样子"))
            return
        row.clear_error()
        self.saver.commit(**{name: moment.astimezone(UTC)})

    def _end_now(self) -> None:
        moment = SystemClock().read().at
        self.fields["ended_at"].setText(day_time(moment))
        self.fields["ended_at"].flush()

    def _show_officers(self) -> None:
        while (item := self._people.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        roles = (tr("主办"), tr("协办"))
        for n, officer in enumerate(self._officers):
            role = roles[min(n, 1)]
            self._people.addWidget(Label(f"{officer.name}\u3000{role}", role="body"))
            left = (officer.cert_to - self._today).days
            until = tr("{no}　有效至 {day}", no=officer.cert_no, day=officer.cert_to)
            if left < 0:
                until = tr("{no}　{day} 已过期", no=officer.cert_no, day=officer.cert_to)
            elif left <= EXPIRES_SOON_DAYS:
                until = tr("{no}　{n} 天后到期", no=officer.cert_no, n=left)
            color = "danger" if left < 0 else "warn" if left <= EXPIRES_SOON_DAYS else "text2"
            self._people.addWidget(Label(until, role="meta", color=color))

    def _show_refusal(self, field: str, error: InspectorError) -> None:
        row = self.rows.get(str(error.facts.get("field") or field)) if isinstance(error, InvalidInput) else None
        if row is not None:
            row.show_error(reason(error))
            return
        if self._inspection is not None and field in self.flags:
            self.flags[field].setChecked(bool(getattr(self._inspection, field)))
        self.failed.emit(error)

    def focus(self, field: str) -> None:
        """Put the focus on a field by name; the first one for an unknown name."""
        buttons = {"entry": self.entry}
        target = buttons.get(field) or self.fields.get(field) or self.flags.get(field) or self.fields["place"]
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        names = {
            "place": tr("检查场所"),
            "companion": tr("陪同人"),
            "companion_position": tr("职务"),
            "companion_phone": tr("电话"),
            "started_at": tr("检查开始"),
            "ended_at": tr("检查结束"),
        }
        flags = {
            "is_id_shown": tr("已出示执法证件"),
            "is_recusal_told": tr("已告知申请回避"),
            "is_clean": tr("现场未发现问题"),
        }
        for name, row in self.rows.items():
            row.set_label(names[name])
        self.form.arrange_labels()
        for name, box in self.flags.items():
            box.setText(flags[name])
        self.now.setText(tr("现在"))
        self.now.setAccessibleName(tr("检查结束：现在"))
        self.clap.setText(tr("记录仪拍板"))
        self.finish.setText(tr("结束检查"))
        self.custody.setText(tr("证据流转"))
        self.bundle.setText(tr("导出证据包"))
        self.entry.setText(tr("入场事项"))
        self._people_title.setText(tr("执法人员"))
        self._show_officers()

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_column"):
            u = self.theme.u
            self._column.setContentsMargins(u(16), u(12), u(16), u(16))
            self._column.setSpacing(u(6))
            self._people.setContentsMargins(0, 0, 0, u(6))
            self._people.setSpacing(0)
        super().restyle()
