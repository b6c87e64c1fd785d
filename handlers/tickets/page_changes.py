"""One change of a ticket that a page asked for: tried before it is taken in, and done in the transaction of its event.

It is what the buttons of the chat call, under the same rights; a page adds no second way. What came of it is marked
under the event's key, so that the page which waits for it, and whoever presses twice, reads the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy

from handlers.context import Acting, Effect
from handlers.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from handlers.domain.idempotency import asked_by_page
from handlers.domain.keys import key_from
from handlers.domain.page_changes import (
    ADDS_ONLY,
    NEEDS,
    WAITS_ON_A_PAGE,
    AskedChange,
    ChangedMeanwhile,
    Outcome,
    PageAction,
    changed_since,
    fits,
)
from handlers.domain.people import PersonId, UnitId
from handlers.domain.rights import Action, may, require, sees_inside
from handlers.domain.states import Priority, State
from handlers.domain.ticket import Ticket
from handlers.tickets import (
    checklists,
    closing,
    correspondence,
    evidence,
    page_actions,
    parts,
    presence,
    undoing,
    waits,
    work,
)

_REFUSALS = (NotFound, NotAllowed, WrongState, Invalid)


def offered(acting: Acting, ticket: Ticket) -> list[PageAction]:
    """Those that they may do, and that the state allows. Who sees it as its reporter does, has the chat."""
    if not sees_inside(acting.person, ticket):
        return []
    return [one for one in PageAction if fits(one, ticket) and may(acting.person, NEEDS[one], ticket)]


def try_out(acting: Acting, asked: AskedChange) -> Ticket:
    """Whether it would be done now; nothing is changed. The ticket as it stands.

    Raises NotFound for a ticket that they may not know of, ChangedMeanwhile, and what the use case would raise.
    """
    ticket = acting.uow.tickets.by_number(asked.number)
    if not undoing.brings_back(acting, ticket, asked):
        require(acting.person, Action.READ, ticket)
        require(acting.person, NEEDS[asked.action], ticket)
        if not sees_inside(acting.person, ticket):
            raise NotAllowed(asked.action, acting.person.handle)
    if asked.action not in ADDS_ONLY:
        moved = changed_since(acting.uow.tickets.history(ticket.id), asked.seen, acting.person.id)
        if moved:
            raise ChangedMeanwhile(ticket.number, moved)
    if asked.action in _TRIES:
        _TRIES[asked.action](acting, deepcopy(ticket), asked)
    else:
        page_actions.plan(acting, ticket, asked)
    return ticket


def carry_out(acting: Acting, asked: AskedChange) -> Outcome:
    """Whatever comes of it is marked. Refusals do not leave: the page tells them."""
    try:
        ticket = try_out(acting, asked)
        back = undoing.brings_back(acting, ticket, asked)
        ticket.undoes = undoing.takes_back(acting, ticket, asked)
        done = _bring_back(acting, ticket, asked) if back else _do(acting, ticket, asked)
        outcome = Outcome.NONE if done is Effect.NONE else Outcome.DONE
    except ChangedMeanwhile:
        outcome = Outcome.STALE
    except _REFUSALS:
        outcome = Outcome.REFUSED
    acting.uow.once.first(asked_by_page(acting.event_key, outcome), acting.now)
    return outcome


def bring_back(acting: Acting, ticket: Ticket, action: PageAction, to: str) -> Effect:
    """Geri al in the chat, of what went to the other unit: `to` the unit, or the subject, where it was. NONE: it is
    there again. Raises Invalid(`brought_back_late`)."""
    asked = AskedChange(number=ticket.number, action=action, to=to, seen=0, undoes=True)
    if undoing.brings_back(acting, ticket, asked):
        ticket.undoes = True
        return _bring_back(acting, ticket, asked)
    if to in (ticket.unit, ticket.category):
        return Effect.NONE
    raise Invalid("brought_back_late", number=ticket.number)


def _do(acting: Acting, ticket: Ticket, asked: AskedChange) -> object:
    if asked.action in _DOES:
        return _DOES[asked.action](acting, ticket, asked)
    return page_actions.plan(acting, ticket, asked)()


def _bring_back(acting: Acting, ticket: Ticket, asked: AskedChange) -> Effect:
    if asked.action is PageAction.TRANSFER:
        return work.bring_back(acting, ticket, UnitId(asked.to))
    subject = acting.desk.category(asked.to)
    if subject is None:
        raise NotFound("category", asked.to)
    return work.bring_back(acting, ticket, subject.unit, asked.to)


# --- tried ----------------------------------------------------------------------------------------
def _try_claim(acting: Acting, ticket: Ticket, _: AskedChange) -> None:
    ticket.claim(by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_release(acting: Acting, ticket: Ticket, _: AskedChange) -> None:
    ticket.release(by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_resolve(acting: Acting, ticket: Ticket, asked: AskedChange) -> None:
    if not any(letter.isalnum() for letter in asked.text):
        raise Invalid("resolution_missing")
    if not asked.anyway:
        parts.require_done(acting, ticket)
    checklists.require_ticked(acting, ticket)
    evidence.require_given(acting, ticket)
    ticket.resolve(asked.text, by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_wait(acting: Acting, ticket: Ticket, asked: AskedChange) -> None:
    state = _wait_of(asked)
    if state is State.WAITING_REPORTER:
        require(acting.person, Action.ASK, ticket)
        if not any(letter.isalnum() for letter in asked.text):
            raise Invalid("question_missing")
    ticket.wait(state, "", by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_resume(acting: Acting, ticket: Ticket, _: AskedChange) -> None:
    if ticket.state is not State.CLAIMED:
        ticket.resume(by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_assign(acting: Acting, ticket: Ticket, asked: AskedChange) -> None:
    somebody = acting.uow.people.get(_person_of(asked))
    if not somebody.works_in(ticket.unit) and not may(somebody, Action.CLAIM, ticket):
        raise NotAllowed(Action.CLAIM, somebody.handle)  # whatever they may read: it is not they who ask
    absence = presence.absence_of(acting, somebody)
    if absence is not None and not asked.anyway:
        until = presence.last_day(acting, absence, somebody.unit)
        raise Invalid("person_away", who=somebody, until=until, stand_in=presence.stand_in(acting, absence))
    ticket.assign(somebody.id, by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_prioritise(acting: Acting, ticket: Ticket, asked: AskedChange) -> None:
    ticket.prioritise(_priority_of(asked), by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_recategorise(acting: Acting, ticket: Ticket, asked: AskedChange) -> None:
    subject = acting.desk.category(asked.to)
    if subject is None:
        raise NotFound("category", asked.to)
    ticket.recategorise(asked.to, subject.unit, by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_transfer(acting: Acting, ticket: Ticket, asked: AskedChange) -> None:
    if asked.to not in acting.desk.units:
        raise NotFound("unit", asked.to)
    if asked.to != ticket.unit:
        ticket.transfer(UnitId(asked.to), by=acting.person.id, at=acting.now, channel=acting.channel)


def _try_words(_: Acting, ticket: Ticket, asked: AskedChange) -> None:
    if ticket.state is State.MERGED:
        raise WrongState(ticket.number, ticket.state, "write")
    if not asked.files and not any(letter.isprintable() and not letter.isspace() for letter in asked.text):
        raise Invalid("words_missing")


# --- done -----------------------------------------------------------------------------------------
def _wait(acting: Acting, ticket: Ticket, asked: AskedChange) -> Effect:
    state = _wait_of(asked)
    if state is State.WAITING_REPORTER:
        work.ask_reporter(acting, ticket, asked.text)
        return Effect.CHANGED
    done = waits.wait(acting, ticket, state)
    if done is Effect.CHANGED and asked.text.strip():
        work.describe_wait(acting, ticket, state, asked.text)
    return done


def _note(acting: Acting, ticket: Ticket, asked: AskedChange) -> Effect:
    correspondence.add_note(acting, ticket, asked.text, asked.files)
    return Effect.CHANGED


def _write(acting: Acting, ticket: Ticket, asked: AskedChange) -> Effect:
    correspondence.reply_to_reporter(acting, ticket, asked.text, asked.files)
    return Effect.CHANGED


def _wait_of(asked: AskedChange) -> State:
    if asked.to not in WAITS_ON_A_PAGE:
        raise Invalid("wait_for_what")
    return State(asked.to)


def _person_of(asked: AskedChange) -> PersonId:
    person = key_from(asked.to)
    if person is None:
        raise NotFound("person", asked.to)
    return PersonId(person)


def _priority_of(asked: AskedChange) -> Priority:
    if asked.to not in set(Priority):
        raise NotFound("priority", asked.to)
    return Priority(asked.to)


_TRIES: Mapping[PageAction, Callable[[Acting, Ticket, AskedChange], None]] = {
    PageAction.CLAIM: _try_claim,
    PageAction.RELEASE: _try_release,
    PageAction.RESOLVE: _try_resolve,
    PageAction.WAIT: _try_wait,
    PageAction.RESUME: _try_resume,
    PageAction.ASSIGN: _try_assign,
    PageAction.PRIORITISE: _try_prioritise,
    PageAction.RECATEGORISE: _try_recategorise,
    PageAction.TRANSFER: _try_transfer,
    PageAction.NOTE: _try_words,
    PageAction.WRITE: _try_words,
}
_DOES: Mapping[PageAction, Callable[[Acting, Ticket, AskedChange], Effect]] = {
    PageAction.CLAIM: lambda acting, ticket, _: work.claim(acting, ticket),
    PageAction.RELEASE: lambda acting, ticket, _: work.release(acting, ticket),
    PageAction.RESOLVE: lambda acting, ticket, asked: closing.resolve(
        acting, ticket, asked.text, although_open=asked.anyway
    ),
    PageAction.WAIT: _wait,
    PageAction.RESUME: lambda acting, ticket, _: work.resume(acting, ticket),
    PageAction.ASSIGN: lambda acting, ticket, asked: work.assign(
        acting, ticket, _person_of(asked), although_away=asked.anyway
    ),
    PageAction.PRIORITISE: lambda acting, ticket, asked: work.prioritise(acting, ticket, _priority_of(asked)),
    PageAction.RECATEGORISE: lambda acting, ticket, asked: work.recategorise(acting, ticket, asked.to),
    PageAction.TRANSFER: lambda acting, ticket, asked: work.transfer(acting, ticket, UnitId(asked.to)),
    PageAction.NOTE: _note,
    PageAction.WRITE: _write,
}
