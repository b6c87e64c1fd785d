"""What every use case has at hand: the desk's services, and the transaction in which it works."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from handlers.domain.dialog import Dialog
from handlers.domain.errors import Invalid
from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.ticket import Ticket
from handlers.domain.working_time import WorkingTime
from handlers.messages import Button, Outgoing
from handlers.ports import ArticleDrafts, Conversation, Randomness, Texts, UnitOfWork
from handlers.terms import STATES
from knowledge import Article, Catalogue, Category, Hazard, Knowledge, Reading


@dataclass(slots=True, kw_only=True)
class Desk:
    """The services that last as long as the process. Only `knowledge` changes: what the house learns takes its place
    while the desk runs."""

    texts: Texts
    knowledge: Knowledge
    working_time: WorkingTime
    randomness: Randomness
    article_drafts: ArticleDrafts
    notice_version: int = 1
    """Version of the privacy notice; a new one is shown to everybody again."""
    institution: str = "Belediye"

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
        found = self.category(category)
        return found.title if found else "Konusu belirlenecek"

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

    def needs_identity(self, category: str | None) -> bool:
        """Accounts and passwords: not for somebody who is only who they say they are."""
        found = self.category(category)
        return found is not None and found.identity

    def category_of(self, hazard: Hazard) -> str | None:
        """The subject of an emergency, where the catalogue has one for it."""
        return next((c.id for c in self.catalogue.categories.values() if hazard in c.hazards), None)

    def year(self, at: datetime) -> int:
        """The local year: ticket numbers turn over at local midnight."""
        return at.astimezone(self.working_time.zone).year


@dataclass(slots=True, kw_only=True)
class Work:
    """One transaction's work: what the clock starts has no more than this."""

    desk: Desk
    uow: UnitOfWork
    now: datetime

    @property
    def actor(self) -> PersonId | None:
        """Who is doing it; None: the desk by itself."""
        return None

    @property
    def channel(self) -> str:
        """What the history notes as the place where it was done."""
        return "desk"

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
        """Say the template to that conversation; `ticket` makes it the one that a reply belongs to."""
        text = self.desk.texts.render(template, desk=self.desk, ticket=ticket, now=self.now, **data)
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
            )
        )


@dataclass(slots=True, kw_only=True)
class Turn(Work):
    """Somebody's turn: one event of theirs, and where they spoke."""

    person: Person
    conversation: Conversation
    event_key: str
    understand: Callable[[str], Reading]
    """What was read before the transaction comes back at once; another text is read here and now."""
    _dialog: Dialog | None = field(default=None, init=False)
    _before: Dialog | None = field(default=None, init=False)

    @property
    def actor(self) -> PersonId | None:
        return self.person.id

    @property
    def channel(self) -> str:
        return self.conversation.channel

    @property
    def here(self) -> str:
        return self.conversation.address

    @property
    def in_room(self) -> bool:
        return self.conversation.is_room

    @property
    def dialog(self) -> Dialog:
        """Where this person's talk stands here; saved at the end of the turn if it moved."""
        if self._dialog is None:
            self._dialog = self.uow.dialogs.get(self.here, self.person.id)
            self._before = copy.deepcopy(self._dialog)
        return self._dialog

    def refuse(self, refusal: Invalid) -> None:
        """Say why what was given cannot be used."""
        data: dict[str, Any] = dict(refusal.data)
        self.say(self.here, f"errors/{refusal.reason}", **data)

    def finish(self) -> None:
        if self._dialog is not None and self._dialog != self._before:
            self._dialog.changed_at = self.now
            self.uow.dialogs.save(self._dialog)

    def move_to(self, person: Person) -> None:
        """From here on the turn is this person's (an account was joined to them)."""
        self.finish()
        self.person, self._dialog, self._before = person, None, None
