"""The official forms: their fields, number codes, copies notes and remedies, as the pack gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from inspector.domain.notice import FormCode
from inspector.errors import NotFound
from inspector.law import corrections, pack
from inspector.law.corrections import Remedy

_CODE = re.compile(r"应急[\u4e00-\u9fff]+")


class Field(msgspec.Struct, frozen=True):
    """One field of a form; `type` is a word of the pack (text, date, signature, finding_list …)."""

    label: str
    type: str
    required: bool

    @property
    def is_on_paper(self) -> bool:
        """Whether a pen or a seal fills it, not the program."""
        return self.type in {"signature", "seal", "refusal"}


class RawForm(msgspec.Struct, frozen=True):
    """One form as the pack writes it."""

    code: str
    name_zh: str
    name_en: str
    number_code: str
    kind: str
    fields: tuple[Field, ...]
    requires: tuple[str, ...]
    copies: str
    basis: str
    legacy_fix: str


class RawForms(pack.Document, frozen=True):
    """`forms.json`."""

    forms: tuple[RawForm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form. `number_code` is the middle of its numbers (应急检记); `copies_note` stands below the last rule."""

    code: str
    name: str
    name_en: str
    number_code: str
    """Empty: it bears no number of its own (笔录) or another system gives it (执法码)."""
    is_code_confirmed: bool
    is_external: bool
    fields: tuple[Field, ...]
    requires: tuple[str, ...]
    """Codes of forms that must come before, as far as the pack names them by code."""
    copies: str
    copies_note: str
    """Empty where the pack gives no sentence."""
    basis: str
    remedy: Remedy | None
    """Reconsideration and lawsuit periods, on forms that must name them (行政复议法 arts. 20, 24(1)(一))."""
    legacy_fix: str
    """What was corrected against the specimen of 2016."""

    @property
    def required(self) -> tuple[Field, ...]:
        """The fields that must be filled, those on paper included."""
        return tuple(field for field in self.fields if field.required)


class Forms:
    """All forms of one pack."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        self._by_code = {form.code: form for form in forms}

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all forms, in the pack's order."""
        return tuple(self._by_code)

    def get(self, code: FormCode | str) -> Form:
        """Return one form. Raises NotFound (kind, id)."""
        try:
            return self._by_code[str(code)]
        except KeyError as error:
            raise NotFound(kind="form", id=str(code)) from error


@pack.cached
def load() -> Forms:
    """Return the forms of the pack in use. Raises PackDamaged."""
    fixes = corrections.load()
    raw = pack.current().read("forms.json", RawForms)
    codes = {each.code for each in raw.forms}
    return Forms(tuple(_form(each, codes, fixes) for each in raw.forms))


def numbered() -> tuple[FormCode, ...]:
    """Return the forms of this version that have a series of numbers, in the pack's order. Raises PackDamaged."""
    known = load()
    return tuple(code for code in FormCode if code.value in known.codes and known.get(code).number_code)


def _number_code(told: str) -> str:
    """Take the code out of the pack's remark: （应急不罚 [K]） is 应急不罚, （无文号） is none."""
    found = _CODE.search(told)
    return found[0] if found else ""


def _form(raw: RawForm, codes: set[str], fixes: corrections.Corrections) -> Form:
    names_remedy = any(field.label == "行政复议机关" for field in raw.fields)
    return Form(
        code=raw.code,
        name=raw.name_zh,
        name_en=raw.name_en,
        number_code=_number_code(raw.number_code),
        is_code_confirmed="[K]" not in raw.number_code,
        is_external=raw.kind == "external",
        fields=raw.fields,
        requires=tuple(each for each in raw.requires if each in codes),
        copies=raw.copies,
        copies_note=fixes.copies_notes.get(raw.code, ""),
        basis=raw.basis,
        remedy=fixes.remedy if names_remedy else None,
        legacy_fix=raw.legacy_fix,
    )
