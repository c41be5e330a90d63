"""The index that OpenCV is shown in place of a clip's own: media as they are, key frames found at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from inspector.evidence.film.answering import Clip
from inspector.evidence.film.capture import Capture
from inspector.evidence.film.index import SAME_US
from inspector.evidence.film.kinds import Container
from inspector.evidence.film.reel import Landing
from inspector.evidence.film.shifted import AHEAD, Shifted, begins_alike, moved_index
from inspector.evidence.film.source import Stream, to_wire
from tests.evidence.numbered import CLIPS

MOVED = ["h264.mp4", "h264_b.mp4", "h264_open.mp4", "h264_vfr.mp4", "h265.mp4", "h265_vfr.mp4", "h264_sound.mov"]


class Silent:
    def beat(self, done: int) -> None: ...

    def answer(self, head: object, body: bytes = b"") -> None: ...


def captures(path: Path) -> tuple[Capture, Capture]:
    plain = Capture(Stream(path), Container.MP4)
    moved = moved_index(Stream(path), plain.rate)
    assert moved is not None
    return plain, Capture(Shifted(path, moved), Container.MP4, later_us=moved.later_us)


@pytest.mark.parametrize("name", MOVED)
def test_times_and_pixels_stay_and_a_jump_lands_on_the_key_frame(name: str) -> None:
    clip = Clip(to_wire(CLIPS / name))
    assert clip._film(Silent())._landing is Landing.AT_KEY
    index = clip._index
    assert index is not None
    plain, moved = captures(CLIPS / name)
    times: list[int] = []
    while plain.grab() and moved.grab():
        times.append(moved.time_us)
        assert abs(moved.time_us - plain.time_us) <= SAME_US
        assert (plain.picture() == moved.picture()).all()
    assert len(times) == len(index)
    if "vfr" not in name:
        for key in index.keys[1:3]:
            moved.jump(key + AHEAD)
            assert moved.time_us == index.times[key]


@pytest.mark.parametrize("name", ["h264_edited.mp4", "h264_fragments.mp4", "h264.mkv", "mjpeg.avi", "h264.ts"])
def test_other_clips_are_left_alone(name: str) -> None:
    clip = Clip(to_wire(CLIPS / name))
    landing = Landing.ANYWHERE if name.endswith("ts") else Landing.BEFORE
    assert clip._film(Silent())._landing is landing


def test_every_byte_but_the_name_of_the_index_is_the_files_own() -> None:
    path = CLIPS / "h264_sound.mov"
    whole = path.read_bytes()
    moved = moved_index(Stream(path), 25.0)
    assert moved is not None
    for size in (1 << 16, 4096, 7):
        stream, shown = Shifted(path, moved), b""
        while piece := stream.read(size):
            shown += piece
        assert shown[: moved.name_at] == whole[: moved.name_at]
        assert shown[moved.name_at : moved.name_at + 4] == b"skip"
        assert shown[moved.name_at + 4 : len(whole)] == whole[moved.name_at + 4 :]
        assert shown[len(whole) :] == moved.index


def test_another_clip_does_not_begin_alike() -> None:
    one, _ = captures(CLIPS / "h264.mp4")
    _, other = captures(CLIPS / "h264_vfr.mp4")
    assert not begins_alike(one, other)
    again, same = captures(CLIPS / "h264.mp4")
    assert begins_alike(again, same)
