"""Each dependency has a reason, a locked digest and a named licence."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def declared() -> dict[str, list[str]]:
    """Group → requirement strings."""
    project: dict[str, Any] = tomllib.loads(PYPROJECT)
    return {
        "laptop": project["project"]["dependencies"],
        "hq": project["project"]["optional-dependencies"]["hq"],
        "dev": project["dependency-groups"]["dev"],
        "bench": project["dependency-groups"]["bench"],
    }


def names(*groups: str) -> list[str]:
    return [match[0] for group in groups for line in declared()[group] if (match := NAME.match(line))]


def locked() -> dict[str, str]:
    """Package → its whole block of the lock."""
    blocks = re.split(r"(?m)^(?=[a-z0-9])", LOCK)
    return {match[0]: block for block in blocks if (match := NAME.match(block))}


@pytest.mark.parametrize("requirement", [line for group in declared().values() for line in group])
def test_each_dependency_says_why(requirement: str) -> None:
    line = next(line for line in PYPROJECT.splitlines() if f'"{requirement}"' in line)
    assert len(line.partition("#")[2].split()) >= 3


def test_each_dependency_is_locked() -> None:
    assert set(names("laptop", "hq", "dev", "bench")) - set(locked()) == set()


def test_each_locked_package_has_digests() -> None:
    assert [name for name, block in locked().items() if "--hash=sha256:" not in block or "==" not in block] == []


@pytest.mark.parametrize("name", names("laptop", "hq", "dev", "bench"))
def test_each_dependency_has_its_licence_told(name: str) -> None:
    assert re.search(rf"\b{re.escape(name)}\b", (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8"))


def test_each_package_that_comes_along_has_its_licence_told() -> None:
    told = (ROOT / "docs" / "third-party.md").read_text(encoding="utf-8")
    windows_only = {"colorama"}
    assert [name for name in locked() if name not in windows_only and not re.search(rf"\b{name}\b", told)] == []


def test_the_aborting_qt_binding_is_excluded() -> None:
    """PySide6 6.12.0 aborts on Python 3.11; only the essentials come in, never the add-ons under the GPL."""
    assert next(line for line in declared()["laptop"] if line.startswith("pyside6")).endswith("<6.12")
    assert {name for name in locked() if name.startswith("pyside6")} == {"pyside6-essentials"}


@pytest.mark.parametrize("name", ["opencv-python", "pillow-heif", "pyside6", "pyside6-addons"])
def test_what_must_not_come_in_is_not_locked(name: str) -> None:
    assert name not in locked()


def test_only_measurements_import_what_they_measure_beside() -> None:
    """Their wheels carry GPL code (x264, x265): neither a package nor a laptop may come to need them."""
    for folder in ("inspector", "ui", "resources", "packaging"):
        for file in (ROOT / folder).rglob("*.py"):
            found = re.search(r"(?m)^\s*(?:import|from) (?:av|typst)\b", file.read_text(encoding="utf-8"))
            assert found is None, file
    assert '"av", "typst"' in (ROOT / "packaging" / "bundle.py").read_text(encoding="utf-8")
