"""Prints requirements.lock with some packages replaced: `floor_lock.py packaging/floor-2.28.txt`.

The named file holds whole blocks of a lock (name==version and its digests); each takes the place of its namesake, and
what only developers need stays out.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEVELOPERS = re.compile(r"#\s+via\s+field-inspector \(pyproject\.toml:(?:dev|bench)\)\s*$")


def blocks(text: str) -> dict[str, str]:
    """Return first line (name, version, marker) → its block of a lock: with the digests and who asked for it."""
    found = re.split(r"(?m)^(?=[a-z0-9])", text)
    return {block.partition("\n")[0]: block for block in found if "==" in block.partition("\n")[0]}


def replaced(lock: str, replacements: str) -> str:
    """Return the lock with the replacements in place. SystemExit if one replaces nothing."""
    locked, newer = blocks(lock), blocks(replacements)
    names = {name_of(line) for line in newer}
    strangers = sorted(names - {name_of(line) for line in locked})
    if strangers:
        raise SystemExit(f"not in requirements.lock: {', '.join(strangers)}")
    kept = [text for line, text in locked.items() if name_of(line) not in names and not DEVELOPERS.search(text)]
    return "".join([*kept, *newer.values()])


def name_of(line: str) -> str:
    """Return the package that a block's first line names."""
    return line.partition("==")[0]


if __name__ == "__main__":
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    sys.stdout.write(replaced(lock, Path(sys.argv[1]).read_text(encoding="utf-8")))
