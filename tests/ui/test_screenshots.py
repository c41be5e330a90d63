"""The tool that takes the pictures takes them, and leaves the profile as it was."""

from __future__ import annotations

from PySide6.QtGui import QImage

from tests.builders import PASSPHRASE
from ui import screenshots


def test_a_computer_without_data_shows_the_welcome(qapp, tmp_path):
    assert screenshots.main(["--out", str(tmp_path), "--profile", str(tmp_path / "none"), "--variant", "light"]) == 0
    (picture,) = tmp_path.glob("*.png")
    image = QImage(str(picture))
    assert (picture.name, image.width(), image.height()) == ("01-welcome-light.png", 1280, 800)


def test_each_place_is_taken_once_and_the_profile_is_left_alone(qapp, profile, tmp_path):
    before = {path.name: path.read_bytes() for path in profile.iterdir()}
    asked = ["--out", str(tmp_path / "shots"), "--profile", str(profile), "--passphrase", PASSPHRASE]
    assert screenshots.main([*asked, "--variant", "light"]) == 0
    names = sorted(path.name.split("-")[1] for path in (tmp_path / "shots").glob("*.png"))
    assert names == ["inspection", "keys", "notices", "sync", "today", "unlock"]
    assert {path.name: path.read_bytes() for path in profile.iterdir()} == before
