"""Any document of the pack, whatever is typed into it: nothing lost, nothing cut, nothing over the edge."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspector.domain.notice import FormCode
from inspector.law import documents, forms
from inspector.law.documents import DocumentKind
from inspector.notices import fonts, layout
from inspector.notices.compose import compose
from inspector.notices.document import NoticeDocument
from inspector.notices.forms import sheet
from inspector.notices.layout import Page, Set
from inspector.notices.printed_sheet import PrintedSheet
from inspector.notices.render import render
from inspector.notices.typeset import Typesetter
from tests.unit.notices import reading
from tests.unit.notices.specimens import sources

EXAMPLES: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "documents" / "examples.json").read_text(encoding="utf-8")
)
DRIVEN = tuple(code.value for code in FormCode if not documents.get(code).is_own_module)
TEXTS = {"text", "multiline", "person", "list", "law_refs", "table", "qa_list"}
WHITE_HALF = 5.5
"""Points by which the white right half of a full stop at a line's end may stand over the edge."""
MARKER = "鑫"
"""A character that no form has."""
DAY = {"began": "2026-11-22T01:30:00Z", "ended": "2026-11-22T03:05:00Z"}


def a_document(kind: DocumentKind, values: dict[str, Any], *, code: str = "XCJD", hazards: int = 0) -> NoticeDocument:
    form = forms.load().get(code)
    told = PrintedSheet(
        kind=kind, values=values, about_number="（示）应急查扣〔2026〕1号" * (kind.numbering == "about")
    )
    number = "（示）应急现决〔2026〕3号" if kind.numbering == "own" else told.about_number
    return compose(replace(sources(hazards=hazards), form=form, number=number, sheet=told))


def of_code(code: str, **changes: Any) -> NoticeDocument:
    kind = documents.get(code)
    return a_document(kind, {**EXAMPLES[code], **changes}, code=code, hazards=2 if kind.takes_hazards else 0)


def a_kind(*body: dict[str, Any], fields: list[dict[str, Any]], **more: Any) -> DocumentKind:
    """A document with these blocks and fields, closing and numbering as told."""
    told = [{"label": each["key"], "label_en": each["key"], **each} for each in fields]
    closing = {"lines": ["当事人（签名）：{blank}"], **more.pop("closing", {})}
    raw = {"group": "order", "numbering": "own", "fields": told, "body": list(body), "closing": closing, **more}
    return msgspec.convert(raw, DocumentKind)


def pages_of(document: NoticeDocument) -> list[Page]:
    return layout.pages_of(sheet.plan(Typesetter(document, fonts.load())))


def sets_of(page: Page) -> list[Set]:
    return [mark for mark in page.marks if isinstance(mark, Set)]


def text_of(mark: Set) -> str:
    return "".join(line.text for line in mark.text.lines(mark.width))


def told_by(document: NoticeDocument) -> str:
    """The text of all pages in the order it is drawn."""
    return "".join(text_of(mark) for page in pages_of(document) for mark in sets_of(page))


def one_block(block: dict[str, Any], value: Any, **field: Any) -> str:
    """What a document of one block says; its field is `key`."""
    given_key = {"key": "key", "type": "text", **field}
    return told_by(a_document(a_kind(block, fields=[given_key]), {} if value is None else {"key": value}))


# --- each block ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("say", "field", "value", "said"),
    [
        ("甲{key}乙", {}, "丙", "甲丙乙"),
        ("甲{=key}乙", {"type": "multiline"}, "丙\n丁", "甲丙丁乙"),
        ("于{key}止", {"type": "date"}, "2026-01-05", "于2026年1月5日止"),
        ("于{key}止", {"type": "datetime"}, DAY["began"], "于2026年11月22日09时30分止"),
        ("罚款{key}", {"type": "money"}, 200000, "罚款贰仟元整（¥2,000.00）"),
        ("大写{key.words}小写{=key.figures}", {"type": "money"}, 1005030, "大写壹万零伍拾元叁角整小写10,050.30"),
        ("证号{key}", {"type": "idcard"}, "500112198502149995", "证号500112198502149995"),
        ("证号{key.masked}", {"type": "idcard"}, "500112198502149995", "证号500112********9995"),
        ("依据{key}", {"type": "law_refs"}, ["《甲》第一条", "《乙》第二条"], "依据《甲》第一条、《乙》第二条"),
        ("共{key.count}项", {"type": "list"}, ["一", "二"], "共2项"),
    ],
)
def test_a_value_stands_in_its_sentence(say: str, field: dict[str, Any], value: Any, said: str) -> None:
    assert said in one_block({"block": "paragraph", "say": say}, value, **field)


def test_a_missing_value_leaves_room_to_write(bundled: fonts.Fonts) -> None:
    kind = a_kind({"block": "paragraph", "say": "于{key}决定"}, fields=[{"key": "key", "type": "date"}])
    document = a_document(kind, {})
    (text,) = [mark.text for mark in sets_of(pages_of(document)[0]) if "决定" in text_of(mark)]
    assert "".join(line.text for line in text.lines(layout.WIDTH)) == "于年月日决定"
    assert len(text.lines(layout.WIDTH)[0].rules) == 3
    assert bundled.missing("☑□￥") == ()


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("?key=b", "b", "☑"),
        ("?key=a", "b", "□"),
        ("?key", True, "☑"),
        ("?key", False, "□"),
        ("?key=a", ["a", "b"], "☑"),
        ("?key=a", None, "□"),
    ],
)
def test_a_box_is_ticked_if_it_is_so(key: str, value: Any, said: str) -> None:
    told = one_block({"block": "paragraph", "say": f"选{{{key}}}项"}, value, type="enum")
    assert f"选{said}项" in told


@pytest.mark.parametrize(
    ("began", "ended", "said"),
    [
        (DAY["began"], DAY["ended"], "2026年11月22日09时30分至11时05分"),
        (DAY["began"], "2026-11-23T01:00:00Z", "2026年11月22日09时30分至11月23日09时00分"),
        (DAY["began"], "2027-01-01T01:00:00Z", "2026年11月22日09时30分至2027年1月1日09时00分"),
        (DAY["began"], None, "2026年11月22日09时30分至月日时分"),
        (None, None, "年月日时分至月日时分"),
    ],
)
def test_a_span_says_again_only_what_changes(began: str | None, ended: str | None, said: str) -> None:
    fields = [{"key": "began", "type": "datetime"}, {"key": "ended", "type": "datetime"}]
    kind = a_kind({"block": "paragraph", "say": "{began..ended}。"}, fields=fields)
    told = {key: value for key, value in (("began", began), ("ended", ended)) if value}
    assert f"{said}。" in told_by(a_document(kind, told))


def test_list_items_are_numbered_and_ended_as_they_were_typed() -> None:
    said = one_block({"block": "list", "key": "key"}, ["撤出人员", "停止作业！", "断电"], type="list")
    assert "1．撤出人员；2．停止作业！3．断电。" in said


def test_questions_and_answers_begin_lines_of_their_own() -> None:
    kind = a_kind(
        {"block": "qa", "key": "qa", "lines": 8}, {"block": "rest"}, fields=[{"key": "qa", "type": "qa_list"}]
    )
    document = a_document(kind, {"qa": [{"q": "几时？", "a": "九时。\n后来走了。"}]})
    lines = [text_of(mark) for mark in sets_of(pages_of(document)[0]) if mark.text.style.is_ruled]
    assert lines == ["问：几时？", "答：九时。", "后来走了。", "", "", "", "", ""]
    assert "（以下空白）" in told_by(document)


def test_a_ruled_block_has_its_least_lines() -> None:
    kind = a_kind(
        {"block": "ruled", "label": "事实：", "key": "key", "lines": 4}, fields=[{"key": "key", "type": "multiline"}]
    )
    (page,) = pages_of(a_document(kind, {"key": "一句话"}))
    assert sum(len(mark.text.lines(mark.width)) for mark in sets_of(page) if mark.text.style.is_ruled) == 4


def test_reconsideration_comes_first_where_the_law_says_so() -> None:
    first = told_by(
        a_document(a_kind({"block": "remedies", "label": "本处罚决定", "is_review_first": True}, fields=[]), {})
    )
    either = told_by(a_document(a_kind({"block": "remedies"}, fields=[]), {}))
    assert "应当依法在60日内先向示例区人民政府申请行政复议" in first
    assert "或者在" not in first
    assert "可以依法在60日内向示例区人民政府申请行政复议，或者在6个月内依法向示例区人民法院提起行政诉讼" in either
    assert "人民政府或者" not in first + either


def test_a_table_repeats_its_head_on_every_page_and_keeps_every_row() -> None:
    items = [{"no": f"{n}", "name": f"第{n}件物品"} for n in range(1, 81)]
    pages = pages_of(of_code("CFQD", items=items))
    assert len(pages) > 2
    for page in pages:
        assert "名称" in [text_of(mark) for mark in sets_of(page)]
    told = "".join(text_of(mark) for page in pages for mark in sets_of(page))
    assert [f"第{n}件物品" in told for n in range(1, 81)] == [True] * 80


def test_empty_rows_alone_begin_no_page() -> None:
    for rows in range(12):
        items = [{"no": f"{n}", "name": "证据\n" * 3} for n in range(rows)]
        pages = pages_of(of_code("XBQD", items=items))
        assert len(pages) == 1 or "证据" in "".join(text_of(mark) for mark in sets_of(pages[-1])), rows


def test_a_block_and_a_field_are_left_out_where_their_condition_fails() -> None:
    kind = a_kind(
        {"block": "paragraph", "say": "当场缴纳。", "when": "pay=cash"},
        {"block": "paragraph", "say": "缴至银行。", "when": "!pay=cash"},
        fields=[{"key": "pay", "type": "text"}],
    )
    assert "当场缴纳" in told_by(a_document(kind, {"pay": "cash"}))
    assert "当场缴纳" not in told_by(a_document(kind, {"pay": "bank"}))


# --- number, closing, digest ----------------------------------------------------------


def test_a_record_without_number_has_no_number_line_and_no_code() -> None:
    document = of_code("XWBL")
    assert (document.number_line, document.number) == ("", "")
    assert "〔" not in reading.poppler_text(render(document).pdf)


def test_a_draft_list_already_names_the_number_of_its_decision() -> None:
    kind = documents.get("CFQD")
    told = PrintedSheet(kind=kind, values={}, about_number="（示）应急查扣〔2026〕1号")
    document = compose(replace(sources(hazards=0), form=forms.load().get("CFQD"), number="", sheet=told))
    assert document.number_line == "（示）应急查扣〔2026〕1号"


def test_every_earlier_page_of_a_record_is_signed_by_all() -> None:
    pages = pages_of(of_code("XWBL", qa=[{"q": "还有什么要说？" * 9, "a": "没有了。" * 60}] * 9))
    assert len(pages) > 2
    for page in pages:
        told = "".join(text_of(mark) for mark in sets_of(page))
        assert all(f"{who}（签名" in told for who in ("询问人", "记录人", "被询问人"))


def test_the_digest_covers_every_value_and_sentence() -> None:
    document = of_code("XCJD")
    changed = of_code("XCJD", measures=["停止使用一号库房"])
    assert document.sheet is not None
    other = replace(document, sheet=replace(document.sheet, kind=documents.get("CFKY")))
    assert len({document.facts_digest(), changed.facts_digest(), other.facts_digest()}) == 3


def test_a_notice_without_sheet_keeps_the_digest_it_had() -> None:
    """Digests of papers issued by 0.1.0 to 0.3.0 must not move: they stand in journals and under QR codes."""
    document = compose(sources(hazards=0))
    told = {field.name: getattr(document, field.name) for field in dataclasses.fields(document)}
    of_0_3_0 = {name: value for name, value in told.items() if name not in {"issued_at", "recheck", "sheet", "proof"}}
    facts = {**of_0_3_0, "hazards": [], "photos": []}
    assert document.facts_digest() == hashlib.sha256(msgspec.json.encode(facts, order="sorted")).hexdigest()


# --- whatever is typed ---------------------------------------------------------------


@pytest.mark.parametrize("code", DRIVEN)
def test_every_example_comes_back_from_its_paper(code: str) -> None:
    document = of_code(code)
    rendered = render(document)
    whole = re.sub(r"\s", "", reading.poppler_text(rendered.pdf))
    kind = documents.get(code)
    for field in kind.fields:
        for text in shown_in_full(kind, field.key, EXAMPLES[code].get(field.key)):
            assert re.sub(r"\s", "", text) in whole, field.key


def shown_in_full(kind: DocumentKind, key: str, value: Any) -> list[str]:
    """The texts of a value that stands on the paper whatever else is chosen."""
    field = next(each for each in kind.fields if each.key == key)
    keys = {each.key for each in kind.body if not each.when}
    keys |= {cell for block in kind.body if not block.when for row in block.rows for _, cell in row}
    return texts(value) if field.type in TEXTS and key in keys else []


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in texts(each)]
    return [text for each in value for text in texts(each)] if isinstance(value, list) else []


def lengthened(value: Any, text: str) -> Any:
    """The value with `text` in the place of each of its texts."""
    if isinstance(value, list):
        return [lengthened(each, text) for each in value]
    return dict.fromkeys(value, text) if isinstance(value, dict) else text


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(DRIVEN), st.integers(0, 10**6), st.integers(1, 700))
def test_a_text_of_any_length_is_laid_out_whole_within_the_page(code: str, which: int, length: int) -> None:
    kind = documents.get(code)
    fields = [field for field in kind.fields if field.type in TEXTS and EXAMPLES[code].get(field.key)]
    field = fields[which % len(fields)]
    long = lengthened(EXAMPLES[code][field.key], MARKER * length)
    pages = pages_of(of_code(code, **{field.key: long}))
    told = sum(text_of(mark).count(MARKER) for page in pages for mark in sets_of(page))
    expected = "".join(texts(long)).count(MARKER)
    assert told % length == 0
    assert told >= expected or not told, field.key  # not told: asked, but not printed, or its condition fails
    for page in pages:
        assert_within(page)


def assert_within(page: Page) -> None:
    for mark in sets_of(page):
        assert mark.y + mark.text.height(mark.width) <= layout.BOTTOM + 1
        assert mark.x + mark.width <= layout.RIGHT + 20  # some lists of the specimen are wider than its text
        assert all(line.end <= mark.width + WHITE_HALF for line in mark.text.lines(mark.width))


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.text(st.sampled_from("安全生产检查一二三，。；（）《》“”、0123456789abcXYZ %-\n"), min_size=1, max_size=300),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_answered_comes_back_letter_by_letter(answers: list[str]) -> None:
    pairs = [{"q": f"问题{n}？", "a": answer.strip()} for n, answer in enumerate(answers)]
    pdf = render(of_code("XWBL", qa=pairs)).pdf
    flat = re.sub(r"\s", "", reading.flowing_text(pdf))
    for pair in pairs:
        assert re.sub(r"\s", "", f"问：{pair['q']}答：{pair['a']}") in flat


def test_lines_with_the_same_second_label_share_its_place() -> None:
    """勘验人、当事人、记录人…单位及职务 stand in one column, whatever the names are (specimen, form 17)."""
    page = pypdfium2.PdfDocument(render(a_document(documents.get("KYBL"), EXAMPLES["KYBL"], code="KYBL")).pdf)[0]
    text = page.get_textpage()
    places = [at.start() for at in re.finditer("单位及职务", text.get_text_range())]
    lefts = [text.get_charbox(place)[0] for place in places]
    assert len(lefts) == 6
    assert max(lefts) - min(lefts) < 0.1
