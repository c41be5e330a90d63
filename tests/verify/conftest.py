"""Two exports of a day that was synced: a laptop's and headquarters'."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from inspector.domain.printing import PrintOrder, PrintState
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.hq.export import export as export_hq
from inspector.ids import new_id
from inspector.services.export import export as export_laptop
from inspector.services.printing import PrintService
from inspector.services.serving import ServingService
from inspector.store import notices
from inspector.store.journal import Act
from tests.builders import ZHANG
from tests.sync.conftest import Headquarters, Laptop, noise, patient


@dataclass(frozen=True)
class Exports:
    laptop: Path
    hq: Path

    def files(self) -> list[Path]:
        return sorted(path for side in (self.laptop, self.hq) for path in side.rglob("*") if path.is_file())


def issue(laptop: Laptop, inspection: str) -> None:
    """Issue a notice without drawing it: what the verifier looks at is who signed for which bytes."""
    notice = new_id()
    pdf = laptop.vault.blobs.put(b"%PDF-1.4 " + noise(900, seed=9), 0)
    with laptop.vault.gateway.write() as tx:
        lease = notices.leases(tx)[0]
        drafted = {"inspection_id": inspection, "form": lease.form.value, "hazard_ids": [], "state": "draft"}
        act = Act(
            kind="create", type="notice", subject=notice, changes=drafted | {"created_at": "2026-11-22T02:00:00Z"}
        )
        laptop.session.record(tx, act)
        issued = {
            "state": "issued",
            "number": "（示）应急现记〔2026〕1号",
            "lease_id": lease.id,
            "sequence": lease.first,
            "year": lease.year,
            "pdf_sha256": pdf.sha256,
            "size": pdf.size,
            "pages": 1,
        }
        act = Act(kind="issue", type="notice", subject=notice, changes=issued, refs=(pdf.sha256,))
        laptop.session.record(tx, act, signers={ZHANG: laptop.session.user_key})
    hand_over(laptop, notice)


def hand_over(laptop: Laptop, notice: str) -> None:
    """Print and serve it: kinds of subjects that came with 0.2.0."""
    printing, serving = PrintService(laptop.session), ServingService(laptop.session)
    run = printing.begin(notice, PrintOrder(printer="vp")).made
    printing.finish(run, state=PrintState.DONE, sheets_done=1)
    serving.serve(notice, ServingDraft(method=ServingMethod.SIGNED, receiver="王示例"))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    folder = tmp_path_factory.mktemp("day")
    hq = Headquarters.found(folder / "hq")
    laptop = Laptop.enrolled(folder, hq.url, hq.code())
    inspection = laptop.inspect()
    laptop.attach(inspection, noise((1 << 20) + 700), hazard=laptop.report(inspection))
    laptop.attach(inspection, noise(600, seed=1))
    laptop.film(inspection, (1 << 20) + 5)
    patient(laptop)
    issue(laptop, inspection)
    patient(laptop)
    assert hq.states(laptop.vault.device) == {("applied", "")}
    export_laptop(laptop.vault, folder / "from-laptop")
    export_hq(hq.service, folder / "from-hq")
    laptop.vault.close()
    hq.close()
    return Exports(folder / "from-laptop", folder / "from-hq")
