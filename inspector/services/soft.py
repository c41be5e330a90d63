"""Soft enforcement 柔性执法: the ladder of a hazard, whether it is a first minor offence, the card that explains it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from inspector.domain.changes import Changes, Topic
from inspector.domain.hazard import Citation, Hazard, Measure, Severity
from inspector.domain.soft import SoftChoice, SoftStep, SoftStepKind
from inspector.errors import InvalidInput, NotAllowed, PrinterFailed
from inspector.ids import new_id
from inspector.law import corrections, laws
from inspector.law.statute_library import ArticleText
from inspector.notices import law_card
from inspector.notices.law_card import LawCard
from inspector.printing import spooler
from inspector.printing.spooler import Ticket
from inspector.printing.states import PrinterState
from inspector.services.hazards import HazardService
from inspector.services.outside import write_new
from inspector.services.session import Session
from inspector.services.wording import plain
from inspector.store import hazards, inspections, officers, sites, soft, times
from inspector.store.journal import Act
from inspector.store.soft import Earlier

Find = Callable[[Citation], ArticleText | None]
MAJOR, NO_ITEM, EARLIER = "major", "no_item", "earlier"
"""Why nothing is suggested: 重大; no catalogue item to compare by; the site had the same before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Whether a hazard looks like a first minor offence, as far as this laptop knows; headquarters may know more.

    `why_not` is empty when it is suggested. Whether it is put right in time, only the re-check can say.
    """

    why_not: str
    earlier: tuple[Earlier, ...]
    basis: Citation
    basis_short: str
    """The same under the short name of its law, as people say it."""

    @property
    def is_suggested(self) -> bool:
        """Whether it may be suggested."""
        return not self.why_not


class SoftService:
    """Steps are taken by officers; nothing is ever decided here."""

    def __init__(self, session: Session, find: Find = lambda _citation: None) -> None:
        self._session, self._find = session, find

    def of(self, hazard_id: str) -> tuple[SoftStep, ...]:
        """Return the steps that were taken about a hazard, oldest first."""
        with self._session.vault.gateway.read() as tx:
            return tuple(soft.of_hazard(tx, hazard_id))

    def take(self, hazard_id: str, step: SoftStepKind, note: str = "") -> Changes:
        """Record a step, also after the visit has ended. Raises NotFound, InvalidInput, NotAllowed(hazard_removed)."""
        with self._session.vault.gateway.write() as tx:
            found = hazards.get(tx, hazard_id)
            if found.is_removed:
                raise NotAllowed(reason="hazard_removed")
            fields: dict[str, Any] = {
                "inspection_id": found.inspection_id,
                "hazard_id": hazard_id,
                "step": step.value,
                "note": plain(note, field="note"),
                "taken_at": times.written(self._session.now()),
                "taken_by": self._session.me.id,
            }
            made = new_id()
            self._session.record(tx, Act(kind="create", type="soft_step", subject=made, changes=fields))
        return Changes.of(Topic.HAZARDS, Topic.SYNC, made=made)

    def suggestion(self, hazard_id: str) -> Suggestion:
        """Return whether it looks like a first minor offence (行政处罚法 art. 33(1): 首次, 轻微, 及时改正).

        Minor: not 重大. First: no earlier hazard of its catalogue item at the site, in this laptop's own records.
        """
        with self._session.vault.gateway.read() as tx:
            found = hazards.get(tx, hazard_id)
            before = tuple(soft.earlier(tx, found))
        cited = basis()
        law = laws.load().get(cited.law)
        return Suggestion(
            why_not=_why_not(found, before),
            earlier=before,
            basis=cited,
            basis_short=replace(cited, title=law.short or law.title).text(),
        )

    def choose(self, hazard_id: str, choice: SoftChoice, reason: str = "") -> Changes:
        """Record what was decided; against the suggestion only with a reason.

        Raises InvalidInput(soft_reason: empty), NotAllowed(hazard_issued, …), NotFound.
        """
        kept = plain(reason, field="soft_reason")
        offered = self.suggestion(hazard_id).is_suggested
        needs_reason = choice is SoftChoice.OVERRIDDEN or (choice is SoftChoice.FIRST_MINOR and not offered)
        if needs_reason and not kept:
            raise InvalidInput(field="soft_reason", reason="empty")
        return HazardService(self._session).patch(hazard_id, soft_choice=choice, soft_reason=kept)

    def card(self, hazard_id: str) -> bytes:
        """Return the 普法卡 of a hazard as PDF: one page. Not for the window's thread."""
        return law_card.draw(self._card(hazard_id))

    def save_card(self, hazard_id: str, file: Path) -> Path:
        """Write the card to a new file. Raises NotAllowed(file_exists), StorageFull, StorageFailed."""
        return write_new(file, [self.card(hazard_id)])

    def print_card(self, hazard_id: str, printer: str) -> None:
        """Print the card on a printer that is ready. Raises SpoolerMissing, PrinterFailed: nothing was sent."""
        found = spooler.printer(printer)
        if found.state.is_fault or found.is_a4_loaded is False:
            fault = found.state if found.state.is_fault else PrinterState.WRONG_PAPER
            raise PrinterFailed(fault=fault.value, printer=found.title)
        spooler.submit(self.card(hazard_id), Ticket(printer=printer, title=law_card.TITLE))

    def _card(self, hazard_id: str) -> LawCard:
        with self._session.vault.gateway.read() as tx:
            hazard = hazards.get(tx, hazard_id)
            visit = inspections.get(tx, hazard.inspection_id)
            site = sites.get(tx, visit.site_id)
            people = [officers.get(tx, one).name for one in visit.officer_ids]
        office = self._session.office
        return LawCard(
            site=site.name,
            place=hazard.place,
            description=hazard.description,
            articles=[(one.text(), self._words(one)) for one in hazard.basis],
            requirement=hazard.requirement,
            deadline=None if hazard.measure is Measure.IMMEDIATE else hazard.deadline,
            is_stopped=hazard.measure is Measure.STOP,
            office=office.name,
            officers=people,
            contact=office.phone,
            lenient=basis().text() if hazard.soft_choice == SoftChoice.FIRST_MINOR else "",
            at=self._session.now(),
            is_training=office.is_training,
        )

    def _words(self, citation: Citation) -> str:
        """Return the words of what a citation names, as the library has them today; empty without a text."""
        found = self._find(citation)
        if found is None:
            return ""
        paragraphs = found.article.paragraphs
        at = sorted({spot.paragraph for spot in found.spots if 0 < spot.paragraph <= len(paragraphs)})
        chosen = [paragraphs[n - 1] for n in at] or paragraphs
        return "".join(one.text + "".join(f"{each.label}{each.text}" for each in one.items) for one in chosen)


def basis() -> Citation:
    """Return the article on first minor offences, as the law pack cites it. Raises PackDamaged."""
    told = corrections.load().first_minor
    return laws.load().cite(told.law, told.article, told.paragraph)


def _why_not(hazard: Hazard, before: tuple[Earlier, ...]) -> str:
    if hazard.severity is Severity.MAJOR:
        return MAJOR
    if not hazard.catalogue_code:
        return NO_ITEM
    return EARLIER if before else ""
