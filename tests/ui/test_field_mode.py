"""Field mode on every screen: whatever a finger presses is 12 mm or more, and neighbours stand 3 mm apart."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QCheckBox, QLineEdit, QScrollArea, QTextEdit, QWidget

from inspector.app import unlock as open_profile
from inspector.clock import SystemClock
from tests.builders import PASSPHRASE, ZHANG, FakeClock
from tests.services.visit import a_visit
from tests.ui.conftest import aside
from tests.ui.test_window import cheap_doors, dialog_of, unlock, window_of  # noqa: F401 - a fixture
from ui.keys_dialog import KeysDialog
from ui.theme import density
from ui.theme.look import look
from ui.widgets.finding import FindingCard
from ui.widgets.tabs import Tabs

TABLET = 125 / 25.4
"""px a millimetre of a 12.1 inch 1280x800 tablet: 12 mm are 60 px (look.md §9)."""
PRESSED = (QAbstractButton, QLineEdit, QTextEdit, FindingCard)


def small(root: QWidget, least: int) -> list[str]:
    """Return what can be pressed and is smaller than `least` px."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisibleTo(root):
            continue
        if isinstance(widget, PRESSED) and min(widget.width(), widget.height()) < least:
            found.append(f"{type(widget).__name__} “{widget.accessibleName()}” {widget.width()}x{widget.height()}")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            for n in range(widget.model().rowCount()):
                index = widget.model().index(n, 0)
                rect = widget.visualRect(index)
                if index.flags() & Qt.ItemFlag.ItemIsEnabled and rect.height() < least:
                    found.append(f"{type(widget).__name__} row {n} {rect.width()}x{rect.height()}")
    return found


def crowded(root: QWidget, gap: int) -> list[str]:
    """Return pairs of buttons nearer than `gap` px; parts of one choice and lines of one list of boxes may touch."""
    found = []
    buttons = [b for b in root.findChildren(QAbstractButton) if b.isVisibleTo(root) and not b.autoExclusive()]
    rects = [(b, b.rect().translated(b.mapTo(root, b.rect().topLeft()))) for b in buttons if not _is_scrolled_away(b)]
    for n, (one, a) in enumerate(rects):
        for other, b in rects[n + 1 :]:
            if isinstance(one, QCheckBox) and isinstance(other, QCheckBox):
                continue
            if a.adjusted(-gap + 1, -gap + 1, gap - 1, gap - 1).intersects(b):
                found.append(f"“{one.accessibleName()}” {a.getRect()} “{other.accessibleName()}” {b.getRect()}")
    return found


def _is_scrolled_away(widget: QWidget) -> bool:
    step = widget.parentWidget()
    while step is not None:
        if isinstance(step.parentWidget(), QScrollArea):
            return widget.visibleRegion().isEmpty()
        step = step.parentWidget()
    return False


def settled(qtbot, told: Callable[[], list[str]]) -> list[str]:
    """Ask until there is nothing to complain about, or the layout has had its time."""
    with suppress(qtbot.TimeoutError):
        qtbot.waitUntil(lambda: not told(), timeout=2000)
    return told()


def demand_room(qtbot, root: QWidget, gloves: density.Density) -> None:
    """Wait until the layout has settled, then demand targets and gaps."""
    assert settled(qtbot, lambda: small(root, gloves.target) + crowded(root, gloves.gap)) == []


@pytest.fixture
def gloves(qapp):
    look().set_density(density.field(TABLET))
    yield density.field(TABLET)
    look().set_density(density.DESKTOP)


def a_morning(profile) -> None:
    """A visit with three hazards and a notice to issue."""
    clock = FakeClock(SystemClock().read().wall_ms)
    app = open_profile(profile, ZHANG, PASSPHRASE, clock=clock)
    a_visit(app, clock, hazards=3)
    app.close()


@pytest.mark.parametrize("theme", ["light", "sunlight"])
def test_every_screen_can_be_pressed_with_gloves(qtbot, window_of, tasks, profile, gloves, theme):  # noqa: F811
    aside(a_morning, profile)
    look().set_theme(theme)
    window = window_of(profile)
    look().set_density(gloves)
    qtbot.waitUntil(tasks.is_idle)
    demand_room(qtbot, window, gloves)
    frame = unlock(qtbot, window)
    for place in frame.places():
        frame.go(place.id)
        qtbot.waitUntil(tasks.is_idle)
        for tab in [*frame.view(place.id).findChildren(Tabs), None]:
            if tab is None or not tab.isVisible():
                demand_room(qtbot, window, gloves)
                continue
            for name in [one.tab.id for one in tab._tabs]:
                tab.chosen.emit(name)
                demand_room(qtbot, window, gloves)
    window.show_keys()
    dialog = dialog_of(qtbot, window, KeysDialog)
    demand_room(qtbot, dialog, gloves)
    dialog.reject()


def test_the_welcome_screen_can_be_pressed_with_gloves(qtbot, window_of, tmp_path, gloves):  # noqa: F811
    window = window_of(tmp_path / "none")
    look().set_density(gloves)
    assert settled(qtbot, lambda: small(window, gloves.target) + crowded(window, gloves.gap)) == []


def test_twelve_millimetres_are_counted_in_logical_pixels():
    assert density.field(TABLET).target == 60
    assert density.field(150 / 25.4).target == 71
    assert density.field(1.0).target == density.LEAST_TARGET
    screen = QGuiApplication.primaryScreen()
    told = screen.geometry().width() / screen.physicalSize().width()
    assert density.pixels_per_mm(screen) == pytest.approx(told)
    assert density.pixels_per_mm(None) == pytest.approx(96 / 25.4)


def test_gloves_never_see_more_than_two_panes_and_only_keys_that_have_a_button(gloves):
    theme = look().theme
    assert theme.panes(4000) == 2
    assert theme.shows_key("F8")
    assert not theme.shows_key("Ctrl+Enter")
    assert not theme.shows_key("")
    assert cheap_doors  # the walk above opens the real doors


def test_the_key_for_field_mode_is_kept(qtbot, window_of, tasks, profile):  # noqa: F811
    from ui import preferences

    window = window_of(profile)
    unlock(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert look().theme.is_field
    qtbot.waitUntil(tasks.is_idle)
    assert preferences.load(profile).field_mode
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert not look().theme.is_field
