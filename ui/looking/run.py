"""Runs the batches side by side, one process each, tells how far they are, and gathers their faults.

run(asked) -> Seeing: the pictures by batch in the order of the screens, and the faults with their pictures.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from time import monotonic

from ui.looking.dresses import DRESSES, Batch
from ui.looking.scene import Fault
from ui.looking.screens import SCREENS


@dataclass(frozen=True, slots=True)
class Asked:
    """What to picture: profile and passphrase, into which folder; `screens` by name, empty for all."""

    out: Path
    profile: Path
    passphrase: str
    batches: Sequence[Batch]
    screens: Sequence[str] = ()


@dataclass(slots=True)
class Seeing:
    """What came out: paths of pictures by screen size, faults as (screen, picture, fault)."""

    pictures: dict[tuple[int, int], list[Path]] = field(default_factory=dict)
    faults: list[tuple[str, str, Fault]] = field(default_factory=list)
    seconds: float = 0.0

    def report(self) -> list[str]:
        """Tell the faults: one paragraph for all of one check at one widget of one screen, with its pictures."""
        grouped: dict[tuple[str, str, str], list[tuple[str, Fault]]] = {}
        for screen, picture, fault in self.faults:
            place = re.sub(r"\[.*", "", fault.where, flags=re.DOTALL)
            grouped.setdefault((screen, fault.check, place), []).append((picture, fault))
        return [_paragraph(*key, told) for key, told in grouped.items()]


class Running:
    """Counts the pictures of all batches while they are taken."""

    def __init__(self, asked: Asked, say: Callable[[str], object]) -> None:
        self._asked, self._say = asked, say
        self._total = sum(expected(batch, asked.screens) for batch in asked.batches)
        self._done, self._began, self._lock = 0, monotonic(), Lock()
        self.seeing = Seeing()

    def run(self) -> Seeing:
        """Take all pictures, as many batches at once as there are cores. Raises CalledProcessError."""
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(self._batch, self._asked.batches))
        self.seeing.seconds = monotonic() - self._began
        return self.seeing

    def _batch(self, batch: Batch) -> None:
        folder = self._asked.out / f"{batch.size[0]}x{batch.size[1]}"
        folder.mkdir(parents=True, exist_ok=True)
        words = [sys.executable, "-m", "ui.screenshots", "--out", str(folder), "--profile", str(self._asked.profile)]
        words += ["--passphrase", self._asked.passphrase, "--batch", batch.name]
        words += [word for name in self._asked.screens for word in ("--screen", name)]
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(batch.scale)}
        with subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True) as child:
            for line in child.stdout or ():
                self._note(batch, folder, json.loads(line))
        if child.returncode:
            raise subprocess.CalledProcessError(child.returncode, words)

    def _note(self, batch: Batch, folder: Path, told: dict) -> None:
        with self._lock:
            self._done += 1
            path = folder / told["picture"]
            self.seeing.pictures.setdefault(batch.size, []).append(path)
            where = f"{folder.name}/{told['dress']}-{batch.scale * 100:.0f}"
            self.seeing.faults += [(told["screen"], where, Fault(**fault)) for fault in told["faults"]]
            took = monotonic() - self._began
            left = took / self._done * max(0, self._total - self._done)
            wrong = f"  {len(told['faults'])} faults" if told["faults"] else ""
            self._say(f"[{self._done:3}/{self._total}] {folder.name}/{path.name}  {left:3.0f} s left{wrong}")


def expected(batch: Batch, names: Sequence[str] = ()) -> int:
    """Return how many pictures a batch takes (places without a line of their own come on top)."""
    wanted = [one for one in SCREENS if not names or one.name in names]
    return sum(batch.has(dress, is_key=one.is_key) for one in wanted for dress in DRESSES)


def ordered(pictures: Sequence[Path]) -> list[Path]:
    """Put pictures in the order of the screens, then of their names."""
    place = {one.name: n for n, one in enumerate(SCREENS)}

    def rank(path: Path) -> tuple[int, str]:
        known = [name for name in place if path.stem.startswith(f"{name}-")]
        return place[max(known, key=len)] if known else len(place), path.stem

    return sorted(pictures, key=rank)


def _paragraph(screen: str, check: str, place: str, told: list[tuple[str, Fault]]) -> str:
    """Name the fault, the different texts (at most six) and the pictures (at most six)."""
    said = list(dict.fromkeys(f"“{fault.text}” {fault.why}" if fault.text else fault.why for _, fault in told))
    seen = list(dict.fromkeys(picture for picture, _ in told))
    lines = [f"{screen}: {check}: {place}  ({len(told)} times)", *(f"    {one}" for one in said[:6])]
    return "\n".join([*lines, f"    in {'  '.join(seen[:6])}{' …' if len(seen) > 6 else ''}"])
