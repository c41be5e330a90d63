"""What must stand in a profile after the saved actions of a day: the same rules as the services', told once more."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from inspector.app import App
from inspector.domain.hazard import Hazard
from inspector.domain.inspection import Inspection
from inspector.domain.notice import Notice
from inspector.ids import HazardId
from tests.faults.work import Action, key

Visits = dict[str, dict[str, Any]]
"""Start time → fields, hazards by description, photos by file name, notices in order, half-typed fields by form."""


@dataclass
class Told:
    """What the lines of one profile say: everything saved, and the last action if nothing was said after it."""

    saved: list[Action] = field(default_factory=list)
    pending: Action | None = None
    faults: list[str] = field(default_factory=list)
    closed: int = 0
    ready: int = 0


def read(path: Path) -> Told:
    """Read the lines; one cut off by the kill says nothing."""
    told = Told()
    for line in path.read_bytes().splitlines(keepends=True) if path.exists() else ():
        if not line.endswith(b"\n"):
            break
        match json.loads(line):
            case {"doing": action}:
                told.pending = action
            case {"saved": action}:
                told.saved.append(action)
                told.pending = None
            case {"refused": _}:
                told.pending = None
            case {"verified": faults}:
                told.faults += faults
            case {"ready": _}:
                told.ready += 1
                told.pending = None
            case {"closed": _}:
                told.closed += 1
    return told


def after(visits: Visits, action: Action) -> Visits:
    """Return what stands after one more action."""
    done = copy.deepcopy(visits)
    if action["do"] == "start":
        blank = {"place": "", "note": "", "is_id_shown": False, "is_recusal_told": False, "ended_at": None}
        done[action["visit"]] = {
            "fields": blank, "is_closed": False, "hazards": {}, "photos": {}, "notices": [], "drafts": {},
        }  # fmt: skip
    else:
        _RULES[action["do"]](done[action["visit"]], action, done)
    return done


def _fill(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["fields"] |= {name: _kept(value) for name, value in action["fields"].items()}
    for name in action["fields"]:
        _forget(visit, "visit", name)


def _close(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["is_closed"] = True


def _type(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["drafts"].setdefault(action["form"], {})[action["field"]] = action["value"]


def _report(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["hazards"][action["hazard"]] = {"place": action["place"], "requirement": action["requirement"]}
    visit["drafts"].pop("new", None)


def _correct(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["hazards"][action["hazard"]]["place"] = action["place"]
    _forget(visit, action["hazard"], "place")


def _take_back(visit: dict[str, Any], action: Action, _: Visits) -> None:
    del visit["hazards"][action["hazard"]]
    visit["drafts"].pop(action["hazard"], None)  # still kept, but named by nothing that is shown
    for photo in visit["photos"].values():
        if photo["hazard"] == action["hazard"]:
            photo["hazard"] = None  # they belong to the visit again


def _photograph(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["photos"][action["photo"]] = {"sha256": action["sha256"], "hazard": action["hazard"], "caption": ""}


def _move(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["photos"][action["photo"]]["hazard"] = action["hazard"]


def _caption(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["photos"][action["photo"]]["caption"] = action["caption"]


def _leave_out(visit: dict[str, Any], action: Action, _: Visits) -> None:
    del visit["photos"][action["photo"]]


def _draft(visit: dict[str, Any], action: Action, _: Visits) -> None:
    made = {"form": action["form"], "state": "draft", "number": "", "reason": "", "supersedes": action["supersedes"]}
    visit["notices"].append(made)


def _issue(visit: dict[str, Any], action: Action, visits: Visits) -> None:
    notice = visit["notices"][action["notice"]]
    used = sum(one["number"] != "" and one["form"] == notice["form"] for one in _papers(visits))
    word = {"XCJC": "应急检记", "ZLZG": "应急责改"}[notice["form"]]
    notice |= {"state": "issued", "number": f"（示）{word}〔2026〕{used + 1}号"}


def _void(visit: dict[str, Any], action: Action, _: Visits) -> None:
    visit["notices"][action["notice"]] |= {"state": "void", "reason": action["reason"]}


def _papers(visits: Visits) -> list[dict[str, Any]]:
    return [notice for visit in visits.values() for notice in visit["notices"]]


def _forget(visit: dict[str, Any], form: str, name: str) -> None:
    visit["drafts"].get(form, {}).pop(name, None)
    if not visit["drafts"].get(form, {"": ""}):
        del visit["drafts"][form]


def _kept(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


_RULES = {
    "fill": _fill, "close": _close, "type": _type, "report": _report, "correct": _correct, "take_back": _take_back,
    "photograph": _photograph, "move": _move, "caption": _caption, "leave_out": _leave_out, "draft": _draft,
    "issue": _issue, "void": _void,
}  # fmt: skip


def standing(app: App) -> Visits:
    """Return what the services show, by the same names."""
    return {key(row.inspection): _visit(app, row.inspection) for row in app.inspections.list(limit=10_000)}


def _visit(app: App, visit: Inspection) -> dict[str, Any]:
    hazards: dict[HazardId, Hazard] = {one.id: one for one in app.hazards.of(visit.id)}
    forms = {f"hazard:new:{visit.id}": "new", f"inspection:{visit.id}": "visit"}
    forms |= {f"hazard:{one.id}": one.description for one in hazards.values()}
    notices = app.notices.of(visit.id)
    return {
        "fields": {
            "place": visit.place, "note": visit.note, "is_id_shown": visit.is_id_shown,
            "is_recusal_told": visit.is_recusal_told, "ended_at": visit.ended_at and visit.ended_at.isoformat(),
        },
        "is_closed": visit.state.value == "closed",
        "hazards": {one.description: {"place": one.place, "requirement": one.requirement} for one in hazards.values()},
        "photos": {
            one.original.name: {
                "sha256": one.original.sha256, "caption": one.caption,
                "hazard": _named(hazards, one.hazard_id),
            }
            for one in app.evidence.of(visit.id)
        },
        "notices": [_notice(one, notices) for one in notices],
        "drafts": {name: told for owner, name in forms.items() if (told := app.drafts.of(owner))},
    }  # fmt: skip


def _named(hazards: dict[HazardId, Hazard], hazard_id: HazardId | None) -> str | None:
    if hazard_id is None:
        return None
    return hazards[hazard_id].description if hazard_id in hazards else "lost"


def _notice(one: Notice, notices: list[Notice]) -> dict[str, Any]:
    old = next((n for n, other in enumerate(notices) if other.id == one.supersedes), None)
    return {
        "form": one.form.value, "state": one.state.value, "number": one.number, "reason": one.void_reason,
        "supersedes": old,
    }  # fmt: skip
