"""The calls that a laptop makes to headquarters, as plain blocking Python; transport and server both follow it."""

from __future__ import annotations

from typing import Protocol

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


class HqApi(Protocol):
    """One connection of one device (hello and enrol: of nobody yet). Every call may be repeated.

    Every call raises Offline (nothing sure came back) or HqRefused (status, title = our code, detail; for `gap`
    and `fork` also expect_seq and head). An answer is only what was told: the caller checks its signatures.
    """

    def hello(self, nonce: str) -> Hello:
        """Ask who is there, what time it is (signed over `nonce`), and begin a session."""
        ...

    def enrol(self, request: EnrolRequest) -> Enrolled:
        """Turn a one-time code into a certificate."""
        ...

    def position(self) -> Position:
        """Ask how far headquarters knows this device."""
        ...

    def push(self, push: Push) -> Pushed:
        """Hand over entries in order."""
        ...

    def offers(self, offers: Offers) -> OfferResults:
        """Offer blobs; the answer tells which chunks are missing."""
        ...

    def put_segment(self, sha256: str, span: tuple[int, int], content: bytes) -> None:
        """Send chunks a..b-1 of a blob; `content` is exactly those chunks."""
        ...

    def seal(self, sha256: str) -> Sealed:
        """Ask headquarters to read the whole blob back and to sign for it."""
        ...

    def lease(self, request: LeaseRequest) -> Leased:
        """Ask for a block of numbers; the same request id gives the same block."""
        ...

    def register(self, cursor: int) -> RegisterAnswer:
        """Ask for the page of the register that begins at `cursor`."""
        ...
