"""Turns HTTP answers into messages, or into Offline and HqRefused; a hotel's login page is not headquarters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

import msgspec

from inspector.errors import HqRefused, InspectorError, Offline
from inspector.protocol.messages import MAX_JSON, Problem

if TYPE_CHECKING:
    import httpx

BUSY: Final = frozenset({408, 425, 429, 502, 503, 504})
"""Statuses that a proxy or a busy server gives for a while (RFC 9110 §15, RFC 6585 §4): try again later."""
SESSION_PROBLEMS: Final = frozenset({"session", "session_unknown", "session_expired", "replay"})
"""Codes that a new hello mends."""

Message = TypeVar("Message", bound=msgspec.Struct)


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One whole answer: status, media type without parameters, body."""

    status: int
    media: str
    body: bytes


def whole(response: httpx.Response) -> Answer:
    """Read a streamed response, at most MAX_JSON bytes. Raises Offline(too_large); httpx's errors pass through."""
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > MAX_JSON:
            raise Offline(cause="too_large")
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(status=response.status_code, media=media, body=bytes(body))


def message(answer: Answer, kind: type[Message]) -> Message:
    """Return the message of a 200 or 201. Raises Offline (not_json, not_ours, redirect, status_N) or HqRefused."""
    _demand_success(answer)
    if answer.media != "application/json":
        raise Offline(cause="not_json")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except msgspec.DecodeError as error:
        raise Offline(cause="not_ours") from error


def nothing(answer: Answer) -> None:
    """Accept 204, or 200 with JSON (already had). Raises Offline or HqRefused."""
    _demand_success(answer)
    if answer.status != 204 and answer.media != "application/json":
        raise Offline(cause="not_json")


def is_session_problem(error: InspectorError) -> bool:
    """Whether the refusal only means that the session must begin anew."""
    return isinstance(error, HqRefused) and error.facts["title"] in SESSION_PROBLEMS


def _demand_success(answer: Answer) -> None:
    if answer.status in (200, 201, 204):
        return
    if 300 <= answer.status < 400:
        raise Offline(cause="redirect")
    if answer.status in BUSY:
        raise Offline(cause=f"status_{answer.status}")
    problem = _problem(answer)
    if problem is not None:
        raise HqRefused(
            status=answer.status,
            title=problem.type,
            detail=problem.detail or problem.title,
            expect_seq=problem.expect_seq,
            head=problem.head,
        )
    if answer.status == 500:
        # Perhaps one item that the server can't digest: the caller decides whether the others go on.
        raise HqRefused(status=500, title="server_error", detail="")
    raise Offline(cause=f"status_{answer.status}")


def _problem(answer: Answer) -> Problem | None:
    if answer.media not in ("application/problem+json", "application/json"):
        return None
    try:
        return msgspec.json.decode(answer.body, type=Problem)
    except msgspec.DecodeError:
        return None
