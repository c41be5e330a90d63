"""What is told of a clip and of one frame of it, and the limits under which a stranger's clip is decoded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

REBUILT: Final = "rebuilt_times"
REBUILT_BORROWED: Final = "rebuilt_borrowed"
"""Remarks on clips whose index was lost, see FilmInfo."""


class Form(StrEnum):
    """How the pixels of a frame are handed over."""

    PNG = "png"
    """Lossless, 8 bit RGB."""
    JPEG = "jpeg"
    GREY = "grey"
    """width * height bytes, row by row."""
    RGB = "rgb"
    """3 * width * height bytes, row by row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One frame, upright as the file asks; `at_us` is its stream time, `number` its place in order of display from 0.

    `content` is what `form` says; width and height in pixels are those of the content.
    """

    at_us: int
    number: int
    form: Form
    content: bytes
    width: int
    height: int
    sharpness: float = 0.0
    """Variance of the Laplacian of the grey picture; only told by `walk`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmInfo:
    """What a clip says of itself; width and height in pixels are upright. All zero where nothing can be decoded."""

    codec: str = ""
    """h264 | hevc | mjpeg | mpeg4 | vp8 | vp9 | av1 | …; empty: can't be decoded, `remark` says why."""
    width: int = 0
    height: int = 0
    rotation: int = 0
    """Degrees clockwise that the file asks for: 0, 90, 180, 270; frames come turned already."""
    duration_us: int = 0
    frames: int = 0
    is_constant_rate: bool = False
    recorded_at: datetime | None = None
    """When the file says it was made, by the recorder's own clock; aware UTC."""
    remark: str = ""
    """no_index | no_video | unknown_kind | undecodable | too_many_pixels | truncated | damaged | no_times |
    rebuilt_times | rebuilt_borrowed; empty: all.

    With truncated, damaged and no_times the rest can be used: it ends early; frames in it are missing; frames are
    numbered but their times are reckoned from the rate. Rebuilt: the index was lost, frames were found in the media
    and their times are reckoned; borrowed: with the parameter sets of another clip.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one worker may take."""

    call_s: float = 5.0
    """Longest answer to one question (issue 4: no hang over 5 s); the worker is killed then."""
    silence_s: float = 5.0
    """Longest silence while an index is built or a long walk goes on: the worker tells how far it is."""
    index_s: float = 1800.0
    """Longest building of an index: a clip of hours whose every frame must be decoded."""
    start_s: float = 30.0
    """Longest start: loading OpenCV on a slow disk."""
    memory: int = 2 << 30
    """Address space in bytes: 0.7 GB were measured for 1080p; 4K with 8 decoding threads needs 1.2 GB."""


DEFAULT = Limits()
