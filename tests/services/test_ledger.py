"""编号台账: every number is used, void, returned or left; sheets of stamped paper are told of once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspector.app import App
from inspector.domain.ledger import NumberState, Series, SheetState
from inspector.domain.notice import FormCode
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.errors import InvalidInput, NotAllowed
from inspector.services.ledger import MOST_SHEETS, spread
from tests.services.conftest import Desk
from tests.services.visit import a_visit, issue

RECORD, ORDER = FormCode.INSPECTION_RECORD, FormCode.RECTIFICATION_ORDER


def series(app: App, form: FormCode) -> Series:
    return next(one for one in app.ledger.series() if one.form is form)


def issued(app: App, visit: str, form: FormCode = RECORD, **options: str) -> str:
    return issue(app, app.notices.draft(visit, form, **options).made)


def test_every_number_is_accounted_for(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=2)
    issued(desk.app, visit)
    order = issued(desk.app, visit, ORDER)
    desk.app.notices.void(order, "当事人名称写错")
    successor = issued(desk.app, visit, ORDER, supersedes=order)
    told = series(desk.app, ORDER)
    assert [(one.sequence, one.state, one.successor, one.predecessor) for one in told.lines] == [
        (1, NumberState.VOID, desk.app.notices.get(successor).number, ""),
        (2, NumberState.USED, "", desk.app.notices.get(order).number),
    ]
    assert (told.lines[0].reason, told.lines[0].party[:2]) == ("当事人名称写错", "示例")
    assert (told.count(NumberState.USED), told.count(NumberState.VOID), told.left, told.unexplained) == (1, 1, 48, ())
    desk.app.ledger.give_back(told.blocks[0].lease_id, "年底交回")
    after = series(desk.app, ORDER)
    assert (after.count(NumberState.RETURNED), after.left, after.unexplained) == (48, 0, ())
    with pytest.raises(NotAllowed, match="no_number_left"):
        desk.app.ledger.give_back(told.blocks[0].lease_id, "再交一次")
    assert desk.app.audit.verify().faults == ()


def test_a_number_that_was_passed_over_is_named(desk: Desk) -> None:
    with desk.app._session.vault.gateway.write() as tx:
        tx.run("update lease set next_number = 3 where form = 'XCJC'")
    assert series(desk.app, RECORD).unexplained == (1, 2)
    with desk.app._session.vault.gateway.write() as tx:
        tx.run("update lease set next_number = 1 where form = 'XCJC'")


def test_what_was_served_is_corrected_and_not_made_void(desk: Desk) -> None:
    visit = a_visit(desk.app, desk.clock, hazards=1)
    record = issued(desk.app, visit)
    desk.app.serving.serve(record, ServingDraft(method=ServingMethod.SIGNED, receiver="王某"))
    with pytest.raises(NotAllowed, match="served"):
        desk.app.notices.void(record, "名称写错")
    assert series(desk.app, RECORD).lines[0].is_served


def test_sheets_are_told_of_once(desk: Desk) -> None:
    record = issued(desk.app, a_visit(desk.app, desk.clock, hazards=1))
    desk.app.ledger.note_sheets("A0007-A0009", SheetState.USED, notice_id=record)
    with pytest.raises(NotAllowed, match="sheet_known"):
        desk.app.ledger.note_sheets("A0009", SheetState.RETURNED, reason="没用上")
    desk.app.ledger.note_sheets("A0009", SheetState.SPOILED, reason="卡纸")
    number = desk.app.notices.get(record).number
    assert [(one.serial, one.state, one.number, one.reason) for one in desk.app.ledger.sheets()] == [
        ("A0007", SheetState.USED, number, ""),
        ("A0008", SheetState.USED, number, ""),
        ("A0009", SheetState.SPOILED, number, "卡纸"),
    ]
    with pytest.raises(InvalidInput):
        desk.app.ledger.note_sheets("A0010", SheetState.SPOILED)
    with pytest.raises(InvalidInput):
        desk.app.ledger.note_sheets("A0010", SheetState.USED)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("A0007", ("A0007",)),
        ("A0007、A0009 A0007", ("A0007", "A0009")),
        ("A08-A11", ("A08", "A09", "A10", "A11")),
        ("98-101", ("98", "99", "100", "101")),
    ],
)
def test_serials_are_read_as_people_write_them(typed: str, meant: tuple[str, ...]) -> None:
    assert spread(typed) == meant


@pytest.mark.parametrize("typed", ["", "、", "A1-B2", "9-3", "A-B", f"1-{MOST_SHEETS + 1}"])
def test_serials_that_mean_nothing_are_refused(typed: str) -> None:
    with pytest.raises(InvalidInput):
        spread(typed)


@given(st.integers(0, 9999), st.integers(0, MOST_SHEETS - 1))
def test_a_span_names_each_sheet_once(first: int, more: int) -> None:
    found = spread(f"Q{first:04}-Q{first + more:04}")
    assert (len(found), len(set(found)), found[0]) == (more + 1, more + 1, f"Q{first:04}")
