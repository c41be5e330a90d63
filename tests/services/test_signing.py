"""Signatures on an issued notice: pages laid flat, strokes, the office's seal; what was issued never changes."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.domain.notice import FormCode
from inspector.errors import EvidenceRefused, InvalidInput, NotAllowed, SealRefused
from inspector.notices import pages
from tests.services import office_seal
from tests.services.conftest import Desk
from tests.services.visit import a_visit, issue

SHEET = ((0.18, 0.12), (0.86, 0.16), (0.80, 0.90), (0.14, 0.86))
"""Where the sheet lies in the photo."""


@dataclass
class Issued:
    desk: Desk
    visit: str
    notice: str


@pytest.fixture
def issued(desk: Desk) -> Issued:
    visit = a_visit(desk.app, desk.clock, hazards=2)
    issue(desk.app, desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made)
    return Issued(desk, visit, issue(desk.app, desk.app.notices.draft(visit, FormCode.RECTIFICATION_ORDER).made))


def photographed(told: Issued, path: Path) -> str:
    """A photo of the notice's first page on a dark desk, from aside, attached to the visit."""
    shown = pages.page_image(told.desk.app.notices.pdf(told.notice), 0, 1240)
    page = cv2.cvtColor(np.frombuffer(shown.rgb, np.uint8).reshape(shown.height, shown.width, 3), cv2.COLOR_RGB2BGR)
    width, height = 1800, 2400
    target = np.array([(x * width, y * height) for x, y in SHEET], np.float32)
    source = np.array([(0, 0), (shown.width, 0), (shown.width, shown.height), (0, shown.height)], np.float32)
    desk = np.full((height, width, 3), (60, 70, 75), np.uint8)
    desk += np.random.default_rng(5).integers(0, 25, desk.shape, dtype=np.uint8)
    way = cv2.getPerspectiveTransform(source, target)
    cv2.warpPerspective(page, way, (width, height), dst=desk, borderMode=cv2.BORDER_TRANSPARENT)
    path.write_bytes(cv2.imencode(".jpg", desk)[1].tobytes())
    told.desk.app.evidence.attach(told.visit, path)
    return next(one.id for one in told.desk.app.evidence.of(told.visit) if one.original.name == path.name)


def test_a_photographed_page_is_found_laid_flat_and_linked(issued: Issued, tmp_path: Path) -> None:
    app = issued.desk.app
    photo = photographed(issued, tmp_path / "signed.jpg")
    corners = app.signing.find_page(photo)
    assert all(
        abs(a - b) < 0.02 for found, true in zip(corners, SHEET, strict=True) for a, b in zip(found, true, strict=True)
    )
    before = app.notices.pdf(issued.notice)
    app.signing.add_page(issued.notice, 1, photo, corners, role="party")
    (kept,) = app.signing.pages(issued.notice)
    flat = next(one for one in app.evidence.of(issued.visit) if one.id == kept.evidence_id)
    assert (kept.page, kept.original_id, flat.derivation, flat.derived_from) == (1, photo, "signed_page", photo)
    assert (flat.original.width, flat.original.height) == (1654, 2339)
    drawn = pages.page_image(before, 0, 600)
    paper = np.frombuffer(drawn.rgb, np.uint8).reshape(drawn.height, drawn.width, 3).mean(axis=2)
    seen = cv2.imdecode(np.frombuffer(app.evidence.original(flat.original.sha256), np.uint8), cv2.IMREAD_GRAYSCALE)
    seen = cv2.resize(seen, (drawn.width, drawn.height), interpolation=cv2.INTER_AREA).astype(float)
    assert np.corrcoef(cv2.blur(paper, (15, 15)).ravel(), cv2.blur(seen, (15, 15)).ravel())[0, 1] > 0.8
    assert app.notices.pdf(issued.notice) == before
    assert app.signing.unsigned(issued.notice) == tuple(range(2, app.notices.get(issued.notice).pages + 1))
    app.signing.remove_page(kept.id, "看不清")
    assert app.signing.pages(issued.notice) == ()


def test_a_signed_page_is_no_photo_of_the_appendix(issued: Issued, tmp_path: Path) -> None:
    app = issued.desk.app
    photo = photographed(issued, tmp_path / "signed.jpg")
    app.signing.add_page(issued.notice, 1, photo, SHEET)
    again = app.notices.draft(issued.visit, FormCode.INSPECTION_RECORD).made
    issue(app, again)
    with app._session.vault.gateway.read() as tx:
        shown = json.loads(str(tx.value("select evidence_ids from notice where id = :id", {"id": again})))
    assert shown == [photo]
    assert app.audit.verify().faults == ()


@pytest.mark.parametrize(
    "corners", [SHEET[:3], ((0.1, 0.1),) * 4, ((0, 0), (1, 1), (0.5, 0.5), (0.2, 0.2)), ((9, 9), *SHEET[1:])]
)
def test_corners_that_enclose_nothing_are_refused(issued: Issued, tmp_path: Path, corners: tuple) -> None:
    photo = photographed(issued, tmp_path / "signed.jpg")
    with pytest.raises(EvidenceRefused, match="corners"):
        issued.desk.app.signing.add_page(issued.notice, 1, photo, corners)


def test_only_pages_that_are_there(issued: Issued, tmp_path: Path) -> None:
    photo = photographed(issued, tmp_path / "signed.jpg")
    with pytest.raises(InvalidInput):
        issued.desk.app.signing.add_page(issued.notice, 99, photo, SHEET)
    draft = issued.desk.app.notices.draft(issued.visit, FormCode.INSPECTION_RECORD).made
    with pytest.raises(NotAllowed, match="not_issued"):
        issued.desk.app.signing.add_page(draft, 1, photo, SHEET)


def test_strokes_are_bound_to_what_the_notice_says(issued: Issued) -> None:
    app = issued.desk.app
    strokes = (((0.1, 0.2, 0), (0.3, 0.25, 40)), ((0.5, 0.5, 300),))
    app.signing.draw(issued.notice, strokes, signer="王某", role="party")
    (kept,) = app.signing.drawn(issued.notice)
    assert (kept.signer, kept.strokes, len(kept.facts_digest)) == ("王某", strokes, 64)
    with pytest.raises(InvalidInput):
        app.signing.draw(issued.notice, (), signer="王某", role="party")


def red_pixels(pdf: bytes) -> int:
    """How many pixels of all pages are red."""
    shown = (pages.page_image(pdf, n, 800).rgb for n in range(pages.count(pdf)))
    colours = (np.frombuffer(rgb, np.uint8).reshape(-1, 3) for rgb in shown)
    return sum(int(((one[:, 0] > 150) & (one[:, 1] < 90)).sum()) for one in colours)


@pytest.mark.parametrize("is_shown", [True, False])
def test_the_seal_of_the_office_holds(issued: Issued, tmp_path: Path, is_shown: bool) -> None:
    app = issued.desk.app
    file = office_seal.certificate(tmp_path / "office.p12", issued.desk.clock.read().at)
    picture = office_seal.picture(tmp_path / "seal.png") if is_shown else None
    app.signing.seal(issued.notice, file, office_seal.WORD, picture=picture)
    sealed, plain = app.signing.sealed_pdf(issued.notice), app.notices.pdf(issued.notice)
    assert sealed.startswith(plain), "the issued bytes stay, the signature stands behind them"
    told = app.signing.sealed(issued.notice)
    assert told is not None
    assert office_seal.OFFICE in told.certificate
    out = tmp_path / "sealed.pdf"
    out.write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", str(out)], capture_output=True, text=True, check=True).stdout
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said
    red = [red_pixels(pdf) for pdf in (sealed, plain)]
    assert (red[0] > 300) == is_shown
    assert red[1] == 0
    assert app.audit.verify().faults == ()


def test_a_changed_byte_breaks_the_seal(issued: Issued, tmp_path: Path) -> None:
    app = issued.desk.app
    file = office_seal.certificate(tmp_path / "office.p12", issued.desk.clock.read().at)
    app.signing.seal(issued.notice, file, office_seal.WORD)
    sealed = bytearray(app.signing.sealed_pdf(issued.notice))
    sealed[len(sealed) // 3] ^= 1
    out = tmp_path / "changed.pdf"
    out.write_bytes(sealed)
    said = subprocess.run(["pdfsig", "-nocert", str(out)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" not in said


def test_a_certificate_that_can_not_seal_is_told_apart(issued: Issued, tmp_path: Path) -> None:
    app, now = issued.desk.app, issued.desk.clock.read().at
    good = office_seal.certificate(tmp_path / "good.p12", now)
    old = office_seal.certificate(tmp_path / "old.p12", now, days=-1)
    rubbish = tmp_path / "rubbish.p12"
    rubbish.write_bytes(b"no certificate")
    for file, word, reason in (
        (good, "falsch", "passphrase"),
        (rubbish, "x", "passphrase"),
        (old, office_seal.WORD, "not_valid"),
    ):
        with pytest.raises(SealRefused, match=reason):
            app.signing.seal(issued.notice, file, word)
    assert app.signing.sealed(issued.notice) is None
