"""Düzenli işler: what a unit does again and again opens an ordinary ticket on its day; and the lists before and after
days off. Each opens once, whoever asks: the day stands in the ticket's draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain import recurring as rules
from handlers.domain import shutdowns
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.idempotency import recurring_asked, recurring_opened, shutdown_reminded
from handlers.domain.people import Person, Role, UnitId
from handlers.domain.recurring import Recurring
from handlers.domain.rights import Action, require
from handlers.domain.states import Priority, State
from handlers.domain.ticket import EntryKind, Ticket
from handlers.messages import Button
from handlers.tickets import cards, checklist_progress, checklists, closing, entries, opening, presence, work
from handlers.tickets.opening import NewTicket, Written

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
CLOSES, OPENS = "tatil-kapatma", "tatil-acma"
"""The checklists of the unit that the lists before and after days off are made of."""
REMINDED_BEFORE = (timedelta(hours=1), timedelta(minutes=15))
OK, WARNING, FAILED = "ok", "warning", "failed"


# --- kept by a lead -------------------------------------------------------------------------------
def proposed(
    acting: Acting,
    title: str,
    rule: str,
    *,
    category: str | None = None,
    shift: rules.Shift = rules.Shift.BEFORE,
    checked: bool = False,
) -> tuple[Recurring, Sequence[date]]:
    """And the next days on which it would open. Raises NotAllowed, Invalid(`recurring_unreadable`, `recurring_never`,
    `recurring_title`, `recurring_full`)."""
    require(acting.person, Action.KEEP_RECURRING)
    unit = acting.person.unit
    if unit is None or not 0 < len(title) <= MAX_TITLE_LETTERS:
        raise Invalid("recurring_title", most=MAX_TITLE_LETTERS)
    if len(of_unit(acting, unit)) >= MOST:
        raise Invalid("recurring_full", most=MOST)
    rhythm = rules.read(rule)
    rules.require_possible(rhythm)
    today = acting.working_time(unit).local_date(acting.now)
    made = Recurring(
        unit=unit,
        title=title,
        rhythm=rhythm,
        shift=shift,
        category=category if (known := acting.desk.category(category)) and known.unit == unit else None,
        checked=checked,
        begins=today,
        written_at=acting.now,
    )
    coming = next_days(acting, made)
    if not coming:
        raise Invalid("recurring_never")
    return made, coming


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
        found = _days(work, made, first, first + farther)
        if len(found) >= count:
            return found[:count]
    return found


def _days(work: UseCaseContext, made: Recurring, first: date, last: date) -> Sequence[date]:
    time_of_unit, calendar = work.working_time(made.unit), work.time_rules.calendar.of(made.unit)
    return list(rules.days(made.rhythm, made.shift, made.begins, time_of_unit, calendar, first, last))


# --- opened by the clock --------------------------------------------------------------------------
def open_due(work: UseCaseContext) -> None:
    """A tick: what is due today, once its unit works; what fell into a time in which the desk did not run, too."""
    for made in work.uow.recurring.standing():
        time_of_unit = work.working_time(made.unit)
        if made.rhythm.every is rules.Every.DAYS_OFF:
            _prepare_days_off(work, made.unit)
            continue
        if not time_of_unit.is_working_at(work.now):
            continue
        today = time_of_unit.local_date(work.now)
        since = max(time_of_unit.local_date(made.written_at) + timedelta(days=1), today - CAUGHT_UP)
        for day in _days(work, made, since, today)[-1:]:
            if work.uow.once.first(recurring_opened(f"{made.id}", day), work.now):
                _open(work, made, day)
        if made.checked:
            _ask_again(work, made, today)


def _open(work: UseCaseContext, made: Recurring, day: date) -> None:
    ticket = _open_ticket(work, made.unit, made.title, draft_of(made, day), made.category)
    if ticket is None:
        return
    if made.checked:
        for place in cards.work_places(work, ticket):
            work.say(place, "check", buttons=check_buttons(ticket), slot=check_slot(ticket), ticket=ticket, day=day)


def _open_ticket(
    work: UseCaseContext, unit: UnitId, title: str, draft: str, category: str | None = None
) -> Ticket | None:
    """In the name of whoever leads the unit, who hears nothing of how it goes; None where there is nobody."""
    people = [*work.uow.people.in_role(Role.LEAD, unit), *work.uow.people.in_role(Role.DIRECTOR)]
    people += work.uow.people.in_role(Role.TECHNICIAN, unit)
    if not people:
        return None
    acting = Acting(
        desk=work.desk, uow=work.uow, now=work.now, person=people[0], channel="desk", event_key=f"desk:{draft}"
    )
    return opening.open_ticket(
        acting,
        NewTicket(
            written=(Written(title),),
            reporter=people[0].id,
            category=category,
            unit=unit,
            priority=Priority.NORMAL,
            conversation="",
            untold=True,
            draft=draft,
            learns=False,
        ),
    )


def draft_of(made: Recurring, day: date) -> str:
    return f"recurring:{made.id}:{day.isoformat()}"


# --- answered in one tap --------------------------------------------------------------------------
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

    Raises NotAllowed, AlreadyClaimed, NotFound for an answer that is none.
    """
    require(acting.person, Action.CLAIM, ticket)
    if result not in (OK, WARNING, FAILED):
        raise NotFound("result", result)
    if ticket.state is not State.OPEN:
        return Effect.NONE
    work.claim(acting, ticket)
    if result == OK:
        closing.resolve(acting, ticket, "Tamam")
    else:
        entries.write(acting, ticket, EntryKind.NOTE, "Uyarı var" if result == WARNING else "Alınamadı")
    if result == FAILED:
        work.prioritise(acting, ticket, Priority.HIGH)
        _tell(acting, presence.leaders_at_work(acting, ticket.unit), "check_failed", ticket, acting.person)
    return Effect.CHANGED


def _ask_again(work: UseCaseContext, made: Recurring, today: date) -> None:
    """At 10:30 the lead hears that nobody answered; after two working days the director."""
    time_of_unit = work.working_time(made.unit)
    for day in _days(work, made, today - timedelta(days=14), today)[-DIRECTOR_AFTER_DAYS - 1 :]:
        ticket = work.uow.tickets.of_draft(draft_of(made, day))
        if ticket is None or ticket.state is not State.OPEN:
            continue
        if work.now >= time_of_unit.at(day, ASKED_AGAIN_AT) and _first(work, ticket, "lead"):
            _tell(work, presence.leaders_at_work(work, made.unit), "check_unanswered", ticket)
        late = time_of_unit.add_working_days(ticket.opened_at, DIRECTOR_AFTER_DAYS)
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


# --- before and after days off --------------------------------------------------------------------
def _prepare_days_off(work: UseCaseContext, unit: UnitId) -> None:
    """Bylaw 11/17: the list of what is switched off, on the last working day at 09:00; reminders of its open lines; the
    list of what is switched on again, on the first day at 07:45."""
    time_of_unit, calendar = work.working_time(unit), work.time_rules.calendar.of(unit)
    today = time_of_unit.local_date(work.now)
    closing_today = shutdowns.on(calendar, time_of_unit, today)
    if closing_today is not None:
        _list_of(work, unit, CLOSES, closing_today, time_of_unit.at(today, shutdowns.DRAFTED_AT))
        _remind_of_open_lines(work, unit, closing_today)
    opening_today = shutdowns.opening_on(calendar, time_of_unit, today)
    if opening_today is not None:
        _list_of(work, unit, OPENS, opening_today, time_of_unit.at(today, shutdowns.OPENED_AT))


def _list_of(work: UseCaseContext, unit: UnitId, name: str, one: shutdowns.Shutdown, at: datetime) -> None:
    day = one.day if name == CLOSES else one.opens
    if work.now < at or not work.uow.once.first(recurring_opened(f"{name}:{unit}", day), work.now):
        return
    until = f"en geç {one.until:%H.%M}" if name == CLOSES else "ilk denetim"
    what = "kapatma listesi" if name == CLOSES else "açma listesi"
    ticket = _open_ticket(work, unit, f"{one.title} {what}, {until}", f"{name}:{unit}:{day.isoformat()}")
    if ticket is None:
        return
    acting = Acting(
        desk=work.desk,
        uow=work.uow,
        now=work.now,
        person=work.uow.people.get(ticket.reporter),
        channel="desk",
        event_key=f"desk:{ticket.draft}",
    )
    for known in checklists.of_unit(work, unit):
        if known.name == name:
            checklists.hang(acting, ticket, known)


def _remind_of_open_lines(work: UseCaseContext, unit: UnitId, one: shutdowns.Shutdown) -> None:
    for before in REMINDED_BEFORE:
        if not one.until - before <= work.now < one.until:
            continue
        ticket = work.uow.tickets.of_draft(f"{CLOSES}:{unit}:{one.day.isoformat()}")
        if ticket is None or not ticket.state.active:
            return
        minutes = before // timedelta(minutes=1)
        if not work.uow.once.first(shutdown_reminded(ticket.id, minutes), work.now):
            continue
        left = [
            item.text
            for progress in checklist_progress.of_ticket(work, ticket)
            for place, item in enumerate(progress.checklist.items)
            if place not in progress.ticked
        ]
        if left:
            cards.tell_workers(work, ticket, "shutdown_open", lines=left, title=ticket.text)
