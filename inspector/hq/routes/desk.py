"""Routes that let a laptop in: hello, enrolment, position, register, leases."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post
from litestar.params import FromQuery, JSONBody, QueryParameter

from inspector.hq.routes.given import Sender, Service
from inspector.protocol.messages import Enrolled, EnrolRequest, Hello, Leased, LeaseRequest, Position, RegisterAnswer


@get("/v1/hello", sync_to_thread=True)
def hello(service: Service, nonce: FromQuery[str]) -> Hello:
    """Introduce headquarters and open a session."""
    return service.hello(nonce)


@post("/v1/enrol", sync_to_thread=True)
def enrol(service: Service, data: JSONBody[EnrolRequest]) -> Enrolled:
    """Admit a new device with a one-time code."""
    return service.enrol(data)


@get("/v1/position", sync_to_thread=True)
def position(service: Service, sender: Sender) -> Position:
    """Say how far this device's chain is stored."""
    return service.position(sender)


@get("/v1/register", sync_to_thread=True)
def register(
    service: Service, sender: Sender, cursor: Annotated[int, QueryParameter(ge=0, le=1 << 53)] = 0
) -> RegisterAnswer:
    """Hand out one page of the register."""
    return service.register(sender, cursor)


@post("/v1/leases", sync_to_thread=True, status_code=200)
def lend(service: Service, sender: Sender, data: JSONBody[LeaseRequest]) -> Leased:
    """Lend a block of document numbers."""
    return service.lend(sender, data)
