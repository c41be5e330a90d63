"""Keeps slow work off the window's thread: once claimed, store, decoder, PDF and HTTP refuse to run there."""

from __future__ import annotations

import threading

from inspector.errors import WrongThread

_claimed: int | None = None


def claim() -> None:
    """Say that the calling thread draws the window; `refuse` raises on it from now on."""
    global _claimed  # noqa: PLW0603 - one window a process
    _claimed = threading.get_ident()


def release() -> None:
    """Forget the claim (the window has closed; tests)."""
    global _claimed  # noqa: PLW0603 - one window a process
    _claimed = None


def refuse(what: str) -> None:
    """Raise WrongThread if this is the window's thread. `what` names the work (store, decode, pdf, http)."""
    if _claimed is not None and threading.get_ident() == _claimed:
        raise WrongThread(what)
