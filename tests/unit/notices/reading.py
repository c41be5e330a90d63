"""Reads a finished PDF back with other programs than the one that wrote it."""

from __future__ import annotations

import io
import re
import subprocess
from functools import lru_cache
from pathlib import Path

import pypdfium2


def pdfium_text(pdf: bytes) -> str:
    """The text of all pages without any blank or line feed."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        told = []
        for page in document:
            text_page = page.get_textpage()
            told.append(text_page.get_text_bounded())
            text_page.close()
            page.close()
    finally:
        document.close()
    return re.sub(r"\s", "", "".join(told))


@lru_cache(maxsize=4)
def poppler_text(pdf: bytes, *, is_raw: bool = True) -> str:
    """What pdftotext says, line by line; in content order if `is_raw`."""
    options = ["-raw"] if is_raw else []
    return run("pdftotext", *options, "-", "-", pdf=pdf).decode()


def flowing_text(pdf: bytes) -> str:
    """The text between head and signatures of all pages, on one line: what goes over a page end is one value again."""
    crop = ["-x", "0", "-y", "97", "-W", "596", "-H", "575"]
    return (
        joined(run("pdftotext", "-raw", *crop, "-", "-", pdf=pdf).decode())
        .replace("\f", "")
        .replace("（下转续页）", "")
    )


def joined(text: str) -> str:
    """Text without line feeds: what stands on two lines is one value again."""
    return text.replace("\n", "")


def run(program: str, *arguments: str, pdf: bytes) -> bytes:
    """Run a program of poppler-utils on a PDF."""
    return subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True).stdout


def fonts_of(pdf: bytes, folder: Path) -> list[dict[str, str]]:
    """Name, embedded, subset and unicode of each font, as pdffonts says."""
    file = folder / "fonts.pdf"
    file.write_bytes(pdf)
    table = run("pdffonts", str(file), pdf=b"").decode().splitlines()[2:]
    rows = [row.rsplit(maxsplit=5) for row in table]
    return [{"name": row[0].split()[0], "embedded": row[1], "subset": row[2], "unicode": row[3]} for row in rows]


def picture(pdf: bytes, page: int, scale: float):
    """One page as an 8-bit grey array, `scale` times 72 dpi."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        sheet = document[page]
        bitmap = sheet.render(scale=scale, grayscale=True)
        array = bitmap.to_numpy().copy()
        sheet.close()
    finally:
        document.close()
    return array.reshape(array.shape[0], array.shape[1])
