"""What stays together on a line beyond the marks: numbers as people read them."""

from __future__ import annotations

from itertools import pairwise

import pytest

from inspector.notices.kinsoku import COUNT, NAME, NEVER, holds, unbreakable


@pytest.mark.parametrize(
    "whole", ["示执00000002", "（示）应急责改〔2026〕12号", "15日", "第四十二条", "91500199MAFK00010R"]
)
def test_a_number_stays_whole(whole: str) -> None:
    text = f"证件号码为{whole}，这是我们的证件。"
    at = text.index(whole)
    assert all(unbreakable(text)[at : at + len(whole) - 1])


def test_ordinary_words_may_be_parted() -> None:
    assert not any(unbreakable("现依法对你单位进行现场检查"))


@pytest.mark.parametrize("whole", ["30,000元", "3万元", "第（十二）项", "第一百二十条之一"])
def test_amounts_and_citations_stay_whole(whole: str) -> None:
    text = f"处以罚款{whole}并责令改正"
    at = text.index(whole)
    assert all(unbreakable(text)[at : at + len(whole) - 1])


def test_marks_hold_more_than_counts_and_counts_more_than_names() -> None:
    text = "（示）应急责改〔2026〕12号"
    levels = dict(zip(pairwise(text), holds(text), strict=False))
    assert levels["6", "〕"] == NEVER
    assert levels["2", "号"] == COUNT
    assert levels["急", "责"] == NAME
