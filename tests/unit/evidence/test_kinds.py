"""Types told by content."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.evidence.kinds import is_misnamed, is_named_photo, mime_of

OOXML = "application/vnd.openxmlformats-officedocument"


def ftyp(main: bytes, *others: bytes) -> bytes:
    body = b"ftyp" + main + bytes(4) + b"".join(others)
    return (len(body) + 4).to_bytes(4, "big") + body + b"junk heic junk"


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("head", "mime"),
    [
        (b"\xff\xd8\xff\xe1", "image/jpeg"),
        (ftyp(b"heic", b"mif1"), "image/heic"),
        (ftyp(b"mif1", b"heic"), "image/heic"),
        (ftyp(b"mif1", b"avif"), "image/avif"),
        (ftyp(b"mif1", b"jpeg"), "image/heif"),
        (ftyp(b"isom", b"mp42"), "video/mp4"),
        (ftyp(b"qt  "), "video/quicktime"),
        (ftyp(b"M4A "), "audio/mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm", "video/webm"),
        ((b"G" + bytes(187)) * 5, "video/mp2t"),
        (b"The free lunch is no film", "text/plain"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"%PDF-1.4", "application/pdf"),
        (zipped("[Content_Types].xml", "word/document.xml"), f"{OOXML}.wordprocessingml.document"),
        (zipped("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (zipped("a.bin"), "application/zip"),
        ("现场检查".encode(), "text/plain"),
        ("现场检查".encode()[:-1], "text/plain"),
        ("现场检查".encode("gb18030"), "text/plain"),
        ("现场检查".encode("utf-16"), "text/plain"),
        (b"text\0with nul", "application/octet-stream"),
        (b"", "application/octet-stream"),
        (b"BMW is a car", "text/plain"),
    ],
)
def test_type_by_content(head: bytes, mime: str) -> None:
    assert mime_of(head) == mime


def test_names_promise_types() -> None:
    assert is_misnamed("a.JPG", "image/png")
    assert is_misnamed("a.heic", "image/jpeg")
    assert not is_misnamed("a.heif", "image/heic")
    assert not is_misnamed("a.docx", "application/zip")
    assert not is_misnamed("a.unknown", "image/png")
    assert not is_misnamed("jpg", "image/png")
    assert is_named_photo("IMG_1.HEIC")
    assert not is_named_photo("notes.txt")


@given(st.binary(max_size=300))
def test_every_head_has_a_type(head: bytes) -> None:
    assert "/" in mime_of(head)
