"""The same picture at two visits: looked for in the background, shown side by side, explained by an officer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import Final

from inspector.domain.changes import Changes, Topic
from inspector.domain.evidence import Evidence, EvidenceKind
from inspector.domain.likeness import Likeness, LikenessKind
from inspector.errors import Cancelled, EvidenceMissing, EvidenceRefused, NotAllowed
from inspector.evidence import likeness as pictures
from inspector.ids import InspectionId, SiteId
from inspector.services.evidence import PAPER_EDGE, THUMB_EDGE, EvidenceService
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import evidence, inspections, likenesses, times
from inspector.store.gateway import Row, Tx
from inspector.store.journal import Act
from inspector.store.likenesses import LikenessCache

MOST_COMPARED: Final = 40
"""So many candidates of one picture are compared pixel by pixel, the nearest first; more never occurred in tests."""
_BATCH: Final = 50


class LikenessService:
    """Which pieces of evidence show a picture that another visit brought in before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._evidence = EvidenceService(session)
        self._cache = LikenessCache(session.vault.evidence, pictures.VERSION)
        self._shelf: pictures.Shelf | None = None
        self._shelved: list[str] = []
        self._known: dict[str, bytes] = {}
        self._lock = threading.RLock()

    def look(self, inspection_id: str, is_cancelled: Callable[[], bool] = lambda: False) -> Changes:
        """Look for earlier pictures like those of an inspection; what was looked for before is passed over.

        The first time it also learns the pictures of all other visits (≤ 5 ms each where previews are kept). Made for
        the background: it raises Cancelled when asked to stop, and goes on where it was at the next call.
        """
        self._learn(self._everything(), is_cancelled)
        has_found = False
        for piece in self._evidence.of(inspection_id):
            if is_cancelled():
                raise Cancelled
            has_found = self._search(piece) or has_found
        return Changes.of(Topic.EVIDENCE) if has_found else Changes.of()

    def look_at(self, pieces: Iterable[Evidence]) -> None:
        """Look for earlier pictures like these few: what the gate does before a notice is judged."""
        wanted = [piece for piece in pieces if piece.original.kind is not EvidenceKind.DOCUMENT]
        if wanted:
            self._learn(self._everything(), lambda: False)
        for piece in wanted:
            self._search(piece)

    def found(self, evidence_id: str) -> list[Likeness]:
        """Return the earlier pieces that show the same picture, oldest first; none for most. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            piece = evidence.get(tx, evidence_id)
        return self.of(piece.inspection_id).get(evidence_id, [])

    def of(self, inspection_id: str) -> dict[str, list[Likeness]]:
        """Return what was found about the pieces of an inspection, by the id of the piece."""
        with self._session.vault.gateway.read() as tx:
            mine = {piece.id: piece for piece in evidence.of_inspection(tx, inspection_id)}
        like = self._cache.like(piece.original.sha256 for piece in mine.values())
        found: dict[str, list[Likeness]] = {}
        with self._session.vault.gateway.read() as tx:
            for row in likenesses.earlier(tx, inspection_id, like):
                if row["piece"] in mine:
                    found.setdefault(row["piece"], []).append(_likeness(tx, mine[row["piece"]], row))
        return found

    def explain(self, evidence_id: str, reuse_of: str, reason: str) -> Changes:
        """Say why a picture of an earlier visit is used here. Raises InvalidInput, NotAllowed(not_alike), NotFound."""
        if all(one.other.id != reuse_of for one in self.found(evidence_id)):
            raise NotAllowed(reason="not_alike")
        changes = {"reuse_of": reuse_of, "reuse_reason": one_line(reason, field="reason")}
        with self._session.vault.gateway.write() as tx:
            self._session.record(tx, Act(kind="patch", type="evidence", subject=evidence_id, changes=changes))
        return Changes.of(Topic.EVIDENCE, Topic.NOTICES, Topic.SYNC)

    def _everything(self) -> list[str]:
        with self._session.vault.gateway.read() as tx:
            return likenesses.pictures(tx)

    def _learn(self, digests: Iterable[str], is_cancelled: Callable[[], bool]) -> None:
        """Fingerprint what has no fingerprint yet."""
        self._load()
        fresh: list[tuple[str, bytes]] = []
        try:
            for sha256 in digests:
                if is_cancelled():
                    raise Cancelled
                if sha256 not in self._known and (print_ := self._fingerprint(sha256)) is not None:
                    fresh.append((sha256, print_))
                if len(fresh) >= _BATCH:
                    self._shelve(fresh)
                    fresh = []
        finally:
            self._shelve(fresh)

    def _load(self) -> None:
        with self._lock:
            if self._shelf is None:
                self._shelf = pictures.Shelf()
                self._put(self._cache.fingerprints())

    def _shelve(self, fresh: list[tuple[str, bytes]]) -> None:
        if fresh:
            self._cache.keep(fresh)
            with self._lock:
                self._put([one for one in fresh if one[0] not in self._known])

    def _put(self, prints: list[tuple[str, bytes]]) -> None:
        usable = [one for one in prints if len(one[1]) == pictures.SIZE]
        self._known.update(prints)
        self._shelved += [sha256 for sha256, _ in usable]
        if self._shelf is not None:
            self._shelf.add([body for _, body in usable])

    def _fingerprint(self, sha256: str) -> bytes | None:
        try:
            return pictures.fingerprint(self._evidence.preview(sha256, THUMB_EDGE))
        except EvidenceRefused:
            return b""  # nothing can draw it: its bytes alone can be told again
        except EvidenceMissing:
            return None

    def _search(self, piece: Evidence) -> bool:
        """Search once for a picture of a site; return whether something new was found."""
        sha256, print_ = piece.original.sha256, self._known.get(piece.original.sha256, b"")
        with self._session.vault.gateway.read() as tx:
            site_id = inspections.get(tx, piece.inspection_id).site_id
        if not print_ or self._cache.is_searched(sha256, site_id):
            return False
        found: list[tuple[str, int, float]] = []
        mine: pictures.Seen | None = None
        for other in self._candidates(sha256, print_, site_id):
            mine = mine or self._see(sha256)
            theirs = self._see(other)
            if mine is None or theirs is None:
                continue
            told = pictures.compare(mine, theirs)
            if told.is_same:
                found.append((other, told.inliers, told.share))
        self._cache.keep_search(sha256, site_id, found)
        return bool(found)

    def _candidates(self, sha256: str, print_: bytes, site_id: str) -> list[str]:
        with self._lock:
            near = [self._shelved[n] for n in self._shelf.near(print_)] if self._shelf is not None else []
        with self._session.vault.gateway.read() as tx:
            elsewhere = likenesses.elsewhere(tx, near, site_id)
        return [other for other in near if other in elsewhere and other != sha256][:MOST_COMPARED]

    def _see(self, sha256: str) -> pictures.Seen | None:
        try:
            return pictures.see(self._evidence.preview(sha256, PAPER_EDGE))
        except (EvidenceRefused, EvidenceMissing):
            return None


def _likeness(tx: Tx, piece: Evidence, row: Row) -> Likeness:
    return Likeness(
        kind=LikenessKind(row["kind"]),
        evidence=piece,
        other=evidence.get(tx, row["other"]),
        other_inspection_id=InspectionId(row["inspection_id"]),
        other_site_id=SiteId(row["site_id"]),
        other_site_name=row["site_name"],
        other_visited_at=times.read(row["visited_at"]),
        other_officer_name=row["officer_name"],
        is_same_site=bool(row["is_same_site"]),
    )
