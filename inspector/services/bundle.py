"""证据包: one inspection as a ZIP file that anybody can check without this program (docs/protocol.md, "Bundle").

Every original as it was taken in, the issued notices, the entries with their signatures, the certificates, a report
to read, and verify.py, which shares no code with us. Nothing is compressed: what lies in it is what was stored.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from inspector.domain.custody import CustodyAct
from inspector.domain.evidence import EvidenceKind
from inspector.errors import Cancelled, NotAllowed, StorageFailed, StorageFull
from inspector.paths import RESOURCES
from inspector.protocol.entry import SignedEntry, decode
from inspector.protocol.messages import Signed
from inspector.services import notice_files
from inspector.services.bundle_check import BundleCheck, check_bundle
from inspector.services.custody import CustodyService
from inspector.services.session import Session
from inspector.store import dossier, evidence, inspections, notices, times, transfers

FORMAT: Final = 1
CONTEXT: Final = b"field-inspector/bundle/v1\0"
"""Before the manifest's bytes when the device signs them, so that the signature can't pass for another."""
SUFFIX: Final = ".zip"
_STILL_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""Every file bears the same time, the first that ZIP knows: true times are in the signed entries."""
_NO_SPACE: Final = (28, 122)
_UNSAFE: Final = '<>:"/\\|?*'


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """What was written: files beside the manifest, their bytes, the ZIP's own SHA-256."""

    files: int
    size: int
    entries: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundling:
    """How far it is, in bytes."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class _Part:
    path: str
    size: int
    chunks: Callable[[], Iterable[bytes]]


@dataclass(slots=True)
class _Meter:
    """Counts bytes, tells of them, and stops where it is asked to."""

    total: int
    progress: Callable[[Bundling], None]
    is_cancelled: Callable[[], bool]
    done: int = 0

    def tell(self, name: str) -> None:
        if self.is_cancelled():
            raise Cancelled
        self.progress(Bundling(done=self.done, total=self.total, name=name))


def _add(archive: zipfile.ZipFile, part: _Part, meter: _Meter) -> dict[str, Any]:
    """Write one file and return its line of the manifest."""
    digest, size = hashlib.sha256(), 0
    with archive.open(_member(part.path), "w", force_zip64=part.size > zipfile.ZIP64_LIMIT) as member:
        for chunk in part.chunks():
            meter.tell(part.path)
            member.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            meter.done += len(chunk)
    return {"path": part.path, "size": size, "sha256": digest.hexdigest()}


class BundleService:
    """Writes bundles; each piece's export is noted in its custody first, so that the bundle tells of itself."""

    def __init__(self, session: Session, custody: CustodyService) -> None:
        self._session, self._custody = session, custody

    def write(
        self,
        inspection_id: str,
        file: Path,
        *,
        progress: Callable[[Bundling], None] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> Bundled:
        """Write the bundle of an inspection to a new file; it is there whole or not at all.

        Raises NotAllowed(file_exists), NotFound, StorageFull, StorageFailed, EvidenceMissing, Cancelled.
        """
        if file.exists():
            raise NotAllowed(reason="file_exists")
        self._note(inspection_id, file.name)
        half = file.with_name(f".{file.name}.part")
        try:
            done = self._write(inspection_id, half, progress, is_cancelled)
            half.replace(file)
        except OSError as error:
            kind = StorageFull if error.errno in _NO_SPACE else StorageFailed
            raise kind(file=file.name, cause=str(error)) from error
        finally:
            half.unlink(missing_ok=True)
        return done

    def check(self, file: Path, *, is_cancelled: Callable[[], bool] = lambda: False) -> BundleCheck:
        """Check a bundle with the verifier that lies in every bundle, against this laptop's own headquarters.

        Raises Cancelled, BundleUnreadable.
        """
        told = json.loads(self._session.vault.certificate.body)
        return check_bundle(file, server_key=told["server_key"], is_cancelled=is_cancelled)

    def _note(self, inspection_id: str, name: str) -> None:
        with self._session.vault.gateway.read() as tx:
            inspections.get(tx, inspection_id)
            pieces = [one.id for one in evidence.of_inspection(tx, inspection_id)]
            pieces += [clip[0] for clip in dossier.clips(tx, inspection_id)]
        self._custody.note_all(pieces, CustodyAct.EXPORT, name)

    def _write(
        self,
        inspection_id: str,
        half: Path,
        progress: Callable[[Bundling], None],
        is_cancelled: Callable[[], bool],
    ) -> Bundled:
        with self._session.vault.gateway.read() as tx:
            signed = dossier.entries(tx, inspection_id)
        parts = [*self._papers(inspection_id, signed), *self._files(inspection_id)]
        meter = _Meter(sum(part.size for part in parts), progress, is_cancelled)
        with half.open("xb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            told = [_add(archive, part, meter) for part in parts]
            manifest = _json(self._manifest(inspection_id, told, len(signed)))
            archive.writestr(_member("manifest.json"), manifest)
            archive.writestr(_member("manifest.sig.json"), _json(self._signatures(manifest)))
        with half.open("rb+") as written:
            os.fsync(written.fileno())
            whole = hashlib.file_digest(written, "sha256").hexdigest()
        meter.tell("")
        return Bundled(files=len(told), size=half.stat().st_size, entries=len(signed), sha256=whole)

    def _papers(self, inspection_id: str, signed: list[SignedEntry]) -> Iterator[_Part]:
        """Words and proofs: what to do, the verifier, certificate, entries, receipts, the two reports."""
        from inspector.services.bundle_report import draw

        vault = self._session.vault
        verifier = RESOURCES / "verify" / "bundle.py"
        named = {sha256 for one in signed for sha256 in decode(one.bytes).refs}
        seqs = [decode(one.bytes).seq for one in signed]
        with vault.gateway.read() as tx:
            kept = [
                {"kind": kind, "ref": ref} | _opened(Signed(body=body, sig=sig))
                for kind in (transfers.R1, transfers.R2)
                for ref, body, sig in transfers.receipts(tx, kind)
                if (ref in named if kind == transfers.R2 else _covers(body, seqs))
            ]
        yield _held("README.txt", (RESOURCES / "verify" / "README.txt").read_bytes())
        yield _held("verify.py", verifier.read_bytes())
        yield _held("certificate.json", _json(_opened(vault.certificate)))
        yield _held("entries.jsonl", _lines(_entry(one) for one in signed))
        yield _held("receipts.jsonl", _lines(kept))
        yield _held("report.pdf", draw(self._session, inspection_id))
        yield _held("custody.pdf", self._custody.pdf(inspection_id))

    def _files(self, inspection_id: str) -> Iterator[_Part]:
        """Originals, stills, footage and notices, each once, named so that a human finds them."""
        vault = self._session.vault
        with vault.gateway.read() as tx:
            pieces = evidence.of_inspection(tx, inspection_id)
            clips = dossier.clips(tx, inspection_id)
            papers = [one for one in notices.of_inspection(tx, inspection_id) if one.pdf_sha256]
            taken_out = dossier.removed(tx, inspection_id)
        seen: set[str] = set()
        wanted = [
            (_FOLDERS[one.original.kind], one.original.name, one.original.sha256, one.original.size) for one in pieces
        ]
        wanted += [("removed", name, sha256, size) for sha256, name, size in taken_out]
        wanted += [("footage", name, sha256, size) for _, sha256, name, size in clips]
        wanted += [
            (
                "notices",
                f"{notice_files.stem(one)}.pdf",
                str(one.pdf_sha256),
                vault.originals.find(str(one.pdf_sha256)).size,
            )
            for one in papers
        ]
        for number, (folder, name, sha256, size) in enumerate(wanted, start=1):
            if sha256 in seen:
                continue
            seen.add(sha256)
            path = f"{folder}/{number:04d}-{_safe(name)}"
            yield _Part(path, size, lambda wanted=sha256: vault.originals.chunks(wanted))

    def _manifest(self, inspection_id: str, told: list[dict[str, Any]], entries: int) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "inspection": inspection_id,
            "device": self._session.vault.device,
            "made_at": times.written(self._session.now()),
            "made_by": self._session.me.id,
            "entries": entries,
            "files": told,
        }

    def _signatures(self, manifest: bytes) -> dict[str, str]:
        mark = CONTEXT + hashlib.sha256(manifest).digest()
        return {
            "device": _text(self._session.vault.device_key.sign(mark)),
            "user": self._session.me.id,
            "user_sig": _text(self._session.user_key.sign(mark)),
        }


_FOLDERS: Final = {EvidenceKind.PHOTO: "originals", EvidenceKind.DOCUMENT: "originals", EvidenceKind.STILL: "stills"}


def _member(path: str) -> zipfile.ZipInfo:
    told = zipfile.ZipInfo(path, _STILL_TIME)
    told.compress_type = zipfile.ZIP_STORED
    told.create_system = 3
    told.external_attr = 0o600 << 16
    return told


def _held(path: str, content: bytes) -> _Part:
    return _Part(path, len(content), lambda: (content,))


def _safe(name: str) -> str:
    """Return a file name that every system takes: hostile ones come from cameras and mail."""
    kept = "".join("_" if char in _UNSAFE or not char.isprintable() else char for char in PurePosixPath(name).name)
    stem, dot, ending = kept.strip(" .").rpartition(".")
    return f"{(stem or ending)[:60]}{dot if stem else ''}{ending[:8] if stem else ''}" or "file"


def _covers(body: bytes, seqs: list[int]) -> bool:
    told = json.loads(body)
    return any(told["first"] <= seq <= told["last"] for seq in seqs)


def _entry(signed: SignedEntry) -> dict[str, Any]:
    return {
        "bytes": _text(signed.bytes),
        "sig": _text(signed.sig),
        "user_sigs": [{"user": one.user, "sig": _text(one.sig)} for one in signed.user_sigs],
    }


def _opened(signed: Signed) -> dict[str, str]:
    return {"body": _text(signed.body), "sig": _text(signed.sig)}


def _text(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _lines(content: Iterable[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in content).encode()
