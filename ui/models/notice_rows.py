"""Notices as rows of a list, and the words of their states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.domain.serving import Serving
from ui.models.moments import day_time
from ui.text import tr
from ui.text import words as words_on
from ui.theme.status import Badge
from ui.widgets.rows import Row


def form_name(form: FormCode) -> str:
    """Return the name of a form; on paper it is always Chinese."""
    words = {
        FormCode.INSPECTION_RECORD: tr("现场检查记录"),
        FormCode.RECTIFICATION_ORDER: tr("责令限期整改指令书"),
        FormCode.RECHECK_OPINION: tr("整改复查意见书"),
    }
    return words.get(form) or _name_in_pack(form)


def _name_in_pack(form: FormCode) -> str:
    from inspector.law import forms  # the pack is read with the first of these forms, not with the window

    told = forms.load().get(form)
    return told.name if words_on().language == "zh_CN" else told.name_en


def begin_word(form: FormCode) -> str:
    """Return what the action that begins a form is called."""
    words = {
        FormCode.INSPECTION_RECORD: tr("制作现场检查记录"),
        FormCode.RECTIFICATION_ORDER: tr("制作责令限期整改指令书"),
        FormCode.RECHECK_OPINION: tr("制作整改复查意见书"),
    }
    return words[form]


def state_badge(state: NoticeState) -> Badge:
    """Return 草稿, 已核发 or 已作废."""
    if state is NoticeState.DRAFT:
        return Badge(word=tr("草稿"), icon="pencil", line="lineStrong")
    if state is NoticeState.ISSUED:
        return Badge(word=tr("已核发"), icon="filled/circle-check", fg="ok", bg="okBg", line="okLine")
    return Badge(word=tr("已作废"), icon="file-x", fg="danger", bg="dangerBg", line="dangerLine")


def notice_rows(
    notices: Sequence[Notice],
    sites: Mapping[str, str] | None = None,
    served: Mapping[str, Serving] | None = None,
) -> list[Row]:
    """Return one row a notice, latest first.

    `sites` maps inspection id to firm where several firms are listed, `served` notice id to how it was handed over.
    """
    rows: list[Row] = []
    for notice in sorted(notices, key=lambda each: each.created_at, reverse=True):
        firm = (sites or {}).get(notice.inspection_id, "")
        at = day_time(notice.created_at)[5:]
        drafted = tr("起草 {at}", at=at[:5] if firm else at)  # the firm needs the room of the hour
        state = state_badge(notice.state)
        serving = (served or {}).get(notice.id) if notice.state is NoticeState.ISSUED else None
        rows.append(
            Row(
                id=notice.id,
                icon="checks" if serving else state.icon,
                icon_color=state.fg,
                title=form_name(notice.form),
                beside=tr("已送达") if serving else state.word,
                second=notice.number or "\u3000".join(part for part in (drafted, firm) if part),
                third=tr("送达 {at}", at=day_time(serving.served_at)[5:]) if serving else "",
                is_dim=notice.state is NoticeState.VOID,
            )
        )
    return rows
