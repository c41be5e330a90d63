"""Marks: what is stored comes back, what is not ours is refused, what is drawn stands where it was put."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspector.errors import EvidenceRefused, InvalidInput
from inspector.evidence import marks
from inspector.evidence.mark_drawing import draw, unknown_characters
from inspector.evidence.marks import Arrow, Box, Circle, Color, Mark, Text, Weight

shares = st.floats(0, 1)
looks: dict[str, Any] = {"color": st.sampled_from(Color), "weight": st.sampled_from(Weight)}
letters = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"))
texts = st.text(letters, min_size=1, max_size=200).filter(lambda text: bool(text.strip()))
spans = {"x0": st.floats(0, 0.4), "y0": st.floats(0, 0.4), "x1": st.floats(0.5, 1), "y1": st.floats(0.5, 1)}
one_mark = st.one_of(
    st.builds(Text, x=shares, y=shares, text=texts, **looks),
    *(st.builds(kind, **spans, **looks) for kind in (Box, Circle, Arrow)),
)


def grey(size: tuple[int, int] = (400, 300)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (128, 128, 128)).save(out, "JPEG", quality=95)
    return out.getvalue()


def drawn(*wanted: Mark, size: tuple[int, int] = (400, 300)) -> Image.Image:
    return Image.open(io.BytesIO(draw(grey(size), wanted))).convert("RGB")


def is_changed(image: Image.Image, x: int, y: int) -> bool:
    color = image.getpixel((x, y))
    return isinstance(color, tuple) and max(abs(part - 128) for part in color) > 60


@given(st.lists(one_mark, max_size=6))
def test_what_is_written_is_read_back(wanted: list[Mark]) -> None:
    stored = marks.write(wanted)
    told = marks.read(stored)
    assert marks.write(told) == stored
    assert [type(mark) for mark in told] == [type(mark) for mark in wanted]


def test_no_marks_are_the_empty_list_of_the_column() -> None:
    assert marks.write([]) == marks.NONE == "[]"
    assert marks.read("[]") == ()


def test_corners_are_put_in_order_but_an_arrow_keeps_its_tip() -> None:
    turned: dict[str, Any] = {"x0": 0.9, "y0": 0.8, "x1": 0.1, "y1": 0.2}
    box, arrow = marks.read(marks.write([Box(**turned), Arrow(**turned)]))
    assert isinstance(box, Box)
    assert isinstance(arrow, Arrow)
    assert (box.x0, box.y0, box.x1, box.y1) == (0.1, 0.2, 0.9, 0.8)
    assert (arrow.x0, arrow.x1) == (0.9, 0.1)


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ("", "malformed"),
        ("{}", "malformed"),
        ('{"version":1,"marks":[{"shape":"spiral","x0":0,"y0":0,"x1":1,"y1":1}]}', "malformed"),
        ('{"version":1,"marks":[{"shape":"box","x0":0,"y0":0,"x1":1.5,"y1":1}]}', "malformed"),
        ('{"version":1,"marks":[{"shape":"box","x0":0,"y0":0,"x1":1,"y1":1,"fill":"red"}]}', "malformed"),
        ('{"version":1,"marks":[{"shape":"box","x0":0,"y0":0,"x1":1,"y1":1,"color":"pink"}]}', "malformed"),
        ('{"version":1,"marks":[{"shape":"text","x":0,"y":0,"text":""}]}', "malformed"),
        ('{"version":1,"marks":[{"shape":"text","x":0,"y":0,"text":"' + "长" * 201 + '"}]}', "malformed"),
        ('{"version":2,"marks":[{"shape":"spiral"}]}', "newer"),
        ('{"version":2,"marks":[]}', "newer"),
        ('{"version":0,"marks":[]}', "malformed"),
    ],
)
def test_what_is_not_ours_is_refused(stored: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        marks.read(stored)
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == ("marks", reason)


def test_a_box_stands_where_it_was_put() -> None:
    image = drawn(Box(x0=0.25, y0=0.25, x1=0.75, y1=0.75, weight=Weight.THICK))
    assert all(is_changed(image, x, y) for x, y in ((100, 150), (300, 150), (200, 75), (200, 225)))
    assert not any(is_changed(image, x, y) for x, y in ((200, 150), (50, 150), (350, 280)))


def test_a_circle_touches_its_rectangle() -> None:
    image = drawn(Circle(x0=0.25, y0=0.25, x1=0.75, y1=0.75, weight=Weight.THICK))
    assert all(is_changed(image, x, y) for x, y in ((100, 150), (300, 150), (200, 75), (200, 225)))
    assert not any(is_changed(image, x, y) for x, y in ((104, 80), (296, 220), (200, 150)))


def test_an_arrow_points_at_its_tip() -> None:
    image = drawn(Arrow(x0=0.1, y0=0.5, x1=0.9, y1=0.5, weight=Weight.THICK))
    line = range(400)
    changed = [x for x in line if is_changed(image, x, 150)]
    assert (min(changed), max(changed)) == (pytest.approx(40, abs=5), pytest.approx(359, abs=6))
    head = [y for y in range(300) if is_changed(image, 345, y)]
    shaft = [y for y in range(300) if is_changed(image, 200, y)]
    assert len(head) > len(shaft) + 3


def test_ink_and_casing_stay_apart_on_grey_paper() -> None:
    def light(color: str) -> float:
        parts = [int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for pair in marks.INK.values():
        low, high = sorted(light(color) for color in pair)
        assert (high + 0.05) / (low + 0.05) >= 5


@given(texts, shares, shares, st.sampled_from(Weight), st.sampled_from([(1600, 1200), (900, 1600), (4000, 500)]))
def test_a_text_stays_on_the_picture(text: str, x: float, y: float, weight: Weight, size: tuple[int, int]) -> None:
    place = marks.place_text(Text(x=x, y=y, text=text, weight=weight), *size)
    assert "".join(place.lines).replace(" ", "") == "".join(text.split()) or any(char.isspace() for char in text)
    assert place.x >= 0
    assert place.x + place.width <= size[0]
    assert place.y >= 0


def test_a_long_text_at_the_edge_is_broken_and_seen_whole() -> None:
    text = "消火栓被货物遮挡，栓口无水，压力表为零，责任人在场" * 4
    place = marks.place_text(Text(x=0.95, y=0.95, text=text), 1600, 1200)
    assert "".join(place.lines) == text
    assert len(place.lines) > 1
    assert place.y + place.height <= 1200


def test_the_size_stays_and_broken_bytes_are_refused() -> None:
    assert drawn(Text(x=0.5, y=0.5, text="出口")).size == (400, 300)
    assert drawn(Text(x=0.5, y=0.5, text="出口"), size=(3, 2)).size == (3, 2)
    for broken in (b"", b"no picture"):
        with pytest.raises(EvidenceRefused):
            draw(broken, [Box(x0=0, y0=0, x1=1, y1=1)])


def test_same_marks_same_bytes() -> None:
    wanted = [Text(x=0.5, y=0.5, text="出口"), Circle(x0=0.1, y0=0.1, x1=0.3, y1=0.9, color=Color.YELLOW)]
    assert draw(grey(), wanted) == draw(grey(), wanted)


def test_characters_that_no_font_has_are_named() -> None:
    assert unknown_characters("一号库 Exit é㐀 笑\U0001f600\U0001f600") == "\U0001f600"
