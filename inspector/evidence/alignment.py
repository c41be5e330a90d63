"""Lays a later photo over an earlier one of the same place, and outlines where they differ. It never says why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from inspector import mainthread
from inspector.errors import EvidenceRefused

if TYPE_CHECKING:
    import numpy as np
    from cv2.typing import MatLike
    from numpy.typing import NDArray

Outline = tuple[tuple[float, float], ...]
"""A closed polygon; x and y as shares 0..1 of the earlier picture's width and height."""

LEAST_MATCHED: Final = 60
"""Features on one plane below which two photos stand side by side (product.md §6-6; unrelated ones reach 8)."""
_EDGE: Final = 800
_FEATURES: Final = 1600
_RATIO: Final = 0.75
"""A feature counts if its nearest partner is this much nearer than the second (Lowe 2004, §7.1: 0.8, on racks less)."""
_REACH: Final = 4.0
"""Pixels by which features may miss the plane: rooms have depth."""
_AREA: Final = (0.2, 5.0)
_DIFFERENCE_EDGE: Final = 480
_SLACK: Final = 2
"""Pixels of the small picture that edges may be off without counting as changed."""
_LEAST_STEP: Final = 26.0
"""MatLike levels that count as changed, at the least; more where the two differ all over."""
_LEAST_AREA: Final = 0.004
"""Share of the picture that a changed region takes at the least."""
_MOST_REGIONS: Final = 6
_NEAR: Final = 8
"""Pixels of the small picture within which two changed regions are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What became of two pictures.

    `after` is the later one: laid over the earlier, in its size, if they could be aligned; else untouched. `score`
    0..1 is the share of matched features that agree, `matched` how many; `changed` outlines where the two differ.
    """

    is_aligned: bool
    score: float
    matched: int
    after: bytes
    changed: tuple[Outline, ...] = ()


def align(before: bytes, after: bytes, *, quality: int = 88) -> Alignment:
    """Align two JPEG previews (1600 pixels). Same bytes in, same answer out.

    Raises EvidenceRefused(reason="undecodable").
    """
    mainthread.refuse("decode")
    import cv2
    import numpy as np

    earlier, later = _decoded(before), _decoded(after)
    matrix, matched, paired = _plane(_grey(later), _grey(earlier))
    score = round(matched / paired, 3) if paired else 0.0
    if matrix is None:
        return Alignment(is_aligned=False, score=score, matched=matched, after=after)
    height, width = earlier.shape[:2]
    laid = cv2.warpPerspective(later, matrix, (width, height), flags=cv2.INTER_AREA)
    seen = cv2.warpPerspective(np.full(later.shape[:2], 255, np.uint8), matrix, (width, height))
    changed = _changed(_grey(earlier), _grey(laid), seen)
    jpeg = cv2.imencode(".jpg", laid, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
    return Alignment(is_aligned=True, score=score, matched=matched, after=jpeg, changed=changed)


def _decoded(jpeg: bytes) -> MatLike:
    import cv2
    import numpy as np

    picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR) if jpeg else None
    if picture is None:
        raise EvidenceRefused(name="", reason="undecodable")
    return picture


def _grey(picture: MatLike) -> MatLike:
    import cv2

    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def _plane(later: MatLike, earlier: MatLike) -> tuple[MatLike | None, int, int]:
    """Return (matrix that lays the later over the earlier or None, features that agree, features that were paired)."""
    import cv2
    import numpy as np

    sift = cv2.SIFT_create(nfeatures=_FEATURES, contrastThreshold=0.02)  # pyright: ignore[reportAttributeAccessIssue]
    scales = [min(1.0, _EDGE / max(each.shape)) for each in (later, earlier)]
    found = [
        sift.detectAndCompute(_scaled(each, scale), None) for each, scale in zip((later, earlier), scales, strict=True)
    ]
    (points, marks), (others, other_marks) = found
    if marks is None or other_marks is None or min(len(marks), len(other_marks)) < 2:
        return None, 0, 0
    couples = cv2.BFMatcher(cv2.NORM_L2).knnMatch(marks, other_marks, k=2)
    pairs = [couple[0] for couple in couples if len(couple) == 2 and couple[0].distance < _RATIO * couple[1].distance]
    if len(pairs) < 4:
        return None, 0, len(pairs)
    here = np.array([points[each.queryIdx].pt for each in pairs], np.float32) / scales[0]
    there = np.array([others[each.trainIdx].pt for each in pairs], np.float32) / scales[1]
    cv2.setRNGSeed(1)  # the same pair gets the same answer each time
    matrix, mask = cv2.findHomography(here, there, cv2.RANSAC, _REACH / scales[1], maxIters=4000, confidence=0.999)
    matched = 0 if mask is None else int(mask.sum())
    if matrix is None or matched < LEAST_MATCHED or not _is_sound(matrix, later.shape, earlier.shape):
        return None, matched, len(pairs)
    return matrix.astype(np.float64), matched, len(pairs)


def _scaled(picture: MatLike, scale: float) -> MatLike:
    import cv2

    if scale >= 1:
        return picture
    return cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _is_sound(matrix: MatLike, size: tuple[int, ...], onto: tuple[int, ...]) -> bool:
    """Whether the plane is one that a photographer can see: not mirrored, folded, or a hundred times as large."""
    import cv2
    import numpy as np

    height, width = size[:2]
    corners = np.array([[[0, 0]], [[width, 0]], [[width, height]], [[0, height]]], np.float32)
    laid = cv2.perspectiveTransform(corners, matrix).astype(np.float32)
    area = float(cv2.contourArea(laid, oriented=True)) / (onto[0] * onto[1])
    return bool(cv2.isContourConvex(laid)) and _AREA[0] <= area <= _AREA[1]


def _changed(earlier: MatLike, laid: MatLike, seen: MatLike) -> tuple[Outline, ...]:
    """Return outlines of where the pictures differ once their light is made alike, the largest first."""
    import cv2
    import numpy as np

    scale = min(1.0, _DIFFERENCE_EDGE / max(earlier.shape))
    old, new = (cv2.GaussianBlur(_scaled(each, scale), (0, 0), 1.5).astype(np.float32) for each in (earlier, laid))
    mask = cv2.erode((_scaled(seen, scale) > 250).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
    if mask.sum() < 400:
        return ()
    new = _relit(new, old, mask)
    apart = np.full(old.shape, 255, np.float32)
    for down in range(-_SLACK, _SLACK + 1):
        for right in range(-_SLACK, _SLACK + 1):
            apart = np.minimum(apart, np.abs(np.roll(new, (down, right), (0, 1)) - old))
    step = max(_LEAST_STEP, 4.0 * float(np.median(apart[mask])))
    spots = ((apart > step) & mask).astype(np.uint8)
    spots = cv2.morphologyEx(spots, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    spots = cv2.morphologyEx(spots, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (21, 21)))
    found, _ = cv2.findContours(spots, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    large = [cv2.boundingRect(each) for each in found if cv2.contourArea(each) >= _LEAST_AREA * spots.size]
    merged = sorted(_merged(large), key=lambda box: box[2] * box[3], reverse=True)
    return tuple(_outline(box, spots.shape) for box in merged[:_MOST_REGIONS])


def _merged(boxes: Sequence[Sequence[int]]) -> list[tuple[int, int, int, int]]:
    """Join boxes (left, top, width, height) that meet or nearly meet: one thing that went leaves many spots."""
    joined: list[tuple[int, int, int, int]] = []
    for left, top, wide, high in boxes:
        here = (left, top, wide, high)
        while (near := next((one for one in joined if _meet(one, here)), None)) is not None:
            joined.remove(near)
            x, y = min(near[0], here[0]), min(near[1], here[1])
            right, low = max(near[0] + near[2], here[0] + here[2]), max(near[1] + near[3], here[1] + here[3])
            here = (x, y, right - x, low - y)
        joined.append(here)
    return joined


def _meet(one: tuple[int, int, int, int], other: tuple[int, int, int, int]) -> bool:
    across = one[0] - _NEAR <= other[0] + other[2] and other[0] - _NEAR <= one[0] + one[2]
    return across and one[1] - _NEAR <= other[1] + other[3] and other[1] - _NEAR <= one[1] + one[3]


def _outline(box: tuple[int, int, int, int], size: tuple[int, ...]) -> Outline:
    left, top, wide, high = box
    right, low = left + wide, top + high
    corners = ((left, top), (right, top), (right, low), (left, low))
    return tuple((round(x / size[1], 4), round(y / size[0], 4)) for x, y in corners)


def _relit(new: MatLike, old: MatLike, mask: NDArray[np.bool_]) -> MatLike:
    """Give `new` the light of `old`: a smooth factor (a quadratic in x and y), fitted to what did not change."""
    import numpy as np

    height, width = old.shape
    y, x = np.mgrid[0:height, 0:width]
    x, y = x / width - 0.5, y / height - 0.5
    terms = np.stack([np.ones_like(x), x, y, x * y, x * x, y * y], axis=-1)
    brighter = np.log((old + 8) / (new + 8))
    usable = mask & (old > 12) & (old < 243) & (new > 12) & (new < 243)
    rows, values = terms[usable][::7], brighter[usable][::7]
    if len(rows) < 100:
        return new
    weights = np.ones(len(rows))
    fit = np.zeros(terms.shape[-1])
    for _ in range(5):  # reweighted: what changed pulls less each time
        fit, *_rest = np.linalg.lstsq(rows * weights[:, None], values * weights, rcond=None)
        miss = np.abs(values - rows @ fit)
        weights = 1 / (1 + (miss / max(float(np.median(miss)), 1e-3)) ** 2)
    return np.clip((new + 8) * np.exp(np.clip(terms @ fit, -1.5, 1.5)) - 8, 0, 255).astype(np.float32)
