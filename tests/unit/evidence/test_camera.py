"""The camera, with a clip played as one: live looks, whole frames, meters, and what happens when it fails."""

from __future__ import annotations

import io
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from inspector import mainthread
from inspector.domain.evidence import TimeSource
from inspector.errors import CameraFailed, WrongThread
from inspector.evidence.camera import MOST_BRIGHT, PREVIEW_EDGE, Camera, Light, _light
from inspector.evidence.camera_list import CameraFound, cameras
from inspector.evidence.exif import read_exif
from inspector.evidence.jpeg import read_header

NOW = datetime(2026, 11, 22, 1, 5, 30, 250_000, tzinfo=UTC)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve frames of 1280x720 at 25 a second: a scene that moves, so that frames differ."""
    import cv2
    import numpy as np

    path = tmp_path_factory.mktemp("clip") / "scene.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 25, (1280, 720))
    noise = np.random.default_rng(5).integers(60, 200, (45, 80, 3), np.uint8)
    scene = cv2.resize(noise, (1280, 720), interpolation=cv2.INTER_NEAREST)
    for n in range(12):
        writer.write(np.roll(scene, 16 * n, axis=1))
    writer.release()
    return path


def test_a_clip_is_played_over_and_over(clip: Path) -> None:
    with Camera.open(clip) as camera:
        views = [camera.look() for _ in range(20)]
    numbers = [view.number for view in views]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] > 12
    assert {(view.width, view.height) for view in views} == {(1280, 720)}
    assert {max(Image.open(io.BytesIO(view.jpeg)).size) for view in views} == {PREVIEW_EDGE}
    assert {view.light for view in views} == {Light.GOOD}
    assert all(view.steps == 5 for view in views)


def test_a_shot_is_whole_and_tells_the_laptops_time(clip: Path) -> None:
    with Camera.open(clip) as camera:
        camera.look()
        shot = camera.shoot(NOW)
        second = camera.shoot(NOW)
    assert (shot.width, shot.height) == (1280, 720)
    assert Image.open(io.BytesIO(shot.jpeg)).size == (1280, 720)
    assert 0 <= (NOW - shot.taken_at).total_seconds() < 3
    exif = read_exif(read_header(shot.jpeg).exif)
    assert exif.time_source is TimeSource.EXIF_OFFSET
    assert exif.taken_at is not None
    assert abs((exif.taken_at - shot.taken_at).total_seconds()) < 0.002
    assert shot.jpeg[:2] == second.jpeg[:2] == b"\xff\xd8"


def test_what_is_no_camera_is_said(tmp_path: Path) -> None:
    text = tmp_path / "text.avi"
    text.write_text("no clip", encoding="utf-8")
    for source in (tmp_path / "gone.avi", text, 63):
        with pytest.raises(CameraFailed) as caught:
            Camera.open(source)
        assert caught.value.facts["reason"] == "none"


def test_a_worker_that_dies_or_hangs_costs_an_error(clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Camera.open(clip) as camera:
        os.kill(camera._process.pid, signal.SIGKILL)
        with pytest.raises(CameraFailed) as caught:
            camera.look()
        assert caught.value.facts["reason"] == "gone"
    monkeypatch.setattr("inspector.evidence.camera._CALL_S", 0.3)
    with Camera.open(clip) as camera:
        os.kill(camera._process.pid, signal.SIGSTOP)
        began = time.monotonic()
        with pytest.raises(CameraFailed):
            camera.look()
        assert time.monotonic() - began < 60


def test_closing_ends_the_worker_and_may_come_twice(clip: Path) -> None:
    camera = Camera.open(clip)
    camera.close()
    camera.close()
    assert camera._process.poll() is not None
    with pytest.raises(CameraFailed):
        camera.look()


def test_never_on_the_windows_thread(clip: Path) -> None:
    mainthread.claim()
    try:
        with pytest.raises(WrongThread):
            Camera.open(clip)
    finally:
        mainthread.release()


def test_exposure_is_told_by_what_is_lost() -> None:
    assert _light({"bright": MOST_BRIGHT + 0.01, "dark": 0.0}) is Light.BRIGHT
    assert _light({"bright": 0.0, "dark": 0.7}) is Light.DARK
    assert _light({"bright": 0.1, "dark": 0.3}) is Light.GOOD


def test_cameras_are_told_by_name_without_opening_them(tmp_path: Path) -> None:
    sysfs, devices = tmp_path / "sysfs", tmp_path / "dev"
    devices.mkdir()
    for number, index, name in ((2, 0, "USB 相机"), (0, 0, "Built-in"), (1, 1, "Built-in"), (3, 0, "pulled out")):
        node = sysfs / f"video{number}"
        node.mkdir(parents=True)
        (node / "index").write_text(f"{index}\n", encoding="utf-8")
        (node / "name").write_text(f"{name}\n", encoding="utf-8")
        if number != 3:
            (devices / f"video{number}").touch()
    (sysfs / "radio0").mkdir()
    found = (CameraFound(source=0, name="Built-in"), CameraFound(source=2, name="USB 相机"))
    assert cameras(sysfs, devices) == found
    assert cameras(tmp_path / "nothing", devices) == ()
