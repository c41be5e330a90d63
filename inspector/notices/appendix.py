"""照片附页: two photos a page, each with its caption, signed like the other pages."""

from __future__ import annotations

from itertools import islice

from inspector.notices import layout
from inspector.notices.document import PrintedPhoto
from inspector.notices.layout import LEFT, NEXT_TOP, WIDTH, Block, Page, Picture, Set
from inspector.notices.text import Align
from inspector.notices.typeset import Typesetter
from inspector.notices.wording import Fragment, ordinals

PHOTOS_A_PAGE = 2
CAPTION_PITCH = 16.0
GAP = 8.0


def pages_of(setter: Typesetter) -> list[Page]:
    """Return the pages of the photo appendix; none without photos."""
    photos = iter(setter.document.photos)
    pages: list[Page] = []
    while pair := tuple(islice(photos, PHOTOS_A_PAGE)):
        page = Page()
        signatures = setter.compact_signatures()
        end = layout.BOTTOM - signatures.height
        room = (end - NEXT_TOP - GAP) / PHOTOS_A_PAGE
        for index, photo in enumerate(pair):
            page.put(LEFT, NEXT_TOP + GAP + room * index, _photo(setter, photo, room - GAP))
        page.put(LEFT, end, signatures)
        pages.append(page)
    return pages


def _photo(setter: Typesetter, photo: PrintedPhoto, height: float) -> Block:
    """A photo with its caption close under it; the caption takes what it needs, the photo the rest."""
    texts = [setter.text(line, pitch=CAPTION_PITCH, align=Align.LEFT) for line in _caption(setter, photo)]
    needed = sum(text.height(WIDTH) for text in texts)
    marks: list[layout.Mark] = [Picture(0, 0, WIDTH, height - needed - GAP, photo.jpeg)]
    y = height - needed - GAP / 2
    for text in texts:
        marks.append(Set(0, y, WIDTH, text))
        y += text.height(WIDTH)
    return Block(height, tuple(marks))


def _caption(setter: Typesetter, photo: PrintedPhoto) -> list[list[Fragment]]:
    blank = Fragment("　")
    first = [*setter.say("photo", ordinal=f"{photo.ordinal}")]
    if photo.marks:
        first += [blank, *setter.say("photo_marked")]
    if photo.hazard_ordinals:
        first += [blank, *setter.say("photo_hazards", ordinals=ordinals(photo.hazard_ordinals))]
    first += [blank, *setter.say("photo_taken", taken=photo.taken_text)]
    lines = [first]
    if photo.place:
        lines.append([*setter.say("photo_place", place=photo.place)])
    if photo.caption:
        lines.append([*setter.say("photo_caption", caption=photo.caption)])
    if photo.clip is not None:
        lines.append([*setter.say("photo_still", at=photo.clip.at, digest=photo.clip.sha256[:8])])
    return [*lines, [*setter.say("photo_digest", digest=photo.sha256[:16])]]
