"""FootageActs: what is done with recordings: look for the clapper, set a clock by hand, take stills, sort, explain.

Signals: `done()` something that was not a command is different now.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import QObject, Signal

from inspector.app import App
from inspector.domain.changes import Changes, Topic
from inspector.domain.footage import Recording
from inspector.domain.timeline import Gap
from inspector.errors import InspectorError
from inspector.services.clap_search import ClapSearch, Searching
from inspector.services.stills import Shown as ShownFrame
from ui.messages import message
from ui.models.footage_words import search_sentence, stream_time
from ui.models.timeline_words import item_text
from ui.tasks import Shown, Tasks
from ui.text import tr
from ui.views.footage.anchor_dialog import AnchorDialog
from ui.widgets.text_dialog import TextDialog
from ui.widgets.view import View


class FootageActs(QObject):
    """See the module text; `view` is where dialogs stand and toasts are said."""

    done = Signal()

    def __init__(self, services: App, tasks: Tasks, view: View) -> None:
        super().__init__(view)
        self._services, self._tasks, self._view = services, tasks, view
        self._searching: set[str] = set()

    def _command(self, work: Callable[..., Changes], *args: object, said: str = "") -> None:
        tell = (lambda _told: self._view.say(said)) if said else None
        self._tasks.command(self, work, *args, done=tell, failed=self.tell_failure)

    def tell_failure(self, error: InspectorError) -> None:
        """Say what went wrong."""
        told = message(error)
        self._view.say(told.title, told.text, icon=told.icon, color=told.color)

    # --- clocks ------------------------------------------------------------------------------------------------------

    def search(self, recordings: list[Recording]) -> None:
        """Look for the clapper in these, one after another, behind the work."""
        for one in recordings:
            if one.id in self._searching:
                continue
            self._searching.add(one.id)
            ticket = self._tasks.behind(
                self,
                partial(self._services.clapper.search, one.id),
                done=self._take_search,
                failed=partial(self._miss_search, one.id),
            )
            self._tasks.show(ticket, Shown(lambda: tr("查找拍板"), _frames))

    def _take_search(self, found: ClapSearch) -> None:
        self._searching.discard(found.recording_id)
        title, text = search_sentence(found)
        is_good = bool(found.found)
        icon, color = ("filled/circle-check", "ok") if is_good else ("filled/alert-triangle", "warn")
        self._view.say(title, text, icon=icon, color=color)
        self._tasks.changed.emit(Changes.of(Topic.FOOTAGE, Topic.EVIDENCE, Topic.SYNC))
        self.done.emit()

    def _miss_search(self, recording_id: str, error: InspectorError) -> None:
        self._searching.discard(recording_id)
        self.tell_failure(error)

    def anchor(self, recording: Recording, clip_id: str, at_us: int, guess: datetime) -> None:
        """Ask for the time that a clock in the frame shows."""
        dialog = AnchorDialog(self._view, at=stream_time(at_us, with_ms=True), guess=guess)

        def keep(true_at: datetime, doubt_ms: int) -> None:
            work = partial(self._services.clapper.anchor_by_hand, uncertainty_ms=doubt_ms)
            self._tasks.command(
                self,
                work,
                recording.id,
                clip_id,
                at_us,
                true_at,
                done=lambda _told: self._tell_anchor(),
                failed=self.tell_failure,
            )

        dialog.read.connect(keep)
        dialog.open()

    def _tell_anchor(self) -> None:
        self._view.say(tr("已手工校时"), tr("引用这段录像时注明是手工校时"))
        self.done.emit()

    # --- stills ------------------------------------------------------------------------------------------------------

    def take(self, clip_id: str, shown: ShownFrame, *, hazard_id: str, ordinal: int) -> None:
        """Take the shown frame as evidence, for a hazard or none yet."""
        take = partial(self._services.stills.take, hazard_id=hazard_id or None)
        where = tr("归属隐患 {n}", n=ordinal) if hazard_id else tr("未归属隐患，可在检查的照片里归属")
        title = tr("已截取 {at}", at=stream_time(shown.at_us, with_ms=True))
        how = tr("原尺寸，记录了录像指纹、时间和帧号")
        self._tasks.command(
            self,
            take,
            clip_id,
            shown.at_us,
            done=lambda _told: self._view.say(title, f"{where}\u3000{how}"),
            failed=self.tell_failure,
        )

    # --- sorting -----------------------------------------------------------------------------------------------------

    def assign(self, recording: Recording, inspection_id: str | None) -> None:
        """Give a recording to an inspection, or to none."""
        said = tr("已归入本次检查") if inspection_id else tr("已移出本次检查，录像仍在本机")
        self._command(self._services.footage.assign, recording.id, inspection_id, said=said)

    def rename(self, recording: Recording) -> None:
        """Ask which recorder it is from."""
        dialog = TextDialog(
            self._view,
            title=tr("这段录像来自哪台记录仪？"),
            label=tr("记录仪"),
            verb=tr("保存"),
            value=recording.device_label,
        )
        dialog.written.connect(lambda label: self._command(self._services.footage.rename, recording.id, label))
        dialog.open()

    def remove(self, recording: Recording) -> None:
        """Ask for the reason, then take a recording out; its bytes stay."""
        dialog = TextDialog(
            self._view,
            title=tr("移除录像 {name}？", name=recording.clips[0].name if recording.clips else ""),
            text=tr("不再列入本次检查；原件、记录和理由都保留，可以恢复"),
            label=tr("理由"),
            verb=tr("移除"),
            kind="danger",
        )
        dialog.written.connect(partial(self._remove, recording.id))
        dialog.open()

    def _remove(self, recording_id: str, reason: str) -> None:
        restore = partial(self._command, self._services.footage.restore, recording_id)
        self._tasks.command(
            self,
            self._services.footage.remove,
            recording_id,
            reason,
            done=lambda _told: self._view.say(tr("已移除录像"), tr("原件仍在本机"), action=(tr("撤销"), restore)),
            failed=self.tell_failure,
        )

    # --- what is missing ---------------------------------------------------------------------------------------------

    def explain(self, inspection_id: str, gap: Gap) -> None:
        """Ask why a step was not filmed."""
        dialog = TextDialog(
            self._view,
            title=tr("为什么没有录像？"),
            text=item_text(gap),
            label=tr("理由"),
            verb=tr("保存"),
            value=gap.reason,
        )
        explain = self._services.timeline.explain_gap
        dialog.written.connect(
            lambda reason: self._command(explain, inspection_id, gap.item.id, reason, said=tr("已记下理由"))
        )
        dialog.open()


def _frames(step: Searching) -> tuple[int, int]:
    return step.done, step.total
