from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.hazard import Severity
from inspector.errors import NotFound
from inspector.law import catalogue, checklists, pack
from inspector.law.catalogue import CatalogueItem
from inspector.law.search import SearchIndex

ITEMS = catalogue.load().items
ALL = len(ITEMS)
SYLLABLES = {code: text.split() for code, text in pack.current().read("search.json", SearchIndex).items.items()}


def codes(text: str, limit: int = ALL, industry: str = "") -> list[str]:
    return [item.code for item in catalogue.load().search(text, limit, industry)]


def test_the_whole_catalogue_is_there():
    assert ALL == 249
    assert len({item.code for item in ITEMS}) == ALL


def test_an_item_is_told_in_full():
    item = catalogue.load().get("AQ-044")
    assert item.title == "出口疏散通道缺失占用锁闭封堵"
    assert [each.text() for each in item.violated] == ["《中华人民共和国安全生产法》第四十二条第二款"]
    assert item.default_severity is Severity.GENERAL
    assert item.is_verified
    assert item.is_ours
    assert not item.may_be_major


def test_a_major_item_prints_its_criterion_without_the_marks_of_the_pack():
    item = catalogue.load().get("FC-006")
    assert item.default_severity is Severity.MAJOR
    assert item.major_basis == "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第十一条"
    assert not item.is_major_basis_confirmed
    assert not any("[" in each.major_basis for each in ITEMS)


def test_either_is_general_until_the_officer_says_major():
    item = catalogue.load().get("AQ-014")
    assert (item.default_severity, item.may_be_major) == (Severity.GENERAL, True)


@pytest.mark.parametrize("code", ["YX-007", "XF-013", "XF-020", "AQ-056"])
def test_items_without_read_articles_are_not_verified(code):
    assert not catalogue.load().get(code).is_verified


def test_chemicals_carry_the_law_that_may_have_replaced_theirs():
    successor = catalogue.load().get("WH-020").check_superseded_by
    assert successor is not None
    assert successor.title == "中华人民共和国危险化学品安全法"
    assert successor.from_day == date(2026, 5, 1)


def test_dates_of_effect():
    old = catalogue.load().get("AQ-065")
    assert old.in_force_on(date(2026, 1, 31))
    assert not old.in_force_on(date(2026, 2, 1))
    assert not catalogue.load().get("AQ-001").in_force_on(date(2021, 8, 31))
    assert catalogue.load().get("AQ-001").in_force_on(date(2026, 11, 22))


def test_other_authorities_are_marked():
    assert not catalogue.load().get("XF-003").is_ours


def test_an_unknown_code_is_not_found():
    with pytest.raises(NotFound):
        catalogue.load().get("ZZ-999")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("雨棚", "XF-020"),
        ("yupeng", "XF-020"),
        ("yp", "XF-020"),
        ("aqck", "XF-003"),
        ("anquanchukou", "XF-003"),
        ("anquanck", "XF-003"),
        ("xi'an", "AQ-032"),
        ("AQ-044", "AQ-044"),
        ("aq044", "AQ-044"),
        ("ＡＱ－０４４", "AQ-044"),
        ("044", "AQ-044"),
        ("消防 通道", "XF-005"),
        ("通道 xf", "XF-005"),
        ("exits", "AQ-044"),
        ("CO报警", "GM-002"),
        ("co", "GM-002"),
        ("(渝)", "CQ-001"),
        ("（渝）", "CQ-001"),
        ("24小时", "TS-021"),
    ],
)
def test_what_people_type_finds_it(text, code):
    assert code in codes(text)


def test_nonsense_finds_nothing():
    assert codes("qqqq") == []
    assert codes("通道 游泳") == []


def test_better_matches_come_first():
    assert codes("占用堵塞消防车通道")[0] == "XF-005"
    prefixed = codes("消防")
    assert [catalogue.load().get(code).title[:2] for code in prefixed[:3]] == ["消防"] * 3
    assert codes("通道", industry="LOG")[:3] == ["XF-005", "WL-003", "XF-003"]
    assert codes("通道", industry="CON").index("JG-003") < codes("通道", industry="CON").index("XF-005")


def test_the_limit_holds():
    assert len(codes("安全", limit=8)) == 8
    assert codes("安全", limit=0) == []
    assert codes("", limit=-1) == []


def test_an_empty_text_gives_the_quick_picks_of_the_industry():
    picks = [item.code for item in catalogue.load().suggest("LOG")]
    assert picks == codes("  ", limit=8, industry="LOG")
    assert len(picks) == 8
    assert "WL-003" in picks
    assert [item.code for item in catalogue.load().suggest("NO SUCH")] == [
        item.code for item in catalogue.load().suggest("COM")
    ]


def test_every_industry_has_names_labels_and_picks():
    industries = checklists.load().industries
    assert {each.code for each in industries} >= {"LOG", "WHP", "COM", "HRB"}
    known = {label for item in ITEMS for label in item.industries}
    for each in industries:
        assert each.name
        assert each.name_en
        assert set(each.labels) <= known
        assert each.labels
        assert catalogue.load().suggest(each.code)


@given(st.sampled_from(ITEMS))
def test_an_item_is_first_for_its_title_and_its_code(item: CatalogueItem):
    assert codes(item.title, limit=1) == [item.code]
    assert codes(item.code.lower(), limit=1) == [item.code]


@given(st.sampled_from(ITEMS))
def test_an_item_is_found_by_its_initials_and_its_pinyin(item: CatalogueItem):
    syllables = SYLLABLES[item.code]
    assert item.code in codes("".join(each[0] for each in syllables), limit=8)
    assert item.code in codes("".join(syllables)[:64], limit=8)


@given(st.sampled_from(ITEMS), st.data())
def test_an_item_is_found_by_any_two_characters(item: CatalogueItem, data: st.DataObject):
    start = data.draw(st.integers(0, len(item.title) - 2))
    assert item.code in codes(item.title[start : start + 2])


@given(st.sampled_from(ITEMS), st.data())
def test_an_item_is_found_by_any_run_of_initials(item: CatalogueItem, data: st.DataObject):
    initials = "".join(each[0] for each in SYLLABLES[item.code])
    start = data.draw(st.integers(0, len(initials) - 2))
    end = data.draw(st.integers(start + 2, len(initials)))
    assert item.code in codes(initials[start:end])


@given(st.text(max_size=80), st.sampled_from(["", "LOG", "危化品", "?"]), st.integers(-2, 300))
def test_no_text_makes_the_search_fail(text: str, industry: str, limit: int):
    found = catalogue.load().search(text, limit, industry)
    assert len(found) <= max(0, limit)
    assert len({item.code for item in found}) == len(found)


def test_titles_can_be_found_in_the_order_they_are_indexed():
    assert set(SYLLABLES) == {item.code for item in ITEMS}
    for item in ITEMS:
        letters = [each for each in item.title if each.isalnum()]
        assert len(SYLLABLES[item.code]) == len(letters), item.title
