"""现场检查记录: labels and blanks, what the officers stated, the findings on ruled lines, signatures on each page."""

from __future__ import annotations

from datetime import datetime

from inspector.clock import CHINA
from inspector.domain.hazard import Measure, Severity
from inspector.notices import qr
from inspector.notices.document import PrintedHazard
from inspector.notices.forms import findings
from inspector.notices.layout import WIDTH, Block, Box, Mark, Plan, Set
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, LABEL_GAP, Typesetter
from inspector.notices.wording import Fragment, ordinals, underlined

PITCH = 27.0
"""Distance of the last signature lines: room to write."""


def plan(setter: Typesetter) -> Plan:
    """Return the record's boxes. The closing block has lines for a refusal to sign and for a witness."""
    words = setter.document.wording
    return Plan(
        flow=(*_facts(setter), *_statement(setter), *_findings(setter)),
        compact=setter.compact_signatures(),
        closing=_closing(setter),
        is_pinned=True,
        blank_pitch=24.0,
        blank_text=setter.text([Fragment(words["blank_below"])], align=Align.CENTER),
        turned_text=setter.text([Fragment(words["turned"])], align=Align.CENTER),
    )


def _facts(setter: Typesetter) -> list[Box]:
    document, words = setter.document, setter.document.wording
    values = {
        "unit": document.party,
        "credit_code": document.credit_code,
        "address": document.address,
    }
    boxes = [box for name, value in values.items() for box in setter.fields((words[name], value))]
    boxes += setter.fields(
        (words["responsible_person"], document.responsible_person),
        (words["position"], document.position),
        (words["phone"], document.phone),
    )
    boxes += setter.fields((words["place"], document.place))
    return [
        *boxes,
        setter.text([Fragment(words["time"]), Fragment("", gap=LABEL_GAP), *_span(setter)], align=Align.LEFT),
    ]


def _span(setter: Typesetter) -> tuple[Fragment, ...]:
    """From … to …, the year said again only where it changes; blanks for an end that is not known yet."""
    begun = setter.document.started_at.astimezone(CHINA)
    ended = setter.document.ended_at.astimezone(CHINA) if setter.document.ended_at else None
    name = "date" if ended and ended.year != begun.year else "month_day"
    until = setter.say(name, **_parts(ended))
    parts = {**_parts(begun), **{f"to_{key}": value for key, value in _parts(ended).items()}, "to_day": until}
    return setter.say("from_to", **parts)


def _parts(moment: datetime | None) -> dict[str, tuple[Fragment, ...]]:
    if moment is None:
        blank = (Fragment("", blank=2 * BODY_SIZE),)
        return dict.fromkeys(("year", "month", "day", "hour", "minute"), blank)
    told = {
        "year": f"{moment.year}",
        "month": f"{moment.month}",
        "day": f"{moment.day}",
        "hour": f"{moment:%H}",
        "minute": f"{moment:%M}",
    }
    return {key: underlined(value) for key, value in told.items()}


def _statement(setter: Typesetter) -> list[Text]:
    """What the officers said on entering: who they are, and the right to ask for recusal, where it was told."""
    document = setter.document
    names = findings.joined([underlined(officer.name) for officer in document.officers])
    numbers = findings.joined([underlined(officer.cert_no) for officer in document.officers])
    opening = setter.say("opening", issuer=underlined(document.issuer_name), officers=names, certificates=numbers)
    shown = setter.say("id_shown") if document.is_id_shown else ()
    boxes = [setter.paragraph([*opening, *shown, *setter.say("cooperate")])]
    if document.is_recusal_told:
        boxes.append(setter.paragraph(setter.say("recusal", answer=[Fragment("", blank=5 * BODY_SIZE)])))
    return boxes


def _findings(setter: Typesetter) -> list[Text]:
    """检查情况 on ruled lines: who was there, what was found item by item, what else was noted."""
    document = setter.document
    paragraphs: list[tuple[Fragment, ...]] = []
    if document.companion:
        paragraphs.append(_present(setter))
    if document.hazards:
        count, major = len(document.hazards), sum(h.severity is Severity.MAJOR for h in document.hazards)
        name = "found_major" if major else "found"
        values = {"count": f"{count}", "major": f"{major}"}
        paragraphs.append(setter.say(name, **values))
        paragraphs += [(*findings.sentence(setter, hazard), *_handling(setter, hazard)) for hazard in document.hazards]
    elif document.is_clean:
        paragraphs.append(setter.say("clean"))
    if document.note:
        paragraphs.append(setter.say("note", note=document.note))
    label = document.wording["findings"]
    texts = [setter.ruled(paragraphs[0] if paragraphs else (), label)]
    return texts + [setter.ruled(paragraph) for paragraph in paragraphs[1:]]


def _present(setter: Typesetter) -> tuple[Fragment, ...]:
    document = setter.document
    who = [Fragment(document.companion)]
    if document.companion_position:
        who += setter.say("present_position", position=document.companion_position)
    if document.companion_phone:
        who += setter.say("present_phone", phone=document.companion_phone)
    return setter.say("present", companion=who)


def _handling(setter: Typesetter, hazard: PrintedHazard) -> tuple[Fragment, ...]:
    """What is to be done about one item, and its photos."""
    name = {Measure.RECTIFY: "rectify", Measure.IMMEDIATE: "immediate", Measure.STOP: "stop"}[hazard.measure]
    if hazard.deadline is None:
        name = {"rectify": "", "stop": "stop_open"}.get(name, name)
    told = setter.say(f"handle_{name}", date=setter.day(hazard.deadline)) if name else ()
    return (*told, *(setter.say("seen_on", photos=ordinals(hazard.photos)) if hazard.photos else ()))


def _closing(setter: Typesetter) -> Block:
    code = setter.code(WIDTH - qr.SIZE - 12, 8)
    room = WIDTH - qr.SIZE - 40 if code else WIDTH
    refused = setter.document.wording["sign_refused"]
    blanks = setter.blanks(len(setter.document.officers), 78)
    style = {"pitch": PITCH, "align": Align.LEFT}
    rows = [
        setter.text([*setter.say("sign_officers"), *blanks], **style),
        setter.text([*setter.say("sign_party"), Fragment("", blank=100)], **style),
        setter.text([Fragment(refused)], **style, is_ruled=True, rule_from=setter.width(refused)),
        setter.text([*setter.say("sign_witness"), Fragment("", blank=100)], **style),
    ]
    marks: list[Mark] = [Set(0, 6 + PITCH * index, room, row) for index, row in enumerate(rows)]
    day = setter.text([Fragment(setter.day(setter.document.issued_on))], pitch=PITCH, align=Align.RIGHT)
    marks.append(Set(0, 6 + PITCH * 3, WIDTH if not code else room, day))
    return Block(6 + PITCH * 4, (*marks, *code))
