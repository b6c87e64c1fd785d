"""Yenilendi: another term goes on from one, and the ticket that opened for it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.context import Acting
from handlers.contracts import access, history, recording
from handlers.domain.errors import Invalid
from handlers.domain.numbers import EVER, Series
from handlers.domain.rights import Action, may
from handlers.domain.term_rights import TermAction
from handlers.domain.terms import TAKEN_BACK_WITHIN, Term, TermId, TermState, require_later
from handlers.domain.ticket import Ticket
from handlers.people.officers import today_of
from handlers.tickets import cards, closing, work


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    before: Term
    after: Term
    closed: Ticket | None
    """The ticket that is done by it."""


def renew(acting: Acting, key: TermId, ends: date) -> Renewal:
    """Raises NotAllowed, NotFound, Stale, Invalid(`term_over`, `term_not_later`)."""
    before = recording.changeable(acting, key)
    in_place_of = access.require_renews(acting, before)
    require_later(before, ends)
    after = acting.uow.terms.add(_following(acting, before, ends))
    ended = replace(before, state=TermState.RENEWED, successor=after.id, changed_state_at=acting.now)
    ended = acting.uow.terms.save(ended)
    if before.host:  # of one host there is one living term
        after = acting.uow.terms.save(replace(after, host=before.host))
    history.note_term(acting, "renewed", ended, before, ref=str(after.number), acting_for=in_place_of)
    history.note_term(acting, "recorded", after, ref=str(ended.number), acting_for=in_place_of)
    return Renewal(before=ended, after=after, closed=_close(acting, before, ends))


def take_back(acting: Acting, key: TermId) -> Term:
    """Geri al, by what was renewed: it is in force as it was, and what went on from it is let go. The ticket stays as
    it is. Raises NotAllowed, NotFound, Stale, Invalid(`term_too_late`, `term_over`)."""
    in_place_of = access.require(acting, TermAction.KEEP)
    before = acting.uow.terms.get(key, to_change=True)
    if before.state is not TermState.RENEWED or before.successor is None:
        return before
    after = recording.changeable(acting, before.successor)
    if before.changed_state_at is None or acting.now - before.changed_state_at > TAKEN_BACK_WITHIN:
        raise Invalid("term_too_late", days=TAKEN_BACK_WITHIN.days)
    let_go = acting.uow.terms.save(replace(after, state=TermState.DROPPED, changed_state_at=acting.now))
    over = before.has_ended(today_of(acting))
    state = TermState.ENDED if over else TermState.IN_FORCE
    back = acting.uow.terms.save(replace(before, state=state, successor=None, changed_state_at=acting.now))
    history.note_term(acting, "dropped", let_go, after, ref=str(back.number), acting_for=in_place_of)
    history.note_term(acting, "brought_back", back, before, acting_for=in_place_of)
    return back


def _following(acting: Acting, before: Term, ends: date) -> Term:
    made = replace(
        before,
        number=acting.uow.counters.next(Series.TERM, EVER),
        starts=None if before.ends is None else before.ends + timedelta(days=1),
        ends=ends,
        told={},
        ticket=None,
        host="",
        state=TermState.IN_FORCE,
        changed_state_at=None,
        recorded_at=acting.now,
        recorded_by=acting.person.id,
        version=0,
        id=TermId(0),
    )
    return made.with_passed(today_of(acting))


def _close(acting: Acting, term: Term, ends: date) -> Ticket | None:
    """Where they may not complete it, or something of it is open yet, those who work on it are told."""
    ticket = None if term.ticket is None else acting.uow.tickets.get(term.ticket)
    if ticket is None or not ticket.state.active:
        return None
    if ticket.holder is None and may(acting.person, Action.CLAIM, ticket):
        work.claim(acting, ticket)
    if may(acting.person, Action.RESOLVE, ticket) and ticket.holder is not None:
        try:
            closing.resolve(acting, ticket, f"Yenilendi: yeni bitiş {ends:%d.%m.%Y}", although_open=True)
        except Invalid:  # a required line of its list is open: that is said where it is completed
            pass
        else:
            return ticket
    cards.tell_workers(acting, ticket, "term_renewed_told", term=term, ends=ends, by=acting.person)
    return None
