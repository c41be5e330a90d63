"""Footage and the entries around it reach headquarters: clips last, entries of half a megabyte whole."""

from __future__ import annotations

import hashlib
from pathlib import Path

from inspector.ids import new_id
from inspector.store.journal import Act
from inspector.store.projection import CLASS_FOOTAGE
from inspector.store.times import written
from inspector.sync.progress import Lane, Stage, SyncProgress, SyncState
from tests.builders import ZHANG
from tests.services.recorder import MIB
from tests.sync.conftest import Headquarters, Laptop, demand_agreement, noise
from tests.sync.faults import Link

LEAVES = 8192
"""Of a clip of 8 GiB."""


def test_a_clip_goes_up_after_the_photos(hq: Headquarters, laptop: Laptop) -> None:
    visit = laptop.inspect()
    sha256 = laptop.film(visit, 5 * MIB + 3)
    laptop.attach(visit, noise(MIB))
    waiting = laptop.backlog()
    assert (waiting.photos, waiting.footage, waiting.is_empty) == (1, 1, False)
    report = laptop.sync()
    assert (report.state, report.refused, report.is_handover_ready) == (SyncState.DONE, (), True)
    assert (report.sent_files, report.backlog.footage_total) == (2, 1)
    assert hq.states(laptop.vault.device) == {("applied", "")}
    demand_agreement(hq, laptop)
    assert hashlib.sha256(hq.blob(sha256)).hexdigest() == sha256
    moved = [(one.stage, one.lane(Lane.PHOTOS).done, one.lane(Lane.FOOTAGE).done_bytes) for one in laptop.seen]
    assert all(photos == 1 for stage, photos, _ in moved if stage is Stage.FOOTAGE)
    assert all(not footage for stage, _, footage in moved if stage is Stage.PHOTOS)


def test_a_link_that_breaks_within_a_clip_goes_on_from_there(hq: Headquarters, laptop: Laptop, link: Link) -> None:
    laptop.film(laptop.inspect(), 20 * MIB)

    def is_enough() -> bool:
        step: SyncProgress | None = laptop.seen[-1] if laptop.seen else None
        return step is not None and step.lane(Lane.FOOTAGE).done_bytes > 6 * MIB

    report = laptop.sync(is_enough)
    assert (report.state, report.backlog.footage) == (SyncState.CANCELLED, 1)
    link.forget()
    assert laptop.reopened().sync().is_handover_ready
    assert sum(call.path.startswith("/v1/blobs/") for call, _ in link.calls) < 20


def test_damaged_footage_is_named_and_the_rest_goes_up(hq: Headquarters, laptop: Laptop) -> None:
    visit = laptop.inspect()
    sha256 = laptop.film(visit, 3 * MIB)
    laptop.attach(visit, noise(MIB))
    file: Path = laptop.vault.profile / "footage" / f"{sha256}.fif"
    raw = bytearray(file.read_bytes())
    raw[2 * MIB] ^= 1
    file.write_bytes(raw)
    report = laptop.sync()
    assert [(one.ref, one.why) for one in report.refused] == [(sha256, "local_damaged")]
    assert (report.backlog.photos, report.backlog.footage) == (0, 1)


def test_entries_of_half_a_megabyte_pass_in_batches(hq: Headquarters, laptop: Laptop) -> None:
    recording = new_id()
    with laptop.vault.gateway.write() as tx:
        fields = {"inspection_id": None, "device_label": "", "source": "card", "added_by": ZHANG}
        at = written(laptop.session.now())
        create = Act(kind="create", type="recording", subject=recording, changes=fields | {"added_at": at})
        laptop.session.record(tx, create)
        for n in range(20):
            laptop.session.record(tx, a_long_clip(recording, n, at))
        clip = tx.value("select id from clip order by ordinal limit 1")
        patch = {"codec": "h264", "width": 1920, "height": 1080, "frames": 90_000}
        laptop.session.record(tx, Act(kind="patch", type="clip", subject=clip, changes=patch))
    assert max(len(raw) for raw in laptop.entries()) > 540_000
    assert laptop.backlog().footage == 20
    report = laptop.sync()
    assert {one.why for one in report.refused} == {"local_missing"}  # these clips have no bytes
    assert laptop.backlog().entries == 0
    assert hq.entries(laptop.vault.device) == laptop.entries()
    assert hq.states(laptop.vault.device) == {("applied", "")}


def a_long_clip(recording: str, n: int, at: str) -> Act:
    sha256 = hashlib.sha256(b"%d" % n).hexdigest()
    leaves = [hashlib.sha256(b"%d %d" % (n, m)).hexdigest() for m in range(LEAVES)]
    fields = {"recording_id": recording, "ordinal": n, "sha256": sha256, "sm3": "0" * 64, "size": LEAVES * MIB}
    told = {"leaves": leaves, "mime": "video/mp4", "name": f"{n}.mp4", "attached_at": at, "attached_by": ZHANG}
    return Act(kind="attach", type="clip", subject=new_id(), changes=fields | told, refs=(sha256,))


def test_the_other_records_of_evidence_are_taken_by_headquarters(hq: Headquarters, laptop: Laptop) -> None:
    visit = laptop.inspect()
    hazard = laptop.report(visit)
    at = written(laptop.session.now())
    acts = {
        "clap": {"inspection_id": visit, "nonce": "00" * 16, "began_at": at, "began_by": ZHANG},
        "recheck": {"inspection_id": visit, "hazard_id": hazard, "checked_at": at, "checked_by": ZHANG},
        "film_gap": {"inspection_id": visit, "step": "entry", "reason": "忘开", "noted_at": at, "noted_by": ZHANG},
        "custody": {"evidence_id": "e", "sha256": "a" * 64, "act": "open", "at": at, "done_by": ZHANG, "detail": ""},
    }
    with laptop.vault.gateway.write() as tx:
        for kind, changes in acts.items():
            laptop.session.record(tx, Act(kind="create", type=kind, subject=new_id(), changes=changes))
        assert tx.value("select count(*) from transfer where class = :lane", {"lane": CLASS_FOOTAGE}) == 0
    report = laptop.sync()
    assert (report.refused, report.is_handover_ready) == ((), True)
    assert hq.states(laptop.vault.device) == {("applied", "")}
