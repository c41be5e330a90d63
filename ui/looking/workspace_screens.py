"""How to reach the screens beside the hazards of a visit: the checklist, the facts of entry, soft enforcement."""

from __future__ import annotations

from functools import partial

from inspector.domain.check import Result
from inspector.domain.inspection import Observer, Recusal
from inspector.domain.soft import SoftStepKind
from ui.looking.guide import Guide
from ui.views.workspace.view import WorkspaceView

_ANSWERS = (
    ("LOG-03", Result.PASS),
    ("LOG-05", Result.FAIL),
    ("LOG-06", Result.FAIL),
    ("LOG-08", Result.FAIL),
    ("LOG-12", Result.NOT_APPLICABLE),
    ("LOG-13", Result.PASS),
    ("COM-16", Result.PASS),
)


def _visit(guide: Guide) -> str:
    """Return the visit that is under way."""
    return guide.visit()


def _half_done(guide: Guide) -> None:
    """Answer some of the checks, as half way through a visit."""
    visit = _visit(guide)
    for code, result in _ANSWERS:
        guide.ask(guide.services.checks.set, visit, code, result)
    guide.go("inspection", f"{visit}#check.LOG-05")
    guide.wait()


def checks(guide: Guide) -> None:
    """The checklist half way through, standing on what failed and has no hazard yet."""
    _half_done(guide)


def checks_heading(guide: Guide) -> None:
    """The heading of an industry: how far it has come."""
    _half_done(guide)
    guide.find(WorkspaceView).checks.pane.list.choose("group:COM")
    guide.wait()


def checks_open(guide: Guide) -> None:
    """Only what is not checked yet."""
    _half_done(guide)
    guide.find(WorkspaceView).checks.pane.shown.setFocus()
    guide.press("Right")


def checks_rest(guide: Guide) -> None:
    """The question before the rest becomes 不涉及."""
    checks_heading(guide)
    guide.press("Alt+N")


def checks_hazard(guide: Guide) -> None:
    """A hazard begun out of a check, with the items that the catalogue has for it."""
    _half_done(guide)
    guide.find(WorkspaceView).checks.pane.detail.go_on()
    guide.wait()


def drop_begun(guide: Guide) -> None:
    """Forget the hazard that was begun for the picture."""
    guide.find(WorkspaceView).desk.discard()
    guide.wait()


def entry(guide: Guide) -> None:
    """The entry facts, half filled in: no code yet, an expert along, recusal asked."""
    visit = _visit(guide)
    told = {
        "task_no": "示例任务-021",
        "approval_no": "示检批〔2026〕21号",
        "observers": (Observer(name="何某", role="安全专家"),),
        "recusal": Recusal(asked_by="周某", ground="亲属关系"),
    }
    guide.ask(partial(guide.services.inspections.patch, visit, **told))
    guide.go("inspection", visit)
    guide.press("Alt+I")


def soft(guide: Guide) -> None:
    """The end of a hazard's form: what may go without a penalty, and the steps that were taken."""
    visit = _visit(guide)
    hazard = guide.ask(guide.services.hazards.of, visit)[0].id
    if not guide.ask(guide.services.soft.of, hazard):
        guide.ask(guide.services.soft.take, hazard, SoftStepKind.PERSUADE, "当场讲解")
    guide.go("inspection", f"{visit}#hazard.{hazard}.soft_choice")
    guide.wait()


def soft_step(guide: Guide) -> None:
    """The ladder."""
    soft(guide)
    guide.press("Alt+T")


def law_card(guide: Guide) -> None:
    """The card, to print or to save."""
    soft(guide)
    guide.press("Alt+F")
