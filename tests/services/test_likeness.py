"""A picture of an earlier visit: found, shown with who and where, explained; revisits of one place are left alone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from inspector.app import App
from inspector.domain.likeness import LikenessKind
from inspector.domain.notice import FormCode
from inspector.errors import Cancelled, GateClosed, InvalidInput, NotAllowed
from inspector.store.gateway import Gateway
from tests.builders import LI, PIN, ZHANG
from tests.services.conftest import Desk
from tests.services.visit import a_photo, a_visit, issue
from tests.unit.evidence.honest import a_scene, as_jpeg

HERE, THERE = "site-sample-01", "site-sample-02"


@pytest.fixture
def earlier(app: App) -> str:
    """A visit of another site, with one photo of a drawn room."""
    return app.inspections.start(THERE, (ZHANG, LI)).made


def put(app: App, visit: str, path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return app.evidence.attach(visit, path).made


def saved_again(content: bytes, quality: int = 60) -> bytes:
    picture = Image.open(io.BytesIO(content))
    return as_jpeg(picture.resize((picture.width // 2, picture.height // 2)), quality)


def test_a_picture_saved_again_is_found_at_another_site(desk: Desk, earlier: str, tmp_path: Path) -> None:
    room = as_jpeg(a_scene(5))
    first = put(desk.app, earlier, tmp_path / "there.jpg", room)
    visit = desk.app.inspections.start(HERE, (ZHANG, LI)).made
    mine = put(desk.app, visit, tmp_path / "here.jpg", saved_again(room))
    put(desk.app, visit, tmp_path / "other.jpg", as_jpeg(a_scene(17)))
    desk.app.likeness.look(visit)
    app = desk.reopen()
    (found,) = app.likeness.found(mine)
    assert (found.kind, found.other.id, found.is_same_site) == (LikenessKind.SAME_PICTURE, first, False)
    assert (found.other_site_id, found.other_inspection_id) == (THERE, earlier)
    assert found.other_officer_name == app.me.name
    assert set(app.likeness.of(visit)) == {mine}
    assert app.likeness.of(earlier) == {}  # the earlier one is nobody's copy


def test_the_same_bytes_are_found_without_any_search(app: App, earlier: str, tmp_path: Path) -> None:
    wall = as_jpeg(Image.new("RGB", (400, 300), "white"))
    put(app, earlier, tmp_path / "there.jpg", wall)
    visit = app.inspections.start(HERE, (ZHANG, LI)).made
    mine = put(app, visit, tmp_path / "here.jpg", wall)
    (found,) = app.likeness.found(mine)
    assert found.kind is LikenessKind.SAME_BYTES


def test_a_revisit_of_one_place_is_left_alone_but_not_the_same_file(app: App, tmp_path: Path) -> None:
    room = as_jpeg(a_scene(5))
    before = app.inspections.start(HERE, (ZHANG, LI)).made
    put(app, before, tmp_path / "before.jpg", room)
    visit = app.inspections.start(HERE, (ZHANG, LI)).made
    again = put(app, visit, tmp_path / "again.jpg", saved_again(room))
    same = put(app, visit, tmp_path / "same.jpg", room)
    app.likeness.look(visit)
    assert app.likeness.found(again) == []
    (found,) = app.likeness.found(same)
    assert (found.kind, found.is_same_site) == (LikenessKind.SAME_BYTES, True)


def test_the_same_shot_of_one_camera_is_found_inside_one_site(app: App, shared_data: Path, tmp_path: Path) -> None:
    whole = (shared_data / "photos" / "jpg" / "gps" / "DSCN0010.jpg").read_bytes()
    before = app.inspections.start(HERE, (ZHANG, LI)).made
    put(app, before, tmp_path / "whole.jpg", whole)
    visit = app.inspections.start(HERE, (ZHANG, LI)).made
    mine = put(app, visit, tmp_path / "copy.jpg", whole + b"\0" * 16)  # other bytes, same EXIF
    (found,) = app.likeness.found(mine)
    assert found.kind is LikenessKind.SAME_SHOT


def test_one_photo_for_several_hazards_and_a_moved_one_are_no_reuse(app: App, earlier: str, tmp_path: Path) -> None:
    room = as_jpeg(a_scene(5))
    wrong = put(app, earlier, tmp_path / "wrong.jpg", room)
    app.evidence.remove(wrong, "放错单位")
    visit = app.inspections.start(HERE, (ZHANG, LI)).made
    mine = put(app, visit, tmp_path / "right.jpg", room)
    put(app, visit, tmp_path / "twin.jpg", room)
    app.likeness.look(visit)
    assert app.likeness.of(visit) == {}
    assert app.likeness.found(mine) == []


def test_the_gate_asks_for_the_reason_and_then_lets_the_notice_go(desk: Desk, earlier: str, tmp_path: Path) -> None:
    app, room = desk.app, as_jpeg(a_scene(5))
    first = put(app, earlier, tmp_path / "there.jpg", room)
    app.inspections.patch(earlier, ended_at=app.inspections.get(earlier).started_at)
    app.inspections.close(earlier)
    visit = a_visit(app, desk.clock, hazards=1)
    (hazard,) = app.hazards.of(visit)
    (tmp_path / "here.jpg").write_bytes(saved_again(room))
    mine = app.evidence.attach(visit, tmp_path / "here.jpg", hazard_id=hazard.id).made
    record = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    (said,) = [one for one in app.notices.preview(record).findings if one.rule == "E301"]
    assert said.field == f"evidence.{mine}"
    assert "相同" in said.message
    assert "原件已保留" in said.message
    with pytest.raises(GateClosed):
        app.notices.issue(record, second_officer_id=LI, pin=PIN)
    with pytest.raises(InvalidInput):
        app.likeness.explain(mine, first, "  ")
    app.likeness.explain(mine, first, "两家单位共用同一仓库出口")
    issue(app, record)
    (found,) = app.likeness.found(mine)
    assert found.is_explained
    assert (found.evidence.reuse_of, found.evidence.reuse_reason) == (first, "两家单位共用同一仓库出口")


def test_a_reason_is_undone_and_done_again(app: App, earlier: str, tmp_path: Path) -> None:
    photo = a_photo(tmp_path / "one.jpg")
    first = app.evidence.attach(earlier, photo).made
    visit = app.inspections.start(HERE, (ZHANG, LI)).made
    mine = app.evidence.attach(visit, photo).made
    app.likeness.explain(mine, first, "共用")
    step = app.undo.state(visit).undo
    assert step is not None
    assert step.kind == "reuse"
    app.undo.undo(visit)
    assert not app.likeness.found(mine)[0].is_explained
    app.undo.redo(visit)
    assert app.likeness.found(mine)[0].is_explained


def test_only_what_is_alike_can_be_explained(app: App, earlier: str, tmp_path: Path) -> None:
    first = app.evidence.attach(earlier, a_photo(tmp_path / "one.jpg", seed=1)).made
    visit = app.inspections.start(HERE, (ZHANG, LI)).made
    mine = app.evidence.attach(visit, a_photo(tmp_path / "two.jpg", seed=2)).made
    with pytest.raises(NotAllowed) as refused:
        app.likeness.explain(mine, first, "共用")
    assert refused.value.facts["reason"] == "not_alike"


def test_a_stopped_search_goes_on_and_the_cache_may_go(desk: Desk, earlier: str, tmp_path: Path) -> None:
    room = as_jpeg(a_scene(5))
    put(desk.app, earlier, tmp_path / "there.jpg", room)
    visit = desk.app.inspections.start(HERE, (ZHANG, LI)).made
    mine = put(desk.app, visit, tmp_path / "here.jpg", saved_again(room))
    with pytest.raises(Cancelled):
        desk.app.likeness.look(visit, lambda: True)
    desk.app.likeness.look(visit)
    assert desk.app.likeness.found(mine)
    _forget(desk.app._session.vault.evidence)
    app = desk.reopen()
    assert app.likeness.found(mine) == []
    app.likeness.look(visit)
    assert app.likeness.found(mine)


def _forget(gateway: Gateway) -> None:
    with gateway.write() as tx:
        for table in ("cache", "likeness", "likeness_searched"):
            tx.run(f"delete from {table}")
