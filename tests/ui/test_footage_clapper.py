"""The clapper's screen: crisp modules that a decoder reads back, seconds, countdown, entries at both ends."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from shiboken6 import isValid

from inspector.evidence import clapper
from tests.builders import FakeClock
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import demand_good_looks
from ui.models.clapper_words import MODULES, distance_cm, module_px
from ui.theme.look import look
from ui.views.footage.clapper import ClapperScreen
from ui.widgets.view import View


@pytest.fixture
def screen(laptop: Laptop, tasks, stage: Stage):  # noqa: F811 - fixtures
    """The clapper of a visit, on a clock that only the test moves."""
    visit = laptop.visit()
    view = View()
    stage.show(view)
    made = ClapperScreen(view, laptop.app, tasks, visit, per_mm=96 / 25.4)
    made.begin()
    stage.until(made.isVisible)
    yield made
    if isValid(made):
        made.reject()


def pixels(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return rows[:, : grey.width()].copy()


def tick(screen, clock: FakeClock, seconds: float) -> None:
    clock.wall_ms += round(seconds * 1000)
    clock.mono_ms += round(seconds * 1000)
    screen._show()


def test_a_decoder_reads_the_code_off_the_screen(screen, laptop):  # noqa: F811
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(pixels(screen.grab().toImage()))
    told = clapper.read(text)
    assert told is not None
    assert told.inspection == clapper.short(screen_visit(laptop))


@pytest.mark.parametrize("theme", ["light", "dark", "sunlight"])
def test_modules_are_whole_pixels_black_on_white(screen, theme):
    look().set_theme(theme)
    picture = pixels(screen.code.grab().toImage())
    assert set(np.unique(picture)) == {0, 255}
    rows, columns = np.nonzero(picture == 0)
    side = 25 * screen.code.module()
    assert (int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1) == (side, side)
    quiet = 4 * screen.code.module()
    assert min(rows.min(), columns.min()) >= quiet
    assert picture.shape[0] - 1 - rows.max() >= quiet
    cell = screen.code.module()
    inner = picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    cells = inner.reshape(25, cell, 25, cell)
    assert (cells == cells[:, :1, :, :1]).all()


def test_the_code_fills_the_screen(screen):
    room = min(screen.code.width(), screen.code.height())
    assert room - MODULES * screen.code.module() < MODULES
    assert room >= 0.55 * screen.height()


def test_it_counts_three_whole_seconds_then_says_so(screen, laptop):  # noqa: F811
    seen = [screen.count.text()]
    codes = {screen.code.modules()}
    for _ in range(5):
        tick(screen, laptop.clock, 1)
        seen.append(screen.count.text())
        codes.add(screen.code.modules())
    assert seen == ["3", "3", "2", "1", "可以放下", "可以放下"]
    assert len(codes) == 6
    assert screen.ready.isVisible()
    screen.finish.setFocus()
    stage_key(screen, Qt.Key.Key_Space)
    assert screen.isVisible()
    assert screen.count.text() == "3"


def stage_key(widget, key):
    from PySide6.QtTest import QTest

    QTest.keyClick(widget.focusWidget() or widget, key)


def test_its_end_is_recorded(screen, laptop, stage):  # noqa: F811
    tick(screen, laptop.clock, 1)
    stage_key(screen, Qt.Key.Key_Escape)
    stage.until(lambda: laptop.ask(laptop.app.clapper.of, screen_visit(laptop))[0].ended_at)
    (clap,) = laptop.ask(laptop.app.clapper.of, screen_visit(laptop))
    assert clap.shown == 2


def screen_visit(laptop):  # noqa: F811
    return laptop.ask(laptop.app.inspections.list)[0].inspection.id


def test_it_looks_well(screen, qtbot):
    demand_good_looks(qtbot, screen)
    assert screen.minimumSizeHint().height() <= 533, "a laptop of 1280×800 at 150 % is no higher"


@pytest.mark.parametrize(("width_mm", "cm"), [(80, 20), (172, 40), (200, 50), (279, 50), (5, 5)])
def test_how_far_the_recorder_may_be(width_mm, cm):
    assert distance_cm(width_mm) == cm


def test_a_tiny_room_still_has_a_code():
    assert module_px(10) == 1
    assert module_px(1080) == 32
