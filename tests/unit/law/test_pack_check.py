"""A pack is held against statute texts: what they contradict, what they prove, what they can't say."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inspector.law import pack, statute_text
from inspector.law.fine_text import FineRange, fine_ranges, formula_stands, yuan
from inspector.law.pack_check import CheckReport, check_statutes
from tests.unit.law.statute_material import TITLE, versions

PLACE = {"law": "SLCC", "article": "第三条", "paragraph": "第一款", "item": "第（一）项"}
PENALTY = {"law": "SLCC", "article": "第五条", "paragraph": "第一款", "item": "第（一）项"}
STAGES: list[dict[str, Any]] = [
    {"stage": "initial", "unit_fine": [0, 2000], "person_fine": None, "fine_mode": "may"},
    {"stage": "overdue", "unit_fine": [2000, 20000], "person_fine": None, "fine_mode": "shall"},
]


def item(**changes: Any) -> dict[str, Any]:
    return {
        "code": "SL-001", "violated": [PLACE], "penalty_basis": [PENALTY], "stages": STAGES,
        "effective_from": None, "effective_to": None, **changes,
    }  # fmt: skip


@pytest.fixture
def checked(tmp_path: Path) -> Any:
    def check(
        *items: dict[str, Any],
        basis: tuple[str, ...] = (),
        begins: str | None = "2024-08-01",
        forms: dict[str, Any] | None = None,
    ) -> CheckReport:
        spans = [{"adopted": "2024-05-20", "in_force_from": begins, "in_force_to": None}]
        law = {
            "id": "SLCC", "title": TITLE, "short": "示例条例", "issuer": "", "rank": "", "doc_no": "",
            "verification": "S", "versions": [*spans, {"adopted": None, "in_force_from": "2015-06-01"}],
        }  # fmt: skip
        other = {**law, "id": "NONE", "title": "没有文本的法", "short": "没有", "versions": []}
        corrections = json.loads((pack.current().folder / "corrections.json").read_text())
        corrections["first_minor"] = {"law": "SLCC", "article": "第一条"}
        corrections.update(doubts=[], remedy={"reconsider_days": 60, "sue_months": 6, "basis": ["示例条例1"]})
        files = {
            "catalogue.json": {"schema_version": 1, "items": list(items)},
            "rules.json": {"schema_version": 1, "rules": [{"id": "R1", "basis": list(basis)}]},
            "laws_index.json": {"schema_version": 1, "laws": [law, other]},
            "corrections.json": corrections,
            "forms.json": {"schema_version": 1, **(forms or {})},
        }
        return check_statutes(_written(tmp_path, files), versions())

    return check


def _written(folder: Path, files: dict[str, Any]) -> pack.Pack:
    lines: dict[str, dict[str, Any]] = {}
    for name, content in files.items():
        data = msgspec.json.encode(content)
        (folder / name).write_bytes(data)
        lines[name] = {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    manifest = {**msgspec.to_builtins(pack.current().manifest), "files": lines, "version": "2026-11-22"}
    (folder / "pack.json").write_bytes(msgspec.json.encode(manifest))
    return pack.Pack.open(folder)


def kinds(report: CheckReport) -> list[tuple[str, str]]:
    return [(one.field, one.kind) for one in report.mismatches]


def test_what_the_text_says_is_proved(checked: Any) -> None:
    report: CheckReport = checked(item(), basis=("示例条例3(1)(一)(二)", "证据 示例条例5(2)"))
    assert report.mismatches == ()
    assert report.unchecked == ()
    assert report.sums == 2
    assert report.places == 2 + 2 + 1 + 2 + 2  # item, rule (2), corrections, days of both versions


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"violated": [{**PLACE, "item": "第（四）项"}]}, [("violated", "no_item")]),
        ({"violated": [{**PLACE, "paragraph": "第九款", "item": ""}]}, [("violated", "no_paragraph")]),
        ({"violated": [{**PLACE, "article": "第九条"}]}, [("violated", "no_article")]),
        ({"violated": [{"law": "SLCC", "article": "第四条"}]}, [("violated", "duty")]),
        ({"stages": [{**STAGES[0], "unit_fine": [0, 3000]}]}, [("initial.unit_fine", "amount")]),
        ({"stages": [{**STAGES[1], "stage": "refuse"}]}, [("refuse.unit_fine", "amount_stage")]),
        ({"stages": [{**STAGES[0], "fine_mode": "shall"}]}, [("initial.unit_fine", "amount_mode")]),
        (
            {"penalty_basis": [{**PENALTY, "article": "第九条"}], "stages": []},
            [("penalty_basis", "no_article")],
        ),
    ],
)
def test_what_the_text_contradicts_is_a_mismatch(
    checked: Any, changes: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = kinds(checked(item(**changes)))
    assert [one for one in found if one[1] != "duty" or expected[0][1] == "duty"] == expected


def test_a_sum_by_reference_is_found(checked: Any) -> None:
    by_reference = {**PENALTY, "paragraph": "第二款", "item": ""}
    report: CheckReport = checked(item(penalty_basis=[by_reference], stages=STAGES[:1]))
    assert report.mismatches == ()
    assert report.sums == 1


def test_a_formula_is_read(checked: Any) -> None:
    stage = {"stage": "initial", "unit_fine": None, "person_fine": None, "fine_mode": "shall"}
    sixth = {
        "violated": [{"law": "SLCC", "article": "第四条"}],
        "penalty_basis": [{"law": "SLCC", "article": "第六条"}],
    }
    good: CheckReport = checked(item(**sixth, stages=[{**stage, "formula": "person: 20%–50% of the year's income"}]))
    assert (good.sums, good.unchecked) == (1, ())
    bad: CheckReport = checked(item(**sixth, stages=[{**stage, "formula": "20%–60%"}]))
    assert [one.reason for one in bad.unchecked] == ["formula"]


def test_what_cannot_be_said_is_listed_with_the_reason(checked: Any) -> None:
    other = {"law": "NONE", "article": "第一条"}
    report: CheckReport = checked(
        item(violated=[PLACE, other, {"law": "SLCC", "article": "出入口规定"}], penalty_basis=[other]),
        basis=("文书式样", "没有2", "谁也不知道的法3"),
    )
    assert report.mismatches == ()
    assert [one.reason for one in report.unchecked] == [
        "no_text", "not_an_article", "no_text", "no_text", "no_text", "not_an_article", "no_text", "unknown_law",
    ]  # fmt: skip


def test_every_basis_of_the_other_files_is_looked_up(checked: Any) -> None:
    listed = [{"id": "F1", "basis": "示例条例3(1)(一)（说明）; 5(1)、9"}]
    written = {"law": "SLCC", "article": "第三条", "paragraph": "第三款"}
    forms = {"forms": listed, "K1": {"needs": [{"basis": "示例条例8"}]}, "K2": {"minor": written}}
    report: CheckReport = checked(forms=forms)
    assert [(one.subject, one.kind, one.said) for one in report.mismatches] == [
        ("F1", "no_article", "示例条例9"),
        ("K1", "no_article", "示例条例8"),
        ("K2", "no_paragraph", "SLCC第三条第三款"),
    ]


def test_another_first_day_in_the_index_is_a_mismatch(checked: Any) -> None:
    report: CheckReport = checked(begins="2024-09-01")
    assert kinds(report) == [("versions", "in_force_from")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("处五万元以上二十万元以下的罚款", [FineRange(50_000, 200_000)]),
        ("可以处5万元以下的罚款", [FineRange(0, 50_000, "initial", is_optional=True)]),
        ("逾期未改正的，处一千元以上五千元以下罚款", [FineRange(1000, 5000, "overdue")]),
        (
            "拒不改正的，处二万元以下罚款；对其负责人处一千元以下罚款",
            [FineRange(0, 20_000, "refuse"), FineRange(0, 1000, "refuse")],
        ),
        ("情节严重的，处一百二十万元罚款", [FineRange(1_200_000, 1_200_000, "serious")]),
        ("对个人处l万元以上５万元以下的罚款", [FineRange(10_000, 50_000)]),
        ("责令改正，没有罚款", []),
    ],
)  # fmt: skip
def test_fines_are_read_from_the_wording(text: str, expected: list[FineRange]) -> None:
    assert list(fine_ranges(text)) == expected


@pytest.mark.parametrize(
    ("text", "value"), [("一千", 1000), ("10", 10), ("1,000", 1000), ("1.5万", 15_000), ("二亿", 200_000_000)]
)
def test_sums(text: str, value: int) -> None:
    assert yuan(text) == value


def test_no_sum_is_no_sum() -> None:
    for wrong in ("零", "甲", "0.5"):
        with pytest.raises(ValueError, match=wrong):
            yuan(wrong)


def test_formulas_without_figures_say_nothing() -> None:
    assert formula_stands("fine per another law", "处一万元罚款") is None
    assert (
        formula_stands("if illegal income >=100,000: 2x–5x", "违法所得十万元以上的，处二倍以上五倍以下的罚款") is True
    )


def test_our_pack_stands_before_the_real_statutes(shared_data: Path) -> None:
    read, refused = statute_text.read_folder(shared_data / "statutes")
    assert refused == ()
    report = check_statutes(pack.current(), read)
    assert [msgspec.to_builtins(one) for one in report.mismatches] == []
    assert report.places > 800
    assert report.sums > 380
