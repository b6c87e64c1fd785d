"""Düzenli işler: what a unit does again and again opens an ordinary ticket on its day. Each opens once, whoever asks:
the day stands in the ticket's draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain import recurring as rules
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.idempotency import recurring_asked, recurring_opened
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.recurring import Recurring
from handlers.domain.rights import Action, require
from handlers.domain.states import Change, Priority, TicketEvent
from handlers.domain.ticket import EntryKind, Ticket
from handlers.messages import Button
from handlers.spoken_time import MONTHS
from handlers.tickets import (
    cards,
    closing,
    days_off,
    entries,
    evidence,
    presence,
    recurring_opening,
    timing,
    work,
)

PREVIEWED = 5
MOST = 60
"""Of a unit."""
MAX_TITLE_LETTERS = 80
ASKED_AGAIN_AT = time(10, 30)
"""A check that nobody answered by then is the lead's matter."""
DIRECTOR_AFTER_DAYS = 2
"""Working days."""
CAUGHT_UP = timedelta(days=4)
"""How long after its day it is still opened, where the desk was not running."""
OK, WARNING, FAILED = RESULTS = ("ok", "warning", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What is said beside title and rule."""

    shift: rules.Shift = rules.Shift.BEFORE
    checked: bool = False
    days_before: int = 0
    whose: rules.Whose = rules.Whose.NOBODY
    person: PersonId | None = None
    evidence: rules.Evidence | None = None


PLAIN = Options()


# --- kept by a lead -------------------------------------------------------------------------------
def proposed(
    acting: Acting,
    title: str,
    rule: str,
    *,
    category: str | None = None,
    options: Options = PLAIN,
    instead_of: Recurring | None = None,
) -> tuple[Recurring, Sequence[date]]:
    """And the next days of its rule. Raises NotAllowed, Invalid(`recurring_unreadable`, `recurring_never`,
    `recurring_title`, `recurring_full`, `recurring_extra`, `recurring_days`, `not_in_unit`)."""
    require(acting.person, Action.KEEP_RECURRING)
    unit = acting.person.unit
    if unit is None or not 0 < len(title) <= MAX_TITLE_LETTERS:
        raise Invalid("recurring_title", most=MAX_TITLE_LETTERS)
    if instead_of is None and len(of_unit(acting, unit)) >= MOST:
        raise Invalid("recurring_full", most=MOST)
    rhythm = rules.read(rule)
    rules.require_possible(rhythm)
    today = acting.working_time(unit).local_date(acting.now)
    same_rule = instead_of is not None and instead_of.rhythm == rhythm
    made = Recurring(
        unit=unit,
        title=title,
        rhythm=rhythm,
        shift=options.shift,
        category=category if (known := acting.desk.category(category)) and known.unit == unit else None,
        checked=options.checked,
        days_before=options.days_before,
        whose=options.whose,
        person=options.person,
        evidence=options.evidence,
        begins=instead_of.begins if instead_of is not None and same_rule else today,
        written_at=acting.now,
        id=0 if instead_of is None else instead_of.id,
    )
    _require_sensible(acting, made)
    coming = next_days(acting, made)
    if not coming:
        raise Invalid("recurring_never")
    return made, coming


def _require_sensible(acting: Acting, made: Recurring) -> None:
    plain = (made.days_before, made.whose, made.evidence) == (0, rules.Whose.NOBODY, None)
    if made.rhythm.every is rules.Every.DAYS_OFF and not plain:
        raise Invalid("recurring_extra")
    if made.days_before > rules.MOST_DAYS_BEFORE:
        raise Invalid("recurring_days", most=rules.MOST_DAYS_BEFORE)
    if made.person is not None and not (who := acting.uow.people.get(made.person)).works_in(made.unit):
        raise Invalid("not_in_unit", who=who)


def change(acting: Acting, made: Recurring) -> tuple[Recurring, Effect]:
    """What stands under its id is as it says, for tickets to come; and as it was. Raises as `withdraw`."""
    before = acting.uow.recurring.get(made.id)
    _require_own(acting, before)
    if before.withdrawn_at is not None or replace(before, written_at=made.written_at) == made:
        return before, Effect.NONE
    same_days = (made.rhythm, made.shift) == (before.rhythm, before.shift)
    since = before.written_at if same_days else acting.now  # else today's would be left out
    acting.uow.recurring.save(replace(made, unit=before.unit, withdrawn_at=None, written_at=since))
    _log(acting, "recurring_changed", made)
    return before, Effect.CHANGED


def write(acting: Acting, made: Recurring) -> Recurring:
    """Raises NotAllowed, Invalid(`recurring_full`)."""
    require(acting.person, Action.KEEP_RECURRING)
    if made.unit != acting.person.unit:
        raise NotFound("recurring", made.title)
    if len(of_unit(acting, made.unit)) >= MOST:
        raise Invalid("recurring_full", most=MOST)
    written = acting.uow.recurring.add(replace(made, written_at=acting.now))
    _log(acting, "recurring_written", written)
    return written


def withdraw(acting: Acting, made: Recurring) -> Effect:
    """Raises NotAllowed, NotFound for another unit's."""
    _require_own(acting, made)
    if made.withdrawn_at is not None:
        return Effect.NONE
    acting.uow.recurring.save(replace(made, withdrawn_at=acting.now))
    _log(acting, "recurring_withdrawn", made)
    return Effect.CHANGED


def bring_back(acting: Acting, made: Recurring) -> Effect:
    """Geri al. Raises as `withdraw`, Invalid(`recurring_full`)."""
    _require_own(acting, made)
    if made.withdrawn_at is None:
        return Effect.NONE
    if len(of_unit(acting, made.unit)) >= MOST:
        raise Invalid("recurring_full", most=MOST)
    acting.uow.recurring.save(replace(made, withdrawn_at=None))
    _log(acting, "recurring_written", made)
    return Effect.CHANGED


def _require_own(acting: Acting, made: Recurring) -> None:
    require(acting.person, Action.KEEP_RECURRING)
    if made.unit != acting.person.unit:
        raise NotFound("recurring", made.id)


def _log(acting: Acting, what: str, made: Recurring) -> None:
    about = f"{made.unit} {made.title} {made.rhythm.every} {made.rhythm.day} {made.rhythm.months}"
    acting.uow.audit.log(acting.now, acting.person.id, what, about, acting.channel)


def of_unit(work: UseCaseContext, unit: UnitId) -> Sequence[Recurring]:
    return [one for one in work.uow.recurring.standing() if one.unit == unit]


def next_days(work: UseCaseContext, made: Recurring, count: int = PREVIEWED) -> Sequence[date]:
    """From tomorrow on."""
    first = work.working_time(made.unit).local_date(work.now) + timedelta(days=1)
    for farther in (timedelta(days=40), timedelta(days=200), rules.FARTHEST, 3 * rules.FARTHEST):
        found = days_between(work, made, first, first + farther)
        if len(found) >= count:
            return found[:count]
    return found


def days_between(work: UseCaseContext, made: Recurring, first: date, last: date) -> Sequence[date]:
    """Of its rule, with the first and the last."""
    time_of_unit, calendar = work.working_time(made.unit), work.time_rules.calendar.of(made.unit)
    return list(rules.days(made.rhythm, made.shift, made.begins, time_of_unit, calendar, first, last))


# --- opened by the clock --------------------------------------------------------------------------
def open_due(work: UseCaseContext) -> None:
    """A tick: what is due today, once its unit works; what fell into a time in which the desk did not run, too."""
    for made in work.uow.recurring.standing():
        time_of_unit = work.working_time(made.unit)
        if made.rhythm.every is rules.Every.DAYS_OFF:
            days_off.prepare(work, made.unit)
            continue
        if not time_of_unit.is_working_at(work.now):
            continue
        today = time_of_unit.local_date(work.now)
        for day in _due(work, made, today):
            if work.uow.once.first(recurring_opened(f"{made.id}", day), work.now):
                _open(work, made, day)
        if made.checked:
            _ask_again(work, made, today)


def _due(work: UseCaseContext, made: Recurring, today: date) -> Sequence[date]:
    """The newest of the days that have come, and those whose ticket is opened before they come."""
    time_of_unit = work.working_time(made.unit)
    written = time_of_unit.local_date(made.written_at)
    if made.days_before and today <= written:
        return ()
    since = max(written + timedelta(days=1), today - CAUGHT_UP)
    found = days_between(work, made, since, rules.farthest_opening(today, made, time_of_unit))
    return [*[day for day in found if day <= today][-1:], *(day for day in found if day > today)]


def _open(work: UseCaseContext, made: Recurring, day: date) -> None:
    facts = {} if made.evidence is None else {evidence.FACT: evidence.SAID[made.evidence]}
    if made.days_before:
        facts["son"] = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    ticket = recurring_opening.open_ticket(work, made.unit, made.title, draft_of(made, day), made.category, facts)
    if ticket is None:
        return
    recurring_opening.give(work, ticket, made)
    if made.checked:
        for place in cards.work_places(work, ticket):
            work.say(place, "check", buttons=check_buttons(ticket), slot=check_slot(ticket), ticket=ticket, day=day)


def draft_of(made: Recurring, day: date) -> str:
    return f"{rules.OF_RECURRING}{made.id}:{day.isoformat()}"


# --- answered in one tap --------------------------------------------------------------------------
def awaits_answer(work: UseCaseContext, ticket: Ticket) -> bool:
    """Whether Tamam, Uyarı var or Alınamadı is still to be said of it."""
    key = ticket.draft.removeprefix(rules.OF_RECURRING).partition(":")[0]
    if not ticket.draft.startswith(rules.OF_RECURRING) or not key.isdecimal() or not ticket.state.active:
        return False
    return work.uow.recurring.get(int(key)).checked and result_of(work, ticket) is None


def check_slot(ticket: Ticket) -> str:
    return f"check:{ticket.id}"


def check_buttons(ticket: Ticket) -> Sequence[Button]:
    return (
        Button("Tamam", f"check:{ticket.id}:{OK}"),
        Button("Uyarı var", f"check:{ticket.id}:{WARNING}"),
        Button("Alınamadı", f"check:{ticket.id}:{FAILED}"),
    )


def answer(acting: Acting, ticket: Ticket, result: str) -> Effect:
    """Tamam is the end of it. Else whoever answers has the ticket; of "Alınamadı" it is urgent, and the leads hear.

    Raises NotAllowed, AlreadyClaimed, NotFound for an answer that is none, Invalid(`evidence_missing`) of Tamam.
    """
    require(acting.person, Action.CLAIM, ticket)
    if result not in RESULTS:
        raise NotFound("result", result)
    if not ticket.state.active or result_of(acting, ticket) is not None:
        return Effect.NONE
    if result == OK:
        evidence.require_given(acting, ticket)
    work.claim(acting, ticket)
    ticket.log(Change.CHECKED, by=acting.person.id, at=acting.now, channel=acting.channel, after=result)
    acting.uow.tickets.save(ticket)
    if result == OK:
        closing.resolve(acting, ticket, "Tamam")
    else:
        entries.write(acting, ticket, EntryKind.NOTE, "Uyarı var" if result == WARNING else "Alınamadı")
    if result == FAILED:
        work.prioritise(acting, ticket, Priority.HIGH)
        _tell(acting, presence.leaders_at_work(acting, ticket.unit), "check_failed", ticket, acting.person)
    return Effect.CHANGED


def result_of(work: UseCaseContext, ticket: Ticket) -> TicketEvent | None:
    """How it was answered, by whom and when; None: it was not."""
    history = timing.history_of(work, ticket)
    return next((one for one in history if one.what is Change.CHECKED), None)


def _ask_again(work: UseCaseContext, made: Recurring, today: date) -> None:
    """At 10:30 the lead hears that nobody answered; after two working days the director."""
    time_of_unit = work.working_time(made.unit)
    for day in days_between(work, made, today - timedelta(days=14), today)[-DIRECTOR_AFTER_DAYS - 1 :]:
        ticket = work.uow.tickets.of_draft(draft_of(made, day))
        if ticket is None or not ticket.state.active or result_of(work, ticket) is not None:
            continue
        if work.now >= time_of_unit.at(day, ASKED_AGAIN_AT) and _first(work, ticket, "lead"):
            _tell(work, presence.leaders_at_work(work, made.unit), "check_unanswered", ticket)
        since = max(ticket.opened_at, time_of_unit.at(day, time.min))
        late = time_of_unit.add_working_days(since, DIRECTOR_AFTER_DAYS)
        if work.now >= late and _first(work, ticket, "director"):
            directors = presence.directors_of(work)
            _tell(work, presence.at_work(work, directors) or directors, "check_unanswered", ticket)


def _first(work: UseCaseContext, ticket: Ticket, whom: str) -> bool:
    return work.uow.once.first(recurring_asked(ticket.id, whom), work.now)


def _tell(
    work: UseCaseContext, people: Sequence[Person], template: str, ticket: Ticket, by: Person | None = None
) -> None:
    for address in dict.fromkeys(a for person in people for a in cards.private_addresses_of(work, person)):
        work.say(address, template, ticket=ticket, by=by, title=ticket.text)
        cards.show(work, ticket, address, fresh=True)
