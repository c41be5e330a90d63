"""Who handled a piece of evidence is told out of the journal, on screen and on paper."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2

from inspector.app import App
from inspector.domain.custody import CustodyAct
from inspector.domain.notice import FormCode
from inspector.domain.printing import PrintOrder, PrintState
from tests.builders import LI
from tests.services.conftest import Desk
from tests.services.recorder import a_film, digest
from tests.services.visit import a_photo, a_visit, issue


def with_a_photo(app: App, desk: Desk, tmp_path: Path) -> tuple[str, str]:
    visit = a_visit(app, desk.clock, hazards=1)
    return visit, app.evidence.attach(visit, a_photo(tmp_path / "甲.jpg")).made


def test_one_opening_a_login_is_recorded_and_survives_locking(desk: Desk, tmp_path: Path) -> None:
    _, photo = with_a_photo(desk.app, desk, tmp_path)
    for _ in range(3):
        desk.app.custody.note(photo, CustodyAct.OPEN)
    assert [line.what for line in desk.app.custody.of(photo).lines] == ["取入", "打开原件"]
    app = desk.reopen(LI)
    app.custody.note(photo, CustodyAct.OPEN)
    told = app.custody.of(photo)
    assert [(line.what, line.by) for line in told.lines][-2:] == [("打开原件", "张示"), ("打开原件", "李䶮")]
    assert all(len(line.entry) == 64 for line in told.lines)
    assert told.received_at is None


def test_exports_under_another_name_are_another_line(desk: Desk, tmp_path: Path) -> None:
    _, photo = with_a_photo(desk.app, desk, tmp_path)
    for name in ("甲.zip", "乙.zip", "甲.zip"):
        desk.app.custody.note_all([photo, "nobody"], CustodyAct.EXPORT, name)
    exports = [line.detail for line in desk.app.custody.of(photo).lines if line.what == "导出"]
    assert exports == ["甲.zip", "乙.zip"]


def test_what_happened_to_a_piece_is_told_in_order_with_its_entry(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit, photo = with_a_photo(app, desk, tmp_path)
    app.evidence.move(photo, app.hazards.of(visit)[0].id)
    app.evidence.caption(photo, "三号出口")
    app.evidence.remove(photo, "拍糊了")
    lines = app.custody.of(photo).lines
    assert [line.what for line in lines] == ["取入", "归属隐患", "改说明", "移出"]
    assert lines[-1].detail == "拍糊了"
    assert all(len(line.entry) == 64 for line in lines)
    assert app.custody.of_inspection(visit) == []


def test_the_report_is_archival_and_says_every_digest(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock)
    photos = [a_photo(tmp_path / f"{n}.jpg", seed=n) for n in range(9)]
    app.evidence.attach_many(visit, photos)
    pdf = app.custody.pdf(visit)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "pdfaid:part" in document.Root.Metadata.read_bytes().decode()
        assert len(document.pages) > 1
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    for piece in app.evidence.of(visit):
        assert piece.original.sha256 in text
        assert piece.original.sm3 in text


def test_an_inspection_without_evidence_has_a_report_that_says_so(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock)
    document = pypdfium2.PdfDocument(desk.app.custody.pdf(visit))
    assert "没有证据" in document[0].get_textpage().get_text_range()
    document.close()


def test_each_printing_of_a_notice_is_noted_for_what_it_shows(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock, hazards=1)
    photo = app.evidence.attach(visit, a_photo(tmp_path / "甲.jpg"), hazard_id=app.hazards.of(visit)[0].id).made
    other = app.evidence.attach(visit, a_photo(tmp_path / "乙.jpg", seed=2)).made
    notice = app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(app, notice)
    number = app.notices.get(notice).number
    run = app.printing.begin(notice, PrintOrder(printer="P", copies=2)).made
    app.printing.finish(run, state=PrintState.DONE)
    app.printing.begin(notice, PrintOrder(printer="P", reprint_reason="缺页"))
    app.notices.export(notice, tmp_path)
    lines = [line for line in app.custody.of(photo).lines if line.what in {"列入文书核发", "随文书打印", "导出"}]
    assert [(line.what, line.detail) for line in lines] == [
        ("列入文书核发", number),
        ("随文书打印", f"{number} × 2"),
        ("随文书打印", f"{number} × 1"),
        ("导出", number),
    ]
    assert all(line.by == "张示" and len(line.entry) == 64 for line in lines)
    shown = app.custody.of(other).lines
    assert ("随文书打印" in {line.what for line in shown}) == ("列入文书核发" in {line.what for line in shown})


def test_footage_has_its_history_too(desk: Desk, tmp_path: Path) -> None:
    app = desk.app
    visit = a_visit(app, desk.clock)
    card = tmp_path / "card"
    card.mkdir()
    film = a_film(card / "REC_0001.MP4", 5000)
    found = app.footage.scan(card)
    app.footage.take_in(visit, found.clips, device_label="1号记录仪")
    (story,) = app.custody.clips_of(visit)
    app.custody.note(story.clip.id, CustodyAct.PLAY)
    (story,) = app.custody.clips_of(visit)
    assert [(line.what, line.by) for line in story.lines] == [("取入", "张示"), ("播放", "张示")]
    assert "1号记录仪" in story.lines[0].detail
    assert story.clip.sha256 == digest(film)
    assert all(len(line.entry) == 64 for line in story.lines)
    document = pypdfium2.PdfDocument(app.custody.pdf(visit))
    assert story.clip.sha256 in document[0].get_textpage().get_text_range()
    document.close()
