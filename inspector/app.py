"""Composition root: profile and passphrase become one unlocked App; the only place that wires services."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from inspector import paths
from inspector.clock import Clock, SystemClock
from inspector.crypto.signing import KeyPair
from inspector.domain.office import Office
from inspector.domain.officer import Officer
from inspector.errors import NotFound, StorageFailed, StorageFull, WrongPassphrase
from inspector.evidence import worker_pool
from inspector.services.accounts import AccountService, reset_tries
from inspector.services.audit import AuditService
from inspector.services.bundle import BundleService
from inspector.services.camera import CameraService
from inspector.services.catalogue import CatalogueService
from inspector.services.checks import CheckService
from inspector.services.clapper import ClapperService
from inspector.services.custody import CustodyService
from inspector.services.deadlines import DeadlineService
from inspector.services.drafts import DraftService
from inspector.services.entry import EntryService
from inspector.services.evidence import EvidenceService
from inspector.services.explaining import ExplainingService
from inspector.services.footage import FootageService
from inspector.services.hazards import HazardService
from inspector.services.inspections import InspectionService
from inspector.services.ledger import LedgerService
from inspector.services.library import LibraryService
from inspector.services.likeness import LikenessService
from inspector.services.notices import NoticeService
from inspector.services.packs import PackService
from inspector.services.printing import PrintService
from inspector.services.rechecks import RecheckService
from inspector.services.redaction import RedactionService
from inspector.services.serving import ServingService
from inspector.services.session import Session
from inspector.services.signing import SigningService
from inspector.services.sites import SiteService
from inspector.services.soft import SoftService
from inspector.services.stills import StillService
from inspector.services.sync import SyncService
from inspector.services.timeline import TimelineService
from inspector.services.undo import UndoService
from inspector.store import journal, keyring, officers, times, vault
from inspector.store.journal import Act
from inspector.store.lock import ProfileLock
from inspector.store.transfers import UNLOCK


class App:
    """One unlocked profile and the officer who unlocked it. Close it to lock."""

    def __init__(self, session: Session, lock: ProfileLock, trouble: StorageFull | StorageFailed | None = None) -> None:
        self._session = session
        self._lock = lock
        self.trouble = trouble
        """Why nothing could be written at unlocking; all that is stored can be read, and each act tries again."""
        self.sites = SiteService(session)
        self.inspections = InspectionService(session)
        self.entry = EntryService(session)
        self.hazards = HazardService(session)
        self.checks = CheckService(session)
        self.deadlines = DeadlineService(session)
        self.evidence = EvidenceService(session)
        self.footage = FootageService(session)
        self.likeness = LikenessService(session)
        self.notices = NoticeService(session, self.likeness)
        self.explaining = ExplainingService(session)
        self.rechecks = RecheckService(session)
        self.printing = PrintService(session)
        self.serving = ServingService(session)
        self.drafts = DraftService(session)
        self.clapper = ClapperService(session)
        self.timeline = TimelineService(session)
        self.stills = StillService(session)
        self.camera = CameraService(session)
        self.catalogue = CatalogueService(session)
        self.library = LibraryService(session)
        self.soft = SoftService(session, self.library.article)
        self.sync = SyncService(session)
        self.audit = AuditService(session)
        self.custody = CustodyService(session)
        self.bundles = BundleService(session, self.custody)
        self.redaction = RedactionService(session, self.custody)
        self.accounts = AccountService(session)
        self.undo = UndoService(session)
        self.packs = PackService(session, self.library)
        self.ledger = LedgerService(session)
        self.signing = SigningService(session, self.evidence)

    @property
    def me(self) -> Officer:
        """The officer who unlocked."""
        return self._session.me

    @property
    def office(self) -> Office:
        """The office this laptop belongs to."""
        return self._session.office

    @property
    def device(self) -> str:
        """The device id in every entry."""
        return self._session.vault.device

    @property
    def public_key(self) -> bytes:
        """The device's public key (32 bytes), which signs every entry and the code of every notice."""
        return self._session.vault.device_key.public

    @property
    def profile(self) -> Path:
        """The folder of this profile."""
        return self._session.vault.profile

    def close(self) -> None:
        """Fold the logs into the files, forget the key, end the workers (they hold pictures), give the profile back."""
        try:
            self.library.close()
            self.stills.close()
            self._session.vault.close()
        finally:
            worker_pool.send_home()
            self._lock.close()


def unlock(profile: Path, user_id: str, passphrase: str, *, clock: Clock | None = None) -> App:
    """Open a profile as one officer. Takes the time the passphrase's cost asks for.

    On a full disk it opens all the same, to read: `App.trouble` says so. Raises ProfileMissing, WrongPassphrase,
    AlreadyOpen, StoreDamaged, StoreTooNew, StorageFull (only where a newer version must first change the store).
    """
    ring = keyring.read(paths.keyring_file(profile))
    vault_key, user_key = keyring.open_user(ring, user_id, passphrase)
    lock = ProfileLock(paths.lock_file(profile))
    try:
        opened = vault.unlock(profile, vault_key, clock or SystemClock())
    except BaseException:
        lock.close()
        raise
    try:
        session = _session(opened, user_id, KeyPair.from_private(user_key))
        trouble = _enter(session)
        paths.founding_file(profile).unlink(missing_ok=True)  # from here on the databases hold work
    except BaseException:
        opened.close()
        lock.close()
        raise
    app = App(session, lock, trouble)
    app.packs.load()
    app.library.open()
    return app


def _enter(session: Session) -> StorageFull | StorageFailed | None:
    """Record who unlocked. Where the disk takes nothing, that is owed until the next entry, and the error returned."""
    act = Act(kind=UNLOCK, type="device", subject=session.vault.device)
    try:
        reset_tries(session, session.me.id)
        with session.vault.gateway.write() as tx:
            session.record(tx, act)
    except (StorageFull, StorageFailed) as error:
        with session.vault.gateway.read() as tx:
            last, _ = journal.position(tx, session.vault.genesis)
        late = replace(act, changes={"unlocked_at": times.written(session.now())})
        session.vault.journal.owe(late, actor=session.me.id, after=last)
        return error
    return None


def _session(opened: vault.Vault, user_id: str, user_key: KeyPair) -> Session:
    with opened.gateway.read() as tx:
        known = officers.account_keys(tx).get(user_id)
        if known is None:
            raise NotFound(kind="account", id=user_id)
        if known != user_key.public:
            raise WrongPassphrase(user=user_id)  # replaced by the recovery code; this one opens no more
        me = officers.get(tx, user_id)
        office = officers.office(tx, me.office_id)
    return Session(vault=opened, me=me, office=office, user_key=user_key)
