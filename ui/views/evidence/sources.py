"""PhotoSources: the ways in besides dropping: dialogs, the clipboard, a watched folder, a card; with their bars.

sources.follow(inspection_id, is_open=…) ; choose_files() ; choose_folder() ; paste() ; take_card() ; offer(place)
Signals: `wanted(list[Path], source)` files to take in, `card_wanted(list[Path], Path)`, `pasted(Wanted)`,
`said(title, text)`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from inspector.app import App
from ui.tasks import Tasks
from ui.text import tr
from ui.views.evidence.arrivals import Arrivals
from ui.views.evidence.clipboard import wanted_from
from ui.views.evidence.source_bars import CARD_KEY, CardBar, WatchBar

WATCH_KEY = "Ctrl+Shift+W"
_ENDINGS = ("jpg", "jpeg", "png", "heic", "heif", "webp", "tif", "tiff", "avif")


class PhotoSources(QObject):
    """See the module text; `parent` is where dialogs and menus stand."""

    wanted = Signal(object, str)
    card_wanted = Signal(object, object)
    pasted = Signal(object)
    said = Signal(str, str)

    def __init__(self, services: App, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._pane = parent
        self._is_open = False
        self.arrivals = Arrivals(services, tasks, parent)
        self.card_bar, self.watch_bar = CardBar(), WatchBar()
        self.arrivals.changed.connect(self._show)
        self.arrivals.came.connect(lambda paths: self.wanted.emit(paths, "watched"))
        self.card_bar.wanted.connect(lambda is_all: self.take_card(is_all=is_all))
        self.card_bar.dismissed.connect(self.arrivals.dismiss)
        self.watch_bar.stopped.connect(lambda: self.arrivals.watch(None))

    def follow(self, inspection_id: str, *, is_open: bool) -> None:
        """Look for cards and new photos for this inspection; not for one that has ended."""
        self._is_open = is_open and bool(inspection_id)
        self.arrivals.follow(inspection_id, is_open=is_open)
        self._show()

    def _show(self) -> None:
        card = self.arrivals.card if self._is_open else None
        self.card_bar.show_card(card)
        # One bar at a time: a low window has no room for two, and a card is soon decided on.
        folder = self.arrivals.folder if self._is_open and card is None else None
        self.watch_bar.show_folder(folder, is_there=self.arrivals.is_there)

    def choose_files(self) -> None:
        """Ctrl+O: pick files."""
        dialog = QFileDialog(self._pane.window(), tr("添加照片"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*.{one} *.{one.upper()}" for one in _ENDINGS)
        dialog.setNameFilters([f"{tr('照片')} ({endings})", f"{tr('所有文件')} (*)"])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: self.wanted.emit([Path(name) for name in names], "dialog"))
        dialog.open()

    def choose_folder(self) -> None:
        """Pick a folder, for example of a camera card; its photos belong to no hazard yet."""
        dialog = self._folder_dialog(tr("添加文件夹"))
        dialog.filesSelected.connect(lambda names: self.wanted.emit([Path(name) for name in names], "folder"))
        dialog.open()

    def choose_watched(self) -> None:
        """Ctrl+Shift+W: pick a folder to watch; when one is watched, stop."""
        if not self._is_open:
            return
        if self.arrivals.folder is not None:
            self.arrivals.watch(None)
            return
        dialog = self._folder_dialog(tr("监视文件夹"))
        dialog.filesSelected.connect(lambda names: self.arrivals.watch(Path(names[0])))
        dialog.open()

    def _folder_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._pane.window(), title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def paste(self) -> None:
        """Ctrl+V: take in copied files or a picture."""
        found = wanted_from(QGuiApplication.clipboard().mimeData(), now=datetime.now(UTC), hazard_id=None)
        if found is None:
            self.said.emit(tr("剪贴板里没有照片"), tr("先在别处复制照片、截图或文件，再按 Ctrl+V"))
        elif found.picture is None:
            self.wanted.emit(list(found.paths), "paste")
        else:
            self.pasted.emit(found)

    def take_card(self, *, is_all: bool = False) -> None:
        """Take in the photos of the card since the inspection began; all of them if there are none or `is_all`."""
        card = self.arrivals.card
        if card is None:
            self.said.emit(tr("没有插着存储卡"), tr("插上存储卡或手机，几秒后会提示"))
            return
        count = 0 if is_all else card.photos.recent
        files = card.photos.files[:count] if count else card.photos.files
        self.arrivals.dismiss()
        self.card_wanted.emit(list(files), card.volume.dcim)

    def offer(self, place: QPoint) -> None:
        """Offer the rarer ways in."""
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(tr("更多来源"))
        menu.addAction(f"{tr('粘贴照片')}\tCtrl+V", self.paste)
        is_watching = self.arrivals.folder is not None
        menu.addAction(f"{tr('停止监视') if is_watching else tr('监视文件夹…')}\t{WATCH_KEY}", self.choose_watched)
        card = menu.addAction(f"{tr('从存储卡')}\t{CARD_KEY}", self.take_card)
        card.setEnabled(self.arrivals.card is not None)
        menu.popup(place)

    def retranslate(self) -> None:
        """Name the bars in the language that is on."""
        self.card_bar.retranslate()
        self.watch_bar.retranslate()
