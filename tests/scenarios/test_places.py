"""A door that is typed becomes a place, once; the ticket keeps the words."""

from __future__ import annotations

from handlers.domain.store_events import Stream
from handlers.ports import UnitOfWork
from tests.scenarios.stage import Stage

REPORT = "yazıcı çıktı vermiyor, kâğıt sıkıştı"


async def send_on(stage: Stage, handle: str, typed: str) -> None:
    somebody = stage.person(handle)
    await somebody.says(typed)
    await somebody.presses("Teknisyene ilet")


def place_of(stage: Stage, number: str) -> tuple[str, str]:
    """What stands on the ticket, and the place that it points to."""

    def look(uow: UnitOfWork) -> tuple[str, str]:
        ticket = uow.tickets.by_number(number)
        found = uow.places.of_ticket(ticket.id)
        return ticket.facts.get("oda", ""), "" if found is None else str(uow.places.get(found).spot)

    return stage.app.store.read(look)


async def test_two_spellings_of_a_room_are_one_place(stage: Stage) -> None:
    await send_on(stage, "ayse", f"3. kat oda 317 {REPORT}")
    await send_on(stage, "hasan", f"317 nolu oda {REPORT}")
    assert place_of(stage, "2026-000001") == ("3. kat 317", "3. kat · 317")
    assert place_of(stage, "2026-000002") == ("317", "3. kat · 317")
    made = stage.app.store.read(lambda uow: [one.id for one in uow.places.all() if one.spot.room == "317"])
    assert len(made) == 1
    (line,) = stage.app.store.read(lambda uow: uow.store_events.history(Stream.PLACE, made[0]))
    assert (line.what, line.ref) == ("recorded", "2026-000001")
    assert line.after == {"building": "", "floor": "3", "room": "317", "into": None}


async def test_who_says_no_room_is_where_they_sit(stage: Stage) -> None:
    await send_on(stage, "ayse", REPORT)
    room = stage.app.store.read(lambda uow: uow.people.by_handle("ayse")).room  # type: ignore[union-attr]
    _, place = place_of(stage, "2026-000001")
    assert room
    assert place.rpartition(" ")[2] == room.rpartition(" ")[2]
