"""How to reach the screens of photos that come in by themselves: a card that was plugged in, a watched folder."""

from __future__ import annotations

from pathlib import Path

from inspector.services.sources import CardPhotos, Volume
from ui.looking.guide import Guide
from ui.views.evidence.arrivals import Card
from ui.views.evidence.pane import EvidencePane

_CARD = Card(
    Volume(path=Path("EOS_DIGITAL"), dcim=Path("EOS_DIGITAL/DCIM"), label="EOS_DIGITAL"),
    CardPhotos(files=tuple(Path(f"IMG_{n:04}.JPG") for n in range(340)), recent=12, skipped=()),
)


def _pane(guide: Guide) -> EvidencePane:
    guide.go("inspection", guide.visit())
    guide.press("F7")
    return guide.find(EvidencePane)


def card(guide: Guide) -> None:
    """The photo pane with the offer of a card."""
    _pane(guide).sources.card_bar.show_card(_CARD)
    guide.wait()


def no_card(guide: Guide) -> None:
    """It was pulled out."""
    _pane(guide).sources.card_bar.show_card(None)


def watched(guide: Guide) -> None:
    """The photo pane while a folder is watched that can't be opened at the moment."""
    _pane(guide).sources.watch_bar.show_folder(Path("相机联机"), is_there=False)
    guide.wait()


def unwatched(guide: Guide) -> None:
    """No folder any more."""
    _pane(guide).sources.watch_bar.show_folder(None, is_there=True)
