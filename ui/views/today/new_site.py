"""NewSiteDialog: a site that the register doesn't know yet. Signal `added(name)`."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.site import is_credit_code
from inspector.errors import InspectorError, InvalidInput
from inspector.services.sites import SiteDraft
from ui.messages import message, reason
from ui.models.site_words import code_groups
from ui.tasks import Tasks
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import TextField
from ui.widgets.form import FieldRow, Form


class NewSiteDialog(Dialog):
    """Name, code, address, who answers for it."""

    added = Signal(str)

    def __init__(self, parent: QWidget, services: App, tasks: Tasks) -> None:
        super().__init__(
            parent,
            title=tr("登记新单位"),
            text=tr("登记后即可检查；联网后总部会核对。"),
            verb=tr("登记"),
            width=560,
            key="Ctrl+Enter",
        )
        self._services, self._tasks = services, tasks
        form = Form()
        self._rows: dict[str, FieldRow] = {
            "name": form.add(tr("单位名称"), TextField(tr("与营业执照一致"))),
            "credit_code": form.add(tr("信用代码"), TextField(tr("18 位统一社会信用代码"))),
            "address": form.add(tr("地址"), TextField()),
            "responsible_person": form.add(tr("负责人"), TextField()),
            "position": form.add(tr("职务"), TextField(), optional=True),
            "phone": form.add(tr("电话"), TextField(), optional=True),
        }
        self.column.addWidget(form)
        self.agreed.connect(self._add)
        code = self._rows["credit_code"].field
        if isinstance(code, TextField):
            code.committed.connect(lambda _text: self._check_code())

    def _check_code(self) -> None:
        """Say at once whether the code can be right, and show it in groups for reading aloud."""
        row, code = self._rows["credit_code"], self._value("credit_code").strip().upper()
        row.clear_error()
        row.set_hint("")
        if code and is_credit_code(code):
            row.set_hint(tr("{code}　校验位相符", code=code_groups(code)))
        elif code:
            row.show_error(reason(InvalidInput(field="credit_code", reason="check_digit", length=len(code))))

    def _value(self, name: str) -> str:
        field = self._rows[name].field
        return field.value() if isinstance(field, TextField) else ""

    def _add(self) -> None:
        for row in self._rows.values():
            row.clear_error()
        draft = SiteDraft(**{name: self._value(name) for name in self._rows})
        self._tasks.command(self, self._services.sites.add, draft, done=self._done, failed=self._refuse)

    def _done(self, _changes: Changes) -> None:
        self.added.emit(self._value("name").strip())
        self.accept()

    def _refuse(self, error: InspectorError) -> None:
        row = self._rows.get(str(error.facts.get("field") or ""))
        if row is None:
            self.show_error(message(error).sentence)
            return
        row.show_error(reason(error))
        row.field.setFocus()
