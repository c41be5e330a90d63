"""Other ways in: the clipboard, a watched folder, a card, files dropped on a hazard; one import after another."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage

from inspector.services import sources
from inspector.services.sources import Volume
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from tests.ui.test_evidence_pane import drop_on, dropped, scene  # noqa: F401 - fixtures
from ui import watched


@pytest.fixture
def arrivals(scene):  # noqa: F811
    """No clock looks: the test does."""
    made = scene.photos.sources.arrivals
    made._timer.stop()
    made._timer.timeout.disconnect()
    return made


def clipboard(**held) -> None:
    mime = QMimeData()
    if "image" in held:
        mime.setImageData(held["image"])
    for kind, content in held.get("raw", {}).items():
        mime.setData(kind, content)
    if "paths" in held:
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in held["paths"]])
    QGuiApplication.clipboard().setMimeData(mime)


def test_a_picture_of_the_clipboard_becomes_a_png(stage, scene):  # noqa: F811
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 40))
    clipboard(image=image)
    scene.photos.sources.paste()
    stage.until(lambda: scene.photos.count() == 1)
    (found,) = scene.stored()
    assert (found.source, found.original.mime, found.hazard_id) == ("paste", "image/png", scene.both[0])
    assert found.original.name.startswith("粘贴-")
    assert (found.original.width, found.original.height) == (40, 30)


def test_bytes_that_the_clipboard_gives_are_kept_as_they_are(stage, scene, laptop, tmp_path):  # noqa: F811
    content = laptop.photo(tmp_path).read_bytes()
    clipboard(raw={"image/jpeg": content})
    scene.photos.sources.paste()
    stage.until(lambda: scene.photos.count() == 1)
    (found,) = scene.stored()
    assert laptop.ask(laptop.app.evidence.original, found.original.sha256) == content


def test_copied_files_are_pasted(stage, scene, laptop, tmp_path):  # noqa: F811
    clipboard(paths=[laptop.photo(tmp_path, "a.jpg"), laptop.photo(tmp_path, "b.jpg", seed=2)])
    scene.photos.sources.paste()
    stage.until(lambda: scene.photos.count() == 2)
    assert {one.source for one in scene.stored()} == {"paste"}


def test_an_empty_clipboard_is_said(stage, scene):  # noqa: F811
    QGuiApplication.clipboard().clear()
    scene.photos.sources.paste()
    assert any("剪贴板里没有照片" in said for said in stage.said)


def test_files_dropped_on_a_hazard_belong_to_it(stage, scene, laptop, tmp_path):  # noqa: F811
    rows = scene.hazards.list
    place = rows.visualRect(rows.model_of_rows.index(1)).center()
    drop_on(rows.viewport(), dropped([laptop.photo(tmp_path, "a.jpg")]), QPointF(place))
    stage.until(lambda: scene.photos.count() == 1)
    assert scene.stored()[0].hazard_id == scene.both[1]
    grid = scene.photos.grid
    scene.hazards.list.choose(scene.both[0])
    group = next(
        n for n, item in enumerate(grid.model_of_photos.items()) if getattr(item, "target", "") == scene.both[1]
    )
    place = grid.visualRect(grid.model_of_photos.index(group)).center()
    drop_on(grid.viewport(), dropped([laptop.photo(tmp_path, "b.jpg", seed=2)]), QPointF(place))
    stage.until(lambda: scene.photos.count() == 2)
    assert {one.hazard_id for one in scene.stored()} == {scene.both[1]}


def test_what_is_dropped_during_an_import_comes_after_it(stage, scene, laptop, tmp_path):  # noqa: F811
    photos = [laptop.photo(tmp_path, f"{n}.jpg", seed=n) for n in range(3)]
    for photo in photos:
        scene.photos.take([photo], source="drop")
    stage.until(lambda: scene.photos.count() == 3)
    assert not scene.photos.intake.is_busy


def test_a_watched_folder_is_remembered_and_fills_the_visit(stage, scene, laptop, arrivals, tmp_path):  # noqa: F811
    folder = tmp_path / "相机"
    folder.mkdir()
    arrivals.watch(folder)
    stage.until(lambda: watched.load(laptop.profile) == folder)
    assert scene.photos.sources.watch_bar.isVisible()
    laptop.photo(folder, "new.jpg")
    stage.until(lambda: (arrivals.look(), scene.photos.count() == 1)[1])
    assert scene.stored()[0].source == "watched"
    assert scene.stored()[0].hazard_id is None
    folder.rename(tmp_path / "away")
    stage.until(lambda: (arrivals.look(), not arrivals.is_there)[1])
    assert "打不开" in scene.photos.sources.watch_bar.text.text()
    scene.photos.sources.watch_bar.stop.click()
    stage.until(lambda: watched.load(laptop.profile) is None)
    assert scene.photos.sources.watch_bar.isHidden()


def plugged(folder: Path, monkeypatch: pytest.MonkeyPatch, laptop: Laptop, count: int = 3) -> list[Volume]:  # noqa: F811
    (folder / "DCIM").mkdir(parents=True)
    for n in range(count):
        laptop.photo(folder / "DCIM", f"IMG_{n}.jpg", seed=n)
    there = [Volume(path=folder, dcim=folder / "DCIM", label="EOS_DIGITAL")]
    monkeypatch.setattr(sources, "volumes", lambda: list(there))
    return there


def test_a_card_is_offered_and_taken_in(stage, scene, laptop, arrivals, monkeypatch, tmp_path):  # noqa: F811
    there = plugged(tmp_path / "card", monkeypatch, laptop)
    bar = scene.photos.sources.card_bar
    stage.until(lambda: (arrivals.look(), bar.isVisible())[1])
    assert "EOS_DIGITAL" in bar.title.text()
    assert unnamed(bar) == []
    stage.until(lambda: not clipped(bar))
    bar.recent.click()
    stage.until(lambda: scene.photos.count() == 3)
    assert {one.source for one in scene.stored()} == {"card"}
    assert bar.isHidden()
    there.clear()  # pulled out and plugged in again: it is offered anew, and nothing comes twice
    stage.until(lambda: (arrivals.look(), not arrivals._dismissed)[1])
    there.append(Volume(path=tmp_path / "card", dcim=tmp_path / "card" / "DCIM", label="EOS_DIGITAL"))
    stage.until(lambda: (arrivals.look(), bar.isVisible())[1])
    scene.photos.sources.take_card()
    stage.until(lambda: any("没有新照片" in said for said in stage.said))
    assert len(scene.stored()) == 3


def test_a_card_that_is_not_wanted_goes_away(stage, scene, laptop, arrivals, monkeypatch, tmp_path):  # noqa: F811
    plugged(tmp_path / "card", monkeypatch, laptop, 1)
    bar = scene.photos.sources.card_bar
    stage.until(lambda: (arrivals.look(), bar.isVisible())[1])
    bar.shut.click()
    assert bar.isHidden()
    scene.photos.sources.take_card()
    assert any("没有插着存储卡" in said for said in stage.said)


def test_a_pasted_png_opens_elsewhere(stage, scene, laptop):  # noqa: F811
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor(10, 20, 30))
    clipboard(image=image)
    scene.photos.sources.paste()
    stage.until(lambda: scene.photos.count() == 1)
    content = laptop.ask(laptop.app.evidence.original, scene.stored()[0].original.sha256)
    assert Image.open(io.BytesIO(content)).convert("RGB").getpixel((3, 3)) == (10, 20, 30)
