"""RedactSource: what is redacted, a photo or an issued notice: its pages as pictures, suggestions, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QImage

from inspector.app import App
from inspector.domain.changes import Changes
from inspector.domain.evidence import Evidence
from inspector.domain.redaction import RedactBox

PHOTO_EDGE = 3200
"""Longest edge of the photo that is shown, px; the copy is made in full size."""
PAGE_WIDTH = 1654
"""Width of a page as the copy is made: 200 dpi of A4 (inspector.notices.private)."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a picture, and how many pixels the copy of it will have."""

    image: QImage
    pixels: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Opened:
    """What is known once the source was opened."""

    pages: int
    suggested: tuple[RedactBox, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactSource:
    """All that the dialog needs; the three calls run on a work thread."""

    name: str
    is_notice: bool
    open: Callable[[], Opened]
    page: Callable[[int], Page]
    make: Callable[[Sequence[RedactBox]], Changes]


def of_photo(services: App, one: Evidence) -> RedactSource:
    """A photo or a still."""
    original = one.original

    def page(_number: int) -> Page:
        image = QImage.fromData(services.evidence.preview(original.sha256, PHOTO_EDGE))
        return Page(image, (original.width or image.width(), original.height or image.height()))

    return RedactSource(
        name=original.name,
        is_notice=False,
        open=lambda: Opened(1, ()),
        page=page,
        make=partial(services.redaction.photo, one.id),
    )


def of_notice(services: App, notice_id: str, number: str) -> RedactSource:
    """An issued notice, page by page, with what its text gives away."""

    def opened() -> Opened:
        return Opened(services.notices.get(notice_id).pages, services.redaction.suggest(notice_id))

    def page(number: int) -> Page:
        drawn = services.notices.page_image(services.notices.pdf(notice_id), number, PAGE_WIDTH)
        image = QImage(drawn.rgb, drawn.width, drawn.height, drawn.width * 3, QImage.Format.Format_RGB888)
        return Page(image.copy(), (drawn.width, drawn.height))

    return RedactSource(
        name=number,
        is_notice=True,
        open=opened,
        page=page,
        make=partial(services.redaction.notice, notice_id),
    )
