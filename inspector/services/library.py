"""The statute library: import texts, read articles, see what holds on a day, find by word, pinyin or number."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspector import mainthread, paths
from inspector.domain.hazard import Citation
from inspector.errors import PackDamaged
from inspector.ids import new_id
from inspector.law import laws, pack, statute_text, statutes, statutes_in_use
from inspector.law.statute_library import ArticleText, CitationFault, Force, Library, Shelved
from inspector.law.statute_search import Hits, StatuteSearch
from inspector.law.statute_text import Refusal
from inspector.law.statutes import StatuteVersion
from inspector.services.session import Session
from inspector.store import keyring, library, times
from inspector.store.errors import translated_files
from inspector.store.journal import Act
from inspector.store.library import ImportedLibrary


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryState:
    """What is in use. `trouble`: "" or why the imported file is not used (missing, damaged; pack: the law pack is)."""

    laws: int
    versions: int
    articles: int
    imported: ImportedLibrary | None
    trouble: str = ""
    from_pack: int = 0
    """So many of the versions came with the law pack; the others were imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryReport:
    """What an import did; `sha256` is empty if nothing was taken in (no file could be read, or it was stopped)."""

    added: int
    replaced: int
    laws: int
    versions: int
    articles: int
    refusals: tuple[Refusal, ...]
    sha256: str = ""
    is_cancelled: bool = False
    gaps: tuple[tuple[str, str], ...] = ()
    """(title, article) where the numbering of a text jumps: somebody should look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawLine:
    """One law of the library on a day; `holding` is the version to read, None if none holds; versions oldest first."""

    law: str
    title: str
    short: str
    holding: Shelved | None
    versions: tuple[Shelved, ...]
    force: Force
    articles: int


class _Shelf:
    """A library in use, with its search, which is made when somebody searches first."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._making = threading.Lock()
        self._search: StatuteSearch | None = None

    def search(self) -> StatuteSearch:
        with self._making:
            if self._search is None:
                self._search = StatuteSearch(self.library)
            return self._search


class LibraryService:
    """Texts lie below the profile as one file named by its digest; a signed entry says which one holds."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._lock = threading.Lock()
        self._shelf: _Shelf | None = None
        self._state = LibraryState(laws=0, versions=0, articles=0, imported=None)

    def open(self) -> LibraryState:
        """Read what the pack brought and the last import named, and let rules ask it. Called at unlocking.

        A missing or changed file is said in the state and not used; it never stops the unlocking.
        """
        mainthread.refuse("store")
        with self._session.vault.gateway.read() as tx:
            imported = library.latest(tx)
        texts, trouble = self._read(imported.sha256) if imported else ((), "")
        try:
            return self._use(texts, imported, trouble)
        except PackDamaged:  # whoever needs the pack says so; the profile opens all the same
            self.close()
            self._state = LibraryState(laws=0, versions=0, articles=0, imported=imported, trouble="pack")
            return self._state

    def close(self) -> None:
        """Let rules ask the index alone again."""
        statutes_in_use.use(None)
        self._shelf = None

    def state(self) -> LibraryState:
        """Return what is in use."""
        return self._state

    def import_folder(
        self,
        folder: Path,
        progress: Callable[[tuple[int, int]], object] = lambda _: None,
        is_cancelled: Callable[[], bool] = lambda: False,
    ) -> LibraryReport:
        """Read the .md files below `folder` into the library; versions that are there stay, the same one is replaced.

        Files that can't be parsed are refused with their line, the others come in. `progress` is told (done, of).
        Stopped: nothing changes. Raises StorageFull, StorageFailed.
        """
        mainthread.refuse("store")
        read, refusals = statute_text.read_folder(folder, lambda done, of: progress((done, of)), is_cancelled)
        if is_cancelled() or not read:
            return self._report((), refusals, is_cancelled=is_cancelled())
        with self._lock:
            kept = self._imported_texts()
            both = {(one.title, one.published): one for one in (*kept, *read)}
            replaced = len(kept) + len(read) - len(both)
            sha256 = self._keep(tuple(both.values()))
        return self._report(read, refusals, sha256=sha256, replaced=replaced)

    def laws(self, on: date | None = None) -> tuple[LawLine, ...]:
        """Return every law with its versions, and the one to read on a day (today)."""
        shelf, day = self._shelf, on or self._session.today()
        return tuple(_line(shelf.library, versions, day) for versions in shelf.library.shelves()) if shelf else ()

    def article(self, citation: Citation, on: date | None = None, published: date | None = None) -> ArticleText | None:
        """Return the article a citation names with its paragraph and item picked out; None: no text has it."""
        shelf = self._shelf
        return shelf.library.article(citation, on or self._session.today(), published) if shelf else None

    def in_force(self, citation: Citation, day: date) -> Force:
        """Whether a citation holds on `day`: by the texts, then by the laws index of the pack."""
        return self._any().in_force(citation, day)

    def check(self, citation: Citation, day: date) -> CitationFault | None:
        """Return what is wrong with a citation on `day`; None: nothing, or nothing that can be known here."""
        return self._any().check(citation, day)

    def search(self, text: str, on: date | None = None, limit: int = 50) -> Hits:
        """Return articles by 汉字 of the text, pinyin of titles, names of laws, numbers; best first."""
        shelf = self._shelf
        return shelf.search().search(text, on or self._session.today(), limit) if shelf else Hits((), 0)

    def _any(self) -> Library:
        """The library in use, or one without texts that asks the index."""
        shelf = self._shelf
        return shelf.library if shelf else Library((), laws.load())

    def _keep(self, texts: tuple[StatuteVersion, ...]) -> str:
        """Write a library and the entry that names it; return its digest. The file lies there before the entry."""
        data = statutes.encode(texts)
        sha256 = hashlib.sha256(data).hexdigest()
        before = self._state.imported
        if before is None or before.sha256 != sha256 or self._state.trouble:
            folder = paths.library_folder(self._session.vault.profile)
            _write(folder, f"{sha256}.json", data)
        if before is None or before.sha256 != sha256:
            changes = {
                "sha256": sha256,
                "laws": len({one.title for one in texts}),
                "articles": sum(1 for one in texts for _ in one.articles()),
                "files": len(texts),
                "imported_at": times.written(self._session.now()),
                "imported_by": self._session.me.id,
            }
            with self._session.vault.gateway.write() as tx:
                self._session.record(tx, Act(kind="create", type="library", subject=new_id(), changes=changes))
        with self._session.vault.gateway.read() as tx:
            imported = library.latest(tx)
        self._use(texts, imported, "")
        _forget_others(paths.library_folder(self._session.vault.profile), f"{sha256}.json")
        return sha256

    def _imported_texts(self) -> tuple[StatuteVersion, ...]:
        """The texts of earlier imports; what came with the pack is not among them."""
        imported = self._state.imported
        return self._read(imported.sha256)[0] if imported else ()

    def _read(self, sha256: str) -> tuple[tuple[StatuteVersion, ...], str]:
        """Return the texts of a file and what is wrong with it: "", missing, damaged."""
        path = paths.library_folder(self._session.vault.profile) / f"{sha256}.json"
        try:
            data = path.read_bytes()
        except OSError:
            return (), "missing"
        if hashlib.sha256(data).hexdigest() != sha256:
            return (), "damaged"
        try:
            return statutes.decode(data), ""
        except PackDamaged:
            return (), "damaged"

    def _use(self, own: tuple[StatuteVersion, ...], imported: ImportedLibrary | None, trouble: str) -> LibraryState:
        """Take imported texts and those of the pack into use; an imported one stands for the same of the pack."""
        named = {(one.title, one.published) for one in own}
        packed = tuple(one for one in _from_pack() if (one.title, one.published) not in named)
        texts = (*packed, *own)
        shelf = Library(texts, laws.load()) if texts else None
        statutes_in_use.use(shelf)
        self._shelf = _Shelf(shelf) if shelf else None
        self._state = LibraryState(
            laws=len(shelf.shelves()) if shelf else 0,
            versions=len(texts),
            articles=sum(1 for one in texts for _ in one.articles()),
            imported=imported,
            trouble=trouble,
            from_pack=len(packed),
        )
        return self._state

    def _report(
        self,
        read: tuple[StatuteVersion, ...],
        refusals: tuple[Refusal, ...],
        *,
        sha256: str = "",
        replaced: int = 0,
        is_cancelled: bool = False,
    ) -> LibraryReport:
        return LibraryReport(
            added=len(read) - replaced,
            replaced=replaced,
            laws=self._state.laws,
            versions=self._state.versions,
            articles=self._state.articles,
            refusals=refusals,
            sha256=sha256,
            is_cancelled=is_cancelled,
            gaps=tuple((one.title, article) for one in read for article in one.gaps),
        )


def _line(shelf: Library, versions: tuple[Shelved, ...], on: date) -> LawLine:
    newest = versions[-1]
    holding = shelf.version_on(newest.law, on)
    shown = holding or newest
    return LawLine(
        law=newest.law,
        title=newest.title,
        short=newest.short,
        holding=holding,
        versions=versions,
        force=shown.force_on(on),
        articles=sum(1 for _ in shown.statute.articles()),
    )


def _from_pack() -> tuple[StatuteVersion, ...]:
    """The texts that came with the law pack; a pack need not have any, and a damaged one is not used."""
    opened = pack.current()
    if statutes.FILE not in opened.manifest.files:
        return ()
    try:
        return opened.read(statutes.FILE, statutes.StatuteFile).statutes
    except PackDamaged:
        return ()


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a file so that it is there whole or not at all. Raises StorageFull, StorageFailed."""
    with translated_files(name):
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"{name}.new"
        with half.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        half.replace(folder / name)
        keyring.sync_folder(folder)


def _forget_others(folder: Path, name: str) -> None:
    """Take away files of earlier imports; one that can't be removed is only space."""
    for path in folder.iterdir():
        if path.name != name:
            path.unlink(missing_ok=True)
