"""What every use case has at hand: the desk's services, and the transaction in which it works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

from handlers.content_policy import SOMETHING_WAITS
from handlers.domain import priority_places
from handlers.domain.audience import VEILED, Readers
from handlers.domain.calendar import SpecialDay
from handlers.domain.channels import KnownChannels
from handlers.domain.deputies import lent
from handlers.domain.handovers import OrderMode
from handlers.domain.house_texts import HouseText, TextKind
from handlers.domain.notice import DEFAULT as NOTICE
from handlers.domain.notice import PrivacyNotice
from handlers.domain.people import Person, PersonId, Role, UnitId
from handlers.domain.push import LISTENS_FOR, PushSubscription
from handlers.domain.ticket import GUESS, Ticket
from handlers.domain.time_rules import TimeRules
from handlers.domain.working_time import WorkingTime
from handlers.messages import Button, Outgoing
from handlers.ports import ArticleDrafts, HouseSettings, PublicHolidays, Randomness, StoredFiles, Texts, UnitOfWork
from handlers.terms import STATES
from knowledge import Article, Catalogue, Category, Hazard, Knowledge, ShippedSystem, TalkReader, shipped_systems
from knowledge.article import rewritten, without_safety


def no_logo() -> bytes | None:
    return None


def at_once(work: Callable[[], None]) -> None:
    work()


RINGS = "web:"
"""What is said in these conversations also rings browsers."""
PUSHED = "pushed"
"""The kind of such a message: of no template, since a browser shows nothing else."""


def no_holidays(_year: int) -> Sequence[SpecialDay]:
    """Of a desk that ships with no list of them."""
    return ()


@dataclass(slots=True, kw_only=True)
class Desk:
    """The services that last as long as the process. Only `knowledge` changes: what the house learns or edits takes its
    place while the desk runs."""

    texts: Texts
    knowledge: Knowledge
    zone: ZoneInfo
    randomness: Randomness
    article_drafts: ArticleDrafts
    files: StoredFiles
    talk: TalkReader = field(default_factory=TalkReader.shipped)
    channels: KnownChannels = field(default_factory=KnownChannels)
    notice: PrivacyNotice = NOTICE
    systems: tuple[ShippedSystem, ...] = field(default_factory=shipped_systems)
    """Those that the desk ships with."""
    institution: str = "Belediye"
    logo: Callable[[], bytes | None] = no_logo
    """Of the house, for what is printed: a PNG. Reads a file."""
    priority_places: tuple[priority_places.PriorityPlace, ...] = priority_places.DEFAULT
    label_url: str = ""
    """Printed into the codes of devices' labels."""
    depot_order: OrderMode = OrderMode.CHAT
    """What counts as the director's order out of the depot (bylaw 11/26)."""
    backup_days: int = 30
    """How long a backup is kept."""
    public_holidays: PublicHolidays = no_holidays
    tells_days: bool = True
    """Whether reporters hear by which day somebody usually looks at it."""
    units_without_effort: frozenset[UnitId] = frozenset()
    """In which nobody is asked how long it took."""
    house: HouseSettings | None = None
    """What can be said of it in the browser; None: nothing."""
    aside: Callable[[Callable[[], None]], None] = at_once
    """Does what takes a second or two beside the transaction that asks for it."""
    _edits: str | None = field(default="", init=False, repr=False, compare=False)
    """The version of the house's texts that it has; None: it has to look."""
    _time_rules: tuple[Catalogue, TimeRules] | None = field(default=None, init=False, repr=False, compare=False)
    """As they were last read, for that catalogue."""

    @property
    def notice_version(self) -> int:
        """Of the privacy notice; a new one is shown to everybody again."""
        return self.notice.version

    @property
    def catalogue(self) -> Catalogue:
        return self.knowledge.catalogue

    @property
    def units(self) -> tuple[UnitId, ...]:
        return tuple(self.catalogue.units)

    def category(self, category: str | None) -> Category | None:
        return self.catalogue.categories.get(category) if category else None

    def article(self, article: str | None) -> Article | None:
        return self.knowledge.articles.get(article) if article else None

    def title(self, category: str | None) -> str:
        """What a reader calls the subject."""
        if category == VEILED:
            return "içeriği burada gösterilmez"
        found = self.category(category)
        return found.title if found else "Konusu belirlenecek"

    def subject(self, ticket: Ticket) -> str:
        """The same of a ticket. Where nobody has put a subject to it, what it was nearest to, said as the guess that it
        is."""
        guess = self.category(ticket.facts.get(GUESS))
        if ticket.category is None and guess is not None:
            return f"Konu (tahmin): {guess.title}"
        return self.title(ticket.category)

    def unit_title(self, unit: UnitId) -> str:
        found = self.catalogue.units.get(unit)
        return found.title if found else unit

    def is_request(self, category: str | None) -> bool:
        """A talep has no cure to try; an arıza has."""
        found = self.category(category)
        return found is not None and found.kind == "talep"

    def is_restricted(self, category: str | None) -> bool:
        """A security matter: for lead and director only."""
        found = self.category(category)
        return found is not None and found.restricted

    def is_secret(self, text: str) -> bool:
        """Whether a text tells of a security matter, whatever subject it is filed under."""
        return self.knowledge.is_secret(text)

    def needs_identity(self, category: str | None) -> bool:
        """Accounts and passwords: not for somebody who is only who they say they are."""
        found = self.category(category)
        return found is not None and found.identity

    def category_of(self, hazard: Hazard) -> str | None:
        """The subject of an emergency, where the catalogue has one for it."""
        return next((c.id for c in self.catalogue.categories.values() if hazard in c.hazards), None)

    def year(self, at: datetime) -> int:
        """The local year: ticket numbers turn over at local midnight."""
        return at.astimezone(self.zone).year

    def learn(self, knowledge: Knowledge) -> None:
        """What is in its files by now; what the house edited comes to it again with the next transaction."""
        self.knowledge = knowledge
        self._edits = None

    def speak(self, texts: Texts) -> None:
        """By these from now on; what the house edited comes to them again with the next transaction."""
        self.texts = texts
        self._edits = None

    def keep_up(self, uow: UnitOfWork) -> None:
        """What the house edited, as it is in that transaction: so an edit holds in every process from its commit on.
        What people's words are compared with follows a moment later."""
        version = uow.house_texts.version()
        if version == self._edits:
            return
        standing = uow.house_texts.standing()
        said = {one.name: one.body for one in standing if one.kind is TextKind.MESSAGE and one.body}
        self.texts, edits = self.texts.edited(said), self._edited_articles(standing)
        self.notice = self.notice.in_words(said["notice"] if self.texts.stands_in("notice") else "")
        self.knowledge, is_whole = self.knowledge.shown_as_edited(edits)
        self._edits = version
        if not is_whole:
            self.aside(lambda: self._find_by(version, edits))

    def _find_by(self, version: str, edits: Mapping[str, Article]) -> None:
        found = self.knowledge.edited(edits)
        if self._edits == version:
            self.knowledge = found

    def _edited_articles(self, texts: Sequence[HouseText]) -> Mapping[str, Article]:
        """Without those that lack what somebody in danger must read, as it is written today."""
        found = {}
        for one in texts:
            shipped = self.knowledge.unedited.articles.get(one.name)
            if one.kind is TextKind.ARTICLE and one.body and shipped is not None:
                edited = rewritten(shipped, one.body)
                if not without_safety(shipped, edited):
                    found[one.name] = edited
        return found

    def time_rules(self, uow: UnitOfWork) -> TimeRules:
        """As calendar, targets and rota are in that transaction; they are read anew only where they changed."""
        version = uow.calendars.version()
        if self._time_rules is not None:
            catalogue, known = self._time_rules
            if known.version == version and catalogue is self.catalogue:
                return known
        calendar, targets = uow.calendars.calendar(), uow.calendars.targets()
        kinds = {category.id: category.kind for category in self.catalogue.categories.values()}
        read = TimeRules(
            zone=self.zone,
            calendar=calendar,
            targets=targets,
            kinds=kinds,
            duties=uow.rota.standing(),
            version=version,
        )
        self._time_rules = (self.catalogue, read)
        return read


@dataclass(slots=True, kw_only=True)
class UseCaseContext:
    """One transaction's work: what the clock starts has no more than this."""

    desk: Desk
    uow: UnitOfWork
    now: datetime

    channel: str = "desk"
    """What the history notes as the place where it was done."""

    def __post_init__(self) -> None:
        self.desk.keep_up(self.uow)
        self._lend_rights()

    def _lend_rights(self) -> None:
        """To those who deputise for somebody at this moment, on their person as this transaction knows it."""
        deputies = [one for one in self.uow.deputies.between(self.now, self.now) if one.is_at(self.now)]
        if not deputies:
            return
        away = {one.person for one in self.uow.absences.between(self.now, self.now)}
        for person, rights in lent(deputies, away).items():
            self.uow.people.get(person).lent = rights

    @property
    def actor(self) -> PersonId | None:
        """Who is doing it; None: the desk by itself."""
        return None

    @property
    def time_rules(self) -> TimeRules:
        return self.desk.time_rules(self.uow)

    def working_time(self, unit: UnitId | None = None) -> WorkingTime:
        """Of that unit; of the institution where none is named."""
        return self.time_rules.working_time(unit)

    def is_away(self, person: Person) -> bool:
        """Whether they are on leave now. Nobody is rung then, unless they did something themselves."""
        if person.role is Role.REQUESTER:
            return False
        return any(one.person == person.id for one in self.uow.absences.between(self.now, self.now))

    def readers(self, address: str) -> Readers:
        """Who reads along in that conversation; nobody known where the desk has none of that address."""
        place = self.uow.conversations.get(address)
        if place is None:
            return Readers()
        if place.is_room:
            return Readers(unit=place.unit)
        return Readers(person=None if place.person is None else self.uow.people.get(place.person))

    def say(
        self,
        to: str,
        template: str,
        /,
        *,
        buttons: Sequence[Button] = (),
        slot: str | None = None,
        fresh: bool = False,
        ticket: Ticket | None = None,
        rings: bool = True,
        files: Sequence[str] = (),
        **data: Any,
    ) -> None:
        """Say the template to that conversation; `ticket` makes it the one that a reply belongs to.

        What may not stand there is not said, whoever asks for it: of a ticket its number and state are told instead,
        and what else `data` names is veiled (`handlers.domain.audience`). Whoever is away is not rung.
        """
        readers = self.readers(to)
        rings = rings and not self._rests(readers)
        if not readers.may_hear(self.desk.texts.audience(template), ticket):
            template, buttons, files, data = "discreet" if ticket else "not_here", (), (), {}
        shown = {name: readers.veiled(value) for name, value in data.items()}
        text = self.desk.texts.render(template, desk=self.desk, ticket=ticket, now=self.now, **shown)
        if rings:
            self._ring_browsers(to, readers, ticket)
        self.uow.messages.put(
            Outgoing(
                conversation=to,
                text=text,
                buttons=tuple(buttons),
                files=tuple(files),
                slot=slot,
                fresh=fresh,
                rings=rings,
                ticket=ticket.id if ticket else None,
                kind=template,
                minimal=f"{ticket.number} · {STATES[ticket.state]}" if ticket else None,
                confidential=ticket is not None or self.desk.texts.is_confidential(template),
            )
        )

    def _ring_browsers(self, to: str, readers: Readers, ticket: Ticket | None) -> None:
        """Those for whom somebody asked for it: through the servers of their makers, and so never more
        than what the content policy lets out. A unit's room rings in working time, who acts just now not at all."""
        if not to.startswith(RINGS):
            return
        since = self.now - LISTENS_FOR
        if readers.person is not None:
            found = self.uow.push_subscriptions.of(readers.person.id, since) if readers.person.id != self.actor else ()
        elif readers.unit is not None:
            found = self._of_workers(readers.unit, since)
        else:
            return
        notice = f"Kayıt {ticket.number} · {STATES[ticket.state]}" if ticket is not None else SOMETHING_WAITS
        for one in found:
            self.uow.messages.put(
                Outgoing(
                    conversation=one.address,
                    text=notice,
                    kind=PUSHED,
                    ticket=ticket.id if ticket else None,
                    minimal=notice,
                )
            )

    def _of_workers(self, unit: UnitId, since: datetime) -> Sequence[PushSubscription]:
        known = [pair for pair in self.uow.push_subscriptions.of_unit(unit, since) if pair[0] != self.actor]
        if not known or not self.working_time(unit).is_working_at(self.now):
            return ()
        return [one for person, one in known if not self.is_away(self.uow.people.get(person))]

    def _rests(self, readers: Readers) -> bool:
        reader = readers.person
        return reader is not None and reader.id != self.actor and self.is_away(reader)


@dataclass(slots=True, kw_only=True)
class Acting(UseCaseContext):
    """Somebody does something: who, when, and through which channel. Where they are spoken with is none of it."""

    person: Person
    channel: str
    event_key: str
    """Of the message, press or request behind it; what is written on a ticket keeps it."""

    @property
    def actor(self) -> PersonId | None:
        return self.person.id


class Effect(Enum):
    """What a use case did that had nothing to refuse."""

    CHANGED = "changed"
    NONE = "none"
    """It was so already: a second press, or somebody else was first with the same."""
