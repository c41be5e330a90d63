"""Find a site, or add one that the register doesn't know."""

from __future__ import annotations

from dataclasses import dataclass

from inspector.domain.changes import Changes, Topic
from inspector.domain.site import Site, is_credit_code
from inspector.errors import InvalidInput
from inspector.ids import new_id
from inspector.services.session import Session
from inspector.services.wording import one_line
from inspector.store import sites
from inspector.store.journal import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """What the officer types about a new site."""

    name: str
    credit_code: str
    address: str
    responsible_person: str
    position: str = ""
    phone: str = ""
    industry: str = "COM"


class SiteService:
    """Sites of the register and of this laptop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(self, text: str = "", limit: int = 200) -> list[Site]:
        """Return sites by name, pinyin initials, credit code or address; everything if `text` is empty."""
        with self._session.vault.gateway.read() as tx:
            return sites.find(tx, text, limit)

    def get(self, site_id: str) -> Site:
        """Return one site. Raises NotFound."""
        with self._session.vault.gateway.read() as tx:
            return sites.get(tx, site_id)

    def add(self, draft: SiteDraft) -> Changes:
        """Record a new site. Raises InvalidInput(field, reason: empty | check_digit | taken)."""
        for name in ("name", "address", "responsible_person"):
            one_line(getattr(draft, name), field=name)
        code = draft.credit_code.strip().upper()
        if not is_credit_code(code):
            raise InvalidInput(field="credit_code", reason="check_digit", length=len(code))
        site_id = new_id()
        fields = {
            "office_id": self._session.office.id,
            "name": draft.name.strip(),
            "credit_code": code,
            "address": draft.address.strip(),
            "responsible_person": draft.responsible_person.strip(),
            "position": draft.position.strip(),
            "phone": draft.phone.strip(),
            "industry": draft.industry,
            "status": "active",
        }
        with self._session.vault.gateway.write() as tx:
            if sites.with_credit_code(tx, code):
                raise InvalidInput(field="credit_code", reason="taken")
            self._session.record(tx, Act(kind="create", type="site", subject=site_id, changes=fields))
        return Changes.of(Topic.SITES, Topic.SYNC, made=site_id)
