"""EntryDialog 入场事项: why one came, by whose approval, the 执法码, who came along, recusal; every field saves itself.

EntryDialog(view, services, tasks).show_record(record) ; .focus("entry_code")
The 执法码 is typed or comes from a scanner that types like a keyboard and ends with Enter.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.clock import SystemClock
from inspector.domain.inspection import InspectionKind
from inspector.errors import InspectorError, InvalidInput
from ui.messages import message, reason
from ui.models.moments import day_time, read_day_time
from ui.tasks import Tasks
from ui.text import tr
from ui.views.hazards.form import restore
from ui.views.workspace.entry_lines import EntryLines
from ui.views.workspace.observers_box import ObserversBox
from ui.views.workspace.record import WorkspaceRecord
from ui.views.workspace.recusal_box import RecusalBox
from ui.views.workspace.saving import FieldSaver, bind
from ui.widgets.button import Button
from ui.widgets.checkbox import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form
from ui.widgets.segment import Choice, Segment

TEXTS = ("task_no", "approval_no", "approved_by", "entry_code", "no_code_reason")
MOMENTS = ("approved_at", "no_code_filed_at")


class EntryDialog(Dialog):
    """See the module text."""

    def __init__(self, parent: QWidget, services: App, tasks: Tasks) -> None:
        super().__init__(parent, title=tr("入场事项"), verb=tr("完成"), width=700, key="Ctrl+Enter")
        self._services = services
        self._record: WorkspaceRecord | None = None
        self.saver = FieldSaver(tasks, services.drafts.put, self)
        self.kind = Segment(_kinds())
        self.flags = {"is_enterprise": CheckBox(), "is_urgent": CheckBox()}
        self.fields = {name: TextField() for name in (*TEXTS, *MOMENTS)}
        self.now = Button(tr("现在"), kind="link", on_click=self._filed_now)
        self.standing = EntryLines()
        self.observers, self.recusal = ObserversBox(), RecusalBox()
        self.rows: dict[str, FieldRow] = {}
        self._build()
        self._connect()
        self.cancel.hide()

    def _build(self) -> None:
        form = Form()
        self.flags["is_enterprise"].setText(tr("涉企检查，须扫执法码入企"))
        self.flags["is_urgent"].setText(tr("紧急情况，事后补办批准"))
        self.fields["entry_code"].setPlaceholderText(tr("用扫码枪扫，或手工输入"))
        for name in MOMENTS:
            self.fields[name].setPlaceholderText(tr("如 2026-11-20 09:05"))
        self.now.setAccessibleName(tr("报备时间：现在"))
        self.rows["kind"] = form.add(tr("检查类型"), self.kind)
        form.add("", self.flags["is_enterprise"])
        self.rows["entry_code"] = form.add(tr("执法码"), self.fields["entry_code"])
        self.rows["no_code_reason"] = form.add(tr("未扫码原因"), self.fields["no_code_reason"], optional=True)
        filed = self.fields["no_code_filed_at"]
        self.rows["no_code_filed_at"] = form.add(tr("报备时间"), filed, beside=[self.now], optional=True)
        self.rows["task_no"] = form.add(tr("任务编号"), self.fields["task_no"], optional=True)
        self.rows["approval_no"] = form.add(tr("批准文号"), self.fields["approval_no"])
        self.rows["approved_by"] = form.add(tr("批准人"), self.fields["approved_by"])
        self.rows["approved_at"] = form.add(tr("批准时间"), self.fields["approved_at"])
        form.add("", self.flags["is_urgent"])
        self.rows["observers"] = form.add(tr("随行人员"), self.observers, optional=True)
        self.rows["recusal"] = form.add(tr("申请回避"), self.recusal)
        form.arrange_labels()
        for part in (self.standing, form):
            self.column.addWidget(part)

    def _connect(self) -> None:
        self.saver.refused.connect(self._show_refusal)
        for name, field in self.fields.items():
            bind(self.saver, name, field, commits=name in TEXTS)
            field.committed.connect(lambda _text, key=name: self.rows[key].clear_error())
        for name in MOMENTS:
            self.fields[name].committed.connect(partial(self._commit_moment, name))
        self.kind.chosen.connect(lambda value: self.saver.commit(kind=InspectionKind(value)))
        for name, box in self.flags.items():
            box.clicked.connect(lambda is_on=False, key=name: self.saver.commit(**{key: bool(is_on)}))
        self.observers.changed.connect(lambda observers: self.saver.commit(observers=observers))
        self.recusal.changed.connect(lambda recusal: self.saver.commit(recusal=recusal))
        self.agreed.connect(self.accept)
        self.finished.connect(lambda _how: self.flush())

    def show_record(self, record: WorkspaceRecord) -> None:
        """Show the entry facts of a visit; called again whenever they were read again."""
        is_first = self._record is None
        self._record = record
        visit = record.inspection
        if is_first:
            self.saver.open(f"inspection:{visit.id}", partial(self._services.inspections.patch, visit.id))
        self.standing.show_standing(visit.kind, record.entry)
        self.kind.set_value(visit.kind.value)
        self.kind.setEnabled(record.is_open)
        for name, box in self.flags.items():
            box.setChecked(bool(getattr(visit, name)))
            box.setEnabled(record.is_open)
        for name, field in self.fields.items():
            if not self.rows[name].error():
                field.set_value(_text(getattr(visit, name)))
            field.set_read_only(not record.is_open)
        self.now.setVisible(record.is_open)
        self.observers.show_observers(visit.observers, is_open=record.is_open)
        self.recusal.show_recusal(visit.recusal, record.officers, is_open=record.is_open)
        self._follow(visit.entry_code)
        if is_first and record.is_open:
            self._restore(record.half_typed.get("facts", {}))

    def _follow(self, code: str) -> None:
        """Ask why there is no code only while there is none."""
        for name in ("no_code_reason", "no_code_filed_at"):
            has_value = bool(self.fields[name].value())
            self.rows[name].setVisible((self.flags["is_enterprise"].isChecked() and not code) or has_value)

    def _restore(self, drafts: Mapping[str, str]) -> None:
        for name, field in self.fields.items():
            half = drafts.get(name)
            if half is not None and half != field.value():
                restore(field, half)

    def focus(self, field: str) -> None:
        """Put the focus on a field by name; the 执法码 for an unknown one."""
        targets: dict[str, QWidget] = {
            **self.fields,
            **self.flags,
            "kind": self.kind,
            "observers": self.observers.name,
            "recusal": self.recusal.asked,
        }
        targets.get(field, self.fields["entry_code"]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Finish every field that is being typed in."""
        for field in self.fields.values():
            field.flush()
        self.observers.take()
        self.recusal.flush()

    def _commit_moment(self, name: str, text: str) -> None:
        moment = read_day_time(text)
        if text.strip() and moment is None:
            self.rows[name].show_error(tr("请写成 2026-11-20 09:05 的样子"))
            return
        self.saver.commit(**{name: moment.astimezone(UTC) if moment else None})

    def _filed_now(self) -> None:
        self.fields["no_code_filed_at"].setText(day_time(SystemClock().read().at))
        self.fields["no_code_filed_at"].flush()

    def _show_refusal(self, field: str, error: InspectorError) -> None:
        row = self.rows.get(str(error.facts.get("field") or field)) if isinstance(error, InvalidInput) else None
        if row is None:
            self.show_error(message(error).sentence)
        else:
            row.show_error(reason(error))


def _kinds() -> list[Choice]:
    words = {
        InspectionKind.ROUTINE: tr("日常"),
        InspectionKind.SPECIAL: tr("专项"),
        InspectionKind.CLUE: tr("线索"),
        InspectionKind.IMMEDIATE: tr("即时"),
        InspectionKind.RANDOM: tr("双随机"),
        InspectionKind.RECHECK: tr("复查"),
    }
    return [Choice(kind.value, word) for kind, word in words.items()]


def _text(value: object) -> str:
    return day_time(value) if isinstance(value, datetime) else str(value or "")
