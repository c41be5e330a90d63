"""A thread that does one kind of work with whatever it is given, in order, while the giver goes on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Final, Generic, Self, TypeVar

ROOM: Final = 4
"""Things that may wait: with pieces of 1 MiB and a handful of lanes some 20 MiB in all."""
Item = TypeVar("Item")


class Lane(Generic[Item]):
    """Use it with `with`: leaving the block waits until all is done, or drops what waits if the block failed.

    What the work raises is raised by the next `give`, or on leaving.
    """

    def __init__(self, name: str, work: Callable[[Item], object], room: int = ROOM) -> None:
        self._work = work
        self._waiting: queue.Queue[tuple[Item] | None] = queue.Queue(room)
        self._error: BaseException | None = None
        self._is_dropped = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def __enter__(self) -> Self:
        """Start."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Wait for the end. Raises what the work raised, unless the block itself failed."""
        self._is_dropped = kind is not None
        self._waiting.put(None)
        self._thread.join()
        if kind is None and self._error is not None:
            raise self._error

    def give(self, item: Item) -> None:
        """Hand over one thing; waits while there is no room."""
        if self._error is not None:
            raise self._error
        self._waiting.put((item,))

    def _run(self) -> None:
        while (given := self._waiting.get()) is not None:
            if self._error is None and not self._is_dropped:
                try:
                    self._work(given[0])
                except BaseException as error:  # noqa: BLE001 - raised again where the work was given
                    self._error = error
