"""The one message in a unit's room that shows a ticket: edited in place, its buttons following the state."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from handlers.context import UseCaseContext
from handlers.domain import links
from handlers.domain.people import Person, UnitId, told_apart
from handlers.domain.rights import Action, may
from handlers.domain.security_matters import known_there
from handlers.domain.states import Priority, State, TicketEvent
from handlers.domain.ticket import Ticket
from handlers.domain.visits import Visit, visit
from handlers.inflections import to_whom
from handlers.messages import CARD, Button
from handlers.spoken_time import MONTHS
from handlers.terms import FACTS, PRIORITIES
from handlers.tickets import (
    checklist_progress,
    contract_parts,
    device_line,
    device_links,
    merges,
    presence,
    timing,
)

MAIN = "main"
READ_BY = "Duyuruyu kaç kişi okudu?"
_SHOWN_FACTS = (
    "mudurluk", "cihaz", "demirbas", "hata", "program", "kisi", "sicil", "tarih", "suredir", "etkilenen", "son",
    "oncelik", "calisma", "kanit",
)  # fmt: skip


def slot(ticket: Ticket) -> str:
    return f"{CARD}{ticket.id}"


def bell(ticket: Ticket) -> str:
    """Of what rings for it again while nobody takes it; its button goes once somebody does."""
    return f"bell:{ticket.id}"


def post_new(work: UseCaseContext, ticket: Ticket) -> None:
    """A new ticket's card, loud, in every room of its unit; of a security matter only the number."""
    for room in work.uow.conversations.rooms(ticket.unit):
        if ticket.restricted:
            work.say(room.address, "card_restricted", slot=slot(ticket), ticket=ticket)
        else:
            show(work, ticket, room.address, rings=True)
    for address in _private_of_leaders(work, ticket) if ticket.restricted else in_place_of_rooms(work, ticket.unit):
        show(work, ticket, address, fresh=True, rings=True)


def show(
    work: UseCaseContext, ticket: Ticket, to: str, *, menu: str = MAIN, fresh: bool = False, rings: bool = False
) -> None:
    """The card in that conversation: posted there, or edited where it stands. Only one of them shows the ticket."""
    people, history = work.uow.people, timing.history_of(work, ticket)
    visited = visit(history) if ticket.state.active else Visit()
    device = device_line.of(work, ticket, known_there(work.readers(to)))
    if fresh:
        _step_aside(work, ticket, to)
    work.say(
        to,
        "card",
        buttons=offered_there(work, ticket, to, buttons(work, ticket, visited, menu)),
        slot=slot(ticket),
        fresh=fresh,
        rings=rings,
        ticket=ticket,
        files=ticket.files,
        reporter=people.get(ticket.reporter),
        holder=people.get(ticket.holder) if ticket.holder else None,
        resolver=people.get(ticket.resolved_by) if ticket.resolved_by else None,
        title=work.desk.subject(ticket),
        standing=timing.standing(work, ticket, history),
        visit=visited,
        related=links.related(history),
        whole=links.whole(history),
        pieces=pieces(work, history),
        ticked=checklist_progress.counts(work, ticket),
        people=len(merges.people_beside(work.uow, ticket)),
        known=[f"{FACTS[name]}: {ticket.facts[name]}" for name in _told(ticket, device)],
        device=device,
        **contract_parts.lines(work, ticket),
    )


def _told(ticket: Ticket, device: device_line.DeviceLine | None) -> list[str]:
    """Facts that are shown: what the line of its device says better is not."""
    hidden = () if device is None else ("cihaz", "demirbas") if device.sure else ("cihaz",)
    return [name for name in _SHOWN_FACTS if ticket.facts.get(name) and name not in hidden]


def pieces(work: UseCaseContext, history: Sequence[TicketEvent]) -> Sequence[Ticket]:
    """Its parts (alt iş), as they stand."""
    numbers = links.parts(history)
    return work.uow.tickets.numbered(numbers) if numbers else ()


def _step_aside(work: UseCaseContext, ticket: Ticket, to: str) -> None:
    """A card that is posted anew further down leaves a line behind, not a picture of how things were."""
    if to in work.uow.messages.standing_in(slot(ticket)):
        work.say(to, "card_below", slot=slot(ticket), ticket=ticket, rings=False)


def refresh(work: UseCaseContext, ticket: Ticket) -> None:
    """Edit the card wherever it stands; no bell. A room that the ticket left keeps a line without buttons."""
    units = {room.address: room.unit for room in work.uow.conversations.rooms()}
    for address in work.uow.messages.standing_in(slot(ticket)):
        unit = units.get(address)
        if unit is not None and unit != ticket.unit:
            work.say(address, "card_moved", slot=slot(ticket), ticket=ticket, rings=False, to_unit=ticket.unit)
        elif unit is not None and ticket.restricted:
            work.say(address, "card_restricted", slot=slot(ticket), ticket=ticket, rings=False)
        elif unit is None and not _reads(work, ticket, address):
            _take_out_of(work, ticket, address)
        else:
            show(work, ticket, address)
    if ticket.state is not State.OPEN:
        _silence(work, ticket)


def _silence(work: UseCaseContext, ticket: Ticket) -> None:
    if ticket.priority is Priority.URGENT:
        for address in work.uow.messages.standing_in(bell(ticket)):
            work.uow.messages.disable_buttons(address, bell(ticket))


def _take_out_of(work: UseCaseContext, ticket: Ticket, address: str) -> None:
    """A private conversation whose person may see it no more; who left is told nothing any more."""
    reader = _reader(work, address)
    if reader is None or reader.gone:
        work.uow.messages.disable_buttons(address, slot(ticket))
    elif ticket.restricted:
        work.say(address, "card_restricted", slot=slot(ticket), ticket=ticket, rings=False)
    else:
        work.say(address, "card_moved", slot=slot(ticket), ticket=ticket, rings=False, to_unit=ticket.unit)


def _reads(work: UseCaseContext, ticket: Ticket, address: str) -> bool:
    """Whether whoever is written to in private there may still see the ticket."""
    reader = _reader(work, address)
    return reader is None or may(reader, Action.READ, ticket)


def _reader(work: UseCaseContext, address: str) -> Person | None:
    place = work.uow.conversations.get(address)
    if place is None or place.is_room or place.person is None:
        return None
    return work.uow.people.get(place.person)


def tell_workers(work: UseCaseContext, ticket: Ticket, template: str, /, **data: Any) -> None:
    """A line that rings, beside the card: in the rooms of the unit, of a security matter to those who may see it."""
    for address in work_places(work, ticket):
        work.say(address, template, ticket=ticket, **data)


def work_places(work: UseCaseContext, ticket: Ticket) -> Sequence[str]:
    """Where those are who work on it."""
    if ticket.restricted:
        return _private_of_leaders(work, ticket)
    rooms = [room.address for room in work.uow.conversations.rooms(ticket.unit)]
    return [*rooms, *in_place_of_rooms(work, ticket.unit)]


def in_place_of_rooms(work: UseCaseContext, unit: UnitId) -> Sequence[str]:
    """In private: everybody of the unit who speaks on a channel whose last group of that unit is lost, until it is
    back. What rings must ring somebody."""
    rooms = work.uow.conversations.rooms(unit)
    lost = {room.channel for room in rooms if room.blocked} - {room.channel for room in rooms if not room.blocked}
    if not lost:
        return []
    people = presence.workers_of(work, unit)
    return [address for person in people for address in _instead(work, person, lost)]


def _instead(work: UseCaseContext, person: Person, lost: AbstractSet[str]) -> Sequence[str]:
    """One place: on such a channel, where it can be reached, else where they last spoke with the desk."""
    if not any(account.channel in lost for account in work.uow.people.accounts(person.id)):
        return []
    own = [place for place in work.uow.conversations.private_of(person.id) if not place.blocked]
    there = [place.address for place in own if place.channel in lost] or [place.address for place in own]
    return there[:1]


def _private_of_leaders(work: UseCaseContext, ticket: Ticket) -> Sequence[str]:
    leaders = [*presence.leads_of(work, ticket.unit), *presence.directors_of(work)]
    people = [person for person in leaders if may(person, Action.READ, ticket)]
    if ticket.holder is not None and all(person.id != ticket.holder for person in people):
        people.append(work.uow.people.get(ticket.holder))
    return [address for person in people for address in private_addresses_of(work, person)]


def private_addresses_of(work: UseCaseContext, person: Person) -> Sequence[str]:
    """Where somebody is written to in private: where they last spoke with the desk; before that, everywhere."""
    places = [place for place in work.uow.conversations.private_of(person.id) if not place.blocked]
    if places and places[0].active_at is not None:
        return [places[0].address]
    return [place.address for place in places]


_NEEDS = {
    "claim": Action.CLAIM,
    "seen": Action.NOTE,
    "done": Action.RESOLVE,
    "term_renew": Action.RESOLVE,
    "vendor_came": Action.RESUME,
    "ask": Action.ASK,
    "resume": Action.RESUME,
    "release": Action.RELEASE,
    "send_to": Action.TRANSFER,
    "merge": Action.MERGE,
    "merge_same": Action.MERGE,
    "separate": Action.MERGE,
    "outage": Action.DECLARE_OUTAGE,
    "outage_over": Action.DECLARE_OUTAGE,
    "tell_all": Action.DECLARE_OUTAGE,
    "announce_read": Action.KEEP_OUTAGE_NOTE,
    "cancel": Action.CANCEL,
    "checklists": Action.TICK,
    "canned": Action.REPLY_TO_REPORTER,
    "device_is": Action.NAME_DEVICE,
    "device_other": Action.NAME_DEVICE,
    "promise": Action.PROMISE,
    "ask_for_help": Action.ASK_FOR_HELP,
    "set_off": Action.VISIT,
    "closed": Action.VISIT,
    "visit": Action.VISIT,
    "menu:wait": Action.WAIT,
    "menu:unit": Action.TRANSFER,
    "menu:topic": Action.RECATEGORISE,
    "menu:priority": Action.PRIORITISE,
    "menu:assign": Action.ASSIGN,
}


def offered_there(work: UseCaseContext, ticket: Ticket, to: str, shown: list[Button]) -> list[Button]:
    """In a group the buttons are for all; in private what this reader may not do is not offered."""
    reader = _reader(work, to)
    return shown if reader is None else offered_to(reader, ticket, shown)


def offered_to(reader: Person, ticket: Ticket, shown: Sequence[Button]) -> list[Button]:
    return [button for button in shown if _offered(reader, ticket, button.action)]


def _offered(reader: Person, ticket: Ticket, action: str) -> bool:
    verb, _, rest = action.partition(":")
    menu = rest.partition(":")[2]
    needed = _NEEDS.get(f"{verb}:{menu}" if menu else verb) or _NEEDS.get(verb)
    return needed is None or may(reader, needed, ticket)


# --- buttons ------------------------------------------------------------------------------------
def buttons(work: UseCaseContext, ticket: Ticket, visited: Visit, menu: str = MAIN) -> list[Button]:
    """What can be pressed on the card now. Rights are checked when it is pressed: a room has one card for all."""
    if ticket.state is State.MERGED:
        return [Button("Geri ayır", _verb("separate", ticket))]
    if not ticket.state.active:
        return []
    match menu:
        case "more":
            return _more(work, ticket)
        case "wait":
            return [
                Button("Bilgi", _verb("wait_for", ticket, "waiting_reporter")),
                Button("Firma", _verb("wait_for", ticket, "waiting_vendor")),
                Button("Malzeme", _verb("wait_for", ticket, "waiting_parts")),
                Button("Onay", _verb("wait_for", ticket, "waiting_approval")),
                _back(ticket),
            ]
        case "priority":
            others = [priority for priority in Priority if priority is not ticket.priority]
            return [
                *[Button(PRIORITIES[p], _verb("priority_to", ticket, p.value)) for p in reversed(others)],
                _back(ticket),
            ]
        case "assign":
            return [*_assignees(work, ticket), _back(ticket)]
        case "unit":
            units = [unit for unit in work.desk.units if unit != ticket.unit]
            return [
                *[Button(work.desk.unit_title(unit), _verb("send_to", ticket, unit)) for unit in units],
                _back(ticket),
            ]
        case _ if menu.startswith("topic"):
            return [*_topics(work, ticket, menu.partition(":")[2]), _back(ticket)]
        case _:
            return [*contract_parts.buttons(work, ticket), *_main(ticket, on_the_way=visited.is_on_the_way(work.now))]


def _main(ticket: Ticket, *, on_the_way: bool) -> list[Button]:
    more = Button("Diğer", _verb("menu", ticket, "more"))
    if ticket.state is State.OPEN:
        return [Button("Üstlen", _verb("claim", ticket)), more]
    done, set_off = Button("Tamamladım", _verb("done", ticket)), Button("Yoldayım", _verb("set_off", ticket))
    if ticket.state is State.WAITING_ACCESS:
        return [set_off, Button("Devam et", _verb("resume", ticket)), done, more]
    if ticket.state.waiting:
        return [Button("Devam et", _verb("resume", ticket)), done, more]
    there = _closed(ticket) if on_the_way else set_off
    wait, ask = Button("Beklet", _verb("menu", ticket, "wait")), Button("Bilgi iste", _verb("ask", ticket))
    return [done, there, wait, ask, more]


def _closed(ticket: Ticket) -> Button:
    return Button("Kapalıydı", _verb("closed", ticket))


def _more(work: UseCaseContext, ticket: Ticket) -> list[Button]:
    others = [unit for unit in work.desk.units if unit != ticket.unit]
    return [
        *([Button("Diğer birime gönder", _verb("menu", ticket, "unit"))] if others else []),
        *([Button("Sıraya geri koy", _verb("release", ticket))] if ticket.holder else []),
        *([Button("Randevu", _verb("visit", ticket)), _closed(ticket)] if ticket.holder else []),
        *([Button("Söz ver", _verb("promise", ticket))] if ticket.holder else []),
        *([Button("Yardım iste", _verb("ask_for_help", ticket))] if ticket.holder else []),
        Button("Kontrol listesi", _verb("checklists", ticket)),
        *([Button("Hazır yanıt", _verb("canned", ticket))] if work.uow.canned_replies.of_unit(ticket.unit) else []),
        *_of_device(work, ticket),
        Button("Konuyu düzelt", _verb("menu", ticket, "topic")),
        Button("Önceliği değiştir", _verb("menu", ticket, "priority")),
        Button("Görevlendir", _verb("menu", ticket, "assign")),
        Button("Birleştir", _verb("merge", ticket)),
        *_of_outage(work, ticket),
        Button("İptal", _verb("cancel", ticket)),
        _back(ticket),
    ]


def _of_device(work: UseCaseContext, ticket: Ticket) -> list[Button]:
    guesses = device_links.guesses(work.uow, ticket)
    if len(guesses) == 1:
        is_it = Button("Bu cihaz", _verb("device_is", ticket, str(guesses[0].id)))
        return [is_it, Button("Başka cihaz", _verb("device_other", ticket))]
    known = device_links.subject(work.uow, ticket) is not None
    return [Button("Başka cihaz" if known else "Cihazı yaz", _verb("device_other", ticket))]


def _of_outage(work: UseCaseContext, ticket: Ticket) -> list[Button]:
    if not ticket.outage:
        return [Button("Bilinen kesinti", _verb("outage", ticket))]
    outage = work.uow.outages.of_head(ticket.id)
    announced = outage is not None and outage.announced_at is not None
    return [
        Button("Herkese yaz", _verb("tell_all", ticket)),
        *([Button(READ_BY, _verb("announce_read", ticket))] if announced else []),
        Button("Kesinti bitti", _verb("outage_over", ticket)),
    ]


def _assignees(work: UseCaseContext, ticket: Ticket) -> list[Button]:
    people = presence.workers_of(work, ticket.unit)
    others = [person for person in people if person.id != ticket.holder]
    labels = dict(zip((person.id for person in others), told_apart(others), strict=True))
    return [
        Button(labels[person.id] + _away_until(work, person), _verb("assign_to", ticket, str(person.id)))
        for person in sorted(others, key=work.is_away)
    ]


def _away_until(work: UseCaseContext, person: Person) -> str:
    absence = presence.absence_of(work, person)
    if absence is None:
        return ""
    until = presence.last_day(work, absence, person.unit)
    return f" ({to_whom(f'{until.day} {MONTHS[until.month - 1]}')} kadar izinli)"


def _topics(work: UseCaseContext, ticket: Ticket, page: str) -> list[Button]:
    """Near readings first; then every subject, eight at a time."""
    if not page:
        reading = work.desk.knowledge.read(ticket.text)
        near = [c.category for c in reading.candidates if c.category != ticket.category]
        return [
            *[Button(work.desk.title(category), _verb("topic_to", ticket, category)) for category in near],
            Button("Tüm konular", _verb("menu", ticket, "topic:0")),
        ]
    size, first = 8, int(page)
    every = [c for c in work.desk.catalogue.categories.values() if c.id != ticket.category]
    shown = [Button(c.title, _verb("topic_to", ticket, c.id)) for c in every[first : first + size]]
    if first + size < len(every):
        shown.append(Button("Sonrakiler ›", _verb("menu", ticket, f"topic:{first + size}")))
    return shown


def _back(ticket: Ticket) -> Button:
    return Button("‹ Geri", _verb("menu", ticket, MAIN))


def _verb(verb: str, ticket: Ticket, argument: str = "") -> str:
    return f"{verb}:{ticket.id}:{argument}" if argument else f"{verb}:{ticket.id}"
