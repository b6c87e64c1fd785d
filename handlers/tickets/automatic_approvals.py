"""Subjects whose tickets ask for a yes by themselves as soon as somebody has them: a lead or the director chooses."""

from __future__ import annotations

from collections.abc import Mapping

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.approvals import RULES, ApprovalKind, Approver, usual_kind
from handlers.domain.errors import Invalid
from handlers.domain.people import Role
from handlers.domain.recurring import OF_RECURRING
from handlers.domain.rights import Action, require
from handlers.domain.states import State
from handlers.domain.ticket import Ticket
from handlers.messages import Button
from handlers.tickets import approvals, cards, notifications


# --- which ----------------------------------------------------------------------------------------
def known(work: UseCaseContext) -> Mapping[str, ApprovalKind]:
    """By category; of those that the catalogue has."""
    chosen = work.uow.approvals.automatic()
    return {category: kind for category, kind in chosen.items() if work.desk.category(category) is not None}


def choose(acting: Acting, category: str, kind: ApprovalKind | None = None) -> ApprovalKind:
    """Tickets of that subject ask for it from now on; without a kind for what the bylaw's table has.

    Raises NotAllowed, Invalid(`approval_category`, `approval_kind`).
    """
    _require_own(acting, category)
    kind = kind or usual_kind(category)
    if kind is None:
        raise Invalid("approval_kind")
    acting.uow.approvals.set_automatic(category, kind)
    _log(acting, "approval_automatic", f"{category} {kind}")
    return kind


def drop(acting: Acting, category: str) -> Effect:
    """Nobody is asked by itself any more; what was asked for stays. Raises as `choose`."""
    _require_own(acting, category)
    if category not in acting.uow.approvals.automatic():
        return Effect.NONE
    acting.uow.approvals.set_automatic(category, None)
    _log(acting, "approval_by_hand", category)
    return Effect.CHANGED


def _require_own(acting: Acting, category: str) -> None:
    """A lead of the own unit's subjects, the director of any."""
    require(acting.person, Action.KEEP_APPROVALS)
    subject = acting.desk.category(category)
    units = {acting.person.unit, *(right.unit for right in acting.person.lent)}
    director = Role.DIRECTOR in {acting.person.role, *(right.role for right in acting.person.lent)}
    if subject is None or not (director or subject.unit in units):
        raise Invalid("approval_category", near=acting.desk.catalogue.categories_like(category))


def _log(acting: Acting, what: str, about: str) -> None:
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


# --- on a ticket ----------------------------------------------------------------------------------
def slot(ticket: Ticket) -> str:
    return f"approval_automatic:{ticket.id}"


def ask_or_offer(acting: Acting, ticket: Ticket) -> None:
    """Whoever claimed it asks, where the desk knows whose yes it is; once a ticket."""
    kind = _due(acting, ticket)
    if kind is None:
        return
    if Approver.MANAGER in RULES[kind].steps:
        offer(acting, ticket)
        return
    made = approvals.ask(acting, ticket, kind)
    for place in cards.work_places(acting, ticket):
        acting.say(
            place,
            "approval_automatic",
            buttons=[Button("Geri al", f"approval_back:{ticket.id}")],
            slot=slot(ticket),
            ticket=ticket,
            approval=made,
            people=approvals.asked_now(acting, ticket, made),
        )


def offer(acting: Acting, ticket: Ticket) -> None:
    """Where somebody else gave it to them, or the desk does not know whose yes it is: in one tap."""
    kind = _due(acting, ticket)
    if kind is None:
        return
    for place in cards.work_places(acting, ticket):
        acting.say(
            place,
            "approval_offer",
            buttons=[Button("Onay iste", f"approval_of:{ticket.id}:{kind}")],
            slot=slot(ticket),
            ticket=ticket,
            kind=kind,
        )


def _due(acting: Acting, ticket: Ticket) -> ApprovalKind | None:
    """Nothing where anything was asked for on it already, and of a düzenli iş: a count of toner takes none."""
    if ticket.draft.startswith(OF_RECURRING):
        return None
    kind = known(acting).get(ticket.category or "")
    return None if kind is None or acting.uow.approvals.of_ticket(ticket.id) else kind


def take_back(acting: Acting, ticket: Ticket) -> Effect:
    """Geri al: nobody waits for it, and work goes on. Not once somebody has decided."""
    require(acting.person, Action.RESUME, ticket)
    pending = any(one.is_pending for one in acting.uow.approvals.of_ticket(ticket.id))
    if ticket.state is not State.WAITING_APPROVAL or not pending:
        return Effect.NONE
    ticket.resume(by=acting.person.id, at=acting.now, channel=acting.channel)
    acting.uow.tickets.save(ticket)
    approvals.close_of(acting, [ticket])
    cards.refresh(acting, ticket)
    if ticket.holder is not None:
        notifications.reporter(acting, ticket, "update_resumed", holder=acting.uow.people.get(ticket.holder))
    return Effect.CHANGED
