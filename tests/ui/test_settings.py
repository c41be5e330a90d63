"""Settings: every switch takes effect and is kept; own secrets; the chain is checked with a bar."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QPoint, Qt

from inspector import app as core
from inspector.errors import Cancelled, WrongPassphrase
from inspector.store.replay import Fault, Verified
from tests.builders import PASSPHRASE, ZHANG
from tests.ui.conftest import aside
from tests.ui.looks import demand_good_looks
from tests.ui.paper import FakeSpooler, printer
from tests.ui.test_field_mode import TABLET, a_morning
from tests.ui.test_window import dialog_of, shown, unlock, window_of  # noqa: F401 - a fixture
from ui import preferences
from ui.text import words
from ui.theme import density
from ui.theme.look import look
from ui.views.settings.calibration import CalibrationDialog
from ui.views.settings.facts import size_text
from ui.views.settings.secrets import SecretDialog
from ui.views.unlock.view import UnlockView

NEW = "又长又好记的一句话"


@pytest.fixture
def settings(qtbot, window_of, tasks, profile):  # noqa: F811
    window = window_of(profile)
    frame = unlock(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: frame.rail.current() == "settings")
    qtbot.waitUntil(tasks.is_idle)
    return frame.current()


def test_every_switch_takes_effect_at_once_and_is_kept(qtbot, tasks, profile, settings):
    settings.looks.themes._parts[1].click()
    assert look().theme.name == "dark"
    settings.looks.language._parts[1].click()
    assert words().language == "en"
    settings.looks.larger.click()
    assert look().theme.zoom == 1.1
    settings.looks.field_mode.click()
    assert look().theme.is_field
    settings.idle.setText("25")
    settings.idle.textEdited.emit("25")
    settings.idle.flush()
    qtbot.waitUntil(tasks.is_idle)
    kept = preferences.load(profile)
    assert (kept.theme, kept.language, kept.zoom, kept.field_mode) == ("dark", "en", 1.1, True)
    assert kept.idle_minutes == 25
    assert settings.window()._idle.interval() == 25 * 60_000
    demand_good_looks(qtbot, settings)


def test_minutes_outside_the_range_are_refused_where_they_stand(settings):
    settings.idle.setText("99")
    settings.idle.textEdited.emit("99")
    settings.idle.flush()
    assert settings._idle_row.error() == "应在 1 到 60 分钟之间"


def test_a_key_elsewhere_is_shown_here(qtbot, settings):
    qtbot.keyClick(settings.window(), Qt.Key.Key_F9)
    assert settings.looks.themes.value() == "dark"
    qtbot.keyClick(settings.window(), Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert settings.looks.field_mode.isChecked()


def test_a_card_on_the_screen_measures_it(qtbot, tasks, profile, settings):
    settings.looks.calibrate.click()
    dialog = dialog_of(qtbot, settings.window(), CalibrationDialog)
    demand_good_looks(qtbot, dialog)
    wanted = round(density.CARD_MM * TABLET)
    qtbot.mouseClick(dialog.edge, Qt.MouseButton.LeftButton, pos=QPoint(wanted - 1, 20))
    qtbot.keyClick(dialog.edge, Qt.Key.Key_Right)
    assert dialog.edge.px == wanted
    dialog.verb.click()
    settings.looks.field_mode.click()
    assert look().theme.target == density.field(wanted / density.CARD_MM).target == 60
    qtbot.waitUntil(tasks.is_idle)
    assert preferences.load(profile).pixels_per_mm == pytest.approx(TABLET, abs=0.02)


def test_the_line_stops_where_no_screen_can_be(qtbot, settings):
    settings.looks.calibrate.click()
    dialog = dialog_of(qtbot, settings.window(), CalibrationDialog)
    dialog.edge.move_to(1)
    assert dialog.edge.px == round(density.CARD_MM * density.PER_MM[0])
    dialog.edge.move_to(100_000)
    assert dialog.edge.px <= settings.window().width()
    dialog.reject()


def test_the_own_passphrase_is_changed_from_here(qtbot, tasks, profile, settings):
    settings.passphrase.click()
    dialog = dialog_of(qtbot, settings.window(), SecretDialog)
    demand_good_looks(qtbot, dialog)
    dialog.now.setText("not mine")
    dialog.new.setText(NEW)
    dialog.again.setText(NEW + "x")
    dialog.verb.click()
    assert dialog.rows["again"].error() == "两次输入的不一样"
    dialog.again.setText(NEW)
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(dialog.rows["now"].error()))
    assert "口令不对" in dialog.rows["now"].error()
    dialog.now.setText(PASSPHRASE)
    with qtbot.waitSignal(dialog.changed):
        dialog.verb.click()
    window = settings.window()
    assert window.notes.all()[0].title == "口令已改"
    window.lock()
    qtbot.waitUntil(lambda: shown(window, UnlockView))
    with pytest.raises(WrongPassphrase):
        aside(core.unlock, profile, ZHANG, PASSPHRASE)
    aside(lambda: core.unlock(profile, ZHANG, NEW).close())


def test_a_pin_that_is_none_is_said_under_its_field(qtbot, tasks, settings):
    settings.pin.click()
    dialog = dialog_of(qtbot, settings.window(), SecretDialog)
    for field, text in ((dialog.now, PASSPHRASE), (dialog.new, "111111"), (dialog.again, "111111")):
        field.setText(text)
    dialog.verb.click()
    qtbot.waitUntil(lambda: bool(dialog.rows["pin"].error()))
    assert "6 位数字" in dialog.rows["pin"].error()
    dialog.new.setText("246813")
    dialog.again.setText("246813")
    with qtbot.waitSignal(dialog.changed):
        dialog.verb.click()


def test_the_chain_is_checked_and_the_figures_told(qtbot, window_of, tasks, profile):  # noqa: F811
    aside(a_morning, profile)
    window = window_of(profile)
    frame = unlock(qtbot, window)
    frame.go("settings")
    settings = frame.current()
    settings.checking.start.click()
    assert settings.checking.bar.isVisibleTo(settings)
    qtbot.waitUntil(lambda: not settings.checking.is_running, timeout=15_000)
    assert settings.checking.verdict.text().startswith("全部相符：记录")
    assert settings._rows["found"].field.text() == "0 个"
    assert settings._rows["entries"].field.text().endswith(" 条")
    assert settings._hq.isHidden()  # a training profile has no headquarters


def test_a_check_can_be_stopped_and_a_fault_is_said(qtbot, tasks, settings, monkeypatch):
    go = threading.Event()

    def slow(tell):
        tell(1, 4)
        go.wait(10)
        tell(2, 4)
        raise AssertionError("not stopped")

    monkeypatch.setattr(settings._services.audit, "verify", slow)
    settings.checking.start.click()
    qtbot.waitUntil(lambda: "1 / 4" in settings.checking.bar.accessibleName())
    settings.checking.stop.click()
    go.set()
    qtbot.waitUntil(lambda: not settings.checking.is_running)
    assert settings.checking.verdict.text() == ""
    broken = Verified(entries=3, blobs=1, blob_bytes=5, faults=(Fault(where="entry 2", what="x"),), found_files=())
    settings.checking._done(broken)
    assert "有 1 处不符，第一处：entry 2" in settings.checking.verdict.text()
    assert Cancelled.code == "cancelled"


@pytest.mark.parametrize(
    ("theme", "zoom", "language", "size"),
    [("light", 1.0, "zh_CN", (1280, 800)), ("sunlight", 1.0, "en", (1280, 800)), ("dark", 1.0, "en", (853, 533))],
)
def test_it_looks_well_everywhere(qtbot, settings, theme, zoom, language, size):
    settings.window().resize(*size)
    look().set_theme(theme)
    look().set_zoom(zoom)
    words().switch(language)
    demand_good_looks(qtbot, settings)
    assert settings.title[0] in {"设置", "Settings"}


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 MB"), (20_400_000, "20 MB"), (1_520_000_000, "1.5 GB"), (182_000_000_000, "182 GB")]
)
def test_sizes_are_told_as_disks_are_sold(count, told):
    assert size_text(count) == told


def test_the_position_page_goes_to_the_chosen_printer(qtbot, tasks, settings):
    spooler = FakeSpooler(settings._services.printing, [printer("car", title="车载打印机"), printer("office")])
    assert settings.paper.isHidden(), "no printer, no card"
    settings.paper._services.printing = spooler
    settings.show_record("")
    qtbot.waitUntil(lambda: not settings.paper.isHidden())
    demand_good_looks(qtbot, settings)
    settings.paper.printers.choose("office")
    settings.paper.test.click()
    qtbot.waitUntil(tasks.is_idle)
    assert spooler.tested == ["office"]
    assert settings.paper.test.isEnabled()
