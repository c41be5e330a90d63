"""The camera view with a clip as the camera: live picture, shot, taken again or accepted, ghost, no camera at all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QMenu

from inspector.errors import CameraFailed
from inspector.evidence.camera import Camera
from inspector.evidence.camera_list import CameraFound
from tests.builders import LI, ZHANG
from tests.ui.laptop import Laptop, Stage, laptop, stage  # noqa: F401 - fixtures
from tests.ui.looks import clipped, unnamed
from tests.ui.test_evidence_pane import scene  # noqa: F401 - fixture
from tests.ui.test_recheck_view import open_view, order  # noqa: F401 - fixtures
from tests.unit.evidence.test_camera import clip as clip  # noqa: PLC0414 - a fixture
from ui.messages import message
from ui.views.evidence.camera import CameraDialog, Eye


@pytest.fixture
def camera(stage: Stage, scene, laptop: Laptop, tasks, clip):  # noqa: F811 - fixtures
    """The view over a visit with two hazards, for the second."""
    hazards = laptop.ask(laptop.app.hazards.of, scene._inspection_id)
    eyes = [Eye(clip, "clip")]
    ghost = laptop.ask(laptop.photo(clip.parent, "earlier.jpg", size=(640, 480)).read_bytes)
    made = CameraDialog(
        scene,
        laptop.app,
        tasks,
        inspection_id=scene._inspection_id,
        hazards=hazards,
        hazard_id=hazards[1].id,
        ghost=ghost,
        sources=eyes,
    )
    made.open()
    stage.until(made.finder.has_image)
    yield made
    made.reject()
    stage.until(lambda: not tasks._waiting)


def press(stage: Stage, widget, key: Qt.Key) -> None:  # noqa: F811
    stage.qtbot.keyClick(widget, key)


def test_what_is_accepted_is_attached_at_once(stage, scene, camera):  # noqa: F811
    told = []
    camera.accepted_one.connect(told.append)
    press(stage, camera, Qt.Key.Key_Space)
    stage.until(camera.use.isVisible)
    assert scene.stored() == []
    assert not camera.shutter.isVisible()
    assert clipped(camera) == []
    press(stage, camera, Qt.Key.Key_Return)
    stage.until(lambda: told)
    (one,) = scene.stored()
    assert (one.id, one.source, one.hazard_id) == (told[0], "camera", scene.both[1])
    assert "已保存" in camera.note.text()
    assert "隐患 2" in camera.note.text()
    stage.until(camera.shutter.isVisible)
    stage.until(lambda: scene.photos.count() == 1)


def test_a_shot_is_taken_again(stage, scene, camera):  # noqa: F811
    press(stage, camera, Qt.Key.Key_Space)
    stage.until(camera.again.isVisible)
    press(stage, camera, Qt.Key.Key_Backspace)
    assert camera.shutter.isVisible()
    press(stage, camera, Qt.Key.Key_Return)  # nothing to accept
    assert scene.stored() == []


def test_it_lives_and_tells_how_sharp_and_light(stage, camera, tasks):  # noqa: F811
    numbers = []
    camera.lens.seen.connect(lambda _image, view: numbers.append(view.number))
    stage.until(lambda: len(numbers) >= 5)
    assert numbers == sorted(set(numbers))
    assert camera.side.meter.accessibleName() == "清楚 5/5"
    assert camera.side.light.text() == "正常"
    assert tasks.is_idle()  # what has no end keeps nobody waiting
    assert unnamed(camera) == []
    assert clipped(camera) == []


def test_the_ghost_lies_over_what_is_seen(stage, camera):  # noqa: F811
    stage.until(camera.side.ghost.isVisible)
    assert isinstance(camera.side.ghost, QCheckBox)
    press(stage, camera, Qt.Key.Key_Space)
    stage.until(camera.use.isVisible)  # a still picture to compare
    with_ghost = camera.finder.grab().toImage()
    press(stage, camera, Qt.Key.Key_G)
    assert not camera.side.ghost.isChecked()
    assert camera.finder.grab().toImage() != with_ghost
    press(stage, camera, Qt.Key.Key_G)
    assert camera.finder.grab().toImage() == with_ghost
    camera.side.opacities[2].click()
    assert camera.side.opacity() == 0.6
    assert camera.finder.grab().toImage() != with_ghost


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu on the offscreen platform
def test_the_hazard_is_chosen_by_key(stage, scene, camera):  # noqa: F811
    press(stage, camera, Qt.Key.Key_M)
    menu = camera.findChildren(QMenu)[0]
    menu.actions()[-1].trigger()
    menu.close()
    assert camera.side.hazard.text() == "未归属"
    press(stage, camera, Qt.Key.Key_Space)
    stage.until(camera.use.isVisible)
    camera.use.click()
    stage.until(scene.stored)
    assert scene.stored()[0].hazard_id is None


def test_it_gives_the_camera_back_when_it_is_not_seen(stage, camera, tasks):  # noqa: F811
    assert camera.lens.is_open
    camera.hide()
    assert not camera.lens.is_open
    stage.until(lambda: not tasks._waiting)
    camera.show()
    stage.until(lambda: camera.lens.is_open)


def test_without_a_camera_it_says_what_to_do(stage, scene, laptop, tasks):  # noqa: F811
    made = CameraDialog(scene, laptop.app, tasks, inspection_id=scene._inspection_id, sources=[])
    made.open()
    stage.until(made.retry.isVisible)
    assert made.finder._note == message(CameraFailed(reason="none")).happened
    assert "请检查相机" in made.note.text()
    assert not made.shutter.isVisible()
    assert clipped(made) == []
    made.reject()


def test_space_opens_it_but_not_while_typing_or_on_a_button(stage, scene, monkeypatch):  # noqa: F811
    opened = []
    monkeypatch.setattr(scene.photos.care, "open_camera", lambda hazard, ghost=None: opened.append(hazard))
    scene.hazards.list.setFocus()
    press(stage, scene.hazards.list, Qt.Key.Key_Space)
    assert opened == [scene.both[0]]
    place = scene.facts.fields["place"]
    place.setFocus()
    press(stage, place, Qt.Key.Key_Space)
    box = scene.facts.findChildren(QCheckBox)[0]
    box.setFocus()
    was = box.isChecked()
    press(stage, box, Qt.Key.Key_Space)
    assert box.isChecked() is not was
    assert len(opened) == 1


@pytest.fixture
def rechecking(laptop, order, open_view):  # noqa: F811
    """A re-check under way; its camera is the clip."""
    return open_view(laptop.ask(laptop.app.rechecks.start, [order], (ZHANG, LI)).made)


def test_the_later_photo_of_a_pair_is_shot_with_the_earlier_one_as_ghost(
    stage, laptop, tasks, rechecking, clip, monkeypatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr(laptop.app.camera, "cameras", lambda: (CameraFound(source=0, name="clip"),))
    monkeypatch.setattr(laptop.app.camera, "open", lambda _source: Camera.open(clip))
    rechecking.desk.comparison.setFocus()
    press(stage, rechecking.desk.comparison, Qt.Key.Key_Space)
    dialog = stage.dialog(CameraDialog)
    stage.until(lambda: dialog.finder.has_image() and dialog.side.ghost.isVisible())
    assert not dialog.side.hazard.isVisible()
    assert dialog.side.source_buttons[0].text() == "clip"
    press(stage, dialog, Qt.Key.Key_Space)
    stage.until(dialog.use.isVisible)
    press(stage, dialog, Qt.Key.Key_Return)
    stage.until(lambda: rechecking.item().after is not None)
    assert rechecking.item().after.source == "camera"
    stage.until(lambda: not tasks._waiting)
