"""Narrows what a JSON decoder returns to objects and lists with known element types."""

from __future__ import annotations

from typing import Any, cast


def as_object(value: object) -> dict[str, Any] | None:
    """Return a JSON object, None for anything else."""
    return cast("dict[str, Any]", value) if isinstance(value, dict) else None


def as_list(value: object) -> list[Any] | None:
    """Return a JSON array, None for anything else."""
    return cast("list[Any]", value) if isinstance(value, list) else None
