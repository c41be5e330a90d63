"""Where a finding leads: from the field that the check names to the place in the window where it is mended."""

from __future__ import annotations

from typing import Final

from ui.models.finding_words import link_word

LIKENESS: Final = "likeness"
"""Not a screen: the dialog that shows a photo (the record) beside the earlier one that is the same."""
RECORD: Final = "record"
"""Not a screen of another view: the inspection record of the same visit."""


def destination(field: str, inspection_id: str) -> tuple[str, str]:
    """Return the place and its record for a finding's field, two empty texts if it leads nowhere.

    The place is a screen of the navigation, LIKENESS or RECORD.
    """
    if not link_word(field):
        return "", ""
    if field.startswith("recheck"):
        return "recheck", inspection_id
    if field.startswith("evidence."):
        return LIKENESS, field.removeprefix("evidence.")
    if field.startswith("notices"):
        return RECORD, inspection_id
    if field.startswith("number"):
        return "sync", ""
    return "inspection", f"{inspection_id}#{field}"
