from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from inspector.domain.hazard import Citation
from inspector.errors import NotFound
from inspector.law import laws


def cited(law: str) -> Citation:
    return laws.load().cite(law, "第一条")


@pytest.mark.parametrize(
    ("law", "title", "short"),
    [
        ("AQSCF", "中华人民共和国安全生产法", "安全生产法"),
        ("WHPTL", "危险化学品安全管理条例", "危化品条例"),
        ("CFBF26", "安全生产违法行为行政处罚办法", "新处罚办法"),
    ],
)
def test_titles_are_those_that_legal_documents_print(law, title, short):
    found = laws.load().get(law)
    assert (found.title, found.short) == (title, short)
    assert laws.load().named(f"《{title}》") is not None
    assert laws.load().named(short) is found


def test_all_laws_have_titles_without_the_year_of_their_version():
    assert len(laws.load()) == 76
    assert not [law.title for law in laws.load() if law.title.endswith((")", "）")) and "20" in law.title]


@pytest.mark.parametrize(
    ("law", "day", "is_in_force"),
    [
        ("AQSCF", date(2026, 11, 22), True),
        ("AQSCF", date(2012, 1, 1), True),
        ("AQSCF", date(2002, 10, 31), False),
        ("CFBF15", date(2026, 1, 31), True),
        ("CFBF15", date(2026, 2, 1), False),
        ("CFBF26", date(2026, 1, 31), False),
        ("CFBF26", date(2026, 2, 1), True),
        ("TFF", date(2024, 10, 31), True),
        ("TFF", date(2024, 11, 1), True),
        ("WHPF", date(2026, 4, 30), False),
        ("WHPTL", date(2026, 4, 30), True),
        ("WHPTL", date(2026, 5, 1), None),
        ("CQXF", date(2026, 11, 22), None),
        ("CQCL", date(2026, 11, 22), None),
    ],
)
def test_in_force(law, day, is_in_force):
    assert laws.in_force(cited(law), day) is is_in_force


def test_a_citation_typed_by_hand_is_known_by_its_title():
    assert laws.in_force(Citation(law="", title="安全生产法", article="第一条"), date(2026, 1, 1)) is True
    assert laws.in_force(Citation(law="", title="没有这部法", article="第一条"), date(2026, 1, 1)) is None


def test_versions_do_not_overlap():
    for law in laws.load():
        dated = [each for each in law.versions if each.begins]
        for one, following in pairwise(dated):
            assert one.ends is not None
            assert following.begins is not None
            assert one.ends < following.begins


@pytest.mark.parametrize(
    ("article", "is_one"),
    [
        ("第三十六条", True),
        ("第一百零二条", True),
        ("第一百三十四条之一", True),
        ("作业审批条款", False),
        ("", False),
        ("第条", False),
    ],
)
def test_articles_are_numbers(article, is_one):
    assert laws.names_article(Citation(law="AQSCF", title="x", article=article)) is is_one


def test_an_unknown_law_is_not_found():
    with pytest.raises(NotFound):
        laws.load().get("NONE")
