"""Reads the clapper's codes out of pictures: a quick look at a small one, a careful one at the place in the large."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from inspector.errors import EvidenceRefused
from inspector.evidence import clapper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Corners = NDArray[np.float32]

SMALL: Final = 960
"""Long edge of the quick look. On drawn 1080p frames (JPEG 55, blur, noise, glare, tilt) it saw 83 % of codes of 4
pixels a module and all of 5 and more; a look at the whole frame takes ten times as long."""
_MARGIN: Final = 0.35
"""Of a found code's size, left around it: the found corners are rough."""
_EDGE: Final = 480
"""Long edge to which a found code is enlarged before it is read: some 9 pixels a module. So 83 % of codes of 4 pixels
a module were read, against 12 to 58 % in place."""


def grey_of(jpeg: bytes) -> Grey:
    """Return the grey pixels of a preview. Raises EvidenceRefused(undecodable)."""
    import cv2
    import numpy as np

    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE) if jpeg else None
    if grey is None:
        raise EvidenceRefused(name="", reason="undecodable")
    return grey  # pyright: ignore[reportReturnType]


def glimpse(small: Grey) -> list[Corners]:
    """Return where a picture of a long edge of about SMALL seems to hold QR codes. Some 10 ms."""
    import cv2

    detector: Any = cv2.QRCodeDetectorAruco()  # OpenCV's own types leave the results open
    is_found, corners = detector.detectMulti(small)
    return list(corners) if is_found else []


def read_at(grey: Grey, places: list[Corners]) -> tuple[clapper.Told, ...]:
    """Return what the clapper's codes at these places say; codes of other makers are passed over."""
    found: dict[str, clapper.Told] = {}
    for corners in places:
        text = _text(_enlarged(grey, corners))
        told = clapper.read(text)
        if told is not None:
            found[text] = told
    return tuple(found.values())


def read(grey: Grey) -> tuple[clapper.Told, ...]:
    """Return what the clapper's codes in a picture of any size say, looking for them in a small one."""
    import cv2

    shrunk = min(1.0, SMALL / max(grey.shape))
    small: Any = cv2.resize(grey, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA) if shrunk < 1 else grey
    return read_at(grey, [corners / shrunk for corners in glimpse(small)])


def read_whole(grey: Grey) -> tuple[clapper.Told, ...]:
    """Return what the codes say that are found in the whole picture: smaller ones than `read` finds, 0.1 s at 1080p."""
    return read_at(grey, glimpse(grey))


def read_slowly(grey: Grey) -> tuple[clapper.Told, ...]:
    """Return what `read` finds, else what `read_whole` does."""
    return read(grey) or read_whole(grey)


def _enlarged(grey: Grey, corners: Corners) -> Grey:
    import cv2
    import numpy as np

    low, high = corners.min(axis=0), corners.max(axis=0)
    margin = _MARGIN * float(max(high - low))
    height, width = grey.shape
    left, top = (int(max(0, each - margin)) for each in low)
    right, bottom = (int(min(most, each + margin)) for each, most in zip(high, (width, height), strict=True))
    part = np.ascontiguousarray(grey[top:bottom, left:right])
    if not part.size:
        return part
    scale = _EDGE / max(part.shape)
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    return cv2.resize(part, None, fx=scale, fy=scale, interpolation=way)  # pyright: ignore[reportReturnType]


def _text(part: Grey) -> str:
    """Two readers: each reads some codes that the other doesn't."""
    import cv2

    if not part.size:
        return ""
    makers: tuple[Any, ...] = (cv2.QRCodeDetector, cv2.QRCodeDetectorAruco)
    for maker in makers:
        try:
            text = maker().detectAndDecode(part)[0]
        except cv2.error:  # asserts inside OpenCV on odd shapes: nothing was read
            continue
        if text:
            return str(text)
    return ""
