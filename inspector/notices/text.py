"""Chinese text in lines: kinsoku both ways, justified, first-line indent, underlined fill-ins, split over pages.

No drawing here: `Text` measures with the faces it is given and says where each stretch of characters goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, final

from inspector.notices import kinsoku

STRETCH_LIMIT = 0.14
"""Em that may be put between two characters to justify a line. More looks torn, and text extraction (poppler: 0.15)
would read it as a blank; such a line stays ragged."""
EPSILON = 1e-6
LEAST_LAST = 3
"""Fewer characters than this don't stand alone on the last line of a paragraph (W3C CLREQ §3.1.6, 孤字)."""
MOST_GIVEN = 4
"""So many characters at most are taken from the line above for that."""
HANGING = " \u3000\n"
"""Characters that take no room at the end of a line."""


class Metrics(Protocol):
    """What setting text must know of a font."""

    @property
    def name(self) -> str:
        """The name it is drawn by."""
        ...

    @property
    def narrow(self) -> str:
        """The name of its twin with half-width marks."""
        ...

    def advance(self, character: str, *, is_narrow: bool = False) -> float:
        """Width in em; `is_narrow` asks for the half-width form of a mark where there is one."""
        ...


class Align(StrEnum):
    """How the lines of a text stand between the margins."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """Sizes in points, indents in em."""

    size: float = 10.5
    pitch: float = 24.0
    """From baseline to baseline."""
    first_indent: float = 0.0
    indent: float = 0.0
    align: Align = Align.JUSTIFY
    is_ruled: bool = False
    """Every line stands on a rule that runs to the right margin, as the blanks of the official form do."""
    rule_from: float = 0.0
    """Points from the left margin where the rule begins, after the label; only the first line's unless `indent`."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one face; or `room` points of empty space where that is not 0."""

    text: str
    face: Metrics
    is_underlined: bool = False
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters drawn in one go from `x` on, `gap` points after each; x counts from the left margin."""

    x: float
    text: str
    face: Metrics
    is_narrow: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is drawn where, the underlines (x0, x1), and all of the text it stands for, line feeds too."""

    stretches: tuple[Stretch, ...]
    rules: tuple[tuple[float, float], ...]
    text: str
    start: float
    end: float


@final
class Text:
    """A paragraph that can be set at any width and cut between two lines."""

    def __init__(self, runs: Sequence[Run], style: Style) -> None:
        self.runs, self.style = tuple(runs), style
        self._first, self._last = 0, None
        self._set: dict[float, tuple[Line, ...]] = {}

    def lines(self, width: float) -> tuple[Line, ...]:
        """Return the lines of this part at `width` points; at least one, perhaps empty, for a whole paragraph."""
        if width not in self._set:
            self._set[width] = tuple(_Setter(self.style, width).lines(_atoms(self.runs, self.style.size)))
        return self._set[width][self._first : self._last]

    def height(self, width: float) -> float:
        """Points from the top of the first line's box to the bottom of the last's."""
        return len(self.lines(width)) * self.style.pitch

    def split(self, width: float, height: float) -> tuple[Text | None, Text | None]:
        """Return what fits into `height` points and what is left; None where a part has no line."""
        count = len(self.lines(width))
        fitting = min(count, int((height + EPSILON) / self.style.pitch))
        if fitting <= 0:
            return None, self
        if fitting == count:
            return self, None
        cut = self._first + fitting
        return self._part(self._first, cut), self._part(cut, self._last)

    def _part(self, first: int, last: int | None) -> Text:
        part = Text(self.runs, self.style)
        part._first, part._last, part._set = first, last, self._set
        return part


@dataclass(slots=True)
class _Atom:
    """One drawn unit; `end_width` is its width at the end of a line, `lead` the white at the left of an opening mark.

    No line ends after it at a place that `holds`, as long as the line has one that holds less.
    """

    text: str
    face: Metrics
    width: float
    end_width: float
    is_underlined: bool
    lead: float = 0.0
    is_narrow: bool = False
    holds: int = kinsoku.FREE


def _atoms(runs: Sequence[Run], size: float) -> list[_Atom]:
    atoms: list[_Atom] = []
    for run in runs:
        if run.room:
            atoms.append(_Atom("", run.face, run.room, run.room, run.is_underlined))
        for cluster in kinsoku.clusters(run.text):
            width = size * sum(run.face.advance(character) for character in cluster)
            halved = size * run.face.advance(cluster, is_narrow=True) if cluster in kinsoku.HALVED else width
            end = 0.0 if cluster in HANGING else halved if cluster in kinsoku.CLOSING else width
            lead = width - halved if cluster in kinsoku.OPENING else 0.0
            atoms.append(_Atom(cluster, run.face, width, end, run.is_underlined, lead))
    heads = "".join(atom.text[0] if atom.text else "口" for atom in atoms)  # a blank breaks like a character
    for atom, level in zip(atoms, kinsoku.holds(heads), strict=False):
        atom.holds = level
    for atom, after in pairwise(atoms):
        if kinsoku.is_tight(atom.text, after.text[:1]):
            atom.is_narrow = True
            atom.width = size * atom.face.advance(atom.text, is_narrow=True)
    return atoms


class _Setter:
    """Fills lines greedily: a mark that may not start a line takes along what stands before it."""

    def __init__(self, style: Style, width: float) -> None:
        self._style, self._width = style, width

    def lines(self, atoms: list[_Atom]) -> list[Line]:
        """Set all atoms; one empty line if there are none."""
        lines: list[Line] = []
        first = 0
        for last in self._ends(atoms) or [0]:
            is_open = last < len(atoms) and atoms[last - 1].text != "\n"
            rule_from = self._style.rule_from if not lines or self._style.indent else 0.0
            start = self._indent(first) - self._hang(atoms, first)
            lines.append(self._line(atoms[first:last], start, rule_from, is_open=is_open))
            first = last
        return lines

    def _indent(self, first: int) -> float:
        return self._style.size * (self._style.indent if first else self._style.first_indent)

    def _hang(self, atoms: list[_Atom], first: int) -> float:
        """How far an opening mark at the start of a line moves left, so that its ink stands at the margin."""
        return atoms[first].lead if first and self._style.align is Align.JUSTIFY else 0.0

    def _room(self, atoms: list[_Atom], first: int) -> float:
        return self._width - self._indent(first) + self._hang(atoms, first)

    def _ends(self, atoms: list[_Atom]) -> list[int]:
        """Return where each line ends. A last line of one character and its mark gets one more from the line above."""
        ends: list[int] = []
        while (first := ends[-1] if ends else 0) < len(atoms):
            ends.append(self._fill(atoms, first, self._room(atoms, first)))
        if len(ends) > 1 and ends[-1] - ends[-2] < LEAST_LAST and atoms[ends[-2] - 1].text != "\n":
            first = ends[-3] if len(ends) > 2 else 0
            shorter = self._fill(atoms, first, self._room(atoms, first) - self._style.size)
            has_room = self._fill(atoms, shorter, self._room(atoms, shorter)) == len(atoms)
            if has_room and ends[-2] - shorter <= MOST_GIVEN:
                ends[-2] = shorter
        return ends

    @staticmethod
    def _fill(atoms: list[_Atom], first: int, room: float) -> int:
        """Return the index after the last atom of the line that starts with `first`; it takes at least one."""
        used, last = 0.0, [first] * (kinsoku.NEVER + 1)
        for index in range(first, len(atoms)):
            atom = atoms[index]
            if used + atom.end_width > room + EPSILON and index > first:
                return next((place for place in last if place > first), index)
            used += atom.width
            if atom.text == "\n":
                return index + 1
            last[atom.holds] = index + 1
        return len(atoms)

    def _line(self, atoms: list[_Atom], indent: float, rule_from: float, *, is_open: bool) -> Line:
        """Place one line; `is_open` says that its paragraph goes on after it, so that it may be justified."""
        text = "".join(atom.text for atom in atoms)
        while atoms and atoms[-1].text and atoms[-1].text in HANGING:
            atoms = atoms[:-1]
        widths = [atom.width for atom in atoms]
        if is_open and atoms:
            widths[-1] = atoms[-1].end_width
        slack = self._width - indent - sum(widths)
        is_justified = is_open and self._style.align is Align.JUSTIFY
        gaps = self._gaps(atoms, slack) if is_justified else [0.0] * len(atoms)
        start = indent + {Align.CENTER: slack / 2, Align.RIGHT: slack}.get(self._style.align, 0.0)
        ends = [start]
        for width, gap in zip(widths, gaps, strict=True):
            ends.append(ends[-1] + width + gap)
        rules = ((rule_from, self._width),) if self._style.is_ruled else _underlines(atoms, ends)
        return Line(_stretches(atoms, gaps, ends), rules, text, start, ends[-1])

    def _gaps(self, atoms: list[_Atom], slack: float) -> list[float]:
        """Share `slack` out among the places that may open; zeros when that would tear the line apart."""
        gaps = [0.0] * len(atoms)
        places = [
            index
            for index, (before, after) in enumerate(pairwise(atoms))
            if not kinsoku.is_inside_word(before.text[-1:], after.text[:1])
        ]
        each = slack / len(places) if places else 0.0
        if -EPSILON <= each <= STRETCH_LIMIT * self._style.size:
            for index in places:
                gaps[index] = each
        return gaps


def _underlines(atoms: Sequence[_Atom], ends: Sequence[float]) -> tuple[tuple[float, float], ...]:
    rules: list[tuple[float, float]] = []
    for atom, (start, end) in zip(atoms, pairwise(ends), strict=True):
        if not atom.is_underlined:
            continue
        if rules and abs(rules[-1][1] - start) < EPSILON:
            rules[-1] = (rules[-1][0], end)
        else:
            rules.append((start, end))
    return tuple(rules)


def _stretches(atoms: Sequence[_Atom], gaps: Sequence[float], starts: Sequence[float]) -> tuple[Stretch, ...]:
    """Join neighbours that are drawn alike, so that a line is a few text operations and not one a character."""
    stretches: list[Stretch] = []
    previous: _Atom | None = None
    for atom, gap, x in zip(atoms, gaps, starts, strict=False):
        if not atom.text:
            previous = None
            continue
        last = stretches[-1] if previous is not None and stretches else None
        if last and last.face is atom.face and last.is_narrow == atom.is_narrow and last.gap == gap:
            stretches[-1] = Stretch(last.x, last.text + atom.text, last.face, last.is_narrow, gap)
        else:
            stretches.append(Stretch(x, atom.text, atom.face, atom.is_narrow, gap))
        previous = atom
    return tuple(stretches)
