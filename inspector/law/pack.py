"""Law packs: versioned sets of law data side by side; which one holds is asked for each day and each draft."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import msgspec

from inspector.errors import PackDamaged

SCHEMA_VERSION = 1
"""The only schema of pack files that this version reads."""

MANIFEST = "pack.json"

PACKS = Path(__file__).resolve().parents[2] / "resources" / "packs"
"""Where the packs that came with the product lie, one folder a version."""
_KEPT = 32
"""So many loaded files are remembered: a few packs, a dozen files each."""


class PackFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the manifest promises of one file: SHA-256 in hex and size in bytes."""

    sha256: str
    size: int


class Document(msgspec.Struct, frozen=True):
    """What every file of a pack begins with."""

    schema_version: int


class Manifest(Document, frozen=True, forbid_unknown_fields=True):
    """`pack.json`: what the pack is, from which day it applies (None: until replaced), and its files."""

    name: str
    version: str
    effective_from: date
    effective_to: date | None
    files: dict[str, PackFile]


DocumentT = TypeVar("DocumentT", bound=Document)
Arguments = ParamSpec("Arguments")
Loaded = TypeVar("Loaded")


@dataclass(frozen=True, eq=False)
class Pack:
    """One opened pack; files are read when asked for. Two of them are the same only if they are one object."""

    folder: Path
    manifest: Manifest
    digest: str = ""
    """SHA-256 of its manifest, which names the digest of every file: the whole pack in 64 hex digits."""
    signer: str = ""
    """Who signed it, public key in hex; empty for a pack that is part of the program."""

    @classmethod
    def open(cls, folder: Path, *, signer: str = "") -> Pack:
        """Read the manifest of `folder`. Raises PackDamaged."""
        raw = _bytes(folder / MANIFEST)
        return cls(folder, decode(MANIFEST, raw, Manifest), hashlib.sha256(raw).hexdigest(), signer)

    @property
    def version(self) -> str:
        """Its version, as it goes into entries and notices."""
        return self.manifest.version

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies between its dates of effect, both inclusive."""
        last = self.manifest.effective_to
        return self.manifest.effective_from <= day and (last is None or day <= last)

    def read(self, name: str, kind: type[DocumentT]) -> DocumentT:
        """Return file `name` as `kind` after checking size, digest, schema. Raises PackDamaged (file, reason)."""
        return decode(name, self.content(name), kind)

    def content(self, name: str) -> bytes:
        """Return the bytes of file `name`, which are those that the manifest promises. Raises PackDamaged."""
        promised = self.manifest.files.get(name)
        if promised is None:
            raise PackDamaged(file=name, reason="not_listed")
        data = _bytes(self.folder / name)
        if len(data) != promised.size:
            raise PackDamaged(file=name, reason="size")
        if hashlib.sha256(data).hexdigest() != promised.sha256:
            raise PackDamaged(file=name, reason="digest")
        return data


_installed: list[Pack] = []
_chosen: list[Pack] = []
_held: ContextVar[Pack | None] = ContextVar("pack", default=None)


@lru_cache(maxsize=1)
def builtin() -> tuple[Pack, ...]:
    """Return the packs that came with the product, oldest first. Raises PackDamaged when there is none or one broke."""
    folders = sorted(folder for folder in PACKS.glob("*") if folder.is_dir())
    if not folders:
        raise PackDamaged(file=PACKS.name, reason="missing")
    return tuple(Pack.open(folder) for folder in folders)


def know(installed: Iterable[Pack], today: date) -> None:
    """Take these packs beside those of the product, and work with what holds `today` from now on."""
    _installed[:] = installed
    _chosen[:] = [on(today)]


def known() -> tuple[Pack, ...]:
    """Return every pack, the older ones first: by the day they begin, then by version. Raises PackDamaged."""
    return tuple(sorted((*builtin(), *_installed), key=lambda one: (one.manifest.effective_from, one.version)))


def on(day: date) -> Pack:
    """Return the newest pack that holds on `day`; on a day before all of them the newest of those that begin first.

    Raises PackDamaged.
    """
    every = known()
    first = every[0].manifest.effective_from
    early = [one for one in every if one.manifest.effective_from == first]
    return next((one for one in reversed(every) if one.holds_on(day)), early[-1])


def current() -> Pack:
    """Return the pack in use: the one that `using` holds, else the one chosen for today. Raises PackDamaged."""
    held = _held.get()
    return held or (_chosen[0] if _chosen else builtin()[-1])


def version() -> str:
    """Return the version of the pack in use, as it goes into entries and notices."""
    return current().version


@contextmanager
def using(wanted: str) -> Generator[None]:
    """Work with the pack of version `wanted` meanwhile, on this thread: an open draft keeps the pack it began with.

    "" is the pack in use. Raises PackDamaged(missing) if this laptop no longer has it.
    """
    found = current() if not wanted else next((one for one in reversed(known()) if one.version == wanted), None)
    if found is None:
        raise PackDamaged(file=wanted, reason="missing")
    token = _held.set(found)
    try:
        yield
    finally:
        _held.reset(token)


def cached(load: Callable[Arguments, Loaded]) -> Callable[Arguments, Loaded]:
    """Remember what `load` made of the pack in use, for each pack and each argument."""

    @lru_cache(maxsize=_KEPT)
    def of(_pack: Pack, *arguments: Arguments.args, **named: Arguments.kwargs) -> Loaded:
        return load(*arguments, **named)

    @wraps(load)
    def asked(*arguments: Arguments.args, **named: Arguments.kwargs) -> Loaded:
        return of(current(), *arguments, **named)

    return asked


def decode(name: str, data: bytes, kind: type[DocumentT]) -> DocumentT:
    """Return `data` as `kind`. Raises PackDamaged (file, reason "schema")."""
    try:
        decoded = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackDamaged(file=name, reason="schema") from error
    if decoded.schema_version != SCHEMA_VERSION:
        raise PackDamaged(file=name, reason="schema")
    return decoded


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackDamaged(file=path.name, reason="missing") from error
