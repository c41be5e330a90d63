"""How a paper with a seal ends: officers with their certificates, respondent, QR code, issuer, seal and date."""

from __future__ import annotations

from inspector.notices import qr
from inspector.notices.document import PrintedOfficer
from inspector.notices.layout import LEFT, WIDTH, Block, Mark, Set
from inspector.notices.text import Align
from inspector.notices.typeset import ENDLESS, Typesetter
from inspector.notices.wording import Fragment, underlined

PITCH = 24.0
MOST_SIGN, LEAST_SIGN = 130.0, 56.0
"""Points to sign on."""
CERTIFICATE_MM = 124.4
"""Where the certificate begins, from the left edge of the paper, as in form 5."""
SEAL_MM = 132.0
"""Middle of issuer, seal and date from the left edge of the paper, as in form 5."""
SEAL_ROOM = 40.0
"""White over the issuer's name: a round seal of 42 mm, its lower edge on the date (骑年盖月), meets no other text."""


def closing(setter: Typesetter, *, is_party_first: bool = False, certificate_mm: float = CERTIFICATE_MM) -> Block:
    """Officers with certificate numbers, respondent, QR code at the left, issuer with seal and date at the right."""
    party = setter.text([*setter.say("sign_party"), Fragment("", blank=94)], align=Align.LEFT)
    label = setter.document.wording["sign_officers"]
    signed, end = officers(setter, label, PITCH if is_party_first else 0.0, certificate_mm=certificate_mm)
    line = Set(0, 0.0 if is_party_first else end, WIDTH, party)
    marks: list[Mark] = [line, *signed] if is_party_first else [*signed, line]
    y = end if is_party_first else end + PITCH
    stamped, y = seal(setter, y)
    return Block(y + 2, (*marks, *stamped))


def seal(setter: Typesetter, y: float, *, has_date: bool = True) -> tuple[list[Mark], float]:
    """QR code at the left, issuer, room for the seal and date at the right from `y` on; returns where it ends."""
    sheet = setter.document.sheet
    centre = (sheet.kind.closing.seal_mm if sheet is not None else SEAL_MM) * 72 / 25.4 - LEFT
    half = WIDTH - centre
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


def officers(
    setter: Typesetter, label: str, top: float, *, width: float = WIDTH, certificate_mm: float = CERTIFICATE_MM
) -> tuple[list[Mark], float]:
    """A line each: blank to sign on, number of the certificate, the name in print; returns the lines' end.

    A name or number too long for the line stands at the right of a line of its own.
    """
    left = setter.width(label)
    told = [setter.text(_certificate(setter, officer), align=Align.LEFT) for officer in setter.document.officers]
    needed = max((text.lines(ENDLESS)[0].end for text in told), default=0.0)
    sheet = setter.document.sheet
    wanted = (sheet.kind.closing.certificate_mm if sheet is not None else certificate_mm) * 72 / 25.4 - LEFT
    reach = min(wanted, left + MOST_SIGN, width - needed - 1)
    has_room = reach - left >= LEAST_SIGN
    blank = setter.text([Fragment("", blank=(reach if has_room else width) - left)], align=Align.LEFT)
    marks: list[Mark] = [Set(0, top, left + 1, setter.text([Fragment(label)], align=Align.LEFT))]
    y = top
    for text in told:
        marks.append(Set(left, y, width - left + 1, blank))
        y += 0.0 if has_room else PITCH
        at = reach if has_room else max(width - needed - 1, 0.0)
        marks.append(Set(at, y, width - at, text))
        y += PITCH * len(text.lines(width - at))
    return marks, max(y, top + PITCH)


def _certificate(setter: Typesetter, officer: PrintedOfficer) -> list[Fragment]:
    name = setter.say("officer_name", officer=officer.name)
    return [*setter.say("certificate"), *underlined(officer.cert_no), *name]
