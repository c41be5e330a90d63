"""The laptop's commands on a real profile."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector import paths
from inspector.cli import PASSPHRASE_VARIABLE, main
from tests.builders import PASSPHRASE, ZHANG, a_profile


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PASSPHRASE)
    return a_profile(tmp_path)


def test_verify_of_a_sound_profile_is_clean(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(profile), "verify", "--user", ZHANG]) == 0
    told = capsys.readouterr().out
    assert told.startswith("entries ")
    assert told.endswith("clean\n")


def test_an_officer_may_be_named(profile: Path) -> None:
    assert main(["--profile", str(profile), "verify", "--user", "张示"]) == 0


def test_several_officers_want_one_named(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(profile), "verify"]) == 2
    assert "--user 张示 | 李䶮" in capsys.readouterr().err


def test_a_stranger_is_not_found(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(profile), "verify", "--user", "nobody"]) == 1
    assert "not_found" in capsys.readouterr().err


def test_a_wrong_passphrase_is_said_as_such(
    profile: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "another passphrase")
    assert main(["--profile", str(profile), "verify", "--user", ZHANG]) == 1
    assert capsys.readouterr().err.startswith("wrong_passphrase(")


def test_a_damaged_journal_is_told(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One byte in the middle of the encrypted file."""
    file = paths.journal_file(profile)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert main(["--profile", str(profile), "verify", "--user", ZHANG]) == 1
    told = capsys.readouterr()
    assert "fault at" in told.out or "store_damaged" in told.err


def test_a_training_profile_has_no_headquarters_to_sync_with(profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(profile), "sync", "--user", ZHANG]) == 1
    assert "no_headquarters" in capsys.readouterr().err
