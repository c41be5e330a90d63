"""Apache PDFBox's preflight judges what the program issues: every notice must be PDF/A-1b."""

from __future__ import annotations

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from inspector.crypto.unlock import MINIMUM
from inspector.demo import day as field_day
from inspector.domain.notice import ON_EVERY_VISIT, FormCode
from inspector.evidence.photo import render_preview
from inspector.notices.compose import compose
from inspector.notices.render import Rendered, render
from tests.unit.notices.specimens import OFFICERS, SITE, a_drawn_jpeg, a_photo, sources
from tests.unit.notices.test_sheet import DRIVEN, of_code

pytestmark = pytest.mark.system

JARS = (
    *("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "commons-io"),
    *("jaxb-api", "javax.activation", "bcprov"),
)
"""Debian's libpdfbox2-java and what it needs, under /usr/share/java."""
FORMS = list(ON_EVERY_VISIT)


@pytest.fixture(scope="module")
def class_path() -> str:
    if not shutil.which("javac"):
        pytest.skip("needs a JDK (openjdk-17-jdk-headless) to run PDFBox's preflight")
    paths = [Path("/usr/share/java") / f"{name}.jar" for name in JARS]
    absent = [path.name for path in paths if not path.is_file()]
    if absent:
        pytest.skip(f"needs libpdfbox2-java and its company: {', '.join(absent)}")
    return ":".join(map(str, paths))


def verdicts(class_path: str, paths: list[Path]) -> dict[str, str]:
    """What preflight says of each file, by file name."""
    program = [shutil.which("java") or "java", "-cp", class_path, str(Path(__file__).with_name("Preflight.java"))]
    done = subprocess.run([*program, *map(str, paths)], capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    lines = [line.rsplit("\t", 1) for line in done.stdout.splitlines()]
    return {Path(path).name: verdict for verdict, path in lines}


def previews() -> tuple[bytes, ...]:
    """Previews for paper of a picture in colour (with a profile), in grey, in CMYK, and with transparency."""
    whole = Image.open(io.BytesIO(a_drawn_jpeg()))
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pictures = [
        (whole, "JPEG", {"icc_profile": profile}),
        (whole.convert("L"), "JPEG", {}),
        (whole.convert("CMYK"), "JPEG", {}),
        (whole.convert("RGBA").resize((900, 700)), "PNG", {}),
    ]
    made: list[bytes] = []
    for picture, kind, options in pictures:
        out = io.BytesIO()
        picture.save(out, kind, **options)
        made.append(render_preview(out.getvalue(), edge=1600).jpeg)
    return tuple(made)


def heavy(form: FormCode, **changes: object) -> Rendered:
    """Everything at once: 25 hazards, names that four faces share, photos of every origin, the watermark, the code."""
    officers = tuple(replace(one, name=name) for one, name in zip(OFFICERS, ("张喆", "李䶮𠅤"), strict=True))
    site = replace(SITE, name="示例<甲>&“乙”仓储有限公司", responsible_person="王䶮喆𬭎㙍")
    photos = tuple(a_photo(number, number, jpeg) for number, jpeg in enumerate(previews(), 1))
    whole = sources(form, 25, officers=officers, site=site, photos=photos, **changes)
    told = tuple(
        replace(one, before=photos[n % len(photos)], after=photos[-1 - n % len(photos)])
        for n, one in enumerate(whole.rechecked)
    )
    return render(compose(replace(whole, rechecked=told)))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The notices that a sample day issues, as its officers export them."""
    out = tmp_path_factory.mktemp("day")
    return [path for _, path in field_day.run(out, None, say=print, cost=MINIMUM).notices]


def test_every_notice_of_a_day_is_valid(class_path: str, papers: list[Path]) -> None:
    assert len(papers) >= 4
    assert verdicts(class_path, papers) == {path.name: "valid" for path in papers}


def test_every_other_document_of_the_pack_is_valid(class_path: str, tmp_path: Path) -> None:
    for code in DRIVEN:
        (tmp_path / f"{code}.pdf").write_bytes(render(of_code(code)).pdf)
    told = verdicts(class_path, sorted(tmp_path.iterdir()))
    assert told == dict.fromkeys((f"{code}.pdf" for code in DRIVEN), "valid")


@pytest.mark.parametrize("form", FORMS)
def test_long_notices_with_rare_names_and_photos_of_every_origin_are_valid(
    class_path: str, tmp_path: Path, form: FormCode
) -> None:
    issued, draft = heavy(form), heavy(form, number="", issued_at=None, is_draft=True)
    assert issued.pages >= 6
    for name, drawn in (("issued.pdf", issued), ("draft.pdf", draft)):
        (tmp_path / name).write_bytes(drawn.pdf)
    assert verdicts(class_path, sorted(tmp_path.iterdir())) == {"draft.pdf": "valid", "issued.pdf": "valid"}


def test_the_judge_refuses_what_is_not_pdf_a(class_path: str, tmp_path: Path) -> None:
    """So that "valid" means something: the same notice, with one thing wrong at a time."""
    pdf = render(compose(sources(hazards=1))).pdf

    def spoilt(name: str) -> None:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            match name:
                case "colour.pdf":
                    del document.Root["/OutputIntents"]
                case "title.pdf":
                    document.docinfo["/Title"] = pikepdf.String("another")
                case _:
                    page = document.pages[0]
                    page.Group = pikepdf.Dictionary(S=pikepdf.Name("/Transparency"), CS=pikepdf.Name("/DeviceRGB"))
            document.save(tmp_path / name, fix_metadata_version=False)

    for name in ("colour.pdf", "title.pdf", "transparent.pdf"):
        spoilt(name)
    told = verdicts(class_path, sorted(tmp_path.iterdir()))
    assert [told[name].split(".")[0] for name in sorted(told)] == ["2", "7", "2"], "ISO 19005-1 §6.2, §6.7, §6.4"
