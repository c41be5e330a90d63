"""Prints the oldest glibc that every ELF file of a folder can run on, and which files ask for it.

    glibc_floor.py FOLDER [--at-most 2.36]

Reads versioned symbols and required versions with objdump -T -p (binutils). Exit code 1 if the floor is above the
stated one.
"""

import argparse
import re
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SYMBOL = re.compile(r"GLIBC_(\d+(?:\.\d+)+)")
LOADED = (2, 3)
"""e_type of the ELF header: ET_EXEC and ET_DYN (System V ABI, chapter 4)."""
Version = tuple[int, ...]


def elf_files(folder: Path) -> list[Path]:
    """Return every program and shared library below the folder, each once; object files are linked, not loaded."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            head = file.read(18)
            if head[:4] == b"\x7fELF" and head[16] in LOADED:
                found.append(path)
    return found


def floor_of(path: Path) -> Version:
    """Return the newest glibc version that one file asks for, by symbol or by header; (0,) if it asks for none."""
    table = subprocess.run(["objdump", "-p", "-T", str(path)], capture_output=True, text=True, check=True).stdout
    return max((as_version(text) for text in SYMBOL.findall(table)), default=(0,))


def as_version(text: str) -> Version:
    """Return "2.28" as (2, 28)."""
    return tuple(int(part) for part in text.split("."))


def as_text(version: Version) -> str:
    """Return (2, 28) as "2.28"."""
    return ".".join(str(part) for part in version)


def measure(folder: Path) -> dict[Version, list[Path]]:
    """Return the files by the version that they ask for. SystemExit when there is no ELF file at all."""
    files = elf_files(folder)
    if not files:
        raise SystemExit(f"no ELF file below {folder}")
    by_version: dict[Version, list[Path]] = defaultdict(list)
    with ThreadPoolExecutor() as pool:
        for path, version in zip(files, pool.map(floor_of, files), strict=True):
            by_version[version].append(path)
    return dict(by_version)


def main() -> int:
    """Print the floor on standard output, the files that ask for most on standard error."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--at-most", type=as_version, default=None, metavar="VERSION")
    parser.add_argument("--all", action="store_true", help="name the files above --at-most, not only the highest")
    asked = parser.parse_args()
    by_version = measure(asked.folder)
    floor = max(by_version)
    for version in sorted(by_version, reverse=True):
        if version == floor or (asked.all and asked.at_most and version > asked.at_most):
            for path in by_version[version]:
                print(f"glibc {as_text(version)}: {path.relative_to(asked.folder)}", file=sys.stderr)
    print(as_text(floor))
    if asked.at_most and floor > asked.at_most:
        print(f"glibc floor {as_text(floor)} is above the stated {as_text(asked.at_most)}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
