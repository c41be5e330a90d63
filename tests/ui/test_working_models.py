"""What the working screens put into lists: rows, groups, words; every model under Qt's own tester."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

import ui
from inspector.domain.evidence import Evidence, EvidenceKind, Original, TimeSource
from inspector.domain.hazard import Hazard, Measure, Severity
from inspector.domain.notice import FormCode, Notice, NoticeState
from inspector.law import rules
from inspector.law.notice_facts import Finding
from tests.ui.conftest import aside
from ui.models import evidence_words, finding_words, moments
from ui.models.hazard_rows import hazard_rows
from ui.models.notice_rows import notice_rows
from ui.models.photo_groups import photo_groups, unassigned
from ui.widgets.bar import Bar
from ui.widgets.photos import PhotoModel
from ui.widgets.rows import RowModel
from ui.widgets.table import Cells
from ui.widgets.tabs import Tab, Tabs

TODAY = date(2026, 11, 22)
SEEN = datetime(2026, 11, 22, 1, 5, tzinfo=UTC)


def a_hazard(n: int, **fields) -> Hazard:
    told = {
        "id": f"h{n}",
        "inspection_id": "i",
        "ordinal": n,
        "description": f"第{n}条",
        "severity": Severity.GENERAL,
        "measure": Measure.RECTIFY,
        "seen_at": SEEN,
        "place": "一层",
        "deadline": TODAY + timedelta(days=15),
    }
    return Hazard(**(told | fields))


def a_piece(n: int, hazard: str | None, *, kind: EvidenceKind = EvidenceKind.PHOTO, taken: bool = True) -> Evidence:
    original = Original(
        sha256=f"{n:064x}",
        sm3="",
        size=3_400_000 + n,
        leaves=(),
        kind=kind,
        mime="image/jpeg",
        name=f"IMG_{n}.jpg",
        width=4000,
        height=3000,
        taken_at=SEEN if taken else None,
        time_source=TimeSource.EXIF_OFFSET if taken else TimeSource.UNKNOWN,
        latitude="29.560000",
        longitude="106.550000",
    )
    return Evidence(
        id=f"e{n}",
        inspection_id="i",
        hazard_id=hazard,
        original=original,
        attached_at=SEEN,
        attached_by="o",
    )


def test_hazards_as_rows():
    hazards = [
        a_hazard(1, measure=Measure.IMMEDIATE, deadline=None),
        a_hazard(2, severity=Severity.MAJOR, deadline=TODAY + timedelta(days=2)),
        a_hazard(3, measure=Measure.STOP, deadline=None),
        a_hazard(4, deadline=None),
    ]
    rows = hazard_rows(hazards, [a_piece(1, "h1"), a_piece(2, "h1")], frozen={"h2": "1号"}, today=TODAY)
    assert [[badge.word for badge in row.badges] for row in rows] == [
        ["一般", "立即整改"],
        ["重大", "剩 2 天"],
        ["一般", "停止作业"],
        ["一般", "未定期限"],
    ]
    assert rows[0].second == "一层\u3000照片 2"
    assert rows[0].thumb == f"{1:064x}"
    assert rows[1].second == "一层\u3000无照片\u3000已写入文书"
    assert rows[1].spoken().startswith("2，第2条，重大，剩 2 天")


def test_photos_in_groups():
    hazards = [a_hazard(1), a_hazard(2)]
    pieces = [a_piece(1, "h1"), a_piece(2, None), a_piece(3, "h2"), a_piece(4, "gone", kind=EvidenceKind.DOCUMENT)]
    groups = photo_groups(pieces, hazards, "h2")
    assert [group.title for group in groups] == ["隐患 2（当前）", "未归属", "隐患 1"]
    assert [photo.id for photo in groups[1].photos] == ["e2", "e4"]
    assert groups[1].color == "warn"
    assert groups[1].photos[1].is_document
    assert groups[0].photos[0].time == "09:05:00"
    assert unassigned(pieces, hazards) == 2
    assert photo_groups([], hazards, "h1") == []


@given(st.lists(st.sampled_from(["h1", "h2", "h3", None, "gone"]), max_size=30), st.sampled_from(["h1", "h2", ""]))
def test_no_piece_is_lost_or_shown_twice(owners, current):
    pieces = [a_piece(n, owner) for n, owner in enumerate(owners)]
    groups = photo_groups(pieces, [a_hazard(1), a_hazard(2), a_hazard(3)], current)
    shown = [photo.id for group in groups for photo in group.photos]
    assert sorted(shown) == sorted(one.id for one in pieces)


def our_models() -> set[type[QAbstractItemModel]]:
    """Every model that any module of the window makes, found by walking: none can be forgotten."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    found, open_ones = set(), [QAbstractItemModel]
    while open_ones:
        for kind in open_ones.pop().__subclasses__():
            open_ones.append(kind)
            if kind.__module__.split(".")[0] == "ui":
                found.add(kind)
    return found


def fill_rows(model: RowModel) -> None:
    """Rows come, change, go, and are looked at."""
    pieces = [a_piece(1, "h1"), a_piece(2, None)]
    for hazards in ([a_hazard(1)], [a_hazard(1), a_hazard(2)], [a_hazard(2, description="改了")], []):
        model.set_rows(hazard_rows(hazards, pieces, frozen={}, today=TODAY))
        look_at(model)
    assert model.rowCount() == 0


def fill_photos(model: PhotoModel) -> None:
    """Photos change their owners."""
    pieces = [a_piece(1, "h1"), a_piece(2, None)]
    for hazards in ([a_hazard(1)], [a_hazard(1), a_hazard(2)], [a_hazard(2, description="改了")], []):
        model.set_groups(photo_groups(pieces, hazards, "h1"))
        look_at(model)
    assert model.rowCount() == 3


def look_at(model: QAbstractItemModel) -> None:
    """Ask every row for every role of Qt, as views and screen readers do."""
    for n in range(model.rowCount()):
        for role in Qt.ItemDataRole:
            model.data(model.index(n, 0), role)


def fill_cells(model: Cells) -> None:
    """A ledger's rows come and go."""
    for rows in ([("a", ("1", "已用"))], [("a", ("1", "已用")), ("b", ("2", "作废"))], []):
        model.show(("编号", "状态"), rows)
        look_at(model)
    assert model.rowCount() == 0


FILLS = {RowModel: fill_rows, PhotoModel: fill_photos, Cells: fill_cells}


def test_every_model_keeps_qt_promises(qtbot):
    assert our_models() == set(FILLS)
    for kind, fill in FILLS.items():
        model = kind()
        watched = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
        fill(model)
        assert watched.model() is model


def test_notices_as_rows():
    def made(n: int, state: NoticeState, number: str = "") -> Notice:
        return Notice(
            id=f"n{n}",
            inspection_id="i",
            form=FormCode.INSPECTION_RECORD,
            hazard_ids=(),
            state=state,
            created_at=SEEN + timedelta(minutes=n),
            number=number,
        )

    number = "（示）应急检记〔2026〕1号"
    rows = notice_rows([made(1, NoticeState.VOID, number), made(2, NoticeState.DRAFT)], {"i": "示例甲"})
    assert [(row.id, row.beside, row.second) for row in rows] == [
        ("n2", "草稿", "起草 11-22\u3000示例甲"),
        ("n1", "已作废", number),
    ]
    assert rows[1].is_dim


def test_facts_of_a_piece():
    told = dict(evidence_words.facts(a_piece(1, None)))
    assert told["拍摄时间"] == "2026-11-22 09:05:00（相机时间，带时区）"
    assert told["位置"] == "29.560000, 106.550000"
    assert told["原件大小"].startswith("3.4 MB")
    assert dict(evidence_words.facts(a_piece(1, None, taken=False)))["拍摄时间"] == "相机没有记录时间"


@pytest.mark.parametrize(
    ("field", "place", "link"),
    [
        ("hazard.h2.deadline", "隐患 2\u3000整改期限", "去填写"),
        ("inspection.ended_at", "检查事实\u3000检查结束", "去填写"),
        ("officers", "执法人员", ""),
        ("site.credit_code", "被检查单位\u3000信用代码", ""),
        ("number", "文书编号", "去同步"),
        ("notices", "现场检查记录", "制作现场检查记录"),
        ("something.new", "文书", ""),
    ],
)
def test_where_a_finding_points(field, place, link):
    assert finding_words.place_word(field, [a_hazard(1), a_hazard(2)]) == place
    assert finding_words.link_word(field) == link


def test_every_place_of_the_rules_has_a_word(qtbot):
    book = aside(rules.load)
    for setup in book.setups.values():
        for field in (setup.field, *(part.field for part in setup.parts)):
            kind = field.partition(".")[0]
            assert finding_words.place_word(field, []) != "文书" or kind == "notice", field


def test_a_doubtful_finding_says_so():
    doubtful = Finding("R1", "warning", "期限过长", "too long", "安全生产法68", "hazards", is_confirmed=False)
    assert finding_words.sentence(doubtful) == "期限过长（待法制确认）\n依据：安全生产法68"


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1)))  # noqa: DTZ001 - zone follows
def test_a_typed_time_is_read_as_it_is_shown(naive):
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    assert moments.read_day_time(moments.day_time(moment)) == moment


@pytest.mark.parametrize("text", ["", "昨天", "2026-13-01 09:00", "2026-11-22", "2026-11-22 25:00"])
def test_what_is_no_time_is_none(text):
    assert moments.read_day_time(text) is None


def test_sizes_and_durations():
    assert [moments.bytes_word(n) for n in (820, 3_400_000, 1_180_000_000)] == ["820 B", "3.4 MB", "1.18 GB"]
    assert [moments.seconds_word(n) for n in (3.6, 168)] == ["4 秒", "2 分 48 秒"]


def test_tabs_are_real_buttons(qtbot):
    tabs, told = Tabs(), []
    qtbot.addWidget(tabs)
    tabs.chosen.connect(told.append)
    tabs.set_tabs([Tab("a", "隐患", "4", "F6"), Tab("b", "照片", "", "F7")], current="a", note="照片未归属 1")
    tabs.show()
    assert tabs.current() == "a"
    assert tabs.current_button().accessibleName() == "隐患 4"
    tabs._tabs[1].click()
    assert told == ["b"]
    assert tabs.current() == "b"
    tabs.set_tabs([Tab("a", "隐患", "5", "F6"), Tab("b", "照片", "", "F7")], current="b")
    assert tabs.current() == "b"


def test_a_bar_says_its_share(qtbot):
    bar = Bar()
    qtbot.addWidget(bar)
    bar.show_share(0.925, name="通过 37，共 40")
    assert bar.value() == 9_250
    assert bar.accessibleName() == "通过 37，共 40"
