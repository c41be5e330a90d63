"""A sealed notice is PDF/A-1b still, as PDFBox's preflight judges it, with the seal shown and without."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from inspector.domain.notice import FormCode
from inspector.evidence.page_straightening import stencil
from inspector.notices import seal_signature
from inspector.notices.compose import compose
from inspector.notices.render import render
from inspector.notices.seal_signature import Stencil
from tests.services import office_seal
from tests.system.test_archive import class_path, verdicts  # noqa: F401 - a fixture
from tests.unit.notices.specimens import sources

pytestmark = pytest.mark.system
NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


def test_a_sealed_notice_stays_fit_for_the_archive(tmp_path: Path, class_path: str) -> None:  # noqa: F811 - the fixture
    document = compose(sources(FormCode.RECTIFICATION_ORDER, 3))
    assert document.issued_on is not None
    pdf = render(document).pdf
    file = office_seal.certificate(tmp_path / "office.p12", NOW)
    day = f"{document.issued_on.year}年{document.issued_on.month}月{document.issued_on.day}日"
    shown = Stencil(*stencil(office_seal.picture(tmp_path / "seal.png").read_bytes()))
    paths: list[Path] = []
    for name, ink in (("shown", shown), ("plain", None)):
        signer = seal_signature.signer_of(file.read_bytes(), office_seal.WORD, on=NOW)
        place = seal_signature.place_of(pdf, day) if ink else None
        paths.append(tmp_path / f"{name}.pdf")
        paths[-1].write_bytes(seal_signature.seal(pdf, signer, place=place, stencil=ink).pdf)
    assert verdicts(class_path, paths) == {"shown.pdf": "valid", "plain.pdf": "valid"}
