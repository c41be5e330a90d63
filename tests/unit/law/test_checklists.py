from __future__ import annotations

import pytest

from inspector.errors import NotFound
from inspector.law import catalogue, checklists
from inspector.law.checklists import GENERAL, Method


def test_a_site_gets_its_own_list_and_the_general_one():
    known = checklists.load()
    own = known.of("LOG")
    assert [one.industry for one in own] == ["LOG"] * 14 + [GENERAL] * 18
    assert known.of(GENERAL) == known.of("") == known.of("unknown") == own[14:]


def test_fourteen_industries_and_180_checks_each_said_positively_in_both_languages():
    known = checklists.load()
    every = [one for each in known.industries for one in known.of(each.code) if one.industry == each.code]
    assert (len(known.industries), len(every), len({one.code for one in every})) == (14, 180, 180)
    for one in every:
        assert one.statement
        assert one.statement_en
        assert "是否" not in one.statement
        assert not one.statement.endswith(("？", "。"))
        assert one.methods
        assert set(one.methods) <= set(Method)


def test_every_check_points_to_hazards_of_the_catalogue():
    known, items = checklists.load(), catalogue.load()
    for each in known.industries:
        for one in known.of(each.code):
            assert one.catalogue
            for code in one.catalogue:
                assert items.get(code).code == code


def test_an_unknown_check_is_refused():
    with pytest.raises(NotFound):
        checklists.load().check("LOG-99")
