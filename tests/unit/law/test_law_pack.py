from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from inspector.errors import PackDamaged
from inspector.law import index_pack, pack
from inspector.law.catalogue import RawCatalogue
from inspector.law.forms import RawForms
from inspector.law.rules import RawRules


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(pack.current().folder, tmp_path / "pack"))


def test_the_pack_in_use_has_a_version_and_every_file_holds():
    manifest = pack.current().manifest
    assert pack.version() == manifest.version == pack.current().folder.name
    for name in manifest.files:
        assert pack.current().read(name, pack.Document).schema_version == 1


def test_every_json_file_of_the_folder_is_listed():
    folder = pack.current().folder
    assert {each.name for each in folder.iterdir()} == {*pack.current().manifest.files, pack.MANIFEST}


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda data: data.replace(b"AQ-001", b"AQ-009", 1), "digest"),
        (lambda data: data[:-1], "size"),
        (lambda data: b"", "size"),
    ],
)
def test_a_changed_file_is_refused(copy, spoil, reason):
    path = copy / "catalogue.json"
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(PackDamaged) as caught:
        pack.Pack.open(copy).read("catalogue.json", RawCatalogue)
    assert caught.value.facts == {"file": "catalogue.json", "reason": reason}


def test_a_missing_an_unlisted_and_a_wrong_file_are_refused(copy):
    (copy / "forms.json").unlink()
    opened = pack.Pack.open(copy)
    for name, kind, reason in (
        ("forms.json", RawForms, "missing"),
        ("other.json", RawForms, "not_listed"),
        ("rules.json", RawCatalogue, "schema"),
    ):
        with pytest.raises(PackDamaged) as caught:
            opened.read(name, kind)
        assert caught.value.facts == {"file": name, "reason": reason}


@pytest.mark.parametrize("text", [b"{", b"\xff\xfe", b'{"schema_version":1}', b"[]"])
def test_a_broken_manifest_is_refused(copy, text):
    (copy / pack.MANIFEST).write_bytes(text)
    with pytest.raises(PackDamaged):
        pack.Pack.open(copy)


def test_a_pack_of_another_schema_is_refused(copy):
    path = copy / pack.MANIFEST
    path.write_bytes(path.read_bytes().replace(b'"schema_version": 1', b'"schema_version": 2', 1))
    with pytest.raises(PackDamaged) as caught:
        pack.Pack.open(copy)
    assert caught.value.facts["reason"] == "schema"


def test_no_pack_at_all_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(pack, "PACKS", tmp_path)
    with pytest.raises(PackDamaged):
        pack.builtin.__wrapped__()


def test_the_search_index_is_the_one_that_the_catalogue_gives():
    raw = pack.current().read("catalogue.json", RawCatalogue)
    assert (pack.current().folder / "search.json").read_bytes() == index_pack.build(raw)


def test_writing_the_index_keeps_the_pack_whole(copy):
    (copy / "search.json").write_bytes(b"{}")
    index_pack.write(copy)
    original = pack.current().folder
    assert (copy / "search.json").read_bytes() == (original / "search.json").read_bytes()
    assert (copy / pack.MANIFEST).read_bytes() == (original / pack.MANIFEST).read_bytes()


def test_rules_keep_what_the_paper_said():
    raw = pack.current().read("rules.json", RawRules)
    assert len(raw.rules) == 154
    assert len({rule.id for rule in raw.rules}) == 154
    assert msgspec.json.decode(msgspec.json.encode(raw), type=RawRules) == raw


def test_reading_law_imports_no_slow_library():
    slow = "pypinyin,simpleeval,chinese_calendar,reportlab,cv2,PySide6"
    code = (
        "import sys; from inspector.law import catalogue, forms, gate; catalogue.load().search('aqck'); forms.load();"
        f"print([name for name in '{slow}'.split(',') if name in sys.modules])"
    )
    root = pack.PACKS.parents[1]
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
