"""Where things live: profiles, resources."""

from __future__ import annotations

import sys
from pathlib import Path

RESOURCES = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parent.parent)) / "resources"
"""Packs, fonts, icons, translations: read-only data beside the program."""


def default_profile() -> Path:
    """Return the folder of this computer's one ordinary profile; it need not exist yet."""
    import platformdirs  # only asked for when nobody names a profile

    return Path(platformdirs.user_data_dir("field-inspector", appauthor=False)) / "profile"


def journal_file(profile: Path) -> Path:
    """Return the file of journal and projections."""
    return profile / "inspector.db"


def evidence_file(profile: Path) -> Path:
    """Return the file of photos and issued notices."""
    return profile / "evidence.db"


def footage_folder(profile: Path) -> Path:
    """Return the folder of encrypted footage: too large for a database."""
    return profile / "footage"


def library_folder(profile: Path) -> Path:
    """Return the folder of imported statute texts: public, so not encrypted; the journal names the file that holds."""
    return profile / "library"


def packs_folder(profile: Path) -> Path:
    """Return the folder of installed law packs, each named by its digest: public, and the journal says which hold."""
    return profile / "packs"


def keyring_file(profile: Path) -> Path:
    """Return the file of wrapped keys; the only one that is not encrypted."""
    return profile / "keyring.json"


def founding_file(profile: Path) -> Path:
    """Return the mark of a profile that is being made: beside it, databases without a keyring hold no work yet."""
    return profile / "founding"


def lock_file(profile: Path) -> Path:
    """Return the file that one running program holds."""
    return profile / "lock"
