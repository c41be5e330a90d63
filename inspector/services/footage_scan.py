"""What lies on a card or in a folder: footage joined to recordings, and what of it is already here."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from inspector.evidence import split_files
from inspector.evidence.film_folder import FilmFile, FilmWalk, films_in
from inspector.store import recordings
from inspector.store.gateway import Tx
from inspector.store.vault import Vault

CARDS: Final = ("/media/", "/run/media/", "/mnt/")
"""Where Linux mounts what is plugged in: udisks2, and by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClip:
    """One file that may be taken in; `FootageService.take_in` joins the clips with the same `group` in their order.

    To split or join what the scan proposed, hand in copies with another `group` (dataclasses.replace).
    """

    root: Path
    path: Path
    relative: str
    name: str
    size: int
    mtime_ns: int
    mime: str
    began_at: datetime | None
    """By the recorder's own clock."""
    duration_us: int | None
    remark: str
    """"" | no_index (power cut) | undecodable (kept all the same, byte for byte)."""
    group: str
    is_known: bool
    """A clip of that name and size is here; taking it in once more only compares the bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecording:
    """Clips of one recording in order; `why` they were joined: times | size_limit (to be confirmed) | "" (one file)."""

    clips: tuple[FoundClip, ...]
    why: str
    is_sure: bool

    @property
    def began_at(self) -> datetime | None:
        """When it began by the recorder's own clock."""
        return self.clips[0].began_at

    @property
    def size(self) -> int:
        """Bytes of all its clips."""
        return sum(clip.size for clip in self.clips)

    @property
    def duration_us(self) -> int | None:
        """How long it is, None if a clip doesn't say."""
        lengths = [clip.duration_us for clip in self.clips]
        return None if None in lengths else sum(length or 0 for length in lengths)


@dataclass(frozen=True, slots=True, kw_only=True)
class FootageScan:
    """`source` is card | folder. `skipped`: (path, reason) as film_folder names them. `others`: files not footage."""

    root: Path
    source: str
    recordings: tuple[FoundRecording, ...]
    skipped: tuple[tuple[str, str], ...]
    others: tuple[str, ...]

    @property
    def clips(self) -> tuple[FoundClip, ...]:
        """Every clip, in the order of the recordings."""
        return tuple(clip for one in self.recordings for clip in one.clips)

    @property
    def size(self) -> int:
        """Bytes of all clips."""
        return sum(one.size for one in self.recordings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanning:
    """How far a scan is."""

    found: int
    name: str


def scan(
    vault: Vault, folder: Path, progress: Callable[[Scanning], None], is_cancelled: Callable[[], bool]
) -> FootageScan:
    """Look through a folder. Raises Cancelled, EvidenceRefused(unreadable)."""
    walk = films_in(folder, lambda found, name: progress(Scanning(found=found, name=name)), is_cancelled)
    with vault.gateway.read() as tx:
        found = tuple(_recording(tx, walk, run) for run in split_files.runs([_piece(film) for film in walk.films]))
    return FootageScan(
        root=folder,
        source="card" if card_root(folder) else "folder",
        recordings=found,
        skipped=tuple(walk.skipped),
        others=tuple(other.relative for other in walk.others),
    )


def card_root(folder: Path) -> Path | None:
    """Return where the card is mounted on which a folder lies, None if it lies on the computer's own disk."""
    here = folder.absolute()
    if os.name == "nt":
        system = os.environ.get("SYSTEMDRIVE", "C:").casefold()
        return Path(here.anchor) if here.drive and here.drive.casefold() != system else None
    return next((path for path in (here, *here.parents) if path.as_posix().startswith(CARDS) and path.is_mount()), None)


def _piece(film: FilmFile) -> split_files.Piece:
    return split_files.Piece(
        relative=film.relative,
        size=film.size,
        mime=film.mime,
        began_at=film.began_at,
        duration_us=film.duration_us,
    )


def _recording(tx: Tx, walk: FilmWalk, run: split_files.Run) -> FoundRecording:
    films = [walk.films[n] for n in run.pieces]
    group = films[0].relative
    return FoundRecording(clips=tuple(_clip(tx, walk, one, group) for one in films), why=run.why, is_sure=run.is_sure)


def _clip(tx: Tx, walk: FilmWalk, film: FilmFile, group: str) -> FoundClip:
    return FoundClip(
        root=walk.root,
        path=film.path,
        relative=film.relative,
        name=film.name,
        size=film.size,
        mtime_ns=film.mtime_ns,
        mime=film.mime,
        began_at=film.began_at,
        duration_us=film.duration_us,
        remark=film.remark,
        group=group,
        is_known=bool(recordings.alike(tx, film.name, film.size)),
    )
