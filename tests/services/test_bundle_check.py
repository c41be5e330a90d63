"""A bundle is checked by a process of its own, and what it finds is told by name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from inspector.errors import BundleUnreadable, Cancelled, NotAllowed
from inspector.paths import RESOURCES
from inspector.services.bundle_check import check_bundle
from tests.services.conftest import Desk
from tests.services.visit import a_photo, a_visit


@pytest.fixture
def bundle(desk: Desk, tmp_path: Path) -> Path:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    desk.app.evidence.attach(visit, a_photo(tmp_path / "一号.jpg", size=(64, 48)))
    desk.app.bundles.write(visit, tmp_path / "证据包.zip")
    return tmp_path / "证据包.zip"


def test_a_whole_bundle_of_this_headquarters_holds(desk: Desk, bundle: Path) -> None:
    told = desk.app.bundles.check(bundle)
    assert told.holds
    assert told.is_ours
    assert told.originals == 1
    assert told.size > 0
    assert told.entries > 0
    assert told.name == "证据包.zip"


def test_a_bundle_of_another_headquarters_is_unchanged_but_not_ours(bundle: Path) -> None:
    told = check_bundle(bundle, server_key="AAAA")
    assert told.holds
    assert not told.is_ours


def test_a_flipped_byte_is_named(desk: Desk, bundle: Path) -> None:
    whole = bytearray(bundle.read_bytes())
    at = whole.index("一号.jpg".encode()) + 200
    whole[at] ^= 1
    bundle.write_bytes(whole)
    told = desk.app.bundles.check(bundle)
    assert not told.holds
    assert any("一号.jpg" in fault.where for fault in told.faults)


def test_what_is_no_bundle_is_told_too(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04nothing")
    assert not check_bundle(tmp_path / "a.zip").holds
    with pytest.raises(BundleUnreadable):
        check_bundle(tmp_path / "missing.zip")


def test_an_installed_program_starts_the_verifier_in_place_of_python(
    desk: Desk, bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = RESOURCES.parent
    start = root / "packaging" / "programs" / "field_inspector.py"
    program = tmp_path / "field-inspector"
    program.write_text(
        f'#!/bin/sh\ntouch "$0.started"\nPYTHONPATH={root} exec {sys.executable} {start} "$@"\n', "utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    assert desk.app.bundles.check(bundle).holds
    assert program.with_name("field-inspector.started").exists()


def test_it_is_stopped_at_once(bundle: Path) -> None:
    with pytest.raises(Cancelled):
        check_bundle(bundle, is_cancelled=lambda: True)


def test_a_piece_leaves_whole_noted_and_over_nothing(desk: Desk, tmp_path: Path) -> None:
    visit = a_visit(desk.app, desk.clock)
    path = a_photo(tmp_path / "甲.jpg")
    piece = desk.app.evidence.attach(visit, path).made
    out = desk.app.custody.save_original(piece, tmp_path / "带走.jpg")
    assert out.read_bytes() == path.read_bytes()
    assert [(line.what, line.detail) for line in desk.app.custody.of(piece).lines][-1] == ("导出", "带走.jpg")
    with pytest.raises(NotAllowed):
        desk.app.custody.save_original(piece, out)
    assert desk.app.custody.save_pdf(visit, tmp_path / "流转.pdf").read_bytes().startswith(b"%PDF")
