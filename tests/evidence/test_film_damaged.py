"""Damaged clips: what can be read is read, the rest is said; no crash, no hang, no other file opened.

MUTATED_CLIPS=200 in the environment (make test-long) for the long run.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from inspector.errors import FilmFailed
from inspector.evidence.film.client import Film
from inspector.evidence.film.told import FilmInfo
from tests.evidence.numbered import ALL, CLIPS, GREY, number_in

HURT = ["h264_b.mp4", "h265.mp4", "mjpeg.avi", "h264.mkv", "h264.ts", "h265.ts", "vp9.webm", "h264_fragments.mp4"]
COUNT = int(os.environ.get("MUTATED_CLIPS", "40"))
REMARKS = {
    "", "no_index", "no_video", "unknown_kind", "undecodable", "too_many_pixels", "truncated", "damaged", "no_times",
    "rebuilt_times", "rebuilt_borrowed",
}  # fmt: skip
MOST_KB = 700_000
"""Resident memory of a worker: 1080p takes 80 MB; a broken header may ask for much."""


def probed(path: Path) -> FilmInfo:
    with Film.open(path) as film:
        return film.probe()


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (b"", "unknown_kind"),
        (bytes(100_000), "unknown_kind"),
        (b"no film at all", "unknown_kind"),
        (b"#EXTM3U\n#EXTINF:10,\n/etc/hostname\n#EXT-X-ENDLIST\n", "unknown_kind"),
        (b"ffconcat version 1.0\nfile /etc/hostname\n", "unknown_kind"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomiso2" + bytes(1000), "no_index"),
        (b"RIFF\xff\xff\xff\x7fAVI LIST" + bytes(1000), "undecodable"),
    ],
)
def test_what_is_no_film_is_said_to_be_none(tmp_path: Path, content: bytes, remark: str) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(content)
    assert probed(path) == FilmInfo(remark=remark)


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert probed(tmp_path / "gone.mp4") == FilmInfo(remark="unreadable")


@pytest.mark.parametrize("name", ["h264_b.mp4", "h264.ts", "mjpeg.avi", "h264.mkv", "h264_fragments.mp4"])
def test_a_clip_that_was_cut_off_is_shown_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    whole = (CLIPS / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(whole[: len(whole) * 6 // 10])
    with Film.open(path) as film:
        info = film.probe()
        last = max(0, info.frames - 4)
        shown = film.frame(number=last, form=GREY)
    assert 20 < info.frames < 90
    assert number_in(shown) == last


@pytest.mark.parametrize("name", HURT)
def test_frames_of_a_hurt_clip_are_right_or_missing(tmp_path: Path, name: str) -> None:
    hurt = bytearray((CLIPS / name).read_bytes())
    middle = len(hurt) // 2
    hurt[middle : middle + 400] = random.Random(name).randbytes(400)
    path = tmp_path / name
    path.write_bytes(hurt)
    with Film.open(path) as film:
        info = film.probe()
        if not info.codec:
            return
        shown = film.frame(number=1, form=GREY)
    assert number_in(shown) == 1
    assert info.frames > 30


def mutated(seed: int, folder: Path) -> Path:
    """Damage one of the clips in some way."""
    dice = random.Random(seed)
    name = dice.choice(ALL)
    content = bytearray((CLIPS / name).read_bytes())
    for _ in range(dice.choice((1, 3, 20))):
        place = min(len(content) - 1, int(len(content) * dice.random() ** dice.choice((1, 3))))
        match dice.randrange(5):
            case 0:
                content[place] ^= 1 << dice.randrange(8)
            case 1:
                content[place : place + 40] = dice.randbytes(40)
            case 2:
                del content[place : place + dice.randrange(1, 200)]
            case 3:
                content[place : place + 4] = dice.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"))
            case _:
                content[place:place] = content[: dice.randrange(1, 400)]
    if dice.random() < 0.2:
        del content[dice.randrange(len(content)) :]
    if dice.random() < 0.2:
        content = content.replace(b"moov", b"free")
    path = folder / f"{seed}-{name}"
    path.write_bytes(content)
    return path


def survive(path: Path) -> str:
    """Ask everything of a clip; return its remark. Any answer but a crash of this process will do."""
    with Film.open(CLIPS / "h264_b.mp4") as film:
        spare = film.spare("")
    with Film.open(path, spare=spare) as film:
        info = film.probe()
        for number in sorted({0, info.frames // 2, max(0, info.frames - 1)}) if info.codec else ():
            try:
                assert film.frame(number=number, form=GREY).number == number
            except FilmFailed:
                continue
        status = Path(f"/proc/{film.pid}/status")
        if not film.is_over and status.exists():
            peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
            assert int(peak.split()[1]) < MOST_KB
    assert film._process.poll() is not None
    return info.remark


@pytest.mark.long
@pytest.mark.parametrize("seed", range(COUNT))
def test_no_mutated_clip_does_harm(tmp_path: Path, seed: int) -> None:
    assert survive(mutated(seed, tmp_path)) in REMARKS
