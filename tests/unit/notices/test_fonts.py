from __future__ import annotations

import json
from pathlib import Path

import pytest

from inspector.errors import FontsMissing, InvalidInput
from inspector.notices import fonts, kinsoku
from inspector.notices.fonts import Fonts

NO_FONT_HAS = "\U000f0000"
"""A private-use character."""


def roles(faces: Fonts, value: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.face.role) for piece in faces.dress(value)]


def test_an_ordinary_value_is_set_in_fangsong(bundled: Fonts) -> None:
    assert roles(bundled, "示例甲仓储有限公司（二期）A-3幢") == [("示例甲仓储有限公司（二期）A-3幢", "body")]


@pytest.mark.parametrize("value", ["张喆", "李䶮", "王䶮喆", "赵𬭎", "陈堃玥"])
def test_one_rare_character_moves_the_whole_name_to_the_next_face(bundled: Fonts, value: str) -> None:
    assert roles(bundled, value) == [(value, "body_fallback")]


def test_a_name_is_mixed_only_where_no_face_has_all_of_it(bundled: Fonts) -> None:
    only_hanazono = next(
        chr(point)
        for point in range(0x20000, 0x2A6D6)
        if [face.role for face in bundled.chain("body") if face.has(chr(point))] == ["rare_b"]
    )
    assert roles(bundled, f"张{only_hanazono}") == [("张", "body_fallback"), (only_hanazono, "rare_b")]
    assert bundled.missing(f"张{only_hanazono}") == ()


def test_a_character_no_face_has_is_told_once(bundled: Fonts) -> None:
    assert bundled.missing(f"甲{NO_FONT_HAS}乙{NO_FONT_HAS}\n丙") == (NO_FONT_HAS,)
    with pytest.raises(ValueError, match="U\\+F0000"):
        bundled.dress(f"甲{NO_FONT_HAS}")


def test_narrow_marks_are_half_as_wide_and_nothing_else_is(bundled: Fonts) -> None:
    face = bundled.chain("body")[0]
    for mark in sorted(kinsoku.HALVED):
        assert face.advance(mark, is_narrow=True) == pytest.approx(face.advance(mark) / 2)
    for character in "安全2A.—…":
        assert face.advance(character, is_narrow=True) == face.advance(character)


def test_the_bureaus_own_font_goes_first(bundled: Fonts) -> None:
    kai = fonts.FOLDER / "FandolKai.ttf"
    faces = fonts.load(own={"body": kai})
    assert roles(faces, "安全生产") == [("安全生产", "own-body")]
    assert roles(faces, "李䶮") == [("李䶮", "body_fallback")]
    assert roles(bundled, "安全生产") == [("安全生产", "body")], "and stays out of other documents"


def test_a_file_that_is_no_truetype_font_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "own.ttf"
    file.write_bytes(b"no font at all")
    with pytest.raises(InvalidInput) as caught:
        fonts.load(own={"body": file}).dress("安全")
    assert caught.value.facts == {"field": "font.body", "reason": "not_truetype"}


def test_missing_files_are_told_with_their_folder(tmp_path: Path) -> None:
    with pytest.raises(FontsMissing) as caught:
        fonts.load(tmp_path).chain("body")
    assert caught.value.facts == {"folder": str(tmp_path)}
    listing = {"faces": {"body": {"file": "gone.ttf"}}}
    (tmp_path / "fonts.json").write_text(json.dumps(listing), encoding="utf-8")
    with pytest.raises(FontsMissing):
        fonts.load(tmp_path / ".").dress("安全")


def test_a_face_that_let_its_file_go_makes_the_same_subsets(bundled: Fonts) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    face = bundled.chain("body")[1]
    whole = TTFont("whole", str(face.path), asciiReadable=False, shapable=False)
    ours = face._font.face
    letters = [0, *map(ord, "安全éÅ①Ａ䶮")]
    assert ours.makeSubset(letters) == whole.face.makeSubset(letters)
    assert isinstance(whole.face._ttf_data, bytes)
    assert not isinstance(ours._ttf_data, bytes)


def test_the_sign_of_the_yuan_is_no_dollar(bundled: Fonts) -> None:
    """FandolFang draws ￥ (U+FFE5) as a dollar sign; a value with it is set in the next face as a whole."""
    (piece,) = bundled.dress("罚款￥200")
    assert piece.face.role == "body_fallback"
    (piece,) = bundled.dress("罚款¥200")
    assert piece.face.role == "body"
