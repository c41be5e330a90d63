"""What is said to be saved has reached the disk first; a torn log loses only what was never said to be saved."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from inspector import paths
from inspector.app import App, unlock
from inspector.errors import EvidenceMissing
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock
from tests.faults import ledger
from tests.services.visit import SITE, a_draft, a_photo

ROOT = Path(__file__).resolve().parents[2]
CALLS = "pwrite64,pwritev,write,writev,fsync,fdatasync,rename,renameat,renameat2"
JOURNAL, EVIDENCE = "inspector.db-wal", "evidence.db-wal"
WRITTEN = {
    "profile": {"inspector.db", "evidence.db", "keyring.new"},
    "unlock": {JOURNAL},
    "visit": {JOURNAL},
    "draft": {JOURNAL},
    "hazard": {JOURNAL},
    "patch": {JOURNAL},
    "photo": {EVIDENCE, JOURNAL},
    "notice": {JOURNAL},
    "issue": {EVIDENCE, JOURNAL},
    "export": {"（示）应急检记〔2026〕1号.pdf"},
    "void": {JOURNAL},
    "close": {"inspector.db", "evidence.db"},
}
"""What each piece of the script must have written, at least."""
SYNCED_LATER = ("-shm", "lock", "one.jpg")
"""The index of a log is rebuilt from it; the lock names a process; the photo is the camera's."""


def traced(folder: Path) -> Iterator[tuple[str, str]]:
    """Run the script under strace; yield (write | sync | rename | saved, file name or word) in order."""
    out = folder.with_suffix(".strace")
    strace = ["strace", "-f", "-y", "-xx", "-s", "64", "-e", f"trace={CALLS}", "-o", str(out)]
    words = [sys.executable, "-m", "tests.faults.script", str(folder)]
    subprocess.run([*strace, *words], cwd=ROOT, check=True, capture_output=True, timeout=300)
    for line in out.read_text(encoding="ascii").splitlines():
        if found := re.match(r'\d+ +write\(1<[^>]*>, "((?:\\x[0-9a-f]{2})*)"', line):
            word, _, what = unescaped(found[1]).partition(" ")
            if word == "saved":
                yield "saved", what.strip()
        elif found := re.match(r"\d+ +(\w+)\(\d+<([^>]*)>", line):
            path = Path(unescaped(found[2]))
            if path.is_relative_to(folder):
                yield ("sync" if "sync" in found[1] else "write"), path.name
        elif found := re.match(r'\d+ +rename\w*\(.*?"((?:\\x[0-9a-f]{2})*)"', line):
            yield "rename", Path(unescaped(found[1])).name


def unescaped(text: str) -> str:
    return bytes(text, "ascii").decode("unicode_escape").encode("latin-1").decode()


def test_everything_is_on_the_disk_before_it_is_said_to_be_saved(tmp_path: Path) -> None:
    folder = tmp_path / "laptop"
    folder.mkdir()
    written: set[str] = set()
    unsynced: set[str] = set()
    seen: list[str] = []
    for call, name in traced(folder):
        if call == "saved":
            seen.append(name)
            assert unsynced == set(), f"{name} was said to be saved"
            assert written >= WRITTEN[name], f"{name} wrote less than it must"
            written.clear()
        elif call == "sync":
            unsynced.discard(name)
        elif call == "rename":
            assert name not in unsynced, f"{name} took another file's place before it was on the disk"
            unsynced.add("profile")  # the folder
        elif not name.endswith(SYNCED_LATER):
            written.add(name)
            unsynced.add(name)
    assert seen == list(WRITTEN)


@pytest.fixture
def torn(profile: Path, tmp_path: Path) -> tuple[Path, dict[str, Path]]:
    """A copy of a working profile as a power cut leaves it (logs not folded in), and its photos."""
    app = unlock(profile, ZHANG, PASSPHRASE, clock=FakeClock())
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    photos = {name: a_photo(tmp_path / name, seed=n) for n, name in enumerate(("one.jpg", "two.jpg"))}
    for n, photo in enumerate(photos.values()):
        app.evidence.attach(visit, photo)
        app.hazards.report(visit, a_draft(f"第{n + 1}处"))
    copy = Path(shutil.copytree(profile, tmp_path / "copy"))
    app.close()
    return copy, photos


def cuts(log: Path, frame: int) -> list[int]:
    """Lengths that leave out every 512 bytes of the last two frames, and one byte."""
    size = log.stat().st_size
    return [size - 1, *range(size - size % 512 - 512 * (size % 512 == 0), size - 2 * frame - 512, -512)]


def reopened(copy: Path, length: int, name: str, scratch: Path) -> App:
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(copy, scratch)
    with (scratch / name).open("r+b") as log:
        log.truncate(length)
    return unlock(scratch, ZHANG, PASSPHRASE, clock=FakeClock())


def test_a_torn_journal_log_loses_at_most_the_last_action(torn: tuple[Path, dict[str, Path]], tmp_path: Path) -> None:
    copy, _ = torn
    lengths = cuts(copy / JOURNAL, 4096 + 24)
    for length in lengths:
        app = reopened(copy, length, JOURNAL, tmp_path / "scratch")
        assert app.audit.verify().faults == ()
        (visit,) = ledger.standing(app).values()
        assert list(visit["hazards"]) == ["第1处"]  # the last commit is torn: gone whole
        assert set(visit["photos"]) == {"one.jpg", "two.jpg"}
        again = app.inspections.list()[0].inspection.id
        app.hazards.report(again, a_draft("接着写"))
        assert [one.ordinal for one in app.hazards.of(again)] == [1, 2]
        app.close()
    assert len(lengths) >= 17


def test_a_torn_evidence_log_is_named_by_verify(torn: tuple[Path, dict[str, Path]], tmp_path: Path) -> None:
    """No order of power cut and honest disk does this: the journal names only bytes that were synced before."""
    copy, photos = torn
    lengths = cuts(copy / EVIDENCE, 16384 + 24)
    for length in lengths:
        app = reopened(copy, length, EVIDENCE, tmp_path / "scratch")
        found = {
            one.original.name: one.original.sha256 for one in app.evidence.of(app.inspections.list()[0].inspection.id)
        }
        told = app.audit.verify()
        assert [(one.where, one.what) for one in told.faults] == [(found["two.jpg"], "blob_missing")]
        assert app.evidence.original(found["one.jpg"]) == photos["one.jpg"].read_bytes()
        with pytest.raises(EvidenceMissing):
            app.evidence.original(found["two.jpg"])
        visit = app.inspections.list()[0].inspection.id
        app.evidence.attach(visit, photos["two.jpg"])  # the card is still there: taken in again, all is well
        assert app.audit.verify().is_clean
        app.close()
    assert len(lengths) >= 65


def test_an_empty_log_is_as_if_nothing_had_been_done(torn: tuple[Path, dict[str, Path]], tmp_path: Path) -> None:
    copy, _ = torn
    for name in (JOURNAL, EVIDENCE):
        (copy / name).write_bytes(b"")
    app = unlock(copy, ZHANG, PASSPHRASE, clock=FakeClock())
    assert app.audit.verify().is_clean
    assert app.inspections.list() == []
    assert paths.keyring_file(copy).exists()
    app.close()


def test_a_page_torn_while_the_log_was_folded_in_is_no_damage(torn: tuple[Path, dict[str, Path]]) -> None:
    copy, _ = torn
    log, pages = (copy / JOURNAL).read_bytes(), paths.journal_file(copy).stat().st_size // 4096
    logged = {int.from_bytes(log[at : at + 4], "big") for at in range(32, len(log), 4096 + 24)}
    with paths.journal_file(copy).open("r+b") as database:
        for page in (rewritten := [page for page in logged if 1 < page <= pages]):
            database.seek(4096 * (page - 1) + 100)
            database.write(b"torn" * 500)
    app = unlock(copy, ZHANG, PASSPHRASE, clock=FakeClock())
    assert app.audit.verify().faults == ()
    assert [len(visit["hazards"]) for visit in ledger.standing(app).values()] == [2]
    app.close()
    assert len(rewritten) > 3
