"""The form of footage on the disk: any size, read anywhere, and not one byte of it can be changed unseen."""

from __future__ import annotations

import hashlib
import os
import pickle
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspector.crypto import frames
from inspector.crypto.footage_file import FootageFile, FootageStream, FrameReader, opened
from inspector.crypto.frames import FRAME, HEADER, OVERHEAD, FrameKey, Tampered
from inspector.errors import EvidenceMissing, InspectorError, NotAllowed, StoreDamaged
from inspector.store.blobs import Blob
from inspector.store.footage import FootageStore
from inspector.store.footage_part import Part

VAULT_KEY = bytes(range(32))
EDGES = [1, 2, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME - 1, 2 * FRAME, 2 * FRAME + 1]
sizes = st.one_of(st.sampled_from(EDGES), st.integers(1, 3 * FRAME))
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def put(store: FootageStore, content: bytes, name: str = "a.part") -> Blob:
    """Store bytes the way an import does."""
    pieces = [content[at : at + FRAME] for at in range(0, len(content), FRAME)]
    blob = Blob(
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        sm3=hashlib.new("sm3", content).hexdigest() if "sm3" in hashlib.algorithms_available else "0" * 64,
        leaves=tuple(hashlib.sha256(piece).hexdigest() for piece in pieces),
    )
    part = store.part(name, len(content))
    part.cut(0)
    for piece in pieces:
        part.append(piece)
    part.finish(blob)
    store.adopt(part, blob)
    return blob


@pytest.fixture
def store(tmp_path: Path) -> FootageStore:
    made = FootageStore(tmp_path / "footage", VAULT_KEY)
    made.prepare()
    return made


@slow
@given(size=sizes, seed=st.integers(0, 1000))
def test_what_was_put_comes_back(store: FootageStore, size: int, seed: int) -> None:
    content = random.Random(seed).randbytes(size)
    blob = put(store, content)
    again = FootageStore(store.incoming.parent, VAULT_KEY)
    assert again.find(blob.sha256) == blob
    assert b"".join(again.chunks(blob.sha256)) == content
    assert again.is_whole(blob.sha256)
    assert blob.sha256 in again.names()


@slow
@given(data=st.data())
def test_any_read_gives_what_a_plain_file_gives(store: FootageStore, data: st.DataObject) -> None:
    content = random.Random(1).randbytes(2 * FRAME + 777)
    file = store.reading(put(store, content).sha256)
    with opened(file) as stream:
        for _ in range(20):
            where = data.draw(st.integers(0, len(content) + 5))
            length = data.draw(st.integers(0, FRAME + 5000))
            assert stream.seek(where) == where
            assert stream.read(length) == content[where : where + length]
            assert stream.tell() == max(where, min(where + length, len(content)))
        assert stream.seek(-3, os.SEEK_END) == len(content) - 3
        assert stream.read() == content[-3:]


@slow
@given(
    size=st.sampled_from([1, 5000, FRAME, FRAME + 9000]), where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7)
)
def test_one_flipped_bit_anywhere_is_seen(store: FootageStore, size: int, where: float, bit: int) -> None:
    blob = put(store, random.Random(size).randbytes(size))
    path = store.reading(blob.sha256).path
    raw = bytearray(path.read_bytes())
    raw[int(where * len(raw))] ^= 1 << bit
    path.write_bytes(raw)
    try:
        with pytest.raises(StoreDamaged):
            assert FootageStore(path.parent, VAULT_KEY).is_whole(blob.sha256)
    finally:
        path.unlink()


@slow
@given(size=st.sampled_from([1, FRAME, 2 * FRAME + 5]), gone=st.integers(1, 400_000))
def test_a_cut_off_end_is_seen(store: FootageStore, size: int, gone: int) -> None:
    blob = put(store, random.Random(size).randbytes(size))
    path = store.reading(blob.sha256).path
    os.truncate(path, max(0, path.stat().st_size - gone))
    with pytest.raises(StoreDamaged):
        FootageStore(path.parent, VAULT_KEY).is_whole(blob.sha256)
    path.unlink()


def test_frames_can_not_change_places_or_files(store: FootageStore) -> None:
    one = store.reading(put(store, random.Random(1).randbytes(3 * FRAME)).sha256)
    other = store.reading(put(store, random.Random(2).randbytes(3 * FRAME), "b.part").sha256)
    raw = bytearray(one.path.read_bytes())
    first, second = (slice(frames.offset(n), frames.offset(n + 1)) for n in (0, 1))
    raw[first], raw[second] = raw[second], raw[first]
    one.path.write_bytes(raw)
    with FrameReader(one) as reader:
        with pytest.raises(StoreDamaged):
            reader.frame(0)
        assert reader.frame(2)
    raw[first] = other.path.read_bytes()[first]
    one.path.write_bytes(raw)
    with FrameReader(one) as reader, pytest.raises(StoreDamaged):
        reader.frame(0)
    shutil.copyfile(other.path, one.path)  # a whole file under another's name
    with pytest.raises(StoreDamaged):
        FootageStore(one.path.parent, VAULT_KEY).find(one.sha256)


def test_the_last_frame_is_bound_to_be_the_last() -> None:
    long = FrameKey.new(2 * FRAME)
    short = FrameKey(file_id=long.file_id, key=long.key, size=FRAME)
    with pytest.raises(Tampered):
        short.open(0, long.seal(0, bytes(FRAME)))


def test_another_vault_opens_nothing(store: FootageStore) -> None:
    blob = put(store, b"film")
    with pytest.raises(StoreDamaged):
        FootageStore(store.incoming.parent, bytes(32)).find(blob.sha256)


def test_nothing_opens_after_closing(store: FootageStore) -> None:
    blob = put(store, b"film")
    store.close()
    with pytest.raises(NotAllowed):
        store.find(blob.sha256)


def test_keys_stay_out_of_what_is_printed(store: FootageStore) -> None:
    file = store.reading(put(store, b"film").sha256)
    assert str(file.key) not in repr(file)
    assert isinstance(pickle.loads(pickle.dumps(file)), FootageFile)
    raw = file.path.read_bytes()
    assert file.key not in raw
    assert b"film" not in raw
    assert len(raw) > HEADER + 4 + OVERHEAD


def test_what_is_not_here_is_missing(store: FootageStore) -> None:
    blob = put(store, b"film")
    for call in (store.find, store.reading, lambda name: list(store.chunks(name))):
        with pytest.raises(EvidenceMissing):
            call("0" * 64)
        with pytest.raises(EvidenceMissing):
            call("../../etc/passwd")
    with pytest.raises(EvidenceMissing):
        store.chunk(blob.sha256, 1)
    assert not store.has("0" * 64)


@slow
@given(kept=st.integers(0, 4), torn=st.integers(0, FRAME + OVERHEAD - 1), is_garbage=st.booleans())
def test_a_part_goes_on_behind_its_last_whole_frame(
    store: FootageStore, kept: int, torn: int, is_garbage: bool
) -> None:
    size = 4 * FRAME + 100
    content = random.Random(3).randbytes(size)
    path = store.incoming / "torn.part"
    path.unlink(missing_ok=True)
    part = Part(path, store.master, size)
    for n in range(kept):
        part.append(content[n * FRAME : (n + 1) * FRAME])
    part.close()
    with path.open("ab") as out:  # what a power cut leaves behind the last frame
        out.write(os.urandom(torn) if is_garbage else bytes(torn))
    again = Part(path, store.master, size)
    whole = 0
    while whole < again.frames and (piece := again.frame(whole)) is not None:
        assert piece == content[whole * FRAME : (whole + 1) * FRAME]
        whole += 1
    assert whole == kept
    again.cut(whole)
    assert path.stat().st_size == frames.offset(kept)
    again.discard()


def test_a_part_of_another_size_or_vault_begins_anew(store: FootageStore) -> None:
    path = store.incoming / "a.part"
    part = Part(path, store.master, 3 * FRAME)
    part.append(bytes(FRAME))
    part.close()
    found: list[int] = []
    for master, size in ((store.master, 3 * FRAME), (store.master, 2 * FRAME), (bytes(32), 2 * FRAME)):
        again = Part(path, master, size)
        found.append(again.frames)
        again.close()
    assert found == [1, 0, 0]


def test_a_damaged_file_gives_way_to_sound_bytes(store: FootageStore) -> None:
    content = random.Random(5).randbytes(FRAME + 5)
    blob = put(store, content)
    path = store.reading(blob.sha256).path
    path.write_bytes(path.read_bytes()[:-1])
    put(store, content)
    assert store.is_whole(blob.sha256)


def test_a_stream_that_meets_damage_says_so(store: FootageStore) -> None:
    file = store.reading(put(store, bytes(2 * FRAME)).sha256)
    raw = bytearray(file.path.read_bytes())
    raw[frames.offset(1) + 50] ^= 4
    file.path.write_bytes(raw)
    with FootageStream(file) as stream:
        assert stream.read(10) == bytes(10)
        stream.seek(FRAME)
        with pytest.raises(InspectorError):
            stream.read(10)
