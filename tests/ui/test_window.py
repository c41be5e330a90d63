"""The window from the first start to the lock, over the real store: welcome, sample bureau, unlock, today, lock."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from inspector import app as core
from inspector.card import describe
from inspector.crypto.unlock import MINIMUM
from inspector.demo import sample
from inspector.errors import NotAllowed, StorageFull, StoreDamaged
from tests.builders import LI, PASSPHRASE, PIN, ZHANG
from tests.ui.conftest import aside
from tests.ui.looks import clipped, demand_good_looks, flashes
from ui.context import Doors, today
from ui.main_window import MainWindow
from ui.text import words
from ui.theme.look import look
from ui.views.today.new_site import NewSiteDialog
from ui.views.today.start import StartDialog
from ui.views.today.view import TodayView
from ui.views.unlock.trouble import TroubleView
from ui.views.unlock.view import UnlockView
from ui.views.welcome.sample import SampleDialog
from ui.views.welcome.view import WelcomeView


def cheap_doors(profile) -> Doors:
    """The real doors, at the least key derivation cost."""
    make = partial(sample.create_sample, profile, today=today(), cost=MINIMUM, pin_cost=MINIMUM)
    return Doors(
        profile=profile,
        describe=partial(describe, profile),
        unlock=partial(core.unlock, profile),
        try_sample=lambda passphrase, pin: make(passphrase=passphrase, pin=pin),
        ask_headquarters=lambda *_told: pytest.fail("nobody asked headquarters"),
        found=lambda *_told: pytest.fail("nobody enrolled"),
    )


@pytest.fixture
def window_of(qtbot, tasks):
    """Open the window of a profile; the store is closed with it."""
    opened = []

    def make(profile, doors=None):
        window = MainWindow(doors or cheap_doors(profile), tasks)
        qtbot.addWidget(window)
        window.resize(1280, 800)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        qtbot.waitUntil(lambda: window._pile.currentWidget() is not None)
        opened.append(window)
        return window

    yield make
    for window in opened:
        window.close()


def shown(window, kind):
    return isinstance(window._pile.currentWidget(), kind)


def dialog_of(qtbot, window, kind):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(kind)))
    return next(d for d in window.findChildren(kind) if d.isVisible())


def unlock(qtbot, window, passphrase=PASSPHRASE):
    view = window._pile.currentWidget()
    qtbot.keyClicks(view.passphrase, passphrase)
    qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.frame is not None)
    return window.frame


def begin(qtbot, window, site="示例甲"):
    """Begin an inspection through the dialog, by keys."""
    view = window.frame.current()
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, window, StartDialog)
    qtbot.waitUntil(lambda: bool(dialog.second.rows() and dialog.sites.list.rows()))
    dialog.sites.field.setText(site)
    qtbot.waitUntil(lambda: len(dialog.sites.list.rows()) == 1)
    with qtbot.waitSignal(view.wanted) as wanted:
        dialog.verb.click()
    return wanted.args


def test_from_the_first_start_to_the_first_inspection(qtbot, window_of, tmp_path):
    window = window_of(tmp_path / "profile")
    assert shown(window, WelcomeView)
    window._pile.currentWidget().sample.button.click()
    dialog = dialog_of(qtbot, window, SampleDialog)
    assert clipped(dialog) == []
    dialog._passphrase.setText("short")
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(dialog._rows["passphrase"].error()))
    assert dialog._rows["passphrase"].error() == "口令太短：至少 8 位"
    dialog._passphrase.setText(PASSPHRASE)
    dialog._pin.setText(PIN)
    dialog.verb.click()
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    frame = unlock(qtbot, window)
    view = frame.current()
    assert isinstance(view, TodayView)
    qtbot.waitUntil(view._empty.isVisible)
    place, inspection_id = begin(qtbot, window)
    assert place == "inspection"
    assert inspection_id
    qtbot.waitUntil(lambda: frame.rail.current() == "inspection")
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: len(view._summaries) == 1)
    assert view._summaries[0].site.name == "示例甲仓储有限公司"
    assert view._summaries[0].inspection.officer_ids == (ZHANG, LI)
    assert "已保存" in frame.strip._states.accessibleName()


def test_a_wrong_passphrase_says_so_and_changes_nothing(qtbot, window_of, profile):
    window = window_of(profile)
    view = window._pile.currentWidget()
    assert [card.text() for card in view.cards] == ["张示", "李䶮"]
    qtbot.keyClicks(view.passphrase, "WRONG")
    assert view._note.text() == "大写锁定似乎已打开"
    qtbot.keyClick(view.passphrase, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "口令不对" in view._note.text())
    assert window.frame is None
    assert view.passphrase.property("error") is True
    qtbot.keyClicks(view.passphrase, "x")
    assert view.passphrase.property("error") is False
    view.cards[1].click()
    assert view.chosen() == LI
    assert view.passphrase.text() == ""
    frame = unlock(qtbot, window)
    assert frame._services.me.id == LI


def test_the_self_check_says_only_what_is_known(qtbot, window_of, profile):
    view = window_of(profile)._pile.currentWidget()
    qtbot.waitUntil(lambda: bool(view._checks))
    assert [check.key for check in view._checks] == ["clock", "disk", "pack", "fonts"]
    assert all(check.value for check in view._checks if check.is_ok)


def test_lock_by_key_and_by_idleness_closes_the_store(qtbot, window_of, profile):
    window = window_of(profile)
    unlock(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    assert window.frame is None
    unlock(qtbot, window)
    assert window._idle.isActive()
    window._idle.setInterval(0)
    window._idle.start()
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    # The vault is free again: another program could open it.
    opened = aside(core.unlock, profile, ZHANG, PASSPHRASE)
    assert opened.me.id == ZHANG
    aside(opened.close)


def test_input_keeps_the_vault_open(qtbot, window_of, profile):
    window = window_of(profile)
    unlock(qtbot, window)
    window._idle.start(60_000_000)
    qtbot.keyClick(window.windowHandle(), Qt.Key.Key_Down)
    assert window._idle.remainingTime() <= window._liked.idle_minutes * 66_000


def test_a_damaged_profile_has_its_own_screen(qtbot, window_of, tmp_path):
    def broken():
        raise StoreDamaged(file="keyring.json", cause="truncated")

    doors = replace(cheap_doors(tmp_path), describe=broken)
    window = window_of(tmp_path, doors)
    assert shown(window, TroubleView)
    demand_good_looks(qtbot, window)


def test_the_other_places_are_made_while_nobody_enters_them(qtbot, window_of, profile):
    window = window_of(profile)
    frame = unlock(qtbot, window)
    qtbot.waitUntil(lambda: all(frame.has_view(place.id) for place in frame.places()), timeout=10_000)
    assert frame.at[0] == frame.places()[0].id
    window.lock()
    qtbot.waitUntil(lambda: shown(window, UnlockView))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize(
    ("theme", "zoom", "size"),
    [
        ("light", 1.0, (1280, 800)),
        ("sunlight", 1.0, (1280, 800)),
        ("light", 1.0, (853, 533)),
        ("dark", 1.25, (1280, 800)),
    ],
)
def test_no_screen_clips_a_word_or_hides_a_name(qtbot, window_of, profile, language, theme, zoom, size):
    window = window_of(profile)
    window.resize(*size)
    words().switch(language)
    look().set_theme(theme)
    look().set_zoom(zoom)
    qtbot.waitUntil(lambda: bool(window._pile.currentWidget()._checks))
    for screen in ("unlock", "today", "start"):
        if screen == "today":
            unlock(qtbot, window)
            words().switch(language)
            look().set_theme(theme)
            look().set_zoom(zoom)
        root = window
        if screen == "start":
            window.frame.current().start()
            root = dialog_of(qtbot, window, StartDialog)
            qtbot.waitUntil(lambda d=root: bool(d.second.rows()))
        demand_good_looks(qtbot, root)
        if isinstance(root, QDialog):
            root.reject()


def test_the_welcome_screen_holds_too(qtbot, window_of, tmp_path):
    window = window_of(tmp_path / "profile")
    for language in ("zh_CN", "en"):
        words().switch(language)
        window._pile.currentWidget()._enrol()
        demand_good_looks(qtbot, window)
        assert window.shown().form.isVisible()
        window.shown()._back()
        demand_good_looks(qtbot, window)


def test_building_screens_opens_no_stray_window(qtbot, tasks, tmp_path, profile):
    doors = cheap_doors(tmp_path / "none")
    welcome, opened = flashes(lambda: WelcomeView(doors, tasks))
    qtbot.addWidget(welcome)
    assert opened == []
    card = describe(profile)
    view, opened = flashes(lambda: UnlockView(doors, tasks, card))
    qtbot.addWidget(view)
    assert opened == []


def test_every_key_is_told_and_none_belongs_to_the_input_method(qtbot, window_of, profile):
    from ui.keys_dialog import KeysDialog
    from ui.shortcuts import FORBIDDEN
    from ui.widgets.keys import WINDOW_KEYS

    window = window_of(profile)
    frame = unlock(qtbot, window)
    for place in frame.places():
        keys = [hint.key for hint in [*frame.view(place.id).keys(), *window.keys()]]
        twice = {key for key in keys if keys.count(key) > 1}
        assert twice <= WINDOW_KEYS, place.id
        assert not FORBIDDEN & set(keys)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    dialog = dialog_of(qtbot, window, KeysDialog)
    assert clipped(dialog) == []
    dialog.reject()


def test_the_language_switches_live(qtbot, window_of, profile):
    window = window_of(profile)
    frame = unlock(qtbot, window)
    view = frame.current()
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert words().language == "en"
    assert view.new.text() == "New inspection"
    assert frame.strip.title.text() == "Today"
    assert window.windowTitle() == "Field Inspector"
    qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    assert view.new.text() == "新建检查"


def test_what_is_liked_is_kept_beside_the_profile(qtbot, window_of, tasks, profile):
    from ui import preferences

    window = window_of(profile)
    unlock(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.keyClick(window, Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(tasks.is_idle)
    assert preferences.load(profile) == preferences.Preferences(theme="dark", zoom=1.1)
    (profile / preferences.FILE).write_text("not json", encoding="utf-8")
    assert preferences.load(profile) == preferences.Preferences()
    (profile / preferences.FILE).write_text('{"zoom": "big", "theme": "dark"}', encoding="utf-8")
    assert preferences.load(profile) == preferences.Preferences(theme="dark")


def test_a_site_that_nobody_knows_is_added_on_the_way(qtbot, window_of, profile):
    window = window_of(profile)
    frame = unlock(qtbot, window)
    frame.current().start()
    chooser = dialog_of(qtbot, window, StartDialog)
    chooser._add.click()
    adding = dialog_of(qtbot, window, NewSiteDialog)
    demand_good_looks(qtbot, adding)
    texts = {"name": "示例壬物流有限公司", "address": "示例区示例路9号", "responsible_person": "何示"}
    for name, text in {**texts, "credit_code": "91500199MAFK00090"}.items():
        adding._rows[name].field.setText(text)
    adding.verb.click()
    qtbot.waitUntil(lambda: bool(adding._rows["credit_code"].error()))
    assert adding._rows["credit_code"].error() == "信用代码应为 18 位，现有 17 位"
    adding._rows["credit_code"].field.setText(sample.credit_code(91))
    adding.verb.click()
    qtbot.waitUntil(lambda: [row.title for row in chooser.sites.list.rows()] == [texts["name"]])
    with qtbot.waitSignal(frame.current().wanted) as wanted:
        chooser.verb.click()
    assert wanted.args[0] == "inspection"


def test_the_avatar_opens_a_menu_whose_every_line_has_a_key_or_a_mark(qtbot, window_of, profile):
    window = window_of(profile)
    frame = unlock(qtbot, window)
    frame.rail.person_pressed.emit()
    menu = window._menu
    lines = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert lines[:3] == ["浅色", "深色", "阳光"]
    assert all("\t" in line for line in lines[3:])
    menu.actions()[2].trigger()
    assert look().theme.name == "sunlight"
    menu.close()


def test_a_refused_start_says_why_and_keeps_the_dialog(qtbot, window_of, profile):
    window = window_of(profile)
    unlock(qtbot, window)
    window.frame.current().start()
    dialog = dialog_of(qtbot, window, StartDialog)
    qtbot.waitUntil(lambda: bool(dialog.second.rows()))
    expired = next(row.id for row in dialog.second.rows() if row.is_dim)
    dialog.second.choose(expired)
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(dialog._note.text()))
    assert "执法证不在有效期内" in dialog._note.text()
    assert dialog.isVisible()
    dialog.reject()


def test_an_idle_window_locks_itself_and_forgets_the_key(qtbot, window_of, profile):
    window = window_of(profile)
    unlock(qtbot, window)
    app = window._app
    assert window._idle.isActive()
    assert window._idle.interval() == window._liked.idle_minutes * 60_000
    window._idle.start(1)  # the minutes have passed
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    assert window.frame is None
    with pytest.raises(NotAllowed, match="locked"), ThreadPoolExecutor() as aside:
        aside.submit(app.inspections.list).result()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_a_full_disk_opens_the_vault_to_read_and_says_so(qtbot, window_of, profile, monkeypatch, language):
    def no_room(*_):
        raise StorageFull(cause="test")

    monkeypatch.setattr(core, "reset_tries", no_room)
    window = window_of(profile)
    window.wear("light", language)
    unlock(qtbot, window)
    (said,) = window.notes.all()
    assert said.title == {"zh_CN": "磁盘已满，现在只能查看", "en": "The disk is full: reading only"}[language]
    assert said.needs_action
    qtbot.waitUntil(lambda: isinstance(window.frame.current(), TodayView))
    demand_good_looks(qtbot, window)
