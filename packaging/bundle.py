"""What both .spec files share: which files stay out of a frozen program, and which of ours go in as files."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import distribution, packages_distributions
from pathlib import Path, PurePosixPath

Row = tuple[str, str, str]
"""One line of PyInstaller's tables: name in the bundle, source file, kind."""

SYSTEM = ("/usr/lib/", "/lib/", "/lib64/")
PYTHONS_OWN = ("libpython3", "libssl", "libcrypto", "libffi", "libsqlite3", "libmpdec")
"""Shared libraries that Python itself needs and that other releases have in other versions: these go along.

Every other library of the build machine stays out: the .deb depends on it, so the system's updates reach it.
"""

PLUGINS = {
    "generic": (),
    "iconengines": ("qsvgicon",),
    "imageformats": ("qjpeg", "qsvg", "qwebp", "qgif"),
    "networkinformation": (),
    "platforminputcontexts": ("composeplatforminputcontext", "ibusplatforminputcontext"),
    "platforms": ("qoffscreen", "qwayland", "qwayland-egl", "qwayland-generic", "qxcb", "qwindows"),
    "platformthemes": ("qxdgdesktopportal",),
    "printsupport": None,
    "styles": None,
    "tls": (),
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": None,
    "wayland-shell-integration": None,
    "xcbglintegrations": None,
}
"""Qt's plugins by folder: which go along; None: all. What isn't named stays out: above all the virtual keyboard,
which is GPL (decision 15), and what would bring QtQml, QtQuick, QtPdf or GTK."""

NEVER_QT = (
    "Network",
    "EglF",
    "Qml",
    "Quick",
    "VirtualKeyboard",
    "Pdf",
    "Designer",
    "Help",
    "Test",
    "UiTools",
    "Charts",
    "Graphs",
)

LICENCE_NAMES = ("LICEN", "COPYING", "NOTICE", "AUTHORS")

DEVELOPMENT = [
    "tkinter", "pip", "setuptools", "_distutils_hack", "pytest", "_pytest", "hypothesis", "coverage", "fontTools",
    "IPython", "matplotlib", "pandas", "PIL.ImageTk", "PIL.ImageQt", "pydoc_data", "lib2to3", "readline",
    "ensurepip", "idlelib", "av", "typst",
]  # fmt: skip
SERVER = [
    "inspector.hq", "litestar", "uvicorn", "sqlalchemy", "alembic", "obstore", "mako", "polyfactory", "faker",
    "rich", "rich_click", "yaml", "pygments", "markdown_it",
]  # fmt: skip
"""Headquarters' libraries: they never reach a laptop."""
LAPTOP = [
    "ui", "PySide6", "shiboken6", "inspector.demo", "inspector.services", "inspector.store", "inspector.evidence",
    "inspector.notices", "inspector.law", "inspector.sync", "cv2", "numpy", "PIL", "pi_heif", "reportlab", "pikepdf",
    "lxml", "pypdfium2", "sqlite_utils", "sqlcipher3", "pypinyin", "pyhanko",
]  # fmt: skip
"""The laptop's: headquarters has no window, no decoder and no notices."""


def _is_qt(name: str) -> bool:
    return "PySide6" in name or name.startswith("libQt6")  # PyInstaller links the latter from the bundle's top


def _is_wanted_qt(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    if "translations" in path.parts:
        return path.name in {"qtbase_zh_CN.qm", "qtbase_en.qm"}
    if "plugins" in path.parts:
        folder = path.parts[path.parts.index("plugins") + 1]
        wanted = PLUGINS.get(folder, ())
        return wanted is None or path.name.partition(".")[0].removeprefix("lib") in wanted
    bare = path.name.removeprefix("lib").removeprefix("Qt6").removeprefix("Qt")
    return "qml" not in path.parts and not bare.startswith(NEVER_QT)


def _is_the_systems(row: Row) -> bool:
    name, source, _ = row
    if not sys.platform.startswith("linux") or not source.startswith(SYSTEM):
        return False
    return not PurePosixPath(name).name.startswith(PYTHONS_OWN) and "python3" not in source


def kept(rows: Iterable[Row]) -> list[Row]:
    """Return the rows that go into the bundle."""
    return [row for row in rows if not _is_the_systems(row) and (not _is_qt(row[0]) or _is_wanted_qt(row[0]))]


def resources(root: Path) -> list[tuple[str, str]]:
    """Return (source, folder in the bundle) of every file under resources/, fonts and their licences included."""
    files = sorted(path for path in (root / "resources").rglob("*") if path.is_file() and path.suffix != ".pyc")
    if not any(path.suffix == ".ttf" for path in files):
        raise SystemExit("the fonts are missing: run packaging/setup.sh env first")
    return [(str(path), str(path.parent.relative_to(root))) for path in files]


def licences(folder: Path, names: Iterable[str]) -> list[Row]:
    """Return the rows of Python's licence, the texts in `folder` and those of every distribution that went in.

    `names` are names of modules and files in the bundle. Texts lie in licences/<distribution>/ of the bundle.
    """
    tops = {re.split(r"[./\\]", name, maxsplit=1)[0] for name in names}
    owners = packages_distributions()
    sources = [(path.name, path) for path in sorted(folder.iterdir())]
    python = (Path(sys.base_prefix) / place for place in ("lib/python3.11/LICENSE.txt", "LICENSE.txt"))
    sources += [("python/LICENSE.txt", path) for path in python if path.is_file()]
    for owner in sorted({owner for top in tops for owner in owners.get(top, ())}):
        for file in distribution(owner).files or ():
            if file.parts[0].endswith(".dist-info") and file.name.upper().startswith(LICENCE_NAMES):
                sources.append((f"{owner}/{'-'.join(file.parts[1:])}", Path(str(file.locate()))))
    return [(f"licences/{name}", str(path), "DATA") for name, path in sources]
