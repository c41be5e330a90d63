"""Whatever was done to a visit can be taken back and done again, step by step, after a restart too."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.app import App, unlock
from inspector.crypto.signing import KeyPair
from inspector.domain.hazard import Measure, Severity
from inspector.domain.notice import FormCode
from inspector.errors import NotAllowed
from inspector.ids import new_id
from inspector.services.undo_steps import TAKEN_BACK
from inspector.store.journal import Act, Journal
from inspector.store.vault import Vault
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock
from tests.services.conftest import Desk
from tests.services.visit import LAW, SITE, a_draft, a_photo, a_visit, issue

ACTS = ("report", "place", "severity", "basis", "deadline", "remove", "duplicate", "attach", "move", "caption", "drop")
FACTS = ("companion", "shown", "nothing")


@pytest.fixture
def visit(app: App) -> str:
    return app.inspections.start(SITE, (ZHANG, LI)).made


def shown(app: App, visit: str) -> tuple[Any, ...]:
    """What screens and paper see of a visit."""
    return app.inspections.get(visit), app.hazards.of(visit), app.evidence.of(visit)


def act(app: App, visit: str, what: tuple[str, int], photos: list[Path]) -> None:
    """Do one thing to the visit; what isn't possible now is left."""
    name, n = what
    hazards, pieces = app.hazards.of(visit), app.evidence.of(visit)
    hazard = hazards[n % len(hazards)].id if hazards else ""
    piece = pieces[n % len(pieces)].id if pieces else ""
    if name == "report":
        app.hazards.report(visit, a_draft(f"第{n}处"))
    elif name == "attach":
        app.evidence.attach(visit, photos[n % len(photos)], hazard_id=hazard or None)
    elif name == "companion":
        app.inspections.patch(visit, companion=f"周某{n}", note=str(n))
    elif name in {"shown", "nothing"}:
        app.inspections.patch(visit, **{"is_id_shown" if name == "shown" else "is_clean": bool(n % 2)})
    elif hazard and name in {"place", "severity", "basis", "deadline", "remove", "duplicate"}:
        act_on_hazard(app, hazard, name, n)
    elif piece and name == "move":
        app.evidence.move(piece, hazard if n % 3 and hazard else None)
    elif piece and name == "caption":
        app.evidence.caption(piece, f"东侧{n}")
    elif piece and name == "drop":
        app.evidence.remove(piece, "重复")


def act_on_hazard(app: App, hazard: str, name: str, n: int) -> None:
    if name == "remove":
        app.hazards.remove(hazard, "看错了")
    elif name == "duplicate":
        app.hazards.duplicate(hazard)
    else:
        changes: dict[str, dict[str, object]] = {
            "place": {"place": f"{n}号库"},
            "severity": {"severity": list(Severity)[n % 2], "measure": list(Measure)[n % 3]},
            "basis": {"basis": (LAW,) * (n % 3)},
            "deadline": {"deadline": date(2026, 12, 1 + n) if n % 4 else None},
        }
        app.hazards.patch(hazard, **changes[name])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS + FACTS), st.integers(0, 9)), max_size=14), st.integers(0, 14))
def test_all_undos_give_the_first_state_and_all_redos_the_last(
    desk: Desk, tmp_path: Path, acts: list[tuple[str, int]], reopened_at: int
) -> None:
    app = desk.app
    photos = [path if path.exists() else a_photo(path, seed=n) for n in range(3) for path in [tmp_path / f"{n}.jpg"]]
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    other = a_visit(app, desk.clock, hazards=1)
    elsewhere = shown(app, other), app.undo.state(other)
    states = [shown(app, visit)]
    for one in acts:
        act(app, visit, one, photos)
        if shown(app, visit) != states[-1]:
            states.append(shown(app, visit))
    for n, state in enumerate(reversed(states[:-1])):
        if n == reopened_at:
            app = desk.reopen()
        app.undo.undo(visit)
        assert shown(app, visit) == state
    assert app.undo.state(visit).undo is None
    for state in states[1:]:
        app.undo.redo(visit)
        assert shown(app, visit) == state
    assert app.undo.state(visit).redo is None
    assert (shown(app, other), app.undo.state(other)) == elsewhere
    assert app.audit.verify().faults == ()


def test_after_a_restart_the_same_step_is_there(desk: Desk, visit: str) -> None:
    app = desk.app
    made = app.hazards.report(visit, a_draft()).made
    app.hazards.patch(made, place="二号库")
    app.hazards.patch(made, place="三号库")
    app.undo.undo(visit)
    told = app.undo.state(visit)
    app = desk.reopen(LI)
    assert app.undo.state(visit) == told
    assert told.undo is not None
    assert told.undo.kind == "patch"
    assert told.undo.facts["ordinal"] == 1
    assert told.undo.facts["fields"] == "place"
    assert app.undo.undo(visit).made == f"hazard.{made}.place"
    assert app.hazards.get(made).place == a_draft().place


def test_a_new_step_ends_what_could_be_done_again(app: App, visit: str) -> None:
    app.inspections.patch(visit, companion="周某")
    app.undo.undo(visit)
    app.inspections.patch(visit, companion="吴某")
    assert app.undo.state(visit).redo is None
    with pytest.raises(NotAllowed) as told:
        app.undo.redo(visit)
    assert told.value.facts["reason"] == "nothing_to_redo"


def test_nothing_was_done_yet(app: App, visit: str) -> None:
    assert app.undo.state(visit).undo is None
    with pytest.raises(NotAllowed) as told:
        app.undo.undo(visit)
    assert told.value.facts["reason"] == "nothing_to_undo"


def test_a_taken_back_report_stays_in_the_journal_with_its_reason(app: App, visit: str) -> None:
    made = app.hazards.report(visit, a_draft()).made
    app.undo.undo(visit)
    assert app.hazards.of(visit) == []
    assert app.hazards.get(made).removed_reason == TAKEN_BACK


def test_a_patch_that_changes_nothing_is_no_step(app: App, visit: str) -> None:
    made = app.hazards.report(visit, a_draft()).made
    app.hazards.patch(made, place=a_draft().place, basis=a_draft().basis, severity=Severity.GENERAL)
    told = app.undo.state(visit).undo
    assert told is not None
    assert told.kind == "create"


def test_half_typed_text_goes_with_what_is_taken_back(app: App, visit: str) -> None:
    made = app.hazards.report(visit, a_draft()).made
    app.hazards.patch(made, place="二号库")
    app.drafts.put(f"hazard:{made}", "place", "二号库东")
    app.undo.undo(visit)
    assert app.drafts.of(f"hazard:{made}") == {}


def test_several_entries_of_one_action_go_together(app: App, visit: str, tmp_path: Path) -> None:
    made = app.hazards.report(visit, a_draft()).made
    pieces = [app.evidence.attach(visit, a_photo(tmp_path / f"{n}.jpg", seed=n)).made for n in range(3)]
    group, vault = new_id(), vault_of(app)
    for piece in pieces:
        with vault.gateway.write() as tx:
            moved = Act(kind="patch", type="evidence", subject=piece, changes={"hazard_id": made, "group": group})
            vault.journal.record(tx, moved, actor=ZHANG)
    told = app.undo.state(visit).undo
    assert told is not None
    assert (told.kind, told.facts["count"], told.facts["hazard"]) == ("move", 3, 1)
    app.undo.undo(visit)
    assert {one.hazard_id for one in app.evidence.of(visit)} == {None}
    app.undo.redo(visit)
    assert {one.hazard_id for one in app.evidence.of(visit)} == {made}
    app.undo.undo(visit)
    left = app.undo.state(visit).undo
    assert left is not None
    assert left.kind == "attach"


# --- what can't be taken back ----------------------------------------------------


def issue_record(app: App, visit: str) -> None:
    issue(app, app.notices.draft(visit, FormCode.INSPECTION_RECORD).made)


def test_what_an_issued_notice_froze_is_passed_over(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    first = app.hazards.of(visit)[0].id
    app.evidence.attach(visit, a_photo(tmp_path / "1.jpg"), hazard_id=first)
    app.hazards.patch(first, place="前门")
    issue_record(app, visit)
    second = app.hazards.report(visit, a_draft("后来发现的一处")).made
    app.hazards.patch(second, place="后门")
    assert app.undo.undo(visit).made == f"hazard.{second}.place"
    app.undo.undo(visit)
    assert [one.id for one in app.hazards.of(visit)] == [first]
    frozen = shown(app, visit)
    with pytest.raises(NotAllowed) as told:
        app.undo.undo(visit)
    assert told.value.facts["reason"] == "hazard_issued"
    assert shown(app, visit) == frozen
    why = app.undo.state(visit).why_not
    assert why is not None
    assert why.facts == told.value.facts
    app.undo.redo(visit)
    assert app.hazards.get(second).is_removed is False


def test_printed_facts_stay_and_later_ones_may_go_back(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    issue_record(app, visit)
    printed = app.inspections.get(visit)
    app.inspections.patch(visit, companion="另一人")
    app.undo.undo(visit)
    assert app.inspections.get(visit) == printed
    with pytest.raises(NotAllowed):
        app.undo.undo(visit)


def test_after_the_end_of_the_visit_nothing_is_taken_back(app: App, visit: str) -> None:
    app.inspections.patch(visit, companion="周某")
    app.inspections.close(visit)
    told = app.undo.state(visit)
    assert told.undo is None
    assert told.why_not is not None
    with pytest.raises(NotAllowed) as error:
        app.undo.undo(visit)
    assert error.value.facts["reason"] == "inspection_closed"


def test_what_another_device_wrote_since_is_not_overwritten(profile: Path, tmp_path: Path) -> None:
    app = unlock(Path(shutil.copytree(profile, tmp_path / "copy")), ZHANG, PASSPHRASE, clock=FakeClock())
    try:
        visit = app.inspections.start(SITE, (ZHANG, LI)).made
        made = app.hazards.report(visit, a_draft()).made
        app.hazards.patch(made, place="二号库")
        vault = vault_of(app)
        other = Journal(device="another", key=KeyPair.generate(), genesis="", clock=FakeClock(), app="0")
        with vault.gateway.write() as tx:
            there = Act(kind="patch", type="hazard", subject=made, changes={"place": "总部改的"})
            other.record(tx, there, actor=LI)
        assert app.undo.state(visit).undo is None
        with pytest.raises(NotAllowed) as told:
            app.undo.undo(visit)
        assert told.value.facts["reason"] == "undo_conflict"
        assert app.hazards.get(made).place == "总部改的"
    finally:
        app.close()


def vault_of(app: App) -> Vault:
    return app._session.vault  # pyright: ignore[reportPrivateUsage]
