"""What is painted over for publication is gone from the copy, and the original stays."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from inspector.domain.notice import FormCode
from inspector.domain.redaction import Private, RedactBox
from inspector.errors import NotAllowed
from inspector.evidence.redaction import redact_photo
from inspector.notices.private import private_places
from inspector.notices.report import ReportSheet
from tests.services.conftest import Desk
from tests.services.visit import a_visit, issue

MIDDLE = RedactBox(x0=0.4, y0=0.4, x1=0.6, y1=0.6)


def photo_of_stripes(path: Path) -> Path:
    """Sharp stripes that would ripple through a JPEG, turned by EXIF, with a maker and a place in the metadata."""
    image = Image.new("RGB", (300, 200), "white")
    for x in range(0, 300, 2):
        image.paste((255, 0, 0), (x, 0, x + 1, 200))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "SECRETMAKER"
    image.save(path, "JPEG", exif=exif, quality=95)
    return path


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_pixels_under_a_box_and_metadata_are_gone_and_the_original_stays(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    path = photo_of_stripes(tmp_path / "车间.jpg")
    source = app.evidence.attach(visit, path).made
    copy = app.redaction.photo(source, [MIDDLE]).made
    made = next(one for one in app.evidence.of(visit) if one.id == copy)
    assert (made.derived_from, made.derivation, made.original.name) == (source, "redacted", "公示稿-车间.jpg")
    assert (made.original.width, made.original.height) == (200, 300)
    content = app.evidence.original(made.original.sha256)
    with Image.open(io.BytesIO(content)) as image:
        assert not image.getexif()
        inside, outside = (np.asarray(image.crop(place)) for place in ((80, 120, 120, 180), (0, 0, 40, 40)))
        assert inside.max() <= 32  # the red of the stripes beside it, no more
        assert outside.max() > 100
    assert b"SECRETMAKER" not in content
    kept = next(one for one in app.evidence.of(visit) if one.id == source)
    assert app.evidence.original(kept.original.sha256) == path.read_bytes()
    assert [line.what for line in app.custody.of(source).lines][-1] == "制作脱敏件"


@pytest.mark.parametrize("seed", range(8))
def test_what_lies_under_a_box_leaves_no_ripple_outside(seed: int) -> None:
    copies = []
    for ink in ("white", "black"):
        image = Image.new("RGB", (160, 160), "grey")
        image.paste(Image.new("RGB", (31 + seed, 29), ink), (50 + seed, 61))
        held = io.BytesIO()
        image.save(held, "PNG")
        box = RedactBox(x0=(50 + seed) / 160, y0=61 / 160, x1=(81 + 2 * seed) / 160, y1=90 / 160)
        copies.append(redact_photo(held.getvalue(), [box]))
    assert copies[0] == copies[1]


def test_a_photo_without_a_box_is_no_copy(desk: Desk, tmp_path: Path) -> None:
    visit = a_visit(desk.app, desk.clock)
    source = desk.app.evidence.attach(visit, photo_of_stripes(tmp_path / "a.jpg")).made
    with pytest.raises(NotAllowed):
        desk.app.redaction.photo(source, [])


def test_numbers_telephones_and_plates_are_found_where_they_stand() -> None:
    sheet = ReportSheet(title="样张")
    sheet.paragraph("负责人身份证号 000000199001011234，电话 13900000000，固定电话 023-00000000。")
    sheet.paragraph(
        "车辆渝A12345及渝AD12345停在门口。文号（示）应急检记〔2026〕2号，摘要 7d6f8f7450f12bd768384a9cae66a9cc。"
    )
    sheet.paragraph("　" * 36 + "000000199001011234")
    pdf = sheet.finish()
    found = private_places(pdf)
    assert {(box.why, box.text) for box in found} == {
        (Private.ID_NUMBER, "000000199001011234"),
        (Private.PHONE, "13900000000"),
        (Private.PHONE, "023-00000000"),
        (Private.PLATE, "渝A12345"),
        (Private.PLATE, "渝AD12345"),
    }
    assert all(0 <= box.x0 < box.x1 <= 1 and 0 <= box.y0 < box.y1 <= 1 and box.page == 0 for box in found)


def test_the_copy_of_a_notice_has_no_text_and_is_not_printed_with_the_next(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    photo = app.evidence.attach(visit, photo_of_stripes(tmp_path / "a.jpg"), hazard_id=app.hazards.of(visit)[0].id)
    app.redaction.photo(photo.made, [MIDDLE])
    notice = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    with pytest.raises(NotAllowed):
        app.redaction.suggest(notice)
    issue(app, notice)
    found = app.redaction.suggest(notice)
    copy = app.redaction.notice(notice, found).made
    made = next(one for one in app.evidence.of(visit) if one.id == copy)
    pdf = app.evidence.original(made.original.sha256)
    assert text_of(pdf).strip() == ""
    assert b"pdfaid" in pdf
    with app._session.vault.gateway.read() as tx:
        assert tx.value("select evidence_ids from notice where id = :id", {"id": notice}) == f'["{photo.made}"]'
