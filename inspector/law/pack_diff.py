"""What changed between two packs, record by record, so that the legal office can read it before it is installed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from inspector.law.pack import Pack
from inspector.law.plain_json import as_list, as_object

_MARKS: Final = ("code", "id")
"""By what records of a list are known, where they have such a mark."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference at `place`, such as "items AQ-001 stages 0 unit_fine"; `before` or `after` None: not there."""

    file: str
    place: str
    before: str | None
    after: str | None

    def text(self) -> str:
        """Return one line for each side."""
        told = [f"{self.file} {self.place}"]
        told += [f"  - {self.before}"] if self.before is not None else []
        told += [f"  + {self.after}"] if self.after is not None else []
        return "\n".join(told)


def diff(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Return every difference, file by file, in the order of the newer pack. Raises PackDamaged.

    search.json is left out: it follows from the catalogue.
    """
    found: list[Change] = []
    for name in sorted({*old.manifest.files, *new.manifest.files} - {"search.json"}):
        before, after = (json.loads(one.content(name)) if name in one.manifest.files else None for one in (old, new))
        found += (Change(name, place, _shown(one), _shown(two)) for place, one, two in _differences(before, after))
    return tuple(found)


def _differences(old: Any, new: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    if old == new:
        return
    before, after = _parts(old), _parts(new)
    if before is None or after is None:
        yield place.strip(), old, new
        return
    for key in dict.fromkeys((*after, *before)):
        yield from _differences(before.get(key), after.get(key), f"{place} {key}")


def _parts(value: Any) -> Mapping[str, Any] | None:
    """Return the parts of an object or list by name; None for what has no parts that could be told apart."""
    listed = as_list(value)
    if listed is None:
        return as_object(value)
    records = [found for each in listed if (found := as_object(each)) is not None]
    if len(records) == len(listed):
        for mark in _MARKS:
            named = {str(each[mark]): each for each in records if mark in each}
            if records and len(named) == len(records):
                return named
    if listed and all(as_object(each) is not None or as_list(each) is not None for each in listed):
        return {str(place): each for place, each in enumerate(listed)}
    return None


def _shown(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
