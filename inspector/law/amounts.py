"""Amounts of money in words, as decisions must write them beside the digits (支付结算办法, 附一 正确填写票据)."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")
_MOST_FEN = 10**14


def in_words(fen: int) -> str:
    """Return 贰仟元整, 壹万零伍佰元整, 叁佰元零伍分. Raises ValueError outside 0 … 10^14 fen."""
    if not 0 <= fen < _MOST_FEN:
        raise ValueError(fen)
    yuan, cents = divmod(fen, 100)
    jiao, last = divmod(cents, 10)
    said = _whole(yuan) + "元" if yuan or not cents else ""
    if not cents:
        return said + "整"
    if jiao:
        said += _DIGITS[jiao] + "角"
    elif said:
        said += "零"
    return said + (_DIGITS[last] + "分" if last else "整")


def _whole(yuan: int) -> str:
    if yuan == 0:
        return "零"
    said, rest, place = "", yuan, 0
    parts: list[tuple[int, int]] = []
    while rest:
        rest, part = divmod(rest, 10_000)
        parts.append((part, place))
        place += 1
    gap = False
    for part, place in reversed(parts):
        if part == 0:
            gap = True
            continue
        if said and (gap or part < 1_000):
            said += "零"
        said += _four(part) + _GROUPS[place]
        gap = False
    return said


def _four(part: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + _UNITS[place]
            gap = False
        else:
            gap = True
    return said
