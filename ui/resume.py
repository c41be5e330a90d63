"""Where each officer left off: screen and record id, kept in clear beside the profile, so it holds no name and no text.

What is told of it before unlocking is when and how many visits were open, never whose.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from inspector.app import App

FILE = "resume.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """The last place of one officer; `left_at` is ISO 8601 with its offset, `open_visits` how many they had open."""

    place: str
    record: str = ""
    left_at: str = ""
    open_visits: int = 0

    @property
    def at(self) -> datetime | None:
        """When they left, None if that can't be read."""
        try:
            return datetime.fromisoformat(self.left_at)
        except ValueError:
            return None


def load(profile: Path) -> dict[str, Resume]:
    """Return the places by officer id; none where they were not kept or can't be read."""
    try:
        kept = json.loads((profile / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {user: Resume(**told) for user, told in kept.items() if _is_sound(told)}


def keep(profile: Path, user: str, left: Resume) -> None:
    """Write one officer's place, whole or not at all; does nothing while there is no profile folder."""
    if not profile.is_dir():
        return
    told = {name: asdict(one) for name, one in {**load(profile), user: left}.items()}
    fresh = profile / f"{FILE}.new"
    fresh.write_text(json.dumps(told), encoding="utf-8")
    fresh.replace(profile / FILE)


def _is_sound(told: object) -> bool:
    kinds = {field.name: int if field.name == "open_visits" else str for field in fields(Resume)}
    return isinstance(told, dict) and set(told) == set(kinds) and all(type(told[k]) is kinds[k] for k in kinds)


def note(services: App, place: str, record: str, left_at: str) -> None:
    """Keep where the officer who unlocked stands; a work thread asks how many of their visits are open."""
    me = services.me.id
    found = [one.inspection for one in services.inspections.list()]
    open_visits = sum(one.state == "open" and me in one.officer_ids for one in found)
    keep(services.profile, me, Resume(place=place, record=record, left_at=left_at, open_visits=open_visits))
