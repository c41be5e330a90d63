"""What must hold of the store's source: one writer of projections, a schema page that is true."""

from __future__ import annotations

import re
from pathlib import Path

from inspector.store import dump
from inspector.store.projection import PROJECTED

ROOT = Path(__file__).parents[2]
TABLES = "|".join(PROJECTED)
WRITES = re.compile(rf"(?:insert(?: or \w+)? into|update|delete from)\s+({TABLES})\b", re.IGNORECASE)
HELPERS = re.compile(rf"""\.(?:insert|upsert)\(\s*["']({TABLES})["']""")


def test_only_the_projection_writes_projection_tables() -> None:
    writers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "inspector").rglob("*.py")
        if "hq" not in path.parts and (WRITES.search(path.read_text()) or HELPERS.search(path.read_text()))
    }
    assert writers == {"inspector/store/projection.py"}


def test_the_schema_page_is_true() -> None:
    assert (ROOT / "docs" / "schema.sql").read_text(encoding="utf-8") == dump.text(), "run: make schema"
