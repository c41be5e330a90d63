"""When the sample's photos were taken: inside the visit that shows them, never later than the run's own clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image

from inspector.clock import CHINA

DATE_TIME: Final = 0x0132
DATE_TIME_ORIGINAL: Final = 0x9003
EXIF_PART: Final = 0x8769
_HEADER: Final = 65_535
"""An EXIF segment is never longer (CIPA DC-008 §4.7.2: its length is told in two bytes)."""


def spread(began: datetime, ended: datetime, count: int) -> list[datetime]:
    """Return `count` moments between two, in order, as far from both as from one another; to the whole second."""
    step = (ended - began) / (count + 1)
    return [(began + (n + 1) * step).replace(microsecond=0) for n in range(count)]


def written(at: datetime) -> str:
    """Return a moment as a camera set to China Standard Time writes it."""
    return f"{at.astimezone(CHINA):%Y:%m:%d %H:%M:%S}"


def retaken(photos: Sequence[Path], folder: Path, taken: Sequence[datetime]) -> list[Path]:
    """Copy photos into `folder` (made if missing) as taken at other moments; nothing but the time changes.

    Raises ValueError for a photo that doesn't tell its time, or for fewer moments than photos.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_retaken(photo, folder / photo.name, at) for photo, at in zip(photos, taken, strict=True)]


def _retaken(photo: Path, copy: Path, at: datetime) -> Path:
    with Image.open(photo) as opened:
        exif = opened.getexif()
        told = exif.get_ifd(EXIF_PART).get(DATE_TIME_ORIGINAL) or exif.get(DATE_TIME)
    if not told:
        raise ValueError(photo.name)
    content = photo.read_bytes()
    header = content[:_HEADER].replace(str(told).encode("ascii"), written(at).encode("ascii"))
    copy.write_bytes(header + content[_HEADER:])
    return copy


def ago(now: datetime, minutes: float) -> datetime:
    """Return the moment so many minutes before `now`: the sample knows no other time, so it can run at any hour."""
    return now - timedelta(minutes=minutes)
