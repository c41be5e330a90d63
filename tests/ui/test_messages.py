"""Every expected error has its sentence, in both languages: what happened, what is safe, what to do."""

from __future__ import annotations

import pytest

from inspector import errors
from inspector.errors import InspectorError
from ui.messages import SENTENCES, bug, message, reason
from ui.text import words


def every(kind: type[InspectorError] = InspectorError) -> list[type[InspectorError]]:
    """The error and all below it."""
    found = [kind]
    for sub in kind.__subclasses__():
        found += every(sub)
    return found


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("kind", every(), ids=lambda kind: kind.code)
def test_each_code_has_its_sentence(qapp, kind, language):
    words().switch(language)
    told = message(kind())
    assert told.happened
    assert "{" not in told.sentence
    stop = "。" if language == "zh_CN" else "."
    assert told.sentence.endswith(stop)
    if language == "en":
        assert not any("\u4e00" <= char <= "\u9fff" for char in told.sentence.replace("演示", ""))


def test_no_sentence_is_for_nobody():
    assert set(SENTENCES) == {kind.code for kind in every()}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            errors.InvalidInput(field="credit_code", reason="check_digit", length=17),
            "信用代码应为 18 位，现有 17 位",
        ),
        (
            errors.InvalidInput(field="credit_code", reason="check_digit", length=18),
            "信用代码校验位不符，请逐位核对",
        ),
        (errors.InvalidInput(field="description", reason="empty"), "隐患描述还没有填"),
        (
            errors.InvalidInput(field="note", reason="too_long", most=4000, length=4001),
            "备注过长：最多 4000 字，现有 4001 字",
        ),
        (errors.PinRefused(tries_left=3), "PIN 不对，还可以试 3 次"),
        (errors.PinRefused(tries_left=0), "PIN 已锁定"),
        (
            errors.NotAllowed(reason="hazard_issued", number="（示）应急责改〔2026〕1号"),
            "该隐患已写入文书 （示）应急责改〔2026〕1号，不能再改",
        ),
        (errors.EvidenceRefused(name="a.jpg", reason="empty"), "“a.jpg”是空文件，没有收入"),
        (errors.StorageFull(needed=9_000_000_000, free=5_200_000_000), "磁盘放不下：需要 9.00 GB，只剩 5.20 GB"),
        (errors.HqUntrusted(reason="receipt_signature"), "总部回执的签名不符"),
        (errors.HqRefused(status=409, title="fork", detail="seq 3"), "总部持有的本机记录与本机不一致"),
    ],
)
def test_sentences_carry_their_figures(qapp, error, said):
    assert reason(error) == said


def test_a_bug_says_what_is_kept(qapp):
    assert "已保存" in bug().text
