"""A small log of events as JSON lines on stderr: names, ids, counts and codes; never what people wrote."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from typing import Final, TextIO

from inspector.errors import Fact

_logger = logging.getLogger("field-inspector")

SAFE: Final = frozenset(
    {
        "bytes", "code", "count", "cursor", "device", "entries", "error", "first", "form", "host", "kind", "last",
        "method", "ms", "office", "port", "route", "sha256", "status", "trace", "version", "year",
    }
)  # fmt: skip
"""Facts that may be written: nothing here names a person, a firm or a place. Any other fact is left out by name."""


def configure(stream: TextIO | None = None) -> None:
    """Send events to `stream` (stderr if none), once for this process."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _logger.handlers[:] = [handler]
    _logger.propagate = False
    _logger.setLevel(logging.INFO)


def event(name: str, **facts: Fact) -> None:
    """Write that something happened; a fact whose name isn't in SAFE is written as "-"."""
    _write(logging.INFO, name, facts)


def bug(error: BaseException) -> None:
    """Write where a bug struck: its class and the lines passed, not its message (that may quote what people wrote)."""
    frames = traceback.extract_tb(error.__traceback__)
    trace = " < ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in reversed(frames[-12:]))
    _write(logging.ERROR, "bug", {"error": type(error).__name__, "trace": trace})


def _write(level: int, name: str, facts: dict[str, Fact]) -> None:
    if not _logger.isEnabledFor(level):
        return
    at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    told = {fact: value if fact in SAFE else "-" for fact, value in facts.items()}
    line = {"at": at, "level": logging.getLevelName(level).lower(), "event": name, **told}
    _logger.log(level, "%s", json.dumps(line, ensure_ascii=False))
