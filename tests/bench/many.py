"""A thousand notices drawn in one process: what the last nine hundred of them leave in memory."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests.bench.measure import Measured

WARM, MANY = 100, 1_000
MOST = 1.1
"""The memory after the last over that after the first hundred (issue 5)."""
_ROOT = Path(__file__).parents[2]


def memory_over_many() -> Measured:
    """Draw in a process of its own and compare what it holds after 100 and after 1,000 notices."""
    run = [sys.executable, "-m", "tests.bench.many"]
    told = subprocess.run(run, cwd=_ROOT, check=True, capture_output=True, text=True).stdout.split()
    warm, last = (int(one) / 1024 for one in told[-2:])
    return Measured(
        what=f"memory after {MANY:,} notices in one process",
        ours=last,
        worst=last,
        peer=f"after {WARM}",
        peer_value=warm,
        unit="MiB",
        promise=f"≤ {MOST:g} ×",
        is_kept=last <= MOST * warm,
    )


def held_kib() -> int:
    """Resident memory of this process (proc(5), VmRSS)."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS:")).split()[1])


def draw(number: int) -> None:
    """Draw one notice that no other is like: hazards of its own, a photo, an issue."""
    from inspector.notices.compose import compose
    from inspector.notices.render import render
    from tests.unit.notices.specimens import a_drawn_jpeg, a_hazard, a_photo, sources

    hazards = tuple(a_hazard(n, description=f"第{number}份文书的第{n}处安全出口被货物堵塞") for n in (1, 2, 3))
    photo = a_photo(1, 1, a_drawn_jpeg(shade=number % 250))
    render(compose(replace(sources(), number=f"（示）应急责改〔2026〕{number}号", hazards=hazards, photos=(photo,))))


def main() -> None:
    """Print what is held after the first hundred and after all, in KiB."""
    for number in range(1, MANY + 1):
        draw(number)
        if number in (WARM, MANY):
            sys.stdout.write(f"{held_kib()}\n")


if __name__ == "__main__":
    main()
