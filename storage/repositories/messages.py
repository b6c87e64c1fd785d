"""What is said in conversations: gathered while the works run, written at flush by `timeline_writer`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Boolean, bindparam, insert, literal_column, or_, select, update

from handlers.domain.channels import EMBEDDED
from handlers.domain.people import PersonId
from handlers.messages import Button, Outgoing, PostedMessage, PressedButton, Recorded, TimelineButton
from storage.engine.in_list import in_list
from storage.engine.prepared import prepared, prepared_value
from storage.engine.transaction import Transaction
from storage.repositories.rows import OfferedRow, PlaceRow, PressRow, StandingRow, columns
from storage.repositories.timeline_writer import Posting, Rewrite, Settle, Step, Withdraw
from storage.tables import button, message

_STANDING = columns(message, StandingRow)
_STANDING_IN = prepared_value(
    select(message.c.conversation).where(message.c.slot == bindparam("slot"), message.c.slot.is_not(None)), str
)
_BY_ID = prepared(
    select(*_STANDING).where(message.c.id == bindparam("key"), message.c.conversation == bindparam("place")),
    StandingRow,
)
_BY_NATIVE_REF = prepared(
    select(*_STANDING)
    .where(
        message.c.conversation == bindparam("place"),
        message.c.native_ref == bindparam("ref"),
        message.c.native_ref.is_not(None),
    )
    .order_by(message.c.id.desc())
    .limit(1),
    StandingRow,
)
_SHOWN = prepared(
    select(*_STANDING).where(
        message.c.slot == bindparam("slot"),
        message.c.slot.is_not(None),
        message.c.conversation == bindparam("place"),
        message.c.at <= bindparam("by", type_=message.c.at.type),
        or_(bindparam("local", type_=Boolean), message.c.native_ref.is_not(None)),
    ),
    StandingRow,
)
_SAID_OF = prepared(
    select(*_STANDING)
    .where(message.c.ticket == bindparam("about"), message.c.ticket.is_not(None), message.c.author.is_(None))
    .order_by(message.c.id),
    StandingRow,
)
_WRITTEN_BY = prepared(
    select(message.c.id, message.c.conversation, (message.c.text != "").label("has_text")).where(
        message.c.author == bindparam("person"),
        message.c.author.is_not(None),
        or_(message.c.text != "", literal_column("files != '[]'")),
    ),
    PlaceRow,
)
_PLACES_OF = prepared_value(
    select(message.c.conversation)
    .where(message.c.author == bindparam("person"), message.c.author.is_not(None))
    .distinct(),
    str,
)
_WRITTEN_IN = prepared(
    select(message.c.id, message.c.conversation, (message.c.text != "").label("has_text")).where(
        message.c.author == bindparam("person"),
        message.c.author.is_not(None),
        in_list(message.c.event_key, "keys"),
    ),
    PlaceRow,
)
_OF_TICKETS = prepared(
    select(*_STANDING)
    .where(
        message.c.author.is_(None),
        message.c.ticket.is_not(None),
        in_list(message.c.ticket, "tickets"),
        in_list(message.c.kind, "kinds"),
    )
    .order_by(message.c.id),
    StandingRow,
)
_IN_PLACES = prepared(
    select(*_STANDING)
    .where(
        message.c.author.is_(None),
        message.c.ticket.is_(None),
        in_list(message.c.conversation, "places"),
        in_list(message.c.kind, "kinds"),
    )
    .order_by(message.c.id),
    StandingRow,
)
_LISTS = prepared(
    select(*_STANDING)
    .where(literal_column("kind IN ('found', 'prompt_merge', 'work_similar')"), message.c.author.is_(None))
    .order_by(message.c.id),
    StandingRow,
)
_MOVE_WRITTEN = prepared(
    update(message)
    .where(message.c.author == bindparam("of_guest"), message.c.author.is_not(None))
    .values(author=bindparam("to_person"))
)
_PRESS = prepared(
    select(
        *_STANDING,
        button.c.action.label("button_action"),
        button.c.label.label("button_label"),
        button.c.live.label("button_live"),
    )
    .join(button, button.c.message == message.c.id)
    .where(button.c.token == bindparam("token")),
    PressRow,
)


_OFFERED = prepared(
    select(button.c.action, button.c.token).where(button.c.message == bindparam("about"), button.c.action != ""),
    OfferedRow,
)
_OFFER = prepared(insert(button))


class SqlMessages:
    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._steps: list[Step] = []
        self._places: set[str] = set()
        """Conversations of the steps not written yet."""

    def record(self, message: Recorded) -> None:
        self._add(message)

    def put(self, message: Outgoing) -> None:
        self._add(message)

    def disable_buttons(self, conversation: str, slot: str) -> None:
        self._add(Settle(conversation, slot))

    def rewrite(self, conversation: str, ref: str, text: str) -> None:
        if (standing := self.by_ref(conversation, ref)) is not None:
            self._add(Rewrite(conversation, standing.id, text))

    def said_of(self, ticket: int) -> Sequence[PostedMessage]:
        self.flush()
        return [_standing(row) for row in self._transaction.run(_SAID_OF, {"about": ticket})]

    def withdraw(self, message: PostedMessage, text: str, *, kind: str | None = None) -> None:
        self._add(Withdraw(message.conversation, message.id, text, kind))

    def erase_written_by(self, person: PersonId, files: Collection[str] = ()) -> int:
        self.flush()
        rows = self._transaction.run(_WRITTEN_BY, {"person": person}).all()
        for row in rows:
            self._add(Rewrite(row.conversation, row.id, "", frozenset(files)))
        return sum(row.has_text for row in rows)

    def erase_events(self, author: PersonId, keys: Collection[str]) -> None:
        self.flush()
        for row in self._transaction.run(_WRITTEN_IN, {"person": author, "keys": sorted(keys)}):
            self._add(Rewrite(row.conversation, row.id, ""))

    def written_in(self, person: PersonId) -> Collection[str]:
        self.flush()
        return frozenset(self._transaction.run(_PLACES_OF, {"person": person}))

    def repeating(
        self, kinds: Collection[str], *, tickets: Collection[int], places: Collection[str]
    ) -> Sequence[PostedMessage]:
        self.flush()
        of_tickets = self._transaction.run(_OF_TICKETS, {"kinds": sorted(kinds), "tickets": sorted(tickets)})
        in_places = self._transaction.run(_IN_PLACES, {"kinds": sorted(kinds), "places": sorted(places)})
        return [_standing(row) for row in (*of_tickets, *in_places)]

    def lists(self) -> Sequence[PostedMessage]:
        self.flush()
        return [_standing(row) for row in self._transaction.run(_LISTS)]

    def move_written(self, guest: PersonId, person: PersonId) -> None:
        self.flush()
        self._transaction.run(_MOVE_WRITTEN, {"of_guest": guest, "to_person": person})

    def standing_in(self, slot: str) -> Sequence[str]:
        self.flush()
        return sorted(self._transaction.run(_STANDING_IN, {"slot": slot}))

    def by_ref(self, conversation: str, ref: str) -> PostedMessage | None:
        if conversation in self._places:
            self.flush()
        row = None
        if not _is_local(conversation):
            row = self._transaction.run(_BY_NATIVE_REF, {"place": conversation, "ref": ref}).first()
        if row is None and ref.isascii() and ref.isdecimal() and len(ref) < 10:
            row = self._transaction.run(_BY_ID, {"place": conversation, "key": int(ref)}).first()
        return None if row is None else _standing(row)

    def shown(self, conversation: str, slot: str, by: datetime) -> PostedMessage | None:
        wanted = {"place": conversation, "slot": slot, "by": by, "local": _is_local(conversation)}
        row = self._transaction.run(_SHOWN, wanted).first()
        return None if row is None else _standing(row)

    def press(self, token: str) -> PressedButton | None:
        row = self._transaction.run(_PRESS, {"token": token}).first()
        if self._steps and (row is None or row.conversation in self._places):
            self.flush()
            row = self._transaction.run(_PRESS, {"token": token}).first()
        if row is None:
            return None
        return PressedButton(
            action=row.button_action, label=row.button_label, message=_standing(row), live=row.button_live
        )

    def offer(self, message: PostedMessage, buttons: Sequence[Button]) -> Sequence[TimelineButton]:
        self.flush()
        known = {row.action: row.token for row in self._transaction.run(_OFFERED, {"about": message.id})}
        new = {shown.action: self._transaction.token() for shown in buttons if shown.action not in known}
        if new:
            rows = [
                {"token": new[shown.action], "message": message.id, "action": shown.action, "label": shown.label}
                for shown in buttons
                if shown.action in new
            ]
            self._transaction.run(_OFFER, [{**row, "position": place, "live": False} for place, row in enumerate(rows)])
        return [TimelineButton(label=shown.label, token=(known | new)[shown.action]) for shown in buttons]

    def flush(self) -> None:
        if not self._steps:
            return
        steps, self._steps, self._places = self._steps, [], set()
        Posting(self._transaction).write(steps)

    def _add(self, step: Step) -> None:
        self._steps.append(step)
        self._places.add(step.conversation)


def _is_local(conversation: str) -> bool:
    return conversation.partition(":")[0] in EMBEDDED


def _standing(row: StandingRow | PressRow) -> PostedMessage:
    return PostedMessage(
        id=row.id,
        conversation=row.conversation,
        author=row.author,
        ticket=row.ticket,
        slot=row.slot,
        kind=row.kind,
        text=row.text,
        event_key=row.event_key,
    )
