"""FootageView 录像: the recordings of an inspection: take in, look through, take stills, see what is missing.

`show_record("<inspection id>")`, `"<id>#timeline"`, `"<id>#import"`, `"<id>#hazard.<hazard id>"`, or "" for the one
that was shown, else the latest open inspection.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from inspector.app import App
from inspector.clock import SystemClock
from inspector.domain.changes import Changes, Topic
from inspector.domain.footage import ClockState
from inspector.errors import InspectorError
from inspector.services.footage_progress import ImportReport
from ui.models.footage_marks import find_moment, marks_of
from ui.models.footage_words import clock_sentence
from ui.models.moments import day_time
from ui.tasks import Tasks
from ui.text import tr
from ui.views.footage.parts import IMPORT, LIST, PLAY, TIMELINE, FootageParts
from ui.views.footage.record import FootageRecord, read_footage
from ui.widgets.button import Button

_OURS = {Topic.FOOTAGE, Topic.HAZARDS, Topic.EVIDENCE, Topic.INSPECTIONS, Topic.NOTICES, Topic.PRINTS}


class FootageView(FootageParts):
    """See the module text."""

    place = "footage"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        self._record: FootageRecord | None = None
        self._inspection_id = self._clip_id = self._hazard_id = self._target = ""
        self._menu: QMenu | None = None
        super().__init__(services, tasks, parent)
        self._connect()
        self._bind_keys()
        self.setFocusProxy(self.player.track)
        self.retranslate()
        self.show_tab(PLAY)

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._turn_to)
        self.lists.clip_chosen.connect(self.open_clip)
        self.lists.hazard_chosen.connect(self.choose_hazard)
        self.lists.more_wanted.connect(self._show_more)
        self.player.hazard_wanted.connect(self._next_hazard)
        self.player.failed.connect(self._tell_player)
        self.player.stood.connect(lambda _shown: self.show_actions())
        self.pictures.looked.connect(self._look)
        self.pictures.taken.connect(self._take_suggested)
        self.timeline.opened.connect(self._look)
        self.timeline.explain_wanted.connect(lambda gap: self.acts.explain(self._inspection_id, gap))
        self.taking_in.changed.connect(self.show_actions)
        self.taking_in.desk.ended.connect(self._after_import)
        self.acts.done.connect(self._read_clocks)
        self._tasks.changed.connect(self._on_changed)
        slots = (self.show_clapper, self.search_claps, self.set_clock, self.take_still, self.taking_in.begin)
        buttons = (self.clap, self.search, self.anchor, self.take, self.start)
        for button, slot in zip(buttons, slots, strict=True):
            button.clicked.connect(lambda _on=False, do=slot: do())

    def _bind_keys(self) -> None:
        self.add_key("F2", self.take)
        self.add_key("Ctrl+B", self.clap)
        self.add_key("Ctrl+F", self.search)
        self.add_key("Ctrl+T", self.anchor)
        self.add_key("Ctrl+Enter", self.start)
        self.add_key("Ctrl+O", self._choose_folder, name=lambda: tr("选择文件夹…"))
        self.add_key("Ctrl+E", self._show_more, name=lambda: tr("整理录像"))
        self.add_key("F5", self._to_lists, name=lambda: tr("录像清单"))
        self.add_key("F6", partial(self._turn_to, PLAY), name=lambda: tr("看录像"))
        self.add_key("F7", partial(self._turn_to, TIMELINE), name=lambda: tr("时间线"))
        self.add_key("Ctrl+I", partial(self._turn_to, IMPORT), name=lambda: tr("导入录像"))

    # --- reading -----------------------------------------------------------------------------------------------------

    def show_record(self, record_id: str) -> None:
        """Show an inspection; after # where to stand."""
        inspection_id, _, self._target = record_id.partition("#")
        if inspection_id and inspection_id != self._inspection_id:
            self._forget()
            self._inspection_id = inspection_id
        self._read()

    def _forget(self) -> None:
        self._record, self._clip_id, self._hazard_id = None, "", ""
        self.pictures.clear()
        self.player.show_nothing()

    def _read(self) -> None:
        self._tasks.query(
            self, read_footage, self._services, self._inspection_id, done=self._take, failed=self._miss, key="record"
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.topics & _OURS and self.isVisible():
            self._read()

    def _miss(self, error: InspectorError) -> None:
        self._inspection_id = ""
        self.acts.tell_failure(error)

    def _take(self, record: FootageRecord) -> None:
        is_first = self._record is None
        self._record, self._inspection_id = record, record.inspection_id
        if record.clip(self._clip_id) is None:
            clips = record.clips
            self._clip_id = clips[0].id if clips else ""
            self.player.show_nothing()
        if record.hazard(self._hazard_id) is None:
            self._hazard_id = ""
        self.lists.show_record(record, self._clip_id, self._hazard_id)
        self.timeline.show_timeline(record.timeline)
        site = record.site.name if record.site is not None and record.is_open else ""
        self.taking_in.show_site(record.inspection_id if site else "", site)
        self._tell_title()
        self._name_tabs()
        if is_first and not record.clips and not self._target:
            self.show_tab(IMPORT)
        self._show_marks()
        self._stand()
        self.show_actions()

    def _stand(self) -> None:
        """Stand where the target says; else at the clip that was shown."""
        target, self._target = self._target, ""
        if target in {TIMELINE, IMPORT}:
            self._turn_to(target)
        elif target.startswith("hazard."):
            self.choose_hazard(target.removeprefix("hazard."))
            return
        if self._clip_id and self.player.play.clip_id != self._clip_id:
            self._open(self._clip_id, 0)

    def _tell_title(self) -> None:
        record = self._record
        if record is None or record.site is None or record.inspection is None:
            self.show_title(tr("录像"))
            return
        self.show_title(record.site.name, tr("录像　{at} 起", at=day_time(record.inspection.started_at)))

    def _name_tabs(self) -> None:
        record = self._record
        missing = len(record.timeline.open_gaps) if record is not None and record.timeline is not None else 0
        self.name_tabs(clips=len(record.clips) if record is not None else 0, missing=missing)

    def _show_marks(self) -> None:
        record = self._record
        clip = record.clip(self._clip_id) if record is not None else None
        one = record.recording_of(self._clip_id) if record is not None else None
        if record is None or clip is None or one is None or record.timeline is None:
            self.player.show_marks(())
            return
        self.player.show_marks(marks_of(clip, one, record.timeline, record.hazards, record.evidence))

    # --- looking -----------------------------------------------------------------------------------------------------

    def open_clip(self, clip_id: str) -> None:
        """Show a clip from its beginning."""
        if clip_id and clip_id != self.player.play.clip_id:
            self._open(clip_id, 0)
        if clip_id and not self.is_narrow():
            self.show_tab(PLAY)

    def _open(self, clip_id: str, at_us: int) -> None:
        record = self._record
        self._clip_id = clip_id
        self.player.open(clip_id, at_us)
        self._show_marks()
        one = record.recording_of(clip_id) if record is not None else None
        is_timeless = record is not None and one is not None and record.fits[one.id].state is ClockState.UNKNOWN
        if is_timeless and not self._hazard_id:
            self.pictures.storyboard(clip_id)
        elif not self._hazard_id:
            self.pictures.clear()
        self.show_actions()

    def _look(self, clip_id: str, at_us: int) -> None:
        """Stand at a moment of a clip, whatever was shown."""
        record = self._record
        if record is None or record.clip(clip_id) is None:
            return
        if clip_id != self._clip_id:
            self._clip_id = clip_id
            self.lists.show_record(record, clip_id, self._hazard_id)
            self._show_marks()
        self.show_tab(PLAY)
        self.player.open(clip_id, at_us)
        self.show_actions()

    def choose_hazard(self, hazard_id: str) -> None:
        """Go to a hazard's time, and look for pictures around it."""
        record = self._record
        hazard = record.hazard(hazard_id) if record is not None else None
        if record is None or hazard is None:
            return
        self._hazard_id = hazard_id
        self.lists.show_record(record, self._clip_id, hazard_id)
        if record.recordings:
            self.show_tab(PLAY)
            self.pictures.suggest(hazard)
            spot = None
            if record.timeline is not None:
                spot = find_moment(record.timeline, record.clips, hazard.seen_at, self._clip_id)
            if spot is not None:
                self._look(*spot)
            elif self.player.play.clip_id != self._clip_id:
                self.player.open(self._clip_id)
        self.show_actions()

    def _next_hazard(self, by: int) -> None:
        record = self._record
        if record is None or not record.hazards:
            return
        ids: list[str] = [one.id for one in record.hazards]
        at = ids.index(self._hazard_id) + by if self._hazard_id in ids else (0 if by > 0 else len(ids) - 1)
        if 0 <= at < len(ids):
            self.choose_hazard(ids[at])

    def _tell_player(self, error: InspectorError) -> None:
        if self.player.shown() is not None:
            self.acts.tell_failure(error)

    def _read_clocks(self) -> None:
        """A clock is known otherwise now: read again, and show the frame's time by it."""
        self.player.play.read_again()
        self._read()

    # --- doing -------------------------------------------------------------------------------------------------------

    def take_still(self) -> None:
        """F2: take the shown frame as evidence, for the hazard that is chosen."""
        shown, record = self.player.shown(), self._record
        if shown is None or record is None or not self.take.isEnabled():
            return
        hazard = record.hazard(self._hazard_id)
        ordinal = hazard.ordinal if hazard is not None else 0
        self.acts.take(self.player.play.clip_id, shown, hazard_id=self._hazard_id, ordinal=ordinal)

    def _take_suggested(self, clip_id: str, at_us: int) -> None:
        record = self._record
        hazard = record.hazard(self._hazard_id) if record is not None else None
        if hazard is None:
            return
        from inspector.services.stills import Shown

        picked = Shown(jpeg=b"", at_us=at_us, number=0, width=0, height=0)
        self.acts.take(clip_id, picked, hazard_id=hazard.id, ordinal=hazard.ordinal)

    def show_clapper(self) -> None:
        """Ctrl+B: the clapper over the whole screen."""
        from ui.views.footage.clapper import ClapperScreen

        if self._inspection_id and self.clap.isEnabled():
            screen = ClapperScreen(self, self._services, self._tasks, self._inspection_id)
            screen.failed.connect(self.acts.tell_failure)
            screen.begin()

    def search_claps(self) -> None:
        """Ctrl+F: look for the clapper in the shown recording."""
        one = self._record.recording_of(self._clip_id) if self._record is not None else None
        if one is not None:
            self.acts.search([one])
            self.strip.say(tr("正在查找拍板，可以继续做别的"))

    def set_clock(self) -> None:
        """Ctrl+T: a clock is seen in the shown frame."""
        record, shown = self._record, self.player.shown()
        one = record.recording_of(self._clip_id) if record is not None else None
        if record is None or one is None or shown is None:
            return
        self.player.play.stop()
        started = record.inspection.started_at if record.inspection is not None else SystemClock().read().at
        self.acts.anchor(one, self._clip_id, shown.at_us, shown.taken_at or started)

    def _after_import(self, report: ImportReport) -> None:
        """Look for the clapper in what has just come in."""
        fresh = {one.recording_id for one in report.taken if one.recording_id and one.is_new}
        record_ids = sorted(fresh)
        footage = self._services.footage
        if record_ids:
            self._tasks.query(
                self, lambda: [footage.recording(one) for one in record_ids], done=self.acts.search, key="fresh"
            )

    def _show_more(self) -> None:
        record = self._record
        one = record.recording_of(self._clip_id) if record is not None else None
        if record is None or one is None:
            return
        self._menu = menu = QMenu(self)
        is_ours = one.inspection_id is not None
        if is_ours:
            menu.addAction(tr("移出本次检查"), lambda: self.acts.assign(one, None))
        elif record.inspection is not None:
            menu.addAction(tr("归入本次检查"), lambda: self.acts.assign(one, record.inspection_id))
        menu.addAction(tr("记录仪名称…"), lambda: self.acts.rename(one))
        menu.addAction(tr("移除录像…"), lambda: self.acts.remove(one))
        menu.popup(self.lists.more.mapToGlobal(self.lists.more.rect().bottomLeft()))

    # --- places ------------------------------------------------------------------------------------------------------

    def _turn_to(self, tab: str) -> None:
        self.show_tab(tab)
        if tab == PLAY:
            self.player.track.setFocus()
        elif tab == TIMELINE:
            self.timeline.list.setFocus()
        elif tab == IMPORT:
            self.taking_in.focus()
        else:
            self.lists.clips.setFocus()

    def _to_lists(self) -> None:
        self.show_tab(LIST)
        self.lists.clips.setFocus()

    def _choose_folder(self) -> None:
        self._turn_to(IMPORT)
        self.taking_in.choose_folder()

    # --- look --------------------------------------------------------------------------------------------------------

    def show_actions(self) -> None:
        """One primary action a tab; each says why it can't be done."""
        tab, record = self.tab(), self._record
        self.take.setVisible(tab in {PLAY, LIST})
        self.start.setVisible(tab == IMPORT)
        self.anchor.setVisible(tab in {PLAY, LIST})
        self.search.setVisible(tab != IMPORT)
        one = record.recording_of(self._clip_id) if record is not None else None
        has_frame = self.player.shown() is not None
        _allow(self.clap, "" if record is not None and record.is_open else tr("请先打开一次检查"))
        _allow(self.search, "" if one is not None else tr("没有录像"))
        _allow(self.anchor, "" if has_frame else tr("没有可播放的录像"))
        is_ours = one is not None and one.inspection_id is not None
        why = "" if has_frame and is_ours else tr("请先归入一次检查") if has_frame else tr("没有可播放的录像")
        _allow(self.take, why)
        _allow(self.start, "" if self.taking_in.can_begin() else tr("请先选择要导入的录像"))
        self._hint()

    def _hint(self) -> None:
        record = self._record
        one = record.recording_of(self._clip_id) if record is not None else None
        if one is not None and record is not None and self.tab() == PLAY:
            self.strip.say(clock_sentence(record.fits[one.id]), icon="clock")
        else:
            self.strip.say("")

    def rearrange(self) -> None:
        """Follow the width; the tabs follow the lists."""
        if self.arrange():
            self._name_tabs()
            self.show_tab(self.tab())

    def retranslate(self) -> None:
        """Name the parts."""
        self.clap.setText(tr("拍板"))
        self.search.setText(tr("查找拍板"))
        self.anchor.setText(tr("手工校时…"))
        self.take.setText(tr("截取这一帧"))
        self.start.setText(tr("开始导入"))
        self._tell_title()
        self._name_tabs()
        if self._record is not None:
            self.lists.show_record(self._record, self._clip_id, self._hazard_id)
        self.show_actions()


def _allow(button: Button, why: str) -> None:
    if why:
        button.refuse(why)
    else:
        button.allow()
