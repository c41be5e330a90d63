from __future__ import annotations

import pytest

from inspector.domain.notice import FormCode, number_text
from inspector.errors import NotFound
from inspector.law import forms, rule_functions, rules


@pytest.mark.parametrize(
    ("code", "name", "number_code"),
    [
        (FormCode.INSPECTION_RECORD, "现场检查记录", "应急检记"),
        (FormCode.RECTIFICATION_ORDER, "责令限期整改指令书", "应急责改"),
    ],
)
def test_the_forms_of_this_version(code, name, number_code):
    form = forms.load().get(code)
    assert (form.code, form.name, form.number_code) == (str(code), name, number_code)
    assert form.is_external
    assert form.copies_note == "本文书一式两份：一份由应急管理部门备案，一份交被检查单位。"
    assert all(field.label and field.type for field in form.fields)
    assert len(form.required) < len(form.fields)


def test_only_the_order_names_remedies_and_needs_a_record():
    order = forms.load().get(FormCode.RECTIFICATION_ORDER)
    record = forms.load().get(FormCode.INSPECTION_RECORD)
    assert order.remedy is not None
    assert (order.remedy.reconsider_days, order.remedy.sue_months) == (60, 6)
    assert order.requires == ("XCJC",)
    assert record.remedy is None


def test_all_forms_of_the_pack_stay_loadable():
    codes = forms.load().codes
    assert len(codes) == 61
    assert all(forms.load().get(code).fields for code in codes)


def test_no_form_speaks_of_the_old_department():
    for code in forms.load().codes:
        form = forms.load().get(code)
        assert "安监" not in form.number_code + form.copies_note
        assert "安全生产监督管理" not in form.copies_note


def test_numbers_of_these_forms_have_the_legal_shape():
    pattern = str(rules.load().config["number_regex"])
    for code in forms.numbered():
        number = number_text("示", forms.load().get(code).number_code, 2026, 7)
        assert rule_functions.matches(number, pattern)


def test_an_unknown_form_is_not_found():
    with pytest.raises(NotFound):
        forms.load().get("NONE")
