"""Reads the boxes of a HEIC or AVIF photo (ISO/IEC 23008-12): size, EXIF, whether all is there. No native code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from inspector.errors import EvidenceRefused

_MOST_BOXES = 10_000
_MOST_EXIF = 1 << 20
_TOGETHER = {b"grid", b"iden", b"iovl"}
"""Item types that are put together from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeifHeader:
    """Size in pixels as it is shown (cropped and turned by the file's own boxes), and the EXIF block."""

    width: int
    height: int
    exif: bytes
    is_whole: bool
    """The file is as long as its boxes say, and its main picture is coded as asked."""


@dataclass(frozen=True, slots=True)
class _Box:
    kind: bytes
    body: bytes


def read_header(data: bytes, *, coded: bytes = b"hvc1", is_cropped: bool = True) -> HeifHeader:
    """Read the meta box; `coded` is the item type of the pictures, `is_cropped`: the decoder obeys the crop box.

    Raises EvidenceRefused(reason="undecodable") if even the size is not told.
    """
    meta = _find(data, b"meta")
    if meta is None:
        raise EvidenceRefused(name="", reason="undecodable")
    boxes = {box.kind: box.body for box in _boxes(meta[4:])}
    main = _main_item(boxes.get(b"pitm", b""))
    width, height = _shown_size(boxes.get(b"iprp", b""), main, is_cropped=is_cropped)
    if not (width > 0 < height):
        raise EvidenceRefused(name="", reason="undecodable")
    kinds = _item_kinds(boxes.get(b"iinf", b""))
    return HeifHeader(
        width=width,
        height=height,
        exif=_exif(data, boxes, kinds),
        is_whole=kinds.get(main) in _TOGETHER | {coded} and _has_all_boxes(data),
    )


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")


def _boxes(data: bytes) -> Iterator[_Box]:
    """Yield the boxes of `data` (ISO/IEC 14496-12 §4.2); one that is cut off is not yielded."""
    at = 0
    for _ in range(_MOST_BOXES):
        head, size = 8, _number(data[at : at + 4])
        if size == 1:
            head, size = 16, _number(data[at + 8 : at + 16])
        end = at + size if size else len(data)
        if end - at < head or end > len(data):
            return
        yield _Box(data[at + 4 : at + 8], data[at + head : end])
        at = end


def _find(data: bytes, kind: bytes) -> bytes | None:
    return next((box.body for box in _boxes(data) if box.kind == kind), None)


def _has_all_boxes(data: bytes) -> bool:
    """Say whether the top boxes fill the file: a transfer that was cut off leaves the last one short."""
    at = 0
    for _ in range(_MOST_BOXES):
        if at + 8 > len(data):
            break
        size = _number(data[at : at + 4])
        size = _number(data[at + 8 : at + 16]) if size == 1 else size
        if size == 0:
            return True
        if size < 8:
            return False
        at += size
    return at == len(data)


def _main_item(pitm: bytes) -> int:
    return _number(pitm[4:8] if pitm[:1] != b"\0" else pitm[4:6])


def _item_kinds(iinf: bytes) -> dict[int, bytes]:
    """Return the type of each item by its number (infe boxes of version 2 and 3)."""
    kinds: dict[int, bytes] = {}
    for box in _boxes(iinf[6:] if iinf[:1] == b"\0" else iinf[8:]):
        width = {2: 2, 3: 4}.get(box.body[0] if box.body else 0)
        if box.kind == b"infe" and width:
            kinds[_number(box.body[4 : 4 + width])] = box.body[6 + width : 10 + width]
    return kinds


def _shown_size(iprp: bytes, item: int, *, is_cropped: bool) -> tuple[int, int]:
    """Apply the item's size, crop and turn in the order in which the file associates them."""
    properties = list(_boxes(_find(iprp, b"ipco") or b""))
    width = height = 0
    for index in _associated(_find(iprp, b"ipma") or b"", item):
        if not 0 < index <= len(properties):
            continue
        box = properties[index - 1]
        if box.kind == b"ispe":
            width, height = _number(box.body[4:8]), _number(box.body[8:12])
        elif box.kind == b"clap" and is_cropped:
            width, height = _crop(box.body[:8], width), _crop(box.body[8:16], height)
        elif box.kind == b"irot" and _number(box.body[:1]) & 1:
            width, height = height, width
    return width, height


def _crop(ratio: bytes, length: int) -> int:
    above, under = _number(ratio[:4]), _number(ratio[4:8])
    return min(length, round(above / under)) if under else length


def _associated(ipma: bytes, item: int) -> list[int]:
    """Return the property numbers of an item (ISO/IEC 23008-12 §9.3)."""
    id_width = 4 if ipma[:1] != b"\0" else 2
    index_width = 2 if ipma[3:4] and ipma[3] & 1 else 1
    at = 8
    for _ in range(min(_number(ipma[4:8]), _MOST_BOXES)):
        found, count = _number(ipma[at : at + id_width]), _number(ipma[at + id_width : at + id_width + 1])
        at += id_width + 1
        if found == item:
            places = range(at, at + count * index_width, index_width)
            mask = (1 << (8 * index_width - 1)) - 1
            return [_number(ipma[place : place + index_width]) & mask for place in places]
        at += count * index_width
    return []


def _exif(data: bytes, boxes: dict[bytes, bytes], kinds: dict[int, bytes]) -> bytes:
    item = next((number for number, kind in kinds.items() if kind == b"Exif"), None)
    if item is None:
        return b""
    raw = _item_bytes(data, boxes, item)
    # Annex A.2.1: four bytes say how far behind them the TIFF header begins.
    return raw[4 + _number(raw[:4]) :].removeprefix(b"Exif\0\0")


def _item_bytes(data: bytes, boxes: dict[bytes, bytes], item: int) -> bytes:
    """Return the first extent of an item by the iloc box (ISO/IEC 14496-12 §8.11.3); metadata has no other."""
    iloc = boxes.get(b"iloc", b"")
    version = _number(iloc[:1])
    sizes = _number(iloc[4:6])
    offset_width, length_width, base_width = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_width = sizes & 15 if version else 0
    id_width = 4 if version == 2 else 2
    count, at = _number(iloc[6 : 6 + id_width]), 6 + id_width
    extent_width = index_width + offset_width + length_width
    for _ in range(min(count, _MOST_BOXES)):
        found = _number(iloc[at : at + id_width])
        at += id_width
        method = _number(iloc[at : at + 2]) & 15 if version else 0
        at += (2 if version else 0) + 2
        base = _number(iloc[at : at + base_width])
        at += base_width
        extents = _number(iloc[at : at + 2])
        at += 2
        if found == item and extents:
            place = at + index_width
            start = base + _number(iloc[place : place + offset_width])
            length = _number(iloc[place + offset_width : place + offset_width + length_width])
            source = boxes.get(b"idat", b"") if method == 1 else data
            return source[start : start + min(length, _MOST_EXIF)]
        at += extents * extent_width
    return b""
