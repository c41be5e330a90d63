"""A QApplication with the bundled look and the Chinese words, offscreen; what changes them is put back."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from inspector import mainthread
from tests.builders import a_profile


def pytest_configure(config):
    """The offscreen platform says this of every window; it says nothing about ours."""
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


@pytest.fixture(scope="session")
def qapp_cls():
    from PySide6.QtWidgets import QApplication

    return QApplication


@pytest.fixture(autouse=True)
def plain_look(qapp):
    """Light, 100 %, Chinese before each test; the window's thread is claimed, as in the product."""
    from ui.text import words
    from ui.theme.density import DESKTOP
    from ui.theme.look import look

    now = look()
    now.set_theme("light")
    now.set_zoom(1.0)
    now.set_density(DESKTOP)
    words().switch("zh_CN")
    mainthread.claim()
    yield
    mainthread.release()


@pytest.fixture
def tasks(qapp):
    """The thread bridge; closed after the test, and a bug in a worker fails the test."""
    from ui.tasks import Tasks

    made, bugs = Tasks(), []
    made.broke.connect(bugs.append)
    yield made
    made.close()
    assert bugs == []


def aside(work, *args):
    """Do store work on another thread: the window's thread is claimed, as in the product."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *args).result()


@pytest.fixture
def profile(tmp_path):
    """The sample bureau's profile, at the least key derivation cost."""
    return aside(a_profile, tmp_path)


@pytest.fixture
def stage(qtbot):
    """A window to put widgets in."""
    window = QWidget()
    window.resize(900, 600)
    window.column = QVBoxLayout(window)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    return window


def put(stage, *widgets):
    for widget in widgets:
        stage.column.addWidget(widget)
        widget.show()
    return widgets[0]
