"""The fonts are those the list names; a conversion gives the same bytes every time; a wrong source is told."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
ROLES = {
    "ui", "ui_bold", "body", "kai", "hei", "song_bold", "title", "body_fallback", "hei_fallback", "rare_a", "rare_b",
}  # fmt: skip
SAMPLE = {ord(char) for char in "责令限期整改指令书〔2026〕1号，。"}


@pytest.fixture(scope="module")
def conversion() -> ModuleType:
    spec = importlib.util.spec_from_file_location("convert_fonts", ROOT / "packaging" / "convert_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["convert_fonts"] = module
    spec.loader.exec_module(module)
    return module


def test_every_role_has_its_font_with_the_digest_of_the_list(conversion: ModuleType) -> None:
    listing = conversion.load_list()
    assert set(listing["faces"]) == ROLES
    assert conversion.missing(listing) == []
    assert conversion.is_complete(listing)


def test_a_conversion_gives_the_same_bytes_twice(
    conversion: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = conversion.checked_source(conversion.load_list()["faces"]["body"])
    monkeypatch.setattr(conversion, "wanted_codepoints", lambda covered, *, is_large: covered & SAMPLE)
    for name in ("one.ttf", "two.ttf"):
        conversion.convert(source, 0, tmp_path / name, is_large=False)
    assert (tmp_path / "one.ttf").read_bytes() == (tmp_path / "two.ttf").read_bytes()
    with TTFont(tmp_path / "one.ttf") as made:
        assert set(made.getBestCmap()) == SAMPLE
        assert made["glyf"][made.getBestCmap()[ord("责")]].numberOfContours > 3
        assert "CFF " not in made


def test_another_source_is_told_with_both_digests(
    conversion: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = conversion.load_list()["faces"]["rare_a"]
    other = tmp_path / face["package"] / face["source"]["path"]
    other.parent.mkdir(parents=True)
    other.write_bytes(b"not this font")
    monkeypatch.setattr(conversion, "CACHE", tmp_path)
    installed = Path("/") / face["source"]["path"]
    if installed.is_file() and conversion.digest(installed) == face["source"]["sha256"]:
        assert conversion.checked_source(face) == installed
        return
    with pytest.raises(SystemExit, match="expected sha256") as told:
        conversion.checked_source(face)
    assert face["source"]["sha256"] in str(told.value)


def test_the_rare_characters_of_names_are_drawn_by_some_font(conversion: ModuleType) -> None:
    """喆 and 䶮 are common in names and absent from FandolFang; 𠅤 is beyond the BMP."""
    fonts = conversion.load_list()["faces"]
    with TTFont(conversion.FONTS / fonts["body_fallback"]["file"], lazy=True) as fallback:
        assert {char for char in "喆䶮堃镕㙍𬭎" if ord(char) not in fallback.getBestCmap()} == set()
    with TTFont(conversion.FONTS / fonts["rare_b"]["file"], lazy=True) as rarest:
        assert ord("𠅤") in rarest.getBestCmap()
