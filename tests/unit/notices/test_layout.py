from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.notice import ON_EVERY_VISIT, FormCode
from inspector.notices import layout
from inspector.notices.compose import compose
from inspector.notices.fonts import Fonts
from inspector.notices.layout import Page, Set
from inspector.notices.render import PLANS
from inspector.notices.typeset import Typesetter
from tests.unit.notices.specimens import INSPECTION, a_hazard, sources, with_hazards

FORMS = st.sampled_from(ON_EVERY_VISIT)


def pages_of(form: FormCode, lengths: list[int], bundled: Fonts) -> list[Page]:
    hazards = tuple(a_hazard(number, description="货物堵塞通道" * length) for number, length in enumerate(lengths, 1))
    document = compose(with_hazards(sources(form, 0), hazards))
    return layout.pages_of(PLANS[form](Typesetter(document, bundled)))


def text_of(mark: Set) -> str:
    return "".join(line.text for line in mark.text.lines(mark.width))


def signature_words(form: FormCode) -> tuple[str, str]:
    is_record = form is FormCode.INSPECTION_RECORD
    return (
        ("检查人员（签名）：", "被检查单位现场负责人（签名）：")
        if is_record
        else (
            "应急管理行政执法人员（签名）：",
            "被复查单位负责人（签名）：" if form is FormCode.RECHECK_OPINION else "被检查单位负责人（签名）：",
        )
    )


@settings(max_examples=40, deadline=None)
@given(FORMS, st.lists(st.integers(1, 30), max_size=30))
def test_every_page_is_signed_and_the_last_has_text_above_the_signatures(form: FormCode, lengths: list[int]) -> None:
    from inspector.notices import fonts

    officers, party = signature_words(form)
    for page in pages_of(form, lengths, fonts.load()):
        sets = [mark for mark in page.marks if isinstance(mark, Set)]
        signed = [mark for mark in sets if text_of(mark).startswith(officers)]
        assert len(signed) == 1
        assert any(text_of(mark).startswith(party) for mark in sets)
        above = [
            mark for mark in sets if mark.y < signed[0].y and not text_of(mark).startswith(("（以下空白）", party))
        ]
        assert sum(len(mark.text.lines(mark.width)) for mark in above) >= layout.KEPT_LINES


@settings(max_examples=40, deadline=None)
@given(FORMS, st.lists(st.integers(1, 30), max_size=30))
def test_nothing_overlaps_or_leaves_the_page(form: FormCode, lengths: list[int]) -> None:
    from inspector.notices import fonts

    for number, page in enumerate(pages_of(form, lengths, fonts.load())):
        spans = sorted(
            (mark.y, mark.y + mark.text.height(mark.width), mark.x, mark.x + mark.width)
            for mark in page.marks
            if isinstance(mark, Set) and mark.width == layout.WIDTH and text_of(mark).strip()
        )
        assert spans[0][0] >= (layout.NEXT_TOP if number else layout.FIRST_TOP)
        assert max(end for _, end, _, _ in spans) <= layout.BOTTOM + layout.EPSILON
        flowing = [span for span in spans if span[1] <= layout.BOTTOM - 130]
        for above, below in pairwise(flowing):
            assert below[0] >= above[1] - layout.EPSILON


@pytest.mark.parametrize("form", ON_EVERY_VISIT)
def test_all_text_is_laid_out_once_and_in_order(form: FormCode, bundled: Fonts) -> None:
    pages = pages_of(form, [20] * 25, bundled)
    ruled = (mark for page in pages for mark in page.marks if isinstance(mark, Set) and mark.text.style.is_ruled)
    told = "".join(text_of(mark) for mark in ruled)
    places = [told.index(f"{number}．") for number in range(1, 26)]
    assert places == sorted(places)
    assert told.count("货物堵塞通道") == 25 * 20


def test_a_clean_visit_is_one_page(bundled: Fonts) -> None:
    document = compose(sources(FormCode.INSPECTION_RECORD, 0, inspection=replace(INSPECTION, is_clean=True)))
    pages = layout.pages_of(PLANS[document.form](Typesetter(document, bundled)))
    assert len(pages) == 1
    told = [text_of(mark) for mark in pages[0].marks if isinstance(mark, Set)]
    assert "检查情况：被检查单位在场人员：钱示意（安全总监），联系电话000-0000 0001。" in told
    assert "经现场检查，未发现问题。" in told
    assert "（以下空白）" in told
