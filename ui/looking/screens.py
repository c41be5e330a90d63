"""Every screen of the window: one line each, its name and how to reach it. A new screen is a new line here.

Screen("keys", press("today", "F1"))                 by key, from a place of the rail
Screen("today", go("today"), is_key=True)            one of the four screens that are seen in every dress and scale
Places of the rail that are not named here are pictured too (see `places`), so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from inspector.domain.notice import Notice, NoticeState
from ui.looking import (
    document_screens,
    footage_screens,
    library_screens,
    photo_screens,
    proof_screens,
    recheck_screens,
    source_screens,
    workspace_screens,
)
from ui.looking.guide import Guide

Reach = Callable[[Guide], object]


class Stage(Enum):
    """What stands behind the window: no profile, a locked one, an unlocked one, one that can't be opened."""

    EMPTY = auto()
    LOCKED = auto()
    OPEN = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Screen:
    """One screen: its name in file names, how to reach it, when, whether it is a key screen, how to put it away."""

    name: str
    reach: Reach
    stage: Stage = Stage.OPEN
    is_key: bool = False
    leave: Reach | None = None
    """Dialogs, menus and toasts go by themselves; what stays open or on says here how it goes."""


def go(place: str) -> Reach:
    """Go to a place of the rail."""
    return lambda guide: guide.go(place)


def press(place: str, *keys: str) -> Reach:
    """Go to a place, then press keys one after another; an empty place presses where the window stands."""

    def reach(guide: Guide) -> None:
        if place:
            guide.go(place, latest(guide) if place in {"inspection", "notices"} else "")
        for key in keys:
            guide.press(key)

    return reach


def latest(guide: Guide) -> str:
    """Return the id of the visit that is under way."""
    return guide.visit()


def issued(*keys: str) -> Reach:
    """The latest issued notice, then keys."""

    def reach(guide: Guide) -> None:
        notice_in(NoticeState.ISSUED)(guide)
        for key in keys:
            guide.press(key)

    return reach


def messages(guide: Guide) -> None:
    """The drawer with a message in it."""
    toast(guide)
    guide.press("Alt+M")


def workspace(guide: Guide) -> None:
    """The inspection that is open, at its first hazard."""
    guide.go("inspection", latest(guide))


def at_field(field: str) -> Reach:
    """The inspection, standing on a field as when a finding was followed."""
    return lambda guide: guide.go("inspection", f"{latest(guide)}#{field}")


def draft(guide: Guide) -> None:
    """The draft of the open inspection, with its findings."""
    guide.go("notices", latest(guide))


def notice_of(guide: Guide, state: NoticeState) -> Notice:
    """Return the latest notice in a state; LookupError when there is none."""
    found = [one for one in guide.ask(guide.services.notices.recent) if one.state is state]
    if not found:
        raise LookupError(state)
    return found[0]


def notice_in(state: NoticeState) -> Reach:
    """The latest notice in a state."""
    return lambda guide: guide.go("notices", f"notice:{notice_of(guide, state).id}")


def unlock(guide: Guide) -> None:
    """The people, once the self-check has spoken."""
    from ui.views.unlock.check_strip import CheckStrip

    guide.wait(lambda: bool(guide.find(CheckStrip).accessibleName()))


def wrong_passphrase(guide: Guide) -> None:
    """The unlock screen after a wrong passphrase."""
    from ui.views.unlock.view import UnlockView

    guide.find(UnlockView).enter_with("not the passphrase")
    guide.wait()


def enrol(guide: Guide) -> None:
    """The enrolment form in the place of the welcome."""
    guide.press("F3")


def basis_dialog(guide: Guide) -> None:
    """The search for a legal basis."""
    from ui.views.hazards.basis import BasisBox

    press("inspection", "F6")(guide)
    guide.find(BasisBox).add_wanted.emit()
    guide.wait()


def remove_hazard(guide: Guide) -> None:
    """The question before a hazard is removed."""
    from ui.views.hazards.list_pane import HazardListPane

    press("inspection", "F6")(guide)
    guide.find(HazardListPane).deleted.emit(guide.ask(guide.services.hazards.of, latest(guide))[0].id)
    guide.wait()


def close_visit(guide: Guide) -> None:
    """The question before an inspection is closed."""
    from ui.views.workspace.facts_pane import FactsPane

    press("inspection", "F3")(guide)
    guide.find(FactsPane).close_wanted.emit()
    guide.wait()


def issue(guide: Guide) -> None:
    """The second officer's PIN before a notice is issued."""
    from ui.views.notices.issue_dialog import IssueDialog

    draft(guide)
    dialog = IssueDialog(guide.window, form="现场检查记录", numbers_left=37, second="李某")
    dialog.open()
    guide.wait()


def void(guide: Guide) -> None:
    """The reason before a notice is made void."""
    from ui.views.notices.view import NoticesView

    notice_in(NoticeState.ISSUED)(guide)
    guide.find(NoticesView).acts.void(notice_of(guide, NoticeState.ISSUED))
    guide.wait()


def address(guide: Guide) -> None:
    """Headquarters' address."""
    from ui.views.sync.view import SyncView

    guide.go("sync")
    guide.find(SyncView).address.click()
    guide.wait()


def menu(guide: Guide) -> None:
    """The avatar's menu."""
    guide.go("today")
    guide.frame.menu_wanted.emit()
    guide.wait()


def toast(guide: Guide) -> None:
    """A toast of an error, as the window says it."""
    from inspector.errors import StorageFull
    from ui.messages import message

    guide.go("today")
    guide.window.show_message(message(StorageFull(free_bytes=0)))
    guide.wait()


SCREENS: Final[tuple[Screen, ...]] = (
    Screen("welcome", lambda guide: guide.wait(), Stage.EMPTY),
    Screen("welcome-sample", press("", "F2"), Stage.EMPTY),
    Screen("enrol", enrol, Stage.EMPTY),
    Screen("trouble", lambda guide: guide.wait(), Stage.BROKEN),
    Screen("unlock", unlock, Stage.LOCKED),
    Screen("unlock-wrong", wrong_passphrase, Stage.LOCKED),
    Screen("today", go("today"), is_key=True),
    Screen("today-new", press("today", "Ctrl+N")),
    Screen("workspace", workspace, is_key=True),
    Screen("workspace-facts", press("inspection", "F3")),
    Screen("checks", workspace_screens.checks),
    Screen("entry", workspace_screens.entry),
    Screen("soft", workspace_screens.soft),
    Screen("soft-step", workspace_screens.soft_step),
    Screen("law-card", workspace_screens.law_card),
    Screen("checks-heading", workspace_screens.checks_heading),
    Screen("checks-open", workspace_screens.checks_open),
    Screen("checks-rest", workspace_screens.checks_rest),
    Screen("checks-hazard", workspace_screens.checks_hazard, leave=workspace_screens.drop_begun),
    Screen("workspace-photos", press("inspection", "F7")),
    Screen("workspace-new", press("inspection", "F2")),
    Screen("basis", basis_dialog),
    Screen("photo-card", source_screens.card, leave=source_screens.no_card),
    Screen("photo-watched", source_screens.watched, leave=source_screens.unwatched),
    Screen("photo", photo_screens.photo_viewer),
    Screen("photo-marking", photo_screens.marking),
    Screen("photo-remove", photo_screens.remove_photo),
    Screen("camera", photo_screens.camera),
    Screen("photo-marking-gloves", photo_screens.gloved, leave=photo_screens.ungloved),
    Screen("camera-gloves", photo_screens.gloved_camera, leave=photo_screens.ungloved),
    Screen("camera-none", photo_screens.no_camera),
    Screen("photo-trash", photo_screens.trash, leave=photo_screens.restore),
    Screen("hazard-remove", remove_hazard),
    Screen("inspection-close", close_visit),
    Screen("recheck", recheck_screens.pair),
    Screen("recheck-apart", recheck_screens.apart),
    Screen("recheck-choose", recheck_screens.choose),
    Screen("likeness", recheck_screens.likeness),
    Screen("custody", proof_screens.custody),
    Screen("bundle", proof_screens.bundle),
    Screen("bundle-written", proof_screens.bundle_written),
    Screen("bundle-checked", proof_screens.checked),
    Screen("bundle-bent", proof_screens.checked_bent),
    Screen("redact-photo", proof_screens.redact_photo),
    Screen("redact-notice", proof_screens.redact_notice),
    Screen("photo-redacted", proof_screens.redacted, leave=proof_screens.forget_redacted),
    Screen("footage", footage_screens.player),
    Screen("footage-timeline", footage_screens.timeline),
    Screen("footage-import", footage_screens.importing),
    Screen("footage-clock", footage_screens.anchor),
    Screen("clapper", footage_screens.clapper),
    Screen("notice", draft, is_key=True),
    Screen("notice-findings", press("notices", "F7")),
    Screen("notice-issued", notice_in(NoticeState.ISSUED)),
    Screen("notice-void", notice_in(NoticeState.VOID)),
    Screen("issue", issue),
    Screen("print", issued("Ctrl+P"), leave=Guide.escape),
    Screen("serve", issued("Alt+S"), leave=Guide.escape),
    Screen("serve-refused", issued("F10"), leave=Guide.escape),
    Screen("void", void),
    Screen("sync", go("sync"), is_key=True),
    Screen("sync-address", address),
    Screen("sites", go("sites")),
    Screen("library-empty", library_screens.empty),
    Screen("library", library_screens.article),
    Screen("library-hits", library_screens.hits, leave=library_screens.unsearched),
    Screen("library-fault", library_screens.fault),
    Screen("library-report", library_screens.report),
    Screen("settings", go("settings")),
    Screen("offers", document_screens.offers),
    Screen("offers-found", document_screens.offers_found),
    Screen("document", document_screens.text_form),
    Screen("document-table", document_screens.table_form),
    Screen("document-questions", document_screens.interview_form),
    Screen("document-penalty", document_screens.penalty_form),
    Screen("document-missing", document_screens.missing),
    Screen("notice-reasons", document_screens.reasons),
    Screen("number-ledger", document_screens.ledger),
    Screen("packs", document_screens.packs),
    Screen("packs-doubts", document_screens.doubts),
    Screen("signed-pages", document_screens.signed),
    Screen("pen", document_screens.pen),
    Screen("keys", press("inspection", "F1")),
    Screen("palette", press("inspection", "Ctrl+K")),
    Screen("messages", messages, leave=press("", "Alt+M")),
    Screen("menu", menu),
    Screen("toast", toast),
    Screen("today-gloves", press("today", "Alt+G"), leave=press("", "Alt+G")),
    Screen("workspace-gloves", press("inspection", "Alt+G"), leave=press("", "Alt+G")),
    Screen("notice-gloves", press("notices", "Alt+G"), leave=press("", "Alt+G")),
    Screen("footage-gloves", footage_screens.gloved, leave=press("", "Alt+G")),
    Screen("library-gloves", library_screens.gloved, leave=press("", "Alt+G")),
    Screen("sync-gloves", press("sync", "Alt+G"), leave=press("", "Alt+G")),
)


def screens(stage: Stage, places: Iterable[str] = ()) -> list[Screen]:
    """Return the screens of a stage; `places` of the rail that no screen is named after get a line of their own."""
    named = [one for one in SCREENS if one.stage is stage]
    known = {one.name for one in SCREENS} | {"inspection", "notices"}
    return named + [Screen(place, go(place)) for place in places if place not in known]
