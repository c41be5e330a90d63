"""Officers at work until somebody pulls the plug: a seeded random day that tells, line by line, what was saved.

`python -m tests.faults.work PROFILE SEED ACTIONS` or `work(...)` in a child process. In the file PROFILE.jsonl a line
{"doing": action} stands before each service call and {"saved": …} after it returned; {"refused": code} if it would not.
Records are named by what the day chose for them (start time, description, file name), so that nobody needs the ids.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from inspector.app import App, unlock
from inspector.domain.hazard import Hazard, Severity
from inspector.domain.inspection import Inspection, InspectionState
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.errors import InspectorError
from tests.builders import LI, PASSPHRASE, ZHANG, FakeClock
from tests.services.visit import a_draft, a_photo, issue

Action = dict[str, Any]
WORDS = "一号库房东侧安全出口被货物堵塞䶮喆①㎡“”（）〔〕·𠮷é"
MOST_VISITS = 3
"""Open visits at a time; few, so that changes meet each other."""


class Day:
    """One unlocked profile, a die, and the file that says what was saved."""

    def __init__(self, profile: Path, seed: int, clock: FakeClock) -> None:
        self.profile, self.clock, self.die = profile, clock, random.Random(seed)
        self.app: App = unlock(profile, ZHANG, PASSPHRASE, clock=clock)
        self.seed, self.steps = seed, 0
        self._told = os.open(profile.with_suffix(".jsonl"), os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(self, word: str, what: object) -> None:
        os.write(self._told, json.dumps({word: what}, ensure_ascii=False).encode() + b"\n")

    def run(self, action: Action, call: Callable[[], Any]) -> None:
        """Say what will be done, do it, say that it is saved (with what only the service knows)."""
        self.tell("doing", action)
        try:
            call()
        except InspectorError as error:
            self.tell("refused", error.code)
            return
        if action["do"] == "issue":
            issued = self.notice(action)
            action = {**action, "number": issued.number, "pdf_sha256": issued.pdf_sha256}
        self.tell("saved", action)

    def notice(self, action: Action) -> Notice:
        visit = next(one for one in self.visits() if key(one) == action["visit"])
        return self.app.notices.of(visit.id)[action["notice"]]

    def visits(self) -> list[Inspection]:
        return [row.inspection for row in self.app.inspections.list(limit=10_000)]

    def text(self) -> str:
        return "".join(self.die.choices(WORDS, k=self.die.randint(1, 40)))

    def name(self, word: str) -> str:
        """A word that this and no other step of the whole test says."""
        return f"{word}-{self.seed}-{self.steps}"

    def again(self) -> None:
        """Lock and unlock: the logs are folded into the files meanwhile."""
        self.app.close()
        self.app = unlock(self.profile, self.die.choice((ZHANG, LI)), PASSPHRASE, clock=self.clock)

    def other(self) -> str:
        return LI if self.app.me.id == ZHANG else ZHANG


def key(visit: Inspection) -> str:
    """A visit's name in the lines: when it began."""
    return visit.started_at.isoformat()


def step(day: Day) -> None:
    """Do one thing an officer might do now."""
    day.steps += 1
    day.clock.advance(minutes=1)
    visits = [one for one in day.visits() if one.state is InspectionState.OPEN]
    if not visits or (len(visits) < MOST_VISITS and day.die.random() < 0.1):
        _start(day)
        return
    visit = day.die.choice(visits)
    hazards = day.app.hazards.of(visit.id)
    deed = day.die.choices(tuple(_DEEDS), weights=tuple(_DEEDS.values()))[0]
    deed(day, visit, hazards)


def _start(day: Day) -> None:
    day.clock.advance(minutes=120)
    began = day.clock.read().at.replace(microsecond=0)
    action = {"do": "start", "visit": began.isoformat()}
    day.run(action, lambda: day.app.inspections.start("site-sample-01", (ZHANG, LI), started_at=began))


def _fill(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    ended = visit.started_at + timedelta(minutes=day.die.randint(10, 60))
    fields = {"place": day.text(), "note": day.text(), "is_id_shown": True, "is_recusal_told": True}
    action = {"do": "fill", "visit": key(visit), "fields": fields | {"ended_at": ended.isoformat()}}
    planned = {"approval_no": "示检批〔2026〕7号", "approved_at": visit.started_at, "entry_code": "示例执法码0007"}
    day.run(action, lambda: day.app.inspections.patch(visit.id, **fields, **planned, ended_at=ended))


def _close(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    if visit.ended_at is not None:
        day.run({"do": "close", "visit": key(visit)}, lambda: day.app.inspections.close(visit.id))


def _type(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    form = day.die.choice(("visit", *(one.description for one in hazards)))
    owner = next((f"hazard:{one.id}" for one in hazards if one.description == form), f"inspection:{visit.id}")
    _type_in(day, visit, form, owner)


def _type_in(day: Day, visit: Inspection, form: str, owner: str) -> None:
    field, value = day.die.choice(("place", "requirement", "note")), day.text()
    action = {"do": "type", "visit": key(visit), "form": form, "field": field, "value": value}
    day.run(action, lambda: day.app.drafts.put(owner, field, value))


def _report(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    _type_in(day, visit, "new", f"hazard:new:{visit.id}")
    description, place, requirement = day.name("隐患"), day.text(), day.text()
    severity = day.die.choice(list(Severity))
    action = {
        "do": "report", "visit": key(visit), "hazard": description, "place": place, "requirement": requirement,
    }  # fmt: skip
    draft = a_draft(description, place=place, requirement=requirement, severity=severity, major_criterion="判定标准")
    day.run(action, lambda: day.app.hazards.report(visit.id, draft))


def _correct(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    if hazards:
        found, place = day.die.choice(hazards), day.text()
        _type_in(day, visit, found.description, f"hazard:{found.id}")
        action = {"do": "correct", "visit": key(visit), "hazard": found.description, "place": place}
        day.run(action, lambda: day.app.hazards.patch(found.id, place=place))


def _take_back(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    if len(hazards) > 1:
        found = day.die.choice(hazards)
        action = {"do": "take_back", "visit": key(visit), "hazard": found.description}
        day.run(action, lambda: day.app.hazards.remove(found.id, "看错了"))


def _photograph(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    folder = day.profile.with_name("card")
    folder.mkdir(exist_ok=True)
    path = folder / day.name("照片")
    old = sorted(one for one in folder.iterdir() if one != path)
    match day.die.choice(("photo", "photo", "twin", "document")):
        case "twin" if old:
            path.write_bytes(day.die.choice(old).read_bytes())
        case "document":
            path.write_bytes(day.die.randbytes(day.die.choice((1, 5_000, 40_000, 1_200_000))))
        case _:
            a_photo(path, seed=hash((day.seed, day.steps)), size=(320, 240))
    hazard = day.die.choice([None, *hazards])
    action = {
        "do": "photograph", "visit": key(visit), "photo": path.name, "hazard": hazard.description if hazard else None,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }  # fmt: skip
    day.run(action, lambda: day.app.evidence.attach(visit.id, path, hazard_id=hazard.id if hazard else None))


def _arrange(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    photos = day.app.evidence.of(visit.id)
    if not photos:
        return
    photo, hazard, caption = day.die.choice(photos), day.die.choice([None, *hazards]), day.text()
    action = {"do": day.die.choice(("move", "caption", "leave_out")), "visit": key(visit), "photo": photo.original.name}
    match action["do"]:
        case "move":
            action["hazard"] = hazard.description if hazard else None
            day.run(action, lambda: day.app.evidence.move(photo.id, hazard.id if hazard else None))
        case "caption":
            action["caption"] = caption
            day.run(action, lambda: day.app.evidence.caption(photo.id, caption))
        case _:
            day.run(action, lambda: day.app.evidence.remove(photo.id, "拍糊了"))


def _paper(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    if not hazards or visit.ended_at is None:
        return
    notices = day.app.notices.of(visit.id)
    waiting = [n for n, one in enumerate(notices) if one.state is NoticeState.DRAFT]
    if waiting:
        n = day.die.choice(waiting)
        action = {"do": "issue", "visit": key(visit), "notice": n}
        day.run(action, lambda: issue(day.app, notices[n].id, by=day.other()))
        return
    void = [n for n, one in enumerate(notices) if one.state is NoticeState.VOID and one.superseded_by is None]
    old = day.die.choice(void) if void else None
    has_record = any(one.state is NoticeState.ISSUED and one.form is FormCode.INSPECTION_RECORD for one in notices)
    form = (
        day.die.choice((FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER))
        if has_record
        else FormCode.INSPECTION_RECORD
    )
    old = old if old is not None and notices[old].form is form else None
    chosen = tuple(one.id for one in day.die.sample(hazards, min(3, len(hazards))))
    action = {"do": "draft", "visit": key(visit), "form": form.value, "supersedes": old}
    supersedes = notices[old].id if old is not None else None
    day.run(action, lambda: day.app.notices.draft(visit.id, form, chosen, supersedes=supersedes))


def _void(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    for n, one in enumerate(day.app.notices.of(visit.id)):
        if one.state is NoticeState.ISSUED:
            action = {"do": "void", "visit": key(visit), "notice": n, "reason": day.text()}
            day.run(action, lambda one=one, action=action: day.app.notices.void(one.id, action["reason"]))
            return


def _rest(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    day.again()


def _look_again(day: Day, visit: Inspection, hazards: list[Hazard]) -> None:
    day.tell("verified", [f"{one.where}: {one.what}" for one in day.app.audit.verify().faults])


_DEEDS: dict[Callable[[Day, Inspection, list[Hazard]], None], int] = {
    _fill: 8, _close: 1, _type: 6, _report: 14, _correct: 14, _take_back: 3, _photograph: 16, _arrange: 10, _paper: 12,
    _void: 4, _rest: 4, _look_again: 1,
}  # fmt: skip


def work(profile: Path, seed: int, actions: int) -> None:
    """Unlock and work. Each of 20 seeds in a row has a clock of its own that begins after its forerunners' ended."""
    began = datetime.fromisoformat("2026-11-20T01:00:00+00:00") + timedelta(hours=40 * (seed % 20))
    day = Day(profile, seed, FakeClock(int(began.timestamp() * 1000)))
    day.tell("ready", seed)
    for _ in range(actions):
        step(day)
    day.app.close()
    day.tell("closed", seed)


if __name__ == "__main__":
    work(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
