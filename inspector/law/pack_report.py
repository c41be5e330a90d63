"""What of a pack nobody has confirmed yet 待法制确认: the list that the legal office works off."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from inspector.law.pack import Pack
from inspector.law.plain_json import as_list, as_object


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """One value that was not read in a statute: its file, its id, what it says, and why it is in doubt."""

    file: str
    id: str
    text: str
    why: str


def unconfirmed(looked_at: Pack) -> tuple[Unconfirmed, ...]:
    """Return every value that is marked as general knowledge, as unverified or as in doubt. Raises PackDamaged.

    Marks: origin K (rules, forms, documents, parameters, periods, filming), [K] in a text, catalogue items whose
    verification isn't S, laws that were not read, doubts about whether a law still holds.
    """
    found: list[Unconfirmed] = []
    for name in sorted(set(looked_at.manifest.files) - {"search.json"}):
        found += _marked(name, json.loads(looked_at.content(name)))
    return tuple(found)


def _marked(name: str, content: Any) -> Iterator[Unconfirmed]:
    for own, record in _records(content):
        why = _why(record)
        if why:
            yield Unconfirmed(name, own, _words(record), why)


def _records(content: Any, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object that has parts of its own, with its id, the inner ones of a marked one left out."""
    for place, each in enumerate(as_list(content) or ()):
        yield from _records(each, f"{name}[{place}]")
    record = as_object(content)
    if record is None:
        return
    own = str(record.get("code") or record.get("id") or record.get("law") or name)
    yield own, record
    if not _why(record):
        for key, each in record.items():
            yield from _records(each, own if "code" in record else key)


def _why(record: dict[str, Any]) -> str:
    origin, verification = str(record.get("origin", "")), str(record.get("verification", ""))
    if "from_day" in record and "law" in record:
        return str(record.get("note", "doubt"))
    if origin.startswith("K"):
        return f"origin {origin}"
    if verification and isinstance(record["verification"], str) and not verification.startswith("S"):
        return f"verification {verification}"
    marked = [key for key, value in record.items() if "[K]" in _text(value)]
    return f"[K] in {', '.join(marked)}" if marked else ""


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    listed = as_list(value) or []
    return "；".join(listed) if all(isinstance(each, str) for each in listed) else ""


def _words(record: dict[str, Any]) -> str:
    for key in ("name_zh", "title_zh", "name", "title", "message_zh", "text_zh", "note"):
        if isinstance(record.get(key), str):
            return str(record[key])
    return ""
