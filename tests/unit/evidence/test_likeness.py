"""The same picture is found again, saved, made smaller or cropped; different ones are never taken for one."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from inspector.errors import EvidenceRefused
from inspector.evidence import likeness
from inspector.evidence.likeness import NEAR, SIZE, Shelf, compare, fingerprint, see
from inspector.evidence.photo import render_preview
from tests.unit.evidence.honest import a_form, a_night, a_scene, a_wall, as_jpeg, pictures, real_photos

THUMB, PAPER = 320, 1600
LEAST = 400
"""No camera makes smaller pictures; halved, an icon holds too little to be told."""
Change = Callable[[Image.Image], bytes]


def cropped(left: float, right: float, top: float, bottom: float) -> Change:
    def change(picture: Image.Image) -> bytes:
        wide, high = picture.size
        box = (round(wide * left), round(high * top), round(wide * (1 - right)), round(high * (1 - bottom)))
        return as_jpeg(picture.crop(box))

    return change


def half(picture: Image.Image, quality: int = 85) -> bytes:
    return as_jpeg(picture.resize((picture.width // 2, picture.height // 2)), quality)


RESAVES: dict[str, Change] = {
    **{
        f"quality {quality}": lambda picture, quality=quality: as_jpeg(picture, quality) for quality in (50, 65, 80, 95)
    },
    "half": half,
    "half and quality 50": lambda picture: half(picture, 50),
    "5 % of each side": cropped(0.05, 0.05, 0.05, 0.05),
    "5 % in all": cropped(0.025, 0.025, 0.025, 0.025),
    "5 % of the left": cropped(0.05, 0, 0, 0),
    "5 % of a corner": cropped(0, 0.05, 0.05, 0),
}


def whole(content: bytes) -> Image.Image:
    """The picture upright, as a program would save it again."""
    with Image.open(BytesIO(content)) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail((PAPER, PAPER))
    return upright


def is_found(shelf: Shelf, first: bytes, second: bytes) -> bool:
    print_ = fingerprint(render_preview(second, edge=THUMB).jpeg)
    if not shelf.near(print_):
        return False
    return compare(*(see(render_preview(one, edge=PAPER).jpeg) for one in (first, second))).is_same


def test_no_two_of_three_hundred_different_pictures_are_taken_for_one(shared_data: Path) -> None:
    every = pictures(shared_data)
    assert len(every) >= 300
    prints = {name: fingerprint(render_preview(content, edge=THUMB).jpeg) for name, content in every.items()}
    names = [name for name, print_ in prints.items() if print_]
    assert len(names) >= 230  # what shows nothing (walls, black) can't be mistaken
    shelf = Shelf()
    shelf.add([prints[name] for name in names])
    pairs = [(one, names[n]) for place, one in enumerate(names) for n in shelf.near(prints[one]) if n > place]
    seen = {
        name: see(render_preview(every[name], edge=PAPER).jpeg) for name in {each for pair in pairs for each in pair}
    }
    assert [pair for pair in pairs if compare(seen[pair[0]], seen[pair[1]]).is_same] == []


@pytest.mark.parametrize("name", RESAVES)
def test_every_resave_is_found(shared_data: Path, name: str) -> None:
    real = [content for _, content in real_photos(shared_data) if max(whole(content).size) >= LEAST]
    chosen = [as_jpeg(a_scene(n)) for n in (3, 40, 90)] + [as_jpeg(a_form(1, 5))] + real[:: max(1, len(real) // 8)]
    lost = 0
    for content in chosen:
        print_ = fingerprint(render_preview(content, edge=THUMB).jpeg)
        if not print_:
            continue
        shelf = Shelf()
        shelf.add([print_])
        lost += not is_found(shelf, content, RESAVES[name](whole(content)))
    assert lost == 0


def test_the_original_is_found_from_its_crop_too() -> None:
    original = as_jpeg(a_scene(7))
    cut = RESAVES["5 % of each side"](whole(original))
    shelf = Shelf()
    shelf.add([fingerprint(render_preview(cut, edge=THUMB).jpeg)])
    assert is_found(shelf, cut, original)


@pytest.mark.parametrize(
    "plain", [a_wall(1), a_night(1), Image.new("RGB", (400, 300), "white"), Image.new("L", (40, 9))]
)
def test_a_picture_that_shows_nothing_has_no_fingerprint(plain: Image.Image) -> None:
    jpeg = as_jpeg(plain)
    assert fingerprint(jpeg) == b""
    assert not compare(see(jpeg), see(as_jpeg(a_wall(2)))).is_same


def test_broken_bytes_are_refused() -> None:
    for broken in (b"", b"\xff\xd8\xff", os.urandom(500)):
        with pytest.raises(EvidenceRefused):
            fingerprint(broken)
        with pytest.raises(EvidenceRefused):
            see(broken)


def test_a_shelf_finds_what_is_near_on_either_side_nearest_first() -> None:
    chance = random.Random(5)
    prints = [chance.randbytes(SIZE) for _ in range(3000)]
    shelf = Shelf()
    for start in range(0, 3000, 700):
        shelf.add(prints[start : start + 700])
    twin = bytearray(prints[1234])
    twin[0] ^= 0b111
    assert len(shelf) == 3000
    assert shelf.near(bytes(twin))[0] == 1234
    assert shelf.near(prints[2999], 0) == [2999]
    crop = prints[77][8:16] + chance.randbytes(SIZE - 8)  # whole picture of the one, trimmed picture of the other
    assert shelf.near(crop, 0) == [77]
    assert NEAR < likeness.HASHES
