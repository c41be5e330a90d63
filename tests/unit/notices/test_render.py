from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import pytest

from inspector import mainthread
from inspector.domain.hazard import Measure
from inspector.domain.notice import FormCode
from inspector.errors import GlyphMissing, WrongThread
from inspector.notices.compose import compose
from inspector.notices.document import NoticeDocument
from inspector.notices.render import missing_glyphs, render
from tests.unit.notices import reading
from tests.unit.notices.specimens import (
    INSPECTION,
    OFFICE,
    OFFICERS,
    SITE,
    a_drawn_jpeg,
    a_hazard,
    a_photo,
    a_preview,
    sources,
)

ORDER, RECORD = FormCode.RECTIFICATION_ORDER, FormCode.INSPECTION_RECORD
SIXTY = (
    "示例市示范区经济技术开发区现代综合物流园冷链仓储与危险化学品中转运输"
    "多式联运枢纽服务管理（集团）股份有限公司第二分公司甲"
)
PRINTED = 300 / 72
"""As a printer of 300 dpi puts it on paper."""
NO_FONT_HAS = "\U000f0000"
PHOTOS = ("gps/DSCN0029.jpg", "gps/DSCN0042.jpg", "exif-org/canon-ixus.jpg", "exif-org/sanyo-vpcsx550.jpg")


def assert_read_back(document: NoticeDocument, pdf: bytes) -> None:
    """Every value comes back from pdftotext character by character; from PDFium too where no page end cuts it."""
    whole, flowing, pdfium = (
        reading.joined(reading.poppler_text(pdf)),
        reading.flowing_text(pdf),
        reading.pdfium_text(pdf),
    )
    for field, value in document.printed_fields():
        is_cut = reading.joined(value) not in whole
        assert not is_cut or reading.joined(value) in flowing, field
        assert is_cut or re.sub(r"\s", "", value) in pdfium, field


@pytest.mark.parametrize("form", [RECORD, ORDER])
def test_twenty_five_hazards_come_back_from_at_least_four_pages(form: FormCode) -> None:
    document = compose(sources(form, 25))
    rendered = render(document)
    assert rendered.pages >= 4
    assert_read_back(document, rendered.pdf)
    raw = reading.poppler_text(rendered.pdf)
    assert [f"共{rendered.pages}页 第{page}页" in raw for page in range(1, rendered.pages + 1)] == [
        True
    ] * rendered.pages
    assert raw.count("续页") >= rendered.pages - 1


@pytest.mark.parametrize("form", [RECORD, ORDER])
def test_rare_names_and_a_long_company_come_back(form: FormCode) -> None:
    officers = tuple(replace(officer, name=name) for officer, name in zip(OFFICERS, ("张喆", "李䶮𠅤"), strict=True))
    site = replace(SITE, name=SIXTY, responsible_person="王䶮喆𬭎", position="法定代表人、执行董事兼总经理")
    assert len(SIXTY) == 60
    document = compose(sources(form, 2, officers=officers, site=site))
    rendered = render(document)
    assert_read_back(document, rendered.pdf)
    assert "（张喆）" in reading.poppler_text(rendered.pdf) or form is RECORD


@pytest.mark.parametrize("form", [RECORD, ORDER])
def test_line_feeds_endless_words_and_many_officers_find_their_place(form: FormCode) -> None:
    named = (("买买提·艾合买提·吐尔逊", "500199202600010001"), ("欧阳示范", "50019900002"), ("李三", "3"))
    officers = tuple(replace(OFFICERS[0], name=name, cert_no=number) for name, number in named)
    hazards = (
        a_hazard(
            1, description="说明：\n（1）货物堆高4.5m，距灯具不足0.5m；\n（2）" + "编号A" + "0123456789" * 12 + "。"
        ),
        a_hazard(2, description="违反规定" * 400, measure=Measure.STOP, deadline=None),
        a_hazard(3, description="建筑面积200㎡，温度35℃，见GB 50016-2014（2018年版）……应当——立即整改！？", place=""),
    )
    office = replace(OFFICE, issuer_name="示例市示范区经济技术开发区管理委员会应急管理和安全生产监督管理局")
    document = compose(replace(sources(form), hazards=hazards, officers=officers, office=office))
    assert_read_back(document, render(document).pdf)


def test_reportlab_waits_until_something_is_drawn() -> None:
    code = "import sys, inspector.notices.render; sys.exit('reportlab' in sys.modules or 'PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0


def test_what_nobody_said_is_not_printed() -> None:
    silent = replace(INSPECTION, is_id_shown=False, is_recusal_told=False, companion="")
    told = reading.pdfium_text(render(compose(sources(RECORD, 0, inspection=silent))).pdf)
    assert "出示证件" not in told
    assert "申请回避" not in told
    assert "在场人员" not in told
    assert "未发现问题" not in told


def test_an_order_groups_its_items_by_what_is_to_be_done() -> None:
    hazards = tuple(a_hazard(number, description="货物堵塞", basis=(), requirement="") for number in range(1, 7))
    told = reading.pdfium_text(render(compose(replace(sources(), hazards=hazards))).pdf)
    assert (
        "现责令你单位对上述第1、4、5项问题于2026年12月7日前整改完毕；对上述第2、6项问题立即整改；"
        "对上述第3项问题于2026年12月11日前整改完毕，达到有关法律法规规章和标准规定的要求。"
    ) in told
    assert "可以依法在60日内向示例区人民政府申请行政复议，或者在6个月内依法向示例区人民法院提起行政诉讼" in told


def test_an_order_that_replaces_a_void_one_says_so() -> None:
    document = compose(sources(ORDER, 1, supersedes_number="（示）应急责改〔2026〕11号"))
    told = reading.pdfium_text(render(document).pdf)
    assert "（示）应急责改〔2026〕11号《责令限期整改指令书》同时作废，以本文书为准。" in told


def test_same_document_same_bytes() -> None:
    document = compose(sources(photos=(a_photo(1, 1, a_drawn_jpeg()),)))
    assert render(document).pdf == render(document).pdf


def test_same_bytes_in_another_process_with_another_hash_seed() -> None:
    code = (
        "import hashlib; from tests.unit.notices.specimens import *; from inspector.notices.compose import compose;"
        "from inspector.notices.render import render;"
        "print(hashlib.sha256(render(compose(sources(photos=(a_photo(1, 1, a_drawn_jpeg()),)))).pdf).hexdigest())"
    )
    here = hashlib.sha256(render(compose(sources(photos=(a_photo(1, 1, a_drawn_jpeg()),)))).pdf).hexdigest()
    root = Path(__file__).parents[3]
    for seed in ("1", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "America/New_York", "LC_ALL": "C"}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == here


def test_all_fonts_are_embedded_subsets_with_unicode(tmp_path: Path) -> None:
    officers = (replace(OFFICERS[0], name="张喆"), OFFICERS[1])
    fonts = reading.fonts_of(render(compose(sources(RECORD, 3, officers=officers))).pdf, tmp_path)
    assert {font["name"].split("+")[1] for font in fonts} == {
        "FandolFang-Regular",
        "FandolFang-Regular-Half",
        "NotoSerifCJKsc-Bold",
        "NotoSerifCJKsc-Regular",
    }
    assert {(font["embedded"], font["subset"], font["unicode"]) for font in fonts} == {("yes", "yes", "yes")}


def test_photos_go_in_as_they_are() -> None:
    jpegs = (a_drawn_jpeg(), a_drawn_jpeg(480, 640, 10), a_drawn_jpeg(shade=200))
    photos = tuple(a_photo(number, 1, jpeg) for number, jpeg in enumerate(jpegs, 1))
    rendered = render(compose(sources(photos=photos)))
    assert all(rendered.pdf.count(jpeg) == 1 for jpeg in jpegs)
    assert rendered.pdf.count(b"/DCTDecode") == 3
    assert b"ASCII85" not in rendered.pdf
    assert rendered.pages == render(compose(sources())).pages + 2, "two photos a page"


def test_real_photos_are_printed_with_their_captions(shared_data: Path) -> None:
    jpegs = [a_preview(shared_data / "photos" / "jpg" / name) for name in PHOTOS]
    photos = tuple(a_photo(number, number, jpeg) for number, jpeg in enumerate(jpegs, 1))
    document = compose(sources(hazards=4, photos=photos))
    rendered = render(document)
    told = reading.pdfium_text(rendered.pdf)
    for photo in document.photos:
        assert f"照片{photo.ordinal}对应问题第{photo.ordinal}项拍摄时间：{photo.taken_text}" in told.replace("　", "")
        assert photo.sha256[:16] in told
    assert all(jpeg in rendered.pdf for jpeg in jpegs)


@pytest.mark.parametrize("form", [RECORD, ORDER])
def test_the_signed_code_is_read_off_the_paper(form: FormCode) -> None:
    document = compose(sources(form, 1))
    proof = "x".join(f"{n}" for n in range(80))[:282]  # as long as the code of an ordinary notice
    document = replace(document, proof=proof)
    rendered = render(document)
    page = reading.picture(rendered.pdf, rendered.pages - 1, scale=PRINTED)
    told, corners, _ = cv2.QRCodeDetector().detectAndDecode(page)
    assert told == proof
    side = (corners[0][1] - corners[0][0])[0] / PRINTED / 72 * 25.4
    assert side >= 27, "millimetres"


def test_a_draft_has_no_qr_code_and_says_that_it_is_one() -> None:
    rendered = render(compose(sources(ORDER, 1, number="", issued_at=None, is_draft=True)))
    told, _, _ = cv2.QRCodeDetector().detectAndDecode(reading.picture(rendered.pdf, 0, scale=PRINTED))
    assert told == ""
    text = reading.pdfium_text(rendered.pdf)
    assert "（示）应急责改〔2026〕待编号" in text
    assert "草稿" not in text, "the watermark is no text"


def test_every_page_of_a_training_notice_is_marked() -> None:
    rendered = render(compose(sources(ORDER, 8, photos=(a_photo(1, 1, a_drawn_jpeg()),))))
    unmarked = render(replace(compose(sources(ORDER, 8, photos=(a_photo(1, 1, a_drawn_jpeg()),))), watermark=""))
    for page in range(rendered.pages):
        marked, plain = (reading.picture(each.pdf, page, scale=1.0) for each in (rendered, unmarked))
        assert ((marked > 225) & (marked < 245)).sum() > ((plain > 225) & (plain < 245)).sum() + 2000


def test_a_character_no_font_has_stops_the_paper_and_is_named() -> None:
    hazards = (a_hazard(1), a_hazard(2, description=f"配电箱{NO_FONT_HAS}缺失"))
    site = replace(SITE, address=f"示范路{NO_FONT_HAS}号")
    document = compose(replace(sources(RECORD), hazards=hazards, site=site))
    assert missing_glyphs(document) == (
        ("site.address", NO_FONT_HAS),
        ("hazard.hazard-2.description", NO_FONT_HAS),
    )
    with pytest.raises(GlyphMissing) as caught:
        render(document)
    assert caught.value.facts == {"field": "site.address", "character": NO_FONT_HAS, "codepoint": "U+F0000"}


def test_a_value_that_the_form_does_not_print_needs_no_glyph() -> None:
    document = compose(sources(ORDER, 1, site=replace(SITE, address=f"示范路{NO_FONT_HAS}号")))
    assert missing_glyphs(document) == ()
    assert render(document).pages == 1


def test_the_windows_thread_may_not_draw() -> None:
    document = compose(sources())
    mainthread.claim()
    try:
        with pytest.raises(WrongThread):
            render(document)
    finally:
        mainthread.release()


def test_the_paper_names_the_issuer_not_the_office_that_acts() -> None:
    town = replace(OFFICE, name="示范镇人民政府", issuer_name="示例区应急管理局")
    told = reading.pdfium_text(render(compose(sources(RECORD, 1, office=town))).pdf)
    assert "我们是示例区应急管理局行政执法人员" in told
    assert "示范镇" not in told
