"""An imported statute library: kept by digest, named by the journal, asked by rules, refused when it was changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from inspector import paths
from inspector.app import App
from inspector.domain.hazard import Citation
from inspector.law import laws, pack, statute_text, statutes, statutes_in_use
from inspector.law.statute_library import Fault, Force
from tests.services.conftest import Desk

STATUTES = Path(__file__).resolve().parents[1] / "unit" / "law" / "statutes"
TITLE = "示例区仓储安全条例"
DAY = date(2026, 11, 22)


def cited(article: str) -> Citation:
    return Citation(law=TITLE, title=TITLE, article=article)


def the_file(app: App) -> Path:
    (path,) = paths.library_folder(app.profile).iterdir()
    return path


def test_an_import_is_kept_and_named_by_an_entry(desk: Desk) -> None:
    told: list[tuple[int, int]] = []
    report = desk.app.library.import_folder(STATUTES, told.append)
    assert (report.added, report.replaced, report.laws, report.versions, report.articles) == (2, 0, 1, 2, 12)
    assert report.refusals == ()
    assert told == [(1, 2), (2, 2)]
    assert the_file(desk.app).name == f"{report.sha256}.json"
    state = desk.reopen().library.state()
    assert state.imported is not None
    assert state.imported.sha256 == report.sha256
    assert state.imported.imported_by == desk.app.me.id
    assert (state.laws, state.versions, state.trouble, state.from_pack) == (1, 2, "", 0)


def test_texts_are_read_searched_and_judged(app: App) -> None:
    app.library.import_folder(STATUTES)
    text = app.library.article(Citation(law="", title=TITLE, article="第三条", paragraph="第一款"), DAY)
    assert text is not None
    assert text.force is Force.IN_FORCE
    assert app.library.in_force(cited("第四条之一"), date(2020, 1, 1)) is Force.UNPUBLISHED
    fault = app.library.check(cited("第九条"), DAY)
    assert fault is not None
    assert fault.kind is Fault.NO_ARTICLE
    assert [one.article.label for one in app.library.search("通道标志", DAY).hits] == ["第五条"]
    assert app.library.search("slqccaqtl 6").hits[0].article.label == "第六条"
    (line,) = app.library.laws(DAY)
    assert (line.title, line.articles, len(line.versions), line.force) == (TITLE, 8, 2, Force.IN_FORCE)
    (old,) = app.library.laws(date(2010, 1, 1))
    assert (old.holding, old.force) == (None, Force.UNPUBLISHED)


def test_rules_ask_the_library_until_it_is_locked(desk: Desk) -> None:
    desk.app.library.import_folder(STATUTES)
    assert laws.in_force(cited("第三条"), DAY) is True
    assert laws.in_force(cited("第九条"), DAY) is False
    desk.app.close()
    assert laws.in_force(cited("第九条"), DAY) is None
    assert statutes_in_use.current() is None
    desk.app = type(desk)(desk.profile).app
    assert laws.in_force(cited("第九条"), DAY) is False


def test_without_texts_the_index_answers(app: App) -> None:
    assert app.library.state().versions == 0
    assert app.library.laws(DAY) == ()
    assert app.library.search("出口").total == 0
    known = Citation(law="AQSCF", title="中华人民共和国安全生产法", article="第一条")
    assert app.library.article(known) is None
    assert app.library.in_force(known, DAY) is Force.IN_FORCE
    assert app.library.check(known, DAY) is None


def test_a_second_import_adds_to_the_first_and_replaces_the_same_version(app: App, tmp_path: Path) -> None:
    first = app.library.import_folder(STATUTES)
    again = app.library.import_folder(STATUTES)
    assert (again.added, again.replaced, again.sha256) == (0, 2, first.sha256)
    entries = app.audit.position().entries
    (tmp_path / "另一部(2021-01-01).md").write_text("# 示例另一部\n<!-- INFO END -->\n第一条 自2021年2月1日起施行。")
    more = app.library.import_folder(tmp_path)
    assert (more.added, more.replaced, more.laws, more.versions) == (1, 0, 2, 3)
    assert app.audit.position().entries == entries + 1
    assert the_file(app).name == f"{more.sha256}.json"


def test_refused_files_are_told_and_nothing_is_kept_of_a_folder_without_texts(app: App, tmp_path: Path) -> None:
    (tmp_path / "坏(2021-01-01).md").write_text("# 坏\n<!-- INFO END -->\n没有条")
    report = app.library.import_folder(tmp_path)
    assert [(one.file, one.line, one.reason) for one in report.refusals] == [("坏(2021-01-01).md", 3, "no_article")]
    assert report.sha256 == ""
    assert not paths.library_folder(app.profile).exists()
    shutil.copy(STATUTES / "示例仓储安全条例(2015-03-01).md", tmp_path)
    both = app.library.import_folder(tmp_path)
    assert (both.added, len(both.refusals)) == (1, 1)


def test_a_stopped_import_changes_nothing(app: App) -> None:
    entries = app.audit.position().entries
    report = app.library.import_folder(STATUTES, is_cancelled=lambda: True)
    assert report.is_cancelled
    assert app.audit.position().entries == entries
    assert app.library.state().versions == 0


@pytest.mark.parametrize("trouble", ["missing", "damaged"])
def test_a_file_that_was_taken_away_or_changed_is_said_and_not_used(desk: Desk, trouble: str) -> None:
    desk.app.library.import_folder(STATUTES)
    path = the_file(desk.app)
    if trouble == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes().replace("通道".encode(), "出路".encode(), 1))
    app = desk.reopen()
    state = app.library.state()
    assert (state.trouble, state.versions) == (trouble, 0)
    assert app.library.article(cited("第三条"), DAY) is None
    entries = app.audit.position().entries
    app.library.import_folder(STATUTES)  # the same texts again: the file is written anew, the entry stands
    assert app.audit.position().entries == entries
    assert desk.reopen().library.state().trouble == ""


def test_texts_of_the_pack_stand_beside_imported_ones(desk: Desk, tmp_path: Path) -> None:
    (old, new) = sorted(statute_text.read_folder(STATUTES)[0], key=lambda one: one.published)
    folder = Path(shutil.copytree(pack.current().folder, tmp_path / "pack"))
    data = statutes.encode((old,))
    (folder / statutes.FILE).write_bytes(data)
    manifest = json.loads((folder / pack.MANIFEST).read_text())
    manifest["files"][statutes.FILE] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    manifest["version"] = "2026-11-22.9"
    (folder / pack.MANIFEST).write_text(json.dumps(manifest))
    library = desk.app.library
    pack.know((pack.Pack.open(folder),), DAY)
    try:
        assert (library.open().versions, library.state().from_pack) == (1, 1)
        assert library.in_force(cited("第一条"), DAY) is Force.IN_FORCE
        (tmp_path / "texts").mkdir()
        shutil.copy(STATUTES / new.file, tmp_path / "texts")
        report = library.import_folder(tmp_path / "texts")
        assert (report.versions, library.state().from_pack) == (2, 1)
        (folder / statutes.FILE).write_bytes(b"{}")
        assert library.open().versions == 1
    finally:
        pack.know((), DAY)
        library.open()


def test_a_damaged_pack_keeps_the_library_out_but_not_the_officer(desk: Desk, tmp_path: Path) -> None:
    desk.app.library.import_folder(STATUTES)
    folder = Path(shutil.copytree(pack.current().folder, tmp_path / "pack"))
    (folder / "laws_index.json").write_bytes(b"{}")
    manifest = json.loads((folder / pack.MANIFEST).read_text())
    manifest["version"] = "2026-11-22.8"
    (folder / pack.MANIFEST).write_text(json.dumps(manifest))
    pack.know((pack.Pack.open(folder),), DAY)
    try:
        assert desk.app.library.open().trouble == "pack"
        assert statutes_in_use.current() is None
        assert desk.app.library.laws(DAY) == ()
    finally:
        pack.know((), DAY)
        assert desk.app.library.open().trouble == ""
