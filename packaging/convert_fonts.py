"""Builds resources/fonts from Debian's font packages: checks digests, copies, turns CFF outlines into glyf.

Why convert: reportlab embeds only glyf (TrueType) outlines, and the Chinese faces that a notice needs come as CFF.
The same source gives the same bytes: head.modified keeps the source's value and nothing else depends on the day.

    convert_fonts.py check      exit 0 when every font in fonts.json is there with its digest
    convert_fonts.py packages   the Debian packages whose files are still to be fetched, each with the files wanted
    convert_fonts.py build      copy and convert what is missing, then check it
    convert_fonts.py one FILE   one of them, unchecked
    convert_fonts.py originals FOLDER   copy the originals of the GPL faces, to be passed on with the results
    convert_fonts.py record     the same, but write the digests of the results into fonts.json (maintainers only)
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "resources" / "fonts"
LICENCES = FONTS / "licences"
CACHE = ROOT / "build" / "fonts"
CURVE_ERROR = 1.0  # font units of 1/1000 em: 0.0056 mm at 16 pt, far below what a 600 dpi printer can show
DROPPED_TABLES = ("CFF ", "VORG", "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "vhea", "vmtx", "FFTM", "DSIG")

Face = dict[str, Any]


def load_list() -> dict[str, Any]:
    """The committed list: roles, files, digests, licences."""
    return json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))


def digest(path: Path) -> str:
    """SHA-256 of a file in hex; empty when there is no such file."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate(package: str, path: str) -> Path | None:
    """Where a file of a Debian package is: in our cache, or installed on this machine; None when nowhere."""
    candidates = (CACHE / package / path, Path("/") / path)
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def checked_source(face: Face) -> Path:
    """The source file of a face, its digest checked; SystemExit says which digest differed."""
    expected = face["source"]["sha256"]
    path, package = face["source"]["path"], face["package"]
    found = ""
    for candidate in (CACHE / package / path, Path("/") / path):
        made = digest(candidate)
        if made == expected:
            return candidate
        found = found or made
    name = Path(path).name
    if not found:
        raise SystemExit(f"fonts: {name} of Debian's {package} was not fetched; run packaging/fonts.sh")
    raise SystemExit(
        f"fonts: {name} of Debian's {package} is not the file this program was built with\n"
        f"  expected sha256 {expected}\n  found    sha256 {found}\n"
        "  (another Debian release? Debian 12 carries the right one)"
    )


def wanted_codepoints(covered: set[int], *, is_large: bool) -> set[int]:
    """What of a face's characters goes into the converted file.

    Small faces (Fandol) stay whole. Of the large ones: Latin and punctuation, the unified ideographs and extension A,
    full-width forms, and every ideograph beyond the BMP (there are the rare characters of personal names that
    通用规范汉字表 lists). Hangul and the like have no place on a notice.
    """
    if not is_large:
        return covered
    ranges = (
        (0x20, 0x451), (0x2000, 0x2BFF), (0x2E80, 0x30FF), (0x3105, 0x312F), (0x31C0, 0x9FFF),
        (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF), (0x20000, 0x3FFFF),
    )  # fmt: skip
    return {code for code in covered if any(first <= code <= last for first, last in ranges)}


def convert(source: Path, face: int, target: Path, *, is_large: bool) -> None:
    """Write `target`: the face of `source` with glyf outlines instead of CFF ones."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    with TTFont(source, fontNumber=face, recalcTimestamp=False, lazy=False) as font:
        codes = wanted_codepoints(set(font.getBestCmap() or ()), is_large=is_large)
        options = subset.Options(
            layout_features=[], hinting=False, desubroutinize=True, name_IDs=["*"], notdef_outline=True
        )
        options.drop_tables += list(DROPPED_TABLES[1:])
        options.recalc_timestamp = False
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        replace_outlines(font)
        font.save(target, reorderTables=True)


def extract(source: Path, face: int, target: Path) -> None:
    """Write one face of a collection as a font of its own: Qt registers one name in 2 ms, the whole .ttc in 20."""
    from fontTools.ttLib import TTFont

    with TTFont(source, fontNumber=face, recalcTimestamp=False) as font:
        font.save(target, reorderTables=True)


def replace_outlines(font: Any) -> None:
    """Turn the CFF outlines of an opened font into quadratic ones, in place."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    glyphs, order = font.getGlyphSet(), font.getGlyphOrder()
    outlines = {}
    for name in order:
        pen = TTGlyphPen(None)
        glyphs[name].draw(Cu2QuPen(pen, CURVE_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = order, outlines
    metrics = font["hmtx"].metrics
    for name, outline in outlines.items():
        outline.recalcBounds(font["glyf"])
        metrics[name] = (metrics[name][0], getattr(outline, "xMin", 0))
    for table in DROPPED_TABLES:
        if table in font:
            del font[table]
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 3.0, [], {}
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    limits = "maxZones maxTwilightPoints maxStorage maxFunctionDefs maxInstructionDefs maxStackElements"
    for field in (limits + " maxSizeOfInstructions maxComponentElements maxComponentDepth").split():
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    font.sfntVersion = "\x00\x01\x00\x00"


def build_face(face: Face) -> None:
    """Make one font file. Written beside and renamed, so never half a font."""
    source, target = checked_source(face), FONTS / face["file"]
    partial = target.with_suffix(".partial")
    if face.get("is_extracted", False):
        extract(source, face["source"]["face"], partial)
    elif face["is_converted"]:
        convert(source, face["source"]["face"], partial, is_large=face["package"] == "fonts-noto-cjk")
    else:
        shutil.copyfile(source, partial)
    partial.replace(target)


def copy_licences(listing: dict[str, Any]) -> None:
    """Put the licence texts of the packages beside the fonts."""
    import gzip

    LICENCES.mkdir(parents=True, exist_ok=True)
    for package, paths in listing["licences"].items():
        for path in paths:
            found = locate(package, path)
            if found is None:
                raise SystemExit(f"fonts: the licence {path} of {package} was not fetched; run packaging/fonts.sh")
            text = gzip.decompress(found.read_bytes()) if found.suffix == ".gz" else found.read_bytes()
            (LICENCES / f"{package}-{Path(path).name.removesuffix('.gz')}.txt").write_bytes(text)


def licence_names(listing: dict[str, Any]) -> list[str]:
    """The file names under resources/fonts/licences."""
    return [
        f"{package}-{Path(path).name.removesuffix('.gz')}.txt"
        for package, paths in listing["licences"].items()
        for path in paths
    ]


def missing(listing: dict[str, Any]) -> list[Face]:
    """The faces whose file isn't there or has another digest."""
    return [face for face in listing["faces"].values() if digest(FONTS / face["file"]) != face["sha256"]]


def is_complete(listing: dict[str, Any]) -> bool:
    """Whether every font and every licence text is in place."""
    return not missing(listing) and all((LICENCES / name).is_file() for name in licence_names(listing))


def packages(listing: dict[str, Any]) -> None:
    """Print one line per package still to be fetched: its name and the files wanted from it."""
    wanted: dict[str, list[str]] = {}
    for package, paths in listing["licences"].items():
        wanted[package] = list(paths)
    for face in listing["faces"].values():
        wanted[face["package"]].append(face["source"]["path"])
    for package, paths in sorted(wanted.items()):
        if any(locate(package, path) is None for path in paths):
            print(package, *(f"./{path}" for path in dict.fromkeys(paths)))


def build(listing: dict[str, Any], faces: list[Face]) -> dict[str, str]:
    """Make the given faces, two at a time where there are two cores; file name → digest of the result."""
    FONTS.mkdir(parents=True, exist_ok=True)
    copy_licences(listing)
    large_first = sorted(faces, key=lambda face: (not face["is_converted"], face["package"]))
    with ThreadPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        return dict(pool.map(build_apart, large_first))


def build_apart(face: Face) -> tuple[str, str]:
    """`build_face` in a Python of its own, so that every core works (a pool of processes would need /dev/shm)."""
    done = subprocess.run([sys.executable, __file__, "one", face["file"]], check=False)
    if done.returncode != 0:
        raise SystemExit(done.returncode)
    print(f"fonts: {face['file']}", file=sys.stderr)
    return face["file"], digest(FONTS / face["file"])


def copy_originals(listing: dict[str, Any], folder: Path) -> None:
    """Copy the sources of the converted faces under the GPL: whoever passes on the results passes on these too."""
    for face in listing["faces"].values():
        if face["is_converted"] and face["licence"].startswith("GPL"):
            source = checked_source(face)
            shutil.copyfile(source, folder / source.name)


def main() -> int:
    """Run the job named on the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Build resources/fonts from Debian's font packages.")
    parser.add_argument("job", choices=("check", "packages", "build", "record", "one", "originals"))
    parser.add_argument("file", nargs="?", help="for `one`: the font file; for `originals`: a folder")
    arguments = parser.parse_args()
    job = arguments.job
    listing = load_list()
    if job == "check":
        return 0 if is_complete(listing) else 1
    if job == "packages":
        packages(listing)
        return 0
    if job == "originals":
        copy_originals(listing, Path(arguments.file))
        return 0
    if job == "one":
        build_face(next(face for face in listing["faces"].values() if face["file"] == arguments.file))
        return 0
    faces = missing(listing) if job == "build" else list(listing["faces"].values())
    made = build(listing, faces)
    if job == "record":
        for face in listing["faces"].values():
            face["sha256"] = made[face["file"]]
        (FONTS / "fonts.json").write_text(json.dumps(listing, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return 0
    wrong = [face for face in faces if made[face["file"]] != face["sha256"]]
    for face in wrong:
        print(
            f"fonts: {face['file']} came out different although its source is the right one\n"
            f"  expected sha256 {face['sha256']}\n  made     sha256 {made[face['file']]}\n"
            "  (another fontTools than requirements.lock names, or another processor family)",
            file=sys.stderr,
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
