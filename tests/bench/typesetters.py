"""The same words and photos set by others: LibreOffice from a filled template, Typst; only where they are installed."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from base64 import b64encode
from pathlib import Path
from xml.sax.saxutils import escape

from tests.bench.measure import Absent, Line, measured, times

ONE_BY_ONE, IN_A_BATCH, TYPESET = 3, 20, 5
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<office:document office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><office:body><office:text>"""
_TAIL = "</office:text></office:body></office:document>"
_PHOTO = (
    '<text:p><draw:frame text:anchor-type="as-char" svg:width="10.6cm" svg:height="8cm"><draw:image>'
    "<office:binary-data>{}</office:binary-data></draw:image></draw:frame></text:p>"
)


def beside_libreoffice(ours: list[float], lines: list[str], pictures: list[bytes], scratch: Path) -> list[Line]:
    """One call a document, and a batch in one call; its profile is warm."""
    one, many = "order, 4 photos, beside LibreOffice, a call each", f"… beside LibreOffice, {IN_A_BATCH} in one call"
    program = shutil.which("soffice")
    if program is None:
        return [Absent(one, "no soffice"), Absent(many, "no soffice")]
    folder = scratch / "office"
    folder.mkdir()
    body = "".join(f"<text:p>{escape(line)}</text:p>" for line in lines)
    body += "".join(_PHOTO.format(b64encode(picture).decode()) for picture in pictures)
    papers = [folder / f"notice-{n}.fodt" for n in range(IN_A_BATCH)]
    for paper in papers:
        paper.write_text(_HEAD + body + _TAIL, "utf-8")
    call = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]

    def convert(these: list[Path]) -> None:
        words = [*call, "--outdir", str(folder / "out"), *map(str, these)]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    convert(papers[:1])  # makes its profile
    single = times(lambda n: convert([papers[n]]), range(ONE_BY_ONE))
    batch = [times(convert, [papers])[0] / IN_A_BATCH]
    peer = "soffice --convert-to pdf, same words"
    return [
        measured(one, ours, peer, single, most_ratio=1 / 10),
        measured(many, ours, f"{peer}, per document", batch),
    ]


def beside_typst(
    ours: list[float], lines: list[str], pictures: tuple[list[bytes], list[bytes]], scratch: Path
) -> list[Line]:
    """From `pictures`: photos as scaled for paper, and the camera's originals, of which ours has intake's previews."""
    small, large = "order beside Typst, scaled photos", "… beside Typst from the same original photos"
    scaled, originals = pictures
    if importlib.util.find_spec("typst") is None:
        return [Absent(small, "no typst (PyPI)"), Absent(large, "no typst (PyPI)")]
    import typst

    def sources(name: str, pictures: list[bytes], n: int) -> Path:
        """Write a document that Typst has not seen: it remembers what it set and the pictures it read."""
        folder = scratch / f"{name}-{n}"
        folder.mkdir()
        for at, picture in enumerate(pictures):
            (folder / f"{at}.jpg").write_bytes(picture + bytes([n]))
        quoted = [line.translate({ord(mark): f"\\{mark}" for mark in '\\#$*_@<>`[]"=~+-/'}) for line in lines]
        text = "\n\n".join([f"{n}", *quoted, *(f'#image("{at}.jpg", width: 10.6cm)' for at in range(len(pictures)))])
        (folder / "notice.typ").write_text('#set page(paper: "a4")\n#set text(size: 14pt)\n' + text, "utf-8")
        return folder / "notice.typ"

    def compiled(name: str, pictures: list[bytes]) -> list[float]:
        papers = [str(sources(name, pictures, n)) for n in range(TYPESET + 1)]
        typst.compile(papers[0])  # reads the fonts
        return times(typst.compile, papers[1:])

    return [
        measured(small, ours, "typst.compile, same words", compiled("typst-small", scaled)),
        measured(large, ours, "typst.compile, same words", compiled("typst-large", originals), most_ratio=0.5),
    ]
