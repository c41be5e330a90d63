"""Asks for the file that something is written to, or that is to be checked; nothing that exists is ever replaced."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

_UNSAFE = '<>:"/\\|?*'


def safe_name(name: str) -> str:
    """Return a name that every file system takes."""
    return "".join("_" if char in _UNSAFE or not char.isprintable() else char for char in name).strip(" .") or "file"


def ask_new_file(parent: QWidget, *, title: str, name: str, kind: str, done: Callable[[Path], object]) -> QFileDialog:
    """Ask for a new file; `name` with its ending is proposed, `kind` says in a word what is written."""
    ending = Path(name).suffix
    dialog = QFileDialog(parent.window(), title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # The core refuses a name that is taken: a question whether to replace it would promise what never happens.
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.setDefaultSuffix(ending.removeprefix("."))
    dialog.setNameFilters([f"{kind} (*{ending})"])
    dialog.selectFile(safe_name(name))
    return _open(dialog, done)


def ask_file(parent: QWidget, *, title: str, kind: str, ending: str, done: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file that is there."""
    dialog = QFileDialog(parent.window(), title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{kind} (*{ending} *{ending.upper()})"])
    return _open(dialog, done)


def _open(dialog: QFileDialog, done: Callable[[Path], object]) -> QFileDialog:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.filesSelected.connect(lambda names: done(Path(names[0])))
    dialog.open()
    return dialog
