"""RecheckView 复查: what was ordered, hazard by hazard: before and after, the officer's outcome, the opinion.

`show_record("<inspection id>")` shows that visit, "" the one under way, or the orders that wait for a re-check;
"order:<notice id>" and "site:<id>" stand on an order that waits.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.likeness import Likeness
from inspector.domain.notice import FormCode
from inspector.domain.recheck import Outcome
from inspector.errors import InspectorError
from inspector.services.rechecks import RecheckItem
from ui.context import today
from ui.models.recheck_words import choices, outcome_word, waiting_rows
from ui.tasks import Tasks
from ui.text import tr
from ui.views.recheck.desk import RecheckDesk
from ui.views.recheck.film import Frame
from ui.views.recheck.pairs import PairReader
from ui.views.recheck.record import RecheckReading, read
from ui.views.recheck.shooting import Shooting
from ui.views.recheck.strip import RecheckStrip
from ui.views.workspace.saving import FieldSaver, bind
from ui.views.workspace.shutter import bind_photo_keys
from ui.views.workspace.undo import keep_own_undo
from ui.widgets.empty import EmptyState
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.rows import RowList
from ui.widgets.thumbs import Thumbs
from ui.widgets.view import View

_OURS = {Topic.RECHECKS, Topic.EVIDENCE, Topic.NOTICES, Topic.INSPECTIONS, Topic.HAZARDS, Topic.SITES}
_SIGNS = {Outcome.DONE: ("filled/circle-check", "ok"), Outcome.PARTLY: ("circle-dashed", "warn")}
_SIGNS[Outcome.NOT_DONE] = ("filled/circle-x", "danger")


class RecheckView(View):
    """See the module text."""

    place = "recheck"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._reading = RecheckReading()
        self._inspection_id, self._hazard_id, self._wanted = "", "", ""
        self._is_waiting = False
        thumbs = Thumbs(tasks, services.evidence.preview, self)
        self._thumbs = thumbs
        self.desk, self.strip = RecheckDesk(thumbs), RecheckStrip()
        self.pairs, self._shooting = PairReader(services, tasks, self), Shooting(services, tasks, self)
        self.waiting = RowList(height="rowDouble")
        self.header = PaneHeader()
        self.empty = EmptyState("history")
        self._saver = FieldSaver(tasks, services.drafts.put, self)
        bind(self._saver, "note", self.desk.side.note)
        keep_own_undo(self.desk.side.note)
        self._build()
        self._connect()
        self._bind_keys()
        self.setFocusProxy(self.desk.comparison)
        self.retranslate()

    def _build(self) -> None:
        ground = Surface("surface")
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.waiting, 1)
        column.addWidget(self.empty, 1)
        self._pile = QStackedWidget()
        self._pile.addWidget(ground)
        self._pile.addWidget(self.desk)
        self.work.addWidget(self._pile)
        self.set_bottom(self.strip)

    def _connect(self) -> None:
        desk, strip = self.desk, self.strip
        desk.film.chosen.connect(self._stand_on)
        desk.comparison.stepped.connect(self.step)
        desk.comparison.files_dropped.connect(partial(self.take, source="drop"))
        desk.side.decided.connect(self._decide)
        desk.side.likeness_wanted.connect(self.show_likeness)
        self.pairs.arrived.connect(desk.comparison.show_pair)
        self.pairs.failed.connect(self._tasks.failed)
        self.waiting.opened.connect(lambda _id: self.begin())
        self._tasks.changed.connect(self._on_changed)
        self._saver.refused.connect(lambda _field, error: self._tasks.failed.emit(error))
        clicks = {
            strip.shoot: self.shoot,
            strip.add_photos: self.choose_files,
            strip.choose: self.choose_photo,
            strip.following: lambda: self.step(1),
            strip.paper: self.write_paper,
            strip.begin: self.begin,
            strip.history.undo: partial(self._turn, is_undo=True),
            strip.history.redo: partial(self._turn, is_undo=False),
        }
        for button, slot in clicks.items():
            button.clicked.connect(lambda _checked=False, slot=slot: slot())

    def _bind_keys(self) -> None:
        strip, comparison = self.strip, self.desk.comparison
        for number, outcome in enumerate((Outcome.DONE, Outcome.PARTLY, Outcome.NOT_DONE), 1):
            decide, name = partial(self._decide, outcome.value), partial(outcome_word, outcome)
            self.add_key(f"Ctrl+{number}", decide, name=name)
        self.add_key("PgUp", partial(self.step, -1), name=lambda: tr("上一条"))
        self.add_key("PgDown", partial(self.step, 1), name=lambda: tr("下一条"))
        self.add_key("Ctrl+Enter", partial(self.step, 1), name=strip.following.text)
        bind_photo_keys(self, strip, self.choose_files)
        self.add_key("Alt+P", self.choose_photo, name=strip.choose.text)
        self.add_key("Alt+B", self.choose_before, name=lambda: tr("选用整改前照片"))
        self.add_key("Alt+V", comparison.turn, name=lambda: tr("切换前后"))
        self.add_key("Alt+Left", partial(comparison.shift, -1), name=lambda: tr("分界线左移"))
        self.add_key("Alt+Right", partial(comparison.shift, 1), name=lambda: tr("分界线右移"))
        self.add_key("Alt+D", self.show_likeness, name=lambda: tr("查看相同照片"))
        self.add_key("F6", comparison.setFocus, name=lambda: tr("照片对比"))
        self.add_key("F7", self.desk.side.outcome.setFocus, name=lambda: tr("复查结论"))
        self.add_key("F8", strip.paper)
        self.add_key("F2", strip.begin)
        self.add_key("F3", self._turn_page, name=lambda: tr("待复查的指令书"))
        self.add_key("Ctrl+Z", partial(self._turn, is_undo=True), name=strip.history.undo.text)
        for key in ("Ctrl+Y", "Ctrl+Shift+Z"):
            self.add_key(key, partial(self._turn, is_undo=False), name=strip.history.redo.text)

    # --- reading ------------------------------------------------------------------------------------------------

    def show_record(self, record_id: str) -> None:
        """Show a visit, the one under way, or what waits."""
        self._is_waiting = record_id.startswith(("order:", "site:"))
        self._wanted = record_id if self._is_waiting else ""
        if self._is_waiting:
            record_id = ""
        if record_id and record_id != self._inspection_id:
            self._hazard_id = ""
        self._inspection_id = record_id or self._inspection_id
        self._read()

    def _read(self) -> None:
        asked = (self._services, self._inspection_id, self._is_waiting)
        self._tasks.query(self, read, *asked, done=self._take, key="read")

    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and changes.topics & _OURS:
            self._read()

    def _take(self, reading: RecheckReading) -> None:
        self._reading = reading
        self._inspection_id = reading.inspection_id
        self._pile.setCurrentIndex(1 if reading.items else 0)
        self.setFocusProxy(self.desk.comparison if reading.items else self.waiting)
        if reading.items:
            self._show_visit()
        else:
            self._show_waiting()
        self._tell_title()

    def _show_waiting(self) -> None:
        self._saver.open("", None)
        rows = waiting_rows(self._reading.waiting, today())
        kind, _, wanted = self._wanted.partition(":")
        of_site = (one.order.order.id for one in self._reading.waiting if one.site_id == wanted)
        stand = wanted if kind == "order" else next(of_site, "") if kind == "site" else self.waiting.current()
        self._wanted = ""
        self.waiting.set_rows(rows, choose=stand or (rows[0].id if rows else ""))
        self.waiting.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.header.set_count(str(len(rows)) if rows else "")
        self.strip.show_waiting(has_any=bool(rows))

    def _show_visit(self) -> None:
        reading = self._reading
        self.strip.show_visit(is_open=reading.is_open)
        self.strip.history.show_state(reading.undo)
        self.desk.film.show_frames([_frame(n, item) for n, item in enumerate(reading.items, 1)], self._at())
        self._show_item()

    def _at(self) -> int:
        ids: list[str] = [item.hazard.id for item in self._reading.items]
        return ids.index(self._hazard_id) if self._hazard_id in ids else 0

    def item(self) -> RecheckItem | None:
        """Return the re-check that is shown."""
        return self._reading.items[self._at()] if self._reading.items else None

    def _show_item(self) -> None:
        item = self.item()
        if item is None:
            return
        self._hazard_id = item.hazard.id
        is_free = self._reading.is_open and not self._is_issued(item)
        patch = partial(_note, self._services, item.recheck.id) if is_free else None
        if self._saver.owner != f"recheck:{item.recheck.id}":
            self._saver.open(f"recheck:{item.recheck.id}", patch)
        total, alike = len(self._reading.items), self._alike(item)
        self.desk.side.show_item(item, place=self._at() + 1, total=total, likenesses=alike, is_open=is_free)
        if self.pairs.show(item):
            self.desk.comparison.show_loading()

    def _alike(self, item: RecheckItem) -> list[Likeness]:
        return self._reading.likenesses.get(item.after.id, []) if item.after is not None else []

    def _is_issued(self, item: RecheckItem) -> bool:
        return any(one.number and item.hazard.id in one.hazard_ids for one in self._reading.papers)

    def _tell_title(self) -> None:
        self.show_title(tr("复查"), self._reading.site_name if self._reading.items else "")

    # --- moving -------------------------------------------------------------------------------------------------

    def step(self, by: int) -> None:
        """Go to a neighbour; at the end stay."""
        self._stand_on(self._at() + by)

    def _stand_on(self, place: int) -> None:
        items = self._reading.items
        if not 0 <= place < len(items) or items[place].hazard.id == self._hazard_id:
            return
        self.desk.side.note.flush()
        self._hazard_id = items[place].hazard.id
        self._show_visit()

    # --- doing --------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """F2: re-check the chosen order."""
        from ui.views.recheck.start import RecheckDialog

        wanted = self.waiting.current()
        found = next((one for one in self._reading.waiting if one.order.order.id == wanted), None)
        if found is None or self._reading.items:
            return
        dialog = RecheckDialog(self, self._services, self._tasks, found)
        dialog.started.connect(self.show_record)
        dialog.open()

    def _turn_page(self) -> None:
        """F3: from the visit to what waits, and back."""
        self.desk.side.note.flush()
        self._is_waiting = not self._is_waiting
        self._read()

    def _decide(self, outcome: str) -> None:
        """Record the officer's outcome; the same again takes nothing back and writes nothing."""
        item = self.item()
        if item is None or not self._reading.is_open or item.recheck.outcome.value == outcome:
            return
        self._tasks.command(
            self, self._services.rechecks.decide, item.recheck.id, Outcome(outcome), failed=self._refuse
        )

    def _refuse(self, error: InspectorError) -> None:
        self._show_item()
        self._tasks.failed.emit(error)

    def _turn(self, *, is_undo: bool) -> None:
        if not self._reading.items:
            return
        self.desk.side.note.flush()
        turn = self._services.undo.undo if is_undo else self._services.undo.redo
        self._tasks.command(self, turn, self._reading.inspection_id, done=self._turned)

    def _turned(self, changes: Changes) -> None:
        """Stand where the step was taken back."""
        kind, _, subject = changes.made.partition(".")
        found = next((one for one in self._reading.items if kind == "recheck" and one.recheck.id == subject), None)
        if found is not None:
            self._hazard_id = found.hazard.id

    def shoot(self) -> None:
        """Space: shoot the later photo, with the earlier one as a ghost; the accepted shot is paired."""
        item = self.item()
        if item is not None and self._reading.is_open:
            choose = partial(self.pairs.choose, item.recheck.id, is_before=False)
            self._shooting.begin(self._reading.inspection_id, item, choose)

    def choose_files(self) -> None:
        """Ctrl+O: pick the later photo from a card or a folder."""
        dialog = QFileDialog(self.window(), tr("添加照片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.take([Path(name) for name in names], source="dialog"))
        dialog.open()

    def take(self, paths: list[Path], *, source: str) -> None:
        """Take a photo in and pair it with the hazard at hand; of several the first is paired."""
        item = self.item()
        if item is None or not self._reading.is_open or not paths:
            return
        self.desk.comparison.show_loading()
        self.pairs.take(self._reading.inspection_id, item.recheck.id, paths, source)

    def choose_photo(self) -> None:
        """Alt+P: choose the later photo among those of this visit."""
        item = self.item()
        if item is not None:
            self._offer(tr("选用复查照片"), self._reading.inspection_id, item, is_before=False)

    def choose_before(self) -> None:
        """Alt+B: choose the earlier photo among those of the earlier visit."""
        item = self.item()
        if item is not None:
            self._offer(tr("选用整改前照片"), item.hazard.inspection_id, item, is_before=True)

    def _offer(self, title: str, inspection_id: str, item: RecheckItem, *, is_before: bool) -> None:
        from ui.views.recheck.choice import PhotoChoiceDialog

        def show(pieces: list[Evidence]) -> None:
            shown = [one for one in pieces if one.original.kind is not EvidenceKind.DOCUMENT]
            if not shown:
                self.say(tr("还没有照片"), tr("按 Ctrl+O 添加"), icon="info-circle", color="text2")
                return
            now = item.before if is_before else item.after
            dialog = PhotoChoiceDialog(self, self._thumbs, title=title, pieces=shown, current=now.id if now else "")
            dialog.picked.connect(partial(self.pairs.choose, item.recheck.id, is_before=is_before))
            dialog.open()

        if self._reading.is_open:
            self._tasks.query(self, self._services.evidence.of, inspection_id, done=show)

    def show_likeness(self) -> None:
        """Alt+D: both photos side by side, with a reason."""
        from ui.views.recheck.likeness_dialog import LikenessDialog

        item = self.item()
        found = self._alike(item) if item is not None else []
        if found:
            LikenessDialog(self, self._services, self._tasks, found[0]).open()

    def write_paper(self) -> None:
        """F8: go to the opinion; it is begun if there is none yet."""
        self.desk.side.note.flush()
        reading = self._reading
        if reading.papers:
            self.wanted.emit("notices", f"notice:{reading.papers[-1].id}")
        elif reading.items:
            draft = self._services.notices.draft
            self._tasks.command(self, draft, reading.inspection_id, FormCode.RECHECK_OPINION, done=self._drafted)

    def _drafted(self, changes: Changes) -> None:
        self.wanted.emit("notices", f"notice:{changes.made}")

    # --- words --------------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Name everything in the language that is on."""
        self.header.set_title(tr("待复查的指令书"))
        self.waiting.setAccessibleName(tr("待复查的指令书"))
        self.empty.say(tr("没有待复查的指令书"), tr("核发责令限期整改指令书后，会在这里等待复查"))
        self._tell_title()
        if self._reading.items:
            self._show_visit()
        else:
            self._show_waiting()


def _frame(number: int, item: RecheckItem) -> Frame:
    piece = item.before or item.after
    sign, color = _SIGNS.get(item.recheck.outcome, ("", ""))
    word = next((one.word for one in choices() if one.value == item.recheck.outcome.value), "")
    return Frame(str(number), piece.original.sha256 if piece else "", item.hazard.description, sign, color, word)


def _note(services: App, recheck_id: str, **fields: object) -> Changes:
    return services.rechecks.note(recheck_id, str(fields["note"]))
