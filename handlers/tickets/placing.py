"""Where a ticket's matter is, as a place with an id; the words stay on the ticket as they were written."""

from __future__ import annotations

from handlers import place_names
from handlers.context import Acting
from handlers.domain.places import Place, PlaceId
from handlers.domain.store_events import StoreEvent, Stream
from handlers.domain.ticket import Ticket
from knowledge.language.place_keys import building_key, floor_key, room_key

FACT = "oda"


def place(acting: Acting, ticket: Ticket) -> None:
    """By the ticket's own words, else by where its reporter sits. What names a new door or floor is added to the list;
    what could be two places is left open."""
    written = ticket.facts.get(FACT) or acting.uow.people.get(ticket.reporter).room
    known = acting.uow.places.of_ticket(ticket.id)
    found = meant(acting, written, ref=ticket.number) if written else None
    if found != known:
        acting.uow.places.locate(ticket.id, found)


def meant(acting: Acting, written: str, *, ref: str = "") -> PlaceId | None:
    """The place that these words mean, added where it is new. `ref`: for what it is asked."""
    spot = place_names.read(written)
    found = place_names.candidates(acting.uow, spot)
    if len(found) == 1:
        return found[0].id
    if found or not place_names.is_said(spot):
        return None
    added = acting.uow.places.add(Place(spot=spot))
    note(acting, "recorded", added, ref=ref)
    return added.id


def note(acting: Acting, what: str, after: Place, before: Place | None = None, *, ref: str = "") -> None:
    """A line of the place's history: by its keys, never in somebody's words, which could not be taken out again."""
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        before={} if before is None else _values(before),
        after=_values(after),
        ref=ref,
    )
    acting.uow.store_events.append(Stream.PLACE, after.id, event)


def _values(one: Place) -> dict[str, str | int | bool | None]:
    into = None if one.merge is None else one.merge.into
    building, floor, room = building_key(one.spot.building), floor_key(one.spot.floor), room_key(one.spot.room)
    return {"building": building, "floor": floor, "room": room, "into": into}
