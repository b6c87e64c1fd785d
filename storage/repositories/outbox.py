"""Deliveries to platforms, in order within a destination (a conversation).

A row says which message has to be brought to its platform; text, buttons and files are read when it is leased, so
that an edit of what was not sent yet needs no row of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, literal_column, or_, select, true, update

from handlers.messages import CARD, Delivered, Delivery, GaveUp, Outcome, RetryAt, TimelineButton, TimelineFile
from handlers.ports import Backlog
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction, upsert
from storage.repositories.message_parts import files, live_buttons
from storage.repositories.messages import SqlMessages
from storage.repositories.rows import (
    BacklogRow,
    CardRow,
    ChannelBacklogRow,
    ChannelCountRow,
    ContentRow,
    DeliveredRow,
    DeliveryRow,
    columns,
)
from storage.tables import conversation, message, outbox, setting

_DUE = outbox.c.state == literal_column("'due'")
_GIVEN_UP = outbox.c.state == literal_column("'given_up'")
_NOW = bindparam("now", type_=outbox.c.due_at.type)
_ROW = outbox.c.id == bindparam("row")

_HEADS = (
    select(func.min(outbox.c.id))
    .where(
        outbox.c.channel == bindparam("of_channel"),
        _DUE,
        outbox.c.conversation.not_in(bindparam("resting", expanding=True)),
    )
    .group_by(outbox.c.conversation)
)
_LEASABLE = (
    select(*columns(outbox, DeliveryRow))
    .where(
        outbox.c.id.in_(_HEADS),
        _DUE,
        outbox.c.due_at <= _NOW,
        or_(outbox.c.owner.is_(None), outbox.c.leased_until <= _NOW),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("limit"))
)
_LEASABLE_LOCKED = _LEASABLE.with_for_update(skip_locked=True)
_UNRECORDED = outbox.c.owner.is_not(None)
"""Somebody leased it and recorded nothing: it may be on the platform."""
_MAY_HAVE_ARRIVED = or_(outbox.c.may_have_arrived, _UNRECORDED)
_LEASE = prepared(
    update(outbox)
    .where(_ROW)
    .values(
        owner=bindparam("by"),
        leased_until=bindparam("until"),
        attempts=outbox.c.attempts + 1,
        may_have_arrived=_MAY_HAVE_ARRIVED,
    )
)
_CONTENT = prepared(
    select(*(message.c[name] for name in ContentRow._fields if name in message.c), conversation.c.channel)
    .join(conversation, conversation.c.address == message.c.conversation)
    .where(in_list(message.c.id, "messages")),
    ContentRow,
)
_CARDS = prepared(
    select(message.c.conversation, message.c.ticket, message.c.native_ref).where(
        message.c.slot.is_not(None), in_list(message.c.slot, "slots"), in_list(message.c.conversation, "places")
    ),
    CardRow,
)
_DONE = prepared(
    update(outbox).where(_ROW, _DUE).values(state="delivered", owner=None, leased_until=None, error="", due_at=_NOW)
)
_FREED = update(outbox).where(_DUE, _UNRECORDED).values(owner=None, leased_until=None, may_have_arrived=true())
_FREE = prepared(_FREED)
_FREE_OF_OWNER = prepared(_FREED.where(outbox.c.owner == bindparam("by")))
_DELIVERED = outbox.c.state == literal_column("'delivered'")
_DELIVERED_SINCE = prepared(
    select(outbox.c.conversation, outbox.c.due_at).where(_DELIVERED, outbox.c.due_at >= _NOW).order_by(outbox.c.due_at),
    DeliveredRow,
)
_FORGET = prepared(delete(outbox).where(_DELIVERED, outbox.c.due_at < _NOW))
_DROP = prepared(delete(outbox).where(_ROW, _GIVEN_UP))
_DROP_ALL_TO = prepared(delete(outbox).where(in_list(outbox.c.conversation, "places"), or_(_DUE, _GIVEN_UP)))
_NOTE_REF = prepared(
    update(message)
    .where(message.c.id == select(outbox.c.message).where(_ROW).scalar_subquery())
    .values(native_ref=bindparam("ref"))
)
"""The newest counts: what somebody deleted on the platform is posted again, and edited there from then on."""
_LATER = prepared(
    update(outbox)
    .where(_ROW, _DUE)
    .values(
        owner=None,
        leased_until=None,
        due_at=bindparam("retry_at"),
        error=bindparam("why"),
        may_have_arrived=or_(outbox.c.may_have_arrived, bindparam("unsure", type_=outbox.c.may_have_arrived.type)),
    )
)
_GIVE_UP = prepared(
    update(outbox)
    .where(_ROW, _DUE)
    .values(state="given_up", owner=None, leased_until=None, error=bindparam("why"), due_at=_NOW)
)
_ALL_GIVEN_UP = prepared(select(*columns(outbox, DeliveryRow)).where(_GIVEN_UP).order_by(outbox.c.id), DeliveryRow)
_RESEND = prepared(update(outbox).where(_ROW, _GIVEN_UP).values(state="due", attempts=0, due_at=_NOW))
_BACKLOG = prepared(
    select(func.count().label("waiting"), func.min(outbox.c.created_at).label("oldest")).where(_DUE), BacklogRow
)
_COUNT_GIVEN_UP = prepared_value(select(func.count()).select_from(outbox).where(_GIVEN_UP), int)
_BACKLOGS = prepared(
    select(outbox.c.channel, func.count().label("waiting"), func.min(outbox.c.created_at).label("oldest"))
    .where(_DUE)
    .group_by(outbox.c.channel),
    ChannelBacklogRow,
)
_GIVEN_UP_BY_CHANNEL = prepared(
    select(outbox.c.channel, func.count().label("number")).where(_GIVEN_UP).group_by(outbox.c.channel), ChannelCountRow
)
_HELD = prepared_value(select(setting.c.value).where(setting.c.name == "outbox_held"), str)
_HOLD = prepared(
    upsert(
        lambda insert: (adding := insert(setting)).on_conflict_do_update(
            index_elements=["name"], set_={"value": adding.excluded.value}
        )
    )
)


class SqlOutbox:
    def __init__(self, transaction: Transaction, messages: SqlMessages) -> None:
        self._transaction = transaction
        self._messages = messages

    def lease(
        self,
        owner: str,
        now: datetime,
        limit: int,
        lease_seconds: float,
        *,
        channel: str,
        resting: Collection[str] = (),
    ) -> Sequence[Delivery]:
        self._messages.flush()
        if self.held():
            return []
        query = _LEASABLE_LOCKED if self._transaction.locks_rows else _LEASABLE
        only = {"of_channel": channel, "resting": sorted(resting)}
        rows = list(self._transaction.query(query, DeliveryRow, {"now": now, "limit": limit, **only}))
        if rows:
            until = now + timedelta(seconds=lease_seconds)
            self._transaction.run(_LEASE, [{"row": row.id, "by": owner, "until": until} for row in rows])
        return self._deliveries(rows, attempt=1)

    def record_outcome(self, delivery: int, outcome: Outcome, now: datetime) -> None:
        match outcome:
            case Delivered(ref=ref):
                self._transaction.run(_NOTE_REF, {"row": delivery, "ref": ref})
                self._transaction.run(_DONE, {"row": delivery, "now": now})
            case RetryAt(seconds=seconds, why=why, unsure=unsure):
                retry_at = now + timedelta(seconds=seconds)
                values = {"row": delivery, "retry_at": retry_at, "why": why, "unsure": unsure}
                self._transaction.run(_LATER, values)
            case GaveUp(why=why):
                self._transaction.run(_GIVE_UP, {"row": delivery, "why": why, "now": now})

    def free(self, owner: str | None = None) -> int:
        self._messages.flush()
        if owner is None:
            return self._transaction.run(_FREE).rowcount
        return self._transaction.run(_FREE_OF_OWNER, {"by": owner}).rowcount

    def delivered_since(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        rows = self._transaction.run(_DELIVERED_SINCE, {"now": since})
        return [(row.conversation, row.due_at) for row in rows]

    def forget_delivered(self, before: datetime) -> int:
        return self._transaction.run(_FORGET, {"now": before}).rowcount

    def given_up(self) -> Sequence[Delivery]:
        """Oldest first; `error` says why."""
        return self._deliveries(self._transaction.run(_ALL_GIVEN_UP).all(), attempt=0)

    def resend(self, delivery: int, now: datetime) -> bool:
        return self._transaction.run(_RESEND, {"row": delivery, "now": now}).rowcount == 1

    def drop(self, delivery: int, now: datetime) -> bool:  # noqa: ARG002 # the port's
        """Only what was given up: what is due will be sent."""
        return self._transaction.run(_DROP, {"row": delivery}).rowcount == 1

    def drop_all_to(self, conversations: Collection[str]) -> int:
        self._messages.flush()
        return self._transaction.run(_DROP_ALL_TO, {"places": sorted(conversations)}).rowcount if conversations else 0

    def backlog(self, now: datetime) -> Backlog:  # noqa: ARG002 # the port's
        self._messages.flush()
        row = self._transaction.run(_BACKLOG).one()
        given_up = self._transaction.run(_COUNT_GIVEN_UP).one()
        return Backlog(waiting=row.waiting, oldest=row.oldest, given_up=given_up)

    def backlogs(self) -> Mapping[str, Backlog]:
        self._messages.flush()
        due = {row.channel: row for row in self._transaction.run(_BACKLOGS)}
        given_up = {row.channel: row.number for row in self._transaction.run(_GIVEN_UP_BY_CHANNEL)}
        return {
            channel: Backlog(
                waiting=due[channel].waiting if channel in due else 0,
                oldest=due[channel].oldest if channel in due else None,
                given_up=given_up.get(channel, 0),
            )
            for channel in sorted(due.keys() | given_up.keys())
        }

    def hold(self, held: bool) -> int:
        self._messages.flush()
        values = {"name": "outbox_held", "value": "yes" if held else "no"}
        self._transaction.run(_HOLD, values)
        return self._transaction.run(_BACKLOG).one().waiting

    def held(self) -> bool:
        return self._transaction.run(_HELD).first() == "yes"

    def _deliveries(self, rows: Sequence[DeliveryRow], attempt: int) -> list[Delivery]:
        if not rows:
            return []
        ids = sorted({row.message for row in rows})
        content = {row.id: row for row in self._transaction.run(_CONTENT, {"messages": ids})}
        buttons = live_buttons(self._transaction, ids)
        attached = files(self._transaction, (file for row in content.values() for file in row.files))
        cards = self._cards(content.values())
        return [_delivery(row, content[row.message], buttons, attached, cards, attempt) for row in rows]

    def _cards(self, said: Iterable[ContentRow]) -> Mapping[tuple[str, int | None], str | None]:
        """The platform's ids of the cards under which these messages go, by conversation and ticket."""
        about = [row for row in said if row.ticket is not None]
        if not about:
            return {}
        slots = sorted({f"{CARD}{row.ticket}" for row in about})
        rows = self._transaction.run(_CARDS, {"slots": slots, "places": sorted({row.conversation for row in about})})
        return {(row.conversation, row.ticket): row.native_ref for row in rows}


def _delivery(
    row: DeliveryRow,
    said: ContentRow,
    buttons: Mapping[int, list[TimelineButton]],
    attached: Mapping[str, TimelineFile],
    cards: Mapping[tuple[str, int | None], str | None],
    attempt: int,
) -> Delivery:
    return Delivery(
        id=row.id,
        conversation=row.conversation,
        channel=said.channel,
        message_id=said.id,
        attempt=row.attempts + attempt,
        text=said.text,
        buttons=tuple(buttons[said.id]),
        files=tuple(attached[file] for file in said.files if file in attached),
        edit_ref=said.native_ref,
        reply_ref=None if said.slot == f"{CARD}{said.ticket}" else cards.get((said.conversation, said.ticket)),
        rings=said.rings,
        kind=said.kind,
        ticket=said.ticket,
        minimal=said.minimal,
        confidential=said.confidential,
        created_at=row.created_at,
        may_have_arrived=row.may_have_arrived or row.owner is not None,
        error=row.error,
    )
