"""Settings of the house: where each comes from, who may say it, and what was said in the browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from handlers.domain.errors import DeskError
from handlers.domain.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSetting:
    """What was said last of one. Values are as JSON has them: texts, numbers, yes or no, lists, and tables of these."""

    key: str
    """As in `masa.toml`, the section before a dot: `terms.chat_months`."""
    value: Any
    """None: nothing stands; the default holds again."""
    before: Any = None
    """What stood before; of a secret nothing is kept."""
    version: int = 1
    set_by: PersonId | None
    """None: the desk itself, when the house was set up."""
    set_at: datetime


class FieldKind(StrEnum):
    """How it is asked for."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    TIME = "time"
    DATE = "date"
    CHOICE = "choice"
    LINES = "lines"
    """Texts, one a line."""
    UNITS = "units"
    SECRET = "secret"  # noqa: S105 # the name of a kind
    TABLES = "tables"
    """A list of things with fields of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingRule:
    """What there is to know of a setting before anything is said of it."""

    key: str
    section: str
    """Its first name there; empty: none."""
    name: str
    """As people call it."""
    kind: FieldKind
    choices: Sequence[tuple[str, str]] = ()
    """Value and what it is called."""
    fields: Sequence[SettingRule] = ()
    """Of each thing in a list of them."""
    unset: str = ""
    """A value that means that there shall be none: `off`."""
    least: int | None = None
    """Of a number; None: there is no such limit."""
    most: int | None = None
    place: str | None = None
    """The variable, or file and line, that says it: so the browser cannot. None: nobody did."""
    of_machine: bool = False
    """It is of the machine on which the desk runs, and only said there."""
    at_once: bool = True
    """Whether it holds from the moment on that it is said; else when the desk starts anew."""

    @property
    def is_open(self) -> bool:
        """Whether it can be said in the browser."""
        return self.place is None and not self.of_machine

    @property
    def is_secret(self) -> bool:
        return self.kind is FieldKind.SECRET


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingView:
    """A setting as a page shows it; of a secret only whether it is there."""

    rule: SettingRule
    value: str
    """In words."""
    given: Any
    """As a form has it; None of a secret."""
    stored: StoredSetting | None = None
    """What was said of it in the browser; without its value where it is secret."""
    unusable: str = ""
    """Why what was said is not used."""
    waits: bool = False
    """It was said, and holds when the desk starts anew."""

    @property
    def stands(self) -> bool:
        """Whether what holds (or will) was said in the browser."""
        return self.stored is not None and self.stored.value is not None and self.rule.is_open and not self.unusable


class SettingsRefused(DeskError):
    """`problems`: what is wrong with which, in Turkish, by key."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(f"refused: {', '.join(sorted(problems))}")
        self.problems = problems


class SettingChangedMeanwhile(DeskError):
    """Others said something of them since the page was shown."""

    def __init__(self, changed: Sequence[StoredSetting]) -> None:
        super().__init__(f"changed meanwhile: {', '.join(one.key for one in changed)}")
        self.changed = changed
