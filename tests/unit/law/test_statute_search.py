"""Articles are found as people type: text, pinyin, names of laws, numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.law import laws, statute_text
from inspector.law.statute_library import Force, Library
from inspector.law.statute_search import SNIPPET, Hit, Hits, StatuteSearch
from tests.unit.law.statute_material import NEW, OLD, library


@pytest.fixture(scope="module")
def small() -> StatuteSearch:
    return StatuteSearch(library())


def labels(found: Hits) -> list[tuple[int, str]]:
    return [(one.shelved.statute.published.year, one.article.label) for one in found.hits]


def marked(hit: Hit) -> list[str]:
    return [hit.snippet[start:end] for start, end in hit.marks]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("堵", (2024, "第五条")),
        ("年收入", (2024, "第六条")),
        ("slqccaqtl 3", (2024, "第三条")),
        ("示例条例 第3条", (2024, "第三条")),
        ("示例条例三条", (2024, "第三条")),
        ("三条", (2024, "第三条")),
        ("3(1)(二)", (2024, "第三条")),
        ("第四条之一", (2024, "第四条之一")),
        ("flzr", (2024, "第五条")),
        ("法律 责任", (2024, "第五条")),
        ("示例区仓储安全条例", (2024, "第一条")),
        ("20㎡", (2024, "第三条")),
        ("２０", (2024, "第三条")),
        ("出口和通道", (2024, "第三条")),
        ("罚则", (2015, "第三条")),
    ],
)
def test_what_is_typed_finds_the_article(small: StatuteSearch, text: str, first: tuple[int, str]) -> None:
    assert labels(small.search(text, NEW))[0] == first


def test_what_holds_on_the_day_comes_first(small: StatuteSearch) -> None:
    assert labels(small.search("演示", NEW))[0] == (2024, "第一条")
    assert labels(small.search("演示", OLD))[0] == (2015, "第一条")
    assert [one.force for one in small.search("第一条", NEW).hits] == [Force.IN_FORCE, Force.REPEALED]


def test_every_word_must_be_there(small: StatuteSearch) -> None:
    assert labels(small.search("仓库 年收入", NEW)) == [(2024, "第六条")]
    assert small.search("仓库 没有的词", NEW).total == 0
    assert small.search("", NEW).total == 0
    assert small.search("   ", NEW).total == 0


def test_the_snippet_shows_the_hit(small: StatuteSearch) -> None:
    (hit,) = small.search("百分之五十", NEW).hits
    assert marked(hit) == ["百分之五十"]
    assert len(hit.snippet) <= SNIPPET + 2
    (unit,) = small.search("20m2", NEW).hits
    assert marked(unit) == ["20㎡"]


def test_a_number_points_into_the_article(small: StatuteSearch) -> None:
    hit = small.search("示例条例3(1)(三)", NEW).hits[0]
    assert hit.snippet == "（三）不堆放杂物。"
    assert [(one.paragraph, one.item) for one in hit.spots] == [(1, 3)]
    missing = small.search("示例条例4(1)(三)", NEW).hits[0]
    assert (missing.article.label, missing.spots) == ("第四条", ())
    two = small.search("第三条 第二款", NEW).hits[0]
    assert two.snippet.startswith("前款规定")


def test_no_more_than_asked_but_all_counted(small: StatuteSearch) -> None:
    found = small.search("仓库", NEW, limit=2)
    assert len(found.hits) == 2
    assert found.total > 2


@pytest.fixture(scope="module")
def real(shared_data: Path) -> StatuteSearch:
    read, _ = statute_text.read_folder(shared_data / "statutes")
    return StatuteSearch(Library(read, laws.load()))


@pytest.mark.parametrize(
    ("text", "law", "article"),
    [
        ("aqscf 99", "AQSCF", "第九十九条"),
        ("99(1)(二)", "AQSCF", "第九十九条"),
        ("xff 60(1)(三)", "XFF", "第六十条"),
        ("渝安全生产条例 53", "CQAQ", "第五十三条"),
        ("安全生产法 瞒报", "", ""),
        ("疏散通道", "AQSCF", "第四十二条"),
        ("tfsjydf 100", "TFF", "第一百条"),
    ],
)
def test_the_real_statutes_are_found(real: StatuteSearch, text: str, law: str, article: str) -> None:
    found = real.search(text, NEW)
    first = [(one.shelved.law, one.article.label) for one in found.hits[:1]]
    assert first == ([(law, article)] if law else [])
