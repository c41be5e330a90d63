"""One interface in front of blobs and footage: the same answers wherever the bytes lie."""

from __future__ import annotations

import random

import pytest

from inspector.errors import EvidenceMissing, EvidenceRefused, StoreDamaged
from inspector.store import originals
from inspector.store.vault import Vault
from tests.store.test_frames import put


def test_both_homes_answer_alike(opened: Vault) -> None:
    die = random.Random(1)
    small, film = die.randbytes(1_500_000), die.randbytes(2_500_000)
    blob, clip = opened.blobs.put(small, 0), put(opened.footage, film)
    assert opened.originals.names() == [blob.sha256, clip.sha256]
    for told, content in ((blob, small), (clip, film)):
        assert opened.originals.has(told.sha256)
        assert opened.originals.find(told.sha256) == told
        assert opened.originals.read(told.sha256) == content
        assert opened.originals.chunk(told.sha256, 1) == content[1 << 20 : 2 << 20]
        assert b"".join(opened.originals.chunks(told.sha256)) == content
        assert opened.originals.is_whole(told.sha256)
        with pytest.raises(EvidenceMissing):
            opened.originals.chunk(told.sha256, 9)


def test_the_same_bytes_in_both_homes_are_named_once_and_checked_twice(opened: Vault) -> None:
    content = random.Random(2).randbytes(70_000)
    opened.blobs.put(content, 0)
    sha256 = put(opened.footage, content).sha256
    assert opened.originals.names() == [sha256]
    assert opened.originals.is_whole(sha256)
    path = opened.footage.reading(sha256).path
    path.write_bytes(path.read_bytes()[:-40] + bytes(40))
    with pytest.raises(StoreDamaged):
        opened.originals.is_whole(sha256)


def test_what_is_nowhere_is_missing(opened: Vault) -> None:
    assert not opened.originals.has("0" * 64)
    for call in (opened.originals.find, opened.originals.read, opened.originals.is_whole):
        with pytest.raises(EvidenceMissing):
            call("0" * 64)


def test_long_footage_is_not_read_into_memory(opened: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    sha256 = put(opened.footage, bytes(5000)).sha256
    monkeypatch.setattr(originals, "MOST_IN_MEMORY", 4999)
    with pytest.raises(EvidenceRefused):
        opened.originals.read(sha256)
