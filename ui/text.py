"""The interface's languages: Chinese is the source, English is complete, switched live without restart.

`tr("新隐患")` returns the sentence in the language that is on; `tr("剩 {n} 天", n=3)` fills it. Write literals only
(a test walks every tr("…") of ui/ and demands its English in resources/translations/en.json). English that counts names
both forms: "{n} {n:day|days} left". After a switch Qt's own
LanguageChange event reaches every widget; a view overrides `retranslate()` and sets its texts again
(see ui/widgets/painted.py `View`). Standard buttons follow through Qt's qtbase_zh_CN.
"""

from __future__ import annotations

import json
from functools import lru_cache
from string import Formatter

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from inspector.paths import RESOURCES

LANGUAGES = ("zh_CN", "en")
_KEY = "_words"


@lru_cache(maxsize=1)
def english() -> dict[str, str]:
    """Return the whole English table, Chinese source → English."""
    return json.loads((RESOURCES / "translations" / "en.json").read_text(encoding="utf-8"))


class Words(QObject):
    """The language that is on. Signal `language_changed(str)` after every widget was told."""

    language_changed = Signal(str)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        setattr(app, _KEY, self)
        self._qt = QTranslator(self)
        self._qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self.language = "zh_CN"
        self._install()  # tells no widget at once: one that is being built would not be ready

    def switch(self, language: str) -> None:
        """Switch to zh_CN or en; ValueError for another."""
        if language not in LANGUAGES:
            raise ValueError(language)
        if language == self.language:
            return
        self.language = language
        self._install()
        for widget in self._app.topLevelWidgets():
            QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        self.language_changed.emit(language)

    def _install(self) -> None:
        QLocale.setDefault(QLocale(self.language if self.language == "zh_CN" else "en_GB"))
        if self.language == "zh_CN":
            self._app.installTranslator(self._qt)
        else:
            self._app.removeTranslator(self._qt)


def words() -> Words:
    """Return the words of the running QApplication, made at the first call."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("words need a QApplication")
    return getattr(app, _KEY, None) or Words(app)


def is_english() -> bool:
    """Whether English is on (False without a QApplication)."""
    app = QApplication.instance()
    return isinstance(app, QApplication) and words().language == "en"


def tr(source: str, **values: object) -> str:
    """Return `source` (a Chinese literal) in the current language, its {names} filled with `values`."""
    told = english().get(source, source) if is_english() else source
    return fill(told, **values) if values else told


def fill(told: str, /, **values: object) -> str:
    """Fill the {names} of a sentence that tr() gave without values; {n:day|days} takes the form for its number."""
    return _counting.format(told, **values)


class _Counting(Formatter):
    """Fills {n} as ever, and {n:day|days} with the first form for one and the second for any other number."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return super().format_field(value, format_spec)
        return one if str(value) == "1" else many


_counting = _Counting()
