"""The desk's own services, which are no repositories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from handlers.domain.audience import Audience
from handlers.domain.calendar import SpecialDay
from handlers.domain.house_settings import SettingRule, SettingView, StoredSetting
from handlers.domain.notice import PrivacyNotice
from handlers.ports.unit_of_work import UnitOfWork


class ArticleDrafts(Protocol):
    """Articles of the house in the making, by the id they will have. A work may run twice: so may each of these."""

    def keep(self, article: str, text: str) -> None:
        """Also a text that is not right yet: nothing that somebody wrote is lost."""

    def read(self, article: str) -> str | None: ...
    def publish(self, article: str) -> None:
        """From now on the desk uses it; it is a draft no more. Without a draft nothing happens."""

    def withdraw(self, article: str) -> None:
        """The desk uses it no more; it is read and published as a draft is. Where it is not in use, nothing happens."""

    def withdrawn(self) -> Sequence[str]:
        """Those that were in use, by their ids in order."""

    def drop(self, article: str) -> None: ...
    def is_published(self, article: str) -> bool: ...


class StoredFiles(Protocol):
    """The bytes of attachments, by their ids."""

    def discard(self, file: str) -> None:
        """Gone from the disk; nothing where it is not there (any more). A work may run twice: so may this."""


@dataclass(frozen=True, slots=True)
class TextProblem:
    """`line`: from 1, of what was typed; `what`: `syntax`, `unknown`, `not_printed`, `kept_back` (without a condition
    that the shipped one has), `not_done`, `fails` or `empty`."""

    line: int
    what: str
    written: str = ""
    known: tuple[str, ...] = ()
    """What could be shown there."""


class Unsayable(Exception):
    """There are no sample values for it, or it cannot be said with them."""


class Texts(Protocol):
    """The Turkish texts: templates rendered to marked text."""

    def render(self, template: str, /, **data: object) -> str: ...

    def is_confidential(self, template: str) -> bool:
        """Whether it may say something of a report or a person. False only where the template declares it."""

    def audience(self, template: str) -> Audience:
        """Before whom it may be said. PERSON where the template declares nothing."""

    def edited(self, bodies: Mapping[str, str], /) -> Texts:
        """With these in the place of the shipped ones, by name; one that may not stand there (any more) is left out,
        and whatever goes wrong with one, the shipped one is said."""

    def names(self) -> Sequence[str]:
        """Of all that there are."""

    def body(self, name: str, /) -> str:
        """Of the shipped one, as it is edited: without what its head declares."""

    def problem(self, name: str, body: str, /) -> TextProblem | None:
        """The first thing that keeps a text from standing there."""

    def preview(self, name: str, body: str, desk: Any, /) -> str:
        """Marked text, said with values of a sample; `desk`: whose words they name. Raises Unsayable."""

    def variables(self, name: str, /) -> Sequence[str]:
        """What may be shown in it."""

    def stands_in(self, name: str, /) -> bool:
        """Whether an edit of it is what is said."""


class HouseSettings(Protocol):
    """What can be said of the house in the browser, beneath what environment and file say."""

    def rules(self) -> Sequence[SettingRule]: ...
    def rule(self, key: str) -> SettingRule | None: ...
    def problems(self, values: Mapping[str, Any]) -> Mapping[str, str]:
        """What is wrong with which, in Turkish, if these stood: all that is stored, by key."""

    def notice(self, values: Mapping[str, Any]) -> PrivacyNotice:
        """As it would be read if these stood: all that is stored, by key."""

    def views(self, stored: Sequence[StoredSetting]) -> Sequence[SettingView]: ...
    def take_over(self, uow: UnitOfWork) -> None:
        """What holds at once, holds in this process from now on."""


class Clock(Protocol):
    def now(self) -> datetime:
        """Aware, UTC."""


class PublicHolidays(Protocol):
    """The list that the desk ships with."""

    def __call__(self, year: int, /) -> Sequence[SpecialDay]:
        """Of that year, in order; those that nobody has compared with the official calendar are not `confirmed`."""


class Randomness(Protocol):
    def token(self) -> str:
        """URL-safe, 128 bits or more."""
