"""Plans of imports: which files of a card are to become which clips; kept encrypted until all of them are here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from inspector.crypto.frames import Tampered, open_note, seal_note
from inspector.store.errors import translated_files
from inspector.store.keyring import sync_folder

ENDING: Final = ".plan"
_FRESH: Final = ".new"


class PlannedClip(msgspec.Struct, kw_only=True):
    """One file on its way. It is the same file again if `relative`, `size` and `mtime_ns` are the same."""

    path: bytes
    """As the file system has it: names on cards need not be UTF-8."""
    relative: str
    """Path below the root as text, with slashes."""
    size: int
    mtime_ns: int
    mime: str
    remark: str
    recorded_at: str | None
    duration_us: int | None
    recording_id: str
    ordinal: int
    sha256: str = ""
    """Set once the bytes are read back and about to get this name; then only the entry is missing."""
    is_done: bool = False
    """Here, or refused for good."""

    @property
    def mark(self) -> tuple[str, int, int]:
        """What says that a file is this one."""
        return self.relative, self.size, self.mtime_ns


class Plan(msgspec.Struct, kw_only=True):
    """One import. `source` is card | folder | file."""

    id: str
    root: bytes
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

    def sweep(self) -> None:
        """Remove what a kill left behind: plans half written (the plan itself is there), and those that were done."""
        for path in self.folder.glob(f"*{_FRESH}"):
            path.unlink(missing_ok=True)
        for plan in self.all():
            if plan.is_done:
                self.drop(plan)

    def keep(self, plan: Plan) -> None:
        """Write a plan so that a crash leaves the old or the new one. Raises StorageFull, StorageFailed."""
        sealed = seal_note(self.master, msgspec.json.encode(plan), plan.id)
        path = self._path(plan.id)
        fresh = path.with_suffix(_FRESH)
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
            return msgspec.json.decode(open_note(self.master, path.read_bytes(), path.stem), type=Plan)
        except (OSError, Tampered, msgspec.DecodeError):
            return None

    def _path(self, plan_id: str) -> Path:
        return self.folder / f"{plan_id}{ENDING}"


def part_name(plan: Plan, n: int) -> str:
    """Return the file name of the part of clip `n`."""
    return f"{plan.id}-{n}.part"


def unfinished(plans: Sequence[Plan]) -> dict[tuple[str, int, int], tuple[Plan, int]]:
    """Return file → (plan, number of the clip in it) for all that is still to be taken in."""
    return {clip.mark: (plan, n) for plan in plans for n, clip in enumerate(plan.clips) if not clip.is_done}
