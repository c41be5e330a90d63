"""HazardDesk: the hazard form at work: it searches the catalogue, keeps drafts, makes entries, reports new hazards.

desk = HazardDesk(services, tasks);  desk.form is the widget
desk.open(hazard, drafts, …) | desk.open_new(inspection_id, texts, …) | desk.shut()
Signals: `reported(id)`, `discarded()`, `unsaved()`, `saved()`, `failed(InspectorError)`, `read_wanted(Citation)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.hazard import Citation, Hazard, Severity
from inspector.errors import InspectorError, InvalidInput
from inspector.law.catalogue import CatalogueItem
from inspector.law.checklists import Check
from inspector.services.hazards import HazardDraft
from ui.messages import reason
from ui.models.hazard_drafts import owner_of, owner_of_new, to_texts
from ui.models.hazard_rows import severity_badge
from ui.tasks import Tasks
from ui.text import is_english, tr
from ui.views.hazards.basis import BasisState, basis_states
from ui.views.hazards.basis_dialog import BasisDialog
from ui.views.hazards.form import HazardForm
from ui.views.hazards.soft_desk import SoftDesk
from ui.views.workspace.saving import FieldSaver, bind
from ui.widgets.rows import Row

MOST_HITS = 8
Offer = tuple[list[CatalogueItem], HazardDraft | None]


class HazardDesk(QObject):
    """See the module text."""

    reported = Signal(str)
    discarded = Signal()
    unsaved = Signal()
    saved = Signal()
    failed = Signal(object)
    read_wanted = Signal(object)

    def __init__(self, services: App, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._hazard_id = self._new_for = self._industry = ""
        self._check = ""
        self._today = date.min
        self._is_reporting = False
        self.form = HazardForm(services, tasks)
        self.soft = SoftDesk(services, tasks, self.form.soft, self)
        self.saver = FieldSaver(tasks, services.drafts.put, self)
        self.saver.unsaved.connect(self.unsaved)
        self.saver.saved.connect(self.saved)
        self.saver.refused.connect(self._show_refusal)
        for name, field in self.form.texts().items():
            bind(self.saver, name, field, commits=name != "description")
        form = self.form
        form.description.committed.connect(self._commit_description)
        form.description.searched.connect(self._search)
        form.description.picked.connect(self._pick)
        form.decided.connect(self._decide)
        form.basis_wanted.connect(self._choose_basis)
        form.read_wanted.connect(self.read_wanted)
        self.soft.read_wanted.connect(self.read_wanted)
        self.soft.failed.connect(self.failed)
        form.save_wanted.connect(self.save)
        form.discard_wanted.connect(self.discard)

    @property
    def hazard_id(self) -> str:
        """The recorded hazard that is open, empty for none or a new one."""
        return self._hazard_id

    @property
    def is_new(self) -> bool:
        """Whether the form of a new hazard is open."""
        return bool(self._new_for)

    def open(self, hazard: Hazard, drafts: Mapping[str, str], *, industry: str, today: date, frozen: str = "") -> None:
        """Show a recorded hazard; what is being typed in it right now is kept."""
        if self._hazard_id == hazard.id and (not self.saver.is_settled or self._is_typing()):
            return
        if self._hazard_id != hazard.id:
            self.form.flush()
        self._hazard_id, self._new_for, self._industry, self._today = hazard.id, "", industry, today
        self.saver.open(owner_of(hazard.id), partial(self._services.hazards.patch, hazard.id))
        self.form.show_hazard(hazard, drafts, today=today, frozen=frozen)
        self._ask_states(hazard.basis)
        self._ask_item(hazard.catalogue_code)
        self.soft.open(hazard, is_fixed=bool(frozen))

    def open_new(
        self, inspection_id: str, texts: Mapping[str, str], *, ordinal: int, industry: str, today: date
    ) -> None:
        """Show the form of a new hazard with what was half-typed before."""
        self.form.flush()
        self._hazard_id, self._new_for, self._industry, self._today = "", inspection_id, industry, today
        self.saver.open(owner_of_new(inspection_id), None)
        self._check = texts.get("check", "")
        self.soft.shut()
        self.form.show_new(texts, ordinal=ordinal, today=today)
        self._ask_states(self.form.values().basis)
        self._ask_item(self.form.values().catalogue_code)

    def texts(self) -> dict[str, str]:
        """Return what stands in the form of a new hazard, one text a field, and the check that it comes out of."""
        return {**to_texts(self.form.values()), "check": self._check}

    def offer(self, check: Check) -> None:
        """Fill the new form with what the catalogue says of a check that failed; of several items one is chosen."""
        self._tasks.query(self, self._offer_of, check, done=partial(self._take_offer, check), key="search")

    def _offer_of(self, check: Check) -> Offer:
        known = self._services.catalogue
        items = [known.get(code) for code in check.catalogue]
        return items, known.hazard_from(items[0].code) if items else None

    def _take_offer(self, check: Check, offer: Offer) -> None:
        items, draft = offer
        if self._check != check.code or not self._new_for or draft is None:
            return
        self._take_item(draft)
        if len(items) > 1:
            self._show_items(tr("此项常见的隐患　↑↓ 选择，Enter 选用"), items)
        else:
            self.form.focus("place")

    def shut(self) -> None:
        """Nothing is open any more."""
        if self._hazard_id or self._new_for:
            self.form.flush()
        self._hazard_id = self._new_for = ""
        self.soft.shut()
        self.saver.open("", None)

    def save(self) -> None:
        """Report the new hazard, or finish what is being typed in a recorded one."""
        self.form.flush()
        if not self._new_for or self._is_reporting:
            return
        if not self.form.demand_description():
            self.form.focus("description")
            return
        self._is_reporting = True
        values, days = self.form.values(), self.form.deadline.open_days()
        self._tasks.command(
            self, self._report, self._new_for, values, days, self._check, done=self._reported, failed=self._not_reported
        )

    def discard(self) -> None:
        """Forget the half-typed new hazard."""
        owner = self.saver.owner
        if not self._new_for or not owner:
            return
        self.form.show_new({}, ordinal=0, today=self._today)
        self.saver.open("", None)
        self._new_for = ""
        self._tasks.command(self, self._services.drafts.drop, owner, done=lambda _told: self.discarded.emit())

    def _is_typing(self) -> bool:
        fields = (*self.form.texts().values(), self.form.deadline.field)
        return any(field.hasFocus() and field.has_pending() for field in fields)

    def _report(self, inspection_id: str, draft: HazardDraft, days: int | None, check: str) -> Changes:
        """Runs on the commands thread: a number of days that has no day yet gets it here."""
        if days is not None:
            draft = replace(draft, deadline=self._services.catalogue.deadline(days).day)
        return self._services.hazards.report(inspection_id, draft, check=check)

    def _reported(self, changes: Changes) -> None:
        self._is_reporting = False
        self._new_for = self._check = ""
        self.saver.open("", None)
        self.reported.emit(changes.made)

    def _not_reported(self, error: InspectorError) -> None:
        self._is_reporting = False
        self._show_refusal("", error)

    def _commit_description(self, value: str) -> None:
        if self.is_new:
            self.saver.draft("description", value)
        elif self.form.demand_description():
            self.saver.commit(description=value)

    def _decide(self, fields: dict[str, object]) -> None:
        """A finished choice: an entry of a recorded hazard, drafts of a new one."""
        if "basis" in fields:
            basis = fields["basis"]
            self.form.show_basis(basis if isinstance(basis, tuple) else ())
            self._ask_states(self.form.values().basis)
        if not self.is_new:
            self.saver.commit(**fields)
            return
        texts = to_texts(self.form.values())
        for name in fields:
            self.saver.draft(name, texts[name])

    def _search(self, text: str) -> None:
        self._tasks.query(
            self, self._look_up, text, self._industry, done=lambda items: self._show_hits(text, items), key="search"
        )

    def _look_up(self, text: str, industry: str) -> list[CatalogueItem]:
        return self._services.catalogue.search(text, industry=industry, limit=MOST_HITS)

    def _show_hits(self, text: str, items: list[CatalogueItem]) -> None:
        if not text:
            heading = tr("常见隐患　↑↓ 选择，Enter 选用")
        elif items:
            heading = tr("↑↓ 选择，Enter 选用，Tab 保留自己的文字")
        else:
            heading = tr("没有找到“{text}”。试试拼音首字母或条号", text=text)
        self._show_items(heading, items)

    def _show_items(self, heading: str, items: list[CatalogueItem]) -> None:
        rows = [
            Row(
                id=item.code,
                title=item.title_en if is_english() and item.title_en else item.title,
                second="\u3000".join(one.text() for one in item.violated) or item.code,
                badges=(severity_badge(item.default_severity),) if item.default_severity is Severity.MAJOR else (),
            )
            for item in items
        ]
        self.form.description.show_hits(heading, rows)

    def _pick(self, code: str) -> None:
        self._tasks.query(self, self._services.catalogue.hazard_from, code, done=self._take_item, key="pick")

    def _take_item(self, draft: HazardDraft) -> None:
        if not self._new_for and not self._hazard_id:
            return
        fields = self.form.fill(draft)
        if self.is_new:
            texts = to_texts(self.form.values())
            for name in fields:
                self.saver.draft(name, texts[name])
            if self._check:
                self.saver.draft("check", self._check)
        else:
            self.saver.commit(**fields)
        self._ask_states(draft.basis)
        self._ask_item(draft.catalogue_code)

    def _ask_states(self, basis: tuple[Citation, ...]) -> None:
        def show(states: tuple[BasisState, ...]) -> None:
            if self.form.values().basis == basis:
                self.form.show_basis(basis, states)

        self._tasks.query(self, basis_states, basis, self._today, done=show, key="states")

    def _ask_item(self, code: str) -> None:
        if not code:
            self.form.offer_criterion("", may_be_major=False)
            return

        def show(item: CatalogueItem) -> None:
            self.form.offer_criterion(item.major_basis, may_be_major=item.may_be_major)

        self._tasks.query(self, self._services.catalogue.get, code, done=show, failed=lambda _error: None, key="item")

    def _choose_basis(self, at: int) -> None:
        dialog = BasisDialog(self.form, self._services, self._tasks, industry=self._industry)
        dialog.taken.connect(lambda citation: self.form.take_basis(at, citation))
        dialog.open()

    def _show_refusal(self, field: str, error: InspectorError) -> None:
        named = str(error.facts.get("field") or field) if isinstance(error, InvalidInput) else ""
        row = self.form.rows.get(named)
        if row is None:
            self.failed.emit(error)
            return
        row.show_error(reason(error))
