"""Tries a call again when the link fails: few times, with full jitter, and never after the user said stop."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from inspector.errors import Cancelled, Offline

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Full jitter between tries, as AWS measured it best (Brooker 2015): uniform in [floor, base·2^n], at most `cap`.

    Every call of HqApi may be repeated, so the tries need no care of their own.
    """

    tries: int = 3
    floor_s: float = 0.2
    base_s: float = 0.5
    cap_s: float = 2.0
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    is_cancelled: Callable[[], bool] = lambda: False

    def call(self, ask: Callable[[], Result]) -> Result:
        """Return what `ask` returns. Raises Cancelled, the last Offline, or at once anything else."""
        for number in range(1, self.tries):
            self.check()
            try:
                return ask()
            except Offline:
                self._wait(number)
        self.check()
        return ask()

    def check(self) -> None:
        """Raise Cancelled if the user said stop."""
        if self.is_cancelled():
            raise Cancelled

    def _wait(self, number: int) -> None:
        top = min(self.cap_s, self.base_s * 2**number)
        self.sleep(self.floor_s + (top - self.floor_s) * self.chance())
