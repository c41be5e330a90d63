"""Our forms beside the official ones: the same words in the same order, the same places within 3 mm.

The book prints a number and a name of its own over each form, which is no part of it: heights count from the line
安全生产行政执法文书 that begins the form. What follows text that grows (signatures, seal) is compared line by line with
the line above it.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.data import measure_specimen
from tests.data.page_facts import PageFacts
from tests.unit.notices import drawn_forms
from tests.unit.notices.specimen_corrections import corrected

NEAR = 3.0
"""Millimetres that ours may differ."""
FAMILY_TO_TITLE, PITCH_MM = 10.6, 8.5
FORMS: dict[str, Any] = json.loads(measure_specimen.FACTS.read_text(encoding="utf-8"))["forms"]
EVERY = pytest.mark.parametrize("form", list(FORMS))
GRIDS = [form for form, facts in FORMS.items() if len(facts["upright"]) > 2]
LOWER = {"XBQD": 8.5}
"""The specimen has this list on the back of its notice, without 安全生产行政执法文书 and number; ours bears both."""
WIDER = {"YSSP": 187.4}
"""A line of the specimen's cells that stands out of the margin; our cells stand in the middle of the page."""
CERTIFIED = {"CFDW", "CFGR"}
"""The specimen has the officers' names side by side; ours under each other, each with the certificate's number."""
COLUMNS = {"KYBL": 5.0}
"""Our two columns of signatures are as wide as each other; the specimen's second begins 5 mm further left."""
ALIKE = {"本文书一式两份": 4.0, "案件基本情况": 4.0, "注意事项：": 4.0, "承办人（签名）：": 4.5}
"""What the specimen indents by a character on some forms and not on others stands alike on all of ours."""


def ours_of(form: str) -> tuple[PageFacts, ...]:
    return drawn_forms.pages(form)


def top_of(facts: PageFacts) -> float:
    return next(each.y for each in facts.words if each.text == measure_specimen.FAMILY)


def top_in_specimen(form: str) -> float:
    family = FORMS[form]["family"]
    return family[1] if family else FORMS[form]["title"][2] - FAMILY_TO_TITLE


def pieces_of(form: str) -> list[tuple[str, float, float]]:
    told = [(corrected(form, text), x, y) for text, x, y in FORMS[form]["words"]]
    return [piece for piece in told if len(piece[0]) > 1]


def test_measuring_the_specimen_again_gives_the_committed_facts(shared_data: Path) -> None:
    (specimen,) = shared_data.glob("official_forms/2016*.pdf")
    text = measure_specimen.written(measure_specimen.measured(specimen))
    assert text == measure_specimen.FACTS.read_text(encoding="utf-8")


@EVERY
def test_title_rule_and_number_stand_where_the_specimen_has_them(form: str) -> None:
    facts, page = FORMS[form], ours_of(form)[0]
    top, wanted = top_of(page), top_in_specimen(form)
    title = next(each for each in page.words if each.text == facts["title"][0])
    assert title.y - top == pytest.approx(facts["title"][2] - wanted, abs=NEAR)
    if form != "XBQD":  # whose title is spaced out in the specimen
        assert title.x == pytest.approx(facts["title"][1], abs=NEAR)
    rules = [each for each in page.flat if 0 < each.at - top < 4]
    if facts["family"]:
        assert next(each.x for each in page.words if each.y == top) == pytest.approx(facts["family"][0], abs=NEAR)
        told = [at for at, start, end in facts["flat"] if 0 < at - wanted < 4 and end - start > 100]
        assert rules[0].at - top == pytest.approx(told[0] - wanted, abs=NEAR)
    if facts["number"]:
        number = next(each for each in page.words if "〔2026〕" in each.text and each.size > 14)
        assert number.y - top == pytest.approx(facts["number"][2] - wanted, abs=NEAR + 1 if form == "XBTZ" else NEAR)


@EVERY
def test_words_are_the_specimens_in_its_order(form: str) -> None:
    told = "".join(page.drawn for page in ours_of(form))
    place = 0
    for piece, _, _ in pieces_of(form):
        at = told.find(piece, 0 if form in GRIDS else place)  # the cells of a grid are compared by their places
        assert at >= 0, f"{piece} after {told[max(place - 20, 0) : place]}"
        place = at


@EVERY
def test_the_text_begins_where_the_specimens_does(form: str) -> None:
    page = ours_of(form)[0]
    first = pieces_of(form)[0]
    ours = next(each for each in page.words if first[0] in each.text or (each.text in first[0] and len(each.text) > 2))
    assert ours.y - top_of(page) == pytest.approx(first[2] - top_in_specimen(form) + LOWER.get(form, 0), abs=NEAR)


@EVERY
def test_labels_that_begin_a_line_begin_ours_at_the_same_place(form: str) -> None:
    """Blanks fit their text in ours, so that only the first words of a line can be held against the specimen's."""
    starts = [
        (piece, x) for piece, x, y in pieces_of(form) if x == min(w[1] for w in FORMS[form]["words"] if w[2] == y)
    ]
    words = [each for page in ours_of(form) for each in page.words]
    checked = 0
    for piece, x in starts:
        ours = [each.x for each in words if each.text.startswith(piece) and each.x < 60]
        checked += bool(ours)
        near = next((value for start, value in ALIKE.items() if piece.startswith(start)), NEAR)
        assert not ours or min(abs(each - x) for each in ours) <= near, piece
    assert checked >= 2


@pytest.mark.parametrize("form", GRIDS)
def test_lines_of_cells_stand_where_the_specimen_has_them(form: str) -> None:
    page = ours_of(form)[0]
    for x in {at for at, _, _ in FORMS[form]["upright"] if at != WIDER.get(form)}:
        assert min(abs(each.at - x) for each in page.upright) <= NEAR, x
    tall = {at for at, start, end in FORMS[form]["flat"] if end - start > 100}
    for y in (at - top_in_specimen(form) + LOWER.get(form, 0) for at in tall if at > FORMS[form]["upright"][0][1] - 1):
        if y < max(each.end for each in page.upright) - top_of(page) + NEAR:
            assert min(abs(each.at - top_of(page) - y) for each in page.flat) <= NEAR, y


@EVERY
def test_lines_to_sign_on_stand_under_each_other_as_in_the_specimen(form: str) -> None:
    page = ours_of(form)[-1]
    signs = [piece for piece in pieces_of(form) if "（签名" in piece[0] and form not in GRIDS]
    places: list[tuple[float, float]] = []
    left = list(page.words)
    for piece, x, y in signs:
        ours = next(each for each in left if piece[:6] in each.text)
        left.remove(ours)
        assert ours.x + ours.text.index(piece[:6]) * ours.size * 25.4 / 72 == pytest.approx(
            x, abs=COLUMNS.get(form, NEAR)
        ), piece
        places.append((ours.y, y))
    for above, below in pairwise(places):
        added = below[0] - above[0] - (below[1] - above[1])
        assert added - (PITCH_MM if form in CERTIFIED else 0) == pytest.approx(0, abs=NEAR)


@EVERY
def test_issuer_seal_and_date_stand_where_the_specimen_has_them(form: str) -> None:
    facts = FORMS[form]
    seal = next((each for each in facts["words"] if each[0].endswith("（印章）")), None)
    if seal is None or form == "SDHZ":  # whose seal stands in a cell
        return
    page = ours_of(form)[-1]
    ours = next(each for each in page.words if each.text.endswith("（印章）"))
    middle = ours.x + len(ours.text) * ours.size * 25.4 / 72 / 2
    assert middle == pytest.approx(seal[1] + len(seal[0]) * 10.5 * 25.4 / 72 / 2, abs=NEAR)
    day = next(each for each in page.words if each.y > ours.y and "年" in each.text)
    date = next(each for each in facts["words"] if each[0] == "年" and each[2] > seal[2])
    assert day.y - ours.y == pytest.approx(date[2] - seal[2], abs=NEAR)


@EVERY
def test_the_foot_is_a_rule_with_the_note_under_it(form: str) -> None:
    note = next((each for each in FORMS[form]["words"] if "一式两份" in each[0]), None)
    if note is None:
        return
    page = ours_of(form)[-1]
    ours = next(each for each in page.words if "一式两份" in each.text)
    rule = max((each for each in page.flat if each.at < ours.y), key=lambda each: each.at)
    assert rule.end - rule.start > 140
    assert ours.x == pytest.approx(note[1], abs=ALIKE["本文书一式两份"])
