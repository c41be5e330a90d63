"""The code on an issued paper proves who issued it; the page that checks it knows the laptop's key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from inspector.cli import program
from inspector.crypto.notice_code import key_id
from inspector.crypto.signing import KeyPair
from inspector.domain.notice import FormCode
from tests.builders import PASSPHRASE, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import a_visit, issue


def run(*words: str) -> Any:
    return CliRunner().invoke(program, words, standalone_mode=False, catch_exceptions=False)


def test_the_code_on_the_paper_says_who_and_what(desk: Desk, tmp_path: Path) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=2)
    for form in (FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER):
        made = issue(desk.app, desk.app.notices.draft(visit, form).made)
        path = desk.app.notices.export(made, tmp_path)
        key = desk.app.public_key.hex()
        found = run("notice", "verify", str(path), "--key", key)
        told = json.loads(found.output)
        facts, issued = told["facts"], desk.app.notices.get(made)
        assert (found.return_value, told["verdict"]) == (0, "genuine")
        assert (facts["number"], facts["items"]) == (issued.number, 2)
        assert facts["until"] == ("2026-12-04" if form is FormCode.RECTIFICATION_ORDER else None)
        stranger = run("notice", "verify", str(path), "--key", KeyPair.generate().public.hex())
        assert (stranger.return_value, json.loads(stranger.output)["verdict"]) == (1, "unknown_key")


def test_a_paper_without_a_code_is_said_to_be_one(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("现场执法核验码1\n什么也没有", "utf-8")
    found = run("notice", "verify", str(path))
    assert (found.return_value, json.loads(found.output)) == (1, {"verdict": "unreadable", "reason": "lines"})


def test_the_page_holds_the_key_of_the_laptop(profile: Path, tmp_path: Path) -> None:
    from inspector.app import unlock

    app = unlock(profile, ZHANG, PASSPHRASE)
    key, office = app.public_key, app.office.issuer_name
    app.close()
    out = tmp_path / "verifier.html"
    run("--profile", str(profile), "notice", "verifier", "--out", str(out), "--user", ZHANG, "--passphrase", PASSPHRASE)
    text = out.read_text("utf-8")
    assert key_id(key) in text
    assert office in text
    assert "/*keys*/" not in text
