"""The statute library: import, search, an article on paper, versions, links to it, refusals told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from inspector.domain.hazard import Citation
from inspector.law.article_numbers import chinese
from inspector.law.statute_library import Force
from tests.services.visit import a_draft
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.models.citation_links import citation_of, day_of, first_readable, open_citation
from ui.models.law_words import fault_words, force_badge
from ui.palette_search import LAW, find, index_of
from ui.views.library.day_field import read_day
from ui.views.library.importing import ReportDialog
from ui.views.library.sheet import lines_of
from ui.views.library.view import LibraryView
from ui.views.workspace.view import WorkspaceView
from ui.widgets.finding import FindingCard

STATUTES = Path(__file__).resolve().parents[1] / "unit" / "law" / "statutes"
TITLE = "示例区仓储安全条例"
ITEM = Citation(law=TITLE, title=TITLE, article="第三条", paragraph="第一款", item="第（二）项")


@pytest.fixture
def library(laptop: Laptop, tasks, stage: Stage):  # noqa: F811
    """The library with two versions of one statute."""
    laptop.ask(laptop.app.library.import_folder, STATUTES)
    view = LibraryView(laptop.app, tasks)
    stage.show(view, width=1208)
    view.show_record("")
    stage.until(view.reader.title.text)
    return view


def texts(view: LibraryView) -> list[str]:
    text = view._text
    return [line.text for line in lines_of(text) if line.is_picked] if text else []


def test_the_first_law_is_open_and_good_looking(library, stage):  # noqa: F811
    assert library.reader.title.text() == f"{TITLE}\u3000第一条"
    assert [row.title for row in library.search.list.rows()] == [TITLE]
    assert library.reader.span.text() == "2024-08-01 起施行"
    assert not library.reader.before.isEnabled()
    assert library.reader.after.isEnabled()
    demand_good_looks(stage.qtbot, library)


def test_a_citation_opens_with_what_it_picks_out(library, stage):  # noqa: F811
    place, record = open_citation(ITEM)
    assert place == library.place
    library.show_record(record)
    stage.until(lambda: "第三条" in library.reader.title.text())
    assert texts(library) == ["（二）通道：", "1.标明方向；", "2.夜间照明。"]
    library.copy.click()
    assert QGuiApplication.clipboard().text() == "《示例区仓储安全条例》第三条第一款第（二）项"


def test_search_walk_and_step(library, stage):  # noqa: F811
    library.search.field.setText("年收入")
    stage.until(lambda: "第六条" in library.reader.title.text())
    (row,) = library.search.list.rows()
    assert [row.second[start:end] for start, end in row.marks] == ["年收入"]
    library.step(-1)
    stage.until(lambda: "第五条" in library.reader.title.text())
    stage.qtbot.keyClick(library, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    stage.until(lambda: "第六条" in library.reader.title.text())
    library.search.field.setText("没有的词")
    stage.until(lambda: not library.search.list.rows())
    assert "没有的词" in library.search.empty.title.text()


def test_the_other_version_and_another_day(library, stage):  # noqa: F811
    library.show_record(open_citation(Citation(law=TITLE, title=TITLE, article="第三条"))[1])
    stage.until(lambda: "第三条" in library.reader.title.text())
    library.reader.versions.chosen.emit("2015-03-01")
    stage.until(lambda: library.reader.span.text() == "2015-06-01 至 2024-07-31")
    library.day.setText("2020-01-01")
    library.day.flush()
    library.day.committed.emit("2020-01-01")
    stage.until(lambda: library._text is not None and library._text.force is Force.IN_FORCE)
    assert library.day.day() == date(2020, 1, 1)


def test_a_place_that_is_not_there_is_said(library, stage):  # noqa: F811
    wrong = Citation(law=TITLE, title=TITLE, article="第三条", paragraph="第一款", item="第（九）项")
    library.show_record(open_citation(wrong)[1])
    stage.until(library.reader.note.text)
    assert library.reader.note.text() == "没有第三条第一款第（九）项：所引条款共 3 项"
    library.show_record(open_citation(Citation(law=TITLE, title=TITLE, article="第八十条"))[1])
    stage.until(lambda: "第八十条" in library.reader.note.text())
    assert "第一条" in library.reader.title.text()


def test_an_import_shows_what_was_refused(laptop, tasks, stage, tmp_path):  # noqa: F811
    for path in STATUTES.glob("*.md"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "坏(2021-01-01).md").write_text("# 坏\n<!-- INFO END -->\n没有条", encoding="utf-8")
    view = LibraryView(laptop.app, tasks)
    stage.show(view, width=1208)
    view.show_record("")
    stage.until(view.nothing.isVisible)
    assert not view.copy.isVisible()
    demand_good_looks(stage.qtbot, view)
    view.desk.start(tmp_path)
    dialog = stage.dialog(ReportDialog)
    assert [(row.title, row.second) for row in dialog.list.rows()] == [
        ("坏(2021-01-01).md", "第 3 行：没有条文（第…条）"),
    ]
    dialog.accept()
    stage.until(lambda: view.search.list.rows() and view.reader.isVisible())


def test_a_changed_file_is_said(laptop, tasks, stage):  # noqa: F811
    laptop.ask(laptop.app.library.import_folder, STATUTES)
    (path,) = (laptop.profile / "library").iterdir()
    path.write_bytes(b"{}")
    laptop.reopen()
    view = LibraryView(laptop.app, tasks)
    stage.show(view, width=1208)
    view.show_record("")
    stage.until(lambda: "被改动过" in view.nothing.title.text())
    assert view.search.list.rows() == ()


def test_records_and_days() -> None:
    day = date(2020, 5, 1)
    _, record = open_citation(ITEM, day)
    assert citation_of(record) == ITEM
    assert day_of(record) == day
    assert day_of(open_citation(ITEM)[1]) is None
    assert citation_of("") is None
    assert citation_of("notice:1") is None
    assert read_day("2026-1-2", 2020) == date(2026, 1, 2)
    assert read_day("２０２６年１月２日", 2020) == date(2026, 1, 2)
    assert read_day("20260102", 2020) == date(2026, 1, 2)
    assert read_day("1-2", 2020) == date(2020, 1, 2)
    assert read_day("2026-13-01", 2020) is None


def test_every_state_and_fault_has_its_word(laptop) -> None:  # noqa: F811
    assert len({force_badge(force).word for force in Force}) == len(Force)
    laptop.ask(laptop.app.library.import_folder, STATUTES)
    fault = laptop.app.library.check(Citation(law=TITLE, title=TITLE, article="第八十条"), date(2026, 11, 22))
    assert fault is not None
    assert fault_words(fault) == "没有第八十条：现行文本共 7 条"


def test_the_basis_of_a_hazard_opens_its_text_and_tells_what_is_not_there(laptop, tasks, stage):  # noqa: F811
    laptop.ask(laptop.app.library.import_folder, STATUTES)
    missing = Citation(law=TITLE, title=TITLE, article="第八十条")
    visit = laptop.visit()
    hazard = laptop.ask(laptop.app.hazards.report, visit, a_draft("堵塞", basis=(ITEM, missing))).made
    view = WorkspaceView(laptop.app, tasks)
    stage.show(view)
    view.show_record(visit)
    stage.until(lambda: view.desk.hazard_id == hazard)
    box = view.desk.form.basis
    stage.until(lambda: len(box.cards()) == 2 and box.cards()[0].read.isVisible())
    assert [card._tag.accessibleName() for card in box.cards()] == ["现行有效", "条文不存在"]
    assert "共 7 条" in box.cards()[1]._tag.toolTip()
    box.cards()[0].read.click()
    assert stage.wanted[-1] == open_citation(ITEM)


def test_a_finding_opens_the_text_it_rests_on(laptop, tasks, stage, qtbot) -> None:  # noqa: F811
    laptop.ask(laptop.app.library.import_folder, STATUTES)
    unknown = Citation(law="NONE", title="没有文本的法", article="第一条")
    assert first_readable((unknown,)) is None
    assert first_readable((unknown, ITEM)) == ITEM
    card = FindingCard(code="R171", severity="warning", title="隐患 1", text="依据请核对")
    told: list[bool] = []
    card.basis_wanted.connect(lambda: told.append(True))
    button = card.offer_basis("看依据")
    followed: list[str] = []
    card.followed.connect(followed.append)
    qtbot.addWidget(card)
    card.show()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [True]
    assert followed == []


def test_the_palette_finds_articles(laptop) -> None:  # noqa: F811
    laptop.ask(laptop.app.library.import_folder, STATUTES)
    found = laptop.ask(find, index_of(()), laptop.app, "slqccaqtl 3(1)(二)", ())
    assert [(one.kind, one.title) for one in found] == [(LAW, f"{TITLE}\u3000第三条")]
    assert citation_of(found[0].id) == ITEM
    assert laptop.ask(find, index_of(()), laptop.app, TITLE, ())[0].title == TITLE


def test_a_place_far_down_is_scrolled_to(laptop, tasks, stage, tmp_path):  # noqa: F811
    items = "\n\n".join(f"（{chinese(n)}）示例情形{n}，写得长一些，好让条文比屏幕高得多；" for n in range(1, 41))
    text = f"# 示例长条例\n<!-- INFO END -->\n第一条 有下列情形之一的：\n\n{items}\n\n第二条 自2020年1月1日起施行。\n"
    (tmp_path / "长(2019-12-01).md").write_text(text, encoding="utf-8")
    laptop.ask(laptop.app.library.import_folder, tmp_path)
    view = LibraryView(laptop.app, tasks)
    stage.show(view, width=1208)
    last = Citation(law="示例长条例", title="示例长条例", article="第一条", paragraph="第一款", item="第（三十九）项")
    view.show_record(open_citation(last)[1])
    bar = view.reader.pane.verticalScrollBar()
    stage.until(lambda: view.reader.isVisible() and bar.value() > 0)
    span = view.reader.sheet.picked_span()
    assert span is not None
    top, bottom = span
    assert bar.value() <= top
    assert bottom <= bar.value() + view.reader.pane.viewport().height()
