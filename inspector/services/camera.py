"""Photos by the laptop's own camera: what the officer accepts is attached at once, durable before it is said."""

from __future__ import annotations

from inspector.clock import CHINA
from inspector.domain.changes import Changes
from inspector.domain.evidence import OWN_CAMERA
from inspector.evidence.camera import Camera, CamSource, Shot
from inspector.evidence.camera_list import CameraFound, cameras
from inspector.services.attaching import Attacher, Target
from inspector.services.session import Session


class CameraService:
    """The cameras of this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def cameras(self) -> tuple[CameraFound, ...]:
        """Return what is plugged in."""
        return cameras()

    def open(self, source: CamSource) -> Camera:
        """Open a camera, or a clip as one; the caller closes it. Raises CameraFailed(none, busy)."""
        return Camera.open(source)

    def shoot(self, camera: Camera) -> Shot:
        """Take the newest frame, by the laptop's clock. Nothing is stored yet. Raises CameraFailed(gone)."""
        return camera.shoot(self._session.now())

    def accept(self, inspection_id: str, shot: Shot, *, hazard_id: str | None = None) -> Changes:
        """Attach a shot; durable when it returns, `made` is its id. Raises like EvidenceService.attach."""
        local = shot.taken_at.astimezone(CHINA)
        name = f"CAM_{local:%Y%m%d_%H%M%S}_{local.microsecond // 1000:03}.jpg"
        target = Target(inspection_id=inspection_id, hazard_id=hazard_id, source=OWN_CAMERA)
        return Attacher(self._session).content(target, shot.jpeg, name)
