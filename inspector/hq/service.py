"""What headquarters can do, as plain blocking calls; the routes and the tests both speak to this."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqlalchemy import insert, select

from inspector.clock import Clock, SystemClock
from inspector.crypto.http_signatures import Message, verify
from inspector.errors import ProfileMissing, StoreDamaged
from inspector.hq import devices, identity, numbers, register
from inspector.hq.blobs import BlobFolder, Step
from inspector.hq.database import Database
from inspector.hq.devices import Device
from inspector.hq.identity import Identity
from inspector.hq.journal import Intake
from inspector.hq.problem import Refusal
from inspector.hq.register import Register
from inspector.hq.schema import server
from inspector.hq.sessions import Sessions
from inspector.hq.uploads import Segment, Uploads
from inspector.ids import OfficeId, new_id
from inspector.protocol.messages import (
    TIME_CONTEXT,
    Enrolled,
    EnrolRequest,
    Hello,
    Leased,
    LeaseRequest,
    OfferResults,
    Offers,
    Position,
    Push,
    Pushed,
    RegisterAnswer,
    Sealed,
    TimeToken,
)

_DATABASE = "hq.db"
_NONCE_MAX = 128


class HqService:
    """One headquarters on one data folder; any thread may call it, every change is one transaction."""

    def __init__(self, folder: Path, *, clock: Clock | None = None, on_step: Step = lambda _: None) -> None:
        """Open an initialised folder and bring its schema up to date.

        Raises ProfileMissing, StoreDamaged or StoreTooNew.
        """
        if not (folder / _DATABASE).is_file():
            raise ProfileMissing(folder=str(folder))
        self.folder = folder
        self.clock = clock or SystemClock()
        self.database = Database(folder / _DATABASE)
        self.database.upgrade()
        self.identity = _identity(folder, self.database)
        self.blobs = BlobFolder(folder, on_step=on_step)
        self._uploads = Uploads(self.database, self.blobs, identity=self.identity, clock=self.clock)
        self._uploads.sweep()
        self._sessions = Sessions()

    @classmethod
    def create(cls, folder: Path, *, clock: Clock | None = None) -> HqService:
        """Make a new headquarters in `folder`. Raises NotAllowed if there is one already."""
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(PermissionError):  # a mounted folder may not be ours to close
            folder.chmod(0o700)
        key = identity.make_key(folder)
        database = Database(folder / _DATABASE)
        database.upgrade()
        now = (clock or SystemClock()).read().wall_ms
        with database.write() as tx:
            tx.execute(insert(server).values(id=new_id(), public_key=key.public, epoch=1, created_ms=now))
        database.close()
        return cls(folder, clock=clock)

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # --- at the desk -----------------------------------------------------------

    def import_register(self, content: Register) -> int:
        """Store a register's new and changed records; return how many. Raises InvalidInput."""
        with self.database.write() as tx:
            return register.take_in(tx, self.identity, content, ms=self._now())

    def new_code(self, office: str) -> str:
        """Make a one-time enrolment code for an office. Raises NotFound."""
        with self.database.write() as tx:
            return devices.new_code(tx, OfficeId(office), ms=self._now())

    def devices(self) -> list[Device]:
        """Return all devices, oldest first."""
        with self.database.read() as tx:
            return devices.every(tx)

    def signers(self) -> dict[str, bytes]:
        """Return the public key of every laptop that was ever enrolled, by issuer and laptop: what it signed stays."""
        with self.database.read() as tx:
            return {
                f"{register.office_of(tx, one.office).issuer_name}（{one.name}）": one.key for one in devices.every(tx)
            }

    def revoke(self, device: str) -> None:
        """Withdraw a device's enrolment. Raises NotFound."""
        with self.database.write() as tx:
            devices.revoke(tx, device, ms=self._now())

    # --- on the wire -------------------------------------------------------------

    def hello(self, nonce: str) -> Hello:
        """Introduce headquarters: key, time in answer to `nonce`, a new session. Raises Refusal malformed."""
        if not 1 <= len(nonce) <= _NONCE_MAX:
            raise Refusal("malformed", "nonce")
        now = self.clock.read()
        return Hello(
            server_id=self.identity.server_id,
            epoch=self.identity.epoch,
            server_key=self.identity.key.public,
            time=self.identity.sign(TIME_CONTEXT, TimeToken(nonce=nonce, server_ms=now.wall_ms)),
            session=self._sessions.new(now.mono_ms),
        )

    def enrol(self, request: EnrolRequest) -> Enrolled:
        """Enrol a device. Raises Refusal code_refused, bad_signature or malformed."""
        with self.database.write() as tx:
            return devices.enrol(tx, self.identity, request, ms=self._now())

    def authenticate(self, message: Message, *, has_body: bool) -> Device:
        """Return the device that signed a request and use up its nonce.

        Raises Refusal bad_signature, unknown_device, revoked, session or replay.
        """
        asked: list[Device | None] = []

        def key_of(key_id: str) -> bytes | None:
            with self.database.read() as tx:
                asked.append(devices.find(tx, key_id))
            return asked[-1].key if asked[-1] else None

        verified = verify(message, key_of=key_of)
        device = asked[-1] if asked else None
        if asked and device is None:
            raise Refusal("unknown_device")
        if device is None or verified is None or (has_body and "content-digest" not in verified.covers):
            raise Refusal("bad_signature")
        if device.is_revoked:
            raise Refusal("revoked")
        self._sessions.use(verified.nonce, device.id, self.clock.read().mono_ms)
        return device

    def position(self, device: Device) -> Position:
        """Return how far the device's chain is stored."""
        with self.database.read() as tx:
            return devices.position(tx, device.id)

    def push(self, device: Device, push: Push) -> Pushed:
        """Store entries. Raises Refusal malformed, too_large, foreign_device, gap, order or fork."""
        if push.device != device.id:
            raise Refusal("foreign_device")
        with self.database.write() as tx:
            answer = Intake(tx, self.identity, device_id=device.id, ms=self._now()).push(push)
        if isinstance(answer, Refusal):
            raise answer
        return answer

    def offer(self, device: Device, offers: Offers) -> OfferResults:
        """Say of each blob what is here. Raises Refusal too_large."""
        return self._uploads.offer(device.id, offers)

    def segment(self, device: Device, sha256: str, span: tuple[int, int]) -> Segment | None:
        """Return what chunks [a, b) must be, None if they are here. Raises Refusal (see Uploads.segment)."""
        return self._uploads.segment(device.id, sha256, *span)

    def put_leaf(self, segment: Segment, n: int, leaf: bytes) -> None:
        """Keep one chunk. Raises Refusal digest or storage_full."""
        self._uploads.put_leaf(segment, n, leaf)

    def seal(self, device: Device, sha256: str) -> Sealed:
        """Make a blob whole and give its receipt. Raises Refusal not_offered, incomplete, digest, storage_full."""
        return self._uploads.seal(device.id, sha256)

    def lend(self, device: Device, request: LeaseRequest) -> Leased:
        """Lend document numbers. Raises Refusal lease_refused or malformed."""
        with self.database.write() as tx:
            return numbers.lend(tx, self.identity, device, request, ms=self._now())

    def register(self, device: Device, cursor: int) -> RegisterAnswer:
        """Return the next page of the register for the device's office."""
        with self.database.read() as tx:
            return register.page(tx, self.identity, device.office, cursor)

    def _now(self) -> int:
        return self.clock.read().wall_ms


def _identity(folder: Path, database: Database) -> Identity:
    key = identity.read_key(folder)
    with database.read() as tx:
        row = tx.execute(select(server)).first()
    if row is None or row.public_key != key.public:
        raise StoreDamaged(file=_DATABASE, cause="the database belongs to another key")
    return Identity(server_id=row.id, epoch=row.epoch, key=key)
