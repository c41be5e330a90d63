"""Lets reportlab draw from a font file without holding it: a face of 14 MB is read glyph by glyph as it is wanted."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFontFace


class Stretch:
    """A table of a mapped file that is only ever sliced: the slices are read, never the whole."""

    def __init__(self, file: mmap.mmap, start: int) -> None:
        self._file, self._start = file, start

    def __getitem__(self, part: slice) -> bytes:
        """Return the bytes of `part`; both its ends must be given."""
        return self._file[self._start + part.start : self._start + part.stop]


def let_go(face: TTFontFace, path: Path) -> None:
    """Replace the file that `face` holds by a mapping of it; what it draws stays the same, byte for byte.

    reportlab keeps the whole file as bytes and copies the whole glyf table for each subset (ttfonts.py, makeSubset),
    though it only slices both. The three faces of a notice took 36 MB, and 40 MB of copying a document.
    """
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    face.__dict__["_ttf_data"] = mapped  # reportlab's name for the bytes of the file
    outlines, table = Stretch(mapped, face.get_table_pos("glyf")[0]), face.get_table
    face.get_table = lambda tag: outlines if tag == "glyf" else table(tag)
