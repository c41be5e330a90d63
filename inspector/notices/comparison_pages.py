"""照片对比附页: earlier and later photo of each re-checked hazard side by side, signed like the other pages."""

from __future__ import annotations

from inspector.notices import layout
from inspector.notices.document import PrintedPair, PrintedPhoto
from inspector.notices.layout import LEFT, NEXT_TOP, WIDTH, Block, Mark, Page, Picture, Set
from inspector.notices.text import Align, Text
from inspector.notices.typeset import Typesetter
from inspector.notices.wording import Fragment

PAIRS_A_PAGE = 2
CAPTION_PITCH = 14.0
CAPTION_SIZE = 9.0
GAP = 8.0
BETWEEN = 12.0
"""Points between the two photos of a pair."""
HALF = (WIDTH - BETWEEN) / 2


def pages_of(setter: Typesetter) -> list[Page]:
    """Return the pages of the comparisons; none without pairs. The first says what photos can't decide."""
    recheck = setter.document.recheck
    pairs = list(recheck.pairs) if recheck is not None else []
    pages: list[Page] = []
    while pairs:
        page = Page()
        signatures = setter.compact_signatures()
        end = layout.BOTTOM - signatures.height
        top = NEXT_TOP + GAP
        if not pages:
            note = setter.text(setter.say("comparison_note"), size=CAPTION_SIZE, pitch=CAPTION_PITCH, align=Align.LEFT)
            page.put(LEFT, top, note)
            top += note.height(WIDTH) + GAP
        room = (end - top) / PAIRS_A_PAGE
        taken, pairs = pairs[:PAIRS_A_PAGE], pairs[PAIRS_A_PAGE:]
        for index, pair in enumerate(taken):
            page.put(LEFT, top + room * index, _pair(setter, pair, room - GAP))
        page.put(LEFT, end, signatures)
        pages.append(page)
    return pages


def _pair(setter: Typesetter, pair: PrintedPair, height: float) -> Block:
    """A title, both photos in equal boxes, their captions under them."""
    title = setter.say("pair_title", ordinal=f"{pair.ordinal}", hazard=f"{pair.hazard_ordinal}")
    head = setter.text(title, pitch=18.0, align=Align.LEFT)
    after = "pair_after" if pair.is_settled else "pair_after_open"
    order = setter.say("pair_order", number=pair.order_number) if pair.order_number else ()
    columns = (
        _captions(setter, "pair_before", pair.before, order),
        _captions(setter, after, pair.after, ()),
    )
    lines = max(sum(len(text.lines(HALF)) for text in texts) for texts in columns)
    room = height - 18.0 - lines * CAPTION_PITCH
    marks: list[Mark] = [Set(0, 0, WIDTH, head)]
    for x, photo, texts in ((0.0, pair.before, columns[0]), (HALF + BETWEEN, pair.after, columns[1])):
        if photo is not None:
            marks.append(Picture(x, 18.0, HALF, room - GAP / 2, photo.jpeg))
        y = 18.0 + room
        for text in texts:
            marks.append(Set(x, y, HALF, text))
            y += len(text.lines(HALF)) * CAPTION_PITCH
    return Block(height, tuple(marks))


def _captions(
    setter: Typesetter, name: str, photo: PrintedPhoto | None, order: tuple[Fragment, ...]
) -> tuple[Text, ...]:
    blank = Fragment("　")
    first = [*setter.say(name)]
    if photo is None:
        return (_small(setter, [*first, *setter.say("pair_missing")]),)
    if photo.marks:
        first += [blank, *setter.say("photo_marked")]
    lines = [[*first, blank, *order] if order else first]
    lines.append([*setter.say("pair_taken", taken=photo.taken_text)])
    if photo.clip is not None:
        lines.append([*setter.say("photo_still", at=photo.clip.at, digest=photo.clip.sha256[:8])])
    lines.append([*setter.say("pair_digest", digest=photo.sha256[:16])])
    return tuple(_small(setter, line) for line in lines)


def _small(setter: Typesetter, fragments: list[Fragment]) -> Text:
    return setter.text(fragments, size=CAPTION_SIZE, pitch=CAPTION_PITCH, align=Align.LEFT)
