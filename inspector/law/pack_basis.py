"""Every basis that a pack writes in short notation, wherever it stands: forms, documents, deadlines, parameters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import msgspec

from inspector.law import citation_text
from inspector.law.pack import Pack

_FIELDS = frozenset({"basis", "article"})
_PARTS = ("law", "article", "paragraph", "item")
"""Fields of a citation that is written out; the law is an id."""

_ELSEWHERE = frozenset({"catalogue.json", "laws_index.json", "search.json", "statutes.json"})
"""Files whose citations have fields of their own, or none."""


def bases(opened: Pack) -> Iterator[tuple[str, str, str]]:
    """Yield (subject, field, text): the id or code the basis belongs to, the name of its field, one basis.

    A text of several places is taken apart. Raises PackDamaged.
    """
    for name in sorted(set(opened.manifest.files) - _ELSEWHERE):
        if name.endswith(".json"):
            yield from _found(msgspec.json.decode(opened.content(name)), name)


def _found(value: Any, subject: str) -> Iterator[tuple[str, str, str]]:
    if isinstance(value, list):
        for each in cast("list[Any]", value):
            yield from _found(each, subject)
    elif isinstance(value, dict):
        fields = cast("dict[str, Any]", value)
        named = fields.get("id") or fields.get("code")
        here = named if isinstance(named, str) else subject
        if "law" in fields and "article" in fields:
            yield here, "article", "".join(str(fields.get(part, "")) for part in _PARTS)
            return
        for key, inside in fields.items():
            if key in _FIELDS:
                texts = cast("list[Any]", inside if isinstance(inside, list) else [inside])
                for text in texts:
                    yield from ((here, key, one) for one in citation_text.places(str(text)))
            else:
                yield from _found(inside, key if key.isupper() else here)  # documents stand by their code
