"""责令限期整改指令书: the problems on ruled lines, the order grouped by deadline, remedies, signatures and seal."""

from __future__ import annotations

from datetime import date

from inspector.domain.hazard import Measure
from inspector.notices.document import PrintedHazard, PrintedRemedies
from inspector.notices.forms import findings, sealed
from inspector.notices.layout import Block, Plan
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, Typesetter
from inspector.notices.wording import Fragment, date_fragments, ordinals, underlined


def plan(setter: Typesetter) -> Plan:
    """Return the order's boxes; the closing block follows the text."""
    return Plan(
        flow=(*_problems(setter), *_order(setter)),
        compact=setter.compact_signatures(),
        closing=sealed.closing(setter),
        is_pinned=False,
        turned_text=setter.text(setter.say("turned"), align=Align.CENTER),
    )


def _problems(setter: Typesetter) -> list[Text | Block]:
    document = setter.document
    addressee = setter.text(setter.say("addressee", party=underlined(document.party)))
    boxes: list[Text | Block] = [Block(8.0, ()), addressee, setter.paragraph(setter.say("opening"))]
    for hazard in document.hazards:
        number, *rest = findings.sentence(setter, hazard)
        if hazard.requirement:
            rest += findings.ended(setter.say("requirement", requirement=hazard.requirement))
        if hazard.photos:
            rest += setter.say("seen_on", photos=ordinals(hazard.photos))
        boxes.append(setter.ruled(rest, label=number.text))
    return boxes


def _order(setter: Typesetter) -> list[Text]:
    document = setter.document
    paragraphs: list[tuple[Fragment, ...]] = []
    if document.hazards:
        paragraphs.append((*setter.say("order"), *_groups(setter), *setter.say("order_end")))
    paragraphs.append(setter.say("meanwhile"))
    if document.remedies is not None:
        paragraphs.append(_remedies(setter, document.remedies))
    if document.supersedes_number:
        paragraphs.append(setter.say("replaces", number=document.supersedes_number, title=document.title))
    return [setter.paragraph(paragraph) for paragraph in paragraphs]


def _remedies(setter: Typesetter, remedies: PrintedRemedies) -> tuple[Fragment, ...]:
    return setter.say(
        "remedies",
        government=underlined(remedies.government),
        court=underlined(remedies.court),
        days=f"{remedies.reconsider_days}",
        months=f"{remedies.sue_months}",
    )


def _groups(setter: Typesetter) -> list[Fragment]:
    """第1、3项问题于…前整改完毕；对上述第2项问题立即整改: one clause for each measure and deadline, by first item."""
    groups: dict[tuple[Measure, date | None], list[int]] = {}
    for hazard in setter.document.hazards:
        groups.setdefault(_key(hazard), []).append(hazard.ordinal)
    clauses: list[Fragment] = []
    for (measure, deadline), numbers in groups.items():
        clauses += setter.say("order_join") if clauses else ()
        items = underlined(ordinals(numbers))
        if measure is Measure.IMMEDIATE:
            clauses += setter.say("order_immediate", ordinals=items)
        elif measure is Measure.STOP and deadline is None:
            clauses += setter.say("order_stop_open", ordinals=items)
        else:
            name = "order_stop" if measure is Measure.STOP else "order_rectify"
            clauses += setter.say(name, ordinals=items, date=_deadline(setter, deadline))
    return clauses


def _key(hazard: PrintedHazard) -> tuple[Measure, date | None]:
    return hazard.measure, None if hazard.measure is Measure.IMMEDIATE else hazard.deadline


def _deadline(setter: Typesetter, day: date | None) -> tuple[Fragment, ...]:
    sentence = setter.document.wording["date"]
    if day is None:
        blank = [Fragment("", blank=2 * BODY_SIZE)]
        return setter.say("date", year=blank, month=blank, day=blank)
    return date_fragments(sentence, day)
