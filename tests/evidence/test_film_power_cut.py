"""An MP4 whose recorder lost power: its frames are found in the media, are those of the whole clip, and it is said."""

from __future__ import annotations

import random
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from inspector.errors import FilmFailed
from inspector.evidence.film.client import Film
from inspector.evidence.film.index import FilmIndex
from inspector.evidence.film.spare import Spare
from inspector.evidence.film.told import REBUILT, REBUILT_BORROWED, FilmInfo, Form
from tests.evidence.numbered import CLIPS, GREY, STEP_US, encrypted, number_in

PICTURE = "testsrc2=size=320x240:rate=30:duration=6,noise=alls=12:allf=t"
H265 = "-c:v libx265 -x265-params log-level=error:keyint=40"
MADE = {
    "sound.mp4": "-c:v libx264 -g 40 -bf 2 -c:a aac -ac 1 -b:a 64k",
    "sets.mp4": "-c:v libx264 -g 40 -bf 0 -x264-params repeat-headers=1:aud=1 -c:a aac",
    "slices.mov": "-c:v libx264 -g 40 -bf 3 -x264-params slices=4:b-pyramid=normal -c:a pcm_s16le",
    "baseline.mp4": "-c:v libx264 -profile:v baseline -g 25 -an",
    "open.mp4": f"{H265} -c:a aac",
    "h265.mp4": f"{H265}:repeat-headers=1:open-gop=0 -c:a aac -ac 1",
}
OWN_SETS = {"sets.mp4", "h265.mp4"}
CUT = ["h264.mp4", "h264_open.mp4", "h264_sound.mov", "h265.mp4", "dated.mp4"]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A clip, where its index begins, where each picture lies in it, and what it lends."""

    content: bytes
    media_end: int
    places: list[tuple[int, int]]
    spare: Spare
    pictures: list[bytes]
    """RGB in order of display, as the decoder gives it for the whole clip."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> object:
    folder = tmp_path_factory.mktemp("whole")
    return cache(lambda name: made(folder / name, MADE[name]))


def made(path: Path, words: str) -> Whole:
    sound = ["-f", "lavfi", "-i", "sine=duration=6"]
    given = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", PICTURE, *sound, *words.split(), "-pix_fmt", "yuv420p"]
    subprocess.run([*given, str(path)], check=True)
    shown = "packet=pos,size"
    asked = ["ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", shown, "-of", "default=nw=1", str(path)]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    numbers = {kind: [int(one.split("=")[1]) for one in told if one.startswith(kind)] for kind in ("pos", "size")}
    with Film.open(path) as film:
        spare = film.spare("a" * 64)
        pictures = [film.frame(number=number, form=Form.RGB).content for number in range(len(film.index()))]
    assert spare is not None
    content = path.read_bytes()
    return Whole(
        content=content, media_end=content.rindex(b"moov") - 4, spare=spare, pictures=pictures,
        places=list(zip(numbers["pos"], numbers["size"], strict=True)),
    )  # fmt: skip


def looked_at(path: Path, content: bytes, spare: Spare | None) -> tuple[FilmInfo, FilmIndex | None]:
    path.write_bytes(content)
    with Film.open(path, spare=spare) as film:
        info = film.probe()
        return info, film.index() if info.codec else None


@pytest.mark.parametrize("name", MADE)
def test_every_frame_comes_back_as_it_is_in_the_whole_clip(tmp_path: Path, whole: object, name: str) -> None:
    clip: Whole = whole(name)  # pyright: ignore[reportCallIssue]
    path = tmp_path / name
    spare = None if name in OWN_SETS else clip.spare
    info, index = looked_at(path, clip.content[: clip.media_end], spare)
    assert info.remark == (REBUILT if name in OWN_SETS else REBUILT_BORROWED)
    assert (info.frames, info.width, info.height, info.is_constant_rate) == (len(clip.pictures), 320, 240, True)
    assert info.duration_us == pytest.approx(6_000_000, abs=2)
    order = random.Random(name).sample(range(info.frames), 30)
    for known in (None, index):
        with Film.open(path, spare=spare, known=known) as film:
            assert all(film.frame(number=one, form=Form.RGB).content == clip.pictures[one] for one in order)


@pytest.mark.parametrize("name", MADE)
def test_wherever_the_power_was_cut_nearly_all_is_found(tmp_path: Path, whole: object, name: str) -> None:
    clip: Whole = whole(name)  # pyright: ignore[reportCallIssue]
    dice = random.Random(name)
    there = found = 0
    for cut in sorted(dice.randrange(100, clip.media_end) for _ in range(20)):
        path = tmp_path / name
        path.write_bytes(clip.content[:cut])
        with Film.open(path, spare=None if name in OWN_SETS else clip.spare) as film:
            info = film.probe()
            if info.frames > 9:  # the order of display of the last ones may want one that is cut off
                number = dice.randrange(info.frames - 9)
                assert film.frame(number=number, form=Form.RGB).content == clip.pictures[number]
        there += sum(at + size <= cut for at, size in clip.places)
        found += info.frames
        assert info.remark in {REBUILT, REBUILT_BORROWED} if info.frames else info.remark == "no_index"
    assert 0.95 * there <= found <= there


@pytest.mark.parametrize("name", CUT)
def test_frames_show_their_own_numbers(tmp_path: Path, name: str) -> None:
    content = (CLIPS / name).read_bytes()
    with Film.open(CLIPS / name) as film:
        spare = film.spare("b" * 64)
    path = tmp_path / name
    path.write_bytes(content[: content.rindex(b"moov") - 4])
    with Film.open(encrypted(path, tmp_path), spare=spare) as film:
        assert film.probe().remark == REBUILT_BORROWED
        keys = [number_in(frame) for frame in film.walk_keys(160, form=GREY)]
        assert [number_in(film.frame(number=one, form=GREY)) for one in (99, 3, 50, 77, 0)] == [99, 3, 50, 77, 0]
        assert film.index().times[10] == 10 * STEP_US
    assert keys[0] == 0
    assert keys == sorted(keys)


def test_without_parameter_sets_it_stays_unshown(tmp_path: Path, whole: object) -> None:
    clip: Whole = whole("sound.mp4")  # pyright: ignore[reportCallIssue]
    cut = clip.content[: clip.media_end]
    other: Whole = whole("open.mp4")  # pyright: ignore[reportCallIssue]
    assert looked_at(tmp_path / "cut.mp4", cut, None)[0] == FilmInfo(remark="no_index")
    assert looked_at(tmp_path / "cut.mp4", cut, other.spare)[0] == FilmInfo(remark="no_index")
    broken = Spare(codec="h264", units=(b"\x67\0", b"\x68"), rate=25)
    assert looked_at(tmp_path / "cut.mp4", cut, broken)[0] == FilmInfo(remark="no_index")


def test_the_index_itself_may_be_cut(tmp_path: Path, whole: object) -> None:
    clip: Whole = whole("sound.mp4")  # pyright: ignore[reportCallIssue]
    info, _ = looked_at(tmp_path / "cut.mp4", clip.content[:-400], None)
    assert (info.frames, info.remark) == (len(clip.pictures), REBUILT)


def untimed(unit: bytes) -> bytes:
    """Take the timing (1/60, fixed) out of the VUI of a parameter set."""
    bits = "".join(f"{one:08b}" for one in unit.replace(b"\0\0\3", b"\0\0"))
    timing = re.compile(f"1{1:032b}{60:032b}[01]")
    assert len(timing.findall(bits)) == 1
    rest = timing.sub("0", bits).rstrip("0")
    rest += "0" * (-len(rest) % 8)
    raw = bytes(int(rest[at : at + 8], 2) for at in range(0, len(rest), 8))
    return re.sub(rb"\0\0(?=[\0-\3])", b"\0\0\3", raw)


@pytest.mark.parametrize(("rate", "seconds"), [(15.0, 12.0), (0.0, 7.2), (1e9, 7.2)])
def test_a_rate_is_the_sets_own_else_the_lenders_else_25(
    tmp_path: Path, whole: object, rate: float, seconds: float
) -> None:
    clip: Whole = whole("baseline.mp4")  # pyright: ignore[reportCallIssue]
    cut = clip.content[: clip.media_end]
    own = Spare(codec="h264", units=clip.spare.units, rate=rate)
    assert looked_at(tmp_path / "cut.mp4", cut, own)[0].duration_us == pytest.approx(6e6, abs=2)
    lent = Spare(codec="h264", units=(untimed(clip.spare.units[0]), *clip.spare.units[1:]), rate=rate)
    info, _ = looked_at(tmp_path / "cut.mp4", cut, lent)
    assert (info.frames, info.duration_us) == (180, pytest.approx(seconds * 1e6, abs=2))


def damaged(content: bytes, media_end: int, seed: int) -> bytes:
    dice = random.Random(seed)
    cut = bytearray(content[:media_end])
    at = dice.randrange(2000, len(cut) - 70_000)
    match seed % 4:
        case 0:
            cut[at : at + 3000] = bytes(3000)
        case 1:
            cut[at : at + 3000] = dice.randbytes(3000)
        case 2:
            del cut[at : at + 3000]
        case _:
            cut[at:at] = dice.randbytes(60_000)
    return bytes(cut)


@pytest.mark.parametrize("name", ["sets.mp4", "slices.mov", "open.mp4", "sound.mp4"])
@pytest.mark.parametrize("seed", range(4))
def test_what_was_hurt_is_left_out_and_the_rest_is_right(tmp_path: Path, whole: object, name: str, seed: int) -> None:
    clip: Whole = whole(name)  # pyright: ignore[reportCallIssue]
    path = tmp_path / name
    info, _ = looked_at(path, damaged(clip.content, clip.media_end, seed), clip.spare)
    right = set(clip.pictures)
    wrong = 0
    with Film.open(path, spare=clip.spare) as film:
        for number in range(info.frames):
            wrong += film.frame(number=number, form=Form.RGB).content not in right
    # What stands within a slice can't be told from its own bytes: then it is wrong up to the next key frame.
    assert wrong <= (0 if seed % 4 == 0 else 40)
    assert len(clip.pictures) // 2 <= info.frames <= len(clip.pictures)


HOSTILE = {
    "random": lambda dice: dice.randbytes(900_000),
    "zeros": lambda _: bytes(900_000),
    "small": lambda _: b"\0\0\0\1" * 200_000,
    "empty slices": lambda _: b"\0\0\0\5\x65\x88\x84\0\x33" * 90_000,
    "past the end": lambda _: b"\0\xff\xff\xff\x65\x88\x84\x21\x33" * 90_000,
    "long ones": lambda _: b"\0\5\x11\x11\x65\x88\x84\x21\x33\x41\x9a\x21" * 70_000,
    "long ones of H.265": lambda _: b"\0\5\x11\x11\x26\1\xaf\x21\x33\x02\1\xd0\x21" * 70_000,
    "parameter sets": lambda _: b"\0\0\0\x0a\x67\x42\0\x1e\x95\xa8\x28\x0f\x64\x40\0\0\0\4\x68\xce\x3c\x80" * 40_000,
}


@pytest.mark.parametrize("name", ["sound.mp4", "open.mp4"])
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_media_cost_neither_time_nor_memory(tmp_path: Path, whole: object, name: str, kind: str) -> None:
    clip: Whole = whole(name)  # pyright: ignore[reportCallIssue]
    path = tmp_path / "hostile.mp4"
    path.write_bytes(clip.content[:48] + HOSTILE[kind](random.Random(kind)))
    with Film.open(path, spare=clip.spare) as film:
        info = film.probe()  # a silence of 5 s would end the worker: died is undecodable
        assert info.remark in {"no_index", REBUILT, REBUILT_BORROWED}
        if info.codec:
            with pytest.raises(FilmFailed) if not info.frames else memoryview(b""):
                film.frame(number=0, form=GREY)
        status = Path(f"/proc/{film.pid}/status").read_text()
    peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    assert int(peak.split()[1]) < 300_000
