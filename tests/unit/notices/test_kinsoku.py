"""What stays together on a line beyond the marks: numbers as people read them."""

from __future__ import annotations

import pytest

from inspector.notices.kinsoku import unbreakable


@pytest.mark.parametrize(
    "whole", ["示执00000002", "（示）应急责改〔2026〕12号", "15日", "第四十二条", "91500199MAFK00010R"]
)
def test_a_number_stays_whole(whole: str) -> None:
    text = f"证件号码为{whole}，这是我们的证件。"
    at = text.index(whole)
    assert all(unbreakable(text)[at : at + len(whole) - 1])


def test_ordinary_words_may_be_parted() -> None:
    assert not any(unbreakable("现依法对你单位进行现场检查"))
