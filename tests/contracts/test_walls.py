"""The walls between layers really stop someone who climbs them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLIMBS = [
    ("inspector/domain/site.py", "import inspector.law.catalogue", "Layers"),
    ("inspector/evidence/photo.py", "import inspector.store.blobs", "Layers"),
    ("inspector/services/hazards.py", "import PySide6.QtCore", "knows no window"),
    ("inspector/services/sites.py", "import inspector.hq", "Nothing but headquarters"),
    ("inspector/services/sites.py", "import litestar", "server's libraries"),
    ("inspector/services/sites.py", "import sqlite3", "laptop's databases"),
    ("inspector/services/sites.py", "import httpx", "speaks HTTP"),
    ("inspector/services/sites.py", "import cv2", "decodes pictures"),
    ("inspector/services/sites.py", "import reportlab.lib", "draw PDF"),
    ("inspector/services/sites.py", "import cryptography", "keys and signatures"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "import sys; from importlinter.cli import lint_imports_command as run; sys.argv[1:] = ['--no-cache']; run()"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("walls")
    for name in ("inspector", "ui"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_every_climb_is_caught(copy: Path) -> None:
    """All at once: one lint of the copy takes as long as ten would each."""
    before = {path: (copy / path).read_text(encoding="utf-8") for path, _, _ in CLIMBS}
    try:
        for path, line, _ in CLIMBS:
            with (copy / path).open("a", encoding="utf-8") as file:
                file.write(f"\n{line}\n")
        done = lint(copy)
    finally:
        for path, text in before.items():
            (copy / path).write_text(text, encoding="utf-8")
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert done.returncode == 1
    assert [name for _, _, name in CLIMBS if not any(name in line for line in broken)] == []


def test_the_house_as_it_stands_keeps_every_wall(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout
