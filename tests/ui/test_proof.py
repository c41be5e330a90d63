"""Custody on screen and as a file, the evidence bundle out and checked, over a real store."""

from __future__ import annotations

import zipfile

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from inspector.domain.custody import CustodyAct
from tests.services.recorder import a_film, digest
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from tests.ui.test_evidence_pane import scene  # noqa: F401 - fixture
from ui.models.bundle_words import fault_words
from ui.models.custody_rows import act_word
from ui.views.evidence.viewer import PhotoViewer
from ui.views.proof.bundle import BundleDialog
from ui.views.proof.check import CheckDialog
from ui.views.proof.custody import CustodyDialog


@pytest.fixture
def photos(stage: Stage, scene, laptop: Laptop, tmp_path):  # noqa: F811 - fixtures
    """Two photos of the first hazard."""
    paths = [laptop.photo(tmp_path, f"{name}.jpg", seed=n) for n, name in enumerate(("甲", "乙"))]
    scene.photos.take(paths, source="dialog")
    stage.until(lambda: scene.photos.count() == 2)
    return [photo.id for photo in scene.photos.grid.model_of_photos.photos()]


def close(dialog) -> None:
    if shiboken6.isValid(dialog):
        dialog.reject()


def acts(laptop: Laptop, piece: str) -> list[str]:  # noqa: F811
    return [line.what for line in laptop.ask(laptop.app.custody.of, piece).lines]


def test_looking_at_an_original_is_noted_once(stage, scene, laptop, tasks, photos):  # noqa: F811
    for _ in range(2):
        scene.photos.open_viewer(photos[0])
        viewer = stage.dialog(PhotoViewer)
        stage.until(viewer.picture.has_image)
        stage.until(tasks.is_idle)
        viewer.reject()
        stage.until(lambda: not any(isinstance(w, PhotoViewer) for w in QApplication.topLevelWidgets()))
    assert acts(laptop, photos[0]).count("打开原件") == 1
    assert "打开原件" not in acts(laptop, photos[1])


def test_a_copy_leaves_the_viewer_as_a_file_and_is_noted(stage, scene, laptop, tasks, photos, tmp_path):  # noqa: F811
    scene.photos.open_viewer(photos[0])
    viewer = stage.dialog(PhotoViewer)
    stage.until(viewer.picture.has_image)
    viewer.proof.save_to(photos[0], tmp_path / "带走.jpg")
    stage.until(lambda: "未加密" in viewer.note.text())
    assert (tmp_path / "带走.jpg").read_bytes() == (tmp_path / "甲.jpg").read_bytes()
    viewer.proof.save_to(photos[0], tmp_path / "带走.jpg")
    stage.until(lambda: "这个文件已存在" in viewer.note.text())
    stage.until(tasks.is_idle)
    assert "导出" in acts(laptop, photos[0])
    viewer.reject()


def test_custody_is_told_line_by_line_and_saved(stage, scene, laptop, photos, tmp_path):  # noqa: F811
    laptop.ask(laptop.app.custody.note, photos[1], CustodyAct.OPEN)
    scene.photos.open_viewer(photos[1])
    viewer = stage.dialog(PhotoViewer)
    stage.qtbot.keyClick(viewer, Qt.Key.Key_H)
    dialog = stage.dialog(CustodyDialog)
    stage.until(dialog.lines.rows)
    assert dialog.pieces.current() == photos[1]
    assert [row.title.partition("\u3000")[0] for row in dialog.lines.rows()][:2] == ["取入", "打开原件"]
    story = laptop.ask(laptop.app.custody.of, photos[1])
    assert [row.facts for row in dialog.lines.rows()] == [(line.entry[:16],) for line in story.lines]
    assert clipped(dialog) == []
    assert unnamed(dialog) == []
    dialog.sha256.copy.click()
    assert QGuiApplication.clipboard().text() == story.piece.original.sha256
    stage.qtbot.keyClick(dialog.pieces, Qt.Key.Key_Up)
    stage.until(lambda: dialog.name.text() == "甲.jpg")
    dialog.save_to(tmp_path / "流转.pdf")
    stage.until(dialog.verb.isEnabled)
    assert (tmp_path / "流转.pdf").read_bytes().startswith(b"%PDF")
    dialog.reject()
    viewer.reject()


def test_a_visit_without_evidence_says_so(stage, scene):  # noqa: F811
    scene.proof.open_custody()
    dialog = stage.dialog(CustodyDialog)
    stage.until(dialog.empty.isVisible)
    assert not dialog.verb.isEnabled()
    assert clipped(dialog) == []
    dialog.reject()


def test_footage_stands_below_the_photos(stage, scene, laptop, photos, tmp_path):  # noqa: F811
    card = tmp_path / "card"
    card.mkdir()
    film = a_film(card / "REC_0001.MP4", 5000)
    found = laptop.ask(laptop.app.footage.scan, card)
    laptop.ask(laptop.app.footage.take_in, scene._inspection_id, found.clips, device_label="1号记录仪")
    scene.proof.open_custody()
    dialog = stage.dialog(CustodyDialog)
    stage.until(lambda: len(dialog.pieces.rows()) == 3)
    dialog.pieces.choose(dialog.pieces.rows()[-1].id)
    stage.until(lambda: dialog.name.text() == "REC_0001.MP4")
    assert dialog.sha256.digest.text() == digest(film)
    assert [row.title.partition("\u3000")[0] for row in dialog.lines.rows()] == ["取入"]
    assert clipped(dialog) == []
    dialog.reject()


def test_a_bundle_is_written_and_holds(stage, scene, laptop, tasks, photos, tmp_path):  # noqa: F811
    scene.facts.bundle.click()
    dialog = stage.dialog(BundleDialog)
    assert "不加密" in dialog.warning.text()
    assert clipped(dialog) == []
    file = tmp_path / "证据包.zip"
    scene.proof.bundles.write(file)
    stage.until(dialog.digest.isVisible)
    with zipfile.ZipFile(file) as archive:
        assert "verify.py" in archive.namelist()
    dialog.digest.copy.click()
    assert len(QGuiApplication.clipboard().text()) == 64
    assert unnamed(dialog) == []
    assert clipped(dialog) == []
    dialog.verb.click()
    assert "导出" in acts(laptop, photos[0])
    check = CheckDialog(scene, laptop.app, tasks)
    check.open()
    check.check(file)
    stage.until(check.verdict.isVisible)
    assert check.verdict.text() == "未被改动"
    bent = bytearray(file.read_bytes())
    bent[bent.index("甲.jpg".encode()) + 300] ^= 1
    file.write_bytes(bent)
    check.check(file)
    stage.until(lambda: check.verdict.isVisible() and check.verdict.text() != "未被改动")
    assert any("甲.jpg" in row.second for row in check.faults.rows())
    assert clipped(check) == []
    close(check)


def test_a_bundle_goes_on_behind_and_is_told(stage, scene, photos, tmp_path):  # noqa: F811
    scene.proof.open_bundle()
    dialog = stage.dialog(BundleDialog)
    scene.proof.bundles.write(tmp_path / "a.zip")
    dialog.reject()
    stage.until(lambda: any("a.zip" in said and "SHA-256" in said for said in stage.said))
    stage.until(lambda: not scene.proof.bundles.is_running)
    scene.proof.open_bundle()
    again = stage.dialog(BundleDialog)
    scene.proof.bundles.write(tmp_path / "a.zip")
    stage.until(again.verb.isVisible)
    assert "这个文件已存在" in again._note.text()
    again.reject()


def test_a_stopped_bundle_leaves_nothing(stage, scene, photos, tmp_path):  # noqa: F811
    scene.proof.open_bundle()
    dialog = stage.dialog(BundleDialog)
    scene.proof.bundles.write(tmp_path / "a.zip")
    dialog.stop.click()
    stage.until(lambda: not scene.proof.bundles.is_running)
    stage.until(dialog.verb.isVisible)
    assert list(tmp_path.glob("*.zip*")) == list(tmp_path.glob("a.zip"))
    dialog.reject()


def test_what_is_no_bundle_is_named(stage, scene, laptop, tasks, tmp_path):  # noqa: F811
    check = CheckDialog(scene, laptop.app, tasks)
    check.open()
    (tmp_path / "x.zip").write_bytes(b"PK")
    check.check(tmp_path / "x.zip")
    stage.until(check.verdict.isVisible)
    assert check.faults.rows()
    check.check(tmp_path / "missing.zip")
    stage.until(lambda: "没有核对" in check._note.text())
    check.reject()


def test_words_of_the_record_and_of_the_verifier():
    from inspector.services.bundle_check import BundleFault
    from ui.text import words

    words().switch("en")
    assert act_word("归属隐患、改说明") == "Given to a hazard, Caption changed"
    assert fault_words(BundleFault("x", "missing")) == "This file is missing"
    assert fault_words(BundleFault("x", "sm3 is not as the entry says")).startswith("Its fingerprint")
    assert fault_words(BundleFault("x", "something new")) == "something new"
