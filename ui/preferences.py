"""How the officers of this laptop like the window: theme, zoom, language, field mode, minutes until it locks."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

FILE = "window.json"
IDLE_MINUTES = 10


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is kept beside the profile; unknown or broken values fall back to these."""

    theme: str = "light"
    zoom: float = 1.0
    language: str = "zh_CN"
    idle_minutes: int = IDLE_MINUTES
    field_mode: bool = False
    """Targets of 12 mm for gloves."""
    pixels_per_mm: float = 0.0
    """Logical px a millimetre, as calibrated with a card; 0 believes the screen."""


def load(profile: Path) -> Preferences:
    """Return what was kept, the defaults where it was not or can't be read."""
    try:
        kept = json.loads((profile / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(kept, dict):
        return Preferences()
    default = Preferences()
    sound = {f.name: kept[f.name] for f in fields(default) if type(kept.get(f.name)) is type(getattr(default, f.name))}
    return Preferences(**sound)


def keep(profile: Path, preferences: Preferences) -> None:
    """Write them whole or not at all; does nothing while there is no profile folder."""
    if not profile.is_dir():
        return
    fresh = profile / f"{FILE}.new"
    fresh.write_text(json.dumps(asdict(preferences)), encoding="utf-8")
    fresh.replace(profile / FILE)
