"""How to reach the documents of a visit: what is offered, their forms, the reason for a warning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from inspector.domain.notice import FormCode, NoticeState
from ui.looking.guide import Guide
from ui.views.documents.offer_dialog import OfferDialog
from ui.views.notices.signed_dialog import SignedDialog
from ui.views.notices.view import NoticesView
from ui.views.settings.packs import DoubtsDialog, PacksCard

_MEASURES: Final = {
    "measures": [
        "立即停止使用充装间南侧2台叉车充电器，自2026年11月22日10时30分起，至隐患排除并经复查合格止。",
        "将一号库东侧3号安全出口处的货物清出，恢复通行。",
    ]
}
_THINGS: Final = {
    "items": [
        {"no": "1", "name": "叉车充电器", "model": "示例型 48V/60A", "unit": "台", "amount": "2", "remark": "加贴封条"},
        {"no": "2", "name": "配电箱", "model": "一层南侧", "unit": "只", "amount": "1", "remark": ""},
        {"no": "3", "name": "塑料桶装清洗剂", "model": "20 L", "unit": "桶", "amount": "14", "remark": "就地查封"},
    ]
}
_INTERVIEW: Final = {
    "interviewee": "周某",
    "sex": "m",
    "subject": "涉嫌锁闭安全出口",
    "qa": [
        {"q": "我们是示例区应急管理局的执法人员，这是我们的证件，你看清楚了吗？", "a": "看清楚了。"},
        {"q": "你有权申请我们回避，是否申请？", "a": "不申请。"},
        {
            "q": "一号库东侧3号安全出口什么时候开始堆放货物？",
            "a": "大约从上周三开始，因为二号库在修屋面，货没有地方放。",
        },
    ],
}
_PENALTY: Final = {
    "kinds": ["fine"],
    "fine": 200000,
    "pay": "bank",
    "penalty_basis": ["《中华人民共和国安全生产法》第一百零二条"],
}

_ADMONITION: Final = {"demands": ["三日内清空一号库东侧安全出口", "每日巡查并登记"]}


def _visit(guide: Guide) -> str:
    """A visit that no other screen begins at."""
    found = guide.ask(guide.services.inspections.list)
    return found[min(1, len(found) - 1)].inspection.id


def _open(guide: Guide, form: FormCode, values: Mapping[str, Any]) -> NoticesView:
    """Open a draft of a form at its form, made and filled in at the first time."""
    services, visit = guide.services, _visit(guide)
    own = [one for one in guide.ask(services.notices.of, visit) if one.form is form]
    there = next((one.id for one in own if one.state is NoticeState.DRAFT), "")
    if not there:
        there = guide.ask(services.notices.draft, visit, form).made
        guide.ask(services.notices.fill, there, values)
    guide.go("notices", f"notice:{there}")
    guide.press("F5")
    return guide.find(NoticesView)


def offers(guide: Guide) -> None:
    """Every document of the visit, in guided order."""
    guide.go("notices", _visit(guide))
    guide.press("Ctrl+N")


def offers_found(guide: Guide) -> None:
    """Documents found by pinyin initials."""
    offers(guide)
    dialog = guide.find(OfferDialog)
    dialog.search.field.setText("cfjd")
    guide.wait(lambda: 0 < len(dialog.search.list.rows()) < 12)


def text_form(guide: Guide) -> None:
    """A form of text and a list."""
    _open(guide, FormCode.MEASURES_DECISION, _MEASURES)


def table_form(guide: Guide) -> None:
    """A form that is a table, in one of its rows."""
    view = _open(guide, FormCode.SEIZURE_LIST, _THINGS)
    view.filling.focus("items")
    guide.wait()


def interview_form(guide: Guide) -> None:
    """Questions and answers."""
    view = _open(guide, FormCode.INTERVIEW_RECORD, _INTERVIEW)
    view.filling.focus("qa")
    guide.wait()


def penalty_form(guide: Guide) -> None:
    """A long form with money, choices and law."""
    view = _open(guide, FormCode.PENALTY_UNIT, _PENALTY)
    view.filling.focus("fine")
    guide.wait()


def missing(guide: Guide) -> None:
    """What is still missing, said after Ctrl+Enter."""
    penalty_form(guide)
    guide.press("Ctrl+Enter")


def reasons(guide: Guide) -> None:
    """The check beside the page: errors, a warning that is explained, one that still needs its reason."""
    view = _open(guide, FormCode.ADMONITION, _ADMONITION)
    guide.press("F7")
    warnings = list(view.findings.reasons)
    if warnings:
        notice = view.filling.desk.notice_id
        guide.ask(guide.services.notices.explain, notice, warnings[0], "已当场核对，情况属实，负责人书面说明附卷")
        guide.go("notices", f"notice:{notice}")
        guide.press("F7")
    guide.wait()
    for box in view.findings.reasons.values():
        view.findings.scroller.ensureWidgetVisible(box)
    guide.wait()


def ledger(guide: Guide) -> None:
    """Every number of the laptop."""
    guide.go("notices", _visit(guide))
    guide.press("Alt+J")


def packs(guide: Guide) -> None:
    """The law packs in the settings."""
    guide.go("settings")
    guide.wait()
    card = guide.find(PacksCard)
    card.doubts.setFocus()
    guide.wait()


def doubts(guide: Guide) -> None:
    """What of the pack in use is to be confirmed."""
    packs(guide)
    guide.find(PacksCard).doubts.click()
    guide.wait(lambda: bool(guide.find(DoubtsDialog).search.list.rows()))


def signed(guide: Guide) -> None:
    """The signed pages of an issued notice."""
    issued = next(one for one in guide.ask(guide.services.notices.recent) if one.state is NoticeState.ISSUED)
    guide.go("notices", f"notice:{issued.id}")
    guide.press("Alt+Q")
    guide.wait()


def pen(guide: Guide) -> None:
    """The field to sign on the screen."""
    signed(guide)
    guide.find(SignedDialog).pen.click()
    guide.wait()
