"""The whole field day, as a newcomer runs it: real store, real headquarters in its own process, a torn link."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from inspector.crypto.unlock import MINIMUM
from inspector.demo import day as field_day
from inspector.demo import visits
from inspector.demo.day import PASSPHRASE, Day
from inspector.demo.report import as_json, as_table
from inspector.demo.visits import ZHANG
from inspector.domain.inspection import InspectionState
from inspector.domain.notice import FormCode, NoticeState
from inspector.paths import RESOURCES
from inspector.sync.progress import SyncState

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT.parent / "shared" / "data" / "photos"


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """One day, lived once for all tests of this file; nobody changes it."""
    out = tmp_path_factory.mktemp("day")
    return field_day.run(out, SAMPLES if SAMPLES.is_dir() else None, say=print, cost=MINIMUM)


def verifier(laptop: Path, hq: Path) -> subprocess.CompletedProcess[str]:
    # Run from elsewhere: the script must not find the product it checks.
    script = [sys.executable, "-E", str(RESOURCES / "verify" / "verify.py"), "--laptop", str(laptop), "--hq", str(hq)]
    return subprocess.run(script, capture_output=True, text=True, check=False, cwd=laptop)


def test_everything_agrees(lived: Day) -> None:
    assert lived.verify == {"laptop": "ok", "hq": "ok", "independent": "ok", "bundle": "ok"}
    assert lived.is_good
    assert lived.hq["entries"] == lived.entries
    assert lived.cut is not None
    assert lived.cut.state is SyncState.INTERRUPTED
    assert lived.is_torn_in_a_photo
    assert lived.sync is not None
    assert lived.sync.is_handover_ready


def test_the_day_is_as_large_as_promised(lived: Day) -> None:
    told = as_json(lived)
    assert len(lived.visits) == 2
    assert len(told["photos"]) == visits.PHOTOS
    assert lived.hazards >= 6
    assert len(told["notices"]) >= 4
    assert [one["state"] for one in told["notices"]].count("void") == 1
    footage_and_still = 2
    photos = {one["sha256"] for one in told["photos"]}
    assert told["hq"]["blobs"] == len(photos) + len(told["notices"]) + footage_and_still
    assert "everything agrees" in as_table(lived)


def test_originals_at_headquarters_are_the_files_of_the_camera(lived: Day) -> None:
    for photo in as_json(lived)["photos"]:
        sha256 = photo["sha256"]
        stored = next((lived.out / "export-hq" / "blobs").rglob(sha256))
        assert stored.read_bytes() == Path(photo["source"]).read_bytes()


def test_footage_is_taken_in_whole_its_clock_measured_and_headquarters_has_its_bytes(lived: Day) -> None:
    told = lived.footage
    assert told is not None
    assert told.is_good
    assert told.uncertainty_ms is not None
    assert told.uncertainty_ms <= 500
    film = told.source.read_bytes()
    stored = next((lived.out / "export-hq" / "blobs").rglob(hashlib.sha256(film).hexdigest()))
    assert stored.read_bytes() == film


def test_the_bundle_of_the_first_visit_names_a_changed_byte(lived: Day, tmp_path: Path) -> None:
    bundle = (lived.out / "bundle.zip").read_bytes()
    changed = tmp_path / "changed.zip"
    changed.write_bytes(bundle[:-2000] + bytes([bundle[-2000] ^ 1]) + bundle[-1999:])
    for file, code in ((lived.out / "bundle.zip", 0), (changed, 1)):
        run = [sys.executable, "-E", str(RESOURCES / "verify" / "bundle.py"), str(file)]
        assert subprocess.run(run, check=False, capture_output=True, cwd=tmp_path).returncode == code


def test_the_long_order_has_25_hazards_on_at_least_4_pages_and_reads_back(lived: Day) -> None:
    notice, path = next(pair for pair in lived.notices if pair[0].form is FormCode.RECTIFICATION_ORDER)
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True).stdout
    flat = re.sub(r"\s", "", text)
    assert len(notice.hazard_ids) == 25
    body = [page for page in text.split("\f") if "照片附页" not in page and page.strip()]
    assert len(body) >= 4
    for expected in (notice.number, "示例甲仓储有限公司", "李䶮", "示执00000002", "示例区人民政府", "示例区人民法院"):
        assert expected in flat
    for page in range(1, notice.pages + 1):
        assert f"共{notice.pages}页第{page}页" in flat


def test_a_decision_on_measures_and_an_interview_without_number_are_issued(lived: Day) -> None:
    made = {notice.form: (notice, path) for notice, path in lived.notices}
    decision, paper = made[FormCode.MEASURES_DECISION]
    interview, record = made[FormCode.INTERVIEW_RECORD]
    assert "应急现决" in decision.number
    assert (interview.number, interview.state) == ("", NoticeState.ISSUED)
    assert "询问笔录" in record.name
    told = subprocess.run(["pdftotext", "-raw", str(record), "-"], capture_output=True, text=True, check=True).stdout
    assert "魏龑" in told
    assert paper.name == f"{decision.number}.pdf"


def test_the_void_order_names_its_successor(lived: Day) -> None:
    void = next(notice for notice, _ in lived.notices if notice.state is NoticeState.VOID)
    new = next(notice for notice, _ in lived.notices if notice.supersedes == void.id)
    assert void.superseded_by == new.id
    assert void.number != new.number


def test_the_profile_opens_with_the_printed_passphrase(lived: Day, tmp_path: Path) -> None:
    from inspector.app import unlock

    copy = tmp_path / "profile"
    shutil.copytree(lived.profile, copy)
    assert PASSPHRASE in as_table(lived)
    app = unlock(copy, ZHANG, PASSPHRASE)
    try:
        assert [one.inspection.state for one in app.inspections.list()] == [InspectionState.CLOSED] * 2
    finally:
        app.close()


@pytest.mark.parametrize("side", ["export-laptop", "export-hq"])
def test_one_flipped_byte_on_either_side_fails_the_proof(lived: Day, tmp_path: Path, side: str) -> None:
    sides = {name: tmp_path / name for name in ("export-laptop", "export-hq")}
    for name, copy in sides.items():
        shutil.copytree(lived.out / name, copy)
    assert verifier(sides["export-laptop"], sides["export-hq"]).returncode == 0
    victim = max((sides[side] / "blobs").rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0)
    raw = bytearray(victim.read_bytes())
    raw[len(raw) // 3] ^= 0x01
    victim.write_bytes(bytes(raw))
    assert verifier(sides["export-laptop"], sides["export-hq"]).returncode == 1


def test_the_json_holds_what_programs_need(lived: Day) -> None:
    told = json.loads(json.dumps(as_json(lived)))
    assert set(told) == {"notices", "photos", "entries", "hq", "verify", "seconds"}
    assert set(told["notices"][0]) == {"number", "form", "pdf", "sha256", "state"}
