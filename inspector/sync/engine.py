"""One sync run from hello to the last receipt; every stage begins from what is stored, so it may be cut anywhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from inspector.errors import Cancelled, HqRefused, HqUntrusted, InspectorError, NotAllowed, Offline
from inspector.store import settings, transfers
from inspector.store.projection import CLASS_FOOTAGE, CLASS_NOTICE
from inspector.store.transfers import Waiting
from inspector.store.vault import Vault
from inspector.sync import hello, kept, numbers, pull, push
from inspector.sync.pace import Pace
from inspector.sync.patience import Patience
from inspector.sync.progress import Lane, Listener, Stage, SyncReport, SyncState, Tally
from inspector.sync.run import Connect, Run
from inspector.sync.upload import Sender

PULLS: Final = 3
"""Times that entries made meanwhile may send a pull back to push first, before it waits for the next run."""
FILES: Final = (Lane.NOTICES, Lane.PHOTOS, Lane.FOOTAGE)
"""In this order; a card of footage never holds up a photo."""
HOPELESS: Final = 5
"""After so many failed tries a blob goes last in its lane."""


class SyncEngine:
    """Syncs one vault with the headquarters of its certificate, one run at a time."""

    def __init__(self, vault: Vault, connect: Connect, *, actor: str, patience: Patience | None = None) -> None:
        """`connect` makes a fresh connection (HttpHq); `actor` stands in the entries that a run makes."""
        self._vault = vault
        self._connect = connect
        self._actor = actor
        self._patience = patience or Patience()
        self._turn = threading.Lock()

    def run(self, progress: Listener, is_cancelled: Callable[[], bool]) -> SyncReport:
        """Send and fetch everything; `progress` is called on this thread.

        Offline, HqRefused, HqUntrusted and Cancelled end up in the report. Raises NotAllowed(sync_running) and what
        the store raises (StorageFull, StoreDamaged …); then too nothing is lost and the next run goes on.
        """
        if not self._turn.acquire(blocking=False):
            raise NotAllowed(reason="sync_running")
        try:
            return self._run(progress, is_cancelled)
        finally:
            self._turn.release()

    def _run(self, progress: Listener, is_cancelled: Callable[[], bool]) -> SyncReport:
        began = time.monotonic()
        run = Run(
            vault=self._vault,
            hq=self._connect(),
            connect=self._connect,
            actor=self._actor,
            patience=replace(self._patience, is_cancelled=is_cancelled),
            tally=Tally(listener=progress),
        )
        state, error = SyncState.DONE, None
        try:
            _stages(run)
            if run.lost is not None:
                state, error = SyncState.INTERRUPTED, run.lost
        except Offline as lost:
            state, error = SyncState.INTERRUPTED, lost
        except (HqRefused, HqUntrusted) as refused:
            state, error = SyncState.REFUSED, refused
        except Cancelled as stopped:
            state, error = SyncState.CANCELLED, stopped
        finally:
            run.hq.close()
        return _report(run, state, error, time.monotonic() - began)


def _stages(run: Run) -> None:
    _announce(run)
    run.tally.enter(Stage.HELLO)
    hello.greet(run)
    run.tally.enter(Stage.ENTRIES)
    push.push(run)
    pace = Pace()
    notices = Sender(run=run, lane=Lane.NOTICES, pace=pace)
    run.tally.enter(Stage.NOTICES)
    notices.send(_waiting(run, Lane.NOTICES))
    run.tally.enter(Stage.REGISTER)
    _optional(run, "register", lambda: _pull(run))
    run.tally.enter(Stage.NUMBERS)
    _optional(run, "lease", lambda: numbers.refill(run))
    photos = Sender(run=run, lane=Lane.PHOTOS, pace=pace)
    run.tally.enter(Stage.PHOTOS)
    photos.send(_waiting(run, Lane.PHOTOS) + _receipted(run))
    footage = Sender(run=run, lane=Lane.FOOTAGE, pace=pace)
    run.tally.enter(Stage.FOOTAGE)
    footage.send(_waiting(run, Lane.FOOTAGE))
    run.tally.enter(Stage.CLOSING)
    push.push(run)
    _remember(run, is_clean=not (notices.failures or photos.failures or footage.failures))


def _announce(run: Run) -> None:
    """Say from the start how much there is, so that the remaining time covers all of it."""
    with run.vault.gateway.read() as tx:
        waiting = transfers.waiting(tx)
        backlog = transfers.backlog(tx)
    run.tally.expect(Lane.ENTRIES, backlog.entries + backlog.unlocks, 0)
    for lane in FILES:
        mine = [one.size for one in waiting if _lane(one) is lane]
        run.tally.expect(lane, len(mine), sum(mine))


def _lane(one: Waiting) -> Lane:
    return {CLASS_NOTICE: Lane.NOTICES, CLASS_FOOTAGE: Lane.FOOTAGE}.get(one.lane, Lane.PHOTOS)


def _pull(run: Run) -> None:
    for _ in range(PULLS):
        if pull.pull(run):
            return
        push.push(run)


def _optional(run: Run, kind: str, stage: Callable[[], None]) -> None:
    """Do a stage on which no later one depends: its refusal is noted, and the photos still go."""
    try:
        stage()
    except HqRefused as error:
        run.tally.refuse(kind, "", str(error.facts["title"]))
    except HqUntrusted as error:
        run.tally.refuse(kind, "", str(error.facts["reason"]))


def _waiting(run: Run, lane: Lane) -> list[str]:
    with run.vault.gateway.read() as tx:
        waiting = transfers.waiting(tx)
    mine = [one for one in waiting if _lane(one) is lane]
    return [one.sha256 for one in sorted(mine, key=lambda one: one.tries >= HOPELESS)]


def _receipted(run: Run) -> list[str]:
    """Return the blobs that headquarters signed for but may have lost since: only if it was put back from a backup."""
    with run.vault.gateway.read() as tx:
        if not kept.is_recheck_due(tx):
            return []
        return [ref for ref, _, _ in transfers.receipts(tx, transfers.R2)]


def _remember(run: Run, *, is_clean: bool) -> None:
    with run.vault.gateway.write() as tx:
        if is_clean:
            settings.keep_setting(tx, kept.RECHECK, "")
        if kept.is_handover_ready(tx):
            settings.keep_setting(tx, kept.LAST_SYNC, str(run.vault.clock.read().wall_ms))


def _report(run: Run, state: SyncState, error: InspectorError | None, seconds: float) -> SyncReport:
    with run.vault.gateway.read() as tx:
        backlog = transfers.backlog(tx)
        is_ready = kept.is_handover_ready(tx)
    entries, _ = run.tally.done(Lane.ENTRIES)
    files, _ = run.tally.done(*FILES)
    _, size = run.tally.done(Lane.ENTRIES, *FILES)
    return SyncReport(
        state=state,
        error=error,
        sent_entries=entries,
        sent_files=files,
        sent_bytes=size,
        wasted_bytes=run.tally.wasted_bytes,
        receipts=run.tally.receipts,
        adopted=run.tally.adopted,
        leased=run.tally.leased,
        refused=tuple(run.tally.refused.values()),
        backlog=backlog,
        is_handover_ready=is_ready,
        seconds=seconds,
    )
