"""Pixels beside ffmpeg's own, on clips that it makes now and on the recorders' clips, all frames of them in turn."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import numpy as np
import pytest

from inspector.evidence.film.client import Film
from inspector.evidence.film.told import Form
from tests.evidence.numbered import ALL, CLIPS

pytestmark = pytest.mark.system
CLOSE = 1.0
"""Mean difference of 8-bit colours: both convert with swscale, of different versions."""
STEADY = "testsrc2=size=320x240:rate=30:duration=12,noise=alls=12:allf=t"
DROPPED = f"{STEADY},select='lt(mod(n,5),3)+not(mod(n,7))'"
MADE = {
    "long groups.mp4": (STEADY, "-c:v libx264 -g 250 -bf 3"),
    "open groups.mp4": (STEADY, "-c:v libx264 -bf 3 -x264-params open-gop=1:keyint=50"),
    "dropped.mp4": (DROPPED, "-vsync vfr -c:v libx264 -g 40 -bf 2"),
    "dropped.mkv": (DROPPED, "-vsync vfr -c:v libx265 -x265-params log-level=error:keyint=40"),
    "dropped.ts": (DROPPED, "-vsync vfr -c:v libx264 -g 40 -bf 2"),
    "pieces.mp4": (STEADY, "-c:v libx265 -x265-params log-level=error:keyint=50 -movflags frag_keyframe+empty_moov"),
    "29.97.mov": (STEADY.replace("rate=30", "rate=30000/1001"), "-c:v libx264 -g 60 -bf 2"),
    "all keys.avi": (STEADY, "-c:v mjpeg -q:v 4"),
}


def others(path: Path, count: int) -> list[int]:
    """Return the frames that aren't ffmpeg's, or no nearer to it than to the frame before."""
    found: list[int] = []
    with Film.open(path) as film:
        info = film.probe()
        words = ["ffmpeg", "-v", "error", "-i", str(path), "-an", "-vsync", "0", "-pix_fmt", "rgb24", "-f", "rawvideo"]
        raw = subprocess.run([*words, "-"], stdout=subprocess.PIPE, check=True).stdout
        theirs = np.frombuffer(raw, np.uint8).reshape(-1, info.height, info.width, 3)
        assert info.frames == len(theirs)
        for number in random.Random(path.name).sample(range(info.frames), min(count, info.frames)):
            ours = np.frombuffer(film.frame(number=number, form=Form.RGB).content, np.uint8).astype(int)
            off = {at: float(np.abs(ours - theirs[at].ravel()).mean()) for at in (number, max(0, number - 1))}
            if off[number] > min(CLOSE, *off.values()):
                found.append(number)
    return found


@pytest.mark.parametrize("name", MADE)
def test_clips_made_now(tmp_path: Path, name: str) -> None:
    picture, words = MADE[name]
    path = tmp_path / name
    made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", picture, *words.split(), "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(made, check=True)
    assert others(path, 40) == []


@pytest.mark.parametrize("name", ALL)
def test_clips_that_show_their_numbers(name: str) -> None:
    assert others(CLIPS / name, 40) == []


def test_clips_of_recorders(shared_data: Path) -> None:
    for path in sorted((shared_data / "recorder").iterdir()):
        assert others(path, 40) == []
