"""Notices: findings first, then a number and frozen bytes, or nothing at all; void keeps its number for ever."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

import pytest

from inspector.app import App
from inspector.domain.notice import FormCode, NoticeState
from inspector.errors import GateClosed, InspectorError, InvalidInput, NotAllowed, NumbersExhausted, StorageFailed
from inspector.services import notices
from inspector.store import driver
from inspector.store.gateway import Tx
from tests.builders import LI, PIN, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import SITE, a_draft, a_photo, a_visit, give_reasons, issue

RECORD, ORDER = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER


def issued(app: App, visit: str, form: FormCode = RECORD, **options: str) -> str:
    made = app.notices.draft(visit, form, **options).made
    issue(app, made)
    return made


def spend(app: App, form: FormCode, left: int = 0) -> None:
    """Leave `left` numbers in the blocks of a form, through the journal as headquarters would lend and end them."""
    used = {lease.id: lease.last - lease.next_number + 1 - left for lease in app.audit.leases() if lease.form is form}
    for lease_id, n in used.items():
        with app._session.vault.gateway.write() as tx:
            tx.run("update lease set next_number = next_number + :n where id = :id", {"n": n, "id": lease_id})


def test_a_preview_says_what_is_missing_and_draws_the_draft(desk: Desk) -> None:
    app = desk.app
    visit = app.inspections.start(SITE, (ZHANG, LI)).made
    app.hazards.report(visit, a_draft())
    made = app.notices.draft(visit, RECORD).made
    told = app.notices.preview(made)
    fields = {one.field for one in told.findings if one.is_blocking}
    assert "inspection.ended_at" in fields
    assert not told.is_issuable
    assert told.pdf.startswith(b"%PDF")
    assert told.pages >= 1
    assert told.numbers_left == 50
    with pytest.raises(GateClosed) as caught:
        app.notices.issue(made, second_officer_id=LI, pin=PIN)
    assert caught.value.facts["count"] == len([one for one in told.findings if one.is_open])
    assert {one.severity for one in told.findings if one.is_open} == {"error", "warning"}
    assert (app.notices.get(made).state, app.notices.get(made).number) == (NoticeState.DRAFT, "")


def test_an_issued_notice_has_a_number_and_its_bytes_for_ever(desk: Desk, tmp_path: Path) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=2)
    hazards = desk.app.hazards.of(visit)
    desk.app.evidence.attach(visit, a_photo(tmp_path / "one.jpg"), hazard_id=hazards[0].id)
    record, order = issued(desk.app, visit), issued(desk.app, visit, ORDER)
    app = desk.reopen()
    for notice, number in ((record, "（示）应急检记〔2026〕1号"), (order, "（示）应急责改〔2026〕1号")):
        found, pdf = app.notices.get(notice), app.notices.pdf(notice)
        assert (found.state, found.number) == (NoticeState.ISSUED, number)
        assert found.pdf_sha256 == hashlib.sha256(pdf).hexdigest()
        assert found.hazard_ids == tuple(one.id for one in hazards)
        path = app.notices.export(notice, tmp_path)
        assert (path.name, path.read_bytes()) == (f"{number}.pdf", pdf)
        assert app.notices.preview(notice).pdf == pdf
    backlog = app.sync.state().backlog
    assert (backlog.notices, backlog.photos) == (2, 1)


def test_an_export_never_replaces_a_file_and_leaves_no_half_of_one(desk: Desk, tmp_path: Path) -> None:
    notice = issued(desk.app, a_visit(desk.app, desk.clock, hazards=1))
    first = desk.app.notices.export(notice, tmp_path)
    first.write_bytes(b"somebody's own notes")
    second = desk.app.notices.export(notice, tmp_path)
    assert first.read_bytes() == b"somebody's own notes"
    assert second.read_bytes() == desk.app.notices.pdf(notice)
    with pytest.raises(StorageFailed):
        desk.app.notices.export(notice, tmp_path / "no such folder")


@pytest.mark.parametrize(
    "change",
    [
        "update notice set number = '（示）应急检记〔2026〕7号'",
        "update notice set pdf_sha256 = 'x'",
        "update notice set hazard_ids = '[]'",
        "update notice set state = 'draft'",
        "update notice set issued_at = '2020-01-01T00:00:00.000Z'",
        "delete from notice",
    ],
)
def test_the_store_itself_refuses_to_change_an_issued_notice(desk: Desk, change: str) -> None:
    notice = issued(desk.app, a_visit(desk.app, desk.clock, hazards=1))
    before = desk.app.notices.get(notice)
    gateway = desk.app._session.vault.gateway
    with pytest.raises(driver.DriverError, match="an issued notice is frozen"), gateway.write() as tx:
        tx.run(change)
    assert desk.app.notices.get(notice) == before


def test_what_is_issued_is_not_issued_again_nor_given_other_hazards(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=2)
    notice = issued(app, visit)
    for change in (
        lambda: app.notices.issue(notice, second_officer_id=LI, pin=PIN),
        lambda: app.notices.set_hazards(notice, (app.hazards.of(visit)[0].id,)),
    ):
        with pytest.raises(NotAllowed) as caught:
            change()
        assert caught.value.facts["reason"] == "issued"
    assert [one.number for one in app.notices.of(visit)] == ["（示）应急检记〔2026〕1号"]


def test_a_void_notice_keeps_its_number_and_has_one_successor(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    issued(app, visit)
    first = issued(app, visit, ORDER)
    with pytest.raises(NotAllowed):
        app.notices.draft(visit, ORDER, supersedes=first)
    with pytest.raises(InvalidInput):
        app.notices.void(first, "")
    pdf = app.notices.pdf(first)
    app.notices.void(first, "单位名称有误")
    with pytest.raises(NotAllowed):
        app.notices.void(first, "again")
    with pytest.raises(NotAllowed):
        app.notices.draft(visit, RECORD, supersedes=first)
    second = issued(app, visit, ORDER, supersedes=first)
    with pytest.raises(NotAllowed) as caught:
        app.notices.draft(visit, ORDER, supersedes=first)
    assert caught.value.facts["reason"] == "superseded_already"
    app = desk.reopen()
    old, new = app.notices.get(first), app.notices.get(second)
    assert (old.state, old.number, old.void_reason) == (NoticeState.VOID, "（示）应急责改〔2026〕1号", "单位名称有误")
    assert (new.state, new.number) == (NoticeState.ISSUED, "（示）应急责改〔2026〕2号")
    assert (old.superseded_by, new.supersedes) == (second, first)
    assert app.notices.pdf(first) == pdf
    assert app.notices.export(first, tmp_path).name == "（示）应急责改〔2026〕1号（作废）.pdf"


def test_a_notice_takes_the_hazards_that_were_chosen(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=3)
    _, second, third = app.hazards.of(visit)
    made = app.notices.draft(visit, RECORD).made
    app.notices.set_hazards(made, (third.id, second.id))
    issue(app, made)
    assert set(app.notices.get(made).hazard_ids) == {second.id, third.id}
    assert [one.id for one in app.notices.recent()] == [made]


def test_the_block_of_numbers_ends_and_then_nothing_is_issued(desk: Desk) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    gateway = app._session.vault.gateway
    kept = {lease.id: lease.next_number for lease in app.audit.leases()}
    spend(app, RECORD, left=1)
    issued(app, visit)
    made = app.notices.draft(visit, RECORD).made
    told = app.notices.preview(made)
    assert told.numbers_left == 0
    assert "number" in {one.field for one in told.findings if one.is_blocking}
    with pytest.raises(NumbersExhausted):
        app.notices.issue(made, second_officer_id=LI, pin=PIN)
    assert [one.number for one in app.notices.of(visit) if one.number] == ["（示）应急检记〔2026〕50号"]
    _as_the_journal_says(gateway.write, kept, issued_sequence=50)


def _as_the_journal_says(write: object, kept: dict[str, int], *, issued_sequence: int) -> None:
    """Put the leases back to what the entries tell, so that verify after the test has nothing to find."""
    with write() as tx:  # type: ignore[operator]
        for lease_id, following in kept.items():
            now = issued_sequence + 1 if FormCode.INSPECTION_RECORD.value in lease_id else following
            tx.run("update lease set next_number = :now where id = :id", {"now": now, "id": lease_id})


def test_records_that_change_while_the_paper_is_drawn_are_drawn_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    hazard = app.hazards.of(visit)[0]
    made = app.notices.draft(visit, RECORD).made
    drawn: list[int] = []

    def draw(document: object) -> object:
        drawn.append(len(drawn))
        if len(drawn) == 1:  # the other thread of the window saves just now
            other = threading.Thread(target=app.hazards.patch, args=(hazard.id,), kwargs={"place": "二层西侧"})
            other.start()
            other.join()
        return rendered(document)

    rendered = notices.render
    monkeypatch.setattr(notices, "render", draw)
    issue(app, made)
    assert len(drawn) == 2
    assert app.notices.get(made).number.endswith("〕1号")
    assert app.hazards.get(hazard.id).place == "二层西侧"
    assert app.audit.verify().found_files == (), "the first drawing is not kept"


def test_records_that_never_rest_are_not_issued(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    hazard = app.hazards.of(visit)[0]
    made = app.notices.draft(visit, RECORD).made
    give_reasons(app, made)

    def draw(document: object) -> object:
        app.hazards.patch(hazard.id, place=f"又改了{desk.clock.read().wall_ms}")
        return rendered(document)

    rendered = notices.render
    monkeypatch.setattr(notices, "render", draw)
    with pytest.raises(NotAllowed) as caught:
        app.notices.issue(made, second_officer_id=LI, pin=PIN)
    assert caught.value.facts["reason"] == "records_moving"
    assert app.notices.get(made).state is NoticeState.DRAFT
    assert {lease.next_number for lease in app.audit.leases()} == {1}


def test_a_failure_in_the_last_step_uses_no_number(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    app = desk.app
    made = app.notices.draft(a_visit(app, desk.clock, hazards=1), RECORD).made
    give_reasons(app, made)
    ran = Tx.run

    def fail(tx: Tx, sql: str, values: dict[str, object] | None = None) -> int:
        if "update lease" in sql:
            raise StorageFailed(cause="test")
        return ran(tx, sql, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Tx, "run", fail)
    with pytest.raises(InspectorError):
        app.notices.issue(made, second_officer_id=LI, pin=PIN)
    monkeypatch.undo()
    assert app.notices.get(made).state is NoticeState.DRAFT
    issue(app, made)
    assert app.notices.get(made).number == "（示）应急检记〔2026〕1号"


def test_a_page_is_shown_as_pixels(desk: Desk) -> None:
    notice = issued(desk.app, a_visit(desk.app, desk.clock, hazards=1))
    shown = desk.app.notices.page_image(desk.app.notices.pdf(notice), 0, 400)
    assert shown.width == 400
    assert len(shown.rgb) == 3 * shown.width * shown.height
    assert len(set(shown.rgb)) > 1
