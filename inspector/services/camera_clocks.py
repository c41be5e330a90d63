"""Clocks of cameras and phones: measured by a photo of the clapper, and corrected for the photos of that camera."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from inspector.crypto.clapper_key import clap_key
from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import ClockSource, Evidence
from inspector.domain.footage import Clap, ClapVerdict
from inspector.errors import InvalidInput, NotAllowed
from inspector.evidence import clapper, clapper_reading
from inspector.evidence.photo import render_preview
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.store import claps, evidence
from inspector.store.gateway import Tx
from inspector.store.history import GROUP
from inspector.store.journal import Act

PHOTO_EDGE: Final = 3200
"""Long edge at which a photo is searched: a phone sees a 200 mm code at 2.5 m with 5 pixels a module."""
WITHIN_MS: Final = 1_000
"""A code holds for a second and cameras write whole seconds: the shift lies within ± 1 s of the middle."""
MOST_SHIFT_MS: Final = 40 * 366 * 86_400_000
"""A camera whose battery was out counts from 1990 or 2000; more is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraClock:
    """What a photo of the clapper tells of its camera's clock: the laptop's time is the camera's plus `shift_ms`.

    `shift_ms` is None if it tells nothing; `why` is then no_clapper, no_time (the camera wrote none) or the verdict.
    """

    camera: str
    shift_ms: int | None = None
    uncertainty_ms: int = WITHIN_MS
    verdict: ClapVerdict | None = None
    why: str = ""


class CameraClockService:
    """The part of the clapper that is about photos."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def measure_camera(self, evidence_id: str) -> CameraClock:
        """Return what a photo of the clapper tells of its camera's clock; changes nothing. Takes up to a second.

        Only a clap of this laptop and this inspection measures. Raises NotFound, EvidenceRefused(undecodable, …).
        """
        with self._session.vault.gateway.read() as tx:
            found = evidence.get(tx, evidence_id)
        camera = found.original.camera
        preview = render_preview(self._session.vault.originals.read(found.original.sha256), edge=PHOTO_EDGE)
        told = clapper_reading.read_slowly(clapper_reading.grey_of(preview.jpeg))
        if not told:
            return CameraClock(camera=camera, why="no_clapper")
        verdict = self._worth(told[0], found)
        if verdict is not ClapVerdict.GENUINE:
            return CameraClock(camera=camera, verdict=verdict, why=verdict.value)
        if found.original.taken_at is None:
            return CameraClock(camera=camera, verdict=verdict, why="no_time")
        # Code and camera both cut their time down to whole seconds: the halves that are missing cancel out.
        shift_ms = told[0].wall_ms - round(found.original.taken_at.timestamp() * 1000)
        return CameraClock(camera=camera, shift_ms=shift_ms, verdict=verdict)

    def same_camera(self, evidence_id: str) -> list[Evidence]:
        """Return the pieces of the same inspection and camera that a shift may be applied to, itself among them.

        Left out are those without a time and those an issued notice was printed with. Raises NotFound.
        """
        with self._session.vault.gateway.read() as tx:
            one = evidence.get(tx, evidence_id)
            siblings = evidence.of_inspection(tx, one.inspection_id)
            return [
                each
                for each in siblings
                if each.original.camera == one.original.camera
                and each.original.taken_at is not None
                and each.still is None
                and not evidence.cited_in_issued(tx, each)
            ]

    def apply_shift(self, evidence_ids: Sequence[str], shift_ms: int | None, source: ClockSource) -> Changes:
        """Say by how much the clock of the camera of these photos is corrected; None: not at all. One step of undo.

        The camera's own text stays beside it. Raises InvalidInput(clock_shift), NotAllowed(evidence_issued), NotFound;
        then nothing changed.
        """
        if shift_ms is not None and abs(shift_ms) > MOST_SHIFT_MS:
            raise InvalidInput(field="clock_shift", reason="malformed")
        if (shift_ms is None) != (source is ClockSource.NONE):
            raise InvalidInput(field="clock_shift", reason="malformed")
        changes = {"clock_shift_ms": shift_ms, "clock_source": source.value}
        together = {GROUP: new_id()} if len(evidence_ids) > 1 else {}
        with self._session.vault.gateway.write() as tx:
            for evidence_id in evidence_ids:
                self._demand_free(tx, evidence_id)
                act = Act(kind="patch", type="evidence", subject=evidence_id, changes=changes | together)
                self._session.record(tx, act)
        return Changes.of(Topic.EVIDENCE, Topic.SYNC)

    def key_of(self, clap: Clap) -> bytes:
        """Return the MAC key of a clap of this laptop; another laptop's claps can't be checked here."""
        secret = self._session.vault.device_key.private_bytes()
        return clap_key(secret, bytes.fromhex(clap.nonce), clap.id)

    def _worth(self, told: clapper.Told, found: Evidence) -> ClapVerdict:
        with self._session.vault.gateway.read() as tx:
            named = claps.tagged(tx, told.clap)
        if not named:
            return ClapVerdict.FOREIGN
        fitting = [clap for clap in named if clapper.fits(told, self.key_of(clap))]
        if not fitting:
            return ClapVerdict.FORGED
        is_of_this = fitting[0].inspection_id == found.inspection_id
        return ClapVerdict.GENUINE if is_of_this else ClapVerdict.FOREIGN

    @staticmethod
    def _demand_free(tx: Tx, evidence_id: str) -> None:
        if evidence.cited_in_issued(tx, evidence.get(tx, evidence_id)):
            raise NotAllowed(reason="evidence_issued")
