"""Whatever frame is asked for, exactly that one comes: each shows its own number."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from inspector.errors import FilmFailed
from inspector.evidence.film.client import Film
from inspector.evidence.film.told import Form
from tests.evidence.numbered import ALL, CLIPS, FRAMES, GREY, STEP_US, number_in

CODECS = {"h264": "h264", "h265": "hevc", "mjpeg": "mjpeg", "mpeg4": "mpeg4", "vp8": "vp8", "vp9": "vp9"}


@pytest.mark.parametrize("name", ALL)
def test_each_frame_is_the_one_asked_for(name: str) -> None:
    with Film.open(CLIPS / name) as film:
        index = film.index()
        order = [0, len(index) - 1, len(index) - 2, *random.Random(name).sample(range(len(index)), 24), 1, 0]
        shown = {number: film.frame(number=number, form=GREY) for number in order}
    skipped = number_in(shown[0], turned="turned" in name)  # an edit list begins in the middle
    assert all(
        number_in(frame, turned="turned" in name) == frame.at_us // STEP_US + skipped for frame in shown.values()
    )
    assert all(frame.number == number and frame.at_us == index.times[number] for number, frame in shown.items())
    assert bool(skipped) == ("edited" in name)


@pytest.mark.parametrize("name", ALL)
def test_a_probe_tells_what_the_clip_is(name: str) -> None:
    with Film.open(CLIPS / name) as film:
        info = film.probe()
    dropped = "vfr" in name
    assert info.codec == CODECS.get(Path(name).stem.partition("_")[0], "h264")
    assert (info.width, info.height, info.rotation) == ((120, 160, 270) if "turned" in name else (160, 120, 0))
    assert info.is_constant_rate != dropped
    assert info.frames == (77 if dropped else 67 if "edited" in name else FRAMES)
    assert info.duration_us == info.frames * STEP_US or dropped
    assert info.remark == ("no_times" if name in {"bare.h264", "mpeg4_b.avi"} else "")
    assert (info.recorded_at is not None) == (name == "dated.mp4")


@pytest.mark.parametrize("name", ["h264_b.mp4", "h265_vfr.mp4", "h264_vfr.ts", "mjpeg.avi", "vp9.webm", "bare.h264"])
def test_walks_show_the_frames_they_name(name: str) -> None:
    with Film.open(CLIPS / name) as film:
        index = film.index()
        keys = list(film.walk_keys(160, form=GREY))
        walked = list(film.walk(range(0, index.duration_us, 170_000), 160, form=GREY, rate=True))
    assert [frame.number for frame in keys] == (list(index.keys) or [0, 25, 50, 75])
    assert len(walked) > 20
    assert all(number_in(frame) == frame.at_us // STEP_US for frame in keys + walked)
    assert all(frame.sharpness > 0 for frame in walked)


def test_open_groups_of_pictures_are_walked_in_order() -> None:
    with Film.open(CLIPS / "h264_open.mp4") as film:
        assert [number_in(frame) for frame in film.walk_keys(160, form=GREY)] == [0, 25, 50, 75]


def test_a_still_keeps_its_pixels_and_a_preview_its_edge() -> None:
    with Film.open(CLIPS / "h264.mp4") as film:
        png = film.frame(number=30)
        rgb = film.frame(number=30, form=Form.RGB)
        small = film.frame(number=30, form=Form.JPEG, edge=80)
    import cv2

    still = cv2.imdecode(np.frombuffer(png.content, np.uint8), cv2.IMREAD_COLOR)
    assert still is not None
    assert (png.width, png.height, small.width, small.height) == (160, 120, 80, 60)
    assert np.array_equal(cv2.cvtColor(still, cv2.COLOR_BGR2RGB).tobytes(), rgb.content)
    assert small.content[:2] == b"\xff\xd8"


def test_a_time_means_the_frame_that_is_shown_then() -> None:
    with Film.open(CLIPS / "h264_vfr.mp4") as film:
        index = film.index()
        gap = next(n for n in range(len(index) - 1) if index.times[n + 1] - index.times[n] > STEP_US)
        within = film.frame(at_us=index.times[gap] + STEP_US, form=GREY)
        before, behind = film.frame(at_us=-5, form=GREY), film.frame(at_us=10**12, form=GREY)
        with pytest.raises(FilmFailed, match="frame_missing"):
            film.frame(number=len(index))
    assert (within.number, number_in(within)) == (gap, index.times[gap] // STEP_US)
    assert (before.number, behind.number) == (0, len(index) - 1)
