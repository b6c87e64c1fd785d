from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from handlers.domain.errors import Stale
from handlers.messages import Delivered, Delivery, GaveUp, Outcome, RetryAt
from handlers.ports import Arrival, Backlog, Receipt
from storage.repositories.inbox import LEASE
from tests.fakes.messages import shown_buttons, shown_files
from tests.fakes.tables import FakeTransaction, StoredDelivery, StoredEvent


class FakeInbox:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

    def accept(self, arrivals: Sequence[Arrival], *, now: datetime, owner: str | None) -> Sequence[Receipt]:
        free = {event.conversation for event in self._in_state("waiting") if event.owner != owner}
        return [self._accept(arrival, now, None if arrival.conversation in free else owner) for arrival in arrivals]

    def _accept(self, arrival: Arrival, now: datetime, owner: str | None) -> Receipt:
        if arrival.key in self._transaction.changing.inbox:
            return Receipt.KNOWN
        self._transaction.changing.inbox[arrival.key] = StoredEvent(
            id=self._transaction.new_id(),
            key=arrival.key,
            channel=arrival.channel,
            conversation=arrival.conversation,
            payload=arrival.payload,
            received_at=arrival.received_at,
            due_at=now,
            attempts=0 if owner is None else 1,
            owner=owner,
            leased_until=None if owner is None else now + LEASE,
        )
        if owner is not None:
            return Receipt.LEASED
        self._transaction.waiting.add(arrival.conversation)
        return Receipt.STORED

    def lease(self, owner: str, now: datetime, limit: int) -> Sequence[Arrival]:
        heads: dict[str, StoredEvent] = {}
        for event in self._in_state("waiting"):
            heads.setdefault(event.conversation, event)
        in_hand = {event.conversation for event in self._in_state("waiting") if not _free(event, now)}
        due = [event for event in heads.values() if event.due_at <= now and event.conversation not in in_hand]
        for event in due[:limit]:
            event.owner, event.leased_until, event.attempts = owner, now + LEASE, event.attempts + 1
        return [_arrival(event) for event in due[:limit]]

    def renew(self, owner: str, keys: Collection[str], now: datetime) -> None:
        for event in self._in_state("waiting"):
            if event.owner == owner and event.key in keys:
                event.leased_until = now + LEASE

    def free(self, owner: str | None = None, keep: Collection[str] = ()) -> int:
        held = [
            event
            for event in self._in_state("waiting")
            if event.owner is not None and owner in (None, event.owner) and event.key not in keep
        ]
        for event in held:
            event.owner = event.leased_until = None
            self._transaction.waiting.add(event.conversation)
        return len(held)

    def handled(self, keys: Sequence[str], now: datetime, owner: str | None = None) -> None:
        for key in keys:
            event = self._transaction.changing.inbox.get(key)
            if event is None or event.state != "waiting" or owner not in (None, event.owner):
                raise Stale("event", key)
            event.state, event.payload, event.owner = "handled", "", None

    def failed(
        self,
        key: str,
        error: str,
        retry_at: datetime | None,
        now: datetime,
        owner: str | None = None,
        *,
        kept: str | None = None,
        counted: bool = True,
    ) -> bool:
        event = self._transaction.changing.inbox.get(key)
        if event is None or event.state != "waiting" or owner not in (None, event.owner):
            return False
        event.owner, event.error = None, error
        event.state = "quarantined" if retry_at is None else "waiting"
        event.due_at = retry_at or now
        event.attempts -= 0 if counted else 1
        if retry_at is None and kept is not None:
            event.payload = kept
        if retry_at is not None and owner is not None:
            for behind in self._in_state("waiting"):
                if behind.conversation == event.conversation and behind.owner == owner:
                    behind.owner, behind.attempts = None, behind.attempts - 1
                    self._transaction.waiting.add(behind.conversation)
        return True

    def is_finished(self, key: str) -> bool:
        event = self._transaction.seen.inbox.get(key)
        return event is None or event.state != "waiting"

    def waiting_in(self, conversation: str) -> Sequence[str]:
        return [event.key for event in self._in_state("waiting") if event.conversation == conversation]

    def channels(self) -> Collection[str]:
        return {event.channel for event in self._in_state("waiting")}

    def last_arrivals(self, among: int) -> Mapping[str, datetime]:
        newest = sorted(self._transaction.seen.inbox.values(), key=lambda event: event.id)[-among:]
        return {
            channel: max(event.received_at for event in newest if event.channel == channel)
            for channel in {event.channel for event in newest}
        }

    def stuck(self) -> Sequence[Arrival]:
        return [_arrival(event) for event in self._in_state("quarantined")]

    def retry(self, key: str, now: datetime) -> bool:
        event = self._transaction.changing.inbox.get(key)
        if event is None or event.state != "quarantined":
            return False
        event.state, event.attempts, event.due_at = "waiting", 0, now
        self._transaction.waiting.add(event.conversation)
        return True

    def drop(self, key: str, now: datetime) -> bool:
        event = self._transaction.changing.inbox.get(key)
        if event is None or event.state != "quarantined":
            return False
        event.state, event.payload = "dropped", ""
        return True

    def backlog(self, now: datetime) -> Backlog:
        waiting = self._in_state("waiting")
        oldest = min((event.received_at for event in waiting), default=None)
        return Backlog(waiting=len(waiting), oldest=oldest, given_up=len(self._in_state("quarantined")))

    def _in_state(self, state: str) -> list[StoredEvent]:
        found = [event for event in self._transaction.seen.inbox.values() if event.state == state]
        return sorted(found, key=lambda event: event.id)


class FakeOutbox:
    def __init__(self, transaction: FakeTransaction) -> None:
        self._transaction = transaction

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
        if self.held():
            return []
        heads: dict[str, StoredDelivery] = {}
        for row in self._in_state("due"):
            place = self._transaction.changing.conversations[row.conversation]
            if place.channel == channel and row.conversation not in resting:
                heads.setdefault(row.conversation, row)
        due = [row for row in heads.values() if row.due_at <= now and _free(row, now)][:limit]
        for row in due:
            row.may_have_arrived |= row.owner is not None
            row.owner, row.attempts = owner, row.attempts + 1
            row.leased_until = now + timedelta(seconds=lease_seconds)
        return self._deliveries(due)

    def free(self, owner: str | None = None) -> int:
        held = [row for row in self._in_state("due") if row.owner is not None and owner in (None, row.owner)]
        for row in held:
            row.owner = row.leased_until = None
            row.may_have_arrived = True
        return len(held)

    def record_outcome(self, delivery: int, outcome: Outcome, now: datetime) -> None:
        row = self._transaction.changing.outbox.get(delivery)
        if row is None:
            return
        message = self._transaction.changing.messages[row.message]
        if isinstance(outcome, Delivered):
            message.native_ref = outcome.ref
        if row.state != "due":
            return
        row.owner = row.leased_until = None
        match outcome:
            case Delivered():
                row.state, row.due_at, row.error = "delivered", now, ""
            case RetryAt(seconds=seconds, why=why, unsure=unsure):
                row.due_at, row.error = now + timedelta(seconds=seconds), why
                row.may_have_arrived |= unsure
            case GaveUp(why=why):
                row.state, row.due_at, row.error = "given_up", now, why

    def delivered_since(self, since: datetime) -> Sequence[tuple[str, datetime]]:
        found = [row for row in self._in_state("delivered") if row.due_at >= since]
        return [(row.conversation, row.due_at) for row in sorted(found, key=lambda row: row.due_at)]

    def forget_delivered(self, before: datetime) -> int:
        old = [row.id for row in self._in_state("delivered") if row.due_at < before]
        for row in old:
            del self._transaction.changing.outbox[row]
        return len(old)

    def given_up(self) -> Sequence[Delivery]:
        return self._deliveries(self._in_state("given_up"))

    def resend(self, delivery: int, now: datetime) -> bool:
        row = self._transaction.changing.outbox.get(delivery)
        if row is None or row.state != "given_up":
            return False
        row.state, row.attempts, row.due_at = "due", 0, now
        return True

    def drop(self, delivery: int, now: datetime) -> bool:
        row = self._transaction.changing.outbox.get(delivery)
        if row is None or row.state != "given_up":
            return False
        del self._transaction.changing.outbox[delivery]
        return True

    def drop_all_to(self, conversations: Collection[str]) -> int:
        rows = [*self._in_state("due"), *self._in_state("given_up")]
        dropped = [row.id for row in rows if row.conversation in conversations]
        for row in dropped:
            del self._transaction.changing.outbox[row]
        return len(dropped)

    def backlog(self, now: datetime) -> Backlog:
        due = self._in_state("due")
        oldest = min((row.created_at for row in due), default=None)
        return Backlog(waiting=len(due), oldest=oldest, given_up=len(self._in_state("given_up")))

    def backlogs(self) -> Mapping[str, Backlog]:
        rows = [*self._in_state("due"), *self._in_state("given_up")]
        channel_of = {row.id: self._transaction.seen.conversations[row.conversation].channel for row in rows}
        found = {}
        for channel in sorted(set(channel_of.values())):
            own = [row for row in rows if channel_of[row.id] == channel]
            due = [row.created_at for row in own if row.state == "due"]
            oldest = min(due, default=None)
            found[channel] = Backlog(waiting=len(due), oldest=oldest, given_up=len(own) - len(due))
        return found

    def hold(self, held: bool) -> int:
        self._transaction.changing.outbox_held = held
        return len(self._in_state("due"))

    def held(self) -> bool:
        return self._transaction.seen.outbox_held

    def _in_state(self, state: str) -> list[StoredDelivery]:
        return [row for _, row in sorted(self._transaction.seen.outbox.items()) if row.state == state]

    def _deliveries(self, rows: Iterable[StoredDelivery]) -> list[Delivery]:
        return [self._delivery(row) for row in rows]

    def _delivery(self, row: StoredDelivery) -> Delivery:
        message = self._transaction.seen.messages[row.message]
        return Delivery(
            id=row.id,
            conversation=row.conversation,
            channel=self._transaction.seen.conversations[row.conversation].channel,
            message_id=message.id,
            attempt=row.attempts,
            text=message.text,
            buttons=shown_buttons(self._transaction, message.id),
            files=shown_files(self._transaction, message.files),
            edit_ref=message.native_ref,
            rings=message.rings,
            kind=message.kind,
            ticket=message.ticket,
            minimal=message.minimal,
            confidential=message.confidential,
            created_at=row.created_at,
            may_have_arrived=row.may_have_arrived,
            error=row.error,
        )


def _free(row: StoredEvent | StoredDelivery, now: datetime) -> bool:
    return row.owner is None or row.leased_until is None or row.leased_until <= now


def _arrival(event: StoredEvent) -> Arrival:
    return Arrival(
        id=event.id,
        key=event.key,
        channel=event.channel,
        conversation=event.conversation,
        payload=event.payload,
        received_at=event.received_at,
        attempts=event.attempts,
        error=event.error,
    )
