"""Makes specimen.json: where the official forms of 2016 have their words and lines, in millimetres.

python -m tests.data.measure_specimen SPECIMEN.pdf [--check]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.data import page_facts
from tests.data.page_facts import PageFacts, Words

FACTS = Path(__file__).with_name("specimen.json")
PAGES: Mapping[str, int] = {
    "JCFA": 4, "XCJC": 5, "XCJD": 7, "ZLZG": 8, "ZGFC": 9, "QZSP": 10, "CFKY": 11, "CFQD": 12, "CFCL": 14,
    "XWTZ": 18, "XWBL": 19, "KYBL": 21, "CYQZ": 23, "XBSP": 24, "XBTZ": 25, "XBQD": 26, "XBCLSP": 27, "XBCL": 28,
    "CFDW": 40, "CFGR": 41, "SDHZ": 48, "YSSP": 51, "AJYS": 52,
}  # fmt: skip
"""On which page of the specimen each of our forms stands."""
FAMILY = "安全生产行政执法文书"
CAPTION_SIZE = 16
"""The book numbers its forms in a line of this size over each: it is no part of the form."""
TITLE_SIZE, NUMBER_SIZE = 18, 15
ABOUT = (
    "Measured from the PDF of 安全生产行政执法文书式样（2016年版）. words: text, x of the first character's origin, "
    "y of the baseline, size in points; flat: y, from x, to x; upright: x, from y, to y. Millimetres from the upper "
    "left corner of the sheet."
)


def measured(specimen: Path) -> dict[str, Any]:
    """Return the facts of every form as they stand in specimen.json."""
    import pypdfium2

    document = pypdfium2.PdfDocument(specimen)
    try:
        forms = {form: _form(page_facts.read(document[page - 1]), page) for form, page in PAGES.items()}
    finally:
        document.close()
    return {"about": ABOUT, "forms": forms}


def _form(facts: PageFacts, page: int) -> dict[str, Any]:
    words = [each for each in facts.words if round(each.size) != CAPTION_SIZE]
    heads = [each for each in words if round(each.size) == TITLE_SIZE]
    numbers = [each for each in words if round(each.size) == NUMBER_SIZE]
    family = next((each for each in heads if each.text == FAMILY), None)
    titles = [each for each in heads if each is not family]
    told: dict[str, Any] = {
        "page": page,
        "family": None if family is None else _place(family),
        "title": ["".join(each.text for each in titles), *_place(titles[0])],
        "number": ["".join(each.text for each in numbers), *_place(numbers[0])] if numbers else None,
    }
    told["words"] = [[each.text, *_place(each)] for each in words if each not in heads and each not in numbers]
    told["flat"] = [[round(value, 1) for value in (each.at, each.start, each.end)] for each in facts.flat]
    told["upright"] = [[round(value, 1) for value in (each.at, each.start, each.end)] for each in facts.upright]
    return told


def _place(words: Words) -> list[float]:
    return [round(words.x, 1), round(words.y, 1)]


def written(facts: Mapping[str, Any]) -> str:
    """Return the JSON with one form a paragraph and one fact a line."""
    forms: list[str] = []
    for form, told in facts["forms"].items():
        lines: list[str] = []
        for key, value in told.items():
            is_list = isinstance(value, list) and bool(value) and isinstance(value[0], list)
            rows = ",\n".join(f"    {_one(row)}" for row in value) if is_list else ""
            lines.append(f'   "{key}": [\n{rows}\n   ]' if is_list else f'   "{key}": {_one(value)}')
        forms.append(f'  "{form}": {{\n' + ",\n".join(lines) + "\n  }")
    return f'{{\n "about": {_one(facts["about"])},\n "forms": {{\n' + ",\n".join(forms) + "\n }\n}\n"


def _one(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def main() -> int:
    """Write specimen.json, or say with --check whether measuring gives the committed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("specimen", type=Path)
    parser.add_argument("--check", action="store_true")
    given = parser.parse_args()
    text = written(measured(given.specimen))
    if given.check:
        return int(FACTS.read_text(encoding="utf-8") != text)
    FACTS.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
