"""现场检查记录: labels and blanks, what the officers stated, the findings on ruled lines, signatures on each page."""

from __future__ import annotations

from datetime import datetime

from inspector.clock import CHINA
from inspector.domain.hazard import Measure, Severity
from inspector.notices import qr
from inspector.notices.document import PrintedHazard, PrintedVisit
from inspector.notices.forms import findings
from inspector.notices.layout import WIDTH, Block, Box, Mark, Plan, Set
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, LABEL_GAP, Typesetter
from inspector.notices.wording import Fragment, ordinals, underlined

PITCH = 27.0
"""Distance of the last signature lines: room to write."""


def plan(setter: Typesetter) -> Plan:
    """Return the record's boxes. The closing block has lines for a refusal to sign and for a witness."""
    words, visit = setter.document.wording, setter.document.visit
    if visit is None:
        raise ValueError("a record without a visit")
    return Plan(
        flow=(*_facts(setter, visit), *_statement(setter, visit), *_findings(setter, visit)),
        compact=setter.compact_signatures(),
        closing=_closing(setter),
        is_pinned=True,
        blank_pitch=24.0,
        blank_text=setter.text([Fragment(words["blank_below"])], align=Align.CENTER),
        turned_text=setter.text([Fragment(words["turned"])], align=Align.CENTER),
    )


def _facts(setter: Typesetter, visit: PrintedVisit) -> list[Box]:
    words = setter.document.wording
    rows = (
        {"unit": setter.document.party},
        {"credit_code": visit.credit_code},
        {"address": visit.address},
        {"responsible_person": visit.responsible_person, "position": visit.position, "phone": visit.phone},
        {"place": visit.place},
    )
    boxes = [box for row in rows for box in setter.fields(*((words[name], value) for name, value in row.items()))]
    return [
        *boxes,
        setter.text([Fragment(words["time"]), Fragment("", gap=LABEL_GAP), *_span(setter, visit)], align=Align.LEFT),
    ]


def _span(setter: Typesetter, visit: PrintedVisit) -> tuple[Fragment, ...]:
    """From … to …, the year said again only where it changes; blanks for an end that is not known yet."""
    begun = visit.started_at.astimezone(CHINA)
    ended = visit.ended_at.astimezone(CHINA) if visit.ended_at else None
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


def _statement(setter: Typesetter, visit: PrintedVisit) -> list[Text]:
    """What the officers said on entering: who they are, and the right to ask for recusal, where it was told."""
    document = setter.document
    names = findings.joined([underlined(officer.name) for officer in document.officers])
    numbers = findings.joined([underlined(officer.cert_no) for officer in document.officers])
    opening = setter.say("opening", issuer=underlined(document.issuer_name), officers=names, certificates=numbers)
    shown = setter.say("id_shown") if visit.is_id_shown else ()
    boxes = [setter.paragraph([*opening, *shown, *setter.say("cooperate")])]
    if visit.is_recusal_told:
        boxes.append(setter.paragraph(setter.say("recusal", answer=[Fragment("", blank=5 * BODY_SIZE)])))
    return boxes


def _findings(setter: Typesetter, visit: PrintedVisit) -> list[Text]:
    """检查情况 on ruled lines: who was there, what was found item by item, what else was noted."""
    document = setter.document
    paragraphs: list[tuple[Fragment, ...]] = []
    if visit.companion:
        paragraphs.append(_present(setter, visit))
    if document.hazards:
        count, major = len(document.hazards), sum(h.severity is Severity.MAJOR for h in document.hazards)
        name = "found_major" if major else "found"
        values = {"count": f"{count}", "major": f"{major}"}
        paragraphs.append(setter.say(name, **values))
        paragraphs += [(*findings.sentence(setter, hazard), *_handling(setter, hazard)) for hazard in document.hazards]
    elif visit.is_clean:
        paragraphs.append(setter.say("clean"))
    if visit.note:
        paragraphs.append(findings.ended(setter.say("note", note=visit.note)))
    if document.supersedes_number:
        paragraphs.append(setter.say("replaces", number=document.supersedes_number, title=document.title))
    label = document.wording["findings"]
    texts = [setter.ruled(paragraphs[0] if paragraphs else (), label)]
    return texts + [setter.ruled(paragraph) for paragraph in paragraphs[1:]]


def _present(setter: Typesetter, visit: PrintedVisit) -> tuple[Fragment, ...]:
    who = [Fragment(visit.companion)]
    if visit.companion_position:
        who += setter.say("present_position", position=visit.companion_position)
    if visit.companion_phone:
        who += setter.say("present_phone", phone=visit.companion_phone)
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
    style = {"pitch": PITCH, "align": Align.LEFT}
    rows = [
        setter.text(setter.officers_sign(room), **style),
        setter.text([*setter.say("sign_party"), Fragment("", blank=100)], **style),
        setter.text([Fragment(refused)], **style, is_ruled=True, rule_from=setter.width(refused)),
        setter.text([*setter.say("sign_witness"), Fragment("", blank=100)], **style),
    ]
    marks: list[Mark] = [Set(0, 6 + PITCH * index, room, row) for index, row in enumerate(rows)]
    day = setter.text([Fragment(setter.day(setter.document.issued_on))], pitch=PITCH, align=Align.RIGHT)
    marks.append(Set(0, 6 + PITCH * 3, WIDTH if not code else room, day))
    return Block(6 + PITCH * 4, (*marks, *code))
