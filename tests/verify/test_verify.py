"""The independent verifier agrees on true exports and finds one flipped byte anywhere in them."""

from __future__ import annotations

import ast
import importlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.errors import NotAllowed
from tests.conftest import ROOT
from tests.verify.conftest import Exports

FOLDER = ROOT / "resources" / "verify"
Verify = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def verify() -> Verify:
    sys.path.insert(0, str(FOLDER))
    try:
        return importlib.import_module("verify").verify
    finally:
        sys.path.remove(str(FOLDER))


ALONE = """
import runpy, sys
sys.path.insert(0, sys.argv[1])
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0] + "/verify.py", run_name="__main__")
"""


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-c", ALONE, str(FOLDER), *map(str, words)]  # -I: nothing of ours can be imported
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_both_sides_agree(exports: Exports) -> None:
    told = run("--laptop", exports.laptop, "--hq", exports.hq, "--json")
    assert told.returncode == 0, told.stdout + told.stderr
    found = json.loads(told.stdout)
    assert found["agrees"]
    assert found["faults"] == []
    assert found["laptop"]["entries"] == found["hq"]["entries"] >= 20
    assert found["laptop"]["blobs"] == found["hq"]["blobs"] == 4
    table = run("--laptop", exports.laptop, "--hq", exports.hq)
    assert table.stdout.rstrip().endswith("AGREES")


def test_the_key_known_from_elsewhere_must_be_the_one(exports: Exports, verify: Verify) -> None:
    key = json.loads((exports.hq / "server.json").read_text(encoding="utf-8"))["public_key"]
    assert verify(exports.laptop, exports.hq, key)["agrees"]
    assert not verify(exports.laptop, exports.hq, "A" * 43 + "=")["agrees"]


def test_the_verifier_shares_no_code_with_us() -> None:
    allowed = set(sys.stdlib_module_names) | {"cryptography"} | {path.stem for path in FOLDER.glob("*.py")}
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert {name.partition(".")[0] for name in names} <= allowed


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_one_flipped_byte_anywhere_is_found(exports: Exports, verify: Verify, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from([path for path in exports.files() if path.stat().st_size]))
    content = file.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    flip = data.draw(st.integers(1, 255))
    file.write_bytes(content[:at] + bytes([content[at] ^ flip]) + content[at + 1 :])
    try:
        assert not verify(exports.laptop, exports.hq)["agrees"]
    finally:
        file.write_bytes(content)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_shortened_or_missing_file_is_found(exports: Exports, verify: Verify, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from([path for path in exports.files() if path.stat().st_size]))
    content = file.read_bytes()
    keep = data.draw(st.none() | st.integers(0, len(content) - 1))
    file.unlink() if keep is None else file.write_bytes(content[:keep])
    try:
        assert not verify(exports.laptop, exports.hq)["agrees"]
    finally:
        file.write_bytes(content)


@pytest.mark.parametrize("name", ["entries.jsonl", "receipts.jsonl", "leases.jsonl", "ledger.jsonl", "records.jsonl"])
def test_a_line_left_out_or_doubled_is_found(exports: Exports, verify: Verify, name: str) -> None:
    for side in (exports.laptop, exports.hq):
        file = side / name
        if not file.exists():
            continue
        content = file.read_bytes()
        lines = content.splitlines(keepends=True)
        for changed in (lines[:-1], lines[1:], [*lines, lines[-1]]):
            file.write_bytes(b"".join(changed))
            is_agreed = verify(exports.laptop, exports.hq)["agrees"]
            file.write_bytes(content)
            assert not is_agreed, (side.name, name)


def test_a_strange_blob_is_found(exports: Exports, verify: Verify) -> None:
    for side in (exports.laptop, exports.hq):
        strange = side / "blobs" / "strange"
        strange.write_bytes(b"strange")
        is_agreed = verify(exports.laptop, exports.hq)["agrees"]
        strange.unlink()
        assert not is_agreed


def test_a_swapped_side_is_a_fault_and_no_crash(exports: Exports, tmp_path: Path) -> None:
    assert run("--laptop", exports.hq, "--hq", exports.laptop).returncode == 1
    assert run("--laptop", tmp_path, "--hq", tmp_path / "nothing").returncode == 1
    assert run("--laptop", tmp_path).returncode == 2


def test_an_export_never_writes_over_another(exports: Exports, tmp_path: Path) -> None:
    from inspector.services.export import export
    from tests.builders import a_profile
    from tests.sync.conftest import Laptop

    laptop = Laptop.opened(a_profile(tmp_path), "", tmp_path)
    try:
        shutil.copytree(exports.laptop, tmp_path / "there")
        with pytest.raises(NotAllowed):
            export(laptop.vault, tmp_path / "there")
    finally:
        laptop.vault.close()
