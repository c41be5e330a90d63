"""A bundle says by itself whether a single byte of it was changed, and by which file."""

from __future__ import annotations

import importlib.util
import io
import json
import random
import subprocess
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from inspector.errors import Cancelled, NotAllowed
from inspector.paths import RESOURCES
from inspector.services.bundle import Bundling
from tests.services.conftest import Desk
from tests.services.visit import a_photo, a_visit

VERIFIER = RESOURCES / "verify" / "bundle.py"


@pytest.fixture(scope="module")
def verifier() -> ModuleType:
    told = importlib.util.spec_from_file_location("bundle_verifier", VERIFIER)
    assert told is not None
    assert told.loader is not None
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


@pytest.fixture
def bundle(desk: Desk, tmp_path: Path) -> Path:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    for n, name in enumerate(("一号.jpg", "RE\u202egpj.jpg", "a" * 90 + ".jpg")):
        app.evidence.attach(visit, a_photo(tmp_path / name, seed=n, size=(64, 48)))
    (tmp_path / "便条.txt").write_text("负责人口述", "utf-8")
    app.evidence.attach(visit, tmp_path / "便条.txt")
    gone = app.evidence.attach(visit, a_photo(tmp_path / "gone.jpg", seed=9, size=(64, 48))).made
    app.evidence.remove(gone, "拍糊了")
    out = tmp_path / "证据包.zip"
    app.bundles.write(visit, out)
    return out


def checked(verifier: ModuleType, file: Path) -> Any:
    report = verifier.Report()
    report.guard(file.name, verifier.check, report, file, "")
    return report


def test_a_whole_bundle_holds_and_needs_nothing_of_ours(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        assert archive.testzip() is None
        (tmp_path / "verify.py").write_bytes(archive.read("verify.py"))
        named = {name.partition("/")[0] for name in archive.namelist()}
    assert {"report.pdf", "custody.pdf", "originals", "removed", "manifest.json"} <= named
    run = [sys.executable, "-I", "verify.py", str(bundle), "--json"]
    done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False, env={"PATH": ""})
    told = json.loads(done.stdout)
    assert done.returncode == 0, told
    assert told["originals"] == 5
    assert told["faults"] == []


def test_every_flipped_byte_is_named(verifier: ModuleType, bundle: Path, tmp_path: Path) -> None:
    whole = bundle.read_bytes()
    with bundle.open("rb") as stream:
        spans = {one.name: range(one.start, one.start + one.size) for one in verifier.members_of(stream)}
    chance = random.Random(4)
    wanted = {span.start + step for span in spans.values() for step in (-31, -17, -5, -1, 0)}
    wanted |= {chance.randrange(len(whole)) for _ in range(250)}
    wanted |= {len(whole) - step for step in (1, 3, 10, 22, 60, 200)}
    changed = tmp_path / "changed.zip"
    for at in sorted(wanted):
        bent = bytearray(whole)
        bent[at] ^= 1 << chance.randrange(8)
        changed.write_bytes(bent)
        faults = checked(verifier, changed).faults
        named = next((name for name, span in spans.items() if at in span), "container")
        assert any(named in one["where"] or named in one["what"] for one in faults), (at, named, faults[:3])


def test_what_is_missing_or_added_is_named(verifier: ModuleType, bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as archive:
        held = {info.filename: archive.read(info) for info in archive.infolist()}
    without = next(name for name in held if name.startswith("originals/"))
    for change, wanted in ((lambda: held.pop(without), without), (lambda: held.update({"x.jpg": b"x"}), "x.jpg")):
        change()
        file = tmp_path / "other.zip"
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, content in held.items():
                told = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                told.create_system, told.external_attr = 3, 0o600 << 16
                archive.writestr(told, content)
        assert any(one["where"] == wanted for one in checked(verifier, file).faults)


def test_a_bundle_of_another_headquarters_is_named(verifier: ModuleType, bundle: Path) -> None:
    report = verifier.Report()
    verifier.check(report, bundle, "AAAA")
    assert [one["what"] for one in report.faults] == ["of another headquarters"]


def test_what_is_no_bundle_is_told_and_does_not_crash(verifier: ModuleType, tmp_path: Path) -> None:
    for content in (b"", b"PK\3\4", b"hello" * 100, io.BytesIO().getvalue(), b"PK\5\6" + bytes(18)):
        file = tmp_path / "none.zip"
        file.write_bytes(content)
        assert checked(verifier, file).faults


def test_exports_are_noted_and_nothing_half_done_stays(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    photo = app.evidence.attach(visit, a_photo(tmp_path / "甲.jpg")).made
    seen: list[Bundling] = []
    out = tmp_path / "a.zip"
    with pytest.raises(Cancelled):
        app.bundles.write(visit, out, is_cancelled=lambda: True)
    assert not [path.name for path in tmp_path.iterdir() if "zip" in path.name]
    done = app.bundles.write(visit, out, progress=seen.append)
    assert seen[-1].done == seen[-1].total > 0
    assert done.size == out.stat().st_size
    with pytest.raises(NotAllowed):
        app.bundles.write(visit, out)
    assert app.custody.of(photo).lines[-1].what == "导出"
