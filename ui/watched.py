"""Which folder this laptop watches for new photos, kept beside the profile."""

from __future__ import annotations

import json
from pathlib import Path

FILE = "watched.json"


def load(profile: Path) -> Path | None:
    """Return the folder that was chosen last; None if none was, or it can't be read."""
    try:
        kept = json.loads((profile / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    folder = kept.get("folder") if isinstance(kept, dict) else None
    return Path(folder) if isinstance(folder, str) and folder else None


def keep(profile: Path, folder: Path | None) -> None:
    """Write it whole or not at all."""
    fresh = profile / f"{FILE}.new"
    fresh.write_text(json.dumps({"folder": str(folder) if folder else ""}), encoding="utf-8")
    fresh.replace(profile / FILE)
