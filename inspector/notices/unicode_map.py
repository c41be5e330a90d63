"""Makes the text of our PDFs come back right when it is searched or copied: the ToUnicode map of embedded fonts.

reportlab writes code points above U+FFFF as one hexadecimal number; ISO 32000-1 §9.10.3 wants UTF-16BE.
"""

from __future__ import annotations

from collections.abc import Sequence

BLOCK = 100
"""At most so many mappings may stand between beginbfchar and endbfchar (Adobe Technical Note 5014)."""


def to_unicode_map(font_name: str, subset: Sequence[int]) -> str:
    """Return the CMap that maps byte code `n` to the code point `subset[n]`, as UTF-16BE; code 0 (.notdef) has none."""
    pairs = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(subset) if point]
    blocks = [pairs[first : first + BLOCK] for first in range(0, len(pairs), BLOCK)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({font_name}) /Ordering ({font_name}) /Supplement 0 >> def",
        f"/CMapName /{font_name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def install() -> None:
    """Let reportlab use `to_unicode_map` for every TrueType font it embeds; doing it again changes nothing."""
    from reportlab.pdfbase import ttfonts

    ttfonts.makeToUnicodeCMap = to_unicode_map


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()
