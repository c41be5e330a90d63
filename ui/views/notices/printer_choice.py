"""Which printer this computer used last, and on how many sides; nothing of the records."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from inspector.domain.printing import PaperSides

FILE = "printer.json"


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """The queue's name, empty before the first choice, and the sides that were printed on."""

    printer: str = ""
    sides: PaperSides = PaperSides.ONE


def load(profile: Path) -> PrinterChoice:
    """Return what was kept; the defaults where it was not or can't be read."""
    try:
        kept = json.loads((profile / FILE).read_text(encoding="utf-8"))
        return PrinterChoice(str(kept["printer"]), PaperSides(kept["sides"]))
    except (OSError, ValueError, KeyError, TypeError):
        return PrinterChoice()


def keep(profile: Path, choice: PrinterChoice) -> None:
    """Write it whole or not at all; does nothing while there is no profile folder."""
    if not profile.is_dir():
        return
    fresh = profile / f"{FILE}.new"
    fresh.write_text(json.dumps({"printer": choice.printer, "sides": choice.sides.value}), encoding="utf-8")
    fresh.replace(profile / FILE)
