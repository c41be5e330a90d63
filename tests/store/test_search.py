"""Sites are found by any two characters, by pinyin initials, by code."""

from __future__ import annotations

import pytest

from inspector.store import sites
from inspector.store.vault import Vault


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("甲仓储", "示例甲仓储有限公司"),
        ("仓", "示例甲仓储有限公司"),
        ("sljcc", "示例甲仓储有限公司"),
        ("JCC", "示例甲仓储有限公司"),
        ("ＪＣＣ", "示例甲仓储有限公司"),
        ("MAFK0002", "示例乙建材加工厂"),
        ("工业园 乙", "示例乙建材加工厂"),
    ],
)
def test_a_site_is_found(opened: Vault, typed: str, wanted: str) -> None:
    with opened.gateway.read() as tx:
        assert wanted in [site.name for site in sites.find(tx, typed, 10)]


@pytest.mark.parametrize("typed", ["没有这家", '"', "'; drop table site; --", "（）", "zzzz"])
def test_what_is_not_there_is_not_found(opened: Vault, typed: str) -> None:
    with opened.gateway.read() as tx:
        assert sites.find(tx, typed, 10) == []


def test_nothing_typed_lists_everything(opened: Vault) -> None:
    with opened.gateway.read() as tx:
        assert len(sites.find(tx, "  ", 100)) == 8
