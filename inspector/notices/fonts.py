"""The faces that notices are set in: which font draws which value, and which characters no font has."""

from __future__ import annotations

import copy
import hashlib
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from inspector.errors import FontsMissing, InvalidInput
from inspector.notices import font_file, kinsoku
from inspector.paths import RESOURCES

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

FOLDER = RESOURCES / "fonts"
CHAINS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "body": ("body", "body_fallback", "rare_a", "rare_b"),
        "title": ("title", "body_fallback", "rare_a", "rare_b"),
    }
)
"""Which roles stand in for a role, in order: 仿宋 → 宋 → 明 (decisions.md 19)."""

WRONG: Mapping[str, frozenset[str]] = MappingProxyType({"body": frozenset("￥")})
"""Characters that a bundled face draws as others: FandolFang has a dollar sign where ￥ (U+FFE5) should be."""

FULL_WIDTH = 900
"""Thousandths of an em from which a mark counts as full-width; some faces have narrow quotes already."""

_loading = threading.RLock()


class Face:
    """One font file as a notice uses it; measures without drawing. Reads the file when first asked."""

    def __init__(self, role: str, path: Path) -> None:
        self.role, self.path = role, path

    @property
    def name(self) -> str:
        """The name under which reportlab draws it; registered on first use."""
        return self._names[0]

    @property
    def narrow(self) -> str:
        """The name of its twin whose full-width punctuation advances by half an em."""
        return self._names[1]

    def has(self, character: str) -> bool:
        """Whether this font can draw `character` (one code point)."""
        return ord(character) in self._glyphs and character not in WRONG.get(self.role, ())

    def advance(self, character: str, *, is_narrow: bool = False) -> float:
        """Return the width of `character` in em, of its half-width form if `is_narrow`; 0.0 for a line feed."""
        if character == "\n":
            return 0.0
        font = self._narrow_font if is_narrow else self._font
        return font.face.getCharWidth(ord(character)) / 1000

    @property
    def units(self) -> int:
        """Font units per em."""
        return self._font.face.unitsPerEm

    def glyph(self, character: str) -> bytes:
        """Return the outline of `character` as the glyf table holds it."""
        face = self._font.face
        number = self._glyphs[ord(character)]
        start = face.get_table_pos("glyf")[0]
        return face.get_chunk(start + face.glyphPos[number], face.glyphPos[number + 1] - face.glyphPos[number])

    @cached_property
    def _names(self) -> tuple[str, str]:
        return _registered(self._font), _registered(self._narrow_font)

    @cached_property
    def _glyphs(self) -> Mapping[int, int]:
        return self._font.face.charToGlyph

    @cached_property
    def _narrow_font(self) -> TTFont:
        return _narrowed(self._font)

    @cached_property
    def _font(self) -> TTFont:
        from reportlab.pdfbase.ttfonts import TTFError, TTFont

        if not self.path.is_file():
            raise FontsMissing(folder=str(self.path.parent))
        mark = hashlib.sha256(str(self.path).encode()).hexdigest()[:8]
        with _loading:
            try:
                font = TTFont(f"notice-{self.role}-{mark}", str(self.path), asciiReadable=False, shapable=False)
            except TTFError as error:
                raise InvalidInput(field=f"font.{self.role.removeprefix('own-')}", reason="not_truetype") from error
        font_file.let_go(font.face, self.path)
        return font


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in one face."""

    text: str
    face: Face


class Fonts:
    """The faces of one folder, and the bureau's own before them."""

    def __init__(self, folder: Path, own: Mapping[str, Path]) -> None:
        self._faces = _listed(folder)
        self._own = {role: Face(f"own-{role}", path) for role, path in own.items()}

    def chain(self, role: str) -> tuple[Face, ...]:
        """Return the faces that may draw a value of `role` (body | title), the wanted one first."""
        own = (self._own[role],) if role in self._own else ()
        return own + tuple(self._faces[name] for name in CHAINS[role] if name in self._faces)

    def bundled_title(self) -> Face:
        """The bundled face of titles, whatever the bureau uses."""
        return self._faces["title"]

    def dress(self, value: str, role: str = "body") -> tuple[Piece, ...]:
        """Choose the face of a whole value: the first of the chain that has every character of it.

        Only where no face has all of them is the value mixed, each character from the first fallback that has it.
        Raises ValueError for a character that `missing` names.
        """
        chain = self.chain(role)
        for face in chain:
            if all(face.has(character) for character in value if character != "\n"):
                return (Piece(value, face),)
        pieces: list[Piece] = []
        for character in value:
            face = self._first(chain[1:] + chain[:1], character)
            if face is None:
                raise ValueError(f"no face has U+{ord(character):04X}")
            if pieces and pieces[-1].face is face:
                pieces[-1] = Piece(pieces[-1].text + character, face)
            else:
                pieces.append(Piece(character, face))
        return tuple(pieces)

    def missing(self, value: str, role: str = "body") -> tuple[str, ...]:
        """Return the characters of `value` that no face of the chain has, each once, in order."""
        chain = self.chain(role)
        return tuple(dict.fromkeys(c for c in value if c != "\n" and self._first(chain, c) is None))

    @staticmethod
    def _first(chain: Sequence[Face], character: str) -> Face | None:
        if character == "\n":
            return chain[0]
        return next((face for face in chain if face.has(character)), None)


def load(folder: Path = FOLDER, own: Mapping[str, Path] | None = None) -> Fonts:
    """Return the faces listed in `folder`/fonts.json, files read when first used and kept for later calls.

    `own` maps a role (body, title) to a TrueType file of the bureau's, e.g. its licensed 仿宋_GB2312; it goes first.
    Raises FontsMissing when the list or, at first use, a file is not there.
    """
    return _load(folder, tuple(sorted((own or {}).items())))


@lru_cache(maxsize=8)
def _load(folder: Path, own: tuple[tuple[str, Path], ...]) -> Fonts:
    return Fonts(folder, dict(own))


@lru_cache(maxsize=8)
def _listed(folder: Path) -> Mapping[str, Face]:
    listing = folder / "fonts.json"
    if not listing.is_file():
        raise FontsMissing(folder=str(folder))
    faces = json.loads(listing.read_text(encoding="utf-8"))["faces"]
    wanted = {role for chain in CHAINS.values() for role in chain}
    return {role: Face(role, folder / faces[role]["file"]) for role in faces if role in wanted}


def _registered(font: TTFont) -> str:
    from reportlab.pdfbase import pdfmetrics

    pdfmetrics.registerFont(font)
    return font.fontName


def _narrowed(font: TTFont) -> TTFont:
    """A font of the same outlines, whose squeezable punctuation is half as wide in /Widths and in hmtx alike."""
    from weakref import WeakKeyDictionary

    from reportlab.pdfbase.ttfonts import TTFNameBytes

    face = copy.copy(font.face)
    face.name = TTFNameBytes(bytes(face.name) + b"-Half")
    face.charWidths, face.hmetrics = dict(face.charWidths), list(face.hmetrics)
    for point in map(ord, sorted(kinsoku.HALVED)):
        glyph = face.charToGlyph.get(point)
        if glyph is not None and face.charWidths[point] > FULL_WIDTH:
            advance, bearing = face.hmetrics[glyph]
            face.hmetrics[glyph] = (advance // 2, bearing)
            face.charWidths[point] = face.charWidths[point] / 2
    twin = copy.copy(font)
    twin.fontName, twin.face, twin.state = f"{font.fontName}-half", face, WeakKeyDictionary()
    return twin
