"""The whole gate over a full draft: 25 hazards, photos, earlier papers; facts ready, nothing read from the store."""

from __future__ import annotations

from inspector.domain.notice import FormCode
from inspector.law import gate
from tests.bench.measure import Line, measured, times
from tests.gate.made import document, facts, hazard, photo

EVALUATIONS = 60
MOST_MS = 50
"""Issue 5 point 6: full evaluation p95."""


def evaluated() -> list[Line]:
    """Evaluate a rectification order; beside it the same rules parsed again for every draft."""
    draft = facts(
        FormCode.RECTIFICATION_ORDER,
        hazards=tuple(hazard(n) for n in range(1, 26)),
        evidence=tuple(photo(f"{n}.jpg") for n in range(12)),
        documents=tuple(document(form) for form in ("XCJC", "XCJD", "KYBL", "XWBL")),
    )
    gate.evaluate(draft)
    ours = times(lambda _: gate.evaluate(draft), range(EVALUATIONS))
    plain = times(lambda _: _parsed_anew(draft), range(EVALUATIONS))
    return [
        measured(
            "gate over an order of 25 hazards", ours, "the same, rules parsed each time", plain, most_p95_ms=MOST_MS
        )
    ]


def _parsed_anew(draft: gate.NoticeFacts) -> None:
    from inspector.law import expression

    expression._parsed.cache_clear()
    gate.evaluate(draft)
