"""Planning a training, inviting, answering, holding it; each step a line of its history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import DeskError, Invalid
from handlers.domain.idempotency import training_reminded
from handlers.domain.numbers import Series
from handlers.domain.people import Person, PersonId
from handlers.domain.rights import Action
from handlers.domain.rights import may as may_do
from handlers.domain.states import State
from handlers.domain.store_events import StoreEvent, Stream, Values
from handlers.domain.ticket import Ticket, TicketId
from handlers.domain.trainings import (
    MAX_NOTE_LETTERS,
    Answer,
    Participant,
    Training,
    TrainingAction,
    TrainingId,
    require,
    require_possible,
)
from handlers.messages import Button
from handlers.people.officers import today_of
from handlers.tickets import cards, closing
from knowledge.language.folding import one_line

REQUEST = "egitim-talebi"
MOST_REQUESTS = 200
REMINDED_BEFORE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    title: str
    starts: datetime
    place: str
    trainer: str
    capacity: int
    tickets: Sequence[TicketId] = ()
    """Requests whose reporters are invited."""


def requests(acting: Acting) -> list[Ticket]:
    """Those that wait for a training and of which no session is planned yet, the oldest first."""
    category = acting.desk.category(REQUEST)
    if category is None:
        return []
    joined = acting.uow.trainings.joined()
    found = acting.uow.tickets.active_in(category.unit, REQUEST, limit=MOST_REQUESTS)
    return [one for one in found if one.id not in joined and not one.restricted]


def usable(acting: Acting, said: Said) -> Said:
    """Raises NotAllowed and as `require_possible`."""
    require(acting.person, TrainingAction.PLAN)
    kept = replace(said, title=one_line(said.title), place=one_line(said.place), trainer=one_line(said.trainer))
    require_possible(kept.title, kept.place, kept.trainer, kept.capacity, kept.starts, acting.now)
    return kept


def plan(acting: Acting, said: Said) -> Training:
    """Whoever asked for it is invited. Raises as `usable`."""
    in_place_of = require(acting.person, TrainingAction.PLAN)
    kept = usable(acting, said)
    one = acting.uow.trainings.add(
        Training(
            number=acting.uow.counters.next(Series.TRAINING, today_of(acting).year),
            title=kept.title,
            starts=kept.starts,
            place=kept.place,
            trainer=kept.trainer,
            capacity=kept.capacity,
            made_by=acting.person.id,
            made_at=acting.now,
        )
    )
    _note(acting, one, "planned", {"starts": kept.starts.isoformat(), "capacity": kept.capacity}, in_place_of)
    wanted = {ticket.id: ticket for ticket in requests(acting)}
    for key in said.tickets:
        if key in wanted:
            _invite(acting, one, acting.uow.people.get(wanted[key].reporter), key)
    return one


def invite(acting: Acting, key: TrainingId, names: Sequence[str]) -> int:
    """By name or staff number; how many are new. Raises NotAllowed, NotFound, Invalid(`training_over`,
    `training_nobody`)."""
    require(acting.person, TrainingAction.PLAN)
    one = _open(acting, key)
    people = meant(acting, names)
    known = {participant.person for participant in acting.uow.trainings.participants(key)}
    new = [person for person in people if person.id not in known]
    for person in new:
        _invite(acting, one, person, None)
    return len(new)


def meant(acting: Acting, names: Sequence[str]) -> list[Person]:
    """Raises Invalid(`training_nobody`)."""
    found = []
    for typed in filter(None, map(one_line, names)):
        numbered = acting.uow.people.of_staff_nos([typed]).get(typed)
        people = [numbered] if numbered else [one for one in acting.uow.people.named(typed) if not one.gone]
        if len(people) != 1:
            raise Invalid("training_nobody", typed=typed[:40], several=len(people) > 1)
        found += people
    return found


def answer(acting: Acting, key: TrainingId, *, comes: bool) -> Participant:
    """Katılırım, Katılamam. Where it is full they wait; whoever waited longest takes a place that became free. Raises
    NotFound, Invalid(`training_over`, `training_not_invited`)."""
    one = _open(acting, key)
    participants = acting.uow.trainings.participants(key)
    mine = next((found for found in participants if found.person == acting.person.id), None)
    if mine is None:
        raise Invalid("training_not_invited", number=one.number)
    wanted = (Answer.COMING, Answer.WAITING) if comes else (Answer.DECLINED,)
    if mine.answer in wanted:
        return mine
    coming = sum(found.answer is Answer.COMING for found in participants)
    given = Answer.DECLINED if not comes else Answer.COMING if coming < one.capacity else Answer.WAITING
    said = replace(mine, answer=given, answered_at=acting.now)
    acting.uow.trainings.put(said)
    _note(acting, one, "answered", {"answer": given.value}, ())
    if mine.answer is Answer.COMING:
        _move_up(acting, one)
    return said


def hold(acting: Acting, key: TrainingId, present: Collection[PersonId], note: str = "") -> Sequence[Ticket]:
    """Who was there; the requests of those end. What could not be completed by them comes back. Raises NotAllowed,
    NotFound, Stale, Invalid(`training_over`, `training_early`, `training_note`)."""
    in_place_of = require(acting.person, TrainingAction.PLAN)
    one = holdable(acting, key, note)
    held = acting.uow.trainings.save(replace(one, held_at=acting.now, note=note.strip()))
    left = []
    for participant in acting.uow.trainings.participants(key):
        if participant.person not in present:
            continue
        acting.uow.trainings.put(replace(participant, attended=True))
        if participant.ticket is not None and not _completed(acting, held, participant.ticket):
            left.append(acting.uow.tickets.get(participant.ticket))
    _note(acting, held, "held", {"present": len(present)}, in_place_of)
    return left


def holdable(acting: Acting, key: TrainingId, note: str) -> Training:
    """Raises as `hold`."""
    require(acting.person, TrainingAction.PLAN)
    one = _open(acting, key)
    if acting.now < one.starts:
        raise Invalid("training_early", number=one.number)
    if len(note) > MAX_NOTE_LETTERS:
        raise Invalid("training_note", most=MAX_NOTE_LETTERS)
    return one


def cancel(acting: Acting, key: TrainingId) -> Training:
    """Whoever is invited hears of it; their requests wait for another. Unchanged where it was. Raises NotAllowed,
    NotFound, Stale, Invalid(`training_over`)."""
    in_place_of = require(acting.person, TrainingAction.PLAN)
    one = acting.uow.trainings.get(key)
    if one.cancelled_at is not None:
        return one
    _open(acting, key)
    cancelled = acting.uow.trainings.save(replace(one, cancelled_at=acting.now))
    _note(acting, cancelled, "cancelled", {}, in_place_of)
    for participant in acting.uow.trainings.participants(key):
        if participant.answer is not Answer.DECLINED:
            _say(acting, cancelled, participant.person, "training_cancelled")
    return cancelled


def remind(work: UseCaseContext) -> None:
    """A tick: who comes hears of it within the last day before, once."""
    for one in work.uow.trainings.open_until(work.now + REMINDED_BEFORE):
        if one.starts > work.now and work.uow.once.first(training_reminded(one.id), work.now):
            for participant in work.uow.trainings.participants(one.id):
                if participant.answer is Answer.COMING:
                    _say(work, one, participant.person, "training_soon")


def show_invitation(work: UseCaseContext, one: Training, address: str, said: Answer) -> None:
    buttons = [Button("Katılırım", f"training_yes:{one.id}"), Button("Katılamam", f"training_no:{one.id}")]
    slot = f"training:{one.id}"
    work.say(address, "training_invited", buttons=buttons, slot=slot, fresh=True, one=one, said=said)


def _invite(acting: Acting, one: Training, person: Person, ticket: TicketId | None) -> None:
    acting.uow.trainings.put(Participant(training=one.id, person=person.id, ticket=ticket))
    for address in cards.private_addresses_of(acting, person):
        show_invitation(acting, one, address, Answer.INVITED)


def _move_up(acting: Acting, one: Training) -> None:
    waiting = [found for found in acting.uow.trainings.participants(one.id) if found.answer is Answer.WAITING]
    if waiting:
        acting.uow.trainings.put(replace(waiting[0], answer=Answer.COMING))
        _say(acting, one, waiting[0].person, "training_place_free")


def _completed(acting: Acting, one: Training, key: TicketId) -> bool:
    ticket = acting.uow.tickets.get(key)
    if ticket.state in (State.RESOLVED, State.CLOSED):
        return True
    if not ticket.state.active or not may_do(acting.person, Action.RESOLVE, ticket):
        return False
    try:
        closing.resolve(acting, ticket, f"{one.number} eğitimine katıldı: {one.title}.")
    except DeskError:
        return False
    return True


def _say(work: UseCaseContext, one: Training, key: PersonId, template: str) -> None:
    person = work.uow.people.get(key)
    for address in [] if person.gone else cards.private_addresses_of(work, person):
        work.say(address, template, slot=f"training:{one.id}", fresh=True, one=one)


def _open(acting: Acting, key: TrainingId) -> Training:
    """Of two who take its last place at once the second waits. Raises NotFound, Invalid(`training_over`)."""
    one = acting.uow.trainings.get(key, to_change=True)
    if not one.is_open:
        raise Invalid("training_over", number=one.number)
    return one


def _note(acting: Acting, one: Training, what: str, after: Values, in_place_of: tuple[PersonId, ...]) -> None:
    event = StoreEvent(
        at=acting.now,
        who=acting.person.id,
        channel=acting.channel,
        what=what,
        after=after,
        ref=str(one.number),
        acting_for=in_place_of,
    )
    acting.uow.store_events.append(Stream.TRAINING, one.id, event)
