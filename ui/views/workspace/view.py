"""WorkspaceView 检查主屏: facts, hazards with their form, and photos of one inspection.

`show_record("<inspection id>")`, or `"<inspection id>#hazard.<id>.deadline"` to stand on a field (from a finding),
or "" for the latest open inspection.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.errors import InspectorError
from inspector.law.check_results import CheckRow
from ui.context import today
from ui.models.citation_links import open_citation
from ui.models.hazard_drafts import is_begun
from ui.models.hazard_rows import hazard_rows
from ui.models.moments import day_time
from ui.models.photo_groups import unassigned
from ui.tasks import Tasks
from ui.text import tr
from ui.theme.status import badge
from ui.views.proof.desk import ProofDesk
from ui.views.workspace.arrangement import CHECKS, FACTS, HAZARDS, PHOTOS
from ui.views.workspace.places import ENTRY, WorkspacePlaces
from ui.views.workspace.record import WorkspaceRecord, read_record
from ui.views.workspace.shutter import bind_photo_keys
from ui.views.workspace.undo import keep_own_undo

_OURS = {Topic.INSPECTIONS, Topic.HAZARDS, Topic.CHECKS, Topic.EVIDENCE, Topic.NOTICES, Topic.SITES}


class WorkspaceView(WorkspacePlaces):
    """See the module text."""

    place = "inspection"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        self._record: WorkspaceRecord | None = None
        self._came: WorkspaceRecord | None = None
        self._inspection_id = self._current = self._target = ""
        self._is_unsaved = self._next_after_report = self._is_built = False
        super().__init__(services, tasks, parent)
        self.proof = ProofDesk(services, tasks, self, at=self._place)
        self._bind_keys()
        self._tasks.changed.connect(self._on_changed)
        self.retranslate()

    def _begin(self) -> None:
        """All parts stand: show what was read meanwhile."""
        self._is_built = True
        self.proof.hear(self.facts)
        has_focus = self.hasFocus()
        self.setFocusProxy(self.hazards.list)
        if has_focus:
            self.hazards.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._came is not None:
            self._take(self._came)

    def _connect(self) -> None:
        self.hazards.chosen.connect(self._choose)
        self.hazards.deleted.connect(self._ask_removal)
        self.hazards.dropped.connect(self.photos.care.give)
        self.hazards.files_dropped.connect(
            lambda paths, hazard: self.photos.take(paths, source="drop", hazard_id=hazard)
        )
        self.hazards.new_wanted.connect(self.begin_new)
        self.hazards.clean_wanted.connect(self.facts.set_clean)
        self.hazards.resume_wanted.connect(self.begin_new)
        self.hazards.discard_wanted.connect(lambda: self.acts.drop_draft(self._inspection_id))
        self.acts.changed.connect(self._read)
        self.acts.chosen.connect(self._stand_on_copy)
        self.desk.reported.connect(self._after_report)
        self.desk.discarded.connect(self._read)
        self.desk.read_wanted.connect(lambda citation: self.wanted.emit(*open_citation(citation)))
        self.facts.close_wanted.connect(self._ask_close)
        self.facts.entry_wanted.connect(lambda: self.acts.open_entry(self._record))
        self.facts.clap_wanted.connect(lambda: self.acts.show_clapper(self._record))
        self.photos.attached.connect(self.acts.tell_attached)
        self.checks.hazard_wanted.connect(self._begin_from)
        self.checks.hazard_shown.connect(lambda hazard_id: self._stand_on(f"hazard.{hazard_id}.description"))
        for part in (self.desk, self.facts, self.checks):
            part.unsaved.connect(partial(self._show_saving, is_unsaved=True))
            part.saved.connect(partial(self._show_saving, is_unsaved=False))
        for part in (self.desk, self.facts, self.checks, self.photos):
            part.failed.connect(self.acts.tell_failure)
        self.arrangement.tabbed.connect(self._focus_part)
        self._connect_strip()
        self._bind_sources()

    def _connect_strip(self) -> None:
        strip = self.strip
        slots = (self.begin_new, self._shoot, self.photos.choose_files, self.save_and_next, self._to_notices)
        buttons = (strip.new, strip.shoot, strip.add_photos, strip.save, strip.notices)
        for button, slot in zip(buttons, slots, strict=True):
            button.clicked.connect(lambda _on=False, do=slot: do())
        strip.history.undo.clicked.connect(lambda: self._turn(is_undo=True))
        strip.history.redo.clicked.connect(lambda: self._turn(is_undo=False))
        self.acts.turned.connect(self._aim)
        for field in (*self.desk.form.texts().values(), self.desk.form.deadline.field, *self.facts.fields.values()):
            keep_own_undo(field, is_draft=lambda: self.desk.is_new)
        self.add_key("Alt+I", lambda: self.acts.open_entry(self._record), name=self.facts.entry.text)
        self.add_key("Ctrl+S", self.desk.save, name=lambda: tr("保存"))
        self.add_key("Ctrl+B", lambda: self.acts.show_clapper(self._record), name=lambda: tr("记录仪拍板"))
        self.add_key("Alt+D", self.photos.alike.open_first, name=lambda: tr("查看相同照片"))
        self.add_key("Ctrl+Delete", self.photos.care.open_trash, name=lambda: tr("回收站"))
        self.add_key("Ctrl+Shift+O", self.photos.choose_folder, name=lambda: tr("添加文件夹"))

    def _bind_sources(self) -> None:
        sources, soft = self.photos.sources, self.desk.soft
        self.add_key("Alt+T", soft.ask_step, name=lambda: tr("柔性执法：记一步"))
        self.add_key("Alt+F", soft.show_card, name=lambda: tr("普法卡"))
        self.add_key("Ctrl+V", sources.paste, name=lambda: tr("粘贴照片"))
        self.add_key("Ctrl+Shift+W", sources.choose_watched, name=lambda: tr("监视文件夹"))
        self.add_key("Ctrl+Shift+I", sources.take_card, name=lambda: tr("从存储卡"))

    def _bind_keys(self) -> None:
        self.add_key("F2", self.strip.new)
        bind_photo_keys(self, self.strip, lambda: self.photos.choose_files())  # noqa: PLW0108 - not built yet
        self.strip.save.set_key("Ctrl+Enter")
        self.add_key("Ctrl+Enter", self.save_and_next, name=self.strip.save.text)
        self.add_key("F8", self.strip.notices)
        history = self.strip.history
        self.add_key("Ctrl+Z", partial(self._turn, is_undo=True), name=history.undo.text)
        for key in ("Ctrl+Y", "Ctrl+Shift+Z"):
            self.add_key(key, partial(self._turn, is_undo=False), name=history.redo.text)
        self.add_key("F3", partial(self._focus_part, FACTS), name=lambda: tr("事实"))
        self.add_key("F5", partial(self._focus_part, CHECKS), name=lambda: tr("清单"))
        self.add_key("Alt+N", lambda: self.checks.pane.ask_rest(), name=lambda: tr("其余全部不涉及"))  # noqa: PLW0108
        self.add_key("F6", partial(self._focus_part, HAZARDS), name=lambda: tr("隐患"))
        self.add_key("F7", partial(self._focus_part, PHOTOS), name=lambda: tr("照片"))
        self.add_key("Ctrl+D", self._duplicate, name=lambda: tr("复制隐患"))

    # --- reading ---------------------------------------------------------------

    def show_record(self, record_id: str) -> None:
        """Show an inspection; after # the field to stand on."""
        inspection_id, _, self._target = record_id.partition("#")
        inspection_id = inspection_id or self._inspection_id
        if inspection_id != self._inspection_id:
            if self._record is not None:
                self.desk.shut()
            self._current, self._record, self._came = "", None, None
        self._inspection_id = inspection_id
        self._read()

    def _read(self) -> None:
        self._tasks.query(
            self, read_record, self._services, self._inspection_id, done=self._take, failed=self._miss, key="record"
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & _OURS and self._inspection_id and self.isVisible():
            self._read()

    def _miss(self, _error: InspectorError) -> None:
        self._record = None
        self._pile.setCurrentIndex(1)
        self.show_title(tr("检查"))
        self.strip.show_nothing()

    def _take(self, record: WorkspaceRecord) -> None:
        if not self._is_built:
            self._came = record
            return
        is_first = self._record is None
        if is_first:
            self.arrangement.side.bring(FACTS if record.is_entering else CHECKS)
        self._record, self._inspection_id = record, record.inspection.id
        self._pile.setCurrentIndex(0)
        if record.hazard(self._current) is None and not self.desk.is_new:
            self._current = record.hazards[0].id if record.hazards else ""
        self.facts.show_inspection(
            record.inspection, record.officers, record.half_typed.get("facts", {}) if is_first else {}, today=today()
        )
        self.facts.standing.show_standing(record.inspection.kind, record.entry)
        self.acts.show_entry(record)
        self._show_list()
        self._show_desk(is_first=is_first)
        self._show_photos()
        self.strip.show_open(is_open=record.is_open)
        self.strip.history.show_state(record.undo)
        self._tell_title()
        if self._target:
            self._stand_on(self._target)
            self._target = ""
        elif is_first and self.hazards.is_empty() and self.isVisible():
            self.hazards.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_list(self) -> None:
        record = self._record
        if record is None:
            return
        rows = hazard_rows(record.hazards, record.evidence, frozen=record.frozen(), today=today())
        current = "" if self.desk.is_new else self._current
        self.hazards.show_hazards(rows, current=current, is_clean=record.inspection.is_clean, is_open=record.is_open)
        has_offer = bool(record.begun) and not self.desk.is_new and record.is_open
        self.hazards.offer_draft(record.begun.get("description", "") if has_offer else None)
        self._fit()
        free = unassigned(record.evidence, record.hazards)
        note = tr("照片未归属 {n}", n=free) if free else ""
        self.checks.show(record)
        self.arrangement.show_counts(
            checks=self.checks.count(), hazards=len(rows), photos=len(record.evidence), note=note
        )

    def _fit(self) -> None:
        is_alone = self.hazards.is_empty() and not self.desk.is_new
        self.arrangement.set_list_height(self.hazards.rows_height(), is_alone=is_alone)

    def _show_desk(self, *, is_first: bool) -> None:
        record = self._record
        if record is None or self.desk.is_new:
            return
        hazard = record.hazard(self._current)
        self._form.tell(hazard or 0)
        if hazard is None:
            self.desk.shut()
            return
        drafts = record.half_typed.get(hazard.id, {}) if is_first or self.desk.hazard_id != hazard.id else {}
        self.desk.open(hazard, drafts, industry=record.site.industry, today=today(), frozen=record.why_fixed(hazard.id))

    def _show_photos(self) -> None:
        record = self._record
        if record is not None:
            self.photos.show_evidence(
                record.inspection.id, record.evidence, record.hazards, current=self._current, is_open=record.is_open
            )

    def _tell_title(self) -> None:
        record = self._record
        if record is None:
            return
        subtitle = record.number or tr("{at} 起", at=day_time(record.inspection.started_at))
        self.show_title(record.site.name, subtitle, badge("save.unsaved") if self._is_unsaved else None)

    def _show_saving(self, *, is_unsaved: bool) -> None:
        if is_unsaved != self._is_unsaved:
            self._is_unsaved = is_unsaved
            self._tell_title()

    # --- doing -----------------------------------------------------------------

    def _choose(self, hazard_id: str) -> None:
        if hazard_id == self._current and not self.desk.is_new:
            return
        was_new = self.desk.is_new
        if was_new:
            self._remember_new(self.desk.texts())
            self.desk.shut()
        self._current = hazard_id
        self._show_desk(is_first=False)
        if was_new:
            self._show_list()
        self._show_photos()
        self._fit()

    def _remember_new(self, texts: dict[str, str]) -> None:
        """Note what is half-typed, so that it is offered at once; the store has it already."""
        if self._record is not None:
            self._record = replace(self._record, half_typed={**self._record.half_typed, "new": texts})

    def begin_new(self) -> None:
        """F2: the form of a new hazard, with what was half-typed before."""
        record = self._record
        if record is None or not record.is_open:
            return
        self.arrangement.go(HAZARDS)
        if not self.desk.is_new:
            self._open_new(record, record.begun, after=0)
            self._show_list()
            self._show_photos()
            self._form.scroll_up()
        self.desk.form.focus("description")

    def _begin_from(self, row: CheckRow) -> None:
        """Begin a hazard out of a check, filled in with what the catalogue says of it."""
        record = self._record
        if record is None or not record.is_open:
            return
        if record.begun or (self.desk.is_new and is_begun(self.desk.texts())):
            self.begin_new()
            self.say(tr("先保存或放弃这条没写完的隐患"), tr("然后再从清单记下一条；检查结果已保存"))
            return
        self.arrangement.go(HAZARDS)
        self._open_new(record, {"check": row.check.code}, after=0)
        self._show_list()
        self._show_photos()
        self._form.scroll_up()
        self.desk.form.focus("description")
        self.desk.offer(row.check)

    def _open_new(self, record: WorkspaceRecord, texts: dict[str, str], *, after: int) -> None:
        """Open the form of a new hazard; `after` counts those reported since the reading."""
        ordinal = max((one.ordinal for one in record.hazards), default=0) + 1 + after
        industry = record.site.industry
        self.desk.open_new(record.inspection.id, texts, ordinal=ordinal, industry=industry, today=today())
        self._form.tell(ordinal)

    def save_and_next(self) -> None:
        """Ctrl+Enter: report the new hazard and begin the next; or finish this one and go to the next."""
        record = self._record
        if record is None or not record.is_open:
            return
        if self.desk.is_new:
            self._next_after_report = True
            self.desk.save()
            return
        self.desk.save()
        ids: list[str] = [one.id for one in record.hazards]
        at = ids.index(self._current) + 1 if self._current in ids else len(ids)
        if at < len(ids):
            self.hazards.list.choose(ids[at])
            self.desk.form.focus("description")
        else:
            self.begin_new()

    def _after_report(self, hazard_id: str) -> None:
        self._current = hazard_id
        self._remember_new({})
        goes_on, self._next_after_report = self._next_after_report, False
        if goes_on and self._record is not None:
            self._open_new(self._record, {}, after=1)
            self.desk.form.focus("description")
            self.desk.form.description.searched.emit("")

    def _shoot(self) -> None:
        """Space: the laptop's own camera."""
        self.photos.care.open_camera("" if self.desk.is_new else self._current)

    def _duplicate(self) -> None:
        if self._record is not None and self._record.is_open and self._current and not self.desk.is_new:
            self.desk.form.flush()
            self.acts.duplicate(self._current)

    def _stand_on_copy(self, hazard_id: str) -> None:
        self._current = hazard_id
        self.desk.form.focus("place")

    def _turn(self, *, is_undo: bool) -> None:
        if self._record is not None:
            self.leave()  # what was just typed becomes an entry first, so that it is what goes
            self.acts.turn(self._inspection_id, is_undo=is_undo)

    def _aim(self, target: str) -> None:
        """Show what was taken back or done again, with the reading that follows."""
        name = target.removeprefix("inspection.")
        self._target = "inspection.entry" if name in ENTRY else target  # undoing opens no dialog

    def _ask_removal(self, hazard_id: str) -> None:
        hazard = self._record.hazard(hazard_id) if self._record is not None else None
        if hazard is not None:
            self.acts.remove(hazard)

    def _ask_close(self) -> None:
        self.leave()
        self.acts.close(self._inspection_id)

    def _to_notices(self) -> None:
        self.wanted.emit("notices", self._inspection_id)

    # --- leaving and looks -----------------------------------------------------

    def leave(self) -> None:
        """Commit what is typed, before another screen or the lock."""
        if self._record is not None:
            self.desk.form.flush()
            self.facts.flush()
            self.checks.flush()
        super().leave()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the share of list and form."""
        super().resizeEvent(event)
        if self._record is not None:
            self._fit()

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.nothing.say(tr("还没有检查"), tr("在“今日”选择单位，开始一次检查"))
        if self._record is not None:
            self._take(self._record)
        else:
            self.show_title(tr("检查"))
