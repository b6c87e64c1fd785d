"""Who hears of a handover that waits: its receiver after 1 and 3 working days, whoever made it and their leads after 3;
of a devir that lapsed, both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from handlers.context import UseCaseContext
from handlers.domain.handovers import SWAP_KEPT, Direction, Handover
from handlers.domain.idempotency import reminded_of_handover
from handlers.domain.people import Person, PersonId
from handlers.domain.working_time import NoWorkingTimeError, WorkingTime
from handlers.messages import Button
from handlers.tickets import cards, presence

REMINDED_AFTER_DAYS = (1, 3)
"""Working days."""


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
        lines=made.text.splitlines()[1:],
        giving=giving,
        reminded=reminded,
    )


def waiting_buttons(made: Handover, *, cancels: bool) -> Sequence[Button]:
    """What whoever hands over may do while it waits; `cancels`: whether that is theirs."""
    signed = Button("Kâğıt imzalandı", f"hand_paper:{made.id}")
    return (Button("İptal et", f"hand_cancel:{made.id}"), signed) if cancels else (signed,)


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
        if REMINDED_AFTER_DAYS[-1] in due and one.direction is not Direction.SWAP:  # a devir lapses by itself
            _tell_those_who_hand_over(work, one)


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


def tell_lapsed(work: UseCaseContext, one: Handover) -> None:
    """A devir that nobody can confirm any more: its two sides, and whoever began it for them."""
    people = [work.uow.people.get(key) for key in (one.giver, one.receiver, one.made_by) if key is not None]
    for address in _addresses(work, people):
        work.say(address, "handover_lapsed", slot=f"handover:{one.id}", number=one.number, days=SWAP_KEPT.days)


def _due(work: UseCaseContext, time: WorkingTime, one: Handover) -> list[int]:
    try:
        return [days for days in REMINDED_AFTER_DAYS if time.add_working_days(one.made_at, days) <= work.now]
    except NoWorkingTimeError:
        return []


def _silent(work: UseCaseContext, one: Handover) -> Iterable[tuple[Person, bool]]:
    """Who must still confirm and is there, and whether as its giver."""
    sides = [(one.receiver, one.receiver_at, False)]
    if one.direction is Direction.SWAP:
        sides.append((one.giver, one.giver_at, True))
    for key, confirmed_at, giving in sides:
        if key is not None and confirmed_at is None:
            person = work.uow.people.get(key)
            if not person.gone:
                yield person, giving


def _first(work: UseCaseContext, one: Handover, person: Person, due: Sequence[int]) -> bool:
    new = [days for days in due if work.uow.once.first(reminded_of_handover(one.id, person.id, days), work.now)]
    return bool(new)


def _tell_those_who_hand_over(work: UseCaseContext, one: Handover) -> None:
    maker = work.uow.people.get(one.made_by)
    if not work.uow.once.first(reminded_of_handover(one.id, PersonId(0), REMINDED_AFTER_DAYS[-1]), work.now):
        return
    receiver = work.uow.people.get(one.receiver or one.made_by)
    leads = presence.leads_of(work, maker.unit) if maker.unit else []
    for address in _addresses(work, [maker, *leads]):
        work.say(
            address,
            "handover_waits",
            buttons=waiting_buttons(one, cancels=True),
            number=one.number,
            who=receiver,
            days=REMINDED_AFTER_DAYS[-1],
        )


def _addresses(work: UseCaseContext, people: Iterable[Person]) -> Sequence[str]:
    once = {person.id: person for person in people if not person.gone}
    return [address for person in once.values() for address in cards.private_addresses_of(work, person)]
