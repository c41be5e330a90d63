"""Reads where words and lines stand on a page of a PDF, in millimetres from its upper left corner."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

MM = 25.4 / 72
LINE_APART = 0.4
"""Millimetres: characters whose baselines differ by less stand on one line."""
WORD_APART = 1.45
"""Em from one character's origin to the next's from which on a new piece of text begins."""
THICKEST = 2.0
"""Millimetres: a rule is thinner."""


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text on one line: x of its first character's origin, y of its baseline, size in points."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line: y (or x) of its middle, where it begins and ends."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Words in reading order, horizontal and vertical lines, and all words in the order that they were drawn in."""

    words: tuple[Words, ...]
    flat: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]
    drawn: str


def read(page: Any) -> PageFacts:
    """Measure an open pypdfium2 page."""
    boxes = list(_boxes(page))
    flat = [Stroke((top + bottom) / 2, left, right) for left, top, right, bottom in boxes if bottom - top < THICKEST]
    tall = [Stroke((left + right) / 2, top, bottom) for left, top, right, bottom in boxes if right - left < THICKEST]
    characters = _characters(page)
    drawn = "".join(character for character, _, _, _ in characters)
    return PageFacts(tuple(_words(characters)), _joined(flat), _joined(tall), drawn)


def _words(characters: list[tuple[str, float, float, float]]) -> list[Words]:
    pieces: list[list[tuple[str, float, float, float]]] = []
    for character in sorted(characters, key=lambda each: (round(each[2] / LINE_APART), each[1])):
        last = pieces[-1][-1] if pieces else None
        is_near = (
            last is not None
            and abs(last[2] - character[2]) < LINE_APART
            and 0 <= character[1] - last[1] < WORD_APART * last[3] * MM
        )
        if is_near:
            pieces[-1].append(character)
        else:
            pieces.append([character])
    told = [("".join(each[0] for each in piece), *piece[0][1:]) for piece in pieces]
    return [Words(text, x, y, size) for text, x, y, size in told]


def _characters(page: Any) -> list[tuple[str, float, float, float]]:
    import pypdfium2.raw as pdfium

    text, height = page.get_textpage(), page.get_height()
    found: list[tuple[str, float, float, float]] = []
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text, index))
        if character.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        found.append((character, x.value * MM, (height - y.value) * MM, pdfium.FPDFText_GetFontSize(text, index)))
    text.close()
    return found


def _boxes(page: Any) -> list[tuple[float, float, float, float]]:
    import pypdfium2.raw as pdfium

    height = page.get_height()
    boxes: list[tuple[float, float, float, float]] = []
    for thing in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = thing.get_bounds()
        boxes.append((left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return boxes


def _joined(strokes: list[Stroke]) -> tuple[Stroke, ...]:
    """Join pieces of one line: a word processor draws a border cell by cell."""
    lines: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda each: (round(each.at, 1), each.start)):
        last = lines[-1] if lines else None
        if last and abs(last.at - stroke.at) < LINE_APART and stroke.start - last.end < LINE_APART:
            lines[-1] = Stroke(last.at, last.start, max(last.end, stroke.end))
        else:
            lines.append(stroke)
    return tuple(line for line in lines if line.end - line.start > THICKEST)
