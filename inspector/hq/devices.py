"""Laptops: one-time codes, enrolment with a certificate, withdrawal."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, insert, select, update

from inspector.crypto import signing
from inspector.errors import NotFound
from inspector.hq import ledger
from inspector.hq.identity import Identity
from inspector.hq.problem import Refusal
from inspector.hq.register import office_of
from inspector.hq.schema import device, enrol_code
from inspector.ids import DeviceId, OfficeId, new_id
from inspector.protocol.entry import genesis
from inspector.protocol.messages import (
    CERTIFICATE_CONTEXT,
    ENROL_CONTEXT,
    Certificate,
    Enrolled,
    EnrolRequest,
    Position,
    Signed,
)

CODE_HOURS: Final = 24
_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's 32 letters: no I, L, O, U to misread over the phone."""
_NAME_MAX: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """An enrolled laptop."""

    id: DeviceId
    office: OfficeId
    name: str
    key: bytes
    enrolled_ms: int
    is_revoked: bool
    seq: int
    head: str


def new_code(tx: Connection, office: OfficeId, *, ms: int) -> str:
    """Make a code of 15 letters (75 random bits) that enrols one device within CODE_HOURS. Raises NotFound."""
    office_of(tx, office)
    letters = [secrets.choice(_ALPHABET) for _ in range(15)]
    code = "-".join("".join(letters[start : start + 5]) for start in range(0, 15, 5))
    expires = ms + CODE_HOURS * 3_600_000
    tx.execute(insert(enrol_code).values(hash=_hash(code), office=office, expires_ms=expires, device=None))
    return code


def enrol(tx: Connection, identity: Identity, request: EnrolRequest, *, ms: int) -> Enrolled:
    """Enrol a device, or repeat the answer to the same device and code. Raises Refusal code_refused, bad_signature."""
    proof = ENROL_CONTEXT + request.code.encode() + request.device_key
    if not signing.verify(request.device_key, request.proof, proof):
        raise Refusal("bad_signature", "proof")
    if not 1 <= len(request.device_name) <= _NAME_MAX:
        raise Refusal("malformed", "device_name")
    code = tx.execute(select(enrol_code).where(enrol_code.c.hash == _hash(request.code))).first()
    if code is None:
        raise Refusal("code_refused")
    if code.device is not None:
        return _again(tx, code.device, request)
    if code.expires_ms < ms or _by_key(tx, request.device_key) is not None:
        raise Refusal("code_refused")
    return Enrolled(certificate=_admit(tx, identity, request, code.office, ms=ms))


def _again(tx: Connection, device_id: str, request: EnrolRequest) -> Enrolled:
    # The answer may have been lost on the way: the same laptop gets the same certificate once more.
    row = tx.execute(select(device).where(device.c.id == device_id)).one()
    if row.key != request.device_key:
        raise Refusal("code_refused")
    return Enrolled(certificate=Signed(body=row.certificate, sig=row.certificate_sig))


def _admit(tx: Connection, identity: Identity, request: EnrolRequest, office_id: str, *, ms: int) -> Signed:
    office = office_of(tx, OfficeId(office_id))
    certificate = Certificate(
        device=new_id(),
        device_key=request.device_key,
        device_name=request.device_name,
        office=office.id,
        server_id=identity.server_id,
        server_key=identity.key.public,
        issued_ms=ms,
        is_training=office.is_training,
    )
    signed = identity.sign(CERTIFICATE_CONTEXT, certificate)
    item = ledger.Item(kind="device", ref=certificate.device, digest=ledger.digest_of(signed.body))
    values = {
        "id": certificate.device,
        "office": office.id,
        "name": request.device_name,
        "key": request.device_key,
        "certificate": signed.body,
        "certificate_sig": signed.sig,
        "enrolled_ms": ms,
        "seq": 0,
        "head": genesis(signed.body),
        "ledger_seq": ledger.append(tx, identity, item, ms=ms),
    }
    tx.execute(insert(device).values(**values))
    used = enrol_code.c.hash == _hash(request.code)
    tx.execute(update(enrol_code).where(used).values(device=certificate.device))
    return signed


def find(tx: Connection, device_id: str) -> Device | None:
    """Return a device, revoked or not."""
    row = tx.execute(select(device).where(device.c.id == device_id)).first()
    return None if row is None else _device(row)


def every(tx: Connection) -> list[Device]:
    """Return all devices, oldest first."""
    return [_device(row) for row in tx.execute(select(device).order_by(device.c.ledger_seq))]


def position(tx: Connection, device_id: DeviceId) -> Position:
    """Return how far the device's chain is stored."""
    row = tx.execute(select(device.c.seq, device.c.head).where(device.c.id == device_id)).one()
    return Position(device=device_id, seq=row.seq, head=row.head)


def revoke(tx: Connection, device_id: str, *, ms: int) -> None:
    """Refuse everything the device says from now on; what it sent stays. Raises NotFound."""
    known = (device.c.id == device_id) & device.c.revoked_ms.is_(None)
    if tx.execute(update(device).where(known).values(revoked_ms=ms)).rowcount == 0 and find(tx, device_id) is None:
        raise NotFound(kind="device", id=device_id)


def _by_key(tx: Connection, key: bytes) -> str | None:
    return tx.execute(select(device.c.id).where(device.c.key == key)).scalar()


def _device(row: Row) -> Device:
    return Device(
        id=DeviceId(row.id),
        office=OfficeId(row.office),
        name=row.name,
        key=row.key,
        enrolled_ms=row.enrolled_ms,
        is_revoked=row.revoked_ms is not None,
        seq=row.seq,
        head=row.head,
    )


def _hash(code: str) -> str:
    plain = "".join(code.upper().split()).replace("-", "")
    return hashlib.sha256(b"field-inspector/code/v1\0" + plain.encode()).hexdigest()
