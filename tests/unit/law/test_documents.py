"""The documents of the pack: whole, in themselves consistent, and true to the forms and the law in force."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from inspector.domain.notice import FormCode
from inspector.law import conditions, deadlines, documents, forms
from inspector.law.documents import DocumentKind
from inspector.notices.printed_sheet import PEN, TOKEN, keys_in, parted, tokens

PACK = Path(documents.__file__).parents[2] / "resources" / "packs" / "2026-11-22"
EXAMPLES = Path(__file__).parents[2] / "documents" / "examples.json"
CODES = tuple(code.value for code in FormCode)
DRIVEN = tuple(code for code in CODES if not documents.get(code).is_own_module)
SOURCES = {
    "party.name", "party.address", "party.credit_code", "party.responsible_person", "party.position", "party.phone",
    "party.summary", "party.industry", "insp.place", "insp.start", "insp.end", "insp.kind", "insp.companion",
    "insp.task_no", "insp.entry_code", "insp.no_code_reason",
    "office.name", "office.issuer", "office.phone", "office.address", "office.government", "office.court",
    "officers.names", "officers.certs", "officers.1.name", "officers.1.cert", "officers.2.name", "officers.2.cert",
    "hazards.text", "hazards.basis", "hazards.count", "hazards.code", "about.number", "about.title", "about.date",
    "visit.issued", "today", "now",
}  # fmt: skip
REMEDIES = {"XCJD", "CFKY", "CFCL", "XBCL", "CFDW", "CFGR", "BYCF", "ZGYP"}
"""Whose party is told of reconsideration and lawsuit (forms of 2016; 行政复议法实施条例 art. 17 for what burdens)."""
REVIEW_FIRST = {"CFDW", "CFGR"}
"""行政复议法 art. 23(1)(一): penalties on the spot."""
NUMBERED_ELSEWHERE = {"JCTZ", "XWBL", "YTJL", "ZGYS", "ZFSM"}
OLD = re.compile(
    "安监|安全生产监督管理|人民政府或者|第三十七条第二款|第三十一条、第三十二条|第五十一条第一项|第五十二条的规定|第六十七条"
)
"""What the forms of 2016 said and the law no longer does (facts.md §0)."""
ON_PAPER = {"doc_no", "seal", "signature", "refusal", "pages", "const"}
"""Types of forms.json that number, seal, pen or a fixed sentence put on paper."""


def sentences(kind: DocumentKind) -> Iterator[str]:
    for block in kind.body:
        yield from tokens(block)
    yield from (*kind.closing.lines, *kind.closing.on_every_page, *kind.closing.below_seal)


def every_text(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from every_text(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from every_text(each)


def test_every_form_of_this_version_is_described():
    assert set(documents.load().documents) == set(CODES)
    groups = {group.id for group in documents.load().groups}
    assert {documents.get(code).group for code in CODES} == groups
    assert {code for code in CODES if documents.get(code).is_own_module} == {"XCJC", "ZLZG", "ZGFC"}


@pytest.mark.parametrize("code", DRIVEN)
def test_every_place_in_a_sentence_is_a_field(code):
    kind = documents.get(code)
    keys = {field.key for field in kind.fields}
    for sentence in sentences(kind):
        assert keys_in(sentence) <= keys, sentence
        assert "{" not in TOKEN.sub("", sentence), sentence
        boxes = [(token[2], token[4]) for token in TOKEN.finditer(sentence) if token[1] == "?" and token[4]]
        for key, value in boxes:
            assert value in {option.value for field in kind.fields if field.key == key for option in field.options}
    for block in kind.body:
        named = [block.key, *(key for row in block.rows for _, cell in row for key in cell.split(".."))]
        assert {parted(key)[0] for key in named if key} <= keys | PEN


@pytest.mark.parametrize("code", DRIVEN)
def test_conditions_ask_for_fields_and_values_that_exist(code):
    kind = documents.get(code)
    fields = {field.key: field for field in kind.fields}
    told = [each.when for each in (*kind.fields, *kind.body, *kind.starts) if each.when]
    for condition in told:
        assert set(conditions.keys(condition)) <= set(fields), condition
        for part in condition.split("&"):
            key, equals, value = part.strip().lstrip("!").partition("=")
            assert not equals or value in {option.value for option in fields[key].options}, condition


@pytest.mark.parametrize("code", DRIVEN)
def test_fields_are_whole(code):
    kind = documents.get(code)
    keys = [field.key for field in kind.fields]
    assert len(keys) == len(set(keys))
    for field in kind.fields:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", field.key)
        assert field.label
        assert (field.type in {"enum", "multi_enum"}) == bool(field.options), field.key
        assert (field.type == "table") == bool(field.columns), field.key
        assert not field.source or field.source in SOURCES or field.source.startswith("about.filled."), field.source
        assert not (field.source.startswith("about.") and not kind.about), field.key
        assert field.is_editable or field.source, f"{field.key} can be filled by nobody"
        assert field.type != "bool" or not field.is_required, f"{field.key}: a bool is never missing"


@pytest.mark.parametrize("code", DRIVEN)
def test_everything_is_named_in_english_too(code):
    kind = documents.get(code)
    chinese = re.compile("[\u3400-\u9fff]")
    for each in (*kind.fields, *(option for field in kind.fields for option in field.options)):
        assert each.label_en
        assert not chinese.search(each.label_en), each
    for field in kind.fields:
        assert bool(field.hint) == bool(field.hint_en), field.key
        assert all(column.label and column.label_en for column in field.columns)
    assert forms.load().get(code).name_en


@pytest.mark.parametrize("code", DRIVEN)
def test_what_it_needs_and_concerns_are_known_documents(code):
    kind = documents.get(code)
    for need in kind.needs:
        assert need.basis
        assert need.forms
        assert set(need.forms) <= set(CODES)
        assert need.of != "about" or set(need.forms) <= set(kind.about)
    assert set(kind.about) <= set(CODES)
    assert kind.numbering != "about" or kind.about
    for start in kind.starts:
        assert start.clock in deadlines.load()


def test_remedies_stand_exactly_where_the_party_has_one():
    told = {code: [block for block in documents.get(code).body if block.block == "remedies"] for code in DRIVEN}
    assert {code for code, blocks in told.items() if blocks} == REMEDIES
    assert all(len(blocks) <= 1 for blocks in told.values())
    assert {code for code, blocks in told.items() if any(block.is_review_first for block in blocks)} == REVIEW_FIRST
    for code in REMEDIES:
        clocks = {start.clock for start in documents.get(code).starts if start.since == "served"}
        assert clocks >= ({"T-22"} if code in REVIEW_FIRST else {"T-22", "T-22a"}), code


def test_no_document_says_what_the_law_no_longer_says():
    for code in DRIVEN:
        for text in every_text(msgspec.to_builtins(documents.get(code))):
            assert not OLD.search(text), (code, text)
    for text in every_text(json.loads((PACK / "wording.json").read_text("utf-8"))["forms"]):
        assert not OLD.search(text), text


@pytest.mark.parametrize("code", DRIVEN)
def test_number_seal_and_copies_follow_the_form(code):
    kind, form = documents.get(code), forms.load().get(code)
    assert (kind.numbering == "own") == bool(form.number_code)
    if kind.numbering == "none":
        assert code in NUMBERED_ELSEWHERE
    types = {field.type for field in form.fields}
    is_sealed = kind.closing.has_seal or any("（印章）" in sentence for sentence in sentences(kind))
    assert "seal" not in types or is_sealed
    if form.is_external:
        assert kind.closing.has_seal or kind.closing.lines or is_sealed
        assert kind.closing.on_every_page or code == "SDHZ"
    assert "安监" not in kind.copies_note


TOLD_BY = {
    "不予处罚情形(轻微/首违/无主观过错/超时效)": "ground", "保存方式(就地/异地)": "keeping",
    "列表(编号/名称/规格型号或地址/单位/数量或面积/备注; 10行/页)": "items", "勘验人×2及职务": "surveyor1",
    "原查扣决定文号日期": "decision_number", "原文书日期名称文号": "document_number",
    "原指令名称与文号": "order_number",
    "发现问题(理由)": "problems", "场所": "place", "处理决定(解除/没收/销毁/移送)": "decision",
    "处理理由依据": "reasons", "天气": "weather", "履行方式和期限": "pay", "强制事项理由依据种类期限": "request",
    "当事人": "party_facts", "当事人(公民/法人)": "party", "抽样时间起止": "started_at",
    "接受处理的日期地点": "handle_on",
    "携带材料(身份证/营业执照/法定代表人身份证明或委托书/其他)": "bring", "改正情况及时间": "correction",
    "时间地点": "place", "材料清单(份/页)": "papers", "检查时间": "starts_at",
    "检查类型(日常/专项/线索核查/即时/双随机)": "kind", "法定代表人": "responsible_person", "涉及的问题序号": "items",
    "清单(序号/证据名称/规格型号/产地/成色(品级)/单位/价格/数量/备注)": "items",
    "物品表(序号/名称/规格及批号/数量)": "items", "理由依据": "reasons", "电话": "contact_phone", "第几次": "count",
    "表(文书名称文号/收件人签名/送达地点/送达日期/送达方式/送达人)": "services", "被抽样人": "party",
    "被检查单位": "party", "被约谈人及职务": "person", "行政处罚决定(种类/大写/小写)": "kinds", "证据": "evidence",
    "记录人及单位职务": "recorder", "证据名称数量": "evidence", "询问人及单位职务": "interviewers",
    "询问记录(问/答)": "qa", "基本情况": "party_facts", "□当场缴纳 □15日内缴至银行": "pay",
    "执法人员及证号": "officers", "执法人员证件": "certificates", "执法人员×2及证件号": "officer_certs",
    "约谈要求": "topics",
}  # fmt: skip
"""Which field of the document holds what forms.json calls otherwise."""
BY_PEN = {"落款日期", "日期", "承办日期", "审核日期"}
"""Dates that the engine or a pen writes."""
ELSEWHERE = {
    ("XBTZ", "清单(序号/证据名称/规格型号/产地/成色(品级)/单位/价格/数量/备注)"): "XBQD",
    ("QZSP", "承办人意见"): "request", ("YSSP", "承办人意见"): "handler_opinion", ("CFDW", "时间地点"): "decided_at",
    ("CFGR", "时间地点"): "decided_at", ("XCJD", "违法行为和事故隐患"): "takes_hazards",
}  # fmt: skip


@pytest.mark.parametrize("code", DRIVEN)
def test_every_required_field_of_the_form_is_asked_or_on_paper(code):
    kind = documents.get(code)
    keys, labels = {field.key for field in kind.fields}, {field.label for field in kind.fields}
    is_signed_by_officers = any("{officers}" in line for line in kind.closing.lines)
    has_remedies = any(block.block == "remedies" for block in kind.body)
    for field in forms.load().get(code).required:
        is_on_paper = field.type in ON_PAPER or field.label in BY_PEN
        is_officer = re.fullmatch(r"执法人员[12](姓名|证件号)", field.label) and is_signed_by_officers
        is_remedy = field.label in {"行政复议机关", "人民法院"} and has_remedies
        if is_on_paper or is_officer or is_remedy or field.label in labels:
            continue
        other = ELSEWHERE.get((code, field.label)) or TOLD_BY[field.label]
        assert other in keys | set(CODES) or getattr(kind, other), f"{code}: {field.label}"


def test_the_examples_fill_every_required_field():
    told = json.loads(EXAMPLES.read_text("utf-8"))
    for code in DRIVEN:
        kind, values = documents.get(code), told[code]
        assert set(values) <= {field.key for field in kind.fields}, code
        for field in kind.fields:
            if field.is_required and conditions.holds(field.when, values) and field.type != "doc_ref":
                assert values.get(field.key) not in (None, "", []), f"{code}: {field.key}"
            if field.options and field.key in values:
                chosen = values[field.key]
                options = {option.value for option in field.options}
                assert set([chosen] if isinstance(chosen, str) else chosen) <= options, f"{code}: {field.key}"


def test_the_handbook_tells_of_every_document():
    told = (PACK.parents[2] / "docs" / "documents.md").read_text("utf-8")
    for code in CODES:
        assert f"| `{code}` | {forms.load().get(code).name} |" in told
