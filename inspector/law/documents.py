"""How each document is made: what is filled in, from where, in which order it is set on paper, and what it needs.

`documents.json` drives one engine (notices/forms/sheet.py); three forms keep modules of their own where data can't say
it (findings grouped by deadline, pairs of photos), and are named there with `is_own_module`.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from inspector.errors import NotFound
from inspector.law import pack

FieldType = Literal[
    "text", "multiline", "date", "datetime", "enum", "multi_enum", "int", "money", "bool", "person", "phone", "idcard",
    "list", "table", "qa_list", "doc_ref", "law_refs",
]  # fmt: skip
"""money in fen; date as 2026-11-22; datetime as aware ISO; list of str; table: list of objects by column key; qa_list:
list of {"q", "a"}; doc_ref: a notice's id; law_refs: list of printed citations."""


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One choice of an enum; `label` is what the paper says."""

    value: str
    label: str
    label_en: str


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of a table; its width on paper in millimetres."""

    key: str
    label: str
    label_en: str
    width_mm: float


class DocumentField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a document. With `source` the records give it and `is_editable` says whether it may be overtyped.

    `source` is a path of the facts: party.name, party.address, party.credit_code, party.responsible_person,
    party.position, party.phone, party.industry, party.summary, insp.place, insp.start, insp.end, insp.kind,
    insp.companion, insp.task_no, insp.approval_no, insp.entry_code, insp.no_code_reason, office.name, office.issuer,
    office.phone, office.address, office.government, office.court, officers.names, officers.certs, officers.1.name,
    officers.1.cert, officers.2.name, officers.2.cert, hazards.text (numbered, one line each), hazards.basis,
    hazards.count, hazards.code (of the catalogue), about.number, about.title, about.date, about.filled.<key>,
    visit.issued (a table of the visit's external papers), today, now. Empty: typed. `default` is typed text offered
    at first, a line for each entry of a list.
    """

    key: str
    label: str
    label_en: str
    type: FieldType
    is_required: bool = True
    source: str = ""
    is_editable: bool = True
    default: str = ""
    hint: str = ""
    hint_en: str = ""
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    when: str = ""
    """Asked and printed only if this holds: "key", "!key", "key=value", joined by " & "."""


class Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What must be there before: an issued document of one of `forms`, of the same visit or of the same site."""

    forms: tuple[str, ...]
    of: Literal["visit", "site", "about"] = "visit"
    is_urgent_excused: bool = False
    basis: str = ""


class Cell(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cell of an approval form: a label, a sentence with {keys}, and a line to sign on at its foot."""

    say: str
    span: int = 1
    is_label: bool = False
    height_mm: float = 0
    foot: str = ""
    down: int = 1
    """Rows that it spans; the rows below leave its columns out."""


class GridRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cells side by side."""

    cells: tuple[Cell, ...]


class Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of the paper, from the top down.

    addressee: `say` on a line of its own · paragraph: `say`, first line two characters in · fields: `rows` of
    (label, key) pairs on blanks, a list for each line · ruled: `label` and `key` on ruled lines, at least `lines`
    · hazards: the hazards numbered on ruled lines · list: `key` numbered · table: `key` with its field's columns and
    at least `lines` rows · grid: `columns_mm` and `grid` · qa: questions and answers of `key` · remedies: the clause
    on reconsideration and lawsuit, with `is_review_first` where 复议前置 applies (行政复议法 art. 23(1)(一)) · rest:
    the rest of the last page is ruled off 以下空白.
    In `say`, {key} is a value on an underlined blank and {=key} a value without a line; {blank} is room for a pen;
    {?key} and {?key=value} are a box, ticked if the value is so; {a..b} is a span from one moment to another. A tab in
    the lines to sign begins the second column, and the line {officers} stands for officers with their certificates.
    """

    block: Literal[
        "addressee", "paragraph", "fields", "ruled", "hazards", "list", "table", "grid", "qa", "remedies", "rest"
    ]
    say: str = ""
    label: str = ""
    key: str = ""
    lines: int = 0
    height_mm: float = 0
    """Of each row of a table, at least; 0 leaves it to the engine."""
    head_mm: float = 0
    """Of its labels; 0: as high as a row."""
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    columns_mm: tuple[float, ...] = ()
    grid: tuple[GridRow, ...] = ()
    when: str = ""
    is_review_first: bool = False


class Closing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs at the end, and on every page. `lines` are labels with a blank; `seal` prints office, seal and date."""

    lines: tuple[str, ...] = ()
    has_seal: bool = False
    seal_mm: float = 132.0
    """Where the middle of issuer, seal and date stands, from the left edge of the paper."""
    certificate_mm: float = 124.4
    """Where 证号 stands behind the officers' signatures, from the left edge of the paper."""
    has_date: bool = True
    on_every_page: tuple[str, ...] = ()
    """Labels of the blanks at the foot of every page but the last (facts.md §2: 续页 are signed too)."""
    below_seal: tuple[str, ...] = ()
    """Lines that stand under seal and date, as the specimen has the receiver's on a notice."""


class Start(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A period that begins with the document: its rule in facts.md §3 (T-05), counted from `since`."""

    clock: str
    since: Literal["issued", "served"] = "issued"
    when: str = ""
    """It begins only if this holds, written as DocumentField.when."""


class DocumentKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document of the pack."""

    group: str
    numbering: Literal["own", "none", "about"]
    """Its own series · no number (笔录) · the number of the document it belongs to (清单)."""
    fields: tuple[DocumentField, ...]
    body: tuple[Block, ...]
    closing: Closing
    needs: tuple[Need, ...] = ()
    about: tuple[str, ...] = ()
    """Forms one of which it must name: the decision of a list, the order of an extension."""
    is_about_void: bool = False
    """That document may be void: a note on why it was voided."""
    starts: tuple[Start, ...] = ()
    is_own_module: bool = False
    is_on_site: bool = True
    takes_hazards: bool = False
    copies_note: str = ""
    pitch_pt: float = 24.0
    """From line to line of the text, as the specimen's form has it (points)."""
    top_pt: float = 8.0
    """Points of white between the number and the text."""
    party: Literal["unit", "person", "either"] = "unit"
    origin: Literal["S", "K"] = "S"
    """K: no official form was read; shown as 待法制确认."""


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step of the guided order."""

    id: str
    name: str
    name_en: str


class RawDocuments(pack.Document, frozen=True, forbid_unknown_fields=True):
    """`documents.json`."""

    groups: tuple[Group, ...]
    documents: dict[str, DocumentKind]


@pack.cached
def load() -> RawDocuments:
    """Return the documents of the pack in use. Raises PackDamaged."""
    return pack.current().read("documents.json", RawDocuments)


def get(code: str) -> DocumentKind:
    """Return one document. Raises NotFound (kind, id)."""
    try:
        return load().documents[code]
    except KeyError as error:
        raise NotFound(kind="document", id=code) from error
