"""Reads the few EXIF tags that evidence needs (CIPA DC-008): time, place, camera, orientation.

Bounded: three directories, no chains, no maker notes, no warnings; what is odd is left out.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Literal

from inspector.domain.evidence import TimeSource
from inspector.evidence.moment import Moment, first_moment

_MOST_ENTRIES = 512
_MOST_TEXT = 256
_CAMERA_LENGTH = 80
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 10: 8}
"""Bytes of each TIFF 6.0 field type that is read here."""

_MAKE, _MODEL, _ORIENTATION, _EXIF_IFD, _GPS_IFD = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
_TIMES = ((0x9003, 0x9011, 0x9291), (0x9004, 0x9012, 0x9292), (0x0132, 0x9010, 0x9290))
"""Tags of text, offset and sub-seconds: taken, digitised, changed; the first that is a time wins."""
_LATITUDE_REF, _LATITUDE, _LONGITUDE_REF, _LONGITUDE, _GPS_STATUS, _GPS_DATUM = 1, 2, 3, 4, 9, 0x12


@dataclass(frozen=True, slots=True, kw_only=True)
class Exif:
    """What the camera told; empty where it told nothing that can be believed."""

    orientation: int = 1
    taken_at: datetime | None = None
    taken_as: str = ""
    time_source: TimeSource = TimeSource.UNKNOWN
    camera: str = ""
    latitude: str = ""
    longitude: str = ""


@dataclass(frozen=True, slots=True)
class _Field:
    kind: int
    raw: bytes


_Directory = dict[int, _Field]


class _Tiff:
    """The TIFF structure inside an EXIF block."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        self._order: Literal["little", "big"] = "little" if block[:2] == b"II" else "big"

    @property
    def is_sound(self) -> bool:
        return self._block[:2] in {b"II", b"MM"} and 42 in self._block[2:4]

    def number(self, raw: bytes) -> int:
        return int.from_bytes(raw, self._order)

    def first(self) -> _Directory:
        return self.directory(self.number(self._block[4:8]))

    def directory(self, at: int) -> _Directory:
        count = min(self.number(self._block[at : at + 2]), _MOST_ENTRIES)
        found: _Directory = {}
        for place in range(at + 2, at + 2 + 12 * count, 12):
            entry = self._block[place : place + 12]
            if len(entry) < 12:
                break
            field = self._field(entry)
            if field is not None:
                found.setdefault(self.number(entry[:2]), field)
        return found

    def _field(self, entry: bytes) -> _Field | None:
        kind = self.number(entry[2:4])
        length = self.number(entry[4:8]) * _SIZES.get(kind, 0)
        if length <= 4:
            return _Field(kind, entry[8 : 8 + length]) if length else None
        at = self.number(entry[8:12])
        return _Field(kind, self._block[at : at + min(length, _MOST_TEXT)])

    def below(self, directory: _Directory, tag: int) -> _Directory:
        """Return the directory that the pointer in `tag` names."""
        field = directory.get(tag)
        return self.directory(self.number(field.raw)) if field and field.kind == 4 else {}

    def ratios(self, field: _Field | None) -> list[Fraction | None]:
        """Return the rationals of a field; None where the denominator is zero (0/0 is how cameras write zero)."""
        if field is None or field.kind not in {5, 10}:
            return []
        values: list[Fraction | None] = []
        for at in range(0, len(field.raw) - 7, 8):
            above, under = self.number(field.raw[at : at + 4]), self.number(field.raw[at + 4 : at + 8])
            values.append(Fraction(above, under) if under else None if above else Fraction(0))
        return values


def read_exif(block: bytes) -> Exif:
    """Read an EXIF block that begins with its TIFF header. Never raises; what is odd is left out."""
    tiff = _Tiff(block)
    if not tiff.is_sound:
        return Exif()
    main = tiff.first()
    photo = tiff.below(main, _EXIF_IFD)
    moment = _moment({**main, **photo})
    latitude, longitude = _position(tiff, tiff.below(main, _GPS_IFD))
    turned = main.get(_ORIENTATION)
    orientation = tiff.number(turned.raw) if turned and turned.kind in {1, 3, 4} else 1
    return Exif(
        orientation=orientation if 1 <= orientation <= 8 else 1,
        taken_at=moment.at,
        taken_as=moment.text,
        time_source=moment.source,
        camera=_camera(_text(main.get(_MAKE)), _text(main.get(_MODEL))),
        latitude=latitude,
        longitude=longitude,
    )


def _moment(fields: _Directory) -> Moment:
    return first_moment([(_text(fields.get(a)), _text(fields.get(b)), _text(fields.get(c))) for a, b, c in _TIMES])


def _text(field: _Field | None) -> str:
    if field is None or field.kind not in {1, 2, 7}:
        return ""
    raw = field.raw.split(b"\0", 1)[0]
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return "".join(char for char in text if unicodedata.category(char)[0] != "C").strip()


def _camera(make: str, model: str) -> str:
    """Join make and model; a model that repeats its make stands alone ("Canon", "Canon EOS" → "Canon EOS")."""
    make, model = " ".join(make.split()), " ".join(model.split())
    is_repeated = model and make and model.split()[0].lower() == make.split()[0].lower()
    return (model if is_repeated else f"{make} {model}").strip()[:_CAMERA_LENGTH].rstrip()


def _position(tiff: _Tiff, gps: _Directory) -> tuple[str, str]:
    """Return latitude and longitude in WGS 84 with 6 decimals (0.1 m), or two empty texts."""
    datum = _text(gps.get(_GPS_DATUM))
    if _text(gps.get(_GPS_STATUS)) == "V" or (datum and "84" not in datum):
        return "", ""  # V: the receiver had no fix (CIPA DC-008 §4.6.6); another datum would be some 100 m off
    north = _degrees(tiff.ratios(gps.get(_LATITUDE)), _text(gps.get(_LATITUDE_REF)), "NS", 90)
    east = _degrees(tiff.ratios(gps.get(_LONGITUDE)), _text(gps.get(_LONGITUDE_REF)), "EW", 180)
    if north is None or east is None or north == east == 0:
        return "", ""  # 0, 0 lies in the sea off Africa: a receiver without a fix
    return f"{float(north):.6f}", f"{float(east):.6f}"


def _degrees(parts: list[Fraction | None], side: str, sides: str, most: int) -> Fraction | None:
    side = side[:1].upper()
    if not parts or not side or side not in sides:
        return None
    known = [part for part in parts[:3] if part is not None]
    if len(known) != min(len(parts), 3) or any(part >= 60 for part in known[1:]):
        return None
    value = sum((part / 60**place for place, part in enumerate(known)), Fraction(0))
    return None if value > most else -value if side == sides[1] else value
