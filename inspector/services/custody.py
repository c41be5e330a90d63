"""Custody of evidence: who took it in, and every opening, printing, export and redaction of its original."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from inspector.clock import CHINA
from inspector.domain.changes import Changes, Topic
from inspector.domain.custody import CustodyAct, CustodyStep
from inspector.domain.evidence import Evidence
from inspector.domain.footage import Clip
from inspector.errors import NotAllowed
from inspector.ids import new_id
from inspector.services.outside import write_new
from inspector.services.session import Session
from inspector.store import custody, evidence, inspections, officers, prints, recordings, sites, times
from inspector.store.gateway import Tx
from inspector.store.history import Told
from inspector.store.journal import Act

_WORDS: Final = {
    CustodyAct.OPEN: "打开原件",
    CustodyAct.PLAY: "播放",
    CustodyAct.PRINT: "随文书打印",
    CustodyAct.EXPORT: "导出",
    CustodyAct.REDACT: "制作脱敏件",
}
_PATCHED: Final = {
    "hazard_id": "归属隐患",
    "caption": "改说明",
    "marks": "标注（原件不变）",
    "position": "调整顺序",
    "clock_shift_ms": "校正时间（原时间保留）",
    "reuse_reason": "说明相同画面的使用理由",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyLine:
    """One line of a piece's history, in words of the record; `entry` is the journal entry that proves it, as hex."""

    at: datetime
    by: str
    """The officer's name."""
    what: str
    detail: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CustodyStory:
    """One piece of evidence with all that happened to it, oldest first."""

    piece: Evidence
    lines: tuple[CustodyLine, ...]
    received_at: datetime | None
    """When headquarters gave its receipt for the bytes; None: not yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipStory:
    """One clip of footage with all that happened to it, oldest first; `device` is what filmed it."""

    clip: Clip
    device: str
    lines: tuple[CustodyLine, ...]
    received_at: datetime | None


class CustodyService:
    """Notes what is done with originals, and tells their history out of the journal."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._noted: set[tuple[str, CustodyAct, str]] = set()
        self._lock = threading.Lock()

    def note(self, evidence_id: str, act: CustodyAct, detail: str = "") -> Changes:
        """Record that somebody handled an original; once per login, piece, act and detail."""
        return self.note_all([evidence_id], act, detail)

    def note_all(self, evidence_ids: Iterable[str], act: CustodyAct, detail: str = "") -> Changes:
        """Record the same for several pieces in one transaction. Unknown ids are passed over."""
        with self._lock:
            wanted = [one for one in dict.fromkeys(evidence_ids) if (one, act, detail) not in self._noted]
            if not wanted:
                return Changes.of()
            with self._session.vault.gateway.write() as tx:
                record(self._session, tx, wanted, act, detail)
            self._noted.update((one, act, detail) for one in wanted)
        return Changes.of(Topic.CUSTODY, Topic.SYNC)

    def of(self, evidence_id: str) -> CustodyStory:
        """Return the history of a piece. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return _story(tx, evidence.get(tx, evidence_id))

    def of_inspection(self, inspection_id: str) -> list[CustodyStory]:
        """Return the history of every piece of an inspection that was not taken out, in its order."""
        with self._session.vault.gateway.read() as tx:
            return [_story(tx, piece) for piece in evidence.of_inspection(tx, inspection_id)]

    def clips_of(self, inspection_id: str) -> list[ClipStory]:
        """Return the history of every clip of the recordings that belong to an inspection."""
        with self._session.vault.gateway.read() as tx:
            names: dict[str, str] = {one.id: one.name for one in officers.everyone(tx)}
            return [
                _clip_story(tx, clip, recording.device_label, names)
                for recording in recordings.of_inspection(tx, inspection_id)
                for clip in recording.clips
            ]

    def pdf(self, inspection_id: str) -> bytes:
        """Return 证据流转记录 of an inspection as PDF/A, for reading beside the evidence."""
        from inspector.services.custody_report import draw

        with self._session.vault.gateway.read() as tx:
            inspection = inspections.get(tx, inspection_id)
            site = sites.get(tx, inspection.site_id)
        vault = self._session.vault
        return draw(
            self.of_inspection(inspection_id),
            clips=self.clips_of(inspection_id),
            site=site.name,
            office=self._session.office.issuer_name,
            device=vault.device,
            at=self._session.now(),
            is_training=vault.is_training,
        )

    def save_pdf(self, inspection_id: str, file: Path) -> Path:
        """Write 证据流转记录 to a new file. Raises NotFound, NotAllowed(file_exists), StorageFull, StorageFailed."""
        return write_new(file, [self.pdf(inspection_id)])

    def save_original(self, evidence_id: str, file: Path) -> Path:
        """Write a piece as it is stored to a new file, which leaves the encrypted store; its export is noted first.

        Raises NotFound, EvidenceMissing, NotAllowed(file_exists), StorageFull, StorageFailed.
        """
        with self._session.vault.gateway.read() as tx:
            sha256 = evidence.get(tx, evidence_id).original.sha256
        if file.exists():
            raise NotAllowed(reason="file_exists")
        self.note(evidence_id, CustodyAct.EXPORT, file.name)
        return write_new(file, self._session.vault.originals.chunks(sha256))


def record(session: Session, tx: Tx, evidence_ids: Iterable[str], act: CustodyAct, detail: str) -> None:
    """Record an act on several pieces inside a transaction that is open. Unknown ids are passed over."""
    at = times.written(session.now())
    for evidence_id in evidence_ids:
        found = custody.named(tx, evidence_id)
        if found is None:
            continue
        changes = {
            "inspection_id": found[0],
            "evidence_id": evidence_id,
            "sha256": found[1],
            "act": act.value,
            "at": at,
            "done_by": session.me.id,
            "detail": detail[:200],
        }
        session.record(tx, Act(kind="create", type="custody", subject=new_id(), changes=changes))


def _story(tx: Tx, piece: Evidence) -> CustodyStory:
    names: dict[str, str] = {one.id: one.name for one in officers.everyone(tx)}
    steps = custody.steps(tx, piece.id)
    lines = [line for told in custody.entries(tx, "evidence", piece.id) for line in _changed(tx, told, names)]
    lines += _noted(steps, names)
    lines += _printed(tx, piece, names, noted={step.detail for step in steps if step.act is CustodyAct.PRINT})
    return CustodyStory(
        piece=piece,
        lines=tuple(sorted(lines, key=lambda line: line.at)),
        received_at=custody.received_at(tx, piece.original.sha256),
    )


def _clip_story(tx: Tx, clip: Clip, device: str, names: dict[str, str]) -> ClipStory:
    taken_in = [told for told in custody.entries(tx, "clip", clip.id) if told.entry.kind == "attach"]
    lines = [_told(told, names, "取入", f"{_SOURCES['footage']}　{device}　{clip.name}") for told in taken_in]
    lines += _noted(custody.steps(tx, clip.id), names)
    return ClipStory(
        clip=clip,
        device=device,
        lines=tuple(sorted(lines, key=lambda line: line.at)),
        received_at=custody.received_at(tx, clip.sha256),
    )


def _noted(steps: Iterable[CustodyStep], names: dict[str, str]) -> list[CustodyLine]:
    return [
        CustodyLine(
            at=step.at, by=names.get(step.by, step.by), what=_WORDS[step.act], detail=step.detail, entry=step.entry
        )
        for step in steps
    ]


def _changed(tx: Tx, told: Told, names: dict[str, str]) -> list[CustodyLine]:
    entry = told.entry
    what, detail = _what(tx, entry.kind, entry.set)
    if not what:
        return []
    return [_told(told, names, what, detail)]


def _what(tx: Tx, kind: str, fields: dict[str, object]) -> tuple[str, str]:
    if kind == "attach":
        return "取入", f"来源 {_SOURCES.get(str(fields.get('source')), fields.get('source'))}　{fields.get('name', '')}"
    if kind == "remove":
        return "移出", str(fields.get("removed_reason", ""))
    if "is_removed" in fields:
        return "放回", ""
    words = [word for name, word in _PATCHED.items() if name in fields]
    place = ""
    if fields.get("hazard_id"):
        place = f"第 {custody.hazard_ordinal(tx, str(fields['hazard_id']))} 项"
    return "、".join(words), place or str(fields.get("caption", ""))


_SOURCES: Final = {
    "dialog": "选择文件", "drop": "拖入", "folder": "文件夹", "paste": "粘贴", "watched": "监视文件夹",
    "card": "存储卡", "camera": "本机摄像头", "footage": "执法记录仪录像", "derived": "由原件制作",
}  # fmt: skip


def _printed(tx: Tx, piece: Evidence, names: dict[str, str], *, noted: set[str]) -> list[CustodyLine]:
    """Notices that show the piece: when they were issued, and printings from before these were noted piece by piece."""
    lines: list[CustodyLine] = []
    for shown in custody.notices_showing(tx, piece):
        issued = [told for told in custody.entries(tx, "notice", shown.notice_id) if told.entry.kind == "issue"]
        lines += [_told(told, names, "列入文书核发", shown.number) for told in issued]
        for run in prints.of_notice(tx, shown.notice_id):
            detail = printed_detail(shown.number, run.copies)
            if detail not in noted:
                lines.append(_told(custody.entries(tx, "print", run.id)[0], names, "随文书打印", detail))
    return lines


def printed_detail(number: str, copies: int) -> str:
    """Return what a printing is noted with."""
    return f"{number} × {copies}"


def _told(told: Told, names: dict[str, str], what: str, detail: str) -> CustodyLine:
    entry = told.entry
    at = datetime.fromtimestamp(entry.wall / 1000, CHINA)
    return CustodyLine(at=at, by=names.get(entry.actor, entry.actor), what=what, detail=detail, entry=told.hash)
