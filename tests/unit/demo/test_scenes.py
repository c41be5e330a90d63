"""The drawn photos stand in for a camera: they must look like one to everything that reads them."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from inspector.clock import CHINA
from inspector.demo import props, scenes
from inspector.domain.evidence import EvidenceKind, Original, TimeSource
from inspector.evidence.intake import take_in
from inspector.evidence.photo import BLURRED_BELOW, render_preview, sharpness

TAKEN = [datetime(2026, 11, 20, 9, 5, 1, tzinfo=CHINA) + timedelta(minutes=5 * n) for n in range(13)]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scenes, "LONG", 480)
    monkeypatch.setattr(scenes, "SHORT", 360)


def look(path: Path) -> Original:
    return take_in(path, lambda _n, _chunk: None)


@pytest.mark.usefixtures("small")
def test_every_scene_is_a_photo_of_its_own(tmp_path: Path) -> None:
    paths = scenes.draw_scenes(tmp_path / "card", TAKEN)
    assert [path.name for path in paths] == [f"DEMO_{n:04}.JPG" for n in range(1, 14)]
    told = [look(path) for path in paths]
    assert [at.replace(microsecond=0) for one in told if (at := one.taken_at)] == TAKEN
    assert len({original.sha256 for original in told}) == 13
    assert len({(original.latitude, original.longitude) for original in told}) == 13
    assert [original.orientation for original in told] == [n % 8 + 1 for n in range(13)]
    for n, original in enumerate(told):
        assert (original.kind, original.remark, original.camera) == (EvidenceKind.PHOTO, "", "DEMO CAM-12")
        assert (original.width, original.height) == ((480, 360) if original.orientation < 5 else (360, 480))
        assert original.time_source is (TimeSource.EXIF_OFFSET if n % 2 else TimeSource.EXIF_LOCAL)


@pytest.mark.usefixtures("small")
def test_previews_show_what_was_drawn(tmp_path: Path) -> None:
    for n, path in enumerate(scenes.draw_scenes(tmp_path, TAKEN[:8])):
        preview = Image.open(io.BytesIO(render_preview(path.read_bytes(), edge=480).jpeg))
        drawn = scenes._draw(n, is_tall=n >= 4)
        assert preview.size == drawn.size
        assert max(ImageStat.Stat(ImageChops.difference(preview, drawn)).mean) < 6


@pytest.mark.usefixtures("small")
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (scenes.draw_scenes(tmp_path / name, TAKEN[:2]) for name in "ab")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


@pytest.mark.usefixtures("small")
def test_without_the_bundled_font_the_mark_is_latin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(props, "FONT", tmp_path / "missing.ttc")
    props.font.cache_clear()
    try:
        assert props.label("演示", "DEMO") == "DEMO"
        assert look(scenes.draw_scenes(tmp_path, TAKEN[:1])[0]).kind is EvidenceKind.PHOTO
    finally:
        props.font.cache_clear()


def test_a_scene_is_as_large_as_a_camera_makes_it(tmp_path: Path) -> None:
    path = scenes.draw_scenes(tmp_path, TAKEN[:1])[0]
    original = look(path)
    assert original.width * original.height == 12_000_000
    assert 1_500_000 < original.size < 6_000_000
    assert sharpness(render_preview(path.read_bytes(), edge=1600).jpeg) > BLURRED_BELOW
