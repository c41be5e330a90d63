from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from inspector.domain.evidence import ClockSource, EvidenceKind, TimeSource
from inspector.domain.notice import FormCode
from inspector.evidence.marks import Box, write
from inspector.law import forms
from inspector.notices.compose import compose
from inspector.notices.render import render
from tests.unit.notices import specimens
from tests.unit.notices.reading import pdfium_text
from tests.unit.notices.specimens import a_drawn_jpeg, a_hazard, a_photo, sources

RECORD = FormCode.INSPECTION_RECORD
JPEG, OTHER = a_drawn_jpeg(), a_drawn_jpeg(shade=30)


def test_values_arrive_as_they_were_typed() -> None:
    document = compose(sources(RECORD, 2))
    assert (document.title, document.number) == ("现场检查记录", "（示）应急检记〔2026〕7号")
    assert document.visit is not None
    assert (document.party, document.visit.credit_code) == ("示例甲仓储有限公司", "91500199MAFAKE0199")
    assert [(officer.name, officer.cert_no) for officer in document.officers] == [
        ("张示范", "50019900001"),
        ("李演示", "50019900002"),
    ]
    assert [hazard.basis_text for hazard in document.hazards] == [
        "《中华人民共和国安全生产法》第四十二条第二款",
        "《中华人民共和国消防法》第二十八条",
    ]
    assert document.issued_on == date(2026, 11, 22)
    assert document.copies_note == forms.load().get(RECORD).copies_note


def test_the_day_of_a_notice_is_the_day_in_china() -> None:
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    assert compose(sources(issued_at=late)).issued_on == date(2026, 11, 23)


def test_removed_hazards_are_left_out_and_the_others_numbered_from_one() -> None:
    hazards = (a_hazard(1), a_hazard(2, is_removed=True), a_hazard(5))
    document = compose(replace(sources(), hazards=hazards))
    assert [(hazard.ordinal, hazard.id) for hazard in document.hazards] == [(1, "hazard-1"), (2, "hazard-5")]


def test_a_draft_prints_that_its_number_is_to_come() -> None:
    document = compose(sources(number="", issued_at=None, is_draft=True))
    assert (document.number, document.number_line) == ("", "（示）应急责改〔2026〕待编号")
    assert (document.watermark, document.issued_on) == ("草稿 演示", None)


def test_a_real_office_has_no_watermark_on_an_issued_notice() -> None:
    office = replace(specimens.OFFICE, is_training=False)
    assert compose(sources(office=office, is_training=False)).watermark == ""
    assert compose(sources(office=office, is_training=True)).watermark == "演示"


def test_photos_follow_their_hazards_and_twins_are_printed_once() -> None:
    photos = (a_photo(1, 3, JPEG), a_photo(2, None, a_drawn_jpeg(shade=1)), a_photo(3, 1, OTHER), a_photo(4, 2, JPEG))
    document = compose(sources(photos=photos))
    assert [(photo.ordinal, photo.hazard_ordinals) for photo in document.photos] == [(1, (1,)), (2, (2, 3)), (3, ())]
    assert [hazard.photos for hazard in document.hazards] == [(1,), (2,), (2,)]
    assert document.photos[1].place == "二层B区7排；叉车充电区"


def test_a_marked_photo_is_said_to_be_one_and_counts_as_another_than_its_plain_twin() -> None:
    plain, marked, same = (a_photo(n, n, JPEG) for n in (1, 2, 3))
    layer = write([Box(x0=0.1, y0=0.1, x1=0.5, y1=0.5)])
    marked, same = (replace(one, evidence=replace(one.evidence, marks=layer)) for one in (marked, same))
    document = compose(sources(photos=(plain, marked, same)))
    assert [(photo.hazard_ordinals, photo.marks) for photo in document.photos] == [((1,), ""), ((2, 3), layer)]
    assert pdfium_text(render(document).pdf).count("标注件（原件未改动）") == 1
    unmarked = compose(sources(photos=(plain, a_photo(2, 2, JPEG), a_photo(3, 3, JPEG))))
    assert document.facts_digest() != unmarked.facts_digest()


def test_only_photos_that_belong_here_are_printed() -> None:
    removed = replace(a_photo(1, 1, JPEG).evidence, is_removed=True)
    photos = (
        replace(a_photo(1, 1, JPEG), evidence=removed),
        a_photo(2, 9, JPEG),
        a_photo(3, 1, JPEG, kind=EvidenceKind.DOCUMENT),
    )
    assert compose(sources(photos=photos)).photos == ()


def test_what_is_known_of_a_photos_time_is_said() -> None:
    taken = datetime(2026, 11, 22, 1, 32, tzinfo=UTC)
    told = {
        source: compose(sources(photos=(a_photo(1, 1, JPEG, taken_at=taken, time_source=source),))).photos[0].taken_text
        for source in TimeSource
        if source is not TimeSource.FOOTAGE  # that comes with a measured clock
    }
    assert told == {
        TimeSource.EXIF_OFFSET: "2026年11月22日09时32分（相机时间）",
        TimeSource.EXIF_LOCAL: "2026年11月22日09时32分（相机时间，未校时）",
        TimeSource.UNKNOWN: "时间未知",
    }
    photo = a_photo(1, 1, JPEG, taken_at=taken)
    known = {"source": "camera"}, *({"clock_shift_ms": 192_000, "clock_source": one} for one in ClockSource if one)
    assert [
        compose(sources(photos=(replace(photo, evidence=replace(photo.evidence, **told)),))).photos[0].taken_text  # pyright: ignore[reportArgumentType]
        for told in known
    ] == [
        "2026年11月22日09时32分（执法终端时间）",
        "2026年11月22日09时35分（设备时间经拍板实测校正）",
        "2026年11月22日09时35分（设备时间经人工校正）",
    ]


def test_the_digest_stands_for_what_is_printed() -> None:
    whole = sources(photos=(a_photo(1, 1, JPEG),))
    digest = compose(whole).facts_digest()
    assert digest == compose(whole).facts_digest()
    assert len(digest) == 64
    changed = (
        replace(whole, site=replace(specimens.SITE, name="示例乙仓储有限公司")),
        replace(whole, hazards=(a_hazard(1, deadline=date(2026, 12, 8)), *whole.hazards[1:])),
        replace(whole, photos=(a_photo(1, 1, OTHER),)),
        replace(whole, number="（示）应急责改〔2026〕13号"),
    )
    assert len({digest, *(compose(each).facts_digest() for each in changed)}) == 5


def test_a_form_holds_only_what_it_prints() -> None:
    order, record = compose(sources()), compose(sources(RECORD))
    assert order.visit is None
    assert record.remedies is None
    assert not any(hazard.requirement for hazard in record.hazards)
    elsewhere = compose(sources(site=replace(specimens.SITE, address="示例区示范大道89号")))
    assert order.facts_digest() == elsewhere.facts_digest()


def test_the_digest_does_not_change_with_ids_or_previews() -> None:
    hazards = tuple(replace(hazard, id="other" + hazard.id) for hazard in sources().hazards)
    assert compose(replace(sources(), hazards=hazards)).facts_digest() == compose(sources()).facts_digest()
    photo = a_photo(1, 1, JPEG)
    smaller = replace(photo, jpeg=a_drawn_jpeg(320, 240))
    first, second = (compose(sources(photos=(each,))).facts_digest() for each in (photo, smaller))
    assert first == second
