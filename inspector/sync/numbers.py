"""Keeps enough document numbers on the laptop: asks for a new block before the last one runs out."""

from __future__ import annotations

import base64
from datetime import date, timedelta
from typing import Any, Final

from inspector.clock import CHINA
from inspector.domain.notice import ON_EVERY_VISIT, FormCode
from inspector.errors import HqUntrusted
from inspector.ids import new_id
from inspector.law import forms
from inspector.protocol.messages import LeaseGrant, LeaseRequest, Signed
from inspector.store import notices, settings
from inspector.store.gateway import Tx
from inspector.store.journal import Act
from inspector.sync import kept, trust
from inspector.sync.run import Run

FEW: Final = 8
"""Fewer numbers than this: ask for more (design/sync.md §3.5)."""
BLOCK: Final = 50
"""Numbers of one block (decisions.md 9)."""
SMALL_BLOCK: Final = 20
"""The same of forms that few visits need."""


def refill(run: Run) -> None:
    """Ask for numbers of every form that has few left this year. Raises Offline, HqRefused, HqUntrusted."""
    today = _today(run)
    for form in forms.numbered():
        if _left(run, form, today) < FEW:
            _borrow(run, form, today.year)


def _today(run: Run) -> date:
    """Return the day in China by headquarters' clock: a laptop that is a year off must not borrow for that year."""
    with run.vault.gateway.read() as tx:
        offset = timedelta(milliseconds=kept.number(tx, kept.CLOCK_OFFSET))
    return (run.vault.clock.read().at + offset).astimezone(CHINA).date()


def _left(run: Run, form: FormCode, today: date) -> int:
    with run.vault.gateway.read() as tx:
        leases = notices.leases(tx)
    return sum(one.left for one in leases if one.form is form and one.year == today.year and one.expires_on >= today)


def _borrow(run: Run, form: FormCode, year: int) -> None:
    name = kept.LEASE_REQUEST.format(form=form.value, year=year)
    with run.vault.gateway.write() as tx:
        # Kept before it is sent: if the answer gets lost, the same request gives the same numbers.
        request_id = settings.setting(tx, name) or new_id()
        settings.keep_setting(tx, name, request_id)
    request = LeaseRequest(
        request=request_id, form=form.value, year=year, want=BLOCK if form in ON_EVERY_VISIT else SMALL_BLOCK
    )
    leased = run.patience.call(lambda: run.hq.lease(request))
    told = trust.lease_grant(run.peer, leased.grant, request)
    with run.vault.gateway.write() as tx:
        settings.keep_setting(tx, name, "")
        is_new = _is_new(tx, told)
        if is_new:
            act = Act(kind="lease", type="lease", subject=told.lease, changes=_changes(told, leased.grant))
            run.vault.journal.record(tx, act, actor=run.actor)
    if not is_new:
        raise HqUntrusted(reason="lease_overlap")
    run.tally.leased += told.last - told.first + 1
    run.tally.tell()


def _is_new(tx: Tx, told: LeaseGrant) -> bool:
    """Whether no number of the block is lent to us already: one number may never name two notices."""
    for one in notices.leases(tx):
        is_same_series = (one.form.value, one.year, one.office_id) == (told.form, told.year, told.office)
        if one.id == told.lease or (is_same_series and one.first <= told.last and told.first <= one.last):
            return False
    return True


def _changes(told: LeaseGrant, grant: Signed) -> dict[str, Any]:
    return {
        "office_id": told.office,
        "form": told.form,
        "year": told.year,
        "first": told.first,
        "last": told.last,
        "next_number": told.first,
        "expires_on": told.expires,
        "grant": _as_text(grant),
    }


def _as_text(grant: Signed) -> dict[str, str]:
    return {
        "body": base64.b64encode(grant.body).decode("ascii"),
        "sig": base64.b64encode(grant.sig).decode("ascii"),
    }
