"""Writes files that leave the encrypted store: each is there whole or not at all, and none is ever replaced."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from inspector.errors import NotAllowed
from inspector.store.errors import translated_files


def write_new(file: Path, chunks: Iterable[bytes]) -> Path:
    """Write a new file durably and return it. Raises NotAllowed(file_exists), StorageFull, StorageFailed."""
    if file.exists():
        raise NotAllowed(reason="file_exists")
    half = file.with_name(f".{file.name}.part")
    with translated_files(file.name):
        try:
            with half.open("wb") as out:
                for chunk in chunks:
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            half.replace(file)
        finally:
            half.unlink(missing_ok=True)
    return file
