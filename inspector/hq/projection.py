"""What the entries add up to, for reading: a generic record per subject, and why an entry can't be applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol

from inspector.protocol.entry import Entry

CORE: Final = frozenset({"inspection", "hazard", "evidence", "notice"})
"""Types whose records begin with a create or attach entry; others (sites of the register) may begin with a patch."""
FROZEN: Final = frozenset(
    {
        "state", "number", "pdf_sha256", "hazard_ids", "form", "inspection_id", "issued_at", "pages", "facts_digest",
        "filled", "reasons", "about",
    }
)  # fmt: skip
"""Fields of a notice that nothing but issuing and voiding may set once it is issued (as on the laptop)."""
_KEY_HEX = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One subject as its applied entries left it. `mark` is what must be unique, None for most."""

    type: str
    id: str
    fields: dict[str, Any] = field(default_factory=dict[str, Any])
    head: str
    """Hash of the entry that touched it last."""
    device: str
    """Whose entry that was."""
    mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The numbers of a lease."""

    device: str
    series: str
    """issuer|form|year."""
    first: int
    last: int


class Records(Protocol):
    """Where records are kept: the database, or memory when check replays."""

    def get(self, kind: str, subject: str) -> Record | None:
        """Return one record."""
        ...

    def put(self, one: Record) -> None:
        """Store it, over the one before."""
        ...

    def has_mark(self, mark: str) -> bool:
        """Whether a record carries this mark."""
        ...

    def keys_of(self, device: str) -> dict[str, bytes]:
        """Return the public keys of the users of one laptop."""
        ...

    def put_key(self, device: str, user: str, key: bytes) -> None:
        """Store a user's public key."""
        ...

    def block(self, lease_id: str) -> Block | None:
        """Return the numbers of a lease that headquarters granted."""
        ...


def apply(records: Records, entry: Entry, entry_hash: str) -> str:
    """Carry one entry into `records`; return "" or a code of why it can't be applied (then nothing changed).

    Codes: exists, unknown_subject, unknown_inspection, conflict, frozen, not_draft, number_unleased, number_taken,
    bad_key. Kinds of newer versions change nothing and are no fault.
    """
    step = _STEPS.get(entry.kind)
    return step(records, entry, entry_hash) if step else ""


def record_id(entry: Entry) -> str:
    """Return the id of the record that an entry touches: an officer's account is another one on every laptop."""
    return f"{entry.device}/{entry.subject}" if entry.type == "user" else entry.subject


def _create(records: Records, entry: Entry, entry_hash: str) -> str:
    if records.get(entry.type, record_id(entry)) is not None:
        return "exists"
    parent = entry.set.get("inspection_id")
    if entry.type in CORE and parent is not None and records.get("inspection", str(parent)) is None:
        return "unknown_inspection"
    return _store(
        records,
        entry,
        Record(type=entry.type, id=record_id(entry), fields=dict(entry.set), head=entry_hash, device=entry.device),
    )


def _patch(records: Records, entry: Entry, entry_hash: str) -> str:
    found = records.get(entry.type, record_id(entry))
    if found is None:
        return "unknown_subject" if entry.type in CORE else _create(records, entry, entry_hash)
    if _is_conflict(found, entry):
        return "conflict"
    if found.type == "notice" and found.fields.get("state") in {"issued", "void"} and FROZEN & entry.set.keys():
        return "frozen"
    return _store(records, entry, _changed(found, entry, entry_hash))


def _issue(records: Records, entry: Entry, entry_hash: str) -> str:
    found = records.get(entry.type, record_id(entry))
    if found is None:
        return "unknown_subject"
    if _is_conflict(found, entry):
        return "conflict"
    if found.fields.get("state", "draft") != "draft":
        return "not_draft"
    if entry.set.get("lease_id") is None and entry.set.get("sequence") is None:
        return _issue_without_number(records, found, entry, entry_hash)
    mark = _number_mark(records, entry)
    if mark is None or records.has_mark(mark):
        return "number_taken" if mark else "number_unleased"
    return _store(records, entry, replace(_changed(found, entry, entry_hash), mark=mark))


def _issue_without_number(records: Records, found: Record, entry: Entry, entry_hash: str) -> str:
    """A 笔录 bears no number, a list that of the decision it belongs to; neither takes one of a lease."""
    number = str(entry.set.get("number") or "")
    if number:
        about = records.get("notice", str(found.fields.get("about")))
        if about is None or about.mark is None or about.fields.get("number") != number:
            return "number_unleased"
    return _store(records, entry, _changed(found, entry, entry_hash))


def _void(records: Records, entry: Entry, entry_hash: str) -> str:
    found = records.get(entry.type, record_id(entry))
    if found is None:
        return "unknown_subject"
    if _is_conflict(found, entry):
        return "conflict"
    if found.fields.get("state") == "void":
        return "frozen"
    return _store(records, entry, _changed(found, entry, entry_hash))


def _number_mark(records: Records, entry: Entry) -> str | None:
    sequence = entry.set.get("sequence")
    block = records.block(str(entry.set.get("lease_id")))
    if block is None or block.device != entry.device or not isinstance(sequence, int):
        return None
    return f"{block.series}|{sequence}" if block.first <= sequence <= block.last else None


def _is_conflict(found: Record, entry: Entry) -> bool:
    # No last writer wins: another laptop's word stands until its author knew it or a human has decided.
    return found.device != entry.device and found.head not in entry.base


def _changed(found: Record, entry: Entry, entry_hash: str) -> Record:
    return replace(found, fields=found.fields | entry.set, head=entry_hash, device=entry.device)


def _store(records: Records, entry: Entry, record: Record) -> str:
    if entry.type == "user" and "public_key" in entry.set:
        text = str(entry.set["public_key"])
        if len(text) != _KEY_HEX or not set(text) <= set("0123456789abcdef"):
            return "bad_key"
        records.put_key(entry.device, entry.subject, bytes.fromhex(text))
    records.put(record)
    return ""


_STEPS: Final[Mapping[str, Callable[[Records, Entry, str], str]]] = {
    "create": _create,
    "attach": _create,
    "patch": _patch,
    "remove": _patch,
    "close": _patch,
    "lease": _patch,
    "issue": _issue,
    "void": _void,
}
"""unlock, enrol and adopt (a page of headquarters' own register) leave nothing to read here."""
