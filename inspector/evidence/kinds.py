"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
from pathlib import PurePath

from inspector.evidence import film_kinds

HEAD = 4096
"""Bytes that `mime_of` wants to see."""

JPEG = "image/jpeg"
PNG = "image/png"
HEIC = "image/heic"
HEIF = "image/heif"
WEBP = "image/webp"
TIFF = "image/tiff"
AVIF = "image/avif"
PHOTOS = frozenset({JPEG, PNG, HEIC, HEIF, WEBP, TIFF, AVIF})
"""Types that the product shows as pictures; everything else is kept as a document."""

UNKNOWN = "application/octet-stream"
_ZIP = "application/zip"
_OLE = "application/x-ole-storage"
_OFD = "application/ofd"
_OOXML = "application/vnd.openxmlformats-officedocument."
_DOCX, _XLSX, _PPTX = (
    f"{_OOXML}{part}" for part in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0\x10\0\0\0CR", "image/x-canon-cr2"),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLE),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"#!AMR", "audio/amr"),
    (b"ID3", "audio/mpeg"),
)
_RIFF = {b"WEBP": WEBP, b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
# ISO/IEC 23008-12 §10 (HEIF brands); everything else with an ftyp box is a film.
_BRANDS = {
    b"heic": HEIC,
    b"heix": HEIC,
    b"heim": HEIC,
    b"heis": HEIC,
    b"mif1": HEIF,
    b"avif": AVIF,
    b"avis": AVIF,
    b"hevc": "image/heic-sequence",
    b"msf1": "image/heif-sequence",
}
_IN_ZIP = (
    (b"word/", _DOCX),
    (b"xl/", _XLSX),
    (b"ppt/", _PPTX),
    (b"OFD.xml", _OFD),  # GB/T 33190-2016: the main entry of an OFD file
)
_BMP_HEADERS = {12, 40, 52, 56, 64, 108, 124}

_IMAGE_ENDINGS = {
    ".jpg": {JPEG},
    ".jpeg": {JPEG},
    ".jpe": {JPEG},
    ".jfif": {JPEG},
    ".png": {PNG},
    ".heic": {HEIC, HEIF},
    ".heif": {HEIC, HEIF},
    ".hif": {HEIC, HEIF},
    ".webp": {WEBP},
    ".tif": {TIFF},
    ".tiff": {TIFF},
    ".avif": {AVIF},
}
_ENDINGS: dict[str, set[str]] = _IMAGE_ENDINGS | {
    ".gif": {"image/gif"},
    ".bmp": {"image/bmp"},
    ".pdf": {"application/pdf"},
    ".ofd": {_OFD, _ZIP},
    ".docx": {_DOCX, _ZIP},
    ".xlsx": {_XLSX, _ZIP},
    ".pptx": {_PPTX, _ZIP},
    ".doc": {_OLE},
    ".xls": {_OLE},
    ".zip": {_ZIP},
    ".txt": {"text/plain"},
    ".csv": {"text/plain"},
    ".mp4": {"video/mp4"},
    ".mov": {"video/mp4", film_kinds.MOV},
    ".mkv": {film_kinds.MKV, film_kinds.WEBM},
    ".webm": {film_kinds.WEBM},
    ".ts": {film_kinds.TS},
    ".mts": {film_kinds.TS},
    ".avi": {"video/x-msvideo"},
    ".wav": {"audio/wav"},
}


def mime_of(head: bytes) -> str:
    """Return the media type of a file that begins with `head` (HEAD bytes or the whole file)."""
    for magic, mime in _MAGIC:
        if head.startswith(magic):
            return mime
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], UNKNOWN)
    if head[4:8] == b"ftyp":
        return _brand(head)
    if head[:4] == b"PK\x03\x04":
        return next((mime for mark, mime in _IN_ZIP if mark in head), _ZIP)
    if head[:2] == b"BM" and head[6:10] == bytes(4) and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return "image/bmp"
    return "text/plain" if _is_text(head) else film_kinds.film_of(head) or UNKNOWN


def is_named_photo(name: str) -> bool:
    """Say whether the name promises a picture that the product shows."""
    return PurePath(name).suffix.lower() in _IMAGE_ENDINGS


def is_misnamed(name: str, mime: str) -> bool:
    """Say whether the ending of `name` promises another known type than `mime`; unknown endings promise nothing."""
    promised = _ENDINGS.get(PurePath(name).suffix.lower())
    return promised is not None and mime != UNKNOWN and mime not in promised


def _brand(head: bytes) -> str:
    box = head[: min(int.from_bytes(head[:4], "big"), len(head))]
    main = _BRANDS.get(head[8:12])
    if main is None:
        return film_kinds.film_of(head) or "audio/mp4"
    others = {_BRANDS.get(box[at : at + 4]) for at in range(16, len(box) - 3, 4)}
    # mif1 names the container alone; the compatible brands tell the coding.
    return next((mime for mime in (HEIC, AVIF) if mime in others), main) if main == HEIF else main


def _is_text(head: bytes) -> bool:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    for encoding in ("utf-8", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(head)
        except UnicodeDecodeError:
            continue
        return bool(text) and all(char >= " " or char in "\t\n\r\f" for char in text)
    return False
