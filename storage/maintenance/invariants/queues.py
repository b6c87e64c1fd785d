"""What comes in is handled once, what goes out goes in order, and nothing is left lying."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, Table, and_, exists, func, or_, select

from handlers.domain.channels import EMBEDDED
from storage.maintenance.invariants.context import Finding, InvariantContext
from storage.tables import conversation, inbox, message, outbox

LEFT_LYING = timedelta(minutes=5)
"""So long after its end a lease must have been taken over by whoever lives."""
_INBOX_STATES = ("waiting", "handled", "quarantined", "dropped")
_OUTBOX_STATES = ("due", "delivered", "given_up")
_BY_SOMEBODY = and_(message.c.author.is_not(None), message.c.event_key != "")

_UNKNOWN_STATES = select(inbox.c.key, inbox.c.state).where(inbox.c.state.not_in(_INBOX_STATES))
_KEPT_TEXTS = select(inbox.c.key, inbox.c.state).where(
    inbox.c.state.in_(("handled", "dropped")), or_(inbox.c.payload != "", inbox.c.owner.is_not(None))
)
_RECORDED_TWICE = select(message.c.event_key).where(_BY_SOMEBODY).group_by(message.c.event_key).having(func.count() > 1)
_NOT_MARKED = (
    select(message.c.event_key, inbox.c.state)
    .outerjoin(inbox, inbox.c.key == message.c.event_key)
    .where(_BY_SOMEBODY, or_(inbox.c.state.is_(None), inbox.c.state != "handled"))
)


def events_handled_once(ground: InvariantContext) -> Iterator[Finding]:
    """A message that was recorded belongs to an event that is marked handled, both in the one commit."""
    for row in ground.rows(_UNKNOWN_STATES):
        yield f"event {row.key}", f"is in no state that the desk knows: {row.state}"
    for row in ground.rows(_KEPT_TEXTS):
        yield f"event {row.key}", f"is {row.state} and still keeps its text or a lease"
    for row in ground.rows(_RECORDED_TWICE):
        yield f"event {row.event_key}", "was handled twice: its message is recorded twice"
    for row in ground.rows(_NOT_MARKED):
        yield f"event {row.event_key}", f"its message is recorded, the event is {row.state or 'unknown'}"


def nothing_left_lying(ground: InvariantContext) -> Iterator[Finding]:
    if not ground.working:
        return
    for queue, state in ((inbox, "waiting"), (outbox, "due")):
        for row in ground.rows(_expired(queue, state, ground)):
            since = row.leased_until.isoformat(timespec="seconds")
            yield f"{queue.name} {row.id}", f"in the hand of {row.owner}, whose lease ended {since}"


def _expired(queue: Table, state: str, ground: InvariantContext) -> Select[Any]:
    return select(queue.c.id, queue.c.owner, queue.c.leased_until).where(
        queue.c.state == state, queue.c.owner.is_not(None), queue.c.leased_until < ground.now - LEFT_LYING
    )


_ELDER = outbox.alias("elder")
_STRAY = (
    select(outbox.c.id, outbox.c.state, outbox.c.channel, message.c.author)
    .join(message, message.c.id == outbox.c.message)
    .join(conversation, conversation.c.address == outbox.c.conversation)
    .where(
        or_(
            outbox.c.state.not_in(_OUTBOX_STATES),
            message.c.conversation != outbox.c.conversation,
            conversation.c.channel != outbox.c.channel,
            message.c.author.is_not(None),
            outbox.c.channel.in_(EMBEDDED),
        )
    )
)
_WAITING_TWICE = (
    select(outbox.c.message)
    .where(outbox.c.state == "due", outbox.c.owner.is_(None))
    .group_by(outbox.c.message)
    .having(func.count() > 1)
)
_NEVER_TRIED = and_(_ELDER.c.attempts == 0, _ELDER.c.due_at == _ELDER.c.created_at)
"""Sets those apart that an operator sends again after they were given up: they come late on purpose."""
_OVERTAKEN = select(outbox.c.id, outbox.c.conversation).where(
    or_(and_(outbox.c.state == "due", outbox.c.owner.is_not(None)), outbox.c.state == "delivered"),
    exists().where(
        _ELDER.c.channel == outbox.c.channel,
        _ELDER.c.conversation == outbox.c.conversation,
        _ELDER.c.state == "due",
        _ELDER.c.id < outbox.c.id,
        _NEVER_TRIED,
    ),
)
_IN_HAND = select(outbox.c.conversation).where(outbox.c.state == "due", outbox.c.owner.is_not(None))


def deliveries_in_order(ground: InvariantContext) -> Iterator[Finding]:
    for row in ground.rows(_STRAY):
        yield f"outbox {row.id}", f"({row.state}, {row.channel}) does not fit the message that it points at"
    for row in ground.rows(_WAITING_TWICE):
        yield f"message {row.message}", "waits twice for being sent"
    for row in ground.rows(_OVERTAKEN):
        yield row.conversation, f"outbox {row.id} was sent before an older one"
    in_hand = _IN_HAND.where(outbox.c.leased_until > ground.now).group_by(outbox.c.conversation)
    for row in ground.rows(in_hand.having(func.count(outbox.c.owner.distinct()) > 1)):
        yield row.conversation, "several processes send to it at once"
