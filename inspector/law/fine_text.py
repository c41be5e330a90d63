"""Reads fines out of the wording of a statute: 处五万元以上二十万元以下的罚款 → (50000, 200000)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_DIGITS = "一二两三四五六七八九"
_SUM = rf"(?:[{_DIGITS}十百千][{_DIGITS}十百千万亿零〇]*|\d[\d,，]*(?:\.\d+)?\s*[百千]?[万亿]?)"
_FINE = re.compile(
    rf"(?:(?P<low>{_SUM})元?以上(?:至|、|，)?(?P<high>{_SUM})元以下"
    rf"|(?P<most>{_SUM})元以下|(?P<least>{_SUM})元以上|(?P<fixed>{_SUM})元(?:的?罚款))"
)
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_VALUES = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True, order=True)
class FineRange:
    """Yuan, both ends inclusive as the pack counts them; `low` 0: only an upper end is given, `high` 0: only a lower.

    `stage` is initial, overdue, refuse, serious or accident, as the words before it say; `is_optional`: 可以处.
    """

    low: int
    high: int
    stage: str = "initial"
    is_optional: bool = False


_TERM = re.compile(r"\d+%|\d+x|\d[\d,]{2,}")
_SHARE = re.compile(r"百分之([一二三四五六七八九十百]+)")
_TIMES = re.compile(r"([一二两三四五六七八九十]|\d+)倍")
_MENTIONED = re.compile(rf"({_SUM})元")
_MISPRINT = re.compile(r"(?<![A-Za-z])[lI](?=[万千百]?元)|(?<![A-Za-z])l(?=万)")
_NARROW = {ord("０") + n: str(n) for n in range(10)}
_STAGES = (
    ("overdue", re.compile(r"逾期")),
    ("refuse", re.compile(r"拒不|经责令改正仍")),
    ("serious", re.compile(r"情节严重|情节特别严重|情节较重")),
    ("accident", re.compile(r"(?:发生|造成|导致)[^，；。]*(?:事故|伤亡|死亡|后果|损失)")),
)
_MAY = re.compile(r"可以?(?:并|单)?处|可以?(?:并|单)处或者|可以[^，；。]*处")
_CLAUSE = re.compile(r"[；。;]")


def fine_ranges(text: str) -> tuple[FineRange, ...]:
    """Return every range or sum of yuan that `text` names. 以上 and 以下 include the number (安全生产法 art. 118).

    The stage is told by the clause up to the sum (between ； or 。; one that begins with 对 goes on with the stage
    before it), 可以 by the words since its last comma.
    """
    found: list[FineRange] = []
    going_on = "initial"
    for clause in _CLAUSE.split(narrow(text)):
        stage = going_on if clause.startswith("对") else "initial"
        for match in _FINE.finditer(clause):
            before = clause[: match.start()]
            stages = [(hit.start(), name) for name, each in _STAGES if (hit := each.search(before))]
            stage = max(stages)[1] if stages else stage
            low, high = _ends(match)
            is_optional = bool(_MAY.search(re.split(r"[，,、]", before)[-1]))
            found.append(FineRange(low, high, stage, is_optional))
        going_on = stage
    return tuple(found)


def narrow(text: str) -> str:
    """Return `text` with digits in ASCII, a letter that was set for a digit (对个人处l万元) put right."""
    return _MISPRINT.sub("1", text.translate(_NARROW))


def formula_stands(formula: str, text: str) -> bool | None:
    """Whether `text` names every share, multiple and sum of a formula (20%–50%, 2x–5x, 200,000–1,000,000, >=100,000).

    None: the formula holds none.
    """
    text = narrow(text)
    terms = [re.sub("[ ,]", "", each) for each in _TERM.findall(formula)]
    if not terms:
        return None
    said = {f"{yuan(each)}%" for each in _SHARE.findall(text)} | {f"{yuan(each)}x" for each in _TIMES.findall(text)}
    said |= set(re.findall(r"\d+%", text))
    said |= {str(yuan(each)) for each in _MENTIONED.findall(text)}
    said |= {str(end) for each in fine_ranges(text) for end in (each.low, each.high)}
    return all(each in said for each in terms)


def _ends(match: re.Match[str]) -> tuple[int, int]:
    if match["low"]:
        return yuan(match["low"]), yuan(match["high"])
    if match["most"]:
        return 0, yuan(match["most"])
    if match["least"]:
        return yuan(match["least"]), 0
    return yuan(match["fixed"]), yuan(match["fixed"])


def yuan(text: str) -> int:
    """Return a sum in yuan: 五万, 20万, 1,000, 一百二十万. Raises ValueError for what is no whole sum."""
    total, section, digits = Fraction(0), Fraction(0), ""
    for char in text.replace(",", "").replace("，", "").replace(" ", ""):
        if char.isascii() and (char.isdigit() or char == "."):
            digits += char
        elif char in _VALUES:
            digits = str(_VALUES[char])
        elif char in _UNITS:
            section += Fraction(digits or "1") * _UNITS[char]
            digits = ""
        elif char in _LARGE:
            total += (section + Fraction(digits or "0")) * _LARGE[char]
            section, digits = Fraction(0), ""
        else:
            raise ValueError(text)
    total += section + Fraction(digits or "0")
    if total.denominator != 1 or total <= 0:
        raise ValueError(text)
    return int(total)
