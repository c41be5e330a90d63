"""The clapper's code: it says what was put in, fits one key only, and is no larger than what was measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.crypto.clapper_key import clap_key
from inspector.evidence import clapper
from inspector.notices import qr

SECRET, NONCE = b"s" * 32, bytes(range(16))
KEY = clap_key(SECRET, NONCE, "clap-1")
NOW = 1_795_136_700_000


def told(wall_ms: int = NOW, counter: int = 7) -> clapper.Told:
    return clapper.Told(inspection=clapper.short("visit"), clap=NONCE[:4], wall_ms=wall_ms, counter=counter)


@given(st.integers(NOW, NOW + 10**11), st.integers(0, 65535))
def test_a_code_says_what_was_put_in(wall_ms: int, counter: int) -> None:
    text = clapper.written(told(wall_ms, counter), KEY)
    read = clapper.read(text)
    assert len(text) == clapper.TEXT
    assert read is not None
    assert (read.inspection, read.clap, read.wall_ms, read.counter) == (
        clapper.short("visit"),
        NONCE[:4],
        wall_ms,
        counter,
    )
    assert clapper.fits(read, KEY)


@pytest.mark.parametrize(
    "other",
    [
        clap_key(b"t" * 32, NONCE, "clap-1"),
        clap_key(SECRET, bytes(16), "clap-1"),
        clap_key(SECRET, NONCE, "clap-2"),
    ],
    ids=["laptop", "nonce", "clap"],
)
def test_no_other_key_fits(other: bytes) -> None:
    read = clapper.read(clapper.written(told(), KEY))
    assert read is not None
    assert not clapper.fits(read, other)


@given(st.text(alphabet="0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", min_size=38, max_size=38))
def test_a_text_somebody_made_up_never_fits(text: str) -> None:
    read = clapper.read(text)
    assert read is None or not clapper.fits(read, KEY)


@given(st.text(max_size=60))
def test_any_text_may_be_read(text: str) -> None:
    read = clapper.read(text)
    assert read is None or not clapper.fits(read, KEY)


def test_a_time_no_clapper_has_is_no_code() -> None:
    assert clapper.read(clapper.written(told(wall_ms=1_000), KEY)) is None


def test_a_code_with_its_border_is_33_modules() -> None:
    """Product.md §6-1 measured how well this size is read."""
    dark = qr.alphanumeric(clapper.written(told(), KEY))
    assert len(dark) + 2 * clapper.QUIET == 33
    assert {len(row) for row in dark} == {len(dark)}


def test_other_text_is_no_alphanumeric_code() -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - reportlab gives no message
        qr.alphanumeric("lower case")
