"""What the command palette can find, and how well it fits: runs on a work thread, knows no widget.

index = read_index(services)                         once, when the palette opens
find(index, services, text, commands) -> [Found, …]     best first; every word of `text` must fit: 汉字, pinyin, English
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice

from inspector.app import App
from inspector.domain.inspection import Inspection, InspectionState
from inspector.law import search
from inspector.law.citation_text import Spot, citation
from inspector.law.statute_library import Force
from ui.models.citation_links import open_citation
from ui.models.moments import day_time
from ui.models.notice_rows import form_name
from ui.text import english, tr

MOST = 40
SITES = 12
HAZARDS_OF = 40
"""Hazards are found in so many of the latest inspections; older ones through their inspection."""
LAWS = 6
COMMAND, INSPECTION, NOTICE, HAZARD, SITE, LAW = "command", "inspection", "notice", "hazard", "site", "law"
_BEHIND = 3
"""What is named by the second line stands so many ranks behind what is named by the title."""
_ORDER = (COMMAND, INSPECTION, NOTICE, HAZARD, SITE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One line: what it is, its words, its key; `id` is what the window needs to do it (see ui/palette.py)."""

    kind: str
    id: str
    title: str
    second: str = ""
    key: str = ""
    is_open: bool = False
    """Worth showing before anything is typed."""


@dataclass(frozen=True, slots=True)
class Index:
    """What was read when the palette opened, made ready for the keys that follow."""

    records: tuple[Found, ...]
    groups: tuple[tuple[Found, ...], ...]
    """The records by their words, which are often the same: each is looked at once a key, whoever carries it."""
    rows: dict[str, search.Row]
    """Titles and second lines as the search sees them: pinyin is made once, when the palette opens."""


def index_of(records: Iterable[Found]) -> Index:
    """Return the index over these records; what fits equally well is found in their order."""
    told = tuple(records)
    groups: dict[tuple[str, str, str], list[Found]] = {}
    for one in told:
        groups.setdefault((one.kind, one.title, one.second), []).append(one)
    rows = {text: _row(text) for _kind, *texts in groups for text in texts}
    return Index(told, tuple(map(tuple, groups.values())), rows)


def read_index(services: App) -> Index:
    """Return the latest inspections, notices and hazards of this laptop."""
    summaries = services.inspections.list()
    firms = {one.inspection.id: one.site.name for one in summaries}
    found = [_inspection(one.inspection, one.site.name) for one in summaries]
    for notice in services.notices.recent():
        firm = firms.get(notice.inspection_id, "")
        title = notice.number or tr("{form} 草稿", form=form_name(notice.form))
        second = "　".join(part for part in (form_name(notice.form), firm) if part)
        found.append(Found(kind=NOTICE, id=f"notice:{notice.id}", title=title, second=second))
    for one in summaries[:HAZARDS_OF]:
        for hazard in services.hazards.of(one.inspection.id):
            second = "　".join(part for part in (hazard.place, one.site.name) if part)
            place = f"{one.inspection.id}#hazard.{hazard.id}.description"
            found.append(Found(kind=HAZARD, id=place, title=hazard.description, second=second))
    return index_of(found)


def _inspection(inspection: Inspection, firm: str) -> Found:
    is_open = inspection.state is InspectionState.OPEN
    state = tr("检查中") if is_open else tr("已结束")
    second = f"{state}　{day_time(inspection.started_at)}"
    return Found(kind=INSPECTION, id=inspection.id, title=firm, second=second, is_open=is_open)


def find(index: Index, services: App, text: str, commands: Sequence[Found]) -> list[Found]:
    """Return what fits, best first; without a text what can be done here and what is open."""
    words = search.words(text)
    if not words:
        return [*commands, *(one for one in index.records if one.is_open)][:MOST]
    groups = chain(((one,) for one in commands), index.groups)
    ranked = [(rank, group) for group in groups if (rank := fit(group[0], words, index.rows)) is not None]
    ranked.sort(key=lambda each: (each[0], _ORDER.index(each[1][0].kind)))
    best = chain.from_iterable(group for _rank, group in ranked)
    return [*islice(best, MOST - SITES - LAWS), *_sites(services, text), *_laws(services, text)]


def _sites(services: App, text: str) -> Iterable[Found]:
    for site in services.sites.list(text, SITES):
        yield Found(kind=SITE, id=site.id, title=site.name, second=site.address)


def _laws(services: App, text: str) -> Iterable[Found]:
    for hit in services.library.search(text, limit=LAWS).hits:
        if hit.force is Force.REPEALED:
            continue  # the library shows what held before
        shelved = hit.shelved
        spot = hit.spots[0] if hit.spots else Spot(hit.article.number)
        _place, record = open_citation(citation(shelved.law, shelved.title, spot))
        title = shelved.title if hit.is_law else f"{shelved.short}\u3000{hit.article.label}"
        yield Found(kind=LAW, id=record, title=title, second="" if hit.is_law else hit.snippet)


def fit(one: Found, words: Sequence[search.Word], rows: Mapping[str, search.Row] | None = None) -> int | None:
    """Return how well every word names it (0 best), None if one of them doesn't; `rows` are those made before."""
    made = rows or {}
    first, second = made.get(one.title) or _row(one.title), made.get(one.second) or _row(one.second)
    total = 0
    for word in words:
        rank = search.rank(first, word)
        if rank is None or rank > _BEHIND:
            behind = search.rank(second, word)
            if behind is not None and (rank is None or behind + _BEHIND < rank):
                rank = behind + _BEHIND
        if rank is None:
            return None
        total += rank
    return total


@lru_cache(maxsize=1024)
def _row(title: str) -> search.Row:
    """Return a title as the search sees it, with its pinyin, and its English if it is one of the window's words."""
    from pypinyin import lazy_pinyin  # slow to import: only here, on a work thread

    chinese = _chinese().get(title, title)
    syllables = " ".join(part for part in lazy_pinyin(chinese, errors="ignore") if part.isascii())
    return search.row(chinese, english().get(chinese, ""), title, syllables)


@lru_cache(maxsize=1)
def _chinese() -> dict[str, str]:
    return {told: source for source, told in english().items()}
