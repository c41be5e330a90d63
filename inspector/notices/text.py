"""Chinese text in lines: kinsoku both ways, justified, first-line indent, underlined fill-ins, split over pages.

No drawing here: `Text` measures with the faces it is given and says where each stretch of characters goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Protocol

from inspector.notices import kinsoku

STRETCH_LIMIT = 0.14
"""Em that may be put between two characters to justify a line. More looks torn, and text extraction (poppler: 0.15)
would read it as a blank; such a line stays ragged."""
EPSILON = 1e-6
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
    """Points from the left margin where the rule of the first line begins: after the label."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in one face; or `blank` points of underlined empty space where that is not 0."""

    text: str
    face: Metrics
    is_underlined: bool = False
    blank: float = 0.0


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
    """One drawn unit; `end_width` is its width where it ends a justified line, `is_glued`: no line ends after it."""

    text: str
    face: Metrics
    width: float
    end_width: float
    is_underlined: bool
    is_narrow: bool = False
    is_glued: bool = False


def _atoms(runs: Sequence[Run], size: float) -> list[_Atom]:
    atoms: list[_Atom] = []
    for run in runs:
        if run.blank:
            atoms.append(_Atom("", run.face, run.blank, run.blank, True))
        for cluster in kinsoku.clusters(run.text):
            width = end = size * sum(run.face.advance(character) for character in cluster)
            if cluster in HANGING:
                end = 0.0
            elif cluster in kinsoku.CLOSING:
                end = size * run.face.advance(cluster, is_narrow=True)
            atoms.append(_Atom(cluster, run.face, width, end, run.is_underlined))
    heads = "".join(atom.text[0] if atom.text else "口" for atom in atoms)  # a blank breaks like a character
    for atom, is_glued in zip(atoms, kinsoku.unbreakable(heads), strict=False):
        atom.is_glued = is_glued
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
        while first < len(atoms) or not lines:
            indent = (self._style.indent if lines else self._style.first_indent) * self._style.size
            last = self._fill(atoms, first, self._width - indent)
            is_open = last < len(atoms) and atoms[last - 1].text != "\n"
            rule_from = self._style.indent * self._style.size if lines else self._style.rule_from
            lines.append(self._line(atoms[first:last], indent, rule_from, is_open=is_open))
            first = last
        return lines

    @staticmethod
    def _fill(atoms: list[_Atom], first: int, room: float) -> int:
        """Return the index after the last atom of the line that starts with `first`; it takes at least one."""
        used, allowed = 0.0, first
        for index in range(first, len(atoms)):
            atom = atoms[index]
            if used + atom.end_width > room + EPSILON and index > first:
                return allowed if allowed > first else index
            used += atom.width
            if atom.text == "\n":
                return index + 1
            if not atom.is_glued:
                allowed = index + 1
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
