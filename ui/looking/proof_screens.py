"""How to reach the screens of proof: custody, evidence bundles out and checked, redaction of a photo and a notice."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from inspector.domain.notice import NoticeState
from inspector.domain.redaction import RedactBox
from inspector.evidence.marks import Box
from ui.looking.guide import Guide
from ui.views.evidence.viewer import PhotoViewer
from ui.views.notices.view import NoticesView
from ui.views.proof.bundle import BundleDialog
from ui.views.proof.check import CheckDialog
from ui.views.proof.custody import CustodyDialog
from ui.views.proof.redact import RedactDialog
from ui.views.workspace.view import WorkspaceView


def _visit(guide: Guide) -> str:
    """Go to the visit that is under way; its id."""
    visit = guide.visit()
    guide.go("inspection", visit)
    return visit


def _viewer(guide: Guide) -> PhotoViewer:
    visit = _visit(guide)
    guide.press("F7")
    photos = guide.find(WorkspaceView).photos
    photos.open_viewer(guide.ask(guide.services.evidence.of, visit)[0].id)
    guide.wait()
    return guide.find(PhotoViewer)


def custody(guide: Guide) -> None:
    """The history of the first photo, with what was done to it."""
    viewer = _viewer(guide)
    viewer.proof.custody()
    guide.wait(lambda: bool(guide.find(CustodyDialog).lines.rows()))


def bundle(guide: Guide) -> None:
    """The dialog before a bundle is written, with its warning."""
    _visit(guide)
    guide.find(WorkspaceView).proof.open_bundle()
    guide.wait()


def bundle_written(guide: Guide) -> None:
    """The same once the bundle is written; the file goes with the folder it lies in."""
    bundle(guide)
    (desk,) = guide.window.findChildren(WorkspaceView)
    with tempfile.TemporaryDirectory() as folder:
        desk.proof.bundles.write(Path(folder) / "证据包.zip")
        guide.wait(lambda: guide.find(BundleDialog).is_done)
    guide.find(BundleDialog).told.setText("证据包.zip")  # where it lay is another folder each time
    guide.wait()


def _checked(guide: Guide, *, is_bent: bool) -> None:
    visit = _visit(guide)
    dialog = CheckDialog(guide.window, guide.services, guide.tasks)
    dialog.open()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "证据包.zip"
        guide.ask(partial(guide.services.bundles.write, visit, file))
        if is_bent:
            content = bytearray(file.read_bytes())
            content[len(content) // 2] ^= 1
            file.write_bytes(content)
        dialog.check(file)
        guide.wait(dialog.verdict.isVisible)


def checked(guide: Guide) -> None:
    """A bundle that holds."""
    _checked(guide, is_bent=False)


def checked_bent(guide: Guide) -> None:
    """A bundle of which one byte was changed."""
    _checked(guide, is_bent=True)


def redact_photo(guide: Guide) -> None:
    """Boxes over a photo, one of them selected."""
    _viewer(guide).proof.redact()
    dialog = guide.find(RedactDialog)
    guide.wait(dialog.picture.has_image)
    for x in (0.2, 0.55):
        dialog.picture.board.add(Box(x0=x, y0=0.4, x1=x + 0.2, y1=0.55))
    dialog.picture.use("select")
    dialog.picture.board.select(1)
    dialog.picture.changed.emit()
    guide.wait()


def redact_notice(guide: Guide) -> None:
    """The first page of an issued notice, with suggestions."""
    found = [one for one in guide.ask(guide.services.notices.recent) if one.state is NoticeState.ISSUED]
    if not found:
        raise LookupError(NoticeState.ISSUED)
    guide.go("notices", f"notice:{found[0].id}")
    guide.find(NoticesView).proof.redact(found[0])
    guide.wait(guide.find(RedactDialog).picture.has_image)


def redacted(guide: Guide) -> None:
    """A redacted copy in the viewer, and so that it stands among the photos afterwards."""
    visit = _visit(guide)
    pieces = guide.ask(guide.services.evidence.of, visit)
    if not any(one.derivation for one in pieces):
        guide.ask(guide.services.redaction.photo, pieces[0].id, [RedactBox(x0=0.2, y0=0.4, x1=0.45, y1=0.55)])
    made = next(one for one in guide.ask(guide.services.evidence.of, visit) if one.derivation)
    _visit(guide)
    guide.press("F7")
    photos = guide.find(WorkspaceView).photos
    guide.wait(lambda: photos.care.find(made.id) is not None)
    photos.open_viewer(made.id)
    guide.wait()


def forget_redacted(guide: Guide) -> None:
    """Take out what `redacted` made."""
    guide.clear()
    visit = _visit(guide)
    for one in guide.ask(guide.services.evidence.of, visit):
        if one.derivation:
            guide.ask(guide.services.evidence.remove, one.id, "只为看画面")
