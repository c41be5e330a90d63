"""Identifiers: UUIDv7 for everything, one NewType per kind of thing."""

from __future__ import annotations

import secrets
import threading
import time
from typing import NewType

OfficeId = NewType("OfficeId", str)
OfficerId = NewType("OfficerId", str)
SiteId = NewType("SiteId", str)
InspectionId = NewType("InspectionId", str)
HazardId = NewType("HazardId", str)
EvidenceId = NewType("EvidenceId", str)
NoticeId = NewType("NoticeId", str)
LeaseId = NewType("LeaseId", str)
PrintRunId = NewType("PrintRunId", str)
ServingId = NewType("ServingId", str)
DeviceId = NewType("DeviceId", str)
Sha256 = NewType("Sha256", str)
"""64 lower-case hex digits: the name of a blob."""

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562 §5.7), strictly increasing within this process; never used as legal time."""
    global _last  # noqa: PLW0603 - the monotonic counter is the one piece of state a generator needs
    with _lock:
        now = time.time_ns() // 1_000_000 << 12 | secrets.randbits(12) & 0x7FF
        _last = now if now > _last else _last + 1
        millis, sequence = _last >> 12, _last & 0xFFF
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | sequence << 64 | 0b10 << 62 | secrets.randbits(62)
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
