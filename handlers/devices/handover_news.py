"""Who hears of a handover: its receiver, and of a devir its giver, to confirm it; after 1 and 3 working days again,
then whoever made it and their leads; after 10 that it shall be signed on paper; of what is outside, when it is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from handlers.context import UseCaseContext
from handlers.devices import depot_orders
from handlers.devices.handover_texts import lines_of
from handlers.domain.devices import CustodyKind
from handlers.domain.handovers import SWAP_KEPT, Direction, Handover
from handlers.domain.idempotency import reminded_of_handover, reminded_of_return, told_of_unsigned
from handlers.domain.people import Person, PersonId
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime
from handlers.messages import Button
from handlers.tickets import cards, presence

REMINDED_AFTER_DAYS = (1, 3)
"""Working days."""
PAPER_AFTER_DAYS = 10
MOST_DAYS = 10
"""Of which it is said at once that their page is not signed."""
ASKED_BACK_EVERY = timedelta(days=7)
"""Once what is outside is overdue."""


def show_to_confirm(
    work: UseCaseContext, made: Handover, address: str, *, giving: bool = False, reminded: bool = False
) -> None:
    """Teslim aldım · Sorun var. `giving`: to the giver of a devir."""
    work.say(
        address,
        "handover_confirm",
        buttons=[
            Button("Teslim ettim" if giving else "Teslim aldım", f"hand_yes:{made.id}:{made.digest[:16]}"),
            Button("Sorun var", f"hand_no:{made.id}"),
        ],
        slot=f"handover:{made.id}",
        fresh=True,
        count=len(made.standing),
        number=made.number,
        lines=lines_of(made),
        giving=giving,
        common=made.common,
        reminded=reminded,
        other=_other_side(work, made, giving=giving),
    )


def _other_side(work: UseCaseContext, made: Handover, *, giving: bool) -> Person | None:
    """Of a devir, from whom or to whom."""
    key = made.receiver if giving else made.giver
    return None if made.direction is not Direction.SWAP or key is None else work.uow.people.get(key)


def waiting_buttons(made: Handover, *, cancels: bool) -> Sequence[Button]:
    """What whoever hands over may do while it waits; `cancels`: whether that is theirs."""
    cancel = [Button("İptal et", f"hand_cancel:{made.id}")] if cancels else []
    with_code = made.direction is Direction.GIVE and not made.outside
    code = [Button("Yerinde onay", f"hand_code:{made.id}")] if with_code else []
    return [*code, Button("Kâğıt imzalandı", f"hand_paper:{made.id}"), *cancel]


def say_confirmed(work: UseCaseContext, done: Handover, address: str, *, giving: bool) -> None:
    """To a side of it, in the place of what was asked."""
    work.say(
        address,
        "handover_confirmed",
        slot=f"handover:{done.id}",
        number=done.number,
        lines=lines_of(done),
        giving=giving,
        waits=done.is_open,
    )


def tell_confirmed(work: UseCaseContext, done: Handover) -> None:
    """Whoever made it; of a devir both sides."""
    receiver = work.uow.people.get(done.receiver or done.made_by)
    if done.direction is Direction.SWAP:
        sides = {done.giver, done.receiver, done.made_by} - {None}
        people = [work.uow.people.get(key) for key in sorted(filter(None, sides))]
        for address in _addresses(work, people):
            work.say(address, "handover_swapped", number=done.number, lines=lines_of(done), who=receiver)
        return
    tell_maker(work, done, "handover_confirmed_told", number=done.number, who=receiver)


def tell_maker(work: UseCaseContext, one: Handover, template: str, /, *, with_leads: bool = False, **data: Any) -> None:
    maker = work.uow.people.get(one.made_by)
    leads = presence.leads_of(work, maker.unit) if with_leads and maker.unit else []
    for address in _addresses(work, [maker, *leads]):
        work.say(address, template, **data)


def tell_sides(work: UseCaseContext, one: Handover, template: str, /, **data: Any) -> None:
    """Its giver and receiver, in the place of what was asked of them."""
    keys = dict.fromkeys(filter(None, (one.giver, None if one.outside else one.receiver)))
    for address in _addresses(work, map(work.uow.people.get, keys)):
        work.say(address, template, slot=f"handover:{one.id}", **data)


# --- a tick -------------------------------------------------------------------------------------------
def remind(work: UseCaseContext) -> None:
    """In working time; each step once, and of several that are late together one message. Who is on leave hears of it
    when they are back."""
    time = work.working_time()
    if not time.is_working_at(work.now):
        return
    for one in work.uow.handovers.waiting():
        due = [] if one.lapsed_at(work.now) else _due(work, time, one)
        for person, giving in _silent(work, one):
            if due and not work.is_away(person) and _first(work, one, person, due):
                for address in cards.private_addresses_of(work, person):
                    show_to_confirm(work, one, address, giving=giving, reminded=True)
        if one.direction is not Direction.SWAP:  # a devir lapses by itself
            _tell_those_who_hand_over(work, one, due)
    _ask_back(work, time)
    _tell_of_unsigned(work, time)


def _ask_back(work: UseCaseContext, time: WorkingTime) -> None:
    """What is outside and due back within a working day, and each week once it is overdue: whoever handed it over and
    their leads."""
    today = time.local_date(work.now)
    for one in work.uow.handovers.outside_due(_next_working_day(work, time)):
        devices = work.uow.devices.several([line.device for line in one.standing])
        out = [device for device in devices if device.custody.kind is CustodyKind.AWAY and device.living]
        due = one.due_back or today
        late = (today - due).days
        step = -1 if late < 0 else late // ASKED_BACK_EVERY.days
        if out and work.uow.once.first(reminded_of_return(one.id, due, step), work.now):
            tell_maker(
                work,
                one,
                "handover_due_back",
                with_leads=True,
                buttons=[Button(f"Geri al: {device.number}", f"hand_back:{device.id}") for device in out],
                number=one.number,
                who=one.outside,
                day=due,
                late=late,
                devices=[device.number for device in out],
            )


def _next_working_day(work: UseCaseContext, time: WorkingTime) -> date:
    try:
        return time.local_date(time.add_working_days(work.now, 1))
    except NoWorkingTimeError:
        return time.local_date(work.now)


def _tell_of_unsigned(work: UseCaseContext, time: WorkingTime) -> None:
    """Next morning, the director and who acts for them: whose page is not signed."""
    today = time.local_date(work.now)
    if not work.uow.once.first(told_of_unsigned(today), work.now):
        return
    days = {day: number for day, number in depot_orders.unsigned_days(work).items() if day < today}
    if not days:
        return
    shown = list(days.items())[:MOST_DAYS]
    for address in _addresses(work, presence.directors_of(work)):
        work.say(
            address,
            "orders_unsigned",
            buttons=[Button(f"İmzalandı: {day:%d.%m.%Y}", f"order_day:{day.isoformat()}") for day, _ in shown],
            days=shown,
            more=len(days) - len(shown),
        )


def show_again(work: UseCaseContext, one: Handover, places: Mapping[PersonId, str]) -> None:
    """The new list, to each who must confirm it; `places`: where somebody is spoken with just now."""
    for person, giving in _silent(work, one):
        here = places.get(person.id)
        for address in [here] if here else cards.private_addresses_of(work, person):
            show_to_confirm(work, one, address, giving=giving)


def show_waiting_of(work: UseCaseContext, person: Person) -> None:
    """What still waits for their confirmation, in private: whoever was out of reach when it was made finds it."""
    for one in work.uow.handovers.waiting_of(person.id):
        for silent, giving in _silent(work, one):
            if silent.id == person.id and not one.lapsed_at(work.now):
                for address in cards.private_addresses_of(work, person):
                    show_to_confirm(work, one, address, giving=giving)


def show_waiting(work: UseCaseContext, one: Handover, address: str, *, cancels: bool, days: int = 0) -> None:
    """That it waits, with what whoever hands over may do. `days`: so many working days, once they are counted."""
    receiver = work.uow.people.get(one.receiver or one.made_by)
    work.say(
        address,
        "handover_waits",
        buttons=waiting_buttons(one, cancels=cancels),
        number=one.number,
        who=receiver,
        outside=one.outside,
        lines=lines_of(one),
        days=days,
        paper=days >= PAPER_AFTER_DAYS or bool(one.outside),
    )


def tell_lapsed(work: UseCaseContext, one: Handover) -> None:
    """A devir that nobody can confirm any more: its two sides, and whoever began it for them."""
    people = [work.uow.people.get(key) for key in (one.giver, one.receiver, one.made_by) if key is not None]
    for address in _addresses(work, people):
        work.say(address, "handover_lapsed", slot=f"handover:{one.id}", number=one.number, days=SWAP_KEPT.days)


def _due(work: UseCaseContext, time: WorkingTime, one: Handover) -> list[int]:
    steps = (*REMINDED_AFTER_DAYS, PAPER_AFTER_DAYS)
    try:
        return [days for days in steps if time.add_working_days(one.made_at, days) <= work.now]
    except NoWorkingTimeError:
        return []


def _silent(work: UseCaseContext, one: Handover) -> Iterable[tuple[Person, bool]]:
    """Who must still confirm and is there, and whether as its giver. Who is outside signs paper."""
    sides = [(None if one.outside else one.receiver, one.receiver_at, False)]
    if one.direction is Direction.SWAP:
        sides.append((one.giver, one.giver_at, True))
    for key, confirmed_at, giving in sides:
        if key is not None and confirmed_at is None:
            person = work.uow.people.get(key)
            if not person.gone:
                yield person, giving


def _first(work: UseCaseContext, one: Handover, person: Person, due: Sequence[int]) -> bool:
    steps = [days for days in due if days in REMINDED_AFTER_DAYS]
    new = [days for days in steps if work.uow.once.first(reminded_of_handover(one.id, person.id, days), work.now)]
    return bool(new)


def _tell_those_who_hand_over(work: UseCaseContext, one: Handover, due: Sequence[int]) -> None:
    """After 3 working days, and after 10 to have it signed."""
    steps = [days for days in due if days >= REMINDED_AFTER_DAYS[-1]]
    new = [days for days in steps if work.uow.once.first(reminded_of_handover(one.id, PersonId(0), days), work.now)]
    if not new:
        return
    maker = work.uow.people.get(one.made_by)
    leads = presence.leads_of(work, maker.unit) if maker.unit else []
    for address in _addresses(work, [maker, *leads]):
        show_waiting(work, one, address, cancels=True, days=new[-1])


def _addresses(work: UseCaseContext, people: Iterable[Person]) -> Sequence[str]:
    once = {person.id: person for person in people if not person.gone}
    return [address for person in once.values() for address in cards.private_addresses_of(work, person)]
