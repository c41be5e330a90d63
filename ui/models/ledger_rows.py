"""The ledger of numbers 编号台账 in words: each number, each print, each sheet of stamped paper."""

from __future__ import annotations

from collections.abc import Sequence

from inspector.domain.ledger import NumberLine, NumberState, Series, Sheet, SheetState
from inspector.domain.printing import PrintState
from ui.models.document_words import form_word
from ui.models.moments import day_time
from ui.text import tr
from ui.widgets.rows import Row
from ui.widgets.table import TableRow


def state_word(state: NumberState) -> str:
    """Return 已用, 作废 or 已退."""
    return {
        NumberState.USED: tr("已用"),
        NumberState.VOID: tr("作废"),
        NumberState.RETURNED: tr("已退"),
    }[state]


def sheet_word(state: SheetState) -> str:
    """Return what became of a sheet."""
    return {
        SheetState.USED: tr("已使用"),
        SheetState.SPOILED: tr("已作废"),
        SheetState.RETURNED: tr("已交回"),
    }[state]


def series_rows(series: Sequence[Series]) -> list[Row]:
    """Return one row a form and year: 用 9　废 1　退 2　余 37."""
    return [
        Row(
            id=series_id(one),
            title=form_word(one.form),
            beside=str(one.year),
            second=tr(
                "用 {used}　废 {void}　退 {back}　余 {left}",
                used=one.count(NumberState.USED),
                void=one.count(NumberState.VOID),
                back=one.count(NumberState.RETURNED),
                left=one.left,
            ),
            icon="filled/alert-triangle" if one.unexplained else "list-check",
            icon_color="warn" if one.unexplained else "text2",
        )
        for one in series
    ]


def series_id(series: Series) -> str:
    """Return what names a series in a list."""
    return f"{series.form}-{series.year}"


def number_titles() -> tuple[str, ...]:
    """Return the columns of the numbers."""
    return (tr("编号"), tr("状态"), tr("时间"), tr("送达"), tr("打印"), tr("说明"), tr("当事人"))


def number_rows(series: Series) -> list[TableRow]:
    """Return a row a number, or one for several that went back together."""
    return [(f"{one.sequence}-{one.notice_id or ''}", _number(one)) for one in series.lines]


def _number(one: NumberLine) -> tuple[str, ...]:
    span = f"{one.sequence}–{one.last}" if one.last != one.sequence else str(one.sequence)
    return (
        one.number or span,
        state_word(one.state),
        day_time(one.at) if one.at is not None else "",
        tr("已送达") if one.is_served else "",
        prints_word(one),
        chain_word(one),
        one.party,
    )


def prints_word(one: NumberLine) -> str:
    """Return how often it was printed: 2 次，补打 1 次."""
    done = [run for run in one.prints if run.may_have_printed]
    again = sum(run.is_reprint for run in done)
    if not done:
        return ""
    return tr("{n} 次，补打 {m} 次", n=len(done), m=again) if again else tr("{n} 次", n=len(done))


def chain_word(one: NumberLine) -> str:
    """Return why it is void, what took its place, what it took the place of."""
    parts = [one.reason]
    if one.successor:
        parts.append(tr("重新制作中") if one.successor == "draft" else tr("接续 {number}", number=one.successor))
    elif one.state is NumberState.VOID:
        parts.append(tr("没有接续的文书"))
    if one.predecessor:
        parts.append(tr("替代 {number}", number=one.predecessor))
    return tr("；").join(part for part in parts if part)


def print_titles() -> tuple[str, ...]:
    """Return the columns of the print log."""
    return (tr("编号"), tr("时间"), tr("份数"), tr("页"), tr("出纸"), tr("结果"), tr("理由"))


def print_rows(series: Series) -> list[TableRow]:
    """Return a row a printing, by number and time; what was reprinted says why."""
    made: list[TableRow] = []
    for line in series.lines:
        for run in line.prints:
            result = {
                PrintState.DONE: tr("完成"),
                PrintState.CANCELLED: tr("已取消"),
            }.get(run.state, tr("未完成"))
            sheets = "" if run.sheets_done is None else tr("{n} 张", n=run.sheets_done)
            why = tr("补打：{why}", why=run.reason) if run.is_reprint else run.reason
            pages = f"{run.first_page}–{run.last_page}"
            made.append((run.id, (line.number, day_time(run.asked_at), str(run.copies), pages, sheets, result, why)))
    return made


def sheet_titles() -> tuple[str, ...]:
    """Return the columns of the stamped paper."""
    return (tr("纸号"), tr("状态"), tr("文书"), tr("登记时间"), tr("说明"))


def sheet_rows(sheets: Sequence[Sheet]) -> list[TableRow]:
    """Return a row a sheet."""
    return [
        (one.serial, (one.serial, sheet_word(one.state), one.number, day_time(one.noted_at), one.reason))
        for one in sheets
    ]
