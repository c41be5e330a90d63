"""What a printer says of itself, in IPP's words, as the one state that people act upon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from inspector.domain.printing import PrinterState

_PROCESSING, _STOPPED = 4, 5
"""printer-state (RFC 8011 §5.4.11)."""
_SEVERITIES: Final = ("-report", "-warning", "-error")
_FAULTS: Final[Mapping[str, PrinterState]] = {
    "offline": PrinterState.OFFLINE,
    "shutdown": PrinterState.OFFLINE,
    "timed-out": PrinterState.OFFLINE,
    "media-jam": PrinterState.JAM,
    "cover-open": PrinterState.DOOR_OPEN,
    "door-open": PrinterState.DOOR_OPEN,
    "interlock-open": PrinterState.DOOR_OPEN,
    "media-empty": PrinterState.PAPER_OUT,
    "media-needed": PrinterState.PAPER_OUT,
    "input-tray-missing": PrinterState.PAPER_OUT,
    "paused": PrinterState.STOPPED,
    "stopped-partly": PrinterState.STOPPED,
    "marker-supply-empty": PrinterState.STOPPED,
    "toner-empty": PrinterState.STOPPED,
}
"""printer-state-reasons (RFC 8011 §5.4.12, PWG 5100.9) → what somebody has to mend; others don't stop paper."""
_ORDER: Final = (
    PrinterState.OFFLINE,
    PrinterState.JAM,
    PrinterState.DOOR_OPEN,
    PrinterState.WRONG_PAPER,
    PrinterState.PAPER_OUT,
    PrinterState.STOPPED,
)
"""Which of several troubles is told first."""
_A4: Final = "iso_a4_"
"""iso_a4_210x297mm and what drivers make of it (iso_a4_210x297mm_borderless); PWG 5101.1."""


def state_of(*told: Mapping[str, Any]) -> PrinterState:
    """Return the worst state that queue and printer tell; they see different things."""
    found = {state for one in told for state in _states(one)}
    for state in _ORDER:
        if state in found:
            return state
    return PrinterState.BUSY if PrinterState.BUSY in found else PrinterState.READY


def _states(told: Mapping[str, Any]) -> set[PrinterState]:
    found = {_FAULTS[reason] for reason in reasons(told) if reason in _FAULTS}
    if "media-needed" in reasons(told) and is_a4_loaded(told) is False:
        found.add(PrinterState.WRONG_PAPER)
    if told.get("printer-state") == _STOPPED or told.get("printer-is-accepting-jobs") is False:
        found.add(PrinterState.STOPPED)
    if told.get("printer-state") == _PROCESSING:
        found.add(PrinterState.BUSY)
    return found


def reasons(told: Mapping[str, Any]) -> list[str]:
    """Return the printer-state-reasons without their severity."""
    plain: list[str] = []
    for reason in listed(told, "printer-state-reasons"):
        end = next((one for one in _SEVERITIES if reason.endswith(one)), "")
        plain.append(reason.removesuffix(end))
    return [reason for reason in plain if reason != "none"]


def is_a4_loaded(told: Mapping[str, Any]) -> bool | None:
    """Return whether a tray holds A4; None if the printer doesn't say what its trays hold."""
    sizes = [size for size in listed(told, "media-ready") if "_" in size]
    return any(size.startswith(_A4) for size in sizes) if sizes else None


def listed(told: Mapping[str, Any], name: str) -> list[str]:
    """Return an attribute of one or more keywords as a list; empty if it is absent."""
    value = told.get(name, [])
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
