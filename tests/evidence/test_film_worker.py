"""The worker: its key stays secret, its limits hold, its death costs an error."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from inspector import mainthread
from inspector.errors import FilmFailed, WrongThread
from inspector.evidence.film.client import Film
from inspector.evidence.film.index import FilmIndex
from inspector.evidence.film.told import DEFAULT
from tests.evidence.numbered import CLIPS, GREY, encrypted, number_in


def test_encrypted_footage_is_read_like_a_plain_file(tmp_path: Path) -> None:
    with Film.open(encrypted(CLIPS / "mjpeg.avi", tmp_path)) as film:
        assert number_in(film.frame(number=77, form=GREY)) == 77


def test_the_key_goes_through_the_pipe_alone_and_nothing_is_written(tmp_path: Path) -> None:
    footage = encrypted(CLIPS / "h264.mp4", tmp_path)
    before = sorted(tmp_path.iterdir())
    with Film.open(footage) as film:
        film.probe()
        process = Path("/proc") / str(film.pid)
        seen = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
        limits = (process / "limits").read_text()
    assert footage.key.hex().encode() not in seen
    assert footage.key not in seen
    assert [line.split()[-3:-1] for line in limits.splitlines() if "address space" in line] == [[str(2 << 30)] * 2]
    assert [line.split()[-3:-1] for line in limits.splitlines() if "Max file size" in line] == [["0", "0"]]
    assert sorted(tmp_path.iterdir()) == before


def test_a_changed_byte_of_encrypted_footage_is_no_picture(tmp_path: Path) -> None:
    footage = encrypted(CLIPS / "h264.mp4", tmp_path)
    sealed = bytearray(footage.path.read_bytes())
    sealed[len(sealed) // 2] ^= 1
    footage.path.write_bytes(sealed)
    with Film.open(footage) as film:
        assert film.probe().codec == ""


def test_the_death_of_a_worker_costs_an_error() -> None:
    film = Film.open(CLIPS / "h264.mp4")
    film.index()
    film._process.kill()
    with pytest.raises(FilmFailed, match="died"):
        film.frame(number=3)
    assert film.is_over
    with pytest.raises(FilmFailed, match="died"):
        film.frame(number=3)
    film.close()


def test_a_worker_that_hangs_is_ended() -> None:
    import signal

    with Film.open(CLIPS / "h264.mp4", limits=replace(DEFAULT, call_s=0.2)) as film:
        film.index()
        os.kill(film.pid, signal.SIGSTOP)
        with pytest.raises(FilmFailed, match="too_long"):
            film.frame(number=3)
        assert film.is_over


def test_a_walk_that_is_left_early_ends_its_worker() -> None:
    with Film.open(CLIPS / "h264.mp4") as film:
        for _ in film.walk(range(0, 4_000_000, 40_000), 160):
            break
        assert film.is_over


def test_a_known_index_is_taken_as_it_is() -> None:
    with Film.open(CLIPS / "h264.mp4") as film:
        index = film.index()
    kept = FilmIndex.from_bytes(index.to_bytes())
    assert kept == index
    with Film.open(CLIPS / "h264.mp4", known=kept) as film:
        assert film.is_indexed
        assert number_in(film.frame(number=60, form=GREY)) == 60


@pytest.mark.parametrize("place", [0, 8, 24, 40, -1])
def test_a_damaged_index_is_made_again(place: int) -> None:
    with Film.open(CLIPS / "h264.mp4") as film:
        raw = bytearray(film.index().to_bytes())
    raw[place] ^= 0x80
    with pytest.raises(ValueError, match=r"."):
        FilmIndex.from_bytes(bytes(raw))
    with pytest.raises(ValueError, match=r"."):
        FilmIndex.from_bytes(bytes(raw[:30]))


def test_the_window_never_waits_for_a_decoder() -> None:
    mainthread.claim()
    try:
        with pytest.raises(WrongThread):
            Film.open(CLIPS / "h264.mp4")
    finally:
        mainthread.release()
