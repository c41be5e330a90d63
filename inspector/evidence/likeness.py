"""Tells whether two photos are one picture: a fingerprint finds candidates, geometry and pixels confirm one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Final

from inspector import mainthread
from inspector.errors import EvidenceRefused

if TYPE_CHECKING:
    import numpy as np
    from cv2.typing import MatLike
    from numpy.typing import NDArray

VERSION: Final = 1
"""Of the fingerprint's making: another one is made afresh, they can't be compared."""
TRIMS: Final = (0.0, 0.05)
"""What is cut off each side before a picture is hashed: whoever crops one, crops the same hash out of it."""
HASHES: Final = len(TRIMS) ** 4
SIZE: Final = HASHES * 8
"""Bytes of a fingerprint: one 64-bit hash for every way to trim the four sides, the untrimmed picture first."""
NEAR: Final = 10
"""Bits of 64 in which two hashes of one picture may differ (product.md §6-7; measured in the tests of this module)."""
EDGE: Final = 640
"""Long edge at which two pictures are compared pixel by pixel."""
_HASH_EDGE: Final = 32
_KEPT: Final = 8
_PATCH: Final = 16
_PATCH_SPREAD: Final = 4.0
_PATCHES: Final = 6
"""So many patches of 16 pixels must vary by more than 4 grey levels: a bare wall, a black or a foggy picture shows
nothing that could be told from another, its bytes alone can."""
_INLIERS: Final = 12
"""Features that must agree on one shift and scale; unrelated pictures reach 8 (product.md §6-6)."""
_SCALES: Final = (0.8, 1.25)
"""Two previews of one picture differ by a crop of 10 % at most: the scale stays near one, and nothing turns."""
_SKEW: Final = 0.02
_BLOCK: Final = 24
_TEXTURED: Final = 6.0
"""Grey levels of a block's standard deviation after smoothing; less is compression noise and tells nothing."""
_LEAST_BLOCKS: Final = 24
_LIKE: Final = 0.6
"""Correlation of a block: saved at quality 50 in half the size and cropped, the worst block of 12 pictures had 0.79;
of two copies of one form with other words, or of two visits, the worst had 0.42 at most."""
_SHARE: Final = 0.998
"""All blocks must correlate, but for one in five hundred."""


@dataclass(frozen=True, slots=True)
class Resemblance:
    """How alike two pictures are: `inliers` features on one shift and scale, `share` 0..1 of the blocks that agree."""

    is_same: bool
    inliers: int
    share: float


def fingerprint(jpeg: bytes) -> bytes:
    """Return SIZE bytes for a preview of 320 pixels; b"" for a picture too plain to be told from others.

    Same preview, same bytes. Raises EvidenceRefused(reason="undecodable").
    """
    mainthread.refuse("decode")
    import cv2
    import numpy as np

    grey = _grey(jpeg)
    if min(grey.shape) < _HASH_EDGE or _is_plain(grey):
        return b""
    height, width = grey.shape
    bits: list[NDArray[np.bool_]] = []
    for left, right, top, bottom in product(TRIMS, repeat=4):
        part = grey[
            round(top * height) : height - round(bottom * height), round(left * width) : width - round(right * width)
        ]
        small = cv2.resize(part, (_HASH_EDGE, _HASH_EDGE), interpolation=cv2.INTER_AREA).astype(np.float32)
        low = cv2.dct(small)[:_KEPT, :_KEPT].ravel()
        bits.append(low > np.median(low[1:]))
    return np.packbits(np.concatenate(bits)).tobytes()


def _is_plain(grey: MatLike) -> bool:
    import cv2
    import numpy as np

    rows, columns = (length // _PATCH * _PATCH for length in grey.shape)
    soft = cv2.GaussianBlur(grey, (0, 0), 1.0)[:rows, :columns].astype(np.float32)
    patches = soft.reshape(rows // _PATCH, _PATCH, columns // _PATCH, _PATCH)
    return int((patches.std(axis=(1, 3)) > _PATCH_SPREAD).sum()) < _PATCHES


class Shelf:
    """Fingerprints in one array, to find the near ones of many thousands at once."""

    def __init__(self) -> None:
        import numpy as np

        self._hashes = np.zeros((HASHES, 1024), np.uint64)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, prints: list[bytes]) -> None:
        """Put fingerprints of SIZE bytes behind the others, in their order."""
        import numpy as np

        if not prints:
            return
        more = np.frombuffer(b"".join(prints), np.uint64).reshape(-1, HASHES).T
        needed = self._count + more.shape[1]
        if needed > self._hashes.shape[1]:
            room = np.zeros((HASHES, max(needed, 2 * self._hashes.shape[1])), np.uint64)
            room[:, : self._count] = self._hashes[:, : self._count]
            self._hashes = room
        self._hashes[:, self._count : needed] = more
        self._count = needed

    def near(self, print_: bytes, most: int = NEAR) -> list[int]:
        """Return the places of fingerprints of which one trimmed hash is near the other's whole one, nearest first."""
        import numpy as np

        mine = np.frombuffer(print_, np.uint64)
        theirs = self._hashes[:, : self._count]
        best = np.bitwise_count(theirs[0] ^ mine[0])
        for n in range(1, HASHES):
            np.minimum(best, np.bitwise_count(theirs[n] ^ mine[0]), out=best)
            np.minimum(best, np.bitwise_count(theirs[0] ^ mine[n]), out=best)
        places = np.flatnonzero(best <= most)
        return [int(one) for one in places[np.argsort(best[places], kind="stable")]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture made ready to be compared with others: grey pixels and what stands out in them."""

    grey: MatLike
    points: NDArray[np.float32]
    marks: MatLike | None


def see(jpeg: bytes) -> Seen:
    """Make a JPEG preview ready; the costly half of a comparison. Raises EvidenceRefused(reason="undecodable")."""
    mainthread.refuse("decode")
    import cv2
    import numpy as np

    grey = _small(_grey(jpeg))
    sift = cv2.SIFT_create(nfeatures=600, contrastThreshold=0.02)  # pyright: ignore[reportAttributeAccessIssue]
    points, marks = sift.detectAndCompute(grey, None)
    return Seen(grey, np.array([point.pt for point in points], np.float32).reshape(-1, 2), marks)


def compare(one: Seen, other: Seen) -> Resemblance:
    """Compare two pictures: is one the other, saved again, made smaller or cropped a little?

    Two photos of one place are not the same picture: hand-held cameras never stand twice in one spot, and pixels
    show it.
    """
    import numpy as np

    matrix, inliers = _shift(one, other)
    if matrix is None:
        return Resemblance(is_same=False, inliers=inliers, share=0.0)
    share = _agreement(one.grey, other.grey, matrix.astype(np.float64))
    return Resemblance(is_same=share >= _SHARE, inliers=inliers, share=share)


def _grey(jpeg: bytes) -> MatLike:
    import cv2
    import numpy as np

    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE) if jpeg else None
    if grey is None:
        raise EvidenceRefused(name="", reason="undecodable")
    return grey


def _small(grey: MatLike) -> MatLike:
    """Return it at EDGE; a smaller one stays as it is, for what is made larger holds nothing new."""
    import cv2

    scale = EDGE / max(grey.shape)
    return grey if scale >= 1 else cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)


def _shift(one: Seen, other: Seen) -> tuple[MatLike | None, int]:
    """Return the matrix that carries `one` onto `other` and how many features say so; None: no near-identity."""
    import cv2

    if one.marks is None or other.marks is None or min(len(one.marks), len(other.marks)) < _INLIERS:
        return None, 0
    pairs = cv2.BFMatcher(cv2.NORM_L2, crossCheck=True).match(one.marks, other.marks)
    if len(pairs) < _INLIERS:
        return None, 0
    here = one.points[[each.queryIdx for each in pairs]]
    there = other.points[[each.trainIdx for each in pairs]]
    cv2.setRNGSeed(1)  # the same pair gets the same answer each time
    matrix, mask = cv2.estimateAffine2D(here, there, method=cv2.RANSAC, ransacReprojThreshold=2.0, confidence=0.999)
    inliers = 0 if mask is None else int(mask.sum())
    ratio = max(other.grey.shape) / max(one.grey.shape)
    return (
        matrix if matrix is not None and inliers >= _INLIERS and _is_near_identity(matrix, ratio) else None
    ), inliers


def _is_near_identity(matrix: MatLike, ratio: float) -> bool:
    """Whether nothing turns and the scale is that of the two sizes, but for a small crop."""
    (across, skew_x, _), (skew_y, down, _) = matrix / ratio
    least, most = _SCALES
    return max(abs(skew_x), abs(skew_y)) <= _SKEW and least <= across <= most and least <= down <= most


def _agreement(first: MatLike, second: MatLike, matrix: MatLike) -> float:
    """Return the share of textured blocks that correlate once the first lies on the second."""
    import cv2
    import numpy as np

    if max(first.shape) < max(second.shape):
        first, second, matrix = second, first, cv2.invertAffineTransform(matrix)
    shrink = min(1.0, float(matrix[0, 0]))  # smoothly, before the fine shift: a plain warp would alias
    if shrink < 0.95:
        first = cv2.resize(first, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        matrix = matrix @ np.diag([1 / shrink, 1 / shrink, 1.0])
    height, width = second.shape
    laid = cv2.warpAffine(first, matrix, (width, height), flags=cv2.INTER_LINEAR)
    known = cv2.warpAffine(np.full(first.shape, 255, np.uint8), matrix, (width, height)) > 250
    a, b = (cv2.GaussianBlur(each, (0, 0), 1.5).astype(np.float32) for each in (laid, second))
    agreeing = textured = 0
    for y in range(0, height - _BLOCK + 1, _BLOCK):
        for x in range(0, width - _BLOCK + 1, _BLOCK):
            here = np.s_[y : y + _BLOCK, x : x + _BLOCK]
            if not known[here].all():
                continue
            one, other = a[here] - a[here].mean(), b[here] - b[here].mean()
            spread = (float(one.std()), float(other.std()))
            if max(spread) < _TEXTURED:
                continue
            textured += 1
            agreeing += float((one * other).mean()) >= _LIKE * max(spread) ** 2
    return agreeing / textured if textured >= _LEAST_BLOCKS else 0.0
