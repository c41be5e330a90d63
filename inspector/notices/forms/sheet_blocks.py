"""The blocks of a sheet that are running text, blanks and ruled lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from inspector.law.documents import Block as Said
from inspector.notices.forms import findings, sheet_grid
from inspector.notices.forms.sheet_text import Sentences
from inspector.notices.layout import WIDTH, Block, Box, Mark, Set
from inspector.notices.printed_sheet import PrintedSheet
from inspector.notices.text import Align, Text
from inspector.notices.typeset import BODY_SIZE, ENDLESS, LABEL_GAP, Typesetter
from inspector.notices.wording import Fragment, ordinals, underlined

LEAST_CELL = 4 * BODY_SIZE
"""Points of the shortest blank beside others."""


def boxes(setter: Typesetter, sheet: PrintedSheet, block: Said) -> list[Box]:
    """Return what one block puts on paper. KeyError for a key without field."""
    return [*_BLOCKS[block.block](_Set(setter, sheet, Sentences(setter, sheet)), block)]


@dataclass(frozen=True, slots=True)
class _Set:
    """What every block is set with."""

    setter: Typesetter
    sheet: PrintedSheet
    sentences: Sentences


def _addressee(to: _Set, block: Said) -> Iterable[Box]:
    return [to.setter.text(to.sentences.fill(block.say))]


def _paragraph(to: _Set, block: Said) -> Iterable[Box]:
    """Begin a paragraph of its own at each line feed of the sentence or of a value in it."""
    paragraphs: list[list[Fragment]] = [[]]
    for fragment in to.sentences.fill(block.say):
        first, *more = fragment.text.split("\n")
        paragraphs[-1].append(Fragment(first, fragment.is_underlined, fragment.blank, fragment.gap))
        paragraphs += [[Fragment(text, fragment.is_underlined)] for text in more]
    return [to.setter.paragraph(paragraph) for paragraph in paragraphs]


def _fields(to: _Set, block: Said) -> Iterable[Box]:
    lines = [line for row in block.rows for line in _row(to.setter, to.sentences, row)]
    runs = (list(run) for _, run in groupby(lines, key=lambda line: tuple(cell.label for cell in line[1:])))
    return [box for run in runs for box in _under_each_other(run)]


def _on_rules(to: _Set, block: Said) -> Iterable[Box]:
    return _ruled(to.setter, _lines(to.sheet.text(block.key)), block.label, block.lines)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _ruled(setter: Typesetter, paragraphs: Sequence[str], label: str, least: int = 0) -> list[Text]:
    """Paragraphs on ruled lines, the first after the label, and empty lines until there are `least`."""
    first, *more = paragraphs or [""]
    texts = [setter.ruled([Fragment(first)], label)] + [setter.ruled([Fragment(text)]) for text in more]
    missing = least - sum(len(text.lines(WIDTH)) for text in texts)
    return texts + [setter.ruled([]) for _ in range(missing)]


def _hazards(to: _Set, block: Said) -> Iterable[Box]:  # noqa: ARG001 - a block has nothing to add
    setter, told = to.setter, list[Text]()
    for hazard in setter.document.hazards:
        number, *rest = findings.sentence(setter, hazard)
        if hazard.requirement:
            rest += findings.ended(setter.say("requirement", requirement=hazard.requirement))
        if hazard.photos:
            rest += setter.say("seen_on", photos=ordinals(hazard.photos))
        told.append(setter.ruled(rest, label=number.text))
    return told


def _list(to: _Set, block: Said) -> Iterable[Box]:
    """1．…；2．…。 Items as they were typed; a mark is put only where one lacks."""
    setter = to.setter
    items = [str(each) for each in to.sheet.values.get(block.key) or ()]
    texts: list[Text] = []
    for number, item in enumerate(items, 1):
        end = "" if item.endswith(tuple(findings.STOPS)) else "。" if number == len(items) else "；"
        first, *more = _lines(item) or [""]
        texts += _ruled(setter, [first, *more[:-1], f"{more[-1]}{end}"] if more else [first + end], f"{number}．")
    for number in range(len(items) + 1, block.lines + 1):
        texts.append(setter.ruled([], f"{number}．"))
    return texts


def _answers(to: _Set, block: Said) -> Iterable[Box]:
    """问：… 答：… on ruled lines, each beginning a line."""
    setter, words = to.setter, to.setter.document.wording
    texts: list[Text] = []
    for pair in to.sheet.values.get(block.key) or ():
        for label, text in ((words["question"], pair["q"]), (words["answer"], pair["a"])):
            texts += _ruled(setter, _lines(text), label)
    missing = block.lines - sum(len(text.lines(WIDTH)) for text in texts)
    return texts + [setter.ruled([]) for _ in range(missing)]


def _remedies(to: _Set, block: Said) -> Iterable[Box]:
    """The clause that names reconsideration and lawsuit; reconsideration first for what is punished on the spot."""
    setter = to.setter
    remedies = setter.document.remedies
    if remedies is None:
        raise ValueError("no remedies")
    told = setter.say(
        "remedies_first" if block.is_review_first else "remedies",
        what=block.label or setter.document.wording["this_decision"],
        government=underlined(remedies.government),
        court=underlined(remedies.court),
        days=f"{remedies.reconsider_days}",
        months=f"{remedies.sue_months}",
    )
    return [setter.paragraph([*told, *to.sentences.fill(block.say)])]


def _listed(to: _Set, block: Said) -> Iterable[Box]:
    return [sheet_grid.listed(to.setter, to.sheet, block)]


def _approval(to: _Set, block: Said) -> Iterable[Box]:
    return [sheet_grid.approval(to.setter, to.sentences, block)]


def _nothing(to: _Set, block: Said) -> Iterable[Box]:  # noqa: ARG001 - the plan rules the rest off
    return ()


def _row(setter: Typesetter, sentences: Sentences, row: Sequence[tuple[str, str]]) -> list[list[_Cell]]:
    """Labels and blanks side by side where they fit; the next line takes what doesn't."""
    cells = [_Cell(setter, sentences, label, key) for label, key in row]
    lines: list[list[_Cell]] = []
    for cell in cells:
        if lines and sum(each.needed for each in [*lines[-1], cell]) <= WIDTH:
            lines[-1].append(cell)
        else:
            lines.append([cell])
    return lines


class _Cell:
    """A label with its value on a rule to the end of the cell; dates and spans on blanks of their own instead."""

    def __init__(self, setter: Typesetter, sentences: Sentences, label: str, key: str) -> None:
        first, _, last = key.partition("..")
        value = sentences.span(first, last) if last else sentences.value(key) if key else []
        is_parted = len(value) > 1
        if not is_parted:
            value = [Fragment(each.text) for each in value]
        left = setter.width(label)
        opening = [Fragment(label), Fragment("", gap=LABEL_GAP)] if label else []
        indent = (left + LABEL_GAP) / BODY_SIZE if label else 0.0
        ruled = {} if is_parted else {"is_ruled": True, "rule_from": left}
        self.label = label
        self.text = setter.text([*opening, *value], indent=indent, **ruled, align=Align.JUSTIFY)
        self.is_parted = is_parted
        width = left + LABEL_GAP + setter.text(value).lines(ENDLESS)[0].end + BODY_SIZE
        self.needed = max(width, left + LEAST_CELL)


def _under_each_other(run: Sequence[Sequence[_Cell]]) -> list[Box]:
    """Lines with the same second label (单位及职务) have it at the same place, as the official forms do."""
    first = max(line[0].needed for line in run)
    is_run = len(run) > 1 and all(len(line) == 2 for line in run)
    fits = is_run and all(first + line[1].needed <= WIDTH and not line[1].is_parted for line in run)
    return [_placed(line, (first, WIDTH - first)) if fits else _side_by_side(line) for line in run]


def _side_by_side(line: Sequence[_Cell]) -> Box:
    if len(line) == 1:
        return line[0].text
    spare = WIDTH - sum(cell.needed for cell in line)
    growing = sum(not cell.is_parted for cell in line) or len(line)
    share = spare / growing
    is_each = growing == len(line)
    return _placed(line, [cell.needed + (share if is_each or not cell.is_parted else 0.0) for cell in line])


def _placed(line: Sequence[_Cell], widths: Sequence[float]) -> Box:
    marks: list[Mark] = []
    x = 0.0
    for cell, width in zip(line, widths, strict=True):
        marks.append(Set(x, 0, width, cell.text))
        x += width
    return Block(line[0].text.style.pitch, tuple(marks))


_BLOCKS: Final[Mapping[str, Callable[[_Set, Said], Iterable[Box]]]] = {
    "addressee": _addressee,
    "paragraph": _paragraph,
    "fields": _fields,
    "ruled": _on_rules,
    "hazards": _hazards,
    "list": _list,
    "qa": _answers,
    "remedies": _remedies,
    "table": _listed,
    "grid": _approval,
    "rest": _nothing,
}
