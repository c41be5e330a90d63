"""整改复查意见书: the order that is re-checked, each problem with what became of it, signatures and seal."""

from __future__ import annotations

from inspector.domain.hazard import Measure
from inspector.domain.recheck import Outcome
from inspector.notices.document import PrintedHazard, PrintedOrder, PrintedOutcome, PrintedRecheck
from inspector.notices.forms import findings, sealed
from inspector.notices.layout import Block, Plan
from inspector.notices.text import Align, Text
from inspector.notices.typeset import Typesetter
from inspector.notices.wording import Fragment, date_fragments, ordinals, underlined

_OUTCOMES = {
    Outcome.OPEN: "outcome_open",
    Outcome.DONE: "outcome_done",
    Outcome.PARTLY: "outcome_partly",
    Outcome.NOT_DONE: "outcome_not_done",
}

CERTIFICATE_MM = 118.9
"""Where the certificate begins, from the left edge of the paper, as in form 6."""


def plan(setter: Typesetter) -> Plan:
    """Return the opinion's boxes; the respondent signs before the officers, as in form 6 of the specimen."""
    recheck = setter.document.recheck
    if recheck is None:
        raise ValueError("an opinion without a re-check")
    return Plan(
        flow=(*_opening(setter, recheck), *_items(setter, recheck), *_end(setter, recheck)),
        compact=setter.compact_signatures(),
        closing=sealed.closing(setter, is_party_first=True, certificate_mm=CERTIFICATE_MM),
        is_pinned=False,
        turned_text=setter.text(setter.say("turned"), align=Align.CENTER),
    )


def _opening(setter: Typesetter, recheck: PrintedRecheck) -> list[Text | Block]:
    document = setter.document
    addressee = setter.text(setter.say("addressee", party=underlined(document.party)))
    cited: list[Fragment] = []
    for order in recheck.orders:
        cited += setter.say("decision_join") if cited else ()
        cited += _decision(setter, order)
    opening = setter.say("opening", orders=cited) if cited else setter.say("opening_empty")
    return [Block(8.0, ()), addressee, setter.paragraph(opening)]


def _decision(setter: Typesetter, order: PrintedOrder) -> tuple[Fragment, ...]:
    wording = setter.document.wording
    day = date_fragments(wording["date"], order.issued_on) if order.issued_on else ()
    what = underlined(wording[f"decision_{order.form.value}"])
    return setter.say("decision", date=day, what=what, number=order.number)


def _items(setter: Typesetter, recheck: PrintedRecheck) -> list[Text]:
    boxes: list[Text] = []
    for hazard, outcome in zip(setter.document.hazards, recheck.outcomes, strict=True):
        number, *rest = _problem(setter, hazard)
        several = len(recheck.orders) > 1 and outcome.order_ordinal
        if several:
            rest += setter.say("item_number", number=outcome.order_number, ordinal=f"{outcome.order_ordinal}")
        boxes.append(setter.ruled([*rest, *_opinion(setter, outcome)], label=number.text))
    return boxes


def _problem(setter: Typesetter, hazard: PrintedHazard) -> list[Fragment]:
    """1．place：description（整改期限：…前）。 The law it broke stands on the order."""
    parts = [Fragment(f"{hazard.ordinal}．")]
    if hazard.place:
        parts += [Fragment(hazard.place), Fragment("：")]
    parts.append(Fragment(hazard.text.rstrip("".join(findings.STOPS))))
    if hazard.measure is Measure.IMMEDIATE or hazard.deadline is None:
        parts += setter.say("item_immediate")
    else:
        parts += setter.say("item_deadline", date=setter.day(hazard.deadline))
    return [*parts, Fragment("。")]


def _opinion(setter: Typesetter, outcome: PrintedOutcome) -> list[Fragment]:
    parts = [*setter.say("opinion"), *underlined(setter.document.wording[_OUTCOMES[outcome.outcome]])]
    is_unsettled = outcome.outcome in (Outcome.PARTLY, Outcome.NOT_DONE)
    if is_unsettled and outcome.is_overdue:
        parts += setter.say("overdue")
    if outcome.pair:
        parts += setter.say("see_pair", ordinal=f"{outcome.pair}")
    parts.append(Fragment("。"))
    return [*parts, *(findings.ended([Fragment(outcome.note)]) if outcome.note else ())]


def _end(setter: Typesetter, recheck: PrintedRecheck) -> list[Text]:
    left = [
        hazard.ordinal
        for hazard, one in zip(setter.document.hazards, recheck.outcomes, strict=True)
        if one.outcome in (Outcome.PARTLY, Outcome.NOT_DONE)
    ]
    is_all_done = bool(recheck.outcomes) and all(one.outcome is Outcome.DONE for one in recheck.outcomes)
    paragraphs: list[tuple[Fragment, ...]] = []
    if left:
        paragraphs.append(setter.say("follow_up", ordinals=underlined(ordinals(left))))
    elif is_all_done:
        paragraphs.append(setter.say("all_done"))
    if setter.document.supersedes_number:
        old = {"number": setter.document.supersedes_number, "title": setter.document.title}
        paragraphs.append(setter.say("replaces", **old))
    return [setter.paragraph(paragraph) for paragraph in paragraphs]
