"""How a paper with a seal ends: officers with their certificates, respondent, QR code, issuer, seal and date."""

from __future__ import annotations

from inspector.notices import qr
from inspector.notices.document import PrintedOfficer
from inspector.notices.layout import WIDTH, Block, Mark, Set
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, Typesetter
from inspector.notices.wording import Fragment, underlined

PITCH = 24.0
SIGN_WIDTH = 84.0
"""Points to sign on, as in the specimen."""
SEAL_CENTRE = 382.0 - 90.0
"""Centre of issuer, seal and date: 135 mm from the left edge of the paper (facts.md §7)."""
SEAL_ROOM = 40.0
"""White over the issuer's name: a round seal of 42 mm, its lower edge on the date (骑年盖月), meets no other text."""


def closing(setter: Typesetter, *, is_party_first: bool = False) -> Block:
    """Officers with certificate numbers, respondent, QR code at the left, issuer with seal and date at the right."""
    party = setter.text([*setter.say("sign_party"), Fragment("", blank=94)], align=Align.LEFT)
    label = setter.document.wording["sign_officers"]
    signed, end = officers(setter, label, PITCH if is_party_first else 0.0)
    marks: list[Mark] = [Set(0, 0.0 if is_party_first else end, WIDTH, party), *signed]
    y = end if is_party_first else end + PITCH
    stamped, y = seal(setter, y)
    return Block(y + 2, (*marks, *stamped))


def seal(setter: Typesetter, y: float, *, has_date: bool = True) -> tuple[list[Mark], float]:
    """QR code at the left, issuer, room for the seal and date at the right from `y` on; returns where it ends."""
    half = WIDTH - SEAL_CENTRE
    issuer = setter.text(setter.say("seal", issuer=setter.document.issuer_name), align=Align.CENTER)
    code = setter.code(14, y + 10)
    least = y + 10 + qr.SIZE + 24 if code else 0.0
    y += SEAL_ROOM
    marks: list[Mark] = [Set(WIDTH - 2 * half, y, 2 * half, issuer)]
    y += PITCH * len(issuer.lines(2 * half))
    if has_date:
        day = setter.text([Fragment(setter.day(setter.document.issued_on))], align=Align.CENTER)
        marks.append(Set(WIDTH - 2 * half, y, 2 * half, day))
        y += PITCH
    return [*marks, *code], max(y, least)


def officers(setter: Typesetter, label: str, top: float, *, width: float = WIDTH) -> tuple[list[Mark], float]:
    """A line each: blank to sign on, the name in print, and the number of the certificate; returns the lines' end."""
    named = setter.document.officers
    left = setter.width(label)
    signs = [_signature(setter, officer) for officer in named]
    numbers = [setter.text(_certificate(setter, officer), align=Align.LEFT) for officer in named]
    column = max((number.lines(width)[0].end for number in numbers), default=0.0)
    reach = max((left + sign.lines(width)[0].end for sign in signs), default=0.0)
    marks: list[Mark] = [Set(0, top, left + 1, setter.text([Fragment(label)], align=Align.LEFT))]
    y = top
    for sign, number in zip(signs, numbers, strict=True):
        marks.append(Set(left, y, width - left, sign))
        if reach + column + BODY_SIZE > width:
            y += PITCH
        marks.append(Set(width - column, y, column + 1, number))
        y += PITCH
    return marks, max(y, top + PITCH)


def _signature(setter: Typesetter, officer: PrintedOfficer) -> Text:
    name = setter.say("officer_name", officer=officer.name)
    return setter.text([Fragment("", blank=SIGN_WIDTH), *name], align=Align.LEFT)


def _certificate(setter: Typesetter, officer: PrintedOfficer) -> list[Fragment]:
    return [*setter.say("certificate"), *underlined(officer.cert_no)]
