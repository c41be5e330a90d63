from __future__ import annotations

import re

from reportlab.pdfbase import ttfonts

from inspector.notices import unicode_map


def pairs_of(told: str) -> dict[int, str]:
    found = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]+)>", told.split("endcodespacerange")[1])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in found}


def test_characters_beyond_the_first_plane_are_surrogate_pairs() -> None:
    told = unicode_map.to_unicode_map("AAAAAA+X", [0, ord("中"), 0x2CB4E, 0x10FFFD])
    assert "<02> <D872DF4E>" in told
    assert pairs_of(told) == {1: "中", 2: "\U0002cb4e", 3: "\U0010fffd"}


def test_no_block_has_more_than_a_hundred_mappings() -> None:
    told = unicode_map.to_unicode_map("AAAAAA+X", [0, *range(0x4E00, 0x4E00 + 255)])
    counts = [int(count) for count in re.findall(r"(\d+) beginbfchar", told)]
    assert counts == [100, 100, 55]
    assert len(pairs_of(told)) == 255


def test_reportlab_uses_it_once_installed() -> None:
    unicode_map.install()
    unicode_map.install()
    assert ttfonts.makeToUnicodeCMap is unicode_map.to_unicode_map
