"""The fixed sentences of the forms, and how values are put into them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import msgspec

from inspector.domain.notice import FormCode
from inspector.law import pack

_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a sentence: fixed words or a value; or `blank` points to be filled in by hand, or a `gap` of points."""

    text: str
    is_underlined: bool = False
    blank: float = 0.0
    gap: float = 0.0


class RawWording(pack.Document, frozen=True):
    """`wording.json` of the pack: sentences by name, those of all forms, of each, and of those that are sheets."""

    common: dict[str, str]
    forms: dict[str, dict[str, str]]
    sheet: dict[str, str] = msgspec.field(default_factory=dict[str, str])


@pack.cached
def load(form: FormCode) -> Mapping[str, str]:
    """Return the sentences of a form by name, the common ones among them. Raises PackDamaged."""
    told = pack.current().read("wording.json", RawWording)
    return MappingProxyType({**told.common, **told.forms.get(form.value, told.sheet)})


def fill(sentence: str, **values: str | Iterable[Fragment]) -> tuple[Fragment, ...]:
    """Put `values` into the {places} of `sentence`; a plain string becomes one value. Raises KeyError if one lacks."""
    fragments: list[Fragment] = []
    for index, part in enumerate(_PLACE.split(sentence)):
        if index % 2:
            value = values[part]
            fragments += [Fragment(value)] if isinstance(value, str) else value
        elif part:
            fragments.append(Fragment(part))
    return tuple(fragments)


def plain(sentence: str, **values: str) -> str:
    """Return the filled sentence as a string."""
    return "".join(fragment.text for fragment in fill(sentence, **values))


def underlined(text: str) -> tuple[Fragment, ...]:
    """A value on an underlined blank."""
    return (Fragment(text, is_underlined=True),)


def date_fragments(sentence: str, day: date) -> tuple[Fragment, ...]:
    """The parts of a date as underlined values between fixed 年, 月, 日; no leading zeros (GB/T 9704-2012 §7.3.5.4)."""
    parts = {"year": f"{day.year}", "month": f"{day.month}", "day": f"{day.day}"}
    return fill(sentence, **{name: underlined(value) for name, value in parts.items()})


def ordinals(numbers: Iterable[int]) -> str:
    """1、3、4 as printed; three or more in a row become 1至3."""
    spans: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    texts: list[str] = []
    for first, last in spans:
        texts += [f"{first}至{last}"] if last - first > 1 else [f"{number}" for number in range(first, last + 1)]
    return "、".join(texts)
