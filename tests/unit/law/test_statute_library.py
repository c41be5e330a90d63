"""Versions beside each other: which one holds, what an article says, what is wrong with a citation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from inspector.domain.hazard import Citation
from inspector.law import citation_text, laws, statute_text, statutes_in_use
from inspector.law.article_numbers import ArticleNumber
from inspector.law.citation_text import Spot
from inspector.law.corrections import Doubt
from inspector.law.laws import Laws, LawVersion
from inspector.law.statute_library import Fault, Force, Library
from tests.unit.law.statute_material import NEW, OLD, TITLE, law, library, versions


def cited(article: str, paragraph: str = "", item: str = "", *, law_id: str = "SLCC", title: str = TITLE) -> Citation:
    return Citation(law=law_id, title=title, article=article, paragraph=paragraph, item=item)


@pytest.fixture
def in_use() -> Iterator[Library]:
    shelf = library()
    statutes_in_use.use(shelf)
    yield shelf
    statutes_in_use.use(None)


def test_the_older_version_ends_the_day_before_the_newer_begins() -> None:
    old, new = library().of("SLCC")
    assert (old.begins, old.ends) == (date(2015, 6, 1), date(2024, 7, 31))
    assert (new.begins, new.ends) == (date(2024, 8, 1), None)
    assert library().version_on("SLCC", date(2024, 7, 31)) == old
    assert library().version_on("SLCC", date(2024, 8, 1)) == new


@pytest.mark.parametrize(
    ("article", "day", "force"),
    [
        ("第一条", NEW, Force.IN_FORCE),
        ("第一条", OLD, Force.IN_FORCE),
        ("第一条", date(2015, 3, 31), Force.NOT_YET),
        ("第一条", date(2015, 2, 28), Force.UNPUBLISHED),
        ("第四条之一", date(2024, 7, 1), Force.NOT_YET),
        ("第四条之一", OLD, Force.UNPUBLISHED),
        ("第八条", NEW, Force.UNPUBLISHED),
    ],
)
def test_force_of_an_article_on_a_day(article: str, day: date, force: Force) -> None:
    assert library().in_force(cited(article), day) is force


def test_the_index_answers_where_no_text_is() -> None:
    listed = Laws(
        (
            law("A", "示例甲法", "甲法", LawVersion(date(2020, 1, 1), date(2025, 12, 31), date(2019, 6, 1))),
            law("B", "示例乙法", "乙法", LawVersion(date(2027, 1, 1), None, date(2026, 6, 1))),
            law("C", "示例丙法", "丙法", LawVersion(date(2027, 1, 1), None, date(2026, 12, 1))),
            law("D", "示例丁法", "丁法", LawVersion(None, None)),
        )
    )
    shelf = Library((), listed)
    asked = {one: shelf.in_force(cited("第一条", law_id=one, title=""), NEW) for one in "ABCDE"}
    assert asked == {
        "A": Force.REPEALED, "B": Force.NOT_YET, "C": Force.UNPUBLISHED, "D": Force.UNKNOWN, "E": Force.UNKNOWN,
    }  # fmt: skip


def test_an_old_text_says_nothing_of_a_newer_version_that_is_not_here() -> None:
    spans = (LawVersion(date(2015, 6, 1), None, date(2015, 3, 1)), LawVersion(date(2026, 1, 1), None, date(2025, 6, 1)))
    shelf = Library(versions()[:1], Laws((law("SLCC", TITLE, "示例条例", *spans),)))
    (old,) = shelf.of("SLCC")
    assert old.ends == date(2025, 12, 31)
    assert shelf.in_force(cited("第一条"), NEW) is Force.UNKNOWN
    assert shelf.check(cited("第九十条"), NEW) is None


def test_a_doubt_leaves_the_text_readable() -> None:
    doubted = Doubt(law="SLCC", from_day=date(2026, 5, 1), note="", note_en="")
    from dataclasses import replace

    shelf = Library(versions(), Laws((replace(law(), doubt=doubted),)))
    assert shelf.in_force(cited("第一条"), NEW) is Force.UNKNOWN
    text = shelf.article(cited("第一条"), NEW)
    assert text is not None
    assert text.force is Force.UNKNOWN
    assert shelf.check(cited("第八条"), NEW) is not None


@pytest.mark.parametrize(
    ("citation", "kind", "most"),
    [
        (cited("第八条"), Fault.NO_ARTICLE, 7),
        (cited("第三条", "第三款"), Fault.NO_PARAGRAPH, 2),
        (cited("第三条", "第一款", "第（四）项"), Fault.NO_ITEM, 3),
        (cited("第三条", "第二款", "第（一）项"), Fault.NO_ITEM, 3),
        (cited("第五条", "", "第（三）项"), Fault.NO_ITEM, 2),
    ],
)
def test_a_place_that_is_not_in_the_version_in_force_is_a_fault(citation: Citation, kind: Fault, most: int) -> None:
    fault = library().check(citation, NEW)
    assert fault is not None
    assert (fault.kind, fault.most, fault.begins) == (kind, most, date(2024, 8, 1))


@pytest.mark.parametrize(
    "citation",
    [
        cited("第三条"),
        cited("第三条", "第一款", "第（二）项"),
        cited("第三条", "第一款", "第（一）（三）项"),
        cited("第五条", "", "第（二）项"),
        cited("第四条之一"),
        cited("第三条", law_id="", title="示例条例"),
        cited("一般规定"),
        cited("第三条", law_id="", title="没有这部法"),
    ],
)
def test_a_place_that_stands_or_cannot_be_judged_is_no_fault(citation: Citation) -> None:
    assert library().check(citation, NEW) is None


def test_an_article_with_what_a_citation_picks_out() -> None:
    text = library().article(cited("第三条", "第一款", "第（二）项"), NEW)
    assert text is not None
    assert text.headings == ("第二章 仓库的责任", "第一节 出口和通道")
    assert text.spots == (Spot(ArticleNumber(3), 1, 2),)
    assert (text.before, text.after) == ("第二条", "第四条")
    assert text.citation().text() == "《示例区仓储安全条例》第三条"


def test_an_old_citation_opens_what_it_meant() -> None:
    shelf = library()
    old = shelf.article(cited("第三条"), OLD)
    chosen = shelf.article(cited("第三条"), NEW, published=date(2015, 3, 1))
    assert old is not None
    assert chosen is not None
    assert old.article == chosen.article
    assert (old.force, chosen.force) == (Force.IN_FORCE, Force.REPEALED)
    branch = shelf.article(cited("第四条之一"), OLD)
    assert branch is not None
    assert branch.force is Force.UNPUBLISHED
    assert shelf.article(cited("第九条"), NEW) is None


def test_texts_in_use_are_asked_before_the_index(in_use: Library) -> None:
    assert statutes_in_use.current() is in_use
    assert laws.in_force(cited("第一条"), NEW) is True
    assert laws.in_force(cited("第八条"), NEW) is False
    fault = statutes_in_use.check_citation(cited("第八条"), NEW)
    assert fault is not None
    statutes_in_use.use(None)
    assert laws.in_force(cited("第八条"), NEW) is None
    assert statutes_in_use.check_citation(cited("第八条"), NEW) is None


@pytest.mark.parametrize(
    ("text", "law_name", "spots"),
    [
        ("99", "", [(99, 0, 0, 0)]),
        ("99(1)(二)", "", [(99, 0, 1, 2)]),
        ("第99条", "", [(99, 0, 0, 0)]),
        ("九十九条", "", [(99, 0, 0, 0)]),
        ("第九十九条第一款第（二）项", "", [(99, 0, 1, 2)]),
        ("行政处罚法59(1)(一)(二)", "行政处罚法", [(59, 0, 1, 1), (59, 0, 1, 2)]),
        ("行政处罚法20(2)(4)", "行政处罚法", [(20, 0, 2, 0), (20, 0, 4, 0)]),
        ("行政复议法23(1)(一)(2)", "行政复议法", [(23, 0, 1, 1), (23, 0, 2, 0)]),
        ("行政处罚法64(一)", "行政处罚法", [(64, 0, 0, 1)]),
        ("刑法134条之一", "刑法", [(134, 1, 0, 0)]),
        ("94–96", "", [(94, 0, 0, 0), (95, 0, 0, 0), (96, 0, 0, 0)]),
        ("渝府令375第15条", "渝府令375", [(15, 0, 0, 0)]),
        ("aqscf99", "aqscf", [(99, 0, 0, 0)]),
        ("安全生产法42(1)[K]", "安全生产法", [(42, 0, 1, 0)]),
    ],
)
def test_short_notation(text: str, law_name: str, spots: list[tuple[int, int, int, int]]) -> None:
    read = citation_text.read(text)
    assert read is not None
    assert read.law == law_name
    assert [(one.article.no, one.article.branch, one.paragraph, one.item) for one in read.spots] == spots


@pytest.mark.parametrize("text", ["十二", "文书式样", "GB 32100", "国办发〔2024〕54号", "", "0"])
def test_what_names_no_article(text: str) -> None:
    assert citation_text.read(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("行政强制法18(一)、19", ("行政强制法18(一)", "行政强制法19")),
        ("安全生产法65(1)(二)(三); 行政处罚法28(1)", ("安全生产法65(1)(二)(三)", "行政处罚法28(1)")),
        ("渝府令375第17条(方案须经负责人批准; 紧急情况事后补办)", ("渝府令375第17条",)),
        ("行政处罚法33(1)（改正情况须有记录）", ("行政处罚法33(1)",)),
        ("文书式样", ("文书式样",)),
        ("", ()),
    ],
)
def test_a_basis_of_several_places_is_taken_apart(text: str, expected: tuple[str, ...]) -> None:
    assert citation_text.places(text) == expected


def test_a_place_is_written_as_documents_print_it() -> None:
    said = citation_text.citation("SLCC", TITLE, Spot(ArticleNumber(12), 1, 2))
    assert said.text() == "《示例区仓储安全条例》第十二条第一款第（二）项"
    assert citation_text.spots(said) == (Spot(ArticleNumber(12), 1, 2),)


def test_the_real_statutes_stand_side_by_side(shared_data: Path) -> None:
    read, _ = statute_text.read_folder(shared_data / "statutes")
    shelf = Library(read, laws.load())
    spans = {
        (one.law, one.statute.published.year): (one.begins, one.ends)
        for law_shelf in shelf.shelves()
        for one in law_shelf
        if one.law in {"TFF", "XZFYF", "AQSCF", "ZAF"}
    }
    assert spans == {
        ("TFF", 2007): (date(2007, 11, 1), date(2024, 10, 31)),
        ("TFF", 2024): (date(2024, 11, 1), None),
        ("XZFYF", 2017): (date(2018, 1, 1), date(2023, 12, 31)),
        ("XZFYF", 2023): (date(2024, 1, 1), None),
        ("AQSCF", 2021): (date(2021, 9, 1), None),
        ("ZAF", 2012): (date(2013, 1, 1), date(2025, 12, 31)),
    }
