"""12-megapixel photos: taken in, shown small, shown on paper; copy + sha256sum and a full decode beside it."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from PIL import Image, ImageOps

from inspector.app import App
from inspector.clock import CHINA
from inspector.services.evidence import PAPER_EDGE, THUMB_EDGE
from tests.bench.measure import Measured, measured, times

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "photos" / "jpg" / "tests" / "42_IndexError.jpg"
COPIES = 7


def photos(scratch: Path) -> list[Path]:
    """Return copies of one 12-megapixel photo (a real one where it is beside this clone), each with its own digest."""
    if REAL.is_file():
        content = REAL.read_bytes()
    else:
        from inspector.demo.scenes import draw_scenes

        content = draw_scenes(scratch / "drawn", [datetime(2026, 11, 20, 9, 5, tzinfo=CHINA)])[0].read_bytes()
    paths = [scratch / f"photo-{n}.jpg" for n in range(COPIES)]
    for n, path in enumerate(paths):
        path.write_bytes(content + bytes([n]) * 16)  # behind the picture's end: another file, the same picture
    return paths


def attached(app: App, visit: str, paths: list[Path], hazards: list[str]) -> Measured:
    """Take photos in; the peer copies the file and lets sha256sum read the copy."""

    def peer(path: Path) -> None:
        copy = path.with_suffix(".copy")
        shutil.copy(path, copy)
        subprocess.run(["sha256sum", str(copy)], check=True, stdout=subprocess.DEVNULL)

    pairs = [(path, hazards[n % len(hazards)]) for n, path in enumerate(paths)]
    ours = times(lambda pair: app.evidence.attach(visit, pair[0], hazard_id=pair[1]), pairs)
    return measured("12 MP photo attached", ours, "shutil.copy + sha256sum", times(peer, paths), most_ms=400)


def previewed(app: App, visit: str, paths: list[Path]) -> list[Measured]:
    """Make the small and the paper preview of each photo; the peer decodes it whole with PIL."""
    stored = [one.original.sha256 for one in app.evidence.of(visit)]

    def peer(path: Path, edge: int) -> None:
        with Image.open(path) as picture:
            picture.load()
            upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((edge, edge))
        upright.convert("RGB").save(io.BytesIO(), "JPEG", quality=85)

    found: list[Measured] = []
    for what, edge, most in (
        ("its stored preview read", THUMB_EDGE, 150.0),
        ("its preview for paper", PAPER_EDGE, None),
    ):
        ours = times(lambda sha256, edge=edge: app.evidence.preview(sha256, edge), stored)
        peers = times(lambda path, edge=edge: peer(path, edge), paths)
        found.append(measured(what, ours, "PIL: full decode, thumbnail", peers, most_ms=most))
    return found
