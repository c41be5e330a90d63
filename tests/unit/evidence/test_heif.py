"""HEIC: its boxes, read without native code; its decoding, in a process of its own."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pi_heif import HeifImageFile

from inspector.domain.evidence import EvidenceKind
from inspector.errors import EvidenceRefused
from inspector.evidence import worker_pool
from inspector.evidence.heif import read_header
from inspector.evidence.intake import take_in
from inspector.evidence.photo import render_preview

TIFF = b"II*\0\x08\0\0\0\0\0"


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">L4s", len(body) + 8, kind) + body


def full(kind: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">L", version << 24 | flags), *parts)


def heic(*properties: bytes, coded: bytes = b"hvc1", order: bytes | None = None) -> bytes:
    """One picture (item 1) with these properties, and EXIF (item 2) in an idat box."""
    order = order if order is not None else bytes(range(1, len(properties) + 1))
    exif = struct.pack(">L", 6) + b"Exif\0\0" + TIFF
    items = full(b"infe", struct.pack(">HH4s", 1, 0, coded), b"\0", version=2)
    items += full(b"infe", struct.pack(">HH4s", 2, 0, b"Exif"), b"\0", version=2)
    places = struct.pack(">BBH", 0x44, 0x00, 2)
    places += struct.pack(">HHHHLL", 1, 0, 0, 1, 0, 4) + struct.pack(">HHHHLL", 2, 1, 0, 1, 0, len(exif))
    meta = full(
        b"meta",
        full(b"pitm", struct.pack(">H", 1)),
        full(b"iinf", struct.pack(">H", 2), items),
        box(
            b"iprp",
            box(b"ipco", *properties),
            full(b"ipma", struct.pack(">LHB", 1, 1, len(order)), order),
        ),
        full(b"iloc", places, version=1),
        box(b"idat", exif),
    )
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + meta + box(b"mdat", b"....")


def size(width: int, height: int) -> bytes:
    return full(b"ispe", struct.pack(">LL", width, height))


def turn(quarters: int) -> bytes:
    return box(b"irot", bytes([quarters]))


CROP = box(b"clap", struct.pack(">8L", 300, 1, 401, 2, 0, 1, 0, 1))


@pytest.mark.parametrize(
    ("properties", "order", "expected"),
    [
        ([size(400, 300)], b"\x01", (400, 300)),
        ([size(400, 300), turn(1)], b"\x81\x82", (300, 400)),
        ([size(400, 300), turn(2)], b"\x01\x02", (400, 300)),
        ([turn(3), size(400, 300)], b"\x02\x01", (300, 400)),
        ([size(400, 300), CROP], b"\x01\x02", (300, 200)),
        ([size(400, 300), CROP, turn(1)], b"\x01\x02\x03", (200, 300)),
        ([size(400, 300)], b"\x01\x09\x00", (400, 300)),
    ],
)
def test_size_as_it_is_shown(properties: list[bytes], order: bytes, expected: tuple[int, int]) -> None:
    header = read_header(heic(*properties, order=order))
    assert (header.width, header.height) == expected
    assert header.exif == TIFF
    assert header.is_whole


def test_what_is_cut_off_or_coded_otherwise_is_not_whole() -> None:
    whole = heic(size(4, 3))
    assert not read_header(whole[:-1]).is_whole
    assert not read_header(whole + b"rest of something").is_whole
    assert not read_header(heic(size(4, 3), coded=b"av01")).is_whole
    for broken in (b"", whole[:60], heic(), heic(size(0, 3)), heic(size(4, 3), order=b"")):
        with pytest.raises(EvidenceRefused):
            read_header(broken)


@given(st.data())
def test_damaged_boxes_are_survived(data: st.DataObject) -> None:
    whole = bytearray(heic(size(400, 300), turn(1), CROP))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        header = read_header(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    except EvidenceRefused:
        return
    assert header.width > 0 < header.height


def test_we_read_real_files_as_the_decoder_does(shared_data: Path) -> None:
    files = [path for path in (shared_data / "photos/heic").rglob("*") if path.suffix.lower() in {".heic", ".heif"}]
    assert len(files) == 4
    for path in files:
        header = read_header(path.read_bytes())
        with HeifImageFile(path) as image:
            theirs: bytes = image.info["exif"]
        assert (header.width, header.height) == image.size
        assert len(header.exif) == len(theirs.removeprefix(b"Exif\0\0"))
        assert header.is_whole


def test_a_file_that_crashes_the_decoder_does_not_crash_us(shared_data: Path, tmp_path: Path) -> None:
    data = bytearray((shared_data / "photos/heic/IMG_5195.HEIC").read_bytes())
    assert data[1093] == 102
    data[1093] = 207  # libheif 1.23.0 ends with a segmentation fault
    path = tmp_path / "IMG_5195.HEIC"
    path.write_bytes(data)
    assert take_in(path, lambda _n, _chunk: None).kind is EvidenceKind.PHOTO
    with pytest.raises(EvidenceRefused) as caught:
        render_preview(bytes(data), edge=200)
    assert caught.value.facts["reason"] == "undecodable"


READ = "import sys; source = sys.stdin.buffer; source.read(int(source.readline().split()[1])); "


@pytest.mark.parametrize(
    "program",
    [
        "import sys; sys.exit(1)",
        "import os; os.kill(os.getpid(), 11)",
        READ + "import os; os.kill(os.getpid(), 11)",
        READ + "print('RGB 4000 3000 4000 3000 0')",
        "print('nonsense')",
        READ + "print('nonsense')",
        READ + "print('RGB 0 1 4 3 0')",
        READ + "print('RGB 90000 90000 4 3 0')",
        READ + "print('XYZ 4 3 4 3 0')",
        READ + "sys.stdout.buffer.write(b'RGB 1 1 1 9 0\\n123')",
        "import threading; threading.Event().wait()",
    ],
)
def test_trouble_of_the_worker_is_a_photo_not_shown(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker.py"
    worker.write_text(program, encoding="utf-8")
    worker_pool.send_home()
    monkeypatch.setattr(worker_pool, "_WORKER", worker)
    monkeypatch.setattr(worker_pool, "_SECONDS", 1)
    monkeypatch.setattr(worker_pool, "_WALL", 1)
    with pytest.raises(EvidenceRefused) as caught:
        render_preview(heic(size(400, 300)), edge=100)
    assert caught.value.facts["reason"] == "undecodable"
    worker_pool.send_home()
