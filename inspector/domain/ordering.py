"""Places in an order that somebody gives by hand, so that moving one thing changes as few of them as can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Final

STEP: Final = 1024
"""Between two places that are given anew: ten things can go between two neighbours, each halving what is left."""


def places(wanted: Sequence[str], known: Mapping[str, int | None], natural: Mapping[str, int]) -> dict[str, int]:
    """Return the new places that bring `wanted` about; only those that change.

    `known` are the places now (None: none yet; those come after all others, in the order of `natural`).
    """
    tail = _tail(wanted, known, natural)
    head = wanted[: len(wanted) - tail]
    kept = _longest_rising(head, known)
    found: dict[str, int] = {}
    at = 0
    while at < len(head):
        if head[at] in kept:
            at += 1
            continue
        end = at
        while end < len(head) and head[end] not in kept:
            end += 1
        before = known[head[at - 1]] if at else None
        after = known[head[end]] if end < len(head) else None
        between = _between(before, after, end - at)
        if between is None:
            return _anew(head, known)
        found.update(zip(head[at:end], between, strict=True))
        at = end
    return found


def _tail(wanted: Sequence[str], known: Mapping[str, int | None], natural: Mapping[str, int]) -> int:
    """Return how many at the end need no place: they have none and stand in their natural order anyway."""
    count, last = 0, None
    for name in reversed(wanted):
        if known[name] is not None or (last is not None and natural[name] > last):
            break
        count, last = count + 1, natural[name]
    return count


def _longest_rising(head: Sequence[str], known: Mapping[str, int | None]) -> set[str]:
    """Return the most names that may keep their places: a longest rising run of those places."""
    tops: list[int] = []
    names: list[str] = []
    before: dict[str, str | None] = {}
    for name in head:
        place = known[name]
        if place is None:
            continue
        n = bisect_left(tops, place)
        tops[n:], names[n:] = [place, *tops[n + 1 :]], [name, *names[n + 1 :]]
        before[name] = names[n - 1] if n else None
    kept: set[str] = set()
    name = names[-1] if names else None
    while name is not None:
        kept.add(name)
        name = before[name]
    return kept


def _between(before: int | None, after: int | None, count: int) -> list[int] | None:
    """Return `count` rising places between two, None if there is no room."""
    if after is None:
        start = before if before is not None else 0
        return [start + STEP * (n + 1) for n in range(count)]
    if before is None:
        return [after - STEP * (count - n) for n in range(count)]
    step = (after - before) / (count + 1)
    return [before + round(step * (n + 1)) for n in range(count)] if step >= 2 else None


def _anew(head: Sequence[str], known: Mapping[str, int | None]) -> dict[str, int]:
    """Number all of them."""
    fresh = {name: STEP * (n + 1) for n, name in enumerate(head)}
    return {name: place for name, place in fresh.items() if known[name] != place}
