"""How a ticket ends: resolved with what was done, confirmed or still broken, reopened, rated, cancelled, merged."""

from __future__ import annotations

from datetime import datetime

from handlers.chat import prompts
from handlers.chat.turn import Turn
from handlers.context import Work
from handlers.domain.dialog import Expect, Expectation
from handlers.domain.errors import Invalid, NotFound, WrongState
from handlers.domain.rights import Action, may, require
from handlers.domain.states import State
from handlers.domain.ticket import Entry, EntryKind, Ticket, parse_number
from handlers.messages import Button
from handlers.tickets import cards, notifications, quick_answers

RATED_EVERY = 3
"""One ticket in so many asks for a tap; a form on each would be ignored."""
RATINGS = (("🙂 İyiydi", 3), ("😐 İdare eder", 2), ("🙁 Kötüydü", 1))
LONGEST_RESOLUTION = 1000


def begin_resolve(turn: Turn, ticket: Ticket) -> None:
    """Tamamladım: "Ne yapıldı?" """
    require(turn.person, Action.RESOLVE, ticket)
    if ticket.state is State.RESOLVED:
        return
    prompts.ask(turn, ticket, Expect.RESOLUTION, "prompt_done", buttons=quick_answers.done_buttons(ticket))


def resolve(turn: Turn, ticket: Ticket, what_was_done: str) -> None:
    require(turn.person, Action.RESOLVE, ticket)
    if ticket.state is State.RESOLVED:
        return
    ticket.resolve(what_was_done[:LONGEST_RESOLUTION], by=turn.person.id, at=turn.now, channel=turn.channel)
    asked = prompts.answered(turn, ticket)
    turn.uow.tickets.add_entry(
        ticket.id,
        Entry(
            kind=EntryKind.RESOLUTION,
            at=turn.now,
            author=turn.person.id,
            text=ticket.resolution,
            message_key=turn.event_key,
        ),
    )
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    notifications.reporter(
        turn,
        ticket,
        "update_resolved",
        buttons=[
            Button("Evet, çalışıyor", f"confirm:{ticket.id}"),
            Button("Hâlâ bozuk", f"still_broken:{ticket.id}"),
        ],
        slot=f"resolved:{ticket.id}",
        fresh=True,
        resolver=turn.person,
        request=turn.desk.is_request(ticket.category),
        asks=True,
    )
    notifications.followers(turn, ticket, "outage_ended")
    turn.say(turn.here, "resolved_receipt", ticket=ticket, slot=asked, rings=False, told=notifications.is_told(ticket))


def confirm(turn: Turn, ticket: Ticket) -> None:
    """Evet, çalışıyor."""
    require(turn.person, Action.CONFIRM, ticket)
    if ticket.state is State.CLOSED:
        return
    ticket.confirm(by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    _asks_no_more(turn, ticket)
    asked = ticket.id % RATED_EVERY == 0
    turn.say(
        turn.here,
        "confirmed",
        buttons=[Button(label, f"rate:{ticket.id}:{stars}") for label, stars in RATINGS] if asked else (),
        slot=f"rating:{ticket.id}",
        ticket=ticket,
        asked=asked,
    )
    cards.refresh(turn, ticket)


def rate(turn: Turn, ticket: Ticket, stars: int) -> None:
    require(turn.person, Action.RATE, ticket)
    if ticket.rating is not None or stars not in {known for _, known in RATINGS}:
        return
    ticket.rate(stars, by=turn.person.id, at=turn.now, channel=turn.channel)
    turn.uow.tickets.save(ticket)
    turn.uow.messages.settle(turn.here, f"rating:{ticket.id}")
    turn.say(turn.here, "rated", ticket=ticket, rings=False)


def still_broken(turn: Turn, ticket: Ticket) -> None:
    """Hâlâ bozuk: it is open again at once; what still happens is asked after."""
    require(turn.person, Action.REOPEN, ticket)
    if ticket.state.active:
        return
    if not ticket.may_reopen(turn.now):
        raise Invalid("too_late_to_reopen", number=ticket.number)
    reopen(turn, ticket)
    if turn.person.id == ticket.reporter:
        turn.dialog.last_ticket = ticket.id
        turn.dialog.expects = Expectation(kind=Expect.REOPEN_REASON, ticket=ticket.id, asked=f"reopen:{ticket.id}")
        turn.say(
            turn.here,
            "reopened",
            buttons=[Button("Bilmiyorum, atla", f"prompt_skip:{ticket.id}")],
            slot=f"reopen:{ticket.id}",
            fresh=True,
            ticket=ticket,
        )


def reopen(turn: Turn, ticket: Ticket) -> None:
    """Back to its holder where they still work in the unit, else to the queue."""
    holder = turn.uow.people.get(ticket.holder) if ticket.holder else None
    _asks_no_more(turn, ticket)
    stays = holder is not None and (holder.works_in(ticket.unit) or (ticket.restricted and not holder.gone))
    ticket.reopen(by=turn.person.id, at=turn.now, channel=turn.channel, holder_stays=stays)
    turn.uow.tickets.save(ticket)
    if ticket.conversation:
        turn.uow.messages.settle(ticket.conversation, f"rating:{ticket.id}")
        turn.uow.messages.settle(ticket.conversation, f"ended:{ticket.id}")
    turn.uow.messages.settle(turn.here, f"ended:{ticket.id}")
    turn.uow.messages.settle(turn.here, f"shown:{ticket.id}")
    cards.refresh(turn, ticket)
    cards.tell_workers(
        turn, ticket, "work_reopened", holder=holder if stays else None, title=turn.desk.title(ticket.category)
    )
    if turn.person.id != ticket.reporter:
        notifications.reporter(turn, ticket, "update_reopened")


def reopen_reason(turn: Turn, expects: Expectation, text: str, files: tuple[str, ...]) -> None:
    """What the reporter says of it after "Hâlâ bozuk"."""
    from handlers.chat import ticket_replies  # the two know each other: a reason is a reply

    prompts.settle(turn)
    ticket_replies.write_to(turn, turn.uow.tickets.get(expects.ticket or 0), text, files)


def close_in_silence(work: Work, ticket: Ticket, at: datetime) -> None:
    """Three working days without a word: it counts as done, and can be reopened."""
    ticket.close(at=at, reason="silence")
    work.uow.tickets.save(ticket)
    _asks_no_more(work, ticket)
    cards.refresh(work, ticket)
    notifications.reporter(
        work,
        ticket,
        "update_closed",
        buttons=[Button("Hâlâ bozuk", f"still_broken:{ticket.id}")],
        slot=f"ended:{ticket.id}",
        fresh=True,
    )


def _asks_no_more(work: Work, ticket: Ticket) -> None:
    """ "Şimdi çalışıyor mu?" is answered, or over: what was done stays, the question and its buttons go."""
    if ticket.state is State.CANCELLED or ticket.resolved_by is None:
        return
    notifications.reporter(
        work,
        ticket,
        "update_resolved",
        slot=f"resolved:{ticket.id}",
        rings=False,
        resolver=work.uow.people.get(ticket.resolved_by),
        request=work.desk.is_request(ticket.category),
        asks=False,
    )


# --- cancelled and merged ------------------------------------------------------------------------
def begin_cancel(turn: Turn, ticket: Ticket) -> None:
    """İptal: not without a reason."""
    require(turn.person, Action.CANCEL, ticket)
    prompts.ask(turn, ticket, Expect.CANCEL_REASON, "prompt_cancel", buttons=quick_answers.cancel_reasons(ticket))


def cancel(turn: Turn, ticket: Ticket, reason: str, code: str = "other") -> None:
    require(turn.person, Action.CANCEL, ticket)
    if ticket.state is State.CANCELLED:
        return
    ticket.cancel(code, by=turn.person.id, at=turn.now, channel=turn.channel)
    asked = prompts.answered(turn, ticket)
    _keep_reason(turn, ticket, reason)
    turn.uow.tickets.save(ticket)
    cards.refresh(turn, ticket)
    notifications.reporter(turn, ticket, "update_cancelled", reason=reason)
    turn.say(
        turn.here,
        "cancelled_receipt",
        ticket=ticket,
        slot=asked,
        rings=False,
        told=notifications.is_told(ticket),
        reason=reason,
    )


def begin_merge(turn: Turn, ticket: Ticket) -> None:
    """Birleştir: with which?"""
    require(turn.person, Action.MERGE, ticket)
    others = [
        other
        for other in turn.uow.tickets.active_in(ticket.unit, ticket.category, limit=6)
        if other.id != ticket.id and may(turn.person, Action.READ, other)
    ][:4]
    buttons = [Button(other.number, f"merge_into:{ticket.id}:{other.id}") for other in others]
    prompts.ask(turn, ticket, Expect.MERGE_TARGET, "prompt_merge", buttons=buttons, others=others)


def choose_merge(turn: Turn, ticket: Ticket, other: Ticket) -> None:
    """The target is chosen: why?"""
    require(turn.person, Action.MERGE, ticket)
    require(turn.person, Action.READ, other)
    if other.id == ticket.id or not other.state.active:
        raise Invalid("cannot_merge", number=ticket.number, other=other.number)
    prompts.ask(
        turn,
        ticket,
        Expect.CANCEL_REASON,
        "prompt_merge_reason",
        detail=f"merge:{other.id}",
        buttons=quick_answers.merge_reasons(ticket),
        other=other,
    )


def merge_target(turn: Turn, expects: Expectation, text: str) -> None:
    """The number was typed."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    require(turn.person, Action.MERGE, ticket)
    if not ticket.state.active:
        raise WrongState(ticket.number, ticket.state, "merge")
    number = parse_number(text, turn.desk.year(turn.now))
    if number is None:
        raise Invalid("no_number", typed=text[:40])
    try:
        other = turn.uow.tickets.by_number(number)
        require(turn.person, Action.READ, other)
    except NotFound as error:
        raise Invalid("not_found") from error  # said as for any other, and asked again
    choose_merge(turn, ticket, other)


def merge(turn: Turn, ticket: Ticket, other: Ticket, reason: str) -> None:
    require(turn.person, Action.MERGE, ticket)
    if ticket.state is State.MERGED:
        return
    ticket.merge_into(other, by=turn.person.id, at=turn.now, channel=turn.channel)
    asked = prompts.answered(turn, ticket)
    _keep_reason(turn, ticket, reason)
    if ticket.conversation and ticket.conversation not in (*other.followers, other.conversation):
        other.followers += (ticket.conversation,)
    for file in ticket.files:
        turn.uow.attachments.for_ticket(file, other.id)
    other.files += ticket.files
    turn.uow.tickets.save(ticket)
    turn.uow.tickets.save(other)
    cards.refresh(turn, ticket)
    cards.refresh(turn, other)
    notifications.reporter(turn, ticket, "update_merged", other=other)
    turn.say(turn.here, "merged_receipt", ticket=ticket, slot=asked, other=other, rings=False)


def reason_given(turn: Turn, expects: Expectation, text: str) -> None:
    """A reason in their own words, for İptal or Birleştir."""
    ticket = turn.uow.tickets.get(expects.ticket or 0)
    verb, _, other = expects.detail.partition(":")
    if verb == "merge":
        merge(turn, ticket, turn.uow.tickets.get(int(other)), text)
    else:
        cancel(turn, ticket, text)


def merge_for(turn: Turn, ticket: Ticket, reason: str) -> None:
    """One of the reasons was tapped; the target is what the prompt was about."""
    expects = turn.dialog.expects
    if expects is None or expects.ticket != ticket.id or not expects.detail.startswith("merge:"):
        raise NotFound("prompt", ticket.number)
    merge(turn, ticket, turn.uow.tickets.get(int(expects.detail.removeprefix("merge:"))), reason)


def _keep_reason(turn: Turn, ticket: Ticket, reason: str) -> None:
    turn.uow.tickets.add_entry(
        ticket.id,
        Entry(kind=EntryKind.REASON, at=turn.now, author=turn.person.id, text=reason, message_key=turn.event_key),
    )
