"""The register of offices, officers and sites: taken from a file, handed to laptops page by page."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, func, or_, select
from sqlalchemy.dialects.sqlite import insert

from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.domain.site import Site
from inspector.errors import InvalidInput, NotFound
from inspector.hq import ledger, strict
from inspector.hq.identity import Identity
from inspector.hq.records import encode_fields
from inspector.hq.schema import register
from inspector.ids import OfficeId
from inspector.protocol.messages import REGISTER_CONTEXT, RegisterAnswer, RegisterPage

PAGE: Final = 200
"""Records of one page at most."""
_KINDS: Final[dict[str, type[Office | Officer | Site]]] = {
    "offices": Office,
    "officers": Officer,
    "sites": Site,
}


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A register file: lists of records with the field names of the domain."""

    offices: list[Office] = []
    officers: list[Officer] = []
    sites: list[Site] = []


def read_file(file: Path) -> Register:
    """Read a register file. Raises InvalidInput (field, reason) if it isn't one, or holds fields nobody knows."""
    raw = file.read_bytes()
    try:
        strict.check(raw)
        _check_names(json.loads(raw))
        return msgspec.json.decode(raw, type=Register)
    except strict.NotStrict as error:
        raise InvalidInput(field=file.name, reason=error.reason) from error
    except msgspec.ValidationError as error:
        raise InvalidInput(field=file.name, reason=str(error)) from error


def _check_names(content: Any) -> None:
    if not isinstance(content, dict):
        return
    for kind, record_type in _KINDS.items():
        known = {one.name for one in fields(record_type)}
        for n, record in enumerate(content.get(kind, [])):
            strange = set(record) - known if isinstance(record, dict) else set()
            if strange:
                raise InvalidInput(field=f"{kind}.{n}", reason=f"unknown field {min(strange)}")


def take_in(tx: Connection, identity: Identity, content: Register, *, ms: int) -> int:
    """Store new and changed records, each under a new version; return how many. Raises InvalidInput.

    A record that the file doesn't name stays as it is.
    """
    offices = {one.id for one in content.offices} | set(_ids(tx, "offices"))
    for one in content.offices:
        if one.parent_id is not None and one.parent_id not in offices:
            raise InvalidInput(field=f"office {one.id}", reason="unknown parent_id")
    for one in (*content.officers, *content.sites):
        if one.office_id not in offices:
            raise InvalidInput(field=f"{type(one).__name__} {one.id}", reason="unknown office_id")
    changed = 0
    for kind, records in (("offices", content.offices), ("officers", content.officers), ("sites", content.sites)):
        for record in records:
            changed += _keep(tx, identity, (kind, record), ms=ms)
    return changed


def _ids(tx: Connection, kind: str) -> list[str]:
    return list(tx.execute(select(register.c.id).where(register.c.kind == kind)).scalars())


def _keep(tx: Connection, identity: Identity, named: tuple[str, Office | Officer | Site], *, ms: int) -> bool:
    kind, record = named
    office = record.id if isinstance(record, Office) else record.office_id
    text = encode_fields(msgspec.to_builtins(record))
    known = tx.execute(select(register.c.fields).where(register.c.kind == kind, register.c.id == record.id)).scalar()
    if known == text:
        return False
    version = tx.execute(select(func.coalesce(func.max(register.c.version), 0))).scalar_one() + 1
    values = {"office": office, "fields": text, "version": version}
    tx.execute(
        insert(register)
        .values(kind=kind, id=record.id, **values)
        .on_conflict_do_update(index_elements=["kind", "id"], set_=values)
    )
    item = ledger.Item(kind="register", ref=f"{kind}/{record.id}", digest=ledger.digest_of(text.encode()))
    ledger.append(tx, identity, item, ms=ms)
    return True


def office_of(tx: Connection, office: OfficeId) -> Office:
    """Return an office of the register. Raises NotFound."""
    row = tx.execute(select(register.c.fields).where(register.c.kind == "offices", register.c.id == office)).first()
    if row is None:
        raise NotFound(kind="office", id=office)
    return msgspec.json.decode(row.fields, type=Office)


def page(tx: Connection, identity: Identity, office: OfficeId, cursor: int) -> RegisterAnswer:
    """Return up to PAGE records newer than `cursor` that a laptop of `office` may see, signed.

    An office sees itself, the office above it and those below it; people and sites of itself and of those below.
    """
    own = office_of(tx, office)
    below = set(
        tx.execute(
            select(register.c.id).where(
                register.c.kind == "offices", func.json_extract(register.c.fields, "$.parent_id") == office
            )
        ).scalars()
    )
    people_of = {office} | below
    offices = people_of | ({own.parent_id} if own.parent_id else set[str]())
    visible = or_(
        (register.c.kind == "offices") & register.c.office.in_(offices),
        (register.c.kind != "offices") & register.c.office.in_(people_of),
    )
    newer = select(register).where(visible, register.c.version > cursor).order_by(register.c.version)
    rows = tx.execute(newer.limit(PAGE + 1)).all()
    return RegisterAnswer(page=identity.sign(REGISTER_CONTEXT, _page(rows, office, cursor)))


def _page(rows: list[Row] | Any, office: OfficeId, cursor: int) -> RegisterPage:
    shown = rows[:PAGE]
    parts: dict[str, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}
    for row in shown:
        parts[row.kind].append(json.loads(row.fields))
    return RegisterPage(
        office=office,
        cursor=cursor,
        next=shown[-1].version if shown else cursor,
        more=len(rows) > PAGE,
        **parts,
    )
