"""编号台账: every number accounted for, every print, every sheet of stamped paper; giving numbers back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.ledger import Block, NumberLine, NumberState, Series, Sheet, SheetState
from inspector.domain.notice import FormCode, Lease, NoticeState
from inspector.errors import InvalidInput, NotAllowed, NotFound
from inspector.ids import InspectionId, LeaseId, NoticeId, new_id
from inspector.services.session import Session
from inspector.services.wording import one_line, plain
from inspector.store import ledger, notices, prints, times
from inspector.store.gateway import Row, Tx
from inspector.store.journal import Act

MOST_SHEETS: Final = 500
"""A ream; more in one entry is a slip of the finger."""
_SERIAL: Final = re.compile(r"(?P<head>.*?)(?P<digits>\d+)")


class LedgerService:
    """What became of numbers and paper. Reads are one snapshot."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def series(self) -> tuple[Series, ...]:
        """Return every series of this laptop, the newest year first, each number of it accounted for."""
        with self._session.vault.gateway.read() as tx:
            lines = [*(_used(tx, row) for row in ledger.numbered(tx)), *(_returned(row) for row in ledger.returned(tx))]
            leases = notices.leases(tx)
        keys = {(one.form, one.year) for one in (*lines, *leases)}
        told = [_series(key, lines, leases) for key in keys]
        return tuple(sorted(told, key=lambda one: (-one.year, list(FormCode).index(one.form))))

    def give_back(self, lease_id: str, reason: str) -> Changes:
        """Give the unused numbers of a block back: this laptop never uses them. Raises NotAllowed(no_number_left)."""
        told = one_line(reason, field="reason")
        made = new_id()
        with self._session.vault.gateway.write() as tx:
            lease = _lease(tx, lease_id)
            if lease.left == 0:
                raise NotAllowed(reason="no_number_left")
            fields = {
                "lease_id": lease.id, "first": lease.next_number, "last": lease.last, "reason": told,
                "returned_at": times.written(self._session.now()), "returned_by": self._session.me.id,
            }  # fmt: skip
            self._session.record(tx, Act(kind="create", type="number_return", subject=made, changes=fields))
        return Changes.of(Topic.NUMBERS, Topic.SYNC, made=made)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets of stamped paper that were told of, by serial number."""
        with self._session.vault.gateway.read() as tx:
            return tuple(ledger.sheets(tx))

    def note_sheets(
        self, serials: str, state: SheetState, *, notice_id: str | None = None, reason: str = ""
    ) -> Changes:
        """Say what became of sheets: `serials` is one, several with 、 or a comma, or a span such as A0007-A0012.

        USED needs the notice on them, SPOILED and RETURNED a reason. One sheet is told of once; a spoiled one was used
        before and may be told again. Raises InvalidInput(serials | reason | notice), NotAllowed(sheet_known).
        """
        wanted = spread(serials)
        told = plain(reason, field="reason") if state is SheetState.USED else one_line(reason, field="reason")
        if state is SheetState.USED and notice_id is None:
            raise InvalidInput(field="notice", reason="empty")
        with self._session.vault.gateway.write() as tx:
            if notice_id is not None and notices.get(tx, notice_id).state is NoticeState.DRAFT:
                raise NotAllowed(reason="not_issued")
            for serial in wanted:
                self._note(tx, serial, state, (notice_id, told))
        return Changes.of(Topic.PRINTS, Topic.NUMBERS, Topic.SYNC)

    def _note(self, tx: Tx, serial: str, state: SheetState, told: tuple[str | None, str]) -> None:
        known = ledger.sheet_id(tx, serial)
        if known is not None and state is not SheetState.SPOILED:
            raise NotAllowed(reason="sheet_known", serial=serial)
        notice_id, reason = told
        fields: dict[str, str | None] = {
            "serial": serial, "state": state.value, "reason": reason,
            "noted_at": times.written(self._session.now()), "noted_by": self._session.me.id,
        }  # fmt: skip
        if notice_id is not None or known is None:
            fields["notice_id"] = notice_id
        kind = "create" if known is None else "patch"
        self._session.record(tx, Act(kind=kind, type="sheet", subject=known or new_id(), changes=fields))


def spread(serials: str) -> tuple[str, ...]:
    """Return each serial number that is meant. Raises InvalidInput(serials): empty, span, too_many (MOST_SHEETS)."""
    found: list[str] = []
    for part in re.split(r"[、，,;；\s]+", serials.strip()):
        first, dash, last = part.partition("-")
        found += _span(first, last) if dash else [part]
        if not part or len(found) > MOST_SHEETS:
            raise InvalidInput(field="serials", reason="empty" if not part else "too_many")
    return tuple(dict.fromkeys(found))


def _span(first: str, last: str) -> list[str]:
    begin, end = _SERIAL.fullmatch(first), _SERIAL.fullmatch(last)
    if begin is None or end is None or end["head"] not in ("", begin["head"]):
        raise InvalidInput(field="serials", reason="span")
    low, high = int(begin["digits"]), int(end["digits"])
    if not low <= high or high - low >= MOST_SHEETS:
        raise InvalidInput(field="serials", reason="span")
    return [f"{begin['head']}{n:0{len(begin['digits'])}}" for n in range(low, high + 1)]


def _lease(tx: Tx, lease_id: str) -> Lease:
    found = next((one for one in notices.leases(tx) if one.id == lease_id), None)
    if found is None:
        raise NotFound(kind="lease", id=lease_id)
    return found


def _used(tx: Tx, row: Row) -> NumberLine:
    is_void = row["state"] == NoticeState.VOID.value
    successor = (row["successor"] or "draft") if row["superseded_by"] else ""
    return NumberLine(
        form=FormCode(row["form"]),
        year=row["year"],
        sequence=row["sequence"],
        last=row["sequence"],
        state=NumberState.VOID if is_void else NumberState.USED,
        number=row["number"],
        notice_id=NoticeId(row["id"]),
        inspection_id=InspectionId(row["inspection_id"]),
        party=row["party"],
        at=times.read_or_none(row["issued_at"]),
        reason=row["void_reason"],
        successor=successor,
        predecessor=row["predecessor"] or "",
        prints=tuple(prints.of_notice(tx, row["id"])),
        is_served=bool(row["is_served"]),
    )


def _returned(row: Row) -> NumberLine:
    return NumberLine(
        form=FormCode(row["form"]),
        year=row["year"],
        sequence=row["first"],
        last=row["last"],
        state=NumberState.RETURNED,
        at=times.read(row["returned_at"]),
        reason=row["reason"],
    )


def _series(key: tuple[FormCode, int], lines: Sequence[NumberLine], leases: Sequence[Lease]) -> Series:
    own = sorted((one for one in lines if (one.form, one.year) == key), key=lambda one: one.sequence)
    lent = [one for one in leases if (one.form, one.year) == key]
    told = {n for one in own for n in range(one.sequence, one.last + 1)}
    passed = (n for lease in lent for n in range(lease.first, lease.next_number))
    return Series(
        form=key[0],
        year=key[1],
        lines=tuple(own),
        blocks=tuple(_block(one) for one in sorted(lent, key=lambda lease: lease.first)),
        unexplained=tuple(n for n in passed if n not in told),
    )


def _block(lease: Lease) -> Block:
    return Block(
        lease_id=LeaseId(lease.id),
        first=lease.first,
        last=lease.last,
        next_number=lease.next_number,
        left=lease.left,
        expires_on=lease.expires_on,
    )
