"""Large blocks are mapped for themselves, so that what a photo or a page took goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

from inspector.paths import RESOURCES

PROGRAM = """
import ctypes, sys
from ui.allocator import keep_small

class Told(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
                "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]

libc = ctypes.CDLL(None)
libc.mallinfo2.restype = Told
assert keep_small() is True
big = bytearray(20_000_000)
del big  # without the settings the next large block comes out of the heap, and stays there
again = bytearray(10_000_000)
assert libc.mallinfo2().hblkhd >= 10_000_000
mapped = libc.mallinfo2().hblkhd
del again
assert libc.mallinfo2().hblkhd <= mapped - 10_000_000
"""


def test_large_blocks_are_mapped_and_given_back() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=RESOURCES.parent, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


def test_another_system_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from ui import allocator

    monkeypatch.setattr(sys, "platform", "win32")
    assert allocator.keep_small() is False
