"""What is imported when: a quick start, a laptop without the server, headquarters without a window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {
    "cv2", "numpy", "PIL", "pi_heif", "reportlab", "httpx", "pypinyin", "simpleeval", "chinese_calendar", "pypdfium2",
    "litestar", "uvicorn", "sqlalchemy", "obstore", "alembic",
}  # fmt: skip
SERVER = ["litestar", "uvicorn", "sqlalchemy", "alembic", "obstore", "psycopg"]
LAPTOP = ["PySide6", "shiboken6", "sqlcipher3", "sqlite_utils", "cv2", "PIL", "reportlab", "httpx", "ui"]
BLOCK = """
import sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in BLOCKED:
            raise ImportError('blocked: ' + name)
sys.meta_path.insert(0, Wall())
import importlib
for name in NAMES:
    importlib.import_module(name)
print(len(NAMES))
"""


def run(code: str) -> str:
    """What a fresh Python prints after running the code in the root of the repository."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def modules(*folders: str, without: str = "none") -> list[str]:
    """Dotted names of the modules that exist in these folders."""
    found = [path.relative_to(ROOT) for folder in folders for path in (ROOT / folder).rglob("*.py")]
    dotted = [".".join(path.with_suffix("").parts).removesuffix(".__init__") for path in found]
    return sorted(name for name in dotted if not name.startswith(without) and ".versions." not in name)


@pytest.mark.parametrize("entry", ["main", "inspector.cli", "inspector.demo.cli", "inspector.app", "ui.app"])
def test_start_drags_nothing_heavy_along(entry: str) -> None:
    """The window must be there before the first picture, PDF or request is thought of."""
    built = [entry] if (ROOT / (entry.replace(".", "/") + ".py")).is_file() else []
    loaded = json.loads(
        run(f"import json, sys\nfor name in {built}: __import__(name)\nprint(json.dumps(list(sys.modules)))")
    )
    assert HEAVY & set(loaded) == set()


def test_laptop_runs_where_no_server_library_is_installed() -> None:
    names = ["main", *modules("inspector", "ui", without="inspector.hq")]
    assert int(run(f"NAMES = {names}\nBLOCKED = {SERVER}\n{BLOCK}")) == len(names) > 30


def test_headquarters_runs_where_no_window_and_no_laptop_store_is_installed() -> None:
    names = [name for name in modules("inspector/hq") if ".migrations" not in name]
    assert int(run(f"NAMES = {names}\nBLOCKED = {LAPTOP}\n{BLOCK}")) == len(names) > 0


def test_sqlite_utils_finds_the_encrypted_driver() -> None:
    code = (
        "import inspector.store.driver, sys, sqlcipher3, sqlite_utils\n"
        "from sqlite_utils.utils import sqlite3\n"
        "print(sys.modules['pysqlite3'] is sqlcipher3, sqlite3.DatabaseError is sqlcipher3.dbapi2.DatabaseError)"
    )
    assert run(code).split() == ["True", "True"]
