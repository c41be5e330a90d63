"""Marks, order, further hazards and the trash: each one entry, each taken back by one undo, none after an issue."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from inspector.app import App
from inspector.domain.notice import FormCode
from inspector.errors import InvalidInput, NotAllowed, NotFound
from inspector.evidence.marks import NONE, Arrow, Box, Color, Mark, Text, Weight, read
from tests.services.conftest import Desk
from tests.services.visit import a_photo, a_visit, issue
from tests.unit.notices.reading import pdfium_text

BOX = Box(x0=0.25, y0=0.25, x1=0.75, y1=0.75, color=Color.RED, weight=Weight.THICK)
WORDS = Text(x=0.1, y=0.1, text="出口被堵")


@pytest.fixture
def visit(desk: Desk) -> str:
    return a_visit(desk.app, desk.clock, hazards=2)


@pytest.fixture
def photo(app: App, visit: str, tmp_path: Path) -> str:
    hazard = app.hazards.of(visit)[0].id
    return app.evidence.attach(visit, a_photo(tmp_path / "one.jpg"), hazard_id=hazard).made


def marks_of(app: App, evidence_id: str) -> tuple[Mark, ...]:
    found = [one for one in app.evidence.of(app.inspections.list()[0].inspection.id) if one.id == evidence_id]
    return read(found[0].marks)


def entries(app: App) -> int:
    return app.audit.verify().entries


def pixels(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg)).convert("RGB")


def test_marks_are_one_entry_and_the_original_stays(desk: Desk, visit: str, photo: str) -> None:
    app = desk.app
    before, count = app.evidence.of(visit)[0], entries(app)
    original = app.evidence.original(before.original.sha256)
    app.evidence.mark(photo, [BOX, WORDS])
    assert entries(app) == count + 1
    app.evidence.mark(photo, [BOX, WORDS])
    assert entries(app) == count + 1  # nothing new, nothing written
    app = desk.reopen()
    assert marks_of(app, photo) == (BOX, WORDS)
    assert app.evidence.original(before.original.sha256) == original
    app.evidence.mark(photo, [])
    assert app.evidence.of(visit)[0].marks == NONE


def test_the_marked_preview_shows_them_and_the_plain_one_does_not(app: App, visit: str, photo: str) -> None:
    sha256 = app.evidence.of(visit)[0].original.sha256
    plain = app.evidence.preview(sha256, 400)
    assert app.evidence.marked_preview(photo, 400) == plain
    app.evidence.mark(photo, [BOX])
    marked = app.evidence.marked_preview(photo, 400)
    assert marked == app.evidence.marked_preview(photo, 400) != plain
    assert app.evidence.preview(sha256, 400) == plain
    red, green, blue = pixels(marked).crop((100, 150, 101, 151)).resize((1, 1)).tobytes()
    assert (red > 150, green < 90, blue < 90) == (True, True, True)
    inside = (150, 120, 250, 180)
    far = ImageChops.difference(pixels(marked).crop(inside), pixels(plain).crop(inside))
    assert max(far.tobytes()) < 40  # only what the second JPEG changed


def test_what_can_t_be_drawn_is_refused_and_nothing_is_kept(app: App, visit: str, photo: str) -> None:
    for wanted, reason in (
        ([Text(x=0.1, y=0.1, text="笑\U0001f600")], "no_glyph"),
        ([Text(x=0.1, y=0.1, text="  ")], "empty"),
        ([Text(x=0.1, y=0.1, text="甲\u202e乙")], "control_character"),
        ([Arrow(x0=0.5, y0=0.5, x1=0.5, y1=0.5)], "too_small"),
        ([Box(x0=-0.1, y0=0.5, x1=0.5, y1=0.6)], "malformed"),
        ([BOX] * 101, "too_many"),
    ):
        with pytest.raises(InvalidInput) as caught:
            app.evidence.mark(photo, wanted)
        assert caught.value.facts["reason"] == reason
    assert app.evidence.of(visit)[0].marks == NONE


def test_a_document_takes_no_marks(app: App, visit: str, tmp_path: Path) -> None:
    note = tmp_path / "note.txt"
    note.write_text("not a picture", encoding="utf-8")
    made = app.evidence.attach(visit, note).made
    with pytest.raises(NotAllowed) as caught:
        app.evidence.mark(made, [BOX])
    assert caught.value.facts["reason"] == "not_a_picture"


def test_marks_are_taken_back_and_done_again_after_a_restart(desk: Desk, visit: str, photo: str) -> None:
    desk.app.evidence.mark(photo, [BOX])
    desk.app.evidence.mark(photo, [BOX, WORDS])
    app = desk.reopen()
    step = app.undo.state(visit).undo
    assert step is not None
    assert (step.kind, step.facts["name"]) == ("mark", "one.jpg")
    app.undo.undo(visit)
    assert marks_of(app, photo) == (BOX,)
    app.undo.undo(visit)
    assert marks_of(app, photo) == ()
    app.undo.redo(visit)
    app.undo.redo(visit)
    assert marks_of(app, photo) == (BOX, WORDS)


def test_an_issued_notice_fixes_marks_but_not_the_order(desk: Desk, visit: str, photo: str, tmp_path: Path) -> None:
    app = desk.app
    later = app.evidence.attach(visit, a_photo(tmp_path / "two.jpg", seed=2)).made
    app.evidence.mark(photo, [BOX])
    record = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(app, record)
    with pytest.raises(NotAllowed) as caught:
        app.evidence.mark(photo, [])
    assert caught.value.facts["reason"] == "evidence_issued"
    app.evidence.reorder(visit, [later, photo])
    assert [one.id for one in app.evidence.of(visit)] == [later, photo]
    app.undo.undo(visit)
    assert [one.id for one in app.evidence.of(visit)] == [photo, later]
    assert marks_of(app, photo) == (BOX,)
    app.notices.void(record, "换一份")
    app.evidence.mark(photo, [])
    assert marks_of(app, photo) == ()


def test_an_order_is_given_moved_and_taken_back_as_one_step(desk: Desk, visit: str, tmp_path: Path) -> None:
    app = desk.app
    ids = [app.evidence.attach(visit, a_photo(tmp_path / f"{n}.jpg", seed=n)).made for n in range(5)]
    assert [one.id for one in app.evidence.of(visit)] == ids
    wanted = [ids[0], ids[3], ids[1], ids[2], ids[4]]
    app.evidence.reorder(visit, wanted)
    app = desk.reopen()
    assert [one.id for one in app.evidence.of(visit)] == wanted
    count = entries(app)
    app.evidence.reorder(visit, [ids[4]])  # the others follow as they stand
    assert [one.id for one in app.evidence.of(visit)] == [ids[4], *wanted[:-1]]
    assert entries(app) == count + 1  # moving one writes one
    app.evidence.reorder(visit, [ids[4], *wanted[:-1]])
    assert entries(app) == count + 1
    for order in (wanted, ids):
        app.undo.undo(visit)
        assert [one.id for one in app.evidence.of(visit)] == order
    step = app.undo.state(visit).redo
    assert step is not None
    assert step.kind == "order"
    new = app.evidence.attach(visit, a_photo(tmp_path / "new.jpg", seed=9)).made
    assert app.evidence.of(visit)[-1].id == new
    with pytest.raises(NotAllowed):
        app.evidence.reorder(visit, [ids[0], "somebody else's"])
    with pytest.raises(NotAllowed):
        app.evidence.reorder(visit, [ids[0], ids[0]])


def test_one_photo_serves_two_hazards(desk: Desk, visit: str, photo: str) -> None:
    app = desk.app
    first, second = (one.id for one in app.hazards.of(visit))
    app.evidence.caption(photo, "东侧出口")
    app.evidence.mark(photo, [BOX])
    twin = app.evidence.also_for(photo, second).made
    app = desk.reopen()
    found = {str(one.id): one for one in app.evidence.of(visit)}
    assert {found[photo].hazard_id, found[twin].hazard_id} == {first, second}
    assert found[twin].original == found[photo].original
    assert (found[twin].caption, read(found[twin].marks)) == ("东侧出口", (BOX,))
    assert app.sync.state().backlog.photos == 1
    for hazard in (first, second):
        with pytest.raises(NotAllowed) as caught:
            app.evidence.also_for(photo, hazard)
        assert caught.value.facts["reason"] == "serves_already"
    step = app.undo.state(visit).undo
    assert step is not None
    assert (step.kind, step.facts["hazard"]) == ("also", 2)
    app.evidence.remove(photo, "换一张")
    assert [one.id for one in app.evidence.of(visit)] == [twin]
    app.undo.undo(visit)
    app.undo.undo(visit)
    assert [one.id for one in app.evidence.of(visit)] == [photo]


def test_the_trash_shows_thirty_days_and_gives_back(desk: Desk, visit: str, photo: str) -> None:
    app = desk.app
    assert app.evidence.trash(visit) == []
    with pytest.raises(NotAllowed) as caught:
        app.evidence.restore(photo)
    assert caught.value.facts["reason"] == "not_in_trash"
    app.evidence.remove(photo, "拍糊了")
    app = desk.reopen()
    (gone,) = app.evidence.trashed(visit)
    assert (gone.evidence.id, gone.evidence.removed_reason) == (photo, "拍糊了")
    assert (gone.until - gone.removed_at).days == 30
    hazard = app.hazards.of(visit)[0].id
    app.evidence.restore(photo)
    assert [(one.id, one.hazard_id) for one in app.evidence.of(visit)] == [(photo, hazard)]
    assert app.evidence.trash(visit) == []
    step = app.undo.state(visit).undo
    assert step is not None
    assert step.kind == "restore"
    app.undo.undo(visit)
    assert [one.id for one in app.evidence.trash(visit)] == [photo]
    desk.clock.advance(minutes=30 * 24 * 60 + 1)
    assert app.evidence.trash(visit) == []
    with pytest.raises(NotFound):
        app.evidence.trash("no such visit")


def test_a_notice_prints_the_marks_and_keeps_what_it_printed(desk: Desk, visit: str, photo: str) -> None:
    app = desk.app
    app.evidence.mark(photo, [Box(x0=0.0, y0=0.0, x1=1.0, y1=1.0, weight=Weight.THICK)])
    record = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    drawn = app.notices.preview(record).pdf
    assert "标注件（原件未改动）" in pdfium_text(drawn)
    app.evidence.mark(photo, [])
    assert "标注件" not in pdfium_text(app.notices.preview(record).pdf)
    app.undo.undo(visit)
    issue(app, record)
    pdf = app.notices.pdf(record)
    assert "标注件（原件未改动）" in pdfium_text(pdf)
    reds = [is_red(app, pdf, page) for page in range(app.notices.get(record).pages)]
    assert any(reds)
    app.notices.void(record, "换一份")
    app.evidence.mark(photo, [])
    assert desk.reopen().notices.pdf(record) == pdf


def is_red(app: App, pdf: bytes, page: int) -> bool:
    """Whether a page has more than a few pixels in the ink of the marks (its seal's place is empty)."""
    shown = app.notices.page_image(pdf, page, 600)
    pixel = bytes(shown.rgb)
    return (
        sum(
            red > 150 and green < 90 and blue < 90
            for red, green, blue in zip(pixel[0::3], pixel[1::3], pixel[2::3], strict=False)
        )
        > 100
    )
