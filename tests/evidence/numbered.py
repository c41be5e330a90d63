"""Clips whose every frame shows its own number (clips/make.sh), and what else film tests share."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from inspector.crypto.footage_file import FootageFile
from inspector.crypto.frames import FRAME, FrameKey
from inspector.evidence.film.told import Form, Frame

CLIPS = Path(__file__).with_name("clips")
STEP_US = 40_000
ALL = sorted(path.name for path in CLIPS.iterdir() if path.suffix != ".sh")
FRAMES = 100
"""Frames before any were dropped."""


def number_in(frame: Frame, *, turned: bool = False) -> int:
    """Read the number that a frame shows: 8 blocks along its top, the left one is bit 0, white is 1."""
    rows = np.frombuffer(frame.content, np.uint8).reshape(frame.height, frame.width)
    if turned:
        rows = np.rot90(rows, -1)  # it was turned by 270 degrees clockwise
    height, width = rows.shape
    return sum(int(rows[height // 6, (2 * bit + 1) * width // 16] > 127) << bit for bit in range(8))


def encrypted(clip: Path, folder: Path) -> FootageFile:
    """Seal a clip as the footage store does."""
    plain = clip.read_bytes()
    key = FrameKey.new(len(plain))
    sealed = b"".join(key.seal(n, plain[n * FRAME : (n + 1) * FRAME]) for n in range(key.frames))
    path = folder / "clip.fif"
    path.write_bytes(key.header(bytes(32)) + sealed + key.seal_trailer(b"{}"))
    return FootageFile(path=path, sha256="0" * 64, size=len(plain), file_id=key.file_id, key=key.key)


GREY = Form.GREY
