"""The documents that a visit may have, as rows in guided order, and found by 汉字, pinyin initials, code or English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from inspector.app import App
from inspector.domain.notice import Notice, NoticeState
from inspector.law import search
from inspector.services.documents import Offer
from ui.models.document_words import group_word, missing_words
from ui.models.moments import day_time
from ui.palette_search import Found, fit
from ui.text import is_english, tr
from ui.theme.status import Badge
from ui.widgets.rows import Row

HEADING: Final = "group:"
"""How the id of a heading begins."""
SUGGESTED: Final = "suggested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """What a visit is offered; `notices` are those it has, by id; `abouts` names what a document may be about."""

    inspection_id: str
    offers: tuple[Offer, ...]
    notices: dict[str, Notice]
    abouts: dict[str, Notice]


def read_offers(services: App, inspection_id: str) -> Offers:
    """Read what a visit is offered. Raises NotFound, PackDamaged."""
    offers = services.notices.offered(inspection_id)
    own: dict[str, Notice] = {one.id: one for one in services.notices.of(inspection_id)}
    wanted = {each for offer in offers for each in offer.about_choices} - own.keys()
    others = {each: services.notices.get(each) for each in wanted}
    return Offers(inspection_id=inspection_id, offers=offers, notices=own, abouts=own | others)


def offer_name(offer: Offer) -> str:
    """Return the name of a document, in the language that is on."""
    return offer.name_en if is_english() and offer.name_en else offer.name


def found_offers(told: Offers, text: str) -> list[Offer]:
    """Return the offers that every word of `text` names, best first; all in guided order without one."""
    words = search.words(text)
    if not words:
        return list(told.offers)
    ranked: list[tuple[int, int, Offer]] = []
    for place, offer in enumerate(told.offers):
        record = Found(kind="", id=offer.form, title=offer.name, second=f"{offer.name_en} {offer.form}")
        rank = fit(record, words)
        if rank is not None:
            ranked.append((rank, place, offer))
    return [offer for _rank, _place, offer in sorted(ranked, key=lambda one: one[:2])]


def offer_rows(told: Offers, text: str) -> list[Row]:
    """Return the rows: what is suggested first, then group by group; a search shows its hits alone."""
    found = found_offers(told, text)
    if text.strip():
        return [_row(told, offer) for offer in found]
    made: list[Row] = []
    suggested = [offer for offer in found if offer.is_suggested]
    if suggested:
        made.append(Row(id=HEADING + SUGGESTED, title=tr("建议接着制作"), icon="filled/point"))
        made += [_row(told, offer) for offer in suggested]
    for group in dict.fromkeys(offer.group for offer in found):
        rest = [offer for offer in found if offer.group == group and not offer.is_suggested]
        if rest:
            made.append(Row(id=HEADING + group, title=group_word(group), icon="folder"))
            made += [_row(told, offer) for offer in rest]
    return made


def is_heading(row_id: str) -> bool:
    """Whether a row is the heading of a group."""
    return row_id.startswith(HEADING)


def why_not(offer: Offer) -> str:
    """Return what must come first, empty if it can be begun."""
    return "" if offer.is_ready else missing_words(offer.missing)


def _row(told: Offers, offer: Offer) -> Row:
    why = why_not(offer)
    made = [told.notices[one] for one in offer.made if one in told.notices]
    badges = (Badge(word=tr("建议"), fg="accent"),) if offer.is_suggested else ()
    return Row(
        id=offer.form,
        title=offer_name(offer),
        second=why or "\u3000".join(made_word(one) for one in made) or tr("可以制作"),
        icon="lock" if why else "file-text" if made else "file-plus",
        icon_color="text3" if why else "text2",
        badges=badges,
        is_dim=bool(why),
    )


def made_word(notice: Notice) -> str:
    """Return how it stands with a document that the visit has: 草稿 11-22 09:30, or its number."""
    if notice.state is NoticeState.DRAFT:
        return tr("草稿 {at}", at=day_time(notice.created_at)[5:])
    return notice.number or tr("已核发 {at}", at=day_time(notice.issued_at)[5:] if notice.issued_at else "")
