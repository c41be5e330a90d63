"""Folds the entries of one inspection into what can be taken back and what can be done again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from inspector.store.history import GROUP, MARKS, REDOES, UNDOES, Told

STEPS: Final = frozenset(
    {
        ("inspection", "patch"),
        ("hazard", "create"),
        ("hazard", "patch"),
        ("hazard", "remove"),
        ("evidence", "attach"),
        ("evidence", "patch"),
        ("evidence", "remove"),
        ("recheck", "patch"),
        ("check_result", "create"),
        ("check_result", "patch"),
        ("soft_step", "create"),
    }
)
"""(type, kind) of the entries that can be taken back; starting and ending a visit and all of notices cannot."""
BEGINNINGS: Final = frozenset({"create", "attach"})
ANSWER: Final[Mapping[str, Any]] = {"result": "", "note": "", "hazard_id": None}
"""What stands in a check that nobody answered: an answer is emptied, never removed, for the check stays on its list."""
TAKEN_BACK: Final = "撤销"
"""The reason of a removal that takes a creation back."""

Key = tuple[str, str, str]


@dataclass(slots=True)
class Deed:
    """One action: its entries in order, and the seq of the latest entry that did, undid or redid it."""

    parts: list[Told]
    latest: int

    def hashes(self) -> frozenset[str]:
        """Return the hashes of its entries."""
        return frozenset(part.hash for part in self.parts)

    def written(self) -> list[Key]:
        """Return (type, subject, field) of everything it wrote."""
        return [key for part in self.parts for key in keys_of(part)]


@dataclass(slots=True)
class Deeds:
    """`done` and `undone` with the latest at the end; `issued` maps a notice to the seq of its issue."""

    done: list[Deed] = field(default_factory=list[Deed])
    undone: list[Deed] = field(default_factory=list[Deed])
    issued: dict[str, int] = field(default_factory=dict[str, int])
    _of: dict[str, Deed] = field(default_factory=dict[str, Deed])
    _writers: dict[Key, list[str]] = field(default_factory=dict[Key, list[str]])
    _seqs: dict[str, int] = field(default_factory=dict[str, int])

    def is_overwritten(self, deed: Deed, *, is_undo: bool) -> bool:
        """Whether an entry that stands and is not of the deed wrote one of its fields since."""
        mine = deed.hashes()
        if is_undo:
            return any(self._writers.get(key, [""])[-1] not in mine for key in deed.written())
        return any(self._seq_of(key) > deed.latest for key in deed.written())

    def _seq_of(self, key: Key) -> int:
        writers = self._writers.get(key)
        return self._seqs[writers[-1]] if writers else 0

    def take(self, told: Told, device: str) -> None:
        """Carry the next entry in; entries of other devices than `device` are nobody's to take back here."""
        self._seqs[told.hash] = told.seq
        entry = told.entry
        if entry.kind == "issue":
            self.issued[entry.subject] = told.seq
        for mark, here, there in ((UNDOES, self.done, self.undone), (REDOES, self.undone, self.done)):
            first = entry.set.get(mark)
            if isinstance(first, str) and first in self._of:
                self._turn(told, first, here, there)
                return
        if entry.device != device or (entry.type, entry.kind) not in STEPS:
            self._write(told)
        elif not is_idle(told):
            self._do(told)

    def _do(self, told: Told) -> None:
        self.undone.clear()
        group = told.entry.set.get(GROUP)
        deed = self._of.get(f"group {group}") if group else None
        if deed is None or deed not in self.done:
            deed = Deed([], told.seq)
        else:
            self.done.remove(deed)
        deed.parts.append(told)
        deed.latest = told.seq
        self.done.append(deed)
        self._of[told.hash] = deed
        if group:
            self._of[f"group {group}"] = deed
        self._write(told)

    def _turn(self, told: Told, first: str, here: list[Deed], there: list[Deed]) -> None:
        deed = self._of[first]
        deed.latest = told.seq
        if deed in here:
            here.remove(deed)
            there.append(deed)
        part = next(one for one in deed.parts if one.hash == first)
        for key in keys_of(part):
            writers = self._writers.setdefault(key, [])
            if there is self.done:
                writers.append(first)
            elif first in writers:
                writers.remove(first)

    def _write(self, told: Told) -> None:
        for key in keys_of(told):
            self._writers.setdefault(key, []).append(told.hash)


def fold(entries: Sequence[Told], device: str) -> Deeds:
    """Return what the entries of one inspection add up to."""
    deeds = Deeds()
    for told in entries:
        deeds.take(told, device)
    return deeds


def keys_of(told: Told) -> list[Key]:
    """Return (type, subject, field) of what an entry wrote; a beginning also wrote that the subject is there."""
    entry = told.entry
    names = set(entry.set) - MARKS
    if entry.kind in BEGINNINGS:
        names.add("is_removed")
    return [(entry.type, entry.subject, name) for name in sorted(names)]


def is_idle(told: Told) -> bool:
    """Whether an entry changed nothing: there is nothing to take back then."""
    entry = told.entry
    if entry.kind in BEGINNINGS:
        return False
    return all(name in entry.old and alike(value, entry.old[name]) == value for name, value in _fields(told).items())


def alike(value: Any, stored: Any) -> Any:
    """Return a column's value in the shape that `set` gives the field: lists and flags are text and 0/1 in rows."""
    if isinstance(value, list | dict) and isinstance(stored, str):
        return json.loads(stored)
    return bool(stored) if isinstance(value, bool) else stored


def before(told: Told) -> dict[str, Any]:
    """Return the fields that take an entry back."""
    if told.entry.kind in BEGINNINGS:
        is_answer = told.entry.type == "check_result"
        return dict(ANSWER) if is_answer else {"is_removed": True, "removed_reason": TAKEN_BACK}
    old = told.entry.old
    return {name: alike(value, old[name]) for name, value in _fields(told).items() if name in old}


def after(told: Told) -> dict[str, Any]:
    """Return the fields that do again what an entry did."""
    if told.entry.kind in BEGINNINGS and told.entry.type == "check_result":
        return {name: value for name, value in told.entry.set.items() if name in ANSWER}
    if told.entry.kind in BEGINNINGS:
        return {"is_removed": False, "removed_reason": ""}
    return _fields(told)


def _fields(told: Told) -> dict[str, Any]:
    return {name: value for name, value in told.entry.set.items() if name not in MARKS}
