"""Has a HEIC photo decoded by a worker process: its crash, hang or hunger is a photo that can't be shown, no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from inspector.errors import EvidenceRefused

if TYPE_CHECKING:
    from PIL.Image import Image

_WORKER = Path(__file__).with_name("heif_worker.py")
_SECONDS = 90
_MOST_MISMATCH = 0.02


def decode_heif(data: bytes, *, most_pixels: int, size: tuple[int, int], at_least: tuple[int, int]) -> Image:
    """Return the picture upright, reduced by a whole factor to not under `at_least`; `size` is what its header says.

    Raises EvidenceRefused(reason="undecodable").
    """
    from PIL import Image

    command = [sys.executable, "-I", str(_WORKER), str(most_pixels), str(at_least[0]), str(at_least[1])]
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        head, _, body = done.stdout.partition(b"\n")
        mode, *numbers = head.decode("ascii").split()
        width, height, full_width, full_height, profile = (int(number) for number in numbers)
        image = Image.frombytes(mode, (width, height), body[profile:])
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise EvidenceRefused(name="", reason="undecodable") from error
    if abs(full_width * size[1] - full_height * size[0]) > _MOST_MISMATCH * full_width * size[1]:
        raise EvidenceRefused(name="", reason="undecodable")
    if profile:
        image.info["icc_profile"] = body[:profile]
    return image
