"""Facts about what surrounds a draft notice: earlier documents, evidence, footage, the site, the laptop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from inspector.domain.serving import ServingMethod


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFact:
    """One field of the form; `value` as the record or the officer gives it, `problem` a code of what is wrong."""

    key: str
    label: str
    label_en: str
    is_required: bool
    value: Any = None
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingFact:
    """How a document was handed over, as recorded last."""

    method: ServingMethod
    served_at: datetime
    receiver: str = ""
    reason: str = ""
    witness: str = ""
    has_photo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact:
    """An issued, standing document of the matter: of this visit, of visits that are re-checked, what it concerns."""

    id: str
    form: str
    number: str
    issued_at: datetime
    issued_on: date
    filled: Mapping[str, Any] = field(default_factory=dict[str, Any])
    hazard_ids: frozenset[str] = frozenset()
    is_of_visit: bool = True
    about: str = ""
    pages: int = 0
    signed_pages: frozenset[int] = frozenset()
    """Pages, from 1, of which a photo with the signatures was linked."""
    pen_roles: frozenset[str] = frozenset()
    """Who signed with the pen on the screen: respondent, officer1, officer2 …"""
    is_pen_stale: bool = False
    """A pen signature was given to other facts than the paper states."""
    is_altered: bool = False
    """The stored bytes have no longer the digest that was signed at issue."""
    serving: ServingFact | None = None
    received_at: datetime | None = None
    """When headquarters signed that it holds the document."""
    deadline: date | None = None
    """The latest day of an order's hazards, extensions included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFact:
    """A picture on the notice."""

    id: str
    name: str
    taken_at: datetime | None
    place: str
    maker: str
    proves: str
    """What it shows: its caption or the hazard it hangs on."""
    is_altered: bool = False
    """The stored bytes have no longer the digest they were taken in with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipFact:
    """A file of the body recorder; times None where nobody knows them, `uploaded_at` None while only here."""

    name: str
    ended_at: datetime | None = None
    uploaded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFact:
    """What this laptop knows of earlier visits: routine ones of the year, this one included, and the last before."""

    routine_count_year: int = 0
    last_routine: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFact:
    """The laptop: the lent block of numbers, its clock against headquarters' in seconds, packs here and there."""

    block_from: int | None = None
    block_to: int | None = None
    sequence: int | None = None
    clock_drift_s: float = 0
    pack_version: str = ""
    newest_pack: str = ""
    """The newest pack that is installed or that headquarters told of; empty: unknown."""
