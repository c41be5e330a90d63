"""The entry of a visit in words: its kind, the visits of the year against the cap, what is still to be filed."""

from __future__ import annotations

from inspector.domain.inspection import InspectionKind
from inspector.services.entry import Due, EntryStanding
from ui.text import tr


def kind_word(kind: InspectionKind) -> str:
    """Return 日常检查 …"""
    words = {
        InspectionKind.ROUTINE: tr("日常检查"),
        InspectionKind.SPECIAL: tr("专项检查"),
        InspectionKind.CLUE: tr("线索核查"),
        InspectionKind.IMMEDIATE: tr("即时检查"),
        InspectionKind.RANDOM: tr("双随机抽查"),
        InspectionKind.RECHECK: tr("复查"),
    }
    return words[kind]


def visits_line(kind: InspectionKind, standing: EntryStanding) -> str:
    """Return the kind and how many routine visits the site had this year, as this laptop knows: 年度日常检查 1/2."""
    count, cap = standing.routine_count, standing.annual_cap
    told = tr("年度日常检查 {n}/{cap}", n=count, cap=cap) if cap else tr("年度日常检查 {n} 次", n=count)
    if standing.is_over_cap:
        told = tr("{told}，已超过上限", told=told)
    return tr("{kind}　{told}", kind=kind_word(kind), told=told)


def code_line(due: Due) -> str:
    """Return until when the lack of an 执法码 is to be filed."""
    return tr("未登记执法码：{when}", when=_when(due))


def approval_line(due: Due) -> str:
    """Return until when the approval of an urgent visit is to follow."""
    return tr("紧急检查补办批准：{when}", when=_when(due))


def due_color(due: Due) -> str:
    """Return the colour role of a due line: amber, red once it is late."""
    return "danger" if due.left < 0 else "warn"


def _when(due: Due) -> str:
    if due.left < 0:
        told = tr("应于 {day} 前报备，逾期 {n} 天", day=f"{due.by:%m-%d}", n=-due.left)
    elif due.left == 0:
        told = tr("今天到期（{day}）", day=f"{due.by:%m-%d}")
    else:
        told = tr("{day} 前报备，剩 {n} 个工作日", day=f"{due.by:%m-%d}", n=due.left)
    if not due.is_certain:
        told = tr("{told}（该年节假日未公布）", told=told)
    return told if due.is_verified else tr("{told}（期限待法制确认）", told=told)
