"""Full-text search of sites: contentless FTS over single characters, bigrams and pinyin initials."""

from __future__ import annotations

import unicodedata

from inspector.store.gateway import Tx

MAX_NAME = 120


def index_site(tx: Tx, site_id: str) -> None:
    """Bring one site's search row up to date."""
    found = tx.row("select rowid, name, credit_code, address from site where id = :id", {"id": site_id})
    if found is None:
        return
    words = (folded(found["name"]), initials(found["name"]), folded(found["credit_code"]), folded(found["address"]))
    tx.run("delete from site_search where rowid = :rowid", {"rowid": found["rowid"]})
    tx.insert("site_search", {"rowid": found["rowid"], "tokens": " ".join(_grams(words))})


def match(text: str) -> str:
    """Return the FTS query of what somebody typed, or "" if it holds nothing to search for."""
    terms: list[str] = []
    for word in folded(text).split():
        letters = "".join(char for char in word if char.isalnum())
        if len(letters) == 1:
            terms.append(f'"{letters}"')
        terms.extend(f'"{letters[at : at + 2]}"' for at in range(len(letters) - 1))
    return " AND ".join(terms)


def folded(text: str) -> str:
    """Lower case, full-width forms made narrow; only for searching, never for data."""
    return unicodedata.normalize("NFKC", text).casefold()


def initials(text: str) -> str:
    """Return the pinyin initials of the 汉字 in `text`: 示例甲仓储 → sljcc."""
    from pypinyin import Style, lazy_pinyin  # slow to import, and only needed when the register changes

    return "".join(lazy_pinyin(text[:MAX_NAME], style=Style.FIRST_LETTER, errors="ignore"))


def _grams(words: tuple[str, ...]) -> list[str]:
    found: dict[str, None] = {}
    for word in words:
        letters = "".join(char for char in word if char.isalnum())
        for at in range(len(letters)):
            found[letters[at]] = None
            if at + 1 < len(letters):
                found[letters[at : at + 2]] = None
    return list(found)
