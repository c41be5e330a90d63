"""Doors: what the window can do before anybody has unlocked, as plain functions, so that tests bring their own.

Database, network and law are imported when a door is opened, not before: the unlock screen must stand at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.card import ProfileCard, describe
from inspector.clock import CHINA, SystemClock

if TYPE_CHECKING:
    from inspector.app import App
    from inspector.profile import Account
    from inspector.sync.enrol import Enrolment


def today() -> date:
    """Return the calendar day in China."""
    return SystemClock().read().at.astimezone(CHINA).date()


Recover = Callable[[str, str, str, str], None]
"""(user id, recovery code, new passphrase, new PIN)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """Every function blocks and may raise InspectorError: call them through Tasks."""

    profile: Path
    describe: Callable[[], ProfileCard | None]
    unlock: Callable[[str, str], App]
    """(user id, passphrase) → App."""
    try_sample: Callable[[str, str], str]
    """(passphrase, pin) → recovery code; makes the training bureau."""
    ask_headquarters: Callable[[str, str, str], Enrolment]
    """(address, one-time code, device name) → certificate and register; nothing is written yet."""
    found: Callable[[Enrolment, str, tuple[Account, ...]], str]
    """(enrolment, address, accounts) → recovery code; makes the profile."""
    recover: Recover | None = None
    """Gives an officer who forgot the passphrase another one; None offers no such door."""


def doors(profile: Path) -> Doors:
    """Return the real doors of a profile folder."""
    return Doors(
        profile=profile,
        describe=partial(describe, profile),
        unlock=partial(_unlock, profile),
        try_sample=partial(_try_sample, profile),
        ask_headquarters=_ask_headquarters,
        found=partial(_found, profile),
        recover=partial(_recover, profile),
    )


def _unlock(profile: Path, user_id: str, passphrase: str) -> App:
    from inspector.app import unlock

    return unlock(profile, user_id, passphrase)


def _try_sample(profile: Path, passphrase: str, pin: str) -> str:
    from inspector.demo.sample import create_sample

    return create_sample(profile, passphrase=passphrase, pin=pin, today=today())


def _ask_headquarters(address: str, code: str, device_name: str) -> Enrolment:
    from inspector.sync.enrol import request

    return request(address, code, device_name)


def _recover(profile: Path, user_id: str, code: str, passphrase: str, pin: str) -> None:
    from inspector.profile import Account, reset_passphrase

    reset_passphrase(profile, code, Account(officer_id=user_id, passphrase=passphrase, pin=pin))


def _found(profile: Path, enrolment: Enrolment, address: str, accounts: tuple[Account, ...]) -> str:
    from inspector.profile import create, founding_of

    return create(profile, founding_of(enrolment, accounts, url=address))
