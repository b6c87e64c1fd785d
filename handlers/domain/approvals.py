"""Onay: what is done only with somebody's yes, who is asked for it, and what the yes still lacks.

The desk never claims that a button is a written order: of the kinds that need one the yes waits for the day and number
of the document (EBYS) behind it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.domain.people import PersonId
from handlers.domain.ticket import TicketId


class ApprovalKind(StrEnum):
    STOCK = "stock"
    SOFTWARE = "software"
    ACCESS = "access"
    SITE = "site"
    CAMERA = "camera"
    SCRAP = "scrap"
    MAINTENANCE = "maintenance"


class Approver(StrEnum):
    """Of whom a step is asked."""

    LEAD = "lead"
    DIRECTOR = "director"
    MANAGER = "manager"
    """Of the reporter's own müdürlük: somebody whom the desk is told by name."""
    COLLEAGUE = "colleague"
    """A second one of the unit: two sign what is scrapped."""


class Decision(StrEnum):
    APPROVED = "approved"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    steps: tuple[Approver, ...]
    """One after the other."""
    basis: str
    """Item of the bylaw; empty: of none."""
    needs_document: bool = False
    """A written order, or a written request: the yes holds once its day and number are known."""
    categories: tuple[str, ...] = ()
    """Subjects for which it is what is usually asked for."""


RULES: Mapping[ApprovalKind, ApprovalRule] = {
    ApprovalKind.STOCK: ApprovalRule(
        (Approver.DIRECTOR,), "11/26", True, ("donanim-talebi", "sarf-malzeme", "yeni-bilgisayar", "toner-kartus")
    ),
    ApprovalKind.SOFTWARE: ApprovalRule(
        (Approver.LEAD, Approver.DIRECTOR), "10/24", False, ("yazilim-gelistirme", "yazilim-kurulum")
    ),
    ApprovalKind.ACCESS: ApprovalRule(
        (Approver.MANAGER,), "10/50", False, ("otomasyon-yetki", "kullanici-hesabi", "ortak-klasor", "eposta-hesap")
    ),
    ApprovalKind.SITE: ApprovalRule(
        (Approver.MANAGER, Approver.LEAD), "10/47", False, ("vpn-uzak-erisim", "site-erisim-engeli")
    ),
    ApprovalKind.CAMERA: ApprovalRule((Approver.DIRECTOR,), "11/33", True, ("guvenlik-kamerasi",)),
    ApprovalKind.SCRAP: ApprovalRule((Approver.COLLEAGUE, Approver.DIRECTOR), "11/12", False, ("hurda",)),
    ApprovalKind.MAINTENANCE: ApprovalRule((Approver.DIRECTOR,), "", False),
}


def usual_kind(category: str | None) -> ApprovalKind | None:
    return next((kind for kind, rule in RULES.items() if category in rule.categories), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One step of a request: asked of somebody, and what came of it. Its words are entries of the ticket."""

    ticket: TicketId
    kind: ApprovalKind
    step: int
    """Place among the steps of the kind, from 0."""
    asked_by: PersonId
    asked_at: datetime
    manager: PersonId | None = None
    """Who was named, where the kind asks the reporter's own manager in one of its steps."""
    why: int | None = None
    """Entry with the reason that was given."""
    answer: int | None = None
    """Entry with what was answered last to a question of whoever is asked."""
    shown: str = ""
    """Hash of the text that was put before whoever is asked."""
    decision: Decision | None = None
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    acting_for: tuple[PersonId, ...] = ()
    document: str = ""
    """Number of what was written (EBYS)."""
    document_day: date | None = None
    withdrawn_at: datetime | None = None
    """Nobody waits for it any more."""
    id: int = 0

    @property
    def rule(self) -> ApprovalRule:
        return RULES[self.kind]

    @property
    def approver(self) -> Approver:
        return self.rule.steps[self.step]

    @property
    def is_last(self) -> bool:
        return self.step == len(self.rule.steps) - 1

    @property
    def is_pending(self) -> bool:
        """Somebody is asked for a yes or no."""
        return self.decision is None and self.withdrawn_at is None

    @property
    def lacks_document(self) -> bool:
        """The yes is there, the document behind it is not."""
        approved = self.decision is Decision.APPROVED and self.withdrawn_at is None
        return approved and self.is_last and self.rule.needs_document and not self.document
