"""Handing a notice over: each way asks for its proof, and what is recorded stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from inspector.domain.notice import FormCode, NoticeState
from inspector.domain.serving import ServingDraft, ServingMethod
from inspector.errors import InspectorError, InvalidInput, NotAllowed
from inspector.ids import Sha256
from inspector.store import driver
from tests.services.conftest import Desk
from tests.services.visit import a_photo, a_visit, issue

SIGNED = ServingDraft(method=ServingMethod.SIGNED, receiver="王示例")


@pytest.fixture
def visit(desk: Desk) -> str:
    return a_visit(desk.app, desk.clock, hazards=1)


@pytest.fixture
def notice(desk: Desk, visit: str) -> str:
    made = desk.app.notices.draft(visit, FormCode.INSPECTION_RECORD).made
    issue(desk.app, made)
    return made


def test_a_serving_is_read_back_after_a_restart(desk: Desk, notice: str) -> None:
    assert desk.app.serving.of(notice) is None
    made = desk.app.serving.serve(notice, SIGNED).made
    found = desk.reopen().serving.of(notice)
    assert found is not None
    assert (found.id, found.method, found.receiver) == (made, ServingMethod.SIGNED, "王示例")
    assert found.recorded_by == desk.app.me.id


@pytest.mark.parametrize(
    ("draft", "field", "reason"),
    [
        (ServingDraft(method=ServingMethod.SIGNED), "receiver", "empty"),
        (ServingDraft(method=ServingMethod.REFUSED, receiver="王示例", witness="赵示例"), "reason", "empty"),
        (
            ServingDraft(method=ServingMethod.REFUSED, receiver="王示例", reason="称须请示"),
            "witness",
            "witness_or_photo",
        ),
        (ServingDraft(method=ServingMethod.LEFT, reason="无人应门"), "witness", "witness_or_photo"),
        (ServingDraft(method=ServingMethod.POSTED, receiver="示例甲仓储"), "reason", "empty"),
        (ServingDraft(method=ServingMethod.SIGNED, receiver="王\n示例"), "receiver", "line_break"),
        (
            ServingDraft(method=ServingMethod.SIGNED, receiver="王示例", photo_sha256=Sha256("0" * 64)),
            "photo",
            "other_inspection",
        ),
    ],
)
def test_each_way_asks_for_its_proof(desk: Desk, notice: str, draft: ServingDraft, field: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        desk.app.serving.serve(notice, draft)
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == (field, reason)
    assert desk.app.serving.of(notice) is None


def test_a_photo_of_the_visit_stands_for_a_witness(desk: Desk, visit: str, notice: str, tmp_path: Path) -> None:
    desk.app.evidence.attach(visit, a_photo(tmp_path / "left.jpg"))
    (photo,) = desk.app.evidence.of(visit)
    draft = ServingDraft(method=ServingMethod.LEFT, reason="无人应门", photo_sha256=photo.original.sha256)
    desk.app.serving.serve(notice, draft)
    found = desk.app.serving.of(notice)
    assert found is not None
    assert found.photo_sha256 == photo.original.sha256


def test_the_time_lies_between_issue_and_now(desk: Desk, notice: str) -> None:
    issued_at = desk.app.notices.get(notice).issued_at
    assert issued_at is not None
    for moment, reason in (
        (issued_at - timedelta(minutes=2), "before_issue"),
        (issued_at + timedelta(days=1), "after_now"),
    ):
        draft = ServingDraft(method=ServingMethod.SIGNED, receiver="王示例", served_at=moment)
        with pytest.raises(InvalidInput) as caught:
            desk.app.serving.serve(notice, draft)
        assert caught.value.facts["reason"] == reason
    told = issued_at.replace(second=0, microsecond=0)
    desk.app.serving.serve(notice, ServingDraft(method=ServingMethod.SIGNED, receiver="王示例", served_at=told))
    found = desk.app.serving.of(notice)
    assert found is not None
    assert found.served_at == told


def test_a_later_service_stands_beside_the_first(desk: Desk, notice: str) -> None:
    refused = ServingDraft(method=ServingMethod.REFUSED, receiver="王示例", reason="称须请示", witness="赵示例")
    desk.app.serving.serve(notice, refused)
    posted = ServingDraft(method=ServingMethod.POSTED, receiver="示例甲仓储有限公司", reason="XA00000000000")
    desk.app.serving.serve(notice, posted)
    found = desk.app.serving.of(notice)
    assert found is not None
    assert found.method is ServingMethod.POSTED
    gateway = desk.app._session.vault.gateway
    with gateway.read() as tx:
        assert tx.value("select count(*) from serving") == 2
    for sql in ("update serving set receiver = 'x'", "delete from serving"):
        with pytest.raises((InspectorError, driver.DriverError)), gateway.write() as tx:
            tx.run(sql)


def test_only_a_notice_that_stands_is_served(desk: Desk, visit: str, notice: str) -> None:
    draft = desk.app.notices.draft(visit, FormCode.RECTIFICATION_ORDER).made
    with pytest.raises(NotAllowed) as caught:
        desk.app.serving.serve(draft, SIGNED)
    assert caught.value.facts["reason"] == "not_issued"
    desk.app.notices.void(notice, "单位名称有误")
    with pytest.raises(NotAllowed) as caught:
        desk.app.serving.serve(notice, SIGNED)
    assert caught.value.facts["reason"] == "notice_void"


def test_what_was_served_is_not_made_void(desk: Desk, notice: str) -> None:
    desk.app.serving.serve(notice, ServingDraft(method=ServingMethod.SIGNED, receiver="王某"))
    with pytest.raises(NotAllowed, match="served"):
        desk.app.notices.void(notice, "单位名称有误")
    assert desk.app.notices.get(notice).state is NoticeState.ISSUED
