"""Photos broken at random: none crashes, hangs or eats memory, none is lost in silence.

MUTATED_PHOTOS=2000 in the environment (make test-long) for the long run; MUTATION_SEED moves all dice.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import resource
import time
from pathlib import Path

import pytest
from PIL import Image

from inspector.domain.evidence import EvidenceKind
from inspector.evidence import kinds, worker_pool
from inspector.evidence.intake import SHOWN_REMARKS, judge, read_in
from tests.unit.evidence.test_formats import FORMATS, exif, saved, scene

COUNT = int(os.environ.get("MUTATED_PHOTOS", "200"))
SEED = int(os.environ.get("MUTATION_SEED", "20261122"))
EACH = 40
LONGEST_S = 5.0
"""Processor time that one file may take in this process; issue 4 allows no hang over 5 s."""
MOST_MEMORY = 300 << 20
REMARKS = SHOWN_REMARKS | {"undecodable", "too_many_pixels"}

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def whole(shared_data: Path) -> list[tuple[str, bytes]]:
    """Real photos of all kinds that are not too large to break hundreds of times, and the formats nobody collected."""
    found = [
        (path.name, path.read_bytes())
        for path in sorted((shared_data / "photos").rglob("*"))
        if path.is_file() and path.name != "README" and path.stat().st_size < 900_000
    ]
    made = [(name, draw()) for name, draw in FORMATS.items()]
    turned = [
        (f"turned.{kind.lower()}", saved(scene(), kind, exif=exif(6))) for kind in ("WEBP", "AVIF", "PNG", "JPEG")
    ]
    slow = [("slow.jpg", saved(scene(), "JPEG", progressive=True))]
    pages = [("pages.tif", saved(scene(), "TIFF", save_all=True, append_images=[scene(), scene()]))]
    return [*found, *made, *turned, *slow, *pages]


def flipped(data: bytearray, chance: random.Random, reach: int) -> None:
    for _ in range(chance.choice((1, 2, 8, 60))):
        data[chance.randrange(min(reach, len(data)))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))


def broken(whole: list[tuple[str, bytes]], chance: random.Random) -> tuple[str, bytes]:
    ending = chance.choice(sorted({Path(name).suffix.lower() for name, _ in whole}))  # each format as often as another
    name, content = chance.choice([one for one in whole if one[0].lower().endswith(ending)])
    data = bytearray(content)
    at = chance.randrange(len(data))
    match chance.randrange(8):
        case 0:
            flipped(data, chance, 256)
        case 1:
            flipped(data, chance, 8192)
        case 2:
            flipped(data, chance, len(data))
        case 3:
            del data[at:]
        case 4:
            data[at:at] = bytes(chance.randrange(1, 5000))
        case 5:
            del data[at : at + chance.randrange(1, 2000)]
        case 6:
            data[at : at + 4] = chance.choice(
                (b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", len(data).to_bytes(4, "big"))
            )
        case _:
            data[at:] = chance.choice(whole)[1][at:]
    return chance.choice((name, name, "renamed.jpg", "renamed.tif", "renamed.heic")), bytes(data)


@pytest.mark.parametrize("life", range(-(-COUNT // EACH)))
def test_broken_photos_cost_nothing_but_themselves(
    life: int, whole: list[tuple[str, bytes]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hung: list[str] = []
    monkeypatch.setattr(worker_pool._Worker, "_give_up", lambda self: (hung.append(name), self._process.kill()))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    for turn in range(min(EACH, COUNT - life * EACH)):
        chance = random.Random(f"{SEED} {life} {turn}")
        name, data = broken(whole, chance)
        if not data:
            continue
        path = tmp_path / name
        path.write_bytes(data)
        began = time.thread_time()
        told = judge(read_in(path, lambda _n, _chunk: None), edge=160, is_thorough=chance.random() < 0.4)
        assert time.thread_time() - began < LONGEST_S, (life, turn)
        original = told.original
        assert (original.sha256, original.size) == (hashlib.sha256(data).hexdigest(), len(data))
        assert original.remark in REMARKS, (life, turn)
        if told.preview is not None:
            assert original.kind is EvidenceKind.PHOTO
            assert max(Image.open(io.BytesIO(told.preview)).size) <= 160
        elif original.mime in kinds.PHOTOS - {kinds.HEIC, kinds.HEIF, kinds.AVIF}:
            assert original.kind is EvidenceKind.DOCUMENT, (life, turn)
    assert hung == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before < MOST_MEMORY
