"""LibraryView 法规库: find an article, read it on paper, see whether it holds on a day, copy its citation, import.

`show_record("law:<id>:<article>:<paragraph>:<item>:<day>")` opens a citation (ui/models/citation_links.py).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from inspector.app import App
from inspector.domain.hazard import Citation
from inspector.errors import InspectorError
from inspector.law import search
from inspector.law.statute_library import ArticleText, CitationFault, Shelved
from inspector.law.statute_search import Hits
from inspector.services.library import LawLine, LibraryState
from ui.context import today
from ui.messages import message
from ui.models.citation_links import citation_of, day_of
from ui.models.law_words import fault_words, hit_row, law_row, place_word
from ui.tasks import Tasks
from ui.text import tr
from ui.views.library.day_field import DayField
from ui.views.library.importing import ImportDesk
from ui.views.library.reader import ArticleReader
from ui.widgets.button import Button
from ui.widgets.empty import EmptyState
from ui.widgets.label import Label
from ui.widgets.panel import PaneHeader, Surface
from ui.widgets.progress import Progress
from ui.widgets.search_list import SearchList
from ui.widgets.strips import BottomStrip
from ui.widgets.view import View

MOST_HITS = 100
_LEFT = 460
"""Width of the list (unscaled px): over 420 a row keeps its status in a column of its own."""

_SHARE = 0.44
"""The list never takes more of the screen than this."""

Opened = tuple[ArticleText | None, tuple[Shelved, ...], CitationFault | None]


class LibraryView(View):
    """See the module text."""

    place = "library"

    def __init__(self, services: App, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services, self._tasks = services, tasks
        self._state: LibraryState | None = None
        self._text: ArticleText | None = None
        self._laws: tuple[LawLine, ...] = ()
        self._hits = Hits((), 0)
        self._is_open = False
        self.header = PaneHeader()
        self.search = SearchList()
        self.day = DayField()
        self.day_word = Label(role="meta", color="text2", elide=False)
        self.progress = Progress()
        self.reader = ArticleReader()
        self.empty_import = Button(icon="folder-open", on_click=self.ask_import)
        self.nothing = EmptyState("scale", buttons=[self.empty_import])
        self.unread = EmptyState("file-text")
        self.desk = ImportDesk(self, services, tasks)
        self.copy = Button(kind="primary", icon="copy", on_click=self.copy_citation)
        self.take_in = Button(icon="folder-open", on_click=self.ask_import)
        self._bottom = BottomStrip(primary=self.copy, others=[self.take_in])
        self._lay_out()
        self._connect()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        self._left = Surface("surface", line="right")
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, self.theme.line, 0)
        left.setSpacing(0)
        self.header.add(self.day)
        self.header.add(self.day_word)
        left.addWidget(self.header)
        self._frame = QVBoxLayout()
        self._frame.addWidget(self.progress)
        self._frame.addWidget(self.search)
        self.progress.hide()
        left.addLayout(self._frame, 1)
        right = Surface("canvas")
        self._pile = QStackedLayout(right)
        for page in (self.unread, self.nothing, self.reader):
            self._pile.addWidget(page)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self._left)
        columns.addWidget(right, 1)
        self.work.addLayout(columns)
        self.set_bottom(self._bottom)

    def _connect(self) -> None:
        self.add_key("Ctrl+Shift+C", self.copy)
        self.add_key("Alt+Up", lambda: self.step(-1), name=lambda: tr("上一条"))
        self.add_key("Alt+Down", lambda: self.step(1), name=lambda: tr("下一条"))
        self.add_key("Ctrl+O", self.take_in)
        self.add_key("F3", self.search.field.setFocus, name=lambda: tr("查找法规"))
        self.add_key("F4", self.day.setFocus, name=lambda: tr("换日期"))
        self.add_key("F6", self.reader.pane.setFocus, name=lambda: tr("读条文"))
        self.search.searched.connect(self._search)
        self.search.moved.connect(self._choose)
        self.search.chosen.connect(self._choose)
        self.day.chosen.connect(self._on_day)
        self.reader.version_chosen.connect(self._show_version)
        self.reader.step_wanted.connect(self.step)
        self.desk.stepped.connect(self._show_step)
        self.desk.ended.connect(self._on_imported)
        self.desk.failed.connect(self._show_failure)
        self.setFocusProxy(self.search)

    def show_record(self, record_id: str) -> None:
        """Open a citation if one is named; else stay where it was, with the list read again."""
        citation = citation_of(record_id)
        if citation is not None:
            self.day.show_day(day_of(record_id) or today())
            self.search.field.clear()
            self._is_open = True
            self._open(citation)
        elif self._state is None:
            self.day.show_day(today())
        self._search(self.search.field.text())

    # --- finding -----------------------------------------------------------

    def _search(self, text: str) -> None:
        text = text.strip()
        on = self.day.day()
        if text:
            self._tasks.query(self, self._find, text, on, done=self._take_hits, key="list")
        else:
            self._tasks.query(self, self._list, on, done=self._take_laws, key="list")

    def _find(self, text: str, on: date) -> tuple[str, Hits]:
        return text, self._services.library.search(text, on, MOST_HITS)

    def _list(self, on: date) -> tuple[LibraryState, tuple[LawLine, ...]]:
        return self._services.library.state(), self._services.library.laws(on)

    def _take_laws(self, told: tuple[LibraryState, tuple[LawLine, ...]]) -> None:
        self._state, self._laws = told
        self.search.show_rows([law_row(line) for line in self._laws])
        self.header.set_count(str(len(self._laws)) if self._laws else "")
        if self._text is not None:
            self.search.list.set_rows(self.search.list.rows(), choose=f"law:{self._text.shelved.law}")
        self._say_state(self._state)
        if self._text is None and not self._is_open and self._laws:
            self._choose(self.search.list.current())

    def _take_hits(self, told: tuple[str, Hits]) -> None:
        text, self._hits = told
        if text != self.search.field.text().strip():
            return
        rows = [hit_row(n, hit) for n, hit in enumerate(self._hits.hits)]
        hint = tr("试试条号 99(1)(二)、拼音首字母或另一个词")
        self.search.show_rows(rows, nothing=tr("没有找到“{text}”", text=text), hint=hint)
        self.header.set_count(str(self._hits.total))
        if rows:
            self._choose(rows[0].id)

    def _choose(self, row_id: str) -> None:
        kind, _, rest = row_id.partition(":")
        if kind == "law":
            self._tasks.query(self, self._begin, rest, self.day.day(), done=self._take, key="article")
        elif kind == "hit" and int(rest) < len(self._hits.hits):
            hit = self._hits.hits[int(rest)]
            shelved = hit.shelved
            citation = Citation(law=shelved.law, title=shelved.title, article=hit.article.label)
            if hit.spots and hit.snippet:
                from inspector.law.citation_text import citation as cite

                citation = cite(shelved.law, shelved.title, hit.spots[0])
            self._open(citation, shelved.statute.published)

    # --- reading -----------------------------------------------------------

    def _open(self, citation: Citation, published: date | None = None) -> None:
        self._tasks.query(self, self._read, citation, self.day.day(), published, done=self._take, key="article")

    def _read(self, citation: Citation, on: date, published: date | None) -> Opened:
        library = self._services.library
        text = library.article(citation, on, published)
        fault = None if published else library.check(citation, on)
        if text is None:  # the article is nowhere: open the law at its beginning, and say so
            begun = self._begin(citation.law, on)
            return begun[0], begun[1], fault
        return text, self._versions(text), fault

    def _begin(self, law: str, on: date) -> Opened:
        line = next((one for one in self._services.library.laws(on) if one.law == law), None)
        if line is None:
            return None, (), None
        shown = line.holding or line.versions[-1]
        first = next(shown.statute.articles())
        citation = Citation(law=line.law, title=line.title, article=first.label)
        return self._services.library.article(citation, on, shown.statute.published), line.versions, None

    def _versions(self, text: ArticleText) -> tuple[Shelved, ...]:
        lines = self._services.library.laws()
        return next((one.versions for one in lines if one.law == text.shelved.law), ())

    def _take(self, opened: Opened) -> None:
        self._text, versions, fault = opened
        self._is_open = False
        if self._text is None:
            self._say_state(self._state)
            return
        self._pile.setCurrentWidget(self.reader)
        words = [word.text for word in search.words(self.search.field.text())]
        self.reader.show_text(self._text, versions, note=fault_words(fault) if fault else "", words=words)
        self._allow()

    def _allow(self) -> None:
        if self._text is not None:
            self.copy.allow()
        else:
            self.copy.refuse(tr("先选一条"))

    def step(self, by: int) -> None:
        """Go to the article before or after, in the same version."""
        text = self._text
        label = (text.before if by < 0 else text.after) if text else ""
        if text is not None and label:
            shelved = text.shelved
            self._open(Citation(law=shelved.law, title=shelved.title, article=label), shelved.statute.published)

    def copy_citation(self) -> None:
        """Put the citation into the clipboard as documents print it."""
        if self._text is not None:
            said = place_word(self._text)
            QGuiApplication.clipboard().setText(said)
            self.say(tr("已复制引用"), said)

    def _show_version(self, published: str) -> None:
        text = self._text
        if text is not None:
            shelved = text.shelved
            citation = Citation(law=shelved.law, title=shelved.title, article=text.article.label)
            self._open(citation, date.fromisoformat(published))

    def _on_day(self) -> None:
        if self._text is not None:
            self._open(replace(self._text.citation()))
        self._search(self.search.field.text())

    # --- importing ---------------------------------------------------------

    def ask_import(self) -> None:
        """Ctrl+O: choose a folder and take its statutes in; press again to stop."""
        if self.desk.is_running:
            self.desk.stop()
        else:
            self.desk.ask()

    def _show_step(self, done: int, of: int) -> None:
        self.progress.show()
        self.progress.show_progress(tr("导入法规"), done, max(1, of))
        self._name_import()

    def _on_imported(self) -> None:
        self.progress.hide()
        self._name_import()
        self._text = None
        self._search(self.search.field.text())

    def _show_failure(self, error: InspectorError) -> None:
        told = message(error)
        self.say(told.title, told.text, icon="filled/alert-triangle", color="danger")

    def _name_import(self) -> None:
        for button in (self.take_in, self.empty_import):
            button.setText(tr("停止导入") if self.desk.is_running else tr("导入法规"))

    def _say_state(self, state: LibraryState | None) -> None:
        """Say what is in use; where nothing is, what to do."""
        if state is None:
            return
        if state.trouble:
            words = {
                "missing": tr("法规库文件不见了"),
                "damaged": tr("法规库文件被改动过，没有使用"),
                "pack": tr("法规包损坏，法规库没有使用"),
            }
            self._bottom.say(words[state.trouble], icon="filled/alert-triangle", color="danger")
            self.nothing.say(words[state.trouble], tr("重新导入法规文件夹；检查和文书不受影响"))
        else:
            told = tr("{n} 部法规，{articles} 条；文本都在本机", n=state.laws, articles=state.articles)
            self._bottom.say(told if state.versions else "")
            self.nothing.say(tr("还没有法规文本"), tr("导入 Markdown 法规文件（.md）所在的文件夹，以后离线可查"))
        self.copy.setVisible(bool(state.versions))
        if not state.versions:
            self._pile.setCurrentWidget(self.nothing)
        elif self._text is None:
            self._pile.setCurrentWidget(self.unread)
        self._allow()

    def retranslate(self) -> None:
        """Set every word."""
        self.show_title(tr("法规库"))
        self.header.set_title(tr("法规"))
        self.search.field.setPlaceholderText(tr("输入原文、法规名、拼音首字母或条号"))
        for part in (self.search.field, self.search.list):
            part.setAccessibleName(tr("法规"))
        self.copy.setText(tr("复制引用"))
        self._name_import()
        self.day_word.setText(tr("以此日为准"))
        self.unread.say(tr("没有选择条文"), tr("在左边选一部法规，或按 F3 查找"))
        self._say_state(self._state)
        if self._state is not None:
            self._search(self.search.field.text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between list and paper."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        wide = min(self.theme.u(_LEFT), round(_SHARE * self.width()))
        self._left.setFixedWidth(max(self.theme.u(240), wide))
        self.day_word.setVisible(wide >= self.theme.u(360))

    def restyle(self) -> None:
        """Take the gaps of the theme."""
        if hasattr(self, "_frame"):
            u = self.theme.u
            self._share()
            self._frame.setContentsMargins(u(12), u(12), u(12), 0)
            self._frame.setSpacing(u(8))
        super().restyle()
