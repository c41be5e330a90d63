"""Draws the program's icon in every size a desktop asks for, from packaging/debian/field-inspector.svg.

draw_icons.py FOLDER [--ico FILE]      FOLDER/<n>x<n>/apps/field-inspector.png, scalable too; --ico for Windows
"""

import argparse
import os
import shutil
import sys
from pathlib import Path

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = [(n, n) for n in (16, 24, 32, 48, 64, 128, 256)]
SOURCE = Path(__file__).parent / "debian" / "field-inspector.svg"


def draw(folder: Path) -> list[Path]:
    """Write one PNG a size and the drawing itself; return the PNGs, smallest first."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    _application = QGuiApplication(sys.argv[:1])  # kept: the renderer needs it
    renderer = QSvgRenderer(str(SOURCE))
    if not renderer.isValid():
        raise SystemExit(f"{SOURCE} is no drawing")
    made = []
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        target = folder / f"{size}x{size}" / "apps" / "field-inspector.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(target)):
            raise SystemExit(f"could not write {target}")
        made.append(target)
    drawing = folder / "scalable" / "apps" / SOURCE.name
    drawing.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(SOURCE, drawing)
    return made


def main() -> int:
    """Draw what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ico", type=Path)
    asked = parser.parse_args()
    largest = draw(asked.folder)[-2]  # 256: the largest an .ico holds
    if asked.ico:
        from PIL import Image

        with Image.open(largest) as image:
            image.save(asked.ico, sizes=ICO_SIZES)
    return 0


if __name__ == "__main__":
    sys.exit(main())
