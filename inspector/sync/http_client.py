"""HqApi over HTTP: signed requests (RFC 9421), idle timeouts only, no redirects, no proxies from the environment."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote, urlsplit

import msgspec

from inspector import mainthread
from inspector.crypto import http_signatures
from inspector.crypto.signing import KeyPair
from inspector.errors import HqRefused, InvalidInput, Offline
from inspector.ids import new_id
from inspector.protocol.messages import (
    Enrolled,
    EnrolRequest,
    Hello,
    Leased,
    LeaseRequest,
    OfferResults,
    Offers,
    Position,
    Push,
    Pushed,
    RegisterAnswer,
    Sealed,
)
from inspector.sync import answers
from inspector.version import VERSION

if TYPE_CHECKING:
    import httpx

CONNECT_S: Final = 5.0
IDLE_S: Final = 30.0
"""Longest silence while sending or receiving; a whole call may take as long as the link needs."""
UNSENT_BYTES: Final = 128 * 1024
"""How much of a body may wait inside the kernel: with more, a thin link looks silent while it still sends."""

Message = TypeVar("Message", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class Device:
    """Who signs: the device id of the certificate and its key."""

    id: str
    key: KeyPair


class HttpHq:
    """One connection. `device` is None before enrolment: only hello and enrol work then."""

    def __init__(self, url: str, device: Device | None = None) -> None:
        """Open nothing yet. Raises InvalidInput for a URL that is not https (http only for this machine)."""
        self._base = checked_url(url)
        self._device = device
        self._session = ""
        self._counter = 0
        self._lock = threading.Lock()
        self._client: httpx.Client | None = None

    def hello(self, nonce: str) -> Hello:
        """See HqApi."""
        answer = self._send("GET", f"/v1/hello?nonce={quote(nonce, safe='')}", None, {})
        hello = answers.message(answer, Hello)
        with self._lock:
            self._session, self._counter = hello.session, 0
        return hello

    def enrol(self, request: EnrolRequest) -> Enrolled:
        """See HqApi."""
        return answers.message(self._send("POST", "/v1/enrol", _json(request), _JSON), Enrolled)

    def position(self) -> Position:
        """See HqApi."""
        return self._ask("GET", "/v1/position", None, Position)

    def push(self, push: Push) -> Pushed:
        """See HqApi."""
        return self._ask("POST", "/v1/entries", _json(push), Pushed)

    def offers(self, offers: Offers) -> OfferResults:
        """See HqApi."""
        return self._ask("POST", "/v1/offers", _json(offers), OfferResults)

    def put_segment(self, sha256: str, span: tuple[int, int], content: bytes) -> None:
        """See HqApi."""
        path = f"/v1/blobs/{sha256}/{span[0]}-{span[1]}"
        answers.nothing(self._signed("PUT", path, content, {"content-type": "application/octet-stream"}))

    def seal(self, sha256: str) -> Sealed:
        """See HqApi."""
        return self._ask("POST", f"/v1/blobs/{sha256}/seal", b"", Sealed)

    def lease(self, request: LeaseRequest) -> Leased:
        """See HqApi."""
        return self._ask("POST", "/v1/leases", _json(request), Leased)

    def register(self, cursor: int) -> RegisterAnswer:
        """See HqApi."""
        return self._ask("GET", f"/v1/register?cursor={cursor}", None, RegisterAnswer)

    def close(self) -> None:
        """Drop the connection; a later call opens a new one."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _ask(self, method: str, path: str, body: bytes | None, kind: type[Message]) -> Message:
        return answers.message(self._signed(method, path, body, _JSON if body else {}), kind)

    def _signed(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> answers.Answer:
        """Send a signed request; if the session is over, say hello and send it once more. Raises Offline(session)."""
        for _ in range(2):
            if not self._session:
                self.hello(new_id())
            answer = self._send(method, path, body, {**headers, **self._signature(method, path, body)})
            if answer.status != 401 or not _is_session_over(answer):
                return answer
            self._session = ""
        raise Offline(cause="session")

    def _signature(self, method: str, path: str, body: bytes | None) -> dict[str, str]:
        if self._device is None:
            raise HqRefused(status=401, title="unknown_device", detail="", expect_seq=None, head=None)
        with self._lock:
            self._counter += 1
            nonce = f"{self._session}:{self._counter}"
        url = self._base + path
        return http_signatures.sign(method, url, body=body, key=self._device.key, key_id=self._device.id, nonce=nonce)

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> answers.Answer:
        """Send one request as it is. Raises Offline with cause (unreachable, timeout, certificate, broken …)."""
        mainthread.refuse("http")
        import httpx  # slow to import, and only needed when somebody syncs

        if self._client is None:
            self._client = _open(self._base)
        try:
            with self._client.stream(method, self._base + path, content=body, headers=headers) as response:
                return answers.whole(response)
        except httpx.RequestError as error:
            self.close()  # a half-dead connection may not serve the next try
            raise Offline(cause=_cause(error)) from error


_JSON: Final = {"content-type": "application/json"}


def checked_url(url: str) -> str:
    """Return the base URL without a trailing slash. Raises InvalidInput(url: malformed | https_required).

    http is for this machine alone (RFC 8252 §8.3 takes the same exception): elsewhere anybody could listen.
    """
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise InvalidInput(field="url", reason="malformed") from error
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment or parts.username:
        raise InvalidInput(field="url", reason="malformed")
    if parts.scheme == "http" and not _is_loopback(host):
        raise InvalidInput(field="url", reason="https_required")
    return url.strip().rstrip("/")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _json(message: msgspec.Struct) -> bytes:
    return msgspec.json.encode(message)


def _is_session_over(answer: answers.Answer) -> bool:
    try:
        answers.nothing(answer)
    except HqRefused as error:
        return answers.is_session_problem(error)
    return False


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    # The system's own authorities: a bureau's network has its own, which the machine knows and certifi doesn't.
    return ssl.create_default_context()


def _open(base: str) -> httpx.Client:
    import httpx  # slow to import, and only needed when somebody syncs

    transport = httpx.HTTPTransport(
        verify=_trust() if base.startswith("https:") else False,
        trust_env=False,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=1),
        socket_options=_socket_options(),
    )
    timeout = httpx.Timeout(connect=CONNECT_S, read=IDLE_S, write=IDLE_S, pool=IDLE_S)
    agent = {"user-agent": f"field-inspector/{VERSION}"}
    return httpx.Client(transport=transport, timeout=timeout, trust_env=False, follow_redirects=False, headers=agent)


def _socket_options() -> list[tuple[int, int, int]]:
    options = [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
    low_water: int | None = getattr(socket, "TCP_NOTSENT_LOWAT", None)  # not on Windows
    if low_water is not None:
        options.append((socket.IPPROTO_TCP, low_water, UNSENT_BYTES))
    return options


def _cause(error: httpx.RequestError) -> str:
    import httpx  # loaded already: the error is its own

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, ssl.SSLCertVerificationError):
            return "certificate"
        seen = seen.__cause__ or seen.__context__
    if isinstance(error, httpx.TimeoutException):
        return "timeout"
    return "unreachable" if isinstance(error, httpx.ConnectError) else "broken"
