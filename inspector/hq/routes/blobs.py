"""Routes that take evidence: offers, segments as a stream, seal."""

from __future__ import annotations

import asyncio
import hashlib
import re
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any

from litestar import Request, Response, post, put
from litestar.params import FromPath, JSONBody

from inspector import log
from inspector.hq.problem import Refusal
from inspector.hq.routes.given import Sender, Service
from inspector.hq.service import HqService
from inspector.hq.uploads import Segment
from inspector.protocol.messages import OfferResults, Offers, Sealed

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@post("/v1/offers", sync_to_thread=True, status_code=200)
def offer(service: Service, sender: Sender, data: JSONBody[Offers]) -> OfferResults:
    """Say of each blob what is here and what is missing."""
    return service.offer(sender, data)


@put("/v1/blobs/{sha256:str}/{span:str}", status_code=204)
async def put_segment(
    request: Request[Any, Any, Any], service: Service, sender: Sender, sha256: FromPath[str], span: FromPath[str]
) -> Response[None]:
    """Take chunks a..b-1 as one body; each is checked and kept as it comes. 204 new, 200 already here."""
    found = _SPAN.fullmatch(span)
    if found is None:
        raise Refusal("not_found")
    bounds = (int(found[1]), int(found[2]))
    segment = await asyncio.to_thread(service.segment, sender, sha256, bounds)
    if segment is None:
        return Response(None, status_code=200)
    if request.content_length not in {None, segment.length}:
        raise Refusal("length", f"expected {segment.length} bytes")
    await _take(request, service, segment)
    return Response(None, status_code=204)


async def _take(request: Request[Any, Any, Any], service: HqService, segment: Segment) -> None:
    """Read the body leaf by leaf: never more than a chunk and one network read in memory."""
    whole = hashlib.sha256()
    waiting = bytearray()
    n = segment.first
    async for part in _parts(request):
        whole.update(part)
        waiting += part
        while n < segment.last and len(waiting) >= segment.plan.length(n):
            leaf = bytes(waiting[: segment.plan.length(n)])
            del waiting[: segment.plan.length(n)]
            await asyncio.to_thread(service.put_leaf, segment, n, leaf)
            n += 1
        if n == segment.last and waiting:
            raise Refusal("length", f"expected {segment.length} bytes")
    if n != segment.last:
        raise Refusal("length", f"expected {segment.length} bytes")
    if request.headers.get("content-digest") != f"sha-256=:{b64encode(whole.digest()).decode()}:":
        raise Refusal("digest", "body")


async def _parts(request: Request[Any, Any, Any]) -> AsyncIterator[bytes]:
    is_over = False
    while not is_over:
        message = await request.receive()
        if message["type"] != "http.request":
            raise Refusal("malformed", "cut off")
        yield message["body"]
        is_over = not message["more_body"]


@post("/v1/blobs/{sha256:str}/seal", sync_to_thread=True, status_code=200)
def seal(service: Service, sender: Sender, sha256: FromPath[str]) -> Sealed:
    """Join the chunks, read everything back, and give the receipt."""
    answer = service.seal(sender, sha256)
    log.event("sealed", device=sender.id, sha256=sha256)
    return answer
