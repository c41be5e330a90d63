"""Lends blocks of document numbers, so that laptops can number papers offline and never twice."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from sqlalchemy import Connection, select, update
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert

from inspector.domain.office import OfficeMode
from inspector.hq import ledger
from inspector.hq.devices import Device
from inspector.hq.identity import Identity
from inspector.hq.problem import Refusal
from inspector.hq.register import office_of
from inspector.hq.schema import lease, series
from inspector.ids import OfficeId, new_id
from inspector.protocol.messages import LEASE_CONTEXT, Leased, LeaseGrant, LeaseRequest, Signed

MAX_BLOCK: Final = 200
_FORM = re.compile(r"[A-Z0-9_]{2,16}")
_REQUEST = re.compile(r"[!-~]{8,64}")


def issuer_of(tx: Connection, office: OfficeId) -> OfficeId:
    """Return the office whose number series an office uses: a delegated town uses its bureau's (行政处罚法 art. 20)."""
    found = office_of(tx, office)
    return found.parent_id if found.mode is OfficeMode.DELEGATED and found.parent_id else found.id


def lend(tx: Connection, identity: Identity, device: Device, request: LeaseRequest, *, ms: int) -> Leased:
    """Grant the next numbers of a series; the same request gets the same grant. Raises Refusal lease_refused.

    A grant runs until 31 January of the year after its numbers' year, inclusive.
    """
    row = tx.execute(select(lease).where(lease.c.device == device.id, lease.c.request == request.request)).first()
    if row is not None:
        if (row.form, row.year) != (request.form, request.year):
            raise Refusal("lease_refused", "the request id was used for another series")
        return Leased(grant=Signed(body=row.body, sig=row.sig))
    _check(request, today=date.fromisoformat(ledger.day_of(ms)))
    return Leased(grant=_grant(tx, identity, device, request, ms=ms))


def _check(request: LeaseRequest, *, today: date) -> None:
    if not _REQUEST.fullmatch(request.request) or not _FORM.fullmatch(request.form):
        raise Refusal("malformed", "request or form")
    if not 1 <= request.want <= MAX_BLOCK:
        raise Refusal("lease_refused", f"want must be 1 to {MAX_BLOCK}")
    if not today.year - 1 <= request.year <= today.year + 1 or _expires(request.year) < today:
        raise Refusal("lease_refused", "year")


def _expires(year: int) -> date:
    return date(year + 1, 1, 31)


def _grant(tx: Connection, identity: Identity, device: Device, request: LeaseRequest, *, ms: int) -> Signed:
    issuer = issuer_of(tx, device.office)
    first = _take(tx, (issuer, request.form, request.year), request.want)
    grant = LeaseGrant(
        lease=new_id(),
        device=device.id,
        office=device.office,
        form=request.form,
        year=request.year,
        first=first,
        last=first + request.want - 1,
        expires=_expires(request.year).isoformat(),
    )
    signed = identity.sign(LEASE_CONTEXT, grant)
    item = ledger.Item(kind="lease", ref=grant.lease, digest=ledger.digest_of(signed.body))
    values = {
        "id": grant.lease,
        "device": device.id,
        "request": request.request,
        "issuer": issuer,
        "form": request.form,
        "year": request.year,
        "first": grant.first,
        "last": grant.last,
        "body": signed.body,
        "sig": signed.sig,
        "hq_seq": ledger.append(tx, identity, item, ms=ms),
    }
    tx.execute(plain_insert(lease).values(**values))
    return signed


def _take(tx: Connection, key: tuple[str, str, int], want: int) -> int:
    issuer, form, year = key
    tx.execute(insert(series).values(issuer=issuer, form=form, year=year, next=1).on_conflict_do_nothing())
    here = (series.c.issuer == issuer) & (series.c.form == form) & (series.c.year == year)
    first = tx.execute(select(series.c.next).where(here)).scalar_one()
    tx.execute(update(series).where(here).values(next=first + want))
    return first
