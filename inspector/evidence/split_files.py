"""Which files of a card are one recording that the recorder cut into pieces.

Recorders cut for two reasons: FAT32 takes no file of 4 GiB, and many begin a new file every so many minutes. Nothing
in the files says so, hence this rule. Two files are one recording if they lie in one folder, are of one type and one
ending, their names differ in one number only, which is one higher (or in a date and time), and

- **times**: both tell when they began, the first also how long it is, and the second begins where the first ends,
  to within 3 s (a container counts whole seconds, and recorders lose up to two between files); or
- **size_limit**: they do not tell that, and the first is as large as recorders let a file grow: within 2 % of
  1, 2 or 4 GiB.

Where times are told and do not follow, the files are two recordings, whatever their names and sizes. What `times`
joined is sure; what `size_limit` joined an officer should confirm (`is_sure`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Final

from inspector.evidence.container import IN_NAME

TOLERANCE: Final = timedelta(seconds=3)
LIMITS: Final = (1 << 30, 2 << 30, 4 << 30)
NEAR: Final = 0.02
TIMES, SIZE_LIMIT = "times", "size_limit"
_LOOK_BACK: Final = 64
_RUNS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is known of one file; `relative` is its path below the card with slashes."""

    relative: str
    size: int
    mime: str
    began_at: datetime | None
    duration_us: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Pieces of one recording in order, by their numbers in what was given; `why` is times, size_limit or ""."""

    pieces: tuple[int, ...]
    why: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether nobody need confirm it."""
        return self.why != SIZE_LIMIT


def runs(pieces: Sequence[Piece]) -> list[Run]:
    """Join pieces to recordings; each piece is in exactly one. In the order of folder and name."""
    order = sorted(range(len(pieces)), key=lambda n: _natural(pieces[n].relative))
    found: list[Run] = []
    alike: dict[tuple[str, ...], list[int]] = {}
    for n in order:
        rows = alike.setdefault(_shape(pieces[n]), [])
        row, why = _before(pieces, [(row, found[row]) for row in rows[-_LOOK_BACK:]], n)
        if row is None:
            rows.append(len(found))
            found.append(Run(pieces=(n,)))
        else:
            last = found[row]
            found[row] = Run(pieces=(*last.pieces, n), why=why if last.why in {"", why} else SIZE_LIMIT)
    return found


def joined(first: Piece, second: Piece) -> str:
    """Return why `second` continues `first`: times, size_limit, or "" if it doesn't."""
    if _shape(first) != _shape(second):
        return ""
    step = _step(first, second)
    if step not in {0, 1}:
        return ""
    if first.began_at and second.began_at and first.duration_us:
        end = first.began_at + timedelta(microseconds=first.duration_us)
        return TIMES if abs(second.began_at - end) <= TOLERANCE else ""
    is_full = any(limit * (1 - NEAR) <= first.size <= limit for limit in LIMITS)
    return SIZE_LIMIT if is_full and step == 1 else ""


def _before(pieces: Sequence[Piece], rows: Sequence[tuple[int, Run]], n: int) -> tuple[int | None, str]:
    """Return which recording piece `n` continues, and why; (None, "") if none.

    Recorders with two lenses write their files in turn: the piece before need not be the neighbour, and one whose
    name differs in its time alone is nearer than one that is another number as well.
    """
    fitting: list[tuple[int, int, str]] = []
    for row, run in rows:
        last = pieces[run.pieces[-1]]
        why = joined(last, pieces[n])
        if why:
            fitting.append((_step(last, pieces[n]) or 0, -row, why))
    if not fitting:
        return None, ""
    _, row, why = min(fitting)
    return -row, why


def _shape(piece: Piece) -> tuple[str, ...]:
    """What must be the same: folder, type, and the name but for its numbers."""
    path = PurePosixPath(piece.relative)
    return piece.mime, str(path.parent), *_RUNS.split(_timeless(path.name))[::2]


def _step(first: Piece, second: Piece) -> int | None:
    """Return 0 if no number differs but a date and time, 1 if one number is one higher, None otherwise."""
    one, two = (_RUNS.split(_timeless(PurePosixPath(piece.relative).name))[1::2] for piece in (first, second))
    steps = [int(b) - int(a) for a, b in zip(one, two, strict=True) if a != b]
    return 0 if not steps else 1 if steps == [1] else None


def _timeless(name: str) -> str:
    """Return the name without its date and time, and without regard to case."""
    return IN_NAME.sub("@", name.lower())


def _natural(relative: str) -> tuple[str, list[tuple[int, str]]]:
    path = PurePosixPath(relative)
    runs_of_name = _RUNS.split(path.name.lower())
    return str(path.parent), [(int(run), "") if n % 2 else (0, run) for n, run in enumerate(runs_of_name)]
