"""Places by hand: any order can be given, and moving one thing writes one place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inspector.domain.ordering import STEP, places


def sort(names: list[str], known: dict[str, int | None], natural: dict[str, int]) -> list[str]:
    """As the store does: those with a place first, the others in their natural order."""
    return sorted(names, key=lambda name: (known[name] is None, known[name] or 0, natural[name]))


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.permutations(range(n)), min_size=1, max_size=8)))
def test_any_order_comes_about_again_and_again(orders: list[list[int]]) -> None:
    names = [f"{n}" for n in sorted(orders[0])]
    natural = {name: n for n, name in enumerate(names)}
    known: dict[str, int | None] = dict.fromkeys(names)
    for order in orders:
        wanted = [names[n] for n in order]
        known |= places(wanted, known, natural)
        assert sort(names, known, natural) == wanted


def test_moving_one_writes_one() -> None:
    known: dict[str, int | None] = {name: STEP * n for n, name in enumerate("abcdefgh", 1)}
    natural = {name: n for n, name in enumerate(known)}
    assert list(places("bcdaefgh", known, natural)) == ["a"]
    assert list(places("habcdefg", known, natural)) == ["h"]
    assert places("abcdefgh", known, natural) == {}


def test_the_tail_that_has_no_place_keeps_none() -> None:
    known: dict[str, int | None] = dict.fromkeys("abcdef")
    natural = {name: n for n, name in enumerate("abcdef")}
    assert places("bacdef", known, natural) == {"b": STEP}
    assert list(places("fabcde", known, natural)) == ["f"]


def test_no_room_between_two_numbers_all_of_them() -> None:
    known: dict[str, int | None] = {"a": 1, "b": 2, "c": 3}
    found = places("acb", known, {})
    assert sort(list("acb"), known | found, dict.fromkeys("abc", 0)) == list("acb")
