"""Tells glibc's allocator to give back what a photo or a page took, so that a day of them leaves the window small.

By itself glibc raises its threshold with every large block that is freed (up to 32 MB, mallopt(3)): decoded photos and
drawn pages then come out of the heap and leave holes. Each thread may also grow an arena of its own. Eight visits took
345 MB without these settings and 285 MB with them.
"""

from __future__ import annotations

import ctypes
import sys

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Numbers of malloc.h."""
SETTINGS = ((_MMAP_THRESHOLD, 512 * 1024), (_TRIM_THRESHOLD, 4 * 1024 * 1024), (_ARENA_MAX, 2))
"""A decoded preview (0.7 MB) is the smallest thing worth mapping for itself; more than two arenas save no time here."""


def keep_small() -> bool:
    """Set the thresholds for the whole process; return whether there was a glibc that took them all."""
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    # The least of all answers: one setting that is refused (0) doesn't keep the others from being made.
    return mallopt is not None and min(mallopt(name, value) for name, value in SETTINGS) == 1
