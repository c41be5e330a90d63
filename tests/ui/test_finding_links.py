"""Where a finding leads."""

from __future__ import annotations

import pytest

from ui.views.notices.finding_links import LIKENESS, RECORD, destination


@pytest.mark.parametrize(
    ("field", "place", "record"),
    [
        ("hazard.h1.deadline", "inspection", "visit#hazard.h1.deadline"),
        ("evidence.e1", LIKENESS, "e1"),
        ("recheck.h1", "recheck", "visit"),
        ("notices", RECORD, "visit"),
        ("number", "sync", ""),
        ("nothing.we.know", "", ""),
    ],
)
def test_each_field_leads_to_where_it_is_mended(qapp, field, place, record):
    assert destination(field, "visit") == (place, record)
