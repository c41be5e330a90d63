from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.law.expression import Evaluator, ExpressionFailed, View


def evaluator() -> Evaluator:
    rows = tuple(View({"n": n, "tags": tuple(range(n))}) for n in range(4))
    return Evaluator({"rows": rows, "doc": View({"code": "A", "n": 3})}, {"len": len}, {})


@pytest.mark.parametrize(
    ("expression", "is_true"),
    [
        ("doc.code in ('A','B')", True),
        ("1<doc.n<3", False),
        ("cnt(rows,'n>1')==2", True),
        ("any_(rows,'n>doc.n')", False),
        ("set([1,2])<=set([1])", False),
        ("doc.n is not None and not doc.code==''", True),
        ("doc.n>(2 if doc.code=='A' else 9)", True),
    ],
)
def test_the_grammar_of_the_rules(expression, is_true):
    assert evaluator().judge(expression).is_true is is_true


def test_offenders_are_the_elements_of_the_outermost_any():
    outcome = evaluator().judge("doc.n==3 and any_(rows,'n>=2')")
    assert [each.values["n"] for each in outcome.offenders] == [2, 3]
    assert [each.values["n"] for each in evaluator().judge("any_(rows,'n>=2')", "n!=2").offenders] == [3]


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os')",
        "doc.__class__",
        "doc.values.get('code')",
        "doc.code.upper()",
        "'a'.format(doc)",
        "open('x')",
        "9**9**9",
        "'a'*9",
        "[x for x in rows]",
        "(lambda: 1)()",
        "rows[0]",
        "f'{doc}'",
        "x = 1",
        "1; 2",
        "import os",
        "",
        "doc.nothing",
        "nothing",
        "doc.code<1",
        "any_(rows,'any_(rows,\"any_(rows,\\'n\\')\")')",
        "len(doc)",
        "1+" * 300 + "1",
        "1+" * 70 + "1",
        "-" * 300 + "1",
    ],
)
def test_what_a_rule_may_not_do_fails_and_says_so(expression):
    with pytest.raises(ExpressionFailed):
        evaluator().judge(expression)


@given(st.text(alphabet="abcdoen.()[]'\"<>=!, _0123456789+-*{}:", max_size=60))
def test_no_expression_escapes_as_another_error(expression):
    try:
        outcome = evaluator().judge(expression)
    except ExpressionFailed:
        return
    assert isinstance(outcome.is_true, bool)
