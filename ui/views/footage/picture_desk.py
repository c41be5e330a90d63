"""PictureDesk: fills the strip under the player: three pictures around a hazard's time, or a storyboard of a clip.

desk.suggest(hazard);  desk.storyboard(clip_id);  desk.clear()
Signals: `looked(clip_id, at_us)` a picture was pressed, `taken(clip_id, at_us)` its digit was.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from inspector.app import App
from inspector.domain.hazard import Hazard
from inspector.errors import InspectorError
from inspector.services.stills import Shown as ShownFrame
from inspector.services.suggesting import Suggesting, Suggestion
from ui.messages import message
from ui.models.footage_words import stream_time
from ui.models.moments import clock_time
from ui.tasks import Tasks, Ticket
from ui.text import tr
from ui.views.footage.film_strip import FilmStrip, StripFrame

STORYBOARD = 8
"""Pictures of a clip whose clock isn't known."""


class PictureDesk(QObject):
    """See the module text."""

    looked = Signal(str, int)
    taken = Signal(str, int)

    def __init__(self, services: App, tasks: Tasks, strip: FilmStrip, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks, self._strip = services, tasks, strip
        self._ticket: Ticket | None = None
        self._wanted = ""
        self._spots: tuple[tuple[str, int], ...] = ()
        strip.looked.connect(lambda n: self.looked.emit(*self._spots[n]))
        strip.taken.connect(lambda n: self.taken.emit(*self._spots[n]))

    def clear(self) -> None:
        """Show nothing, and stop looking."""
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket, self._wanted, self._spots = None, "", ()
        self._strip.say("")

    # --- around a hazard ---------------------------------------------------------------------------------------------

    def suggest(self, hazard: Hazard) -> None:
        """Look for three pictures for a hazard; choosing another stops the search."""
        if self._wanted == hazard.id:
            return
        self.clear()
        self._wanted = hazard.id
        self._strip.say(tr("正在为隐患 {n} 找画面", n=hazard.ordinal))
        self._ticket = self._tasks.job(
            self,
            partial(_load_suggestions, self._services, hazard.id),
            done=lambda found: self._show(hazard, found),
            failed=lambda error: self._miss(hazard.id, error),
            progress=lambda step: self._tell_step(hazard, step),
        )

    def _tell_step(self, hazard: Hazard, step: Suggesting) -> None:
        if self._wanted == hazard.id and not self._spots:
            said = tr("正在为隐患 {n} 找画面　{done} / {total}", n=hazard.ordinal, done=step.done, total=step.total)
            self._strip.title.setText(said)

    def _show(self, hazard: Hazard, found: Sequence[tuple[Suggestion, QImage]]) -> None:
        if self._wanted != hazard.id:
            return
        self._ticket = None
        if not found:
            self._strip.say(tr("没有找到可用的画面；可以自己在录像里找，按 F2 截取"))
            return
        is_by_time = found[0][0].is_by_time
        title = tr("隐患 {n} 前后的画面，按数字键采用", n=hazard.ordinal)
        if not is_by_time and any(one.taken_at is not None for one, _ in found):
            title = tr("那一刻没有录像，从其余录像里选出的画面；按数字键采用到隐患 {n}", n=hazard.ordinal)
        elif not is_by_time:
            title = tr("录像未校时，从整段里选出的画面；按数字键采用到隐患 {n}", n=hazard.ordinal)
        self._spots = tuple((one.clip_id, one.at_us) for one, _ in found)
        self._strip.show_frames([_frame(one, image) for one, image in found], title=title)

    def _miss(self, wanted: str, error: InspectorError) -> None:
        if self._wanted == wanted:
            self._ticket = None
            self._strip.say(message(error).title)

    # --- of a clip ---------------------------------------------------------------------------------------------------

    def storyboard(self, clip_id: str) -> None:
        """Show pictures spread over a clip: the way through one whose clock isn't known."""
        if self._wanted == clip_id:
            return
        self.clear()
        self._wanted = clip_id
        self._ticket = self._tasks.job(
            self,
            partial(_load_storyboard, self._services, clip_id),
            done=lambda found: self._show_storyboard(clip_id, found),
            failed=lambda error: self._miss(clip_id, error),
        )

    def _show_storyboard(self, clip_id: str, found: Sequence[tuple[ShownFrame, QImage]]) -> None:
        if self._wanted != clip_id or not found:
            return
        self._ticket = None
        self._spots = tuple((clip_id, one.at_us) for one, _ in found)
        frames = [StripFrame(image, stream_time(one.at_us), stream_time(one.at_us)) for one, image in found]
        self._strip.show_frames(frames, title=tr("整段一览，点一张跳到那里"), has_digits=False)


def _load_suggestions(services: App, hazard_id: str, progress, is_cancelled):
    found = services.stills.suggest(hazard_id, progress, is_cancelled)
    return [(one, QImage.fromData(one.jpeg)) for one in found]


def _load_storyboard(services: App, clip_id: str, _progress, _is_cancelled):
    return [(one, QImage.fromData(one.jpeg)) for one in services.stills.storyboard(clip_id, STORYBOARD)]


def _frame(one: Suggestion, image: QImage) -> StripFrame:
    word = clock_time(one.taken_at) if one.taken_at is not None else stream_time(one.at_us)
    said = tr("画面 {at}", at=word)
    return StripFrame(image, word, said)
