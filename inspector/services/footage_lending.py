"""Finds what a clip that lost its index may borrow: parameter sets and rate of clips of the same recorder."""

from __future__ import annotations

from typing import Final

from inspector.domain.footage import Clip
from inspector.errors import EvidenceMissing, FilmFailed, StoreDamaged
from inspector.evidence import film_kinds
from inspector.evidence.film.spare import Spare
from inspector.ids import Sha256
from inspector.services.films import open_film
from inspector.services.session import Session
from inspector.store import recordings

_KINDS: Final = {film_kinds.MP4, film_kinds.MOV}
_CODECS: Final = {"h264", "hevc"}
_MOST: Final = 8
"""Clips that are asked: they must all say the same."""


def lent_to(session: Session, clip: Clip) -> Spare | None:
    """Return what the other clips of its recording can lend, else those of the same recorder; None: nothing certain.

    Clips that disagree lend nothing: a recorder that was set to another size in between would give wrong pictures.
    """
    with session.vault.gateway.read() as tx:
        recording = recordings.get(tx, clip.recording_id)
        same_device = recordings.of_device(tx, recording.device_label, _MOST) if recording.device_label else []
    nearest = sorted(recording.clips, key=lambda other: (abs(other.ordinal - clip.ordinal), other.ordinal))
    for group in (nearest, same_device):
        lenders = list(dict.fromkeys(other.sha256 for other in group if _can_lend(other, clip)))
        spares = [spare for sha256 in lenders[:_MOST] if (spare := _spare(session, sha256)) is not None]
        if spares:
            said = {(spare.codec, frozenset(spare.units)) for spare in spares}
            return spares[0] if len(said) == 1 else None
    return None


def _can_lend(other: Clip, clip: Clip) -> bool:
    is_whole = other.mime in _KINDS and other.codec in _CODECS and not other.remark.startswith("rebuilt")
    return is_whole and other.sha256 != clip.sha256


def _spare(session: Session, sha256: Sha256) -> Spare | None:
    try:
        with open_film(session.vault, sha256) as film:
            return film.spare(sha256)
    except (FilmFailed, EvidenceMissing, StoreDamaged):
        return None
