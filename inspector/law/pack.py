"""Law packs: versioned folders of law data; read lazily, checked by digest and schema."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from inspector.errors import PackDamaged

SCHEMA_VERSION = 1
"""The only schema of pack files that this version reads."""

MANIFEST = "pack.json"

PACKS = Path(__file__).resolve().parents[2] / "resources" / "packs"
"""Where the packs that came with the product lie, one folder a version."""


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


@dataclass(frozen=True)
class Pack:
    """One opened pack; files are read when asked for."""

    folder: Path
    manifest: Manifest

    @classmethod
    def open(cls, folder: Path) -> Pack:
        """Read the manifest of `folder`. Raises PackDamaged."""
        return cls(folder, _decode(MANIFEST, _bytes(folder / MANIFEST), Manifest))

    def read(self, name: str, kind: type[DocumentT]) -> DocumentT:
        """Return file `name` as `kind` after checking size, digest, schema. Raises PackDamaged (file, reason)."""
        promised = self.manifest.files.get(name)
        if promised is None:
            raise PackDamaged(file=name, reason="not_listed")
        data = _bytes(self.folder / name)
        if len(data) != promised.size:
            raise PackDamaged(file=name, reason="size")
        if hashlib.sha256(data).hexdigest() != promised.sha256:
            raise PackDamaged(file=name, reason="digest")
        return _decode(name, data, kind)


@lru_cache(maxsize=1)
def current() -> Pack:
    """Return the newest pack that came with the product. Raises PackDamaged when there is none or it is broken."""
    folders = sorted(folder for folder in PACKS.glob("*") if folder.is_dir())
    if not folders:
        raise PackDamaged(file=PACKS.name, reason="missing")
    return Pack.open(folders[-1])


def version() -> str:
    """Return the version of the pack in use, as it goes into entries and notices."""
    return current().manifest.version


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise PackDamaged(file=path.name, reason="missing") from error


def _decode(name: str, data: bytes, kind: type[DocumentT]) -> DocumentT:
    try:
        decoded = msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise PackDamaged(file=name, reason="schema") from error
    if decoded.schema_version != SCHEMA_VERSION:
        raise PackDamaged(file=name, reason="schema")
    return decoded
