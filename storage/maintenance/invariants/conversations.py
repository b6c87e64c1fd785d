"""The order of messages, their buttons, and what everybody concerned must have been told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select

from handlers.domain.states import Change
from handlers.messages import CARD
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import button, conversation, message, person, ticket, ticket_event

# --- order ----------------------------------------------------------------------------------------
_NEWEST = func.coalesce(
    select(func.max(message.c.seq)).where(message.c.conversation == conversation.c.address).scalar_subquery(), 0
)
_ENDS = select(conversation.c.address, conversation.c.last_seq, _NEWEST.label("newest")).subquery()
_OTHER_ENDS = select(_ENDS).where(_ENDS.c.last_seq != _ENDS.c.newest)
_SAME_PLACE = (
    select(message.c.conversation, message.c.seq)
    .group_by(message.c.conversation, message.c.seq)
    .having(func.count() > 1)
)
_IN_A_ROW = select(
    message.c.id,
    message.c.conversation,
    message.c.seq,
    message.c.first_seq,
    func.lag(message.c.first_seq)
    .over(partition_by=message.c.conversation, order_by=message.c.id)
    .label("first_seq_before"),
).subquery()
_OUT_OF_ORDER = select(_IN_A_ROW).where(
    or_(_IN_A_ROW.c.first_seq <= _IN_A_ROW.c.first_seq_before, _IN_A_ROW.c.first_seq > _IN_A_ROW.c.seq)
)
_ANSWERED = message.alias("answered")
_STRAY_REPLIES = (
    select(message.c.id)
    .outerjoin(
        _ANSWERED, and_(_ANSWERED.c.id == message.c.reply_to, _ANSWERED.c.conversation == message.c.conversation)
    )
    .where(message.c.reply_to.is_not(None), _ANSWERED.c.id.is_(None))
)


def messages_in_order(ground: InvariantContext) -> Iterator[Finding]:
    for row in ground.rows(_SAME_PLACE):
        yield row.conversation, f"two messages stand at {row.seq}"
    for row in ground.rows(_OTHER_ENDS):
        yield row.address, f"counts {row.last_seq} changes, its newest message is at {row.newest}"
    for row in ground.rows(_OUT_OF_ORDER):
        yield row.conversation, f"message {row.id} does not stand in the order in which it came"
    for row in ground.rows(_STRAY_REPLIES):
        yield f"message {row.id}", "answers one that is not in its conversation"


# --- buttons --------------------------------------------------------------------------------------
_ON_NOTHING = (
    select(button.c.message)
    .join(message, message.c.id == button.c.message)
    .where(button.c.live, or_(message.c.deleted, message.c.author.is_not(None)))
    .distinct()
)
_TWICE = (
    select(button.c.message, button.c.action)
    .where(button.c.live)
    .group_by(button.c.message, button.c.action)
    .having(func.count() > 1)
)
_OTHERS_CARDS = select(message.c.id).where(
    message.c.slot.is_not(None),
    message.c.slot.like(f"{CARD}%"),
    message.c.slot != literal(CARD) + cast(func.coalesce(message.c.ticket, 0), String),
)


def buttons_on_live_messages(ground: InvariantContext) -> Iterator[Finding]:
    for row in ground.rows(_ON_NOTHING):
        yield f"message {row.message}", "has buttons and is deleted, or somebody's own"
    for row in ground.rows(_TWICE):
        yield f"message {row.message}", f"has the same button twice: {row.action}"
    for row in ground.rows(_OTHERS_CARDS):
        yield f"message {row.id}", "stands as the card of another ticket than its own"


# --- what was told --------------------------------------------------------------------------------
_ANSWERS = ("opened", "opened_for_caller", "opened_elsewhere", "outage_declared", "split_receipt", "discreet")
"""One that was opened to be the head of an outage is told of with it. The last is what stands in a room in the place of
one of them, once the ticket turned out to be a security matter."""
_UNANSWERED = select(ticket.c.number).where(
    ticket.c.id.not_in(select(message.c.ticket).where(message.c.kind.in_(_ANSWERS), message.c.ticket.is_not(None))),
    ~and_(ticket.c.untold, ticket.c.conversation == "", ticket.c.opened_by == ticket.c.reporter),
)
"""What the desk opens in somebody's name (düzenli iş, what is to be done after an outage) is told of on its card."""
_CALLERS = select(ticket.c.number).where(
    ticket.c.opened_by != ticket.c.reporter,
    ticket.c.conversation != "",
    ticket.c.id.not_in(
        select(message.c.ticket).where(message.c.kind == "opened_by_other", message.c.ticket.is_not(None))
    ),
)
_TOLD_AS = {
    Change.CLAIMED: "update_claimed",
    Change.ASSIGNED: "update_claimed",
    Change.RELEASED: "update_released",
    Change.TRANSFERRED: "update_moved",
    Change.RECATEGORISED: "update_subject",
    Change.PRIORITISED: "update_priority",
    Change.WAITING: "update_waiting",
    Change.FOUND_CLOSED: "update_door_closed",
    Change.ASKED: "question_to_reporter",
    Change.RESUMED: "update_resumed",
    Change.RESOLVED: "update_resolved",
    Change.CLOSED: "update_closed",
    Change.REOPENED: "update_reopened",
    Change.SOLVED: "solved_mine",
    Change.CANCELLED: "update_cancelled",
    Change.MERGED: "update_merged",
    Change.SEPARATED: "update_separated",
}
"""The template in which `handlers` tells the reporter of it."""
_THEIR_OWN = {"cancelled_mine": "update_cancelled", "reopened": "update_reopened"}
"""Where the reporter did it: said as the answer to them."""
_NEXT = ticket_event.alias("following")
_WAS_GUEST = select(person.c.id).where(person.c.became == ticket.c.reporter).correlate(ticket)
_NOT_TOLD_ALONE: tuple[ColumnElement[bool], ...] = (
    and_(ticket_event.c.what == Change.RESUMED, ticket_event.c.who == ticket.c.reporter),
    and_(ticket_event.c.what == Change.RESUMED, ticket_event.c.who.in_(_WAS_GUEST)),
    and_(ticket_event.c.what == Change.RESUMED, ticket_event.c.reason.is_not(None)),
    and_(ticket_event.c.what == Change.ASSIGNED, ticket_event.c.reason.is_not(None)),
    and_(ticket_event.c.what == Change.RELEASED, ticket_event.c.reason.is_not(None)),
    and_(ticket_event.c.what == Change.WAITING, ticket_event.c.reason == "reporter"),
    and_(
        ticket_event.c.what == Change.RECATEGORISED,
        exists().where(
            _NEXT.c.ticket == ticket_event.c.ticket,
            _NEXT.c.position == ticket_event.c.position + 1,
            _NEXT.c.what == Change.TRANSFERRED,
        ),
    ),
)
"""Their own answer ends the wait, also one that they gave as a guest; a visit is told as such; who left or moved is
told to the room, who was recognised to nobody; a question is told as such; a subject of another unit as the move."""
_TEMPLATE = case({what.value: kind for what, kind in _TOLD_AS.items()}, value=ticket_event.c.what)
_CHANGES = (
    select(ticket_event.c.ticket, _TEMPLATE.label("kind"), func.count().label("count"))
    .join(ticket, ticket.c.id == ticket_event.c.ticket)
    .where(
        ticket.c.conversation != "",
        ~ticket.c.untold,
        ticket_event.c.what.in_([what.value for what in _TOLD_AS]),
        ~func.coalesce(or_(*_NOT_TOLD_ALONE), literal(False)),
    )
    .group_by(ticket_event.c.ticket, _TEMPLATE)
    .subquery()
)
_KIND: ColumnElement[Any] = case(_THEIR_OWN, value=message.c.kind, else_=message.c.kind)
_TOLD = (
    select(message.c.ticket, _KIND.label("kind"), func.count().label("count"))
    .where(
        message.c.ticket.is_not(None),
        message.c.author.is_(None),
        message.c.kind.in_([*set(_TOLD_AS.values()), *_THEIR_OWN]),
    )
    .group_by(message.c.ticket, _KIND)
    .subquery()
)
_UNTOLD = (
    select(ticket.c.number, _CHANGES.c.kind, _CHANGES.c.count, func.coalesce(_TOLD.c.count, 0).label("told"))
    .select_from(_CHANGES)
    .join(ticket, ticket.c.id == _CHANGES.c.ticket)
    .outerjoin(_TOLD, and_(_TOLD.c.ticket == _CHANGES.c.ticket, _TOLD.c.kind == _CHANGES.c.kind))
    .where(func.coalesce(_TOLD.c.count, 0) < _CHANGES.c.count)
)


def reporters_told(ground: InvariantContext) -> Iterator[Finding]:
    """Of the opening and of every change, unless they wanted no messages or have no place to be written to."""
    for row in ground.rows(_UNANSWERED):
        yield row.number, "its opening was told to nobody"
    for row in ground.rows(_CALLERS):
        yield row.number, "was opened for a caller who was not told"
    for row in ground.rows(_UNTOLD):
        yield row.number, f"the reporter was told {row.told} of {row.count} times: {row.kind}"


# --- cards ----------------------------------------------------------------------------------------
_ROOMS = select(conversation.c.address, conversation.c.unit).where(
    conversation.c.is_room, conversation.c.unit.is_not(None)
)


def cards_in_rooms(ground: InvariantContext) -> Iterator[Finding]:
    """A ticket's card stands in every room of its unit that was bound before it was opened."""
    for room in list(ground.rows(_ROOMS)):
        said = select(
            func.max(message.c.at).filter(message.c.kind == "room_bound").label("bound"),
            func.min(message.c.at).label("first"),
        )
        times = next(ground.rows(said.where(message.c.conversation == room.address)))
        since = times.bound or times.first
        if since is None:
            continue
        card = exists().where(
            message.c.slot.is_not(None),
            message.c.slot == literal(CARD) + cast(ticket.c.id, String),
            message.c.conversation == room.address,
        )
        missing = select(ticket.c.number).where(ticket.c.unit == room.unit, ticket.c.opened_at > since, ~card)
        for row in ground.rows(missing):
            yield row.number, f"has no card in {room.address}"
