"""From one officer to the next: back to where they were, the check strip, a forgotten passphrase, the note of a bug."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest
from PySide6.QtCore import Qt

from inspector import app as core
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from inspector.domain.notice import FormCode, Lease
from inspector.ids import LeaseId, OfficeId
from inspector.profile import Account, reset_passphrase
from tests.builders import LI, PASSPHRASE, PIN, ZHANG
from tests.ui.conftest import aside
from tests.ui.looks import demand_good_looks
from tests.ui.test_field_mode import a_morning
from tests.ui.test_window import cheap_doors, dialog_of, shown, unlock, window_of  # noqa: F401 - a fixture
from ui import crash, resume
from ui.context import today
from ui.resume import Resume
from ui.text import words
from ui.views.unlock import self_check
from ui.views.unlock.check_strip import dress
from ui.views.unlock.recover import RecoverDialog
from ui.views.unlock.resume_line import ResumeLine
from ui.views.unlock.self_check import Check, figure, title
from ui.views.unlock.view import UnlockView

NEW = "又长又好记的一句话"


def a_bug(text: str) -> ValueError:
    """Return an error as it comes out of a slot."""
    try:
        int(text)
    except ValueError as error:
        return error
    raise AssertionError(text)


def locked(qtbot, window) -> UnlockView:
    window.lock()
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    return window.shown()


def test_an_officer_comes_back_to_where_they_were(qtbot, window_of, tasks, profile):  # noqa: F811
    aside(a_morning, profile)
    window = window_of(profile)
    frame = unlock(qtbot, window)
    frame.go("inspection")
    qtbot.waitUntil(tasks.is_idle)
    view = locked(qtbot, window)
    qtbot.waitUntil(lambda: view._resume is not None)
    assert view._resume is not None
    assert view._resume.words()[0] == "1 次检查没有结束"
    assert "今日" in view._resume.words()[1]
    demand_good_looks(qtbot, view)
    kept = (profile / resume.FILE).read_text(encoding="utf-8")
    assert "示例" not in kept  # nothing of the records in clear
    view.cards[1].click()
    assert view._resume is not None
    assert view._resume.isHidden()  # the other officer left nothing here
    view.cards[0].click()
    frame = unlock(qtbot, window)
    qtbot.waitUntil(lambda: frame.rail.current() == "inspection")


def test_the_next_officer_begins_at_today(qtbot, window_of, tasks, profile):  # noqa: F811
    aside(a_morning, profile)
    window = window_of(profile)
    unlock(qtbot, window).go("notices")
    view = locked(qtbot, window)
    view.cards[1].click()
    frame = unlock(qtbot, window)
    qtbot.waitUntil(tasks.is_idle)
    assert frame.rail.current() == "today"
    assert frame._services.me.id == LI


@pytest.mark.parametrize("told", ["", "[]", '{"a": 1}', '{"a": {"place": "x"}}', '{"a": {"place": 1, "record": ""}}'])
def test_what_was_kept_badly_is_not_believed(tmp_path, told):
    (tmp_path / resume.FILE).write_text(told, encoding="utf-8")
    assert resume.load(tmp_path) == {}


def test_each_officer_has_a_place_of_their_own(tmp_path):
    left = Resume(place="notices", record="n", left_at="2026-11-21T16:41:00+08:00", open_visits=2)
    resume.keep(tmp_path, ZHANG, left)
    resume.keep(tmp_path, LI, replace(left, place="today"))
    assert resume.load(tmp_path) == {ZHANG: left, LI: replace(left, place="today")}
    resume.keep(tmp_path / "none", ZHANG, left)
    assert not (tmp_path / "none").exists()
    assert json.loads((tmp_path / resume.FILE).read_text(encoding="utf-8"))[ZHANG]["open_visits"] == 2


@pytest.mark.parametrize(
    ("left_at", "told"),
    [
        ("2026-11-21T16:41:00+08:00", "昨日 16:41"),
        ("2026-11-02T08:00:00+08:00", "11-02 08:00"),
        ("?", "回到原处"),
    ],
)
def test_when_somebody_left_is_told_as_people_say_it(qtbot, left_at, told):
    line = ResumeLine(date(2026, 11, 22))
    qtbot.addWidget(line)
    line.show_left(Resume(place="inspection", left_at=left_at, open_visits=1))
    assert told in line.words()[1]


def test_few_numbers_are_told_right_after_unlocking(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    unlock(qtbot, window)
    qtbot.waitUntil(tasks.is_idle)
    assert window.notes.all() == ()
    lease = Lease(
        id=LeaseId("lease"),
        office_id=OfficeId("office"),
        form=FormCode.INSPECTION_RECORD,
        year=2026,
        first=1,
        last=9,
        next_number=7,
        expires_on=date(2026, 12, 31),
    )
    window._stay._tell_numbers([lease])
    assert window.notes.all()[0].needs_action
    assert "现场检查记录剩 3 个" in window.notes.all()[0].text


def test_the_recovery_code_sets_another_passphrase(qtbot, window_of, tmp_path):  # noqa: F811
    profile = tmp_path / "profile"
    code = aside(
        partial(sample.create_sample, profile, passphrase=PASSPHRASE, pin=PIN, today=today(), cost=MINIMUM,
                pin_cost=MINIMUM)
    )  # fmt: skip

    def recover(user: str, told: str, passphrase: str, pin: str) -> None:
        reset_passphrase(profile, told, Account(officer_id=user, passphrase=passphrase, pin=pin), pin_cost=MINIMUM)

    window = window_of(profile, replace(cheap_doors(profile), recover=recover))
    view = window.shown()
    demand_good_looks(qtbot, view)
    qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    dialog = dialog_of(qtbot, window, RecoverDialog)
    demand_good_looks(qtbot, dialog)
    dialog.code.setText("AAAA")
    dialog.passphrase.setText(NEW)
    dialog.again.setText("x")
    dialog.verb.click()
    assert dialog.rows["again"].error() == "两次输入的不一样"
    dialog.again.setText(NEW)
    dialog.pin.setText("1")
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(dialog.rows["pin"].error()))
    dialog.pin.setText("135790")
    dialog.verb.click()
    qtbot.waitUntil(lambda: dialog.rows["code"].error() == "恢复码不对，请逐字核对")
    dialog.code.setText(code.lower())
    with qtbot.waitSignal(dialog.recovered):
        dialog.verb.click()
    assert view._note.text() == "口令已换，请用新口令进入"
    view.enter_with(NEW)
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window._app.me.id == ZHANG


def test_without_that_door_nobody_is_sent_there(qtbot, window_of, profile):  # noqa: F811
    window = window_of(profile)
    view = window.shown()
    assert isinstance(view, UnlockView)
    assert view.forgot.isHidden()
    view._recover()
    assert window.findChildren(RecoverDialog) == []


@pytest.mark.parametrize(
    ("check", "told", "icon"),
    [
        (Check("printer", is_ok=True, value="ready"), "就绪", "filled/circle-check"),
        (Check("printer", is_ok=False, value="paper_out"), "缺纸", "filled/alert-triangle"),
        (Check("printer", is_ok=True, value="", is_there=False), "未连接", "circle-dashed"),
        (Check("battery", is_ok=False, value="12%"), "12%", "filled/alert-triangle"),
    ],
)
def test_each_check_has_a_shape_and_a_word(qapp, check, told, icon):
    assert figure(check) == told
    assert dress(check)[0] == icon
    words().switch("en")
    assert title(check) in {"Printer", "Battery"}


def test_the_charge_is_read_where_linux_tells_it(tmp_path, monkeypatch):
    for name, kind, charge in (("AC", "Mains", "1"), ("BAT0", "Battery", "98\n"), ("BAT1", "Battery", "?")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "type").write_text(kind, encoding="ascii")
        (tmp_path / name / "capacity").write_text(charge, encoding="ascii")
    monkeypatch.setattr(self_check, "POWER", tmp_path)
    assert self_check._battery() == (Check("battery", is_ok=True, value="98%"),)
    monkeypatch.setattr(self_check, "POWER", tmp_path / "none")
    assert self_check._battery() == ()


def test_a_bug_leaves_a_note_without_a_value(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    secret = "示例甲仓储有限公司"
    window.tell_bug(a_bug(secret))
    qtbot.waitUntil(lambda: bool(list(profile.glob(crash.PATTERN))))
    qtbot.waitUntil(tasks.is_idle)
    [path] = profile.glob(crash.PATTERN)
    told = path.read_text(encoding="utf-8")
    assert "ValueError" in told
    assert "test_shift.py" in told
    assert secret not in told
    assert path.name in window.notes.all()[0].title


def test_only_the_latest_notes_stay_and_a_lost_folder_is_no_second_bug(tmp_path):
    for n in range(crash.MOST + 3):
        crash.keep(tmp_path, ValueError(), datetime(2026, 11, 22, 1, n, tzinfo=UTC))
    kept = sorted(path.name for path in tmp_path.glob(crash.PATTERN))
    assert len(kept) == crash.MOST
    assert kept[-1] == "crash-20261122-012200.txt"
    assert crash.keep(tmp_path / "gone", ValueError(), datetime(2026, 11, 22, tzinfo=UTC)) is None


def test_switching_officers_is_two_keys_and_a_passphrase(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    unlock(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    view = window.shown()
    assert isinstance(view, UnlockView)
    view.cards[1].setFocus()
    qtbot.keyClick(view.cards[1], Qt.Key.Key_Space)
    assert view.chosen() == LI
    assert unlock(qtbot, window)._services.me.id == LI
    assert core.App is type(window._app)


def test_qts_own_dialogs_speak_the_language_that_is_on(qapp):
    def said(word: str) -> str:
        return qapp.translate("QPlatformTheme", word)

    assert said("Cancel") == "取消"
    assert qapp.translate("QFileDialog", "Files of type:") != "Files of type:"
    words().switch("en")
    assert said("Cancel") == "Cancel"
    assert qapp.translate("QFileDialog", "Files of type:") == "Files of type:"
