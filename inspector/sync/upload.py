"""Sends blobs: offers them, sends the chunks that headquarters lacks, has it read them back, keeps R2.

Only the run's own thread touches the store; other threads do nothing but HTTP.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from inspector.errors import (
    Cancelled,
    EvidenceMissing,
    HqRefused,
    HqUntrusted,
    InspectorError,
    Offline,
    StoreDamaged,
)
from inspector.ids import new_id
from inspector.protocol.messages import Offer, OfferResult, Offers, Sealed, Signed
from inspector.store import transfers
from inspector.sync import trust
from inspector.sync.pace import Pace
from inspector.sync.parcel import LocalDamage, Parcel, are_ranges
from inspector.sync.progress import Lane
from inspector.sync.run import Run
from inspector.sync.wires import Outcome, Wires

OFFERED_AT_ONCE: Final = 200
LEAVES_AT_ONCE: Final = 20_000
"""Leaves of one offer: 64 hex digits each, well under what headquarters takes as one JSON body."""
PASSES: Final = 2
"""What failed with the link, or has to be offered anew, gets one more chance in the same run."""
AGAIN: Final = frozenset({"not_offered", "incomplete", "digest"})
"""Refusals that a new offer may mend."""
WHOLE_RUN: Final = frozenset({"revoked", "unknown_device", "bad_signature", "storage_full"})
"""Refusals that the next blob would meet as well."""


@dataclass(frozen=True, slots=True)
class Tag:
    """Which call of which parcel."""

    parcel: Parcel
    step: Literal["segment", "seal"]
    span: tuple[int, int] = (0, 0)


@dataclass(slots=True, kw_only=True)
class Sender:
    """Sends the blobs of one lane; one bad blob never stops the others."""

    run: Run
    lane: Lane
    pace: Pace
    failures: dict[str, str] = field(default_factory=dict[str, str])
    """Blobs that did not get through, and why (a code)."""

    def send(self, names: Sequence[str]) -> None:
        """Bring every named blob to headquarters as far as possible. Raises Offline, HqRefused, Cancelled.

        What could not be sent is marked in the store with its reason and stays in the backlog.
        """
        waiting = list(names)
        self.run.tally.expect(self.lane, len(waiting), sum(self._size(name) for name in waiting))
        wires: Wires[Tag] = Wires(self.run.connect, self.run.patience)
        try:
            for _ in range(PASSES):
                self._send_once(waiting, wires)
                waiting = [name for name, why in self.failures.items() if why in AGAIN or why.startswith("offline:")]
        finally:
            wires.close()
        for sha256, why in self.failures.items():
            self._mark(sha256, why)

    def _send_once(self, names: Sequence[str], wires: Wires[Tag]) -> None:
        for name in names:
            self.failures.pop(name, None)
        for parcels in self._batches(names):
            self._fly(deque(self._offered(parcels)), wires)

    def _batches(self, names: Sequence[str]) -> Iterator[list[Parcel]]:
        batch: list[Parcel] = []
        leaves = 0
        for name in names:
            parcel = self._parcel(name)
            if parcel is None:
                continue
            leaves += len(parcel.blob.leaves)
            if batch and (len(batch) == OFFERED_AT_ONCE or leaves > LEAVES_AT_ONCE):
                yield batch
                batch, leaves = [], len(parcel.blob.leaves)
            batch.append(parcel)
        if batch:
            yield batch

    def _parcel(self, sha256: str) -> Parcel | None:
        try:
            return Parcel(blob=self.run.vault.originals.find(sha256), lane=self.lane)
        except EvidenceMissing:
            self.failures[sha256] = "local_missing"
        except StoreDamaged:
            self.failures[sha256] = "local_damaged"
        return None

    def _size(self, sha256: str) -> int:
        parcel = self._parcel(sha256)
        return parcel.blob.size if parcel else 0

    # --- offer -------------------------------------------------------------------

    def _offered(self, parcels: list[Parcel]) -> list[Parcel]:
        """Return the parcels that headquarters wants, with what it lacks of each."""
        offers = [Offer(sha256=one.blob.sha256, size=one.blob.size, leaves=list(one.blob.leaves)) for one in parcels]
        answer = self.run.patience.call(lambda: self.run.hq.offers(Offers(blobs=offers)))
        told = {item.sha256: item for item in answer.items}
        return [one for one in parcels if self._is_wanted(one, told.get(one.blob.sha256))]

    def _is_wanted(self, parcel: Parcel, told: OfferResult | None) -> bool:
        blob = parcel.blob
        if told is None:
            self.failures[blob.sha256] = "not_answered"
            return False
        if told.state == "denied":
            self.failures[blob.sha256] = told.why or "denied"
            return False
        if told.state == "have" and told.receipt is not None:
            self.run.tally.had(self.lane, blob.size)
            self._keep(parcel, told.receipt)
            return False
        if not are_ranges(told.missing, len(blob.leaves)):
            self.failures[blob.sha256] = "bad_ranges"
            return False
        parcel.missing.extend(told.missing)
        self.run.tally.had(self.lane, blob.size - parcel.missing_bytes)
        return True

    # --- segments and seals --------------------------------------------------------

    def _fly(self, parcels: deque[Parcel], wires: Wires[Tag]) -> None:
        self.pace.begin(time.monotonic())
        while parcels or wires.flying:
            self.run.patience.check()
            while wires.flying < self.pace.streams and self._launch(parcels, wires):
                pass
            if not wires.flying:
                break
            for outcome in wires.landed():
                self._land(outcome)

    def _launch(self, parcels: deque[Parcel], wires: Wires[Tag]) -> bool:
        """Start the next call; return False if there is none to start now."""
        for parcel in list(parcels):
            if parcel.is_ready_to_seal:
                parcel.is_sealing = True
                parcels.remove(parcel)
                wires.send(Tag(parcel, "seal"), lambda wire, name=parcel.blob.sha256: wire.seal(name))
                return True
            if parcel.failure:
                parcels.remove(parcel)
                continue
            span = parcel.take(self.pace.chunks)
            if span is not None and self._launch_segment(parcel, span, wires):
                return True
        return False

    def _launch_segment(self, parcel: Parcel, span: tuple[int, int], wires: Wires[Tag]) -> bool:
        try:
            content = parcel.content(self.run.vault.originals, span)
        except (LocalDamage, StoreDamaged):
            self._fail(parcel, "local_damaged")
        except EvidenceMissing:
            self._fail(parcel, "local_missing")
        else:
            name = parcel.blob.sha256
            wires.send(Tag(parcel, "segment", span), lambda wire: wire.put_segment(name, span, content))
            return True
        parcel.flying -= 1
        return False

    def _land(self, outcome: Outcome[Tag]) -> None:
        tag = outcome.tag
        if tag.step == "segment":
            self._land_segment(outcome)
        if outcome.error is not None:
            self._judge(tag.parcel, outcome.error)
        elif isinstance(outcome.answer, Sealed):
            self._keep(tag.parcel, outcome.answer.receipt)

    def _land_segment(self, outcome: Outcome[Tag]) -> None:
        tag, size = outcome.tag, outcome.tag.parcel.span_bytes(outcome.tag.span)
        tag.parcel.flying -= 1
        self.run.tally.wasted_bytes += size * outcome.failed_tries
        if isinstance(outcome.error, Offline):
            self.pace.failed()
        if outcome.error is not None:
            return
        chunks = tag.span[1] - tag.span[0]
        self.pace.sent(chunks=chunks, size=size, seconds=outcome.seconds, now=time.monotonic())
        self.run.tally.arrived(self.lane, size)

    def _judge(self, parcel: Parcel, error: InspectorError) -> None:
        """Decide whether a failure is this blob's own, or everybody's: then it is raised."""
        if isinstance(error, Cancelled):
            raise error
        if isinstance(error, Offline):
            self._demand_link()
            self._fail(parcel, f"offline:{error.facts['cause']}")
        elif isinstance(error, HqRefused):
            if error.facts["title"] in WHOLE_RUN:
                raise error
            self._fail(parcel, str(error.facts["title"]))
        else:
            raise error

    def _demand_link(self) -> None:
        """Raise Offline if headquarters can't be reached at all: then it was not this blob's fault."""
        self.run.patience.call(lambda: self.run.hq.hello(new_id()))

    def _fail(self, parcel: Parcel, why: str) -> None:
        parcel.failure = why
        self.failures[parcel.blob.sha256] = why

    # --- receipts -------------------------------------------------------------------

    def _keep(self, parcel: Parcel, receipt: Signed) -> None:
        blob = parcel.blob
        try:
            trust.blob_receipt(self.run.peer, receipt, sha256=blob.sha256, sm3=blob.sm3, size=blob.size)
        except HqUntrusted as error:
            self._fail(parcel, str(error.facts["reason"]))
            return
        with self.run.vault.gateway.write() as tx:
            transfers.keep_receipt(
                tx, kind=transfers.R2, ref=blob.sha256, span=(0, 0), body=receipt.body, sig=receipt.sig
            )
        self.run.tally.finished(self.lane, 1)

    def _mark(self, sha256: str, why: str) -> None:
        self.run.tally.refuse("blob", sha256, why)
        if why.startswith("offline:"):
            self.run.lost = Offline(cause=why.partition(":")[2])
        with self.run.vault.gateway.write() as tx:
            transfers.mark_refused(tx, sha256, why)
