"""The order in which an import reaches the disk, and that a card is only ever opened to be read (seen by strace)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from inspector.app import unlock
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock
from tests.services.recorder import MIB, a_film, stamps
from tests.services.visit import SITE

ROOT = Path(__file__).resolve().parents[2]
CALLS = "write,pwrite64,fsync,fdatasync,rename,renameat,renameat2"
TOUCHING = "open,openat,creat,unlink,unlinkat,rename,renameat,renameat2,truncate,chmod,fchmodat,utimensat,mkdir,mkdirat"


def traced(profile: Path, card: Path, calls: str) -> list[str]:
    """Take the card in under strace; return its lines."""
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    app.close()
    out = profile.with_suffix(".strace")
    strace = ["strace", "-f", "-y", "-s", "300", "-e", f"trace={calls}", "-o", str(out)]
    words = [sys.executable, "-m", "tests.faults.importing", str(profile), str(card), visit]
    subprocess.run([*strace, *words], cwd=ROOT, check=True, capture_output=True, timeout=300)
    return out.read_text("utf-8", "replace").splitlines()


def test_bytes_then_name_then_entry(profile: Path, tmp_path: Path) -> None:
    card = tmp_path / "card"
    a_film(card / "REC.MP4", 5 * MIB)
    lines = traced(profile, card, CALLS)
    written = [n for n, line in enumerate(lines) if re.search(r"write\w*\(\d+<[^>]*\.part>", line)]
    synced = [n for n, line in enumerate(lines) if re.search(r"sync\(\d+<[^>]*\.part>", line)]
    (named,) = [n for n, line in enumerate(lines) if "rename" in line and ".fif" in line]
    folder = [n for n, line in enumerate(lines) if re.search(r"fsync\(\d+<[^>]*/footage>", line)]
    entries = [n for n, line in enumerate(lines) if re.search(r"write\w*\(\d+<[^>]*inspector\.db-wal>", line)]
    assert written[-1] < synced[-1] < named
    after_naming = [n for n in folder if n > named]
    after_syncing = [n for n in entries if n > named]
    assert after_naming[0] < after_syncing[0]
    assert not [n for n in entries if written[0] < n < named]  # nothing is said of it before


def test_a_card_is_only_ever_opened_to_be_read(profile: Path, tmp_path: Path) -> None:
    card = tmp_path / "card"
    a_film(card / "DCIM" / "REC_0001.MP4", 2 * MIB)
    a_film(card / "DCIM" / "REC_0002.MP4", 2 * MIB)
    before = stamps(card)
    lines = [line for line in traced(profile, card, TOUCHING) if str(card) in line]
    opened = [line for line in lines if " open" in line]
    assert len(opened) > 4
    assert all("O_RDONLY" in line for line in opened)
    assert [line for line in lines if line not in opened] == []
    assert stamps(card) == before
