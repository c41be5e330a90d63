"""Nonces against a model, strict JSON, and a log that keeps silent about people."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector import log
from inspector.hq import strict
from inspector.hq.problem import TITLES, Refusal
from inspector.hq.sessions import LIFETIME_MS, WINDOW, Sessions


def code_of(sessions: Sessions, nonce: str) -> str:
    try:
        sessions.use(nonce, "dev", 1)
    except Refusal as refusal:
        return refusal.problem.type
    return ""


@given(st.lists(st.integers(1, 3 * WINDOW), max_size=60))
def test_a_counter_counts_once_and_not_when_it_is_far_too_old(counters: list[int]) -> None:
    sessions, seen = Sessions(), set[int]()
    token = sessions.new(0)
    for counter in counters:
        is_fresh = counter not in seen and counter > max(seen, default=0) - WINDOW
        assert code_of(sessions, f"{token}:{counter}") == ("" if is_fresh else "replay")
        seen.add(counter)


@given(st.text(max_size=80))
def test_invented_nonces_are_refused_and_never_crash(nonce: str) -> None:
    with pytest.raises(Refusal):
        Sessions().use(nonce, "dev", 1)


def test_sessions_of_another_run_and_old_ones_are_over() -> None:
    sessions = Sessions()
    token = sessions.new(1000)
    sessions.use(f"{token}:1", "dev", 999 + LIFETIME_MS)
    for late in (Sessions(), sessions):
        with pytest.raises(Refusal) as caught:
            late.use(f"{token}:2", "dev", 1000 + LIFETIME_MS)
        assert caught.value.problem.type == "session"
    sessions.use(f"{sessions.new(1000 + LIFETIME_MS)}:1", "dev", 1000 + LIFETIME_MS)
    assert token not in sessions._used, "what is over is forgotten"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(1 << 53), 1 << 53) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=10,
)


def reason_of(raw: bytes) -> str:
    try:
        strict.check(raw)
    except strict.NotStrict as error:
        return error.reason
    return ""


@given(VALUES)
def test_what_we_write_ourselves_is_strict(value: object) -> None:
    assert reason_of(json.dumps(value, ensure_ascii=False).encode()) == ""


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'{"a":{"b":1,"b":1}}', "duplicate_key"),
        (b"1.0", "float"),
        (b"1e3", "float"),
        (b"NaN", "float"),
        (b"[-Infinity]", "float"),
        (b"", "unreadable"),
        (b"{}x", "unreadable"),
        (b'"\xff"', "unreadable"),
        (b"\xef\xbb\xbf{}", "unreadable"),
        (b"[" * 40 + b"]" * 40, "depth"),
        (b"[" * 200_000, "depth"),
    ],
)
def test_what_readers_could_disagree_about_is_not(raw: bytes, reason: str) -> None:
    assert reason_of(raw) == reason


def test_the_log_writes_only_facts_that_name_nobody() -> None:
    stream = io.StringIO()
    log.configure(stream)
    log.event("pushed", device="d-1", count=3, officer="示例甲", site="示例甲仓储有限公司")
    try:
        int("示例甲仓储有限公司")
    except ValueError as error:
        log.bug(error)
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert "示例" not in stream.getvalue()
    assert (told[0]["event"], told[0]["device"], told[0]["count"], told[0]["officer"]) == ("pushed", "d-1", 3, "-")
    assert (told[1]["event"], told[1]["error"], told[1]["level"]) == ("bug", "ValueError", "error")
    assert told[1]["trace"].startswith("test_small_parts.py:")


def test_every_refusal_has_a_title_and_an_error_status() -> None:
    for code, (status, title) in TITLES.items():
        found = Refusal(code).problem
        assert (found.type, found.status, found.title) == (code, status, title)
        assert 400 <= status < 600
