"""Stands before the routes: checks size, signature, nonce and digest of every request before anything reads it."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Final, cast

import msgspec
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send

from inspector.crypto.http_signatures import Message, is_digest_of
from inspector.hq import strict
from inspector.hq.problem import Refusal
from inspector.hq.service import HqService
from inspector.protocol.messages import MAX_JSON, MAX_SEGMENT, Problem

UNSIGNED: Final = frozenset({"/v1/hello", "/v1/enrol"})
IDLE_SECONDS: Final = 30
"""A body that stands still for so long is given up."""
_MAX_UNSIGNED: Final = 1 << 16
_SEGMENT_PATH = re.compile(r"/v1/blobs/[^/]+/\d+-\d+")
_encoder = msgspec.json.Encoder()


class Gate:
    """ASGI in front of ASGI: sets scope["user"] to the device; bodies other than segments arrive checked, in one piece.

    The limits are looked at before a byte of the body is read, the signature before the body, the digest before
    anything is parsed. A refusal is answered with problem details (RFC 9457) after the rest of the body has been
    read away, so that a client still writing hears it.
    """

    def __init__(self, app: ASGIApp, service: HqService, *, public_origin: str = "") -> None:
        self._app = app
        self._service = service
        self._origin = public_origin.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = Body(receive)
        try:
            inner = await self._admit(cast("HTTPScope", scope), body)
        except Refusal as refusal:
            await body.drain()
            await send_problem(send, refusal.problem)
            return
        await self._app(scope, inner, send)

    async def _admit(self, scope: HTTPScope, body: Body) -> Receive:
        message = self._message(scope)
        is_open = scope["path"] in UNSIGNED
        is_segment = scope["method"] == "PUT" and _SEGMENT_PATH.fullmatch(scope["path"]) is not None
        announced = _announced(message)
        if announced > (_MAX_UNSIGNED if is_open else MAX_SEGMENT if is_segment else MAX_JSON):
            raise Refusal("too_large")
        if not is_open:
            scope["user"] = await asyncio.to_thread(self._service.authenticate, message, has_body=announced != 0)
        if is_segment:
            return body.receive
        content = await body.read(_MAX_UNSIGNED if is_open else MAX_JSON)
        if content:
            _check_json(message, content, is_signed=not is_open)
        return _replay(content)

    def _message(self, scope: HTTPScope) -> Message:
        headers: dict[str, str] = {}
        for raw_name, raw_value in scope["headers"]:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
            headers[name] = f"{headers[name]}, {value}" if name in headers else value
        origin = self._origin or f"{scope['scheme']}://{headers.get('host', '')}"
        query = scope["query_string"].decode("latin-1")
        path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        return Message(method=scope["method"], url=origin + path + (f"?{query}" if query else ""), headers=headers)


class Body:
    """The body of one request, as it comes in."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._is_over = False

    async def receive(self) -> Any:
        """Return the next ASGI message. Raises Refusal timeout if nothing comes for IDLE_SECONDS."""
        if self._is_over:
            return await self._receive()  # waits for the end of the connection
        try:
            async with asyncio.timeout(IDLE_SECONDS):
                message = await self._receive()
        except TimeoutError as error:
            self._is_over = True
            raise Refusal("timeout") from error
        if message["type"] != "http.request" or not message.get("more_body", False):
            self._is_over = True
        return message

    async def read(self, limit: int) -> bytes:
        """Return the whole body. Raises Refusal too_large beyond `limit`, malformed if it was cut off."""
        parts: list[bytes] = []
        size = 0
        while not self._is_over:
            message = await self.receive()
            if message["type"] != "http.request":
                raise Refusal("malformed", "cut off")
            size += len(message.get("body", b""))
            if size > limit:
                raise Refusal("too_large")
            parts.append(message.get("body", b""))
        return b"".join(parts)

    async def drain(self) -> None:
        """Read away what still comes, up to one segment."""
        left = MAX_SEGMENT
        while not self._is_over and left > 0:
            try:
                message = await self.receive()
            except Refusal:
                return
            left -= len(message.get("body", b""))


def _announced(message: Message) -> int:
    """Return the announced length of the body, -1 if it comes in pieces of unknown sum."""
    text = message.headers.get("content-length")
    if text is None:
        return -1 if "transfer-encoding" in message.headers else 0
    if not text.isascii() or not text.isdecimal():
        raise Refusal("malformed", "content-length")
    return int(text)


def _check_json(message: Message, content: bytes, *, is_signed: bool) -> None:
    if is_signed and not is_digest_of(message.headers.get("content-digest", ""), content):
        raise Refusal("digest", "body")
    if message.headers.get("content-type", "application/json").partition(";")[0].strip() != "application/json":
        raise Refusal("media_type")
    try:
        strict.check(content)
    except strict.NotStrict as error:
        raise Refusal("malformed", error.reason) from error


def _replay(content: bytes) -> Receive:
    messages: list[Any] = [{"type": "http.request", "body": content, "more_body": False}]

    async def receive() -> Any:
        return messages.pop() if messages else {"type": "http.disconnect"}

    return receive


async def send_problem(send: Send, problem: Problem) -> None:
    """Answer with problem details (RFC 9457)."""
    body = _encoder.encode(problem)
    headers = [(b"content-type", b"application/problem+json"), (b"content-length", str(len(body)).encode())]
    if problem.status in {503, 507}:
        headers.append((b"retry-after", b"30"))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
