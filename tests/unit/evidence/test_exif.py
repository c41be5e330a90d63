"""EXIF: what is told, what is odd, what is hostile."""

from __future__ import annotations

import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.TiffImagePlugin import IFDRational

from inspector.domain.evidence import TimeSource
from inspector.evidence.exif import Exif, read_exif

PHOTO, GPS = 0x8769, 0x8825
PLACE = {1: "N", 2: (31.0, 12.0, 30.5), 3: "E", 4: (121.0, 30.0, 0.0)}


def block(main: dict[int, Any], *, photo: dict[int, Any] | None = None, gps: dict[int, Any] | None = None) -> bytes:
    exif = Image.Exif()
    exif.update(main)
    if photo:
        exif[PHOTO] = photo
    if gps:
        exif[GPS] = gps
    return exif.tobytes().removeprefix(b"Exif\0\0")


def test_everything_told() -> None:
    exif = read_exif(
        block(
            {0x010F: "DEMO", 0x0110: "CAM-12", 0x0112: 6, 0x0132: "2026:11:21 00:00:00"},
            photo={0x9003: "2026:11:20 09:12:30", 0x9011: "+08:00", 0x9291: "25"},
            gps=PLACE,
        )
    )
    assert (exif.orientation, exif.camera) == (6, "DEMO CAM-12")
    assert (exif.latitude, exif.longitude) == ("31.208472", "121.500000")
    assert exif.taken_as == "2026:11:20 09:12:30.25+08:00"
    assert exif.time_source is TimeSource.EXIF_OFFSET
    assert exif.taken_at is not None
    assert exif.taken_at.isoformat() == "2026-11-20T01:12:30.250000+00:00"


def test_taken_before_digitised_before_changed() -> None:
    times = {0x9004: "2026:11:20 10:00:00", 0x0132: "2026:11:20 11:00:00"}
    photo = {0x9004: times[0x9004]}
    assert read_exif(block({0x0132: times[0x0132]}, photo=photo)).taken_as == times[0x9004]
    assert read_exif(block({0x0132: times[0x0132]})).taken_as == times[0x0132]
    assert read_exif(block({0x0132: times[0x0132]}, photo={0x9003: "0000:00:00 00:00:00"})).taken_as == times[0x0132]


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_an_odd_orientation_is_upright(orientation: int) -> None:
    assert read_exif(block({0x0112: orientation})).orientation == 1


def test_an_orientation_of_an_odd_type_is_upright() -> None:
    entry = struct.pack("<HHL4s", 0x0112, 2, 2, b"6\0\0\0")
    assert read_exif(b"II*\0" + struct.pack("<LH", 8, 1) + entry).orientation == 1


@pytest.mark.parametrize(
    ("make", "model", "camera"),
    [
        ("Canon", "Canon EOS R5", "Canon EOS R5"),
        ("NIKON CORPORATION", "NIKON D70s", "NIKON D70s"),
        ("SONY\0\0\0", "  DSC \t D700  ", "SONY DSC D700"),
        ("HUAWEI", "", "HUAWEI"),
        ("", "", ""),
        ("A\x07B\x1b[31m", "x" * 300, f"AB[31m {'x' * 73}"),
    ],
)
def test_cameras_are_cleaned(make: str, model: str, camera: str) -> None:
    assert read_exif(block({0x010F: make, 0x0110: model})).camera == camera


@pytest.mark.parametrize(
    "change",
    [
        {1: "S"},
        {3: "w"},
        {2: (31.5, 0.0, 0.0)},
        {2: (31.0, 30.25, 0.0)},
    ],
)
def test_places_that_are_good(change: dict[int, Any]) -> None:
    exif = read_exif(block({}, gps=PLACE | change))
    assert exif.latitude.startswith("-31.") == (change.get(1) == "S")
    assert exif.longitude.startswith("-121.") == (change.get(3) == "w")


@pytest.mark.parametrize(
    "change",
    [
        {1: "X"},
        {3: ""},
        {2: (91.0, 0.0, 0.0)},
        {4: (181.0, 0.0, 0.0)},
        {2: (31.0, 60.0, 0.0)},
        {2: (31.0, 10.0, 61.0)},
        {2: (IFDRational(31, 0), 0.0, 0.0)},
        {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
        {2: ()},
        {9: "V"},
        {18: "TOKYO"},
    ],
)
def test_places_that_are_not_believed(change: dict[int, Any]) -> None:
    exif = read_exif(block({0x0112: 3}, gps=PLACE | change))
    assert (exif.latitude, exif.longitude) == ("", "")
    assert exif.orientation == 3


def test_zero_over_zero_seconds_are_zero() -> None:
    exif = read_exif(block({}, gps=PLACE | {2: (31.0, 30.0, IFDRational(0, 0))}))
    assert exif.latitude == "31.500000"


def test_big_endian() -> None:
    entries = struct.pack(">HHLHH", 0x0112, 3, 1, 8, 0) + struct.pack(">HHL4s", 0x010F, 2, 4, b"Abc\0")
    assert read_exif(b"MM\0*" + struct.pack(">LH", 8, 2) + entries) == Exif(orientation=8, camera="Abc")


def test_directories_that_point_at_themselves_end() -> None:
    loop = struct.pack("<HHLL", PHOTO, 4, 1, 8) + struct.pack("<HHLL", GPS, 4, 1, 8)
    assert read_exif(b"II*\0" + struct.pack("<LH", 8, 2) + loop + struct.pack("<L", 8)) == Exif()


def test_offsets_beyond_the_block_end() -> None:
    far = struct.pack("<HHLL", PHOTO, 4, 1, 0xFFFFFFFF) + struct.pack("<HHLL", 0x0132, 2, 0xFFFFFFFF, 0xFFFFFFF0)
    assert read_exif(b"II*\0" + struct.pack("<LH", 8, 65535) + far) == Exif()
    assert read_exif(b"II*\0\xff\xff\xff\xff") == Exif()


@given(st.binary(max_size=400), st.sampled_from([b"", b"II*\0\x08\0\0\0", b"MM\0*\0\0\0\x08"]))
def test_any_block_is_survived(tail: bytes, head: bytes) -> None:
    exif = read_exif(head + tail)
    assert 1 <= exif.orientation <= 8


@given(st.data())
def test_a_damaged_block_is_survived(data: st.DataObject) -> None:
    whole = bytearray(block({0x010F: "DEMO", 0x0112: 6}, photo={0x9003: "2026:11:20 09:12:30"}, gps=PLACE))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    exif = read_exif(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert len(exif.camera) <= 80
    assert not exif.latitude or abs(float(exif.latitude)) <= 90
