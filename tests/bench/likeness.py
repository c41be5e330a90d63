"""Fingerprints of pictures, the search among 200,000 of them, and the alignment of a before and an after."""

from __future__ import annotations

import io
import random

from PIL import Image

from inspector.evidence import likeness
from inspector.evidence.alignment import align
from inspector.evidence.photo import render_preview
from tests.bench.measure import Line, measured, times

FINGERPRINT_MS, LOOKUP_MS, ALIGN_MS = 5.0, 50.0, 500.0
"""Brief of issue 4 (≤ 5 ms a picture); a search that nobody notices; twice the 0.25 s of product.md §6-6."""
KNOWN = 200_000


def alike(photos: list[bytes]) -> list[Line]:
    """Return the rows for a few photos as the camera wrote them."""
    thumbs = [render_preview(one, edge=320).jpeg for one in photos]
    whole = [render_preview(one, edge=1600).jpeg for one in photos]
    shelf, chance = likeness.Shelf(), random.Random(1)
    shelf.add([chance.randbytes(likeness.SIZE) for _ in range(KNOWN)])
    wanted = [likeness.fingerprint(one) or chance.randbytes(likeness.SIZE) for one in thumbs]
    prints = times(likeness.fingerprint, thumbs * 5)
    looked = times(shelf.near, wanted * 5)
    pairs = [(one, _beside(one)) for one in whole]
    aligned = times(lambda pair: align(*pair), pairs)
    return [
        measured("fingerprint of a picture", prints, "", [], most_ms=FINGERPRINT_MS),
        measured("its likes among 200,000 pictures", looked, "", [], most_ms=LOOKUP_MS),
        measured("before and after aligned, 1600 px", aligned, "", [], most_ms=ALIGN_MS),
    ]


def _beside(jpeg: bytes) -> bytes:
    """The same picture from a step beside."""
    with Image.open(io.BytesIO(jpeg)) as opened:
        wide, high = opened.size
        corners = (wide * 0.04, 0.0, 0.0, high * 0.98, wide * 0.97, float(high), float(wide), high * 0.02)
        out = io.BytesIO()
        opened.transform((wide, high), Image.Transform.QUAD, corners, Image.Resampling.BICUBIC).save(out, "JPEG")
    return out.getvalue()
