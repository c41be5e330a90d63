"""Revisits of one place are aligned and what changed is outlined; different places stand side by side."""

from __future__ import annotations

import random
from pathlib import Path

import cv2
import numpy as np
import pytest

from inspector.errors import EvidenceRefused
from inspector.evidence.alignment import LEAST_MATCHED, align
from inspector.evidence.photo import render_preview
from tests.unit.evidence.honest import a_scene, a_wall, as_jpeg, real_photos

EDGE = 900
GONE = (0.4, 0.4, 0.6, 0.65)
"""Where something was changed: left, top, right, bottom as shares."""


def revisited(jpeg: bytes, seed: int, *, changes: bool = True) -> bytes:
    """The place seen from beside, in another light, by another sensor; something has changed in its middle."""
    chance, picture = random.Random(seed), cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    high, wide = picture.shape[:2]
    if changes:
        left, top, right, bottom = (round(share * size) for share, size in zip(GONE, (wide, high) * 2, strict=True))
        picture[top:bottom, left:right] = (40, 160, 200) if seed % 2 else (222, 222, 218)
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    moved = [[chance.uniform(-0.09, 0.09) * wide, chance.uniform(-0.09, 0.09) * high] for _ in range(4)]
    plane = cv2.getPerspectiveTransform(corners, corners + np.array(moved, np.float32))
    seen = cv2.warpPerspective(picture, plane, (wide, high), borderMode=cv2.BORDER_REPLICATE) / 255.0
    light = chance.uniform(0.6, 1.4) * (1 + 0.3 * np.linspace(-1, 1, wide)[None, :, None])
    grain = np.random.default_rng(seed).normal(0, 4, seen.shape)
    out = np.clip(255 * seen ** chance.uniform(0.8, 1.25) * light + grain, 0, 255).astype("uint8")
    return cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, 80])[1].tobytes()


def places(shared_data: Path) -> list[bytes]:
    """Previews of real photos with enough to see, and drawn rooms."""
    real = [render_preview(content, edge=EDGE).jpeg for _, content in real_photos(shared_data)]
    return [one for one in real if len(one) > 20_000][:34] + [as_jpeg(a_scene(n, (900, 675))) for n in range(12)]


def test_four_of_five_revisits_are_aligned_and_the_change_is_outlined(shared_data: Path) -> None:
    before = places(shared_data)
    assert len(before) >= 40
    found = [align(one, revisited(one, seed)) for seed, one in enumerate(before)]
    aligned = [one for one in found if one.is_aligned]
    assert len(aligned) >= 0.8 * len(found)
    assert all(one.matched >= LEAST_MATCHED and 0 < one.score <= 1 for one in aligned)
    middle = ((GONE[0] + GONE[2]) / 2, (GONE[1] + GONE[3]) / 2)
    outlined = [one for one in aligned if any(_holds(outline, middle) for outline in one.changed)]
    assert len(outlined) >= 0.8 * len(aligned)


def _holds(outline: tuple[tuple[float, float], ...], point: tuple[float, float]) -> bool:
    return cv2.pointPolygonTest(np.array(outline, np.float32), point, measureDist=False) >= 0


def test_what_did_not_change_is_hardly_ever_outlined(shared_data: Path) -> None:
    before = places(shared_data)[::6]
    found = [align(one, revisited(one, seed, changes=False)) for seed, one in enumerate(before)]
    areas = [cv2.contourArea(np.array(outline, np.float32)) for one in found for outline in one.changed]
    assert sum(areas) < 0.05 * len(found)


def test_different_places_are_not_aligned(shared_data: Path) -> None:
    before = places(shared_data)
    chance = random.Random(4)
    pairs = [chance.sample(range(len(before)), 2) for _ in range(16)]
    found = [align(before[one], before[other]) for one, other in pairs]
    assert sum(one.is_aligned for one in found) == 0


def test_without_a_plane_the_later_picture_is_left_as_it_is() -> None:
    room, wall = as_jpeg(a_scene(1)), as_jpeg(a_wall(1))
    found = align(room, wall)
    assert (found.is_aligned, found.after, found.changed) == (False, wall, ())
    assert not align(wall, wall).is_aligned


def test_the_same_pair_gets_the_same_answer_in_the_earlier_ones_size() -> None:
    room = as_jpeg(a_scene(2, (800, 600)))
    later = revisited(room, 3)
    first, second = align(room, later), align(room, later)
    assert first == second
    laid = cv2.imdecode(np.frombuffer(first.after, np.uint8), cv2.IMREAD_COLOR)
    assert laid.shape[:2] == (600, 800)


def test_broken_bytes_are_refused() -> None:
    room = as_jpeg(a_scene(1))
    for broken in (b"", b"\xff\xd8\xff", room[:200]):
        with pytest.raises(EvidenceRefused):
            align(room, broken)
        with pytest.raises(EvidenceRefused):
            align(broken, room)
