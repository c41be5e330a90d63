"""`field-inspector --self-check`: whether everything the program may ever load is there. Opens no profile.

For administrators after an installation and for the package's own test: every module of ours is imported, the window's
fonts are registered, the law packs and the notices' fonts are read. Prints one line a part; exit code 0 or 1.
"""

from __future__ import annotations

import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module

LEFT_OUT = "inspector.hq"
"""Headquarters is a package of its own."""
LIBRARIES = (
    "cv2", "httpx", "pi_heif", "pikepdf", "PIL.Image", "pypdfium2", "reportlab.graphics.barcode", "reportlab.platypus",
    "sqlcipher3",
)  # fmt: skip
SECONDS = 60
"""Far more than a worker needs to start and to see that there is nothing to read."""


def modules() -> str:
    """Import every module of the core and of the window."""
    count = 0
    for package in ("inspector", "ui"):
        top = import_module(package)
        for found in pkgutil.walk_packages(top.__path__, f"{package}.", onerror=_raise):
            if not found.name.startswith(LEFT_OUT):
                import_module(found.name)
                count += 1
    if not count:
        raise RuntimeError("no module found")
    return f"{count} modules"


def libraries() -> str:
    """Load the native libraries that ours load only when needed."""
    for name in LIBRARIES:
        import_module(name)
    return f"{len(LIBRARIES)} libraries"


def workers() -> str:
    """Start each worker process as the program would, with nothing to read: it must be found and load."""
    top = import_module("inspector.evidence")
    found = [one.name for one in pkgutil.walk_packages(top.__path__, "inspector.evidence.", onerror=_raise)]
    names = [name for name in found if name.endswith("worker")]
    for name in names:
        words = [sys.executable, "-I", "-m", name]
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=SECONDS)
        said = done.stderr.decode("utf-8", "replace")
        if any(word in said for word in ("ImportError", "ModuleNotFoundError", "No module named", "Usage:")):
            raise RuntimeError(f"{name}: {said.strip().splitlines()[-1]}")
    return f"{len(names)} workers"


def window() -> str:
    """Register the fonts of the window and load Qt's and our own translations, without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QLibraryInfo, QTranslator

    from ui.app import make_application
    from ui.theme.look import look

    make_application()
    look()
    if not QTranslator().load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        raise FileNotFoundError("qtbase_zh_CN.qm")
    return "fonts and translations of the window"


def packs() -> str:
    """Check every file of every law pack against its promised digest."""
    import hashlib

    from inspector.law import pack

    folders = [folder for folder in sorted(pack.PACKS.glob("*")) if folder.is_dir()]
    files = 0
    for folder in folders:
        for name, promised in pack.Pack.open(folder).manifest.files.items():
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != promised.sha256:
                raise ValueError(f"{name} has another digest")
            files += 1
    pack.current()
    return f"law packs: {len(folders)}, files with their digests: {files}"


def notices() -> str:
    """Read every font that a notice may be set in."""
    import hashlib
    import json

    from inspector.paths import RESOURCES

    listing = json.loads((RESOURCES / "fonts" / "fonts.json").read_text(encoding="utf-8"))
    for face in listing["faces"].values():
        with (RESOURCES / "fonts" / face["file"]).open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != face["sha256"]:
                raise ValueError(f"{face['file']} has another digest")
    return f"fonts with their digests: {len(listing['faces'])}"


def main() -> int:
    """Check all parts; returns 0 if every one is whole, else 1."""
    parts: tuple[Callable[[], str], ...] = (modules, libraries, workers, window, packs, notices)
    faults = 0
    for part in parts:
        try:
            print(f"ok     {part()}")
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a part, the others are still looked at
            faults += 1
            print(f"FAULT  {part.__name__}: {type(error).__name__}: {error}")
    return 1 if faults else 0


def _raise(name: str) -> None:
    raise ImportError(name)
