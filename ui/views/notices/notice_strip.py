"""NoticeStrip: the actions under the notices; the one that comes next stands at the far right in blue.

strip.show_standing(Standing(…)) after each change; the buttons are connected by the view.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent

from inspector.domain.notice import NoticeState
from ui.text import tr
from ui.widgets.button import Button
from ui.widgets.strips import BottomStrip

PRINT, SERVE = "print", "serve"
"""The two tasks that stand at the right in place of the facts of an issued notice."""

_REST = 80
"""Margins, the icon and a few letters of the hint (unscaled px); with less room key and hint go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the notice at hand stands; `task` is what is open at the right, empty for its facts."""

    state: NoticeState | None = None
    task: str = ""
    is_printed: bool = False
    is_served: bool = False
    is_done: bool = False
    """The printing that was ordered in the print panel has come out."""
    has_successor: bool = False
    has_visit: bool = False


class NoticeStrip(BottomStrip):
    """See the module text."""

    def __init__(self) -> None:
        self.back = Button(icon="arrow-left")
        self.void = Button()
        self.again = Button(icon="refresh")
        self.export = Button(icon="file-export")
        self.serve_soon = Button(icon="signature", key="Alt+S")
        self.reprint = Button(icon="printer", key="Ctrl+P")
        self.issue = Button(kind="primary")
        self.print = Button(kind="primary", icon="printer", key="Ctrl+P")
        self.serve = Button(kind="primary", icon="signature", key="Alt+S")
        self.finish = Button(kind="primary", key="Ctrl+Enter")
        self._next = (self.print, self.serve, self.finish)
        others = [self.back, self.void, self.again, self.export, self.serve_soon, self.reprint, *self._next]
        super().__init__(primary=self.issue, others=others)
        self.retranslate()

    def show_standing(self, now: Standing) -> None:
        """Show what can be done with the notice as it stands."""
        is_issued = now.state is NoticeState.ISSUED
        is_facts = is_issued and not now.task
        is_printing = is_issued and now.task == PRINT and not now.is_done
        is_out = is_issued and now.task == PRINT and now.is_done
        shown = {
            self.back: now.state is not None or now.has_visit,
            self.void: is_facts,
            self.again: now.state is NoticeState.VOID and not now.has_successor,
            self.export: is_facts or now.task == PRINT or now.state is NoticeState.VOID,
            self.serve_soon: is_facts and not now.is_printed and not now.is_served,
            self.reprint: (is_facts and now.is_printed) or is_out,
            self.issue: now.state is NoticeState.DRAFT,
            self.print: is_printing or (is_facts and not now.is_printed),
            self.serve: ((is_facts and now.is_printed) or is_out) and not now.is_served,
            self.finish: is_issued and now.task == SERVE,
        }
        for button, is_shown in shown.items():
            button.setVisible(is_shown)
        self.back.setText(tr("返回") if now.task else tr("回到检查"))
        self.say(_hint(now))
        self._fit_keys()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        words = {
            self.issue: tr("核发"),
            self.export: tr("存为 PDF"),
            self.void: tr("作废…"),
            self.again: tr("重新制作"),
            self.serve_soon: tr("送达"),
            self.serve: tr("送达"),
            self.reprint: tr("补打"),
            self.print: tr("打印"),
            self.finish: tr("完成送达"),
        }
        for button, word in words.items():
            button.setText(word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Whatever comes next keeps its key while there is room for it."""
        super().resizeEvent(event)
        self._fit_keys()

    def _fit_keys(self) -> None:
        for button in self._next:
            button.show_key(True)
        shown = [button for button in self._buttons if not button.isHidden()]
        needed = sum(button.sizeHint().width() + self.theme.gap for button in shown)
        if needed + self.theme.u(_REST) > self.width():
            self.say("")
            for button in self._next:
                button.show_key(False)


def _hint(now: Standing) -> str:
    if now.state is NoticeState.DRAFT:
        return tr("核发前都可修改；核发后只能作废重做")
    if now.state is NoticeState.VOID:
        return tr("已作废，编号不再使用；原件保留")
    if now.state is None:
        return ""
    if now.task == PRINT:
        return tr("打印的就是保存的原件；打印副本在打印队列里不加密")
    if now.task == SERVE:
        return tr("登记后不能改动；当事人拒签请按 F10")
    return tr("内容已固定；显示的就是保存的原件")


def allow(button: Button, why_not: str) -> None:
    """Let it be pressed, or say why not."""
    if why_not:
        button.refuse(why_not)
    else:
        button.allow()
