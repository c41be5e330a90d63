"""The field day as a table for people and as JSON for programs."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from inspector.demo.day import PASSPHRASE, PIN, Day
from inspector.domain.notice import NoticeState
from inspector.services.notice_files import spoken


def as_json(day: Day) -> dict[str, Any]:
    """Return the day as plain values."""
    return {
        "notices": [
            {
                "number": notice.number,
                "form": notice.form.value,
                "pdf": str(path),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "state": notice.state.value,
            }
            for notice, path in day.notices
        ],
        "photos": [
            {"source": str(photo.source), "sha256": photo.sha256} for visited in day.visits for photo in visited.photos
        ],
        "entries": day.entries,
        "hq": {"entries": day.hq.get("entries", 0), "blobs": day.hq.get("blobs", 0)},
        "verify": day.verify,
        "seconds": day.seconds,
    }


def as_table(day: Day) -> str:
    """Return what a newcomer wants to know: what was done, whether it agrees, where it lies."""
    photos = sum(len(visited.photos) for visited in day.visits)
    others = [f"{name} ({why})" for visited in day.visits for name, why in visited.others]
    void = sum(notice.state is NoticeState.VOID for notice, _ in day.notices)
    rows = [
        ("visits 检查", f"{len(day.visits)}, by two officers who each unlocked the laptop"),
        ("hazards 隐患", str(day.hazards)),
        ("photos 照片", f"{photos} from {day.photos_from}" + (f"; not photos: {', '.join(others)}" if others else "")),
        *_footage_rows(day),
        ("notices 文书", f"{len(day.notices)}, {void} void and replaced, {sum(n.pages for n, _ in day.notices)} pages"),
        *((f"  {spoken(notice)}", f"{notice.state.value}, {notice.pages} pages") for notice, _ in day.notices),
        ("journal 日志", f"{day.entries} signed entries"),
        *_sync_rows(day),
        ("headquarters 总部", f"{day.hq.get('entries', 0)} entries, {day.hq.get('blobs', 0)} files"),
        *((f"verified: {side}", told) for side, told in day.verify.items()),
        ("seconds", ", ".join(f"{name} {value}" for name, value in day.seconds.items())),
        ("papers", str(day.out / "papers")),
        ("bundle 证据包", str(day.out / "bundle.zip")),
        ("laptop", f"{_size(day.profile)} encrypted in {day.profile}"),
        ("headquarters' copy", str(day.out / "hq")),
        ("open it", f"packaging/setup.sh run    passphrase {PASSPHRASE}    PIN {PIN}"),
        ("recovery code", f"{day.recovery_code} (a bureau keeps it in its safe)"),
        ("verdict", "everything agrees" if day.is_good else "NOT everything agrees"),
    ]
    return "\n".join(f"{_padded(name, 30)}{told}" for name, told in rows)


def _footage_rows(day: Day) -> list[tuple[str, str]]:
    told = day.footage
    if told is None:
        return []
    clock = f"clapper {', '.join(told.verdicts) or 'not found'}, clock known to {told.uncertainty_ms} ms"
    card = "card may be cleared" if told.is_card_clearable else "card may NOT be cleared"
    still = "a still, frame extracted again: " + ("same" if told.is_still_same else "NOT the same")
    return [("footage 录像", f"{told.size / 1e6:.1f} MB read back and compared, {card}; {clock}; {still}")]


def _sync_rows(day: Day) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    if day.cut is not None:
        where = "in the middle of a photo" if day.is_torn_in_a_photo else "NOT in a photo"
        unsure = f"{day.torn_bytes / 1e3:.0f} kB of it unconfirmed, {day.cut.backlog.photos} photos still only here"
        told = f"{day.cut.state.value} {where} after {day.cut.sent_bytes / 1e6:.1f} MB; {unsure}"
        rows.append(("sync, first", told))
    if day.sync is not None:
        ready = "可以交接" if day.sync.is_handover_ready else "还不能交接"
        told = f"{day.sync.state.value}, {day.sync.sent_bytes / 1e6:.1f} MB, {day.sync.receipts} receipts, {ready}"
        rows.append(("sync, again", told))
    return rows


def _size(folder: Path) -> str:
    return f"{sum(path.stat().st_size for path in folder.rglob('*') if path.is_file()) / 1e6:.1f} MB"


def _padded(text: str, width: int) -> str:
    # 汉字 and full-width signs take two columns in a terminal.
    columns = sum(2 if ord(char) >= 0x2E80 else 1 for char in text)
    return text + " " * max(1, width - columns)
