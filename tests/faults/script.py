"""One short, always equal piece of work for a tracer: `python -m tests.faults.script FOLDER` tells what is saved."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from inspector.app import unlock
from inspector.domain.notice import FormCode
from tests.builders import LI, PASSPHRASE, PIN, ZHANG, FakeClock, a_profile
from tests.services.visit import a_draft, a_photo, a_visit, give_reasons


def saved(what: str) -> None:
    """Say so in one call that a tracer sees."""
    os.write(1, f"saved {what}\n".encode())


def main(folder: Path) -> None:
    """Found a profile and work in it."""
    profile, clock = a_profile(folder), FakeClock()
    saved("profile")
    app = unlock(profile, ZHANG, PASSPHRASE, clock=clock)
    saved("unlock")
    visit = a_visit(app, clock)
    saved("visit")
    app.drafts.put(f"hazard:new:{visit}", "description", "一号库东侧安全出")
    saved("draft")
    hazard = app.hazards.report(visit, a_draft()).made
    saved("hazard")
    app.hazards.patch(hazard, place="二层西侧")
    saved("patch")
    app.evidence.attach(visit, a_photo(folder / "one.jpg", size=(1600, 1200)), hazard_id=hazard)
    saved("photo")
    notice = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    saved("notice")
    give_reasons(app, notice)
    app.notices.issue(notice, second_officer_id=LI, pin=PIN)
    saved("issue")
    app.notices.export(notice, folder)
    saved("export")
    app.notices.void(notice, "单位名称有误")
    saved("void")
    app.close()
    saved("close")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
