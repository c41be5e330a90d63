"""A bug leaves a note: where it happened, never what was in it. Kept beside the profile, the latest twenty."""

from __future__ import annotations

import traceback
from datetime import datetime
from pathlib import Path

from inspector.version import VERSION

MOST = 20
PATTERN = "crash-*.txt"


def keep(profile: Path, error: BaseException, at: datetime) -> Path | None:
    """Write type, files, lines and functions; no message, no value: they may quote a record. None if it can't."""
    lines = [f"field-inspector {VERSION}", at.isoformat(timespec="seconds"), type(error).__name__]
    lines += [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__, limit=-40)
    ]
    path = profile / f"crash-{at:%Y%m%d-%H%M%S}.txt"
    try:
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for old in sorted(profile.glob(PATTERN))[:-MOST]:
            old.unlink(missing_ok=True)
    except OSError:
        return None  # the disk is full or gone; the toast still says what matters
    return path
