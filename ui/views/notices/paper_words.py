"""Printers, print runs and servings in words: what happened · what is safe · what to do."""

from __future__ import annotations

from inspector.domain.printing import PaperSides, Printer, PrinterState, PrintRun, PrintState
from inspector.domain.serving import Serving, ServingMethod
from inspector.errors import PrinterFailed
from ui.messages import Message, message
from ui.models.moments import day_time
from ui.text import tr
from ui.theme.status import Badge
from ui.widgets.rows import Row

REPRINT_REASONS = {"jam": "卡纸", "missing": "缺页", "asked": "当事人要求"}
"""The likely reasons of a reprint, as they are recorded: records are Chinese in every language of the window."""
REFUSAL_REASONS = {"silent": "未说明理由", "objects": "对内容有异议", "absent": "负责人不在场"}
"""The likely reasons of a refusal, as they are recorded."""


def printer_word(state: PrinterState) -> str:
    """Return what a printer does or waits for."""
    words = {
        PrinterState.READY: tr("就绪"),
        PrinterState.BUSY: tr("正在打印"),
        PrinterState.OFFLINE: tr("离线"),
        PrinterState.PAPER_OUT: tr("缺纸"),
        PrinterState.JAM: tr("卡纸"),
        PrinterState.DOOR_OPEN: tr("盖子没有关好"),
        PrinterState.WRONG_PAPER: tr("纸张不是 A4"),
        PrinterState.STOPPED: tr("已暂停"),
    }
    return words[state]


def printer_row(printer: Printer) -> Row:
    """Return one printer as a row: its name, its state, what it says of itself."""
    is_wrong = printer.is_a4_loaded is False and not printer.state.is_fault
    state = PrinterState.WRONG_PAPER if is_wrong else printer.state
    # A state that has a word needs no code beside it.
    own = printer.detail if state is PrinterState.STOPPED else ""
    return Row(
        id=printer.name,
        icon="filled/alert-triangle" if state.is_fault else "printer",
        icon_color="warn" if state.is_fault else "text2",
        title=printer.title or printer.name,
        second="\u3000".join(part for part in (printer_word(state), own) if part),
    )


def trouble(fault: PrinterState | None) -> Message:
    """Return what stood in the way of a printing that ended (product.md E201, E202)."""
    return message(PrinterFailed(fault=(fault or PrinterState.OFFLINE).value))


def waiting_words(state: PrinterState) -> str:
    """Return what a running job waits for, empty while it waits for nobody."""
    words = {
        PrinterState.PAPER_OUT: tr("缺纸：放入 A4 纸后会接着打"),
        PrinterState.JAM: tr("卡纸：取出后会接着打"),
        PrinterState.DOOR_OPEN: tr("盖子没有关好：关好后会接着打"),
        PrinterState.WRONG_PAPER: tr("纸张不是 A4：换装后会接着打"),
        PrinterState.OFFLINE: tr("打印机没有响应：接通后会接着打"),
        PrinterState.STOPPED: tr("打印机停下了：请看它的提示"),
    }
    return words.get(state, "")


def pages_word(first: int, last: int) -> str:
    """Return 第 3 页 or 第 3–4 页."""
    return tr("第 {n} 页", n=first) if first == last else tr("第 {first}–{last} 页", first=first, last=last)


def sides_word(sides: PaperSides) -> str:
    """Return 单面 or 双面."""
    return tr("双面") if sides is PaperSides.TWO else tr("单面")


def run_badge(run: PrintRun, *, is_watched: bool = False) -> Badge:
    """Return how a print run stands; `is_watched` while this window still waits for it."""
    if run.state is PrintState.DONE:
        return Badge(word=tr("已打印"), icon="filled/circle-check", fg="ok")
    if run.state is PrintState.CANCELLED:
        return Badge(word=tr("已取消"), icon="circle-x", fg="text2")
    if run.state is PrintState.FAILED:
        return Badge(word=trouble(run.fault).happened, icon="filled/alert-triangle", fg="warn")
    if is_watched:
        return Badge(word=tr("正在打印"), icon="printer", fg="accent")
    return Badge(word=tr("结果未知"), icon="filled/alert-circle", fg="warn")


def run_words(run: PrintRun, pages: int) -> str:
    """Return the facts of a run in one line: when, how many copies, which pages, sheets, reason, printer."""
    parts = [
        day_time(run.asked_at)[5:],
        tr("{n} 份", n=run.copies),
        "" if (run.first_page, run.last_page) == (1, pages) else pages_word(run.first_page, run.last_page),
        sides_word(run.sides),
        tr("已出 {n} 张", n=run.sheets_done) if run.sheets_done is not None else "",
        tr("补打：{reason}", reason=run.reason) if run.is_reprint else "",
        run.printer,
    ]
    return "\u3000".join(part for part in parts if part)


def method_word(method: ServingMethod) -> str:
    """Return the way of service."""
    words = {
        ServingMethod.SIGNED: tr("当场签收"),
        ServingMethod.REFUSED: tr("拒签"),
        ServingMethod.LEFT: tr("留置"),
        ServingMethod.POSTED: tr("邮寄"),
    }
    return words[method]


def receiver_word(method: ServingMethod) -> str:
    """Return what the person is called whom a way of service names."""
    words = {
        ServingMethod.SIGNED: tr("签收人"),
        ServingMethod.REFUSED: tr("拒签人"),
        ServingMethod.POSTED: tr("收件人"),
    }
    return words.get(method, tr("受送达人"))


def served_badge(serving: Serving, *, has_time: bool = True) -> Badge:
    """Return 已送达 and when; without the time for the top strip, where the firm's name needs the room."""
    word = tr("已送达 {at}", at=day_time(serving.served_at)[5:]) if has_time else tr("已送达")
    return Badge(word=word, icon="checks", fg="ok", bg="okBg", line="okLine")


def serving_words(serving: Serving) -> list[tuple[str, str]]:
    """Return the facts of a serving as label and value."""
    is_posted = serving.method is ServingMethod.POSTED
    found = [
        (tr("送达时间"), day_time(serving.served_at)),
        (tr("送达方式"), method_word(serving.method)),
        (receiver_word(serving.method), serving.receiver),
        (tr("邮件号") if is_posted else tr("理由"), serving.reason),
        (tr("见证人"), serving.witness),
    ]
    return [(name, value) for name, value in found if value]
