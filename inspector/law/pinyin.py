"""Pinyin of titles, made when a pack is built or statutes are imported, never while somebody types."""

from __future__ import annotations

from inspector.law import search


def syllables(title: str) -> str:
    """Return the syllables of a title, split by spaces: no tones, ü as v; Latin letters and digits one by one."""
    from pypinyin import lazy_pinyin  # slow, and only wanted when texts are taken in

    def plain(text: str) -> str:
        return " ".join(letter for letter in text if letter.isascii() and letter.isalnum())

    return " ".join(" ".join(lazy_pinyin(search.fold(title), errors=plain)).split())
