"""A signed pack as one file: a ZIP with the manifest, its files and `pack.sig`; refused whole if anything is wrong."""

from __future__ import annotations

import base64
import hashlib
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from inspector.crypto import signing
from inspector.crypto.signing import KeyPair
from inspector.errors import PackDamaged, PackRefused
from inspector.law import pack, pack_faults
from inspector.law.pack import MANIFEST, Manifest, Pack
from inspector.law.pack_faults import Fault

SIGNATURE: Final = "pack.sig"
CONTEXT: Final = b"field-inspector/pack/v1\x00"
"""Stands before the manifest's bytes when they are signed: the same key never signs two kinds of things alike."""
MOST_BYTES: Final = 128 << 20
"""A pack with every statute is about 4 MiB; more than this is no pack."""
MOST_FILES: Final = 64
_PACKED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED: Final = 1
"""Bit of a member that is encrypted (APPNOTE 6.3.10 §4.4.4)."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


class Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`pack.sig`: Ed25519 (RFC 8032) over CONTEXT and the manifest's bytes; both as base64."""

    signer: str
    sig: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive that was read and found whole: files by name, and who signed (public key, 32 bytes)."""

    manifest: Manifest
    files: dict[str, bytes]
    signer: bytes


def build(folder: Path, out: Path, key: KeyPair, *, name: str = "", extra: dict[str, bytes] | None = None) -> Manifest:
    """Write the pack in `folder` as a signed archive; digests and sizes are made anew. Same input, same bytes.

    `extra` are files to add (statutes). Raises PackRefused with every fault and its line; then nothing is written.
    """
    raw = (folder / MANIFEST).read_bytes()
    told = pack.decode(MANIFEST, raw, Manifest)
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.json")) if path.name != MANIFEST}
    files |= extra or {}
    listed = {
        each: pack.PackFile(hashlib.sha256(content).hexdigest(), len(content))
        for each, content in sorted(files.items())
    }
    manifest = msgspec.structs.replace(told, files=listed, name=name or told.name)
    encoded = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    _demand_whole(_unpacked(encoded, files, out.with_name(f".{out.name}.parts")))
    signature = Signed(_text(key.public), _text(key.sign(CONTEXT + encoded)))
    partial = out.with_name(f"{out.name}.part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in ((MANIFEST, encoded), (SIGNATURE, msgspec.json.encode(signature)), *sorted(files.items())):
            archive.writestr(zipfile.ZipInfo(each, _EPOCH), content, zipfile.ZIP_DEFLATED)
    partial.replace(out)
    return manifest


def read(path: Path) -> Opened:
    """Read an archive and check its signature and digests. Raises PackDamaged (file, reason).

    Whether the signer is to be trusted is not asked here.
    """
    files = _members(path)
    encoded, raw = files.pop(MANIFEST, None), files.pop(SIGNATURE, None)
    if encoded is None or raw is None:
        raise PackDamaged(file=path.name, reason="missing")
    signed = _signed(raw)
    signer = _bytes(signed.signer)
    if not signing.verify(signer, _bytes(signed.sig), CONTEXT + encoded):
        raise PackDamaged(file=SIGNATURE, reason="signature")
    manifest = pack.decode(MANIFEST, encoded, Manifest)
    if set(files) != set(manifest.files):
        raise PackDamaged(file=path.name, reason="not_listed")
    for name, promised in manifest.files.items():
        if hashlib.sha256(files[name]).hexdigest() != promised.sha256:
            raise PackDamaged(file=name, reason="digest")
    return Opened(manifest, {MANIFEST: encoded, SIGNATURE: raw, **files}, signer)


def unpack(opened: Opened, folder: Path) -> Pack:
    """Write the files into the new `folder` and look the pack over. Raises PackRefused: then nothing is left there."""
    files = dict(opened.files)
    encoded = files.pop(MANIFEST)
    found = _unpacked(encoded, files, folder, is_kept=True)
    try:
        _demand_whole(found)
    except PackRefused:
        _clear(folder)
        raise
    return Pack.open(folder, signer=opened.signer.hex())


def lay_out(opened: Opened, folder: Path) -> Pack:
    """Write the files into the empty `folder` and open the pack as it is, for looking at: its faults are not asked."""
    for name, content in opened.files.items():
        (folder / name).write_bytes(content)
    return Pack.open(folder, signer=opened.signer.hex())


def _unpacked(encoded: bytes, files: dict[str, bytes], folder: Path, *, is_kept: bool = False) -> tuple[Fault, ...]:
    """Lay files out in `folder` and return the pack's faults; unless kept, the folder is gone afterwards."""
    _clear(folder)
    folder.mkdir(parents=True)
    for name, content in {MANIFEST: encoded, **files}.items():
        (folder / name).write_bytes(content)
    try:
        return pack_faults.faults(Pack.open(folder))
    finally:
        if not is_kept:
            _clear(folder)


def _demand_whole(found: tuple[Fault, ...]) -> None:
    if found:
        raise PackRefused(count=len(found), faults="\n".join(each.text() for each in found))


def _clear(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _members(path: Path) -> dict[str, bytes]:
    """Read every member, within limits; a name with a folder in it is refused."""
    try:
        with zipfile.ZipFile(path) as archive:
            listed = archive.infolist()
            names = [one.filename for one in listed]
            if len(set(names)) != len(names) or len(names) > MOST_FILES:
                raise PackDamaged(file=path.name, reason="too_many")
            if any(Path(name).name != name or name.startswith(".") for name in names):
                raise PackDamaged(file=path.name, reason="name")
            if any(one.compress_type not in _PACKED or one.flag_bits & _LOCKED for one in listed):
                raise PackDamaged(file=path.name, reason="unreadable")
            if sum(one.file_size for one in listed) > MOST_BYTES:
                raise PackDamaged(file=path.name, reason="size")
            return {one.filename: _member(archive, one) for one in listed}
    except (OSError, zipfile.BadZipFile, EOFError, ValueError, zlib.error) as error:
        raise PackDamaged(file=path.name, reason="unreadable") from error


def _member(archive: zipfile.ZipFile, told: zipfile.ZipInfo) -> bytes:
    with archive.open(told) as member:
        content = member.read(told.file_size + 1)
    if len(content) != told.file_size:
        raise PackDamaged(file=told.filename, reason="size")
    return content


def _signed(raw: bytes) -> Signed:
    try:
        return msgspec.json.decode(raw, type=Signed)
    except msgspec.DecodeError as error:
        raise PackDamaged(file=SIGNATURE, reason="schema") from error


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
