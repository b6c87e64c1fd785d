"""What the pages of trainings show: the list with what was asked for, and one with who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Acting
from handlers.domain.people import Person
from handlers.domain.ticket import Ticket
from handlers.domain.trainings import Participant, Training, TrainingAction, TrainingId, may, require
from handlers.stock.access import shown_ticket
from handlers.trainings import planning


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLine:
    one: Training
    invited: int
    coming: int
    """Or who came, where it was held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingsPage:
    lines: Sequence[TrainingLine]
    requests: Sequence[tuple[Ticket, Person]]
    plans: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipantLine:
    one: Participant
    person: Person
    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPage:
    line: TrainingLine
    participants: Sequence[ParticipantLine]
    plans: bool
    begun: bool


def look(acting: Acting) -> TrainingsPage:
    """Raises NotAllowed."""
    require(acting.person, TrainingAction.SEE)
    counts = acting.uow.trainings.counts()
    plans = may(acting.person, TrainingAction.PLAN)
    asked = planning.requests(acting) if plans else []
    people = acting.uow.people.of_ids({ticket.reporter for ticket in asked})
    return TrainingsPage(
        lines=[_line(one, counts.get(one.id, (0, 0))) for one in acting.uow.trainings.latest()],
        requests=[(ticket, people[ticket.reporter]) for ticket in asked],
        plans=plans,
    )


def one(acting: Acting, key: TrainingId) -> TrainingPage:
    """By name. Raises NotAllowed, NotFound."""
    require(acting.person, TrainingAction.SEE)
    found = acting.uow.trainings.get(key)
    participants = acting.uow.trainings.participants(key)
    people = acting.uow.people.of_ids({one.person for one in participants})
    tickets = acting.uow.tickets.some([one.ticket for one in participants if one.ticket is not None])
    lines = [
        ParticipantLine(
            one=one,
            person=people[one.person],
            ticket="" if one.ticket is None else shown_ticket(acting.person, tickets[one.ticket]) or "",
        )
        for one in participants
    ]
    return TrainingPage(
        line=_line(found, acting.uow.trainings.counts().get(key, (0, 0))),
        participants=sorted(lines, key=lambda line: (line.person.name or line.person.handle, line.person.id)),
        plans=may(acting.person, TrainingAction.PLAN),
        begun=acting.now >= found.starts,
    )


def _line(one: Training, count: tuple[int, int]) -> TrainingLine:
    return TrainingLine(one=one, invited=count[0], coming=count[1])
