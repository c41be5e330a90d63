"""Papers of the sample day beyond record and order: a decision on measures, and the record of an interview."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from inspector.app import App
from inspector.demo.explained import give_reasons
from inspector.demo.visits import Visited
from inspector.domain.notice import FormCode

_ASKED: Final = (
    ("你的姓名、工作单位和职务？", "我叫{name}，在{unit}工作，负责库区的日常安全管理。"),
    (
        "现场检查发现的问题，你们此前是否知道，采取过哪些措施？",
        "知道其中两处。上个月自查时作过记录，安排人员清理过一次，之后又堆放了货物，没有复查。",
    ),
    ("对检查记录的内容有没有异议？", "没有异议，会按照要求整改。"),
    ("你还有什么需要补充？", "没有了。"),
)
_SAMPLE_NUMBER: Final = "990000198502140018"
"""No county has these first digits."""


def more_papers(app: App, visited: Visited, *, other: str, pin: str) -> Iterator[str]:
    """Issue a decision on measures for one hazard and an interview record without number; yield their ids."""
    visit = visited.inspection_id
    decision = app.notices.draft(visit, FormCode.MEASURES_DECISION, visited.hazard_ids[3:4]).made
    place = app.hazards.get(visited.hazard_ids[3]).place
    app.notices.fill(decision, {"measures": [f"责令立即排除{place}的上述事故隐患", "排除前，无关人员不得进入该区域"]})
    interview = app.notices.draft(visit, FormCode.INTERVIEW_RECORD).made
    app.notices.fill(interview, _interview(app, visit))
    for notice in (decision, interview):
        give_reasons(app, notice)
        app.notices.issue(notice, second_officer_id=other, pin=pin)
        yield notice


def _interview(app: App, visit: str) -> dict[str, object]:
    found = app.inspections.get(visit)
    ended: datetime = found.ended_at or found.started_at
    unit = app.sites.get(found.site_id).name
    return {
        "started_at": ended - timedelta(minutes=15),
        "ended_at": ended - timedelta(minutes=3),
        "interviewee": found.companion,
        "sex": "m",
        "id_no": _SAMPLE_NUMBER,
        "position": "仓储部经理",
        "subject": "库区安全出口、消防设施和现场管理",
        "qa": [{"q": asked, "a": said.format(name=found.companion, unit=unit)} for asked, said in _ASKED],
    }
