"""The code on a notice: what was signed is read again, and nothing else passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.crypto import notice_code
from inspector.crypto.notice_code import KeyFacts
from inspector.crypto.signing import KeyPair
from inspector.errors import ProofUnreadable

KEY = KeyPair.from_private(bytes(range(32)))
FACTS = KeyFacts(
    number="（示）应急责改〔2026〕12号",
    office="示例区应急管理局",
    issued_on=date(2026, 11, 22),
    party="示例甲仓储有限公司",
    items=3,
    until=date(2026, 12, 11),
    fine_fen=150_000,
    digest="5a" * 32,
)
LINE = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=60)


def test_what_was_signed_is_read_again() -> None:
    proof = notice_code.read(notice_code.written(FACTS, KEY))
    assert proof.facts == replace(FACTS, digest="5a" * 16)
    assert proof.is_by(KEY.public)
    assert notice_code.signer_of(proof, {"另一": KeyPair.generate().public, "示例区": KEY.public}) == "示例区"


@given(number=LINE, office=LINE, party=LINE, items=st.integers(0, 10**6), fine=st.none() | st.integers(0, 10**12))
def test_any_facts_come_back_and_hold(number: str, office: str, party: str, items: int, fine: int | None) -> None:
    facts = replace(FACTS, number=number, office=office, party=party, items=items, fine_fen=fine)
    proof = notice_code.read(notice_code.written(facts, KEY))
    assert proof.is_by(KEY.public)
    assert (proof.facts.items, proof.facts.fine_fen) == (items, fine)
    if len(party) <= notice_code.LONGEST_NAME and party == " ".join(party.split()):
        assert proof.facts.party == party


def test_every_changed_character_fails() -> None:
    text = notice_code.written(FACTS, KEY)
    for place, char in enumerate(text):
        other = "7" if char != "7" else "8"
        changed = text[:place] + other + text[place + 1 :]
        try:
            proof = notice_code.read(changed)
        except ProofUnreadable:
            continue
        # The last character of base64 holds bits that mean nothing; the bytes then are the same.
        if (proof.signed, proof.signature, proof.key_id) != (
            (whole := notice_code.read(text)).signed,
            whole.signature,
            whole.key_id,
        ):
            assert not proof.is_by(KEY.public), place


@pytest.mark.parametrize(("text", "reason"), [("", "mark"), ("你好", "mark"), (notice_code.MARK, "lines")])
def test_other_text_is_no_code(text: str, reason: str) -> None:
    with pytest.raises(ProofUnreadable, match=reason):
        notice_code.read(text)


@given(st.text(max_size=300))
def test_rubbish_is_refused_in_order(text: str) -> None:
    with pytest.raises(ProofUnreadable):
        notice_code.read(f"{notice_code.MARK}\n{text}")
