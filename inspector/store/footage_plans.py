"""Plans of imports: which files of a card are to become which clips; kept encrypted until all of them are here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspector.store.errors import translated_files
from inspector.store.keyring import sync_folder

ENDING: Final = ".plan"
_NONCE: Final = 12
_PURPOSE: Final = b"field-inspector/footage-plan/v1\0"


class PlannedClip(msgspec.Struct, kw_only=True):
    """One file on its way. It is the same file again if `relative`, `size` and `mtime_ns` are the same."""

    relative: str
    """Path below the root, with slashes."""
    size: int
    mtime_ns: int
    mime: str
    remark: str
    recorded_at: str | None
    recording_id: str
    ordinal: int
    sha256: str = ""
    """Set once the bytes are read back and about to get this name; then only the entry is missing."""
    is_done: bool = False

    @property
    def mark(self) -> tuple[str, int, int]:
        """What says that a file is this one."""
        return self.relative, self.size, self.mtime_ns


class Plan(msgspec.Struct, kw_only=True):
    """One import. `source` is card | folder | file."""

    id: str
    root: str
    inspection_id: str | None
    device_label: str
    source: str
    begun_at: str
    clips: list[PlannedClip]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(clip.is_done for clip in self.clips)


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans below `incoming`; a plan that can't be opened is passed over, its parts stay."""

    folder: Path
    master: bytes

    def all(self) -> list[Plan]:
        """Return every plan, oldest first."""
        found = [self._read(path) for path in sorted(self.folder.glob(f"*{ENDING}"))]
        return [plan for plan in found if plan is not None]

    def keep(self, plan: Plan) -> None:
        """Write a plan so that a crash leaves the old or the new one. Raises StorageFull, StorageFailed."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher().encrypt(nonce, msgspec.json.encode(plan), plan.id.encode())
        path = self._path(plan.id)
        fresh = path.with_suffix(".new")
        with translated_files(path.name):
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as out:
                out.write(sealed)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(path)
            sync_folder(self.folder)

    def drop(self, plan: Plan) -> None:
        """Forget a plan and what was taken in of its unfinished clips."""
        for n in range(len(plan.clips)):
            self.part_path(plan, n).unlink(missing_ok=True)
        self._path(plan.id).unlink(missing_ok=True)

    def part_path(self, plan: Plan, n: int) -> Path:
        """Return where the bytes of clip `n` gather."""
        return self.folder / part_name(plan, n)

    def _read(self, path: Path) -> Plan | None:
        try:
            sealed = path.read_bytes()
            told = self._cipher().decrypt(sealed[:_NONCE], sealed[_NONCE:], path.stem.encode())
            return msgspec.json.decode(told, type=Plan)
        except (OSError, InvalidTag, ValueError):
            return None

    def _path(self, plan_id: str) -> Path:
        return self.folder / f"{plan_id}{ENDING}"

    def _cipher(self) -> AESGCM:
        key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=_PURPOSE).derive(self.master)
        return AESGCM(key)


def part_name(plan: Plan, n: int) -> str:
    """Return the file name of the part of clip `n`."""
    return f"{plan.id}-{n}.part"


def unfinished(plans: Sequence[Plan]) -> dict[tuple[str, int, int], tuple[Plan, int]]:
    """Return file → (plan, number of the clip in it) for all that is still to be taken in."""
    return {clip.mark: (plan, n) for plan in plans for n, clip in enumerate(plan.clips) if not clip.is_done}
