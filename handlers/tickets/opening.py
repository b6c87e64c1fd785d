"""A report becomes a ticket: the number at once, the card to the unit.

`open_ticket` is all of it. Who speaks with somebody meanwhile registers first, tells the number, and announces then, so
that the number stands above everything that is said of the ticket.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.context import Acting, UseCaseContext
from handlers.domain.errors import NotFound
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.rights import Action, require
from handlers.domain.states import Priority
from handlers.domain.targets import Subject
from handlers.domain.ticket import GUESS, Entry, EntryKind, Ticket
from handlers.tickets import (
    cards,
    deadlines,
    detection,
    device_links,
    emergencies,
    empty_units,
    maintenances,
    notifications,
    placing,
    priority,
    similar,
    systems,
)
from handlers.tickets.training_examples import keep_example
from knowledge import severity_of
from knowledge.language.folding import folded


@dataclass(frozen=True, slots=True)
class Written:
    """One message of a new. `key`: of the event that brought it; None: of the one behind the opening."""

    text: str
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTicket:
    """What is known of a fault or request when its ticket is opened."""

    written: tuple[Written, ...]
    reporter: PersonId
    category: str | None = None
    unit: UnitId | None = None
    """Whose it is, where no category says it."""
    near: str | None = None
    """A category that it may be: where none is certain it tells the unit."""
    priority: Priority | None = None
    """None: what the article and the words of the report say."""
    article: str | None = None
    """Whose steps or subject it is: gives the starting priority."""
    citizens_waiting: bool = False
    due_today: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)
    """What was said of place, device …, by the names that `Ticket.facts` has."""
    tried: int = 0
    tried_article: str | None = None
    reasons: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Ids of attachments that are kept already."""
    conversation: str | None = None
    """Where the reporter is told of what happens; None: where they are best reached."""
    untold: bool = False
    """The reporter wants no messages."""
    draft: str = ""
    """Id of the draft it grew out of."""
    about: str = ""
    """The words that are about this category, where others of the report are not."""
    learns: bool = True
    """Whether what was written may become an example of its category."""

    @property
    def text(self) -> str:
        return "\n".join(written.text for written in self.written)


def open_ticket(acting: Acting, new: NewTicket) -> Ticket:
    """Raises NotAllowed for who may not open one for others, NotFound for a category that there is not."""
    ticket = register(acting, new)
    announce(acting, ticket)
    return ticket


def register(acting: Acting, new: NewTicket) -> Ticket:
    """The ticket with its number; nobody has heard of it yet."""
    reporter = acting.uow.people.get(new.reporter)
    if reporter.id != acting.person.id:
        require(acting.person, Action.OPEN_FOR_OTHERS)
    ticket = _ticket(acting, new, reporter)
    ticket.opened(by=acting.person.id, at=acting.now, channel=acting.channel)
    ticket = acting.uow.tickets.add(ticket, acting.desk.year(acting.now))
    _keep_what_was_written(acting, new, ticket)
    placing.place(acting, ticket)
    device_links.recognise(acting, ticket)
    if new.category and new.learns and not ticket.restricted:
        keep_example(acting, new.about or new.text, new.category, "opened", of=reporter.id)
    return ticket


def announce(acting: Acting, ticket: Ticket) -> None:
    """To a reporter who did not open it themselves, and to those who will work on it."""
    if notifications.notifies_reporter(ticket) and ticket.reporter != acting.person.id:
        tell_opened(acting, ticket)
    cards.post_new(acting, ticket)
    empty_units.tell(acting, ticket)
    if emergencies.is_emergency(ticket):
        emergencies.find_somebody(acting, ticket)
    similar.point_out(acting, ticket)
    _hear(acting, ticket)


def _hear(acting: Acting, ticket: Ticket) -> None:
    report = detection.Report(
        person=ticket.reporter,
        unit=ticket.unit,
        category=ticket.category or ticket.facts.get(GUESS),
        text=ticket.text,
        room=ticket.facts.get("oda", ""),
        draft=ticket.draft,
        conversation=ticket.conversation,
        ticket=ticket,
    )
    detection.heard(acting, report)


def opened_slot(ticket: Ticket) -> str:
    """Of the message that tells a reporter what somebody reported for them."""
    return f"opened:{ticket.id}"


def tell_opened(work: UseCaseContext, ticket: Ticket, *, rings: bool = True) -> None:
    """What was written down for the reporter, and by whom."""
    opener, title = work.uow.people.get(ticket.opened_by), work.desk.subject(ticket)
    slot = opened_slot(ticket)
    work.say(ticket.conversation, "opened_by_other", slot=slot, ticket=ticket, rings=rings, opener=opener, title=title)


def _ticket(acting: Acting, new: NewTicket, reporter: Person) -> Ticket:
    subject = acting.desk.category(new.category)
    if new.category and subject is None:
        raise NotFound("category", new.category)
    place = subject or acting.desk.category(new.near)
    weighed = _weighed(acting, new)
    restricted = place is not None and place.restricted  # what only may be one is treated as one
    return Ticket(
        unit=place.unit if place else new.unit or acting.desk.units[0],
        category=new.category or None,
        text=new.text,
        reporter=reporter.id,
        conversation=_told_where(acting, new, reporter),
        opened_at=acting.now,
        opened_by=acting.person.id,
        untold=new.untold,
        priority=weighed.priority,
        restricted=restricted or acting.desk.is_secret(new.text),
        facts=_facts(new, reporter)
        | ({"oncelik": weighed.why} if weighed.why else {})
        | _planned(acting, new, reporter),
        tried=new.tried,
        tried_article=new.tried_article,
        reasons=new.reasons,
        files=new.files,
        draft=new.draft,
    )


def _told_where(acting: Acting, new: NewTicket, reporter: Person) -> str:
    """Updates go where the ticket was opened; else where its reporter last spoke with the desk."""
    if new.conversation is not None:
        return new.conversation
    places = [place for place in acting.uow.conversations.private_of(reporter.id) if not place.blocked]
    if new.untold or not places:
        return ""
    if places[0].active_at is None:  # never yet: the channel on which they are being spoken of
        return next((place.address for place in places if place.channel == acting.channel), places[0].address)
    return places[0].address


def _weighed(acting: Acting, new: NewTicket) -> priority.Weighed:
    if new.priority is not None:
        return priority.Weighed(priority=new.priority)
    desk, article = acting.desk, acting.desk.article(new.article)
    where = " ".join((new.text, new.facts.get("oda", ""), new.facts.get("mudurluk", "")))
    weighed = priority.weigh(
        severity_of(new.about or new.text),
        floor=Priority(article.priority) if article else None,
        request=desk.is_request(new.category),
        citizens=new.citizens_waiting,
        due_today=new.due_today,
        place=priority.open_place(desk.priority_places, where, acting.now.astimezone(desk.zone)),
    )
    said = new.facts.get("son", "")
    return priority.raised_by(weighed, said) if said and _is_due_soon(acting, new, weighed.priority, said) else weighed


def _is_due_soon(acting: Acting, new: NewTicket, weighed: Priority, said: str) -> bool:
    """Less than twice the time that its solving may take is left until then."""
    subject = acting.desk.category(new.category)
    unit = subject.unit if subject else acting.desk.units[0]
    working = acting.working_time(unit)
    due = deadlines.read(said, acting.now, working)
    if due is None:
        return False
    kind = subject.kind if subject else ""
    about = Subject(unit=unit, category=new.category, kind=kind, priority=weighed)
    solve = acting.time_rules.targets.of(about, acting.now).solve
    return solve is not None and working.elapsed(acting.now, due) < 2 * solve


def _facts(new: NewTicket, reporter: Person) -> dict[str, str]:
    """What was said goes before what is known of the reporter, unless it says less ("3. kat" of "3. kat 312")."""
    known = {"oda": reporter.room, "dahili": reporter.phone, "mudurluk": reporter.department}
    said = {n: v for n, v in new.facts.items() if not _words(v) <= _words(known.get(n, ""))}
    own = {name: known[name] for name in ("oda", "dahili")}
    return {name: value for name, value in {**own, **said}.items() if value}


def _planned(acting: Acting, new: NewTicket, reporter: Person) -> dict[str, str]:
    """Marked where work on its system goes on; its targets run all the same."""
    one = maintenances.hitting(acting, new.category, reporter)
    system = systems.find(acting, one.system) if one is not None else None
    return {"calisma": system.title} if system is not None else {}


def _words(text: str) -> set[str]:
    return set(folded(text).split())


def _keep_what_was_written(acting: Acting, new: NewTicket, ticket: Ticket) -> None:
    for written in new.written or (Written(""),):
        acting.uow.tickets.add_entry(
            ticket.id,
            Entry(
                kind=EntryKind.REPORT,
                at=acting.now,
                author=ticket.reporter,
                text=written.text,
                message_key=written.key or acting.event_key,
            ),
        )
    for file in new.files:
        acting.uow.attachments.for_ticket(file, ticket.id)
