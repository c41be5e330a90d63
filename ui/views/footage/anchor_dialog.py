"""AnchorDialog: a clock is seen in the frame; its time is typed, and how well it could be read.

dialog.read → Signal(datetime, int)   the aware time, and its uncertainty in ms; the dialog has closed itself
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from inspector.clock import CHINA
from ui.text import tr
from ui.widgets.dialog import Dialog
from ui.widgets.fields import NumberField, TextField
from ui.widgets.form import Form
from ui.widgets.label import Label

_MOST_S = 600
_FORMS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")


class AnchorDialog(Dialog):
    """See the module text."""

    read = Signal(object, int)

    def __init__(self, parent: QWidget, *, at: str, guess: datetime) -> None:
        super().__init__(
            parent,
            title=tr("手工校时"),
            text=tr("录像 {at} 处的画面里有一个走准的时钟，照它填写。整段录像由此推算，并注明是手工校时。", at=at),
            verb=tr("校时"),
            key="Enter",
        )
        self.moment, self.doubt = TextField(), NumberField(1, _MOST_S)
        self.moment.set_value(f"{guess.astimezone(CHINA):%Y-%m-%d %H:%M:%S}")
        self.doubt.set_value("1")
        form = Form()
        self._row = form.add(tr("画面中的时间"), self.moment, hint=tr("年-月-日 时:分:秒，北京时间"))
        self._doubt_row = form.add(tr("读数误差"), self.doubt, beside=[Label(tr("秒以内"), elide=False)])
        for field, name in ((self.moment, tr("画面中的时间")), (self.doubt, tr("读数误差"))):
            field.setAccessibleName(name)
            field.returnPressed.connect(self._finish)
        self.column.addWidget(form)
        self.agreed.connect(self._finish)

    def _finish(self) -> None:
        at, doubt = read_moment(self.moment.value()), self.doubt.number()
        self._row.clear_error()
        self._doubt_row.clear_error()
        if at is None:
            self._row.show_error(tr("请按 2026-11-22 09:13:05 的样子填写"))
            self.moment.setFocus()
        elif doubt is None:
            self._doubt_row.show_error(tr("请填 1 到 {most} 秒", most=_MOST_S))
            self.doubt.setFocus()
        else:
            self.accept()
            self.read.emit(at, doubt * 1000)


def read_moment(text: str) -> datetime | None:
    """Return the aware time that a typed YYYY-MM-DD HH:MM[:SS] names in China, None if it is none."""
    for form in _FORMS:
        try:
            return datetime.strptime(" ".join(text.split()), form).replace(tzinfo=CHINA)
        except ValueError:
            continue
    return None
