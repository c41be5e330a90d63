"""Looks through one clip for the clapper's codes: closely where one is likely, at key frames elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from inspector.errors import Cancelled
from inspector.evidence import clapper, clapper_reading
from inspector.evidence.film.told import Form

if TYPE_CHECKING:
    from inspector.evidence.clapper_reading import Grey
    from inspector.evidence.film.client import Film
    from inspector.evidence.film.told import Frame

CLOSE_US: Final = 200_000
"""Five frames a second (product.md §6-1): a second that is shown is seen five times, its change to a fifth."""
AROUND_US: Final = 8_000_000
"""So far before and after a code in a key frame it is looked for closely: who shows it does so for some seconds."""
KEY_US: Final = 1_000_000
"""Where every frame is a key frame, one a second is looked at."""
SLOW_US: Final = 1_000_000
"""Where nothing was found yet, so often a frame is looked through at its full size."""
_NATIVE: Final = 0
"""Pictures are asked for once, as large as they are: to decode them again would take longer than to hand them over."""

Span = tuple[int, int]
"""From and to in µs of stream time."""


@dataclass(slots=True)
class Hunt:
    """What one clip showed so far: (stream time, code), and how many of its frames were looked at."""

    found: list[tuple[int, clapper.Told]] = field(default_factory=list[tuple[int, clapper.Told]])
    looked_at: set[int] = field(default_factory=set[int])
    """Numbers of frames."""


class Hunter:
    """Looks through one film; whatever was found until something went wrong stays in `hunt`."""

    def __init__(self, film: Film, hunt: Hunt, step: Callable[[], None], is_cancelled: Callable[[], bool]) -> None:
        self._film = film
        self._hunt = hunt
        self._step = step
        self._is_cancelled = is_cancelled

    def search(self, closely: Sequence[Span]) -> None:
        """Look through the film, closely in these spans. Raises FilmFailed, Cancelled."""
        self.look(closely)
        self._look_at_keys(closely)
        self.look([(at_us - AROUND_US, at_us + AROUND_US) for at_us in self._seen()])

    def look(self, spans: Sequence[Span]) -> None:
        """Look at five frames a second of these spans, at none twice. Raises FilmFailed, Cancelled."""
        slow_us = -SLOW_US
        for frame in self._film.walk(self._times(spans, CLOSE_US), _NATIVE, form=Form.GREY):
            grey = _grey(frame)
            told = clapper_reading.read(grey)
            # Small codes hide from the quick look. A whole frame a second is what time allows, until one is found.
            if not told and not self._hunt.found and frame.at_us >= slow_us + SLOW_US:
                told, slow_us = clapper_reading.read_whole(grey), frame.at_us
            self._take(frame, told)

    def _look_at_keys(self, besides: Sequence[Span]) -> None:
        index = self._film.index()
        keys = [index.times[number] for number in index.keys]
        if len(keys) * KEY_US > 2 * index.duration_us:
            thin = {at_us // KEY_US: at_us for at_us in reversed(keys)}
            wanted = [at_us for at_us in sorted(thin.values()) if not _within(at_us, besides)]
            self._glance(self._film.walk(wanted, _NATIVE, form=Form.GREY), besides)
        elif any(not _within(at_us, besides) for at_us in keys):
            self._glance(self._film.walk_keys(_NATIVE, form=Form.GREY), besides)

    def _glance(self, frames: Iterable[Frame], besides: Sequence[Span]) -> None:
        for frame in frames:
            if not _within(frame.at_us, besides):
                self._take(frame, clapper_reading.read(_grey(frame)))

    def _take(self, frame: Frame, told: Sequence[clapper.Told]) -> None:
        if self._is_cancelled():
            raise Cancelled
        self._hunt.looked_at.add(frame.number)
        self._hunt.found += [(frame.at_us, one) for one in told]
        self._step()

    def _seen(self) -> list[int]:
        return sorted({at_us for at_us, _ in self._hunt.found})

    def _times(self, spans: Sequence[Span], step_us: int) -> list[int]:
        index, looked_at = self._film.index(), self._hunt.looked_at
        last_us = index.duration_us
        wanted = {at for low, high in spans for at in range(max(low, 0) // step_us, min(high, last_us) // step_us + 1)}
        return [at * step_us for at in sorted(wanted) if index.number_at(at * step_us) not in looked_at]


def _within(at_us: int, spans: Sequence[Span]) -> bool:
    return any(low <= at_us <= high for low, high in spans)


def _grey(frame: Frame) -> Grey:
    import numpy as np

    return np.frombuffer(frame.content, np.uint8).reshape(frame.height, frame.width)
