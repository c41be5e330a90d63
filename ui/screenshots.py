"""Pictures of every screen and what is wrong in them: `python -m ui.screenshots --out DIR --profile DIR`.

Two screen sizes, three scales (real device pixels, one process each), three themes, two languages: see
ui/looking/dresses.py; the screens are the lines of ui/looking/screens.py. While a screen stands it is checked
(ui/looking/checks.py). Writes DIR/1280x800/*.png …, a contact sheet a size, faults.txt; exit 1 when there is a fault.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from ui.looking.dresses import BATCHES, batch
from ui.looking.run import Asked, Running, Seeing, ordered


def main(words: Sequence[str]) -> int:
    """Take the pictures, or those of one batch (`--batch`, a child process); 0, or 1 when a check found a fault."""
    told = _asked(words)
    if told.batch:
        from ui.looking.shoot import Shooting

        Shooting(told.out, batch(told.batch), frozenset(told.screen)).run(told.profile, told.passphrase)
        return 0
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    batches = [one for one in BATCHES if not told.only or any(name in one.name for name in told.only)]
    if not told.screen and not told.only:
        shutil.rmtree(told.out, ignore_errors=True)
    asked = Asked(told.out, told.profile.resolve(), told.passphrase, batches, told.screen)
    seeing = Running(asked, lambda line: sys.stderr.write(line + "\n")).run()
    _sheets(told.out, seeing)
    return _tell(told.out, seeing)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="ui.screenshots")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--profile", type=Path, required=True)
    parser.add_argument("--passphrase", default="")
    parser.add_argument("--screen", action="append", default=[], help="only this screen (again for more)")
    parser.add_argument("--only", action="append", default=[], help="only batches with this in their name: 1280, @150")
    parser.add_argument("--batch", default="", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def _sheets(out: Path, seeing: Seeing) -> None:
    from ui.app import make_application
    from ui.looking.sheet import draw
    from ui.theme.look import look

    make_application()
    look()
    for (wide, high), pictures in seeing.pictures.items():
        draw(ordered(pictures), out / f"sheet-{wide}x{high}.png")


def _tell(out: Path, seeing: Seeing) -> int:
    """Write and say the faults."""
    told = seeing.report()
    (out / "faults.txt").write_text("".join(one + "\n" for one in told), encoding="utf-8")
    count = sum(len(pictures) for pictures in seeing.pictures.values())
    sys.stdout.write("".join(one + "\n" for one in told))
    sys.stdout.write(f"{count} pictures in {seeing.seconds:.0f} s, {len(told)} kinds of faults, in {out}\n")
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
