"""Clips that lost their index are shown with what another clip of the card lends, and only if all agree."""

from __future__ import annotations

from pathlib import Path

from inspector.app import App
from tests.services.recorder import encoded
from tests.services.test_footage import card, take_all, visit  # noqa: F401 - fixtures


def test_a_film_whose_power_was_cut_is_shown_with_what_another_clip_lends(
    app: App,
    visit: str,  # noqa: F811
    card: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    whole = encoded(tmp_path / "whole.mp4", "-c:v", "libx264").read_bytes()
    (card / "cut.mp4").write_bytes(whole[: whole.rindex(b"moov") - 4])
    take_all(app, visit, card)
    ((cut,),) = [one.clips for one in app.footage.recordings(visit)]
    assert (cut.codec, cut.remark) == ("", "no_index")
    encoded(card / "whole.mp4", "-c:v", "libx264", "-vf", "negate")
    take_all(app, visit, card)
    clips = {clip.name: clip for one in app.footage.recordings(visit) for clip in one.clips}
    cut, lender = clips["cut.mp4"], clips["whole.mp4"]
    assert (cut.codec, cut.width, cut.height, cut.frames) == ("h264", 320, 240, 25)
    assert cut.remark == "rebuilt_borrowed"
    assert lender.sha256 in cut.lent
    changes = app.stills.take(cut.id, 480_000)
    with app._session.vault.evidence.write() as tx:
        tx.run("delete from cache", {})
    assert app.stills.check(changes.made).is_same
    assert app.stills.info(cut.id).remark == "rebuilt_borrowed"


def test_clips_that_disagree_lend_nothing(app: App, visit: str, card: Path) -> None:  # noqa: F811 - the fixtures
    whole = encoded(card / "one.mp4", "-c:v", "libx264").read_bytes()
    (card / "cut.mp4").write_bytes(whole[: whole.rindex(b"moov") - 4])
    encoded(card / "two.mp4", "-c:v", "libx264", "-vf", "scale=320:176")
    take_all(app, visit, card)
    clips = {clip.name: clip for one in app.footage.recordings(visit) for clip in one.clips}
    assert (clips["cut.mp4"].remark, clips["cut.mp4"].lent) == ("no_index", "")
