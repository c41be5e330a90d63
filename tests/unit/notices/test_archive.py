"""PDF/A-1b without Java: what ISO 19005-1 asks of the structure. The validator itself runs in tests/system."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

from inspector.domain.notice import ON_EVERY_VISIT
from inspector.notices import archive, srgb
from inspector.notices.compose import compose
from inspector.notices.fonts import load
from inspector.notices.pen import Pen
from inspector.notices.render import render
from tests.unit.notices import reading
from tests.unit.notices.specimens import BEGUN, OFFICERS, SITE, a_drawn_jpeg, a_photo, sources

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}


def a_grey_jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("L", (640, 480), 90).save(out, "JPEG")
    return out.getvalue()


def a_sheet(**told: str) -> bytes:
    """One page as a Pen draws it, before the archive."""
    words = {"title": "检查", "author": "示例局", "subject": "示例公司", "keywords": "1号"} | told
    pen = Pen(load().chain("body")[0], **words)
    pen.photo(a_drawn_jpeg(), 100, 100, width=200, height=200)
    pen.watermark("演示", load().bundled_title(), 110)
    pen.end_page()
    return pen.finish()


@pytest.fixture(scope="module", params=ON_EVERY_VISIT)
def notice(request: pytest.FixtureRequest) -> bytes:
    """Every kind of mark: twenty-five hazards, faces for rare characters, photos in colour and grey, watermark, QR."""
    officers = tuple(replace(one, name=name) for one, name in zip(OFFICERS, ("张喆", "李䶮𠅤"), strict=True))
    site = replace(SITE, responsible_person="王䶮喆𬭎")
    photos = (a_photo(1, 1, a_drawn_jpeg()), a_photo(2, 2, a_grey_jpeg()))
    whole = sources(request.param, 25, officers=officers, site=site, photos=photos)
    if whole.rechecked:
        first = replace(whole.rechecked[0], before=photos[0], after=photos[1])
        whole = replace(whole, rechecked=(first, *whole.rechecked[1:]))
    return render(compose(whole)).pdf


def packet_of(document: pikepdf.Pdf) -> ET.Element:
    return ET.fromstring(document.Root.Metadata.read_raw_bytes().decode())


def told_in(packet: ET.Element) -> dict[str, str | None]:
    """The packet's values under the names of the document information."""
    paths = {
        "/Title": "dc:title/rdf:Alt/rdf:li",
        "/Author": "dc:creator/rdf:Seq/rdf:li",
        "/Subject": "dc:description/rdf:Alt/rdf:li",
        "/Keywords": "pdf:Keywords",
        "/Creator": "xmp:CreatorTool",
        "/Producer": "pdf:Producer",
        "/CreationDate": "xmp:CreateDate",
        "/ModDate": "xmp:ModifyDate",
    }
    about = packet.find("rdf:RDF/rdf:Description", NAMES)
    assert about is not None
    return {name: about.findtext(path, None, NAMES) for name, path in paths.items()}


def as_packet_date(written: str) -> str:
    match = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\+08'00'", written)
    assert match is not None
    year, month, day, hour, minute, second = match.groups()
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}+08:00"


def test_it_is_pdf_1_4_without_packed_objects(notice: bytes) -> None:
    assert notice.startswith(b"%PDF-1.4\n%")
    assert all(byte > 127 for byte in notice[10:14]), "ISO 19005-1 §6.1.2: four bytes that say it is binary"
    assert b"/ObjStm" not in notice
    assert b"/XRef" not in notice
    with pikepdf.open(io.BytesIO(notice)) as document:
        assert len(document.trailer.ID) == 2
        assert str(document.Root.Lang) == "zh-CN"


def test_every_stream_ends_on_a_line_of_its_own_after_its_length(notice: bytes) -> None:
    ends = [found.start() for found in re.finditer(rb"\nendstream\nendobj", notice)]
    starts = [found.end() for found in re.finditer(rb"\nstream\n", notice)]
    lengths = [int(found[1]) for found in re.finditer(rb"/Length (\d+)[^\n]*\nstream\n", notice)]
    assert len(ends) == len(starts) == len(lengths) > 10
    assert [end - start for start, end in zip(starts, ends, strict=True)] == lengths


def test_it_names_srgb_as_its_output_intent(notice: bytes) -> None:
    with pikepdf.open(io.BytesIO(notice)) as document:
        [intent] = document.Root.OutputIntents
        assert (intent.S, str(intent.OutputConditionIdentifier)) == ("/GTS_PDFA1", srgb.NAME)
        assert intent.DestOutputProfile.N == 3
        assert intent.DestOutputProfile.read_bytes() == srgb.profile()


def test_packet_and_document_information_say_the_same(notice: bytes) -> None:
    with pikepdf.open(io.BytesIO(notice)) as document:
        packet = packet_of(document)
        known = {name: str(value) for name, value in document.docinfo.items()}
        assert "/Filter" not in document.Root.Metadata, "ISO 19005-1 §6.7.2: readable without unpacking"
    assert packet.findtext(".//pdfaid:part", None, NAMES) == "1"
    assert packet.findtext(".//pdfaid:conformance", None, NAMES) == "B"
    dates = {name: as_packet_date(known[name]) for name in ("/CreationDate", "/ModDate")}
    assert told_in(packet) == known | dates


def test_the_file_tells_form_number_office_site_and_moment_of_issue() -> None:
    with pikepdf.open(io.BytesIO(render(compose(sources(hazards=1))).pdf)) as document:
        assert {name: str(value) for name, value in document.docinfo.items()} == {
            "/Title": "责令限期整改指令书 （示）应急责改〔2026〕12号",
            "/Author": "示例区应急管理局",
            "/Subject": "示例甲仓储有限公司",
            "/Keywords": "（示）应急责改〔2026〕12号, 演示",
            "/Creator": "field-inspector",
            "/Producer": "field-inspector",
            "/CreationDate": "D:20261122110500+08'00'",
            "/ModDate": "D:20261122110500+08'00'",
        }


def test_a_draft_is_pdf_a_too_but_has_no_moment_of_issue() -> None:
    draft = render(compose(sources(hazards=1, number="", is_draft=True))).pdf
    with pikepdf.open(io.BytesIO(draft)) as document:
        assert str(document.docinfo.Title) == "责令限期整改指令书 （示）应急责改〔2026〕待编号"
        assert not {"/CreationDate", "/ModDate"} & set(document.docinfo.keys())
        assert told_in(packet_of(document))["/CreationDate"] is None
        assert "/OutputIntents" in document.Root


def test_nothing_is_transparent_and_every_colour_is_grey_or_rgb(notice: bytes) -> None:
    forbidden = {"/SMask", "/Group", "/CA", "/ca", "/BM", "/JavaScript", "/AA", "/EmbeddedFiles", "/Annots", "/TR"}
    with pikepdf.open(io.BytesIO(notice)) as document:
        colours = set()
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                assert not forbidden & set(one.keys())
                colours |= {str(one.ColorSpace)} if one.get("/Subtype") == "/Image" else set()
        assert colours == {"/DeviceRGB", "/DeviceGray"}
        for page in document.pages:
            painted = {str(step.operator) for step in pikepdf.parse_content_stream(page)}
            assert not {"gs", "K", "k", "sh", "BI"} & painted


def test_every_font_is_embedded_with_the_widths_it_is_set_in(notice: bytes) -> None:
    with pikepdf.open(io.BytesIO(notice)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one]
        assert len(fonts) >= 4
        for font in fonts:
            face = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            [table] = face["cmap"].tables
            assert (table.platformID, table.platEncID) == (1, 0), "ISO 19005-1 §6.3.7: one table in a symbolic font"
            assert int(font.FontDescriptor.Flags) & 4
            assert "/Encoding" not in font
            units = face["head"].unitsPerEm
            for code, width in enumerate(font.Widths, int(font.FirstChar)):
                glyph = table.cmap.get(code)
                assert glyph is None or abs(face["hmtx"][glyph][0] * 1000 / units - float(width)) <= 1, font.BaseFont


def test_the_page_looks_as_it_was_drawn() -> None:
    drawn = a_sheet()
    assert (reading.picture(drawn, 0, 2) == reading.picture(archive.archived(drawn), 0, 2)).all()


def test_names_with_signs_of_markup_and_line_feeds_are_told_alike() -> None:
    done = archive.archived(a_sheet(title="甲<乙>&\"丙'\n丁", subject=""), BEGUN)
    with pikepdf.open(io.BytesIO(done)) as document:
        told = told_in(packet_of(document))
        assert told["/Title"] == str(document.docinfo.Title) == "甲<乙>&\"丙' 丁"
        assert told["/Subject"] is None
        assert "/Subject" not in document.docinfo


def test_same_sheet_and_moment_same_bytes_and_no_others() -> None:
    drawn = a_sheet()
    assert archive.archived(drawn, BEGUN) == archive.archived(drawn, BEGUN.astimezone(UTC))
    assert archive.archived(drawn, BEGUN) != archive.archived(drawn, BEGUN + timedelta(seconds=1))


def test_the_digest_on_paper_knows_nothing_of_the_file() -> None:
    document = compose(sources(photos=(a_photo(1, 1, a_drawn_jpeg()),)))
    later = replace(document, issued_at=datetime(2026, 11, 22, 8, tzinfo=UTC))
    assert later.facts_digest() == document.facts_digest()


def test_the_profile_is_srgb_of_version_2() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb.profile()))
    assert int.from_bytes(srgb.profile()[:4], "big") == len(srgb.profile())
    assert (srgb.profile()[8], ours.profile.version, ours.profile.device_class) == (2, 2.1, "mntr")
    assert ours.profile.profile_description == srgb.NAME
    grid = Image.new("RGB", (32, 1024))
    grid.putdata([(8 * (n % 32), 8 * (n // 32 % 32), n // 1024 * 8) for n in range(32 * 1024)])
    there = ImageCms.profileToProfile(grid, ours, ImageCms.createProfile("sRGB"))
    assert there is not None
    steps = [abs(a - b) for a, b in zip(grid.tobytes(), there.tobytes(), strict=True)]
    assert max(steps) <= 1
