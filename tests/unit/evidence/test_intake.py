"""Taking files in: digests, kinds, refusals; the file itself stays as it is."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from inspector import mainthread
from inspector.domain.evidence import EvidenceKind, Original, TimeSource
from inspector.errors import EvidenceRefused, StorageFull, WrongThread
from inspector.evidence.intake import take_in

MIB = 1 << 20


class Sink:
    """Keeps what a store would write."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def __call__(self, n: int, chunk: bytes) -> None:
        assert n == len(self.chunks)
        self.chunks.append(chunk)


def jpeg(size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, "JPEG", **options)
    return out.getvalue()


def png(size: tuple[int, int] = (64, 48)) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).save(out, "PNG")
    return out.getvalue()


def taken(folder: Path, name: str, content: bytes) -> Original:
    path = folder / name
    path.write_bytes(content)
    return take_in(path, Sink())


def refusal(path: Path, **options: int) -> str:
    with pytest.raises(EvidenceRefused) as caught:
        take_in(path, Sink(), **options)
    assert caught.value.facts["name"] == path.name.replace("\0", "\ufffd")
    return str(caught.value.facts["reason"])


@pytest.mark.parametrize("size", [1, MIB - 1, MIB, MIB + 1, 3 * MIB + 5])
def test_digests_and_chunks_cover_every_byte(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    path = tmp_path / "any.bin"
    path.write_bytes(content)
    sink = Sink()
    original = take_in(path, sink)
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(content)
    assert b"".join(sink.chunks) == content
    assert {len(chunk) for chunk in sink.chunks[:-1]} <= {MIB}
    assert original.sha256 == hashlib.sha256(content).hexdigest()
    assert original.sm3 == sm3.finalize().hex()
    assert original.leaves == tuple(hashlib.sha256(chunk).hexdigest() for chunk in sink.chunks)
    assert original.size == size


def test_the_file_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    os.utime(path, ns=(1, 1_600_000_000_123_456_789))
    before, content = path.stat(), path.read_bytes()
    take_in(path, Sink())
    after = path.stat()
    assert (after.st_mtime_ns, after.st_ctime_ns, after.st_mode) == (
        before.st_mtime_ns,
        before.st_ctime_ns,
        before.st_mode,
    )
    assert path.read_bytes() == content


def test_a_photo_tells_size_and_kind(tmp_path: Path) -> None:
    original = taken(tmp_path, "a.jpg", jpeg((64, 48)))
    assert (original.kind, original.mime, original.remark) == (EvidenceKind.PHOTO, "image/jpeg", "")
    assert (original.width, original.height, original.orientation) == (64, 48, 1)
    assert (original.taken_at, original.time_source) == (None, TimeSource.UNKNOWN)


@pytest.mark.parametrize(("orientation", "size"), [(1, (64, 48)), (4, (64, 48)), (5, (48, 64)), (8, (48, 64))])
def test_size_is_upright(tmp_path: Path, orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    original = taken(tmp_path, "a.jpg", jpeg((64, 48), exif=exif.tobytes()))
    assert (original.orientation, original.width, original.height) == (orientation, *size)


def test_a_wrong_name_is_remarked_and_the_true_type_kept(tmp_path: Path) -> None:
    original = taken(tmp_path, "PNG.jpg", png())
    assert (original.kind, original.mime, original.remark) == (EvidenceKind.PHOTO, "image/png", "misnamed")
    letter = taken(tmp_path, "letter.jpg", b"%PDF-1.7 not a picture")
    assert (letter.kind, letter.mime, letter.remark) == (EvidenceKind.DOCUMENT, "application/pdf", "misnamed")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.jpg", jpeg((640, 480))[:2000]),
        ("head.jpg", jpeg()[:100]),
        ("noise.jpg", b"\x00\x01\x02" * 500),
        ("cut.png", png((640, 480))[:-20]),
        ("flipped.png", png()[:60] + b"\xff" + png()[61:]),
        ("nothing.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
        ("magic.jpg", b"\xff\xd8\xff"),
    ],
)
def test_a_broken_picture_is_kept_as_a_document(tmp_path: Path, name: str, content: bytes) -> None:
    original = taken(tmp_path, name, content)
    assert (original.kind, original.remark) == (EvidenceKind.DOCUMENT, "undecodable")
    assert original.sha256 == hashlib.sha256(content).hexdigest()


def test_a_broken_photo_still_tells_when(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0132] = "2026:11:20 09:12:00"
    original = taken(tmp_path, "cut.jpg", jpeg((640, 480), exif=exif.tobytes())[:3000])
    assert original.kind is EvidenceKind.DOCUMENT
    assert original.taken_as == "2026:11:20 09:12:00"


def test_documents_are_kept(tmp_path: Path) -> None:
    original = taken(tmp_path, "说明.txt", "现场说明".encode("gb18030"))
    assert (original.kind, original.mime, original.name, original.remark) == (
        EvidenceKind.DOCUMENT,
        "text/plain",
        "说明.txt",
        "",
    )


def test_empty_and_missing_and_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").touch()
    assert refusal(tmp_path / "empty.jpg") == "empty"
    assert refusal(tmp_path / "missing.jpg") == "unreadable"
    (tmp_path / "folder").mkdir()
    assert refusal(tmp_path / "folder") == "not_a_file"
    assert refusal(tmp_path / "nul\0.jpg") == "unreadable"


def test_pipes_and_devices_do_not_hold_us(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jpg")
    assert refusal(tmp_path / "pipe.jpg") == "not_a_file"
    assert refusal(Path("/dev/zero")) == "not_a_file"
    (tmp_path / "link.jpg").symlink_to("/dev/zero")
    assert refusal(tmp_path / "link.jpg") == "not_a_file"


def test_links_lead_to_files_only(tmp_path: Path) -> None:
    (tmp_path / "real.jpg").write_bytes(jpeg())
    (tmp_path / "link.jpg").symlink_to(tmp_path / "real.jpg")
    assert take_in(tmp_path / "link.jpg", Sink()).kind is EvidenceKind.PHOTO
    (tmp_path / "loop.jpg").symlink_to(tmp_path / "loop.jpg")
    assert refusal(tmp_path / "loop.jpg") == "not_a_file"
    (tmp_path / "folder").symlink_to(tmp_path)
    assert refusal(tmp_path / "folder") == "not_a_file"


@contextmanager
def as_nobody() -> Iterator[Path]:
    """Give a folder that anybody may enter; root steps down while it is used, because root may read everything."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
        is_root = os.geteuid() == 0
        if is_root:
            os.seteuid(65534)
        try:
            yield Path(folder)
        finally:
            if is_root:
                os.seteuid(0)


def test_a_file_without_permission_is_refused() -> None:
    with as_nobody() as folder:
        path = folder / "locked.jpg"
        path.write_bytes(jpeg())
        path.chmod(0)
        assert refusal(path) == "unreadable"


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.jpg"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    sink = Sink()
    with pytest.raises(EvidenceRefused) as caught:
        take_in(path, sink)
    assert caught.value.facts == {"name": "huge.jpg", "reason": "too_large"}
    assert sink.chunks == []
    assert refusal(path, limit=10) == "too_large"


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "log.bin"

    def grow(_: int, __: bytes) -> None:
        with path.open("ab") as file:
            file.write(b"x" * 2 * MIB)

    def shrink(_: int, __: bytes) -> None:
        os.truncate(path, MIB)

    def rewrite(_: int, __: bytes) -> None:
        with path.open("r+b") as file:
            file.write(b"y")
        os.utime(path, ns=(0, 0))

    for change in (grow, shrink, rewrite):
        path.write_bytes(b"x" * 3 * MIB)
        with pytest.raises(EvidenceRefused) as caught:
            take_in(path, change)
        assert caught.value.facts["reason"] == "changed"


def test_trouble_of_the_store_comes_through(tmp_path: Path) -> None:
    def full(_: int, __: bytes) -> None:
        raise StorageFull(cause="test")

    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg())
    with pytest.raises(StorageFull):
        take_in(path, full)


def test_names_from_old_memory_sticks_are_readable(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "现场照片.jpg".encode("gb18030")))
    path.write_bytes(jpeg())
    assert take_in(path, Sink()).name == "现场照片.jpg"


def test_the_window_thread_may_not_decode(tmp_path: Path) -> None:
    mainthread.claim()
    try:
        with pytest.raises(WrongThread):
            take_in(tmp_path / "a.jpg", Sink())
    finally:
        mainthread.release()


MAGIC = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"\0\0\0\x18ftypheic", b"RIFF", b"PK\x03\x04", b"BM", jpeg()[:200]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(magic=st.sampled_from(MAGIC), content=st.binary(min_size=1, max_size=2000), name=st.sampled_from(["a", "b.jpg"]))
def test_any_bytes_are_taken_in(tmp_path: Path, magic: bytes, content: bytes, name: str) -> None:
    original = taken(tmp_path, name, magic + content)
    assert original.sha256 == hashlib.sha256(magic + content).hexdigest()
    assert original.remark in {"", "misnamed", "undecodable", "too_many_pixels"}
