"""What headquarters refuses, as RFC 9457 problem details: the one list of codes, titles and HTTP statuses."""

from __future__ import annotations

from typing import Final

from inspector.protocol.messages import Problem

TITLES: Final[dict[str, tuple[int, str]]] = {
    "malformed": (400, "The request can't be read"),
    "bad_signature": (401, "The request's signature is missing or wrong"),
    "unknown_device": (401, "No such device is enrolled here"),
    "session": (401, "The session is unknown or over; say hello again"),
    "replay": (401, "This nonce was used before"),
    "revoked": (403, "The device's enrolment was withdrawn"),
    "foreign_device": (403, "A device may only send its own entries"),
    "code_refused": (403, "The enrolment code is wrong, used or too old"),
    "not_found": (404, "Nothing lives at this address"),
    "method": (405, "This address doesn't take that method"),
    "timeout": (408, "The body stopped coming"),
    "gap": (409, "Entries before these are missing"),
    "fork": (409, "Other entries are already stored under these numbers"),
    "incomplete": (409, "Parts of the blob are missing or damaged; offer it again"),
    "lease_refused": (409, "No numbers can be lent for this request"),
    "not_offered": (410, "Offer the blob first"),
    "too_large": (413, "The request is too large"),
    "media_type": (415, "Bodies are application/json"),
    "digest": (422, "The bytes don't fit their digest"),
    "length": (422, "The body has not the length of the named chunks"),
    "order": (422, "The entries don't carry the numbers under which they were sent"),
    "internal": (500, "Headquarters failed; nothing of this request was kept"),
    "busy": (503, "Headquarters is busy; try again later"),
    "storage_full": (507, "Headquarters' disk is full"),
}
"""Code → (status, title). The titles are for engineers; the window has its own words."""


class Refusal(Exception):
    """An honest no to a laptop; carries the problem document that goes back."""

    def __init__(self, code: str, detail: str = "", *, expect_seq: int | None = None, head: str | None = None) -> None:
        status, title = TITLES[code]
        self.problem = Problem(type=code, title=title, status=status, detail=detail, expect_seq=expect_seq, head=head)
        super().__init__(code, detail)
