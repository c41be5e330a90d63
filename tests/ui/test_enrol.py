"""Enrolment through the window, against a real headquarters on this machine."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt

from inspector.crypto.unlock import MINIMUM
from inspector.profile import create, founding_of
from tests.builders import PASSPHRASE, PIN
from tests.sync.conftest import Headquarters
from tests.ui.conftest import aside
from tests.ui.looks import demand_good_looks
from ui.context import doors
from ui.main_window import MainWindow
from ui.views.unlock.view import UnlockView
from ui.widgets.dialog import Dialog


def found_cheaply(profile, enrolment, address, accounts):
    return create(profile, founding_of(enrolment, accounts, url=address, cost=MINIMUM, pin_cost=MINIMUM))


@pytest.fixture
def headquarters(tmp_path):
    made = aside(Headquarters.found, tmp_path / "hq")
    yield made
    aside(made.close)


@pytest.fixture
def window(qtbot, tasks, tmp_path):
    profile = tmp_path / "profile"
    made = MainWindow(replace(doors(profile), found=partial(found_cheaply, profile)), tasks)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    qtbot.waitUntil(lambda: made.shown() is not None)
    yield made
    made.close()


def form_of(window):
    welcome = window.shown()
    welcome.enrol.button.click()
    return welcome.form


def fill(form, url, code):
    form._url.setText(url)
    form._code.setText(code)
    form._name.setText("示例-07")


def secrets(form, *, again=PASSPHRASE):
    for part in form.secrets:
        part._fields["passphrase"].setText(PASSPHRASE)
        part._fields["again"].setText(again)
        part._fields["pin"].setText(PIN)


def test_enrolment_from_code_to_unlock_and_the_first_sync_state(qtbot, window, headquarters):
    form = form_of(window)
    form.next.click()
    assert form._rows["url"].error() == "还没有填"
    fill(form, headquarters.url, aside(headquarters.code))
    form.next.click()
    qtbot.waitUntil(lambda: form._enrolment is not None)
    demand_good_looks(qtbot, window)
    assert [row.title for row in form.people.rows()] == ["张示", "李䶮", "赵喆", "王范"]
    secrets(form, again="other words")
    form.next.click()
    assert form.secrets[0].rows["again"].error() == "两次输入的口令不同"
    secrets(form)
    form.next.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(Dialog)), timeout=20_000)
    shown = window.findChildren(Dialog)[-1]
    demand_good_looks(qtbot, shown)
    shown.verb.click()
    qtbot.waitUntil(lambda: isinstance(window.shown(), UnlockView))
    unlock = window.shown()
    assert [card.text() for card in unlock.cards] == ["张示", "李䶮"]
    unlock.enter_with(PASSPHRASE)
    qtbot.waitUntil(lambda: window.frame is not None)
    state = aside(window.frame._services.sync.state)
    assert (state.can_sync, state.hq_url) == (True, headquarters.url)


def test_a_wrong_code_and_a_dead_address_are_said_and_nothing_is_made(qtbot, window, headquarters, tmp_path):
    form = form_of(window)
    fill(form, headquarters.url, "not-a-code")
    form.next.click()
    qtbot.waitUntil(lambda: bool(form._note.text()), timeout=30_000)
    assert "总部没有接受" in form._note.text()
    fill(form, "http://127.0.0.1:9", "code")
    form._note.show_note("")
    form.next.click()
    qtbot.waitUntil(lambda: bool(form._note.text()), timeout=60_000)
    assert "连不上总部" in form._note.text()
    fill(form, "http://example.invalid", "code")
    form.next.click()
    qtbot.waitUntil(lambda: bool(form._rows["url"].error()))
    assert form._rows["url"].error() == "总部地址须以 https:// 开头"
    assert form.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not form.isVisible()
    assert not (tmp_path / "profile").exists()
