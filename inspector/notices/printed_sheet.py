"""The values of one document of documents.json as they are printed, and the sentences that they are put into."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import msgspec

from inspector.clock import CHINA
from inspector.law import amounts
from inspector.law.conditions import holds
from inspector.law.documents import Block, DocumentField, DocumentKind

TOKEN: Final = re.compile(r"\{([=?]?)([A-Za-z_]\w*(?:\.\w+)*)(?:\.\.([A-Za-z_]\w*))?(?:=(\w+))?\}")
"""{key}, {=key}, {?key}, {?key=value}, {from..to}; groups: mark, key, to, value."""
PEN: Final = frozenset({"blank", "room", "officers"})
"""Names in sentences that are no field: room for a pen, the rest of the line, the officers."""
FORMS: Final = frozenset({"words", "figures", "masked", "count", "items"})
"""What may follow a key: an amount in words or figures, an identity number masked, how many, a list line by line."""

SHORT: Final = 20
"""Characters of an item that stands beside others with 、 between them; longer ones are parted by ；."""
_PAUSE: Final = re.compile("[、，；。]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """A document of the pack with its values: by field key, as `filled` keeps them (law/documents.py, FieldType)."""

    kind: DocumentKind
    values: Mapping[str, Any]
    """Only what is printed: a field whose condition doesn't hold isn't in it."""
    references: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of each doc_ref: the document's number, or its title if it has none."""
    about_number: str = ""
    """The number of the document that it belongs to, where it bears that one."""

    @property
    def body(self) -> tuple[Block, ...]:
        """The blocks whose condition holds."""
        return tuple(block for block in self.kind.body if holds(block.when, self.values))

    def field(self, key: str) -> DocumentField:
        """Return the field `key`. KeyError if the document has none."""
        return next((one for one in self.kind.fields if one.key == key), None) or _unknown(key)

    def text(self, key: str) -> str:
        """Return a value as a plain text; "" if there is none. `key` may end in .words, .figures, .masked, .count."""
        name, form = parted(key)
        return said(self.field(name), self.values.get(name), form=form, reference=self.references.get(name, ""))

    def facts(self) -> dict[str, Any]:
        """Return what the digest covers: the values and every sentence around them."""
        told = {"body": self.kind.body, "closing": self.kind.closing, "references": dict(self.references)}
        return {**msgspec.to_builtins(told), "values": dict(self.values)}

    def typed(self) -> Iterator[tuple[str, str]]:
        """Yield (place, text) of every value, as findings name them: filled.<key>."""
        for each in self.kind.fields:
            if each.key in self.values:
                yield f"filled.{each.key}", "\n".join(_texts(each, self.values[each.key]))


def parted(key: str) -> tuple[str, str]:
    """Part fine.words into key and form; the form is empty where there is none."""
    name, _, form = key.rpartition(".")
    return (name, form) if name and form in FORMS else (key, "")


def said(field: DocumentField, value: Any, *, form: str = "", reference: str = "") -> str:
    """Say one value as paper has it; "" if it is missing."""
    if field.type == "doc_ref":
        return reference
    if form == "count":
        return f"{len(value or ())}"
    if value in (None, "", []):
        return ""
    say = _SAY.get(field.type)
    return say(field, value, form) if say is not None else str(value)


def label(field: DocumentField, value: str) -> str:
    """Return what the paper says for a choice; the value itself if it is no choice any more."""
    return next((option.label for option in field.options if option.value == value), value)


def masked(number: str) -> str:
    """Hide the birthday and more of an identity number: 110101********1234."""
    return number if len(number) < 12 else f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"


def day_text(day: date) -> str:
    """2026年11月22日 (GB/T 9704-2012 §7.3.5.4: no leading zeros)."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_text(moment: datetime) -> str:
    """2026年11月22日09时30分, the time of day in China."""
    local = moment.astimezone(CHINA)
    return f"{day_text(local.date())}{local:%H}时{local:%M}分"


def tokens(block: Block) -> Iterator[str]:
    """Yield every sentence of a block that may hold {keys}."""
    yield from (block.say, block.label)
    for row in block.grid:
        for cell in row.cells:
            yield from (cell.say, cell.foot)


def keys_in(sentence: str) -> set[str]:
    """Return the field keys that a sentence names."""
    found: set[str] = set()
    for token in TOKEN.finditer(sentence):
        found |= {parted(name)[0] for name in (token[2], token[3]) if name} - PEN
    return found


def _money(fen: int, form: str) -> str:
    words, figures = amounts.in_words(fen), f"{fen // 100:,}.{fen % 100:02}"
    return {"words": words, "figures": figures}.get(form, f"{words}（¥{figures}）")


def _texts(field: DocumentField, value: Any) -> list[str]:
    match field.type:
        case "table":
            return [str(cell) for row in value or () for cell in row.values()]
        case "qa_list":
            return [text for pair in value or () for text in (pair["q"], pair["a"])]
        case "list" | "law_refs":
            return [str(each) for each in value or ()]
        case _:
            return [str(value)] if isinstance(value, str) else []


def _unknown(key: str) -> DocumentField:
    raise KeyError(key)


def _said_list(field: DocumentField, value: Any, form: str) -> str:
    if form == "items":
        return "\n".join(f"{number}．{each}" for number, each in enumerate(value, 1))
    texts = [str(each) for each in value]
    is_listed = field.type == "law_refs" or all(len(text) <= SHORT and not _PAUSE.search(text) for text in texts)
    return ("、" if is_listed else "；").join(texts)


def _said_choice(field: DocumentField, value: Any, _form: str) -> str:
    return "、".join(label(field, one) for one in ([value] if isinstance(value, str) else value))


_SAY: Final[Mapping[str, Callable[[DocumentField, Any, str], str]]] = {
    "money": lambda _, value, form: _money(int(value), form),
    "date": lambda _, value, form: day_text(date.fromisoformat(value)),  # noqa: ARG005 - one shape for all
    "datetime": lambda _, value, form: moment_text(datetime.fromisoformat(value)),  # noqa: ARG005
    "enum": _said_choice,
    "multi_enum": _said_choice,
    "idcard": lambda _, value, form: masked(str(value)) if form == "masked" else str(value),
    "list": _said_list,
    "law_refs": _said_list,
    "bool": lambda _, value, form: "是" if value else "否",  # noqa: ARG005
}
