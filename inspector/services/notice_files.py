"""Names and files of issued documents outside the store."""

from __future__ import annotations

import os
import re
from pathlib import Path

from inspector.domain.notice import Notice
from inspector.law import forms
from inspector.services import notice_content
from inspector.store import times

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
"""What no file name may hold on Windows, the strictest of the systems that read the files."""


def spoken(notice: Notice) -> str:
    """Return how a document is named in a sentence: its number; with its title where another bears that number too."""
    if notice_content.numbering(notice.form) == "own":
        return notice.number
    name = forms.load().get(notice.form).name
    return f"{notice.number}《{name}》" if notice.number else f"《{name}》"


def stem(notice: Notice) -> str:
    """Return the name of a document's file without its ending: unlike any other's of the same site."""
    if notice_content.numbering(notice.form) == "own":
        return notice.number
    name = forms.load().get(notice.form).name
    day = f"{times.china_day(notice.issued_at or notice.created_at):%Y%m%d}"
    return _UNSAFE.sub("", f"{notice.number or day}{name}{notice.id[-4:]}")


def write_new(path: Path, content: bytes) -> bool:
    """Write a file durably; False if one of that name is there already."""
    try:
        out = path.open("xb")
    except FileExistsError:
        return False
    try:
        with out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    return True
