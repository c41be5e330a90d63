"""Opens clips to be looked at: each clip's frame index is kept; the player's film stays open."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from inspector.errors import FilmFailed
from inspector.evidence.film.client import Film
from inspector.evidence.film.index import FilmIndex
from inspector.evidence.film.spare import Spare
from inspector.evidence.film.told import DEFAULT, Limits
from inspector.store import film_cache, recordings

if TYPE_CHECKING:
    from inspector.store.vault import Vault

INDEX_VERSION: Final = 1
"""Goes up when indices are made otherwise; older ones are made again."""
IDLE_S: Final = 30.0
"""After that long without a question the player's worker ends: it holds some 100 MB."""


def open_film(vault: Vault, sha256: str, *, limits: Limits = DEFAULT) -> Film:
    """Start a worker for a clip, with its index if that is known. Raises EvidenceMissing, StoreDamaged, FilmFailed.

    A clip that lost its index is read with what was lent to it when it was first looked at, and nothing else.
    """
    known, spare = kept_index(vault, sha256), lent(vault, sha256)
    return Film.open(vault.footage.reading(sha256), limits=limits, known=known, spare=spare)


def lent(vault: Vault, sha256: str) -> Spare | None:
    """Return the parameter sets and rate that another clip lent to this one, None for nearly all clips."""
    with vault.gateway.read() as tx:
        text = recordings.lent(tx, sha256)
    with suppress(ValueError):
        return Spare.from_text(text) if text else None
    return None


def kept_index(vault: Vault, sha256: str) -> FilmIndex | None:
    """Return the index that was kept, or None."""
    raw = film_cache.kept(vault.evidence, sha256, INDEX_VERSION)
    if raw is not None:
        with suppress(ValueError):
            return FilmIndex.from_bytes(raw)
    return None


def keep_index(vault: Vault, sha256: str, index: FilmIndex) -> None:
    """Keep an index for the next time. Raises StorageFull."""
    film_cache.keep(vault.evidence, sha256, INDEX_VERSION, index.to_bytes())


class Projector:
    """The one film that is open for the player; another clip or a pause closes it. For any thread but the window's."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._turn = threading.RLock()
        self._film: Film | None = None
        self._sha256 = ""
        self._idle: threading.Timer | None = None

    @contextmanager
    def showing(self, sha256: str, progress: Callable[[int], None] = lambda _: None) -> Generator[Film]:
        """Hold the film of a clip, its index made and kept. Raises FilmFailed, EvidenceMissing, StoreDamaged."""
        with self._turn:
            self._stop_timer()
            try:
                yield self._open(sha256, progress)
            except FilmFailed:
                if self._film is not None and self._film.is_over:
                    self.close()
                raise
            finally:
                self._start_timer()

    def close(self) -> None:
        """End the worker, if there is one, whatever it is doing; whoever uses it gets FilmFailed(died)."""
        film = self._film
        if film is not None:
            film.kill()
        with self._turn:
            self._stop_timer()
            if self._film is not None:
                self._film.close()
                self._film = None

    def _open(self, sha256: str, progress: Callable[[int], None]) -> Film:
        if self._film is None or self._film.is_over or self._sha256 != sha256:
            self.close()
            self._film = open_film(self._vault, sha256)
            self._sha256 = sha256
        film = self._film
        if not film.is_indexed:
            keep_index(self._vault, sha256, film.index(progress))
        return film

    def _rest(self) -> None:
        if self._turn.acquire(blocking=False):  # busy again: its next pause starts another timer
            try:
                self.close()
            finally:
                self._turn.release()

    def _start_timer(self) -> None:
        if self._film is not None:
            self._idle = threading.Timer(IDLE_S, self._rest)
            self._idle.daemon = True
            self._idle.start()

    def _stop_timer(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
