"""Doors: what the window can do before anybody has unlocked, as plain functions, so that tests bring their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from inspector.app import App, unlock
from inspector.clock import CHINA, SystemClock
from inspector.profile import Account, Founding, ProfileCard, create, describe
from inspector.sync.enrol import Enrolment, request


def today() -> date:
    """Return the calendar day in China."""
    return SystemClock().read().at.astimezone(CHINA).date()


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


def doors(profile: Path) -> Doors:
    """Return the real doors of a profile folder."""
    return Doors(
        profile=profile,
        describe=partial(describe, profile),
        unlock=partial(unlock, profile),
        try_sample=partial(_try_sample, profile),
        ask_headquarters=request,
        found=partial(_found, profile),
    )


def _try_sample(profile: Path, passphrase: str, pin: str) -> str:
    from inspector.demo.sample import create_sample

    return create_sample(profile, passphrase=passphrase, pin=pin, today=today())


def _found(profile: Path, enrolment: Enrolment, address: str, accounts: tuple[Account, ...]) -> str:
    """Make the profile, then keep headquarters' address in it, as the first officer."""
    founding = Founding(
        certificate=enrolment.certificate,
        device_key=enrolment.device_key,
        offices=enrolment.records("offices"),
        officers=enrolment.records("officers"),
        sites=enrolment.records("sites"),
        cursor=enrolment.cursor,
        accounts=accounts,
    )
    code = create(profile, founding)
    app = unlock(profile, accounts[0].officer_id, accounts[0].passphrase)
    try:
        app.sync.set_url(address)
    finally:
        app.close()
    return code
