"""What lies on a card: told by content, bounded, links not followed, lying headers harmless."""

from __future__ import annotations

import io
import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from inspector.errors import Cancelled, EvidenceRefused
from inspector.evidence import container, film_folder, film_kinds
from inspector.evidence.film_folder import FilmWalk, films_in
from tests.services.recorder import BEGAN, MIB, a_film, box, stamps


def walk(folder: Path) -> FilmWalk:
    return films_in(folder, lambda _found, _name: None)


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\0\0\0\x18ftypisom", film_kinds.MP4),
        (b"\0\0\0\x14ftypqt  ", film_kinds.MOV),
        (b"\0\0\0\x18ftypheic", ""),
        (b"\0\0\0\x18ftypM4A ", ""),
        (b"\0\0\0\x08wide\0\0\0\0mdat", film_kinds.MOV),
        (b"The free lunch", ""),
        (b"RIFF\0\0\0\0AVI LIST", film_kinds.AVI),
        (b"RIFF\0\0\0\0WAVEfmt ", ""),
        (b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x23\x42\x82\x88matroska", film_kinds.MKV),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", film_kinds.WEBM),
        (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9", film_kinds.ASF),
        (b"\0\0\1\xba\x44", film_kinds.PS),
        (b"FLV\x01\x05", film_kinds.FLV),
        ((b"G" + bytes(187)) * 5, film_kinds.TS),
        (b"\0\0\0\0" + (b"G" + bytes(191)) * 5, film_kinds.TS),
        (bytes(60) + (b"G" + bytes(187)) * 6, film_kinds.TS),
        ((b"G" + bytes(187)) * 4, ""),
        (b"", ""),
        (b"GIF89a" + bytes(2000), ""),
    ],
)
def test_kinds_by_their_first_bytes(head: bytes, mime: str) -> None:
    assert film_kinds.film_of(head) == mime


@given(st.binary(max_size=3000))
def test_no_head_is_too_odd(head: bytes) -> None:
    assert film_kinds.film_of(head) in {"", *film_kinds.FILMS}


def mvhd(made: int, *, is_long: bool = False, scale: int = 1000, length: int = 61_000) -> bytes:
    width = 8 if is_long else 4
    words = made.to_bytes(width, "big") * 2 + scale.to_bytes(4, "big") + length.to_bytes(width, "big")
    return box(b"mvhd", bytes([is_long, 0, 0, 0]) + words + bytes(80))


AT_1904 = int((BEGAN - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())


@pytest.mark.parametrize("is_long", [False, True])
def test_an_mp4_tells_its_begin_and_length_wherever_its_index_is(is_long: bool) -> None:
    moov = box(b"moov", mvhd(AT_1904, is_long=is_long))
    for film in (box(b"ftyp", bytes(8)) + moov + box(b"mdat", bytes(900)), box(b"mdat", bytes(900)) + moov):
        told = container.read(io.BytesIO(film), len(film), film_kinds.MP4)
        assert (told.began_at, told.duration_us, told.remark) == (BEGAN, 61_000_000, "")


def test_an_mp4_without_clock_index_or_sense() -> None:
    def told(film: bytes) -> container.Told:
        return container.read(io.BytesIO(film), len(film), film_kinds.MP4)

    assert told(box(b"moov", mvhd(0))).began_at is None
    assert told(box(b"moov", mvhd(1))).began_at is None  # 1904
    assert told(box(b"moov", mvhd(AT_1904, scale=0))).duration_us is None
    assert told(box(b"moov", mvhd(AT_1904, length=(1 << 32) - 1))).duration_us is None
    assert told(box(b"ftyp", bytes(8)) + box(b"mdat", bytes(99))).remark == "no_index"
    assert told(box(b"ftyp", bytes(8)) + b"\xff\xff\xff\xffmdat" + bytes(99)).remark == "no_index"
    assert told(b"\0\0\0\0mdat" + bytes(99)).remark == "no_index"
    assert told(b"\0\0\0\1mdat" + bytes(8) + bytes(99)).remark == "no_index"


@given(st.randoms(use_true_random=False), st.sampled_from(sorted(film_kinds.FILMS)))
@example(random.Random(1), film_kinds.MP4)
def test_lying_headers_cost_nothing_but_the_answer(die: random.Random, mime: str) -> None:
    film = bytearray(box(b"ftyp", bytes(8)) + box(b"moov", mvhd(AT_1904)) + b"avihIDIT\x15\x49\xa9\x66\x2a\xd7\xb1\x83")
    film += b"\x44\x61\x88" + bytes(8) + b"\x44\x89\x88" + bytes(8)
    for _ in range(die.randint(0, 40)):
        film[die.randrange(len(film))] = die.randrange(256)
    told = container.read(io.BytesIO(film), len(film), mime)
    assert told.duration_us is None or told.duration_us >= 0


@pytest.mark.parametrize(
    ("name", "is_told"),
    [
        ("20261120_090500.MP4", True),
        ("REC-2026-11-20-09-05-00_CH1.ts", True),
        ("DSJ_20261120090500_0001.avi", True),
        ("20261120_256199.MP4", False),
        ("99920261120_090500.MP4", False),
        ("REC_0001.MP4", False),
    ],
)
def test_times_in_names(name: str, is_told: bool) -> None:
    assert container.time_in_name(name) == (BEGAN if is_told else None)


def test_a_hostile_card_is_walked_within_bounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = tmp_path / "card"
    a_film(card / "good.mp4", 3000)
    a_film(tmp_path / "outside.mp4", 3000)
    (card / "link.mp4").symlink_to(tmp_path / "outside.mp4")
    (card / "loop").symlink_to(card)
    os.mkfifo(card / "pipe.mp4")
    (card / ".hidden.mp4").write_bytes(b"x")
    (card / "empty.mp4").touch()
    (card / "notes.txt").write_text("hello")
    raw = "执法".encode("gb18030") + b".mp4"
    a_film(card / "x.mp4", 4000).rename(os.fsdecode(os.fsencode(card) + b"/" + raw))
    deep = card.joinpath(*["d"] * 20)
    a_film(deep / "deep.mp4", 3000)
    before = stamps(card)
    found = walk(card)
    assert stamps(card) == before
    assert sorted(film.name for film in found.films) == ["good.mp4", "执法.mp4"]
    assert [other.relative for other in found.others] == ["notes.txt"]
    reasons = {path.rpartition("/")[2]: reason for path, reason in found.skipped}
    assert reasons == {
        "link.mp4": "symlink", "loop": "symlink", "pipe.mp4": "not_a_file", ".hidden.mp4": "hidden",
        "empty.mp4": "empty", "d": "too_deep",
    }  # fmt: skip
    monkeypatch.setattr(film_folder, "MOST_FILMS", 1)
    assert [reason for _, reason in walk(card).skipped][-1] == "too_many"


def test_a_walk_can_be_stopped_and_says_when_the_card_is_gone(tmp_path: Path) -> None:
    a_film(tmp_path / "a.mp4", MIB)
    with pytest.raises(Cancelled):
        films_in(tmp_path, lambda _found, _name: None, lambda: True)
    with pytest.raises(EvidenceRefused):
        walk(tmp_path / "gone")


def test_a_card_may_be_named_by_a_link(tmp_path: Path) -> None:
    a_film(tmp_path / "card" / "a.mp4", MIB)
    (tmp_path / "E").symlink_to(tmp_path / "card")
    assert [film.relative for film in walk(tmp_path / "E").films] == ["a.mp4"]
