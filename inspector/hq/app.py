"""Puts routes, errors and the gate together into one ASGI application."""

from __future__ import annotations

import time
from typing import Any, cast

from litestar import Litestar, Request, Response
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.openapi import OpenAPIConfig
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from inspector import log
from inspector.hq import devices
from inspector.hq.gate import Gate, send_problem
from inspector.hq.problem import Refusal
from inspector.hq.routes import blobs, desk, entries
from inspector.hq.service import HqService
from inspector.protocol.messages import Problem

ROUTES = (
    desk.hello,
    desk.enrol,
    desk.position,
    desk.register,
    desk.lend,
    entries.push,
    blobs.offer,
    blobs.put_segment,
    blobs.seal,
)
_BY_STATUS = {400: "malformed", 404: "not_found", 405: "method", 413: "too_large", 415: "media_type"}


def build(service: HqService, *, public_origin: str = "") -> ASGIApp:
    """Return the application that serves `service`.

    `public_origin` (e.g. https://hq.example) is what laptops see when a proxy stands in front; their signatures cover
    it. Without it the Host header says it.
    """
    app = Litestar(
        ROUTES,
        dependencies={
            "service": Provide(lambda: service, sync_to_thread=False),
            "sender": Provide(_sender, sync_to_thread=False),
        },
        exception_handlers={Refusal: _refused, HTTPException: _http, Exception: _bug},
        openapi_config=OpenAPIConfig(title="field-inspector headquarters", version="1"),
        request_max_body_size=None,  # the gate has counted
        logging_config=None,
    )
    return Journalist(cast("ASGIApp", Gate(cast("ASGIApp", app), service, public_origin=public_origin)))


def _sender(request: Request[Any, Any, Any]) -> devices.Device:
    return request.user


def _answer(problem: Problem) -> Response[Problem]:
    headers = {"Retry-After": "30"} if problem.status in {503, 507} else {}
    return Response(problem, status_code=problem.status, media_type="application/problem+json", headers=headers)


def _refused(_request: Request[Any, Any, Any], refusal: Refusal) -> Response[Problem]:
    return _answer(refusal.problem)


def _http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    if error.status_code >= 500:
        log.bug(error)
    return _answer(Refusal(_BY_STATUS.get(error.status_code, "internal")).problem)


def _bug(_request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    log.bug(error)
    return _answer(Refusal("internal").problem)


class Journalist:
    """Writes one line per request: route, status and time, never content."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0
        began = time.monotonic()

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - the outermost layer: a bug is logged and answered as one
            log.bug(error)
            if status == 0:
                await send_problem(watched, Refusal("internal").problem)
        finally:
            took = round((time.monotonic() - began) * 1000)
            log.event("request", method=scope["method"], route=scope["path"][:120], status=status, ms=took)
