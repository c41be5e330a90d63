"""Install law packs and say which are there; a pack that is signed by nobody we trust, or has one fault, stays out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from inspector import mainthread, paths
from inspector.domain.changes import Changes, Topic
from inspector.errors import NotAllowed, NotFound, PackDamaged, PackUntrusted
from inspector.ids import new_id
from inspector.law import pack, pack_archive, pack_report
from inspector.law.pack import Pack
from inspector.law.pack_report import Unconfirmed
from inspector.protocol.messages import Certificate
from inspector.services.library import LibraryService
from inspector.services.session import Session
from inspector.store import pack_installs, times
from inspector.store.errors import translated_files
from inspector.store.journal import Act
from inspector.store.pack_installs import PackInstall


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPack:
    """A pack of this laptop. `install` None: it came with the program. `problem`: why it is not used, else empty."""

    name: str
    version: str
    pack: Pack | None
    install: PackInstall | None
    is_in_use: bool
    unconfirmed: int
    """How many of its values are 待法制确认."""
    problem: str = ""


class PackService:
    """The law packs of this laptop."""

    def __init__(self, session: Session, library: LibraryService) -> None:
        self._session, self._library = session, library

    def load(self) -> tuple[str, ...]:
        """Take the installed packs into use until the lock; return the versions that were damaged since."""
        found: list[Pack] = []
        damaged: list[str] = []
        for one in self._installed():
            try:
                found.append(self._open(one))
            except PackDamaged:
                damaged.append(one.version)
        pack.know(found, self._session.today())
        return tuple(damaged)

    def known(self) -> tuple[KnownPack, ...]:
        """Return the packs that came with the program and those that were installed, the newest first."""
        mainthread.refuse("store")
        told = [_known(one, None) for one in pack.builtin()]
        for install in self._installed():
            try:
                told.append(_known(self._open(install), install))
            except PackDamaged as error:
                told.append(
                    KnownPack(
                        name=install.name,
                        version=install.version,
                        pack=None,
                        install=install,
                        is_in_use=False,
                        unconfirmed=0,
                        problem=str(error.facts["reason"]),
                    )
                )
        return tuple(sorted(told, key=lambda one: one.version, reverse=True))

    def unconfirmed(self, version: str) -> tuple[Unconfirmed, ...]:
        """Return what of a pack is 待法制确认. Raises NotFound(pack), PackDamaged."""
        mainthread.refuse("store")
        found = next((one.pack for one in self.known() if one.version == version and one.pack is not None), None)
        if found is None:
            raise NotFound(kind="pack", id=version)
        return pack_report.unconfirmed(found)

    def install(self, file: Path, *, publisher: str = "") -> Changes:
        """Check a signed pack whole and take it in; drafts that are open keep the pack they began with.

        Trusted are headquarters' key and, where somebody names it expressly, `publisher` (hex); who signed goes into
        the entry. Raises PackDamaged, PackRefused (every fault with its line), PackUntrusted, NotAllowed(same_version),
        StorageFull: then the packs stay as they were.
        """
        mainthread.refuse("store")
        opened = pack_archive.read(file)
        if opened.signer not in {self._headquarters(), _key(publisher)}:
            raise PackUntrusted(signer=opened.signer.hex())
        if opened.manifest.version in {one.version for one in pack.known()}:
            raise NotAllowed(reason="same_version", version=opened.manifest.version)
        folder = paths.packs_folder(self._session.vault.profile)
        arriving = folder / "arriving"
        with translated_files(str(folder)):
            taken = pack_archive.unpack(opened, arriving)
            place = folder / taken.digest
            if not place.exists():
                arriving.rename(place)
        changes = self._record(taken)
        self.load()
        self._library.open()  # by the laws and texts of the pack that holds now
        return changes

    def _record(self, taken: Pack) -> Changes:
        told = taken.manifest
        fields = {
            "name": told.name,
            "version": told.version,
            "sha256": taken.digest,
            "effective_from": told.effective_from.isoformat(),
            "effective_to": told.effective_to.isoformat() if told.effective_to else None,
            "signer": taken.signer,
            "installed_at": times.written(self._session.now()),
            "installed_by": self._session.me.id,
        }
        made = new_id()
        with self._session.vault.gateway.write() as tx:
            self._session.record(tx, Act(kind="create", type="pack_install", subject=made, changes=fields))
        return Changes.of(Topic.LAW, Topic.NOTICES, Topic.SYNC, made=made)

    def _installed(self) -> list[PackInstall]:
        with self._session.vault.gateway.read() as tx:
            return pack_installs.all_of(tx)

    def _open(self, install: PackInstall) -> Pack:
        """Open an installed pack. Raises PackDamaged if a byte of it is not what the entry says."""
        folder = paths.packs_folder(self._session.vault.profile) / install.sha256
        found = Pack.open(folder, signer=install.signer)
        if found.digest != install.sha256:
            raise PackDamaged(file=pack.MANIFEST, reason="digest")
        for name in found.manifest.files:
            found.content(name)
        return found

    def _headquarters(self) -> bytes:
        return msgspec.json.decode(self._session.vault.certificate.body, type=Certificate).server_key


def _known(found: Pack, install: PackInstall | None) -> KnownPack:
    return KnownPack(
        name=found.manifest.name,
        version=found.version,
        pack=found,
        install=install,
        is_in_use=found.digest == pack.current().digest,
        unconfirmed=len(pack_report.unconfirmed(found)),
    )


def _key(told: str) -> bytes:
    try:
        return bytes.fromhex(told) or b"\x00"
    except ValueError:
        return b"\x00"
