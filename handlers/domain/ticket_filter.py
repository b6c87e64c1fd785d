"""The language in which somebody says which tickets they want to see: the query of an address, read and written here.

`birim=donanim&durum=acik&oncelik=yuksek,acil&sirala=sure`: several values of one name are any of them, several names
are all of them. What is not understood is left out and named. An empty query is what is to be done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from handlers.domain.states import ACTIVE, WAITS, Priority, State

LONGEST_VALUE = 80
MOST_VALUES = 20
ME = "ben"
NOBODY = "yok"
NO_SUBJECT = "konusuz"
WORDS = "q"
SPELT_OUT = frozenset({"mudurluk", WORDS})
"""Each of their values comes under its name again."""


class Standing(StrEnum):
    """`durum`: what state it is in, several alike under one name."""

    ACTIVE = "acik"
    QUEUED = "sirada"
    CLAIMED = "ustlenildi"
    WAITING = "bekleyen"
    REPORTER = "bilgi"
    VENDOR = "firma"
    PARTS = "malzeme"
    APPROVAL = "onay"
    ACCESS = "ulasilamayan"
    RESOLVED = "tamamlandi"
    ENDED = "kapandi"
    ALL = "hepsi"

    @property
    def states(self) -> frozenset[State]:
        return _STATES[self]


_STATES = {
    Standing.ACTIVE: ACTIVE,
    Standing.QUEUED: frozenset({State.OPEN}),
    Standing.CLAIMED: frozenset({State.CLAIMED}),
    Standing.WAITING: WAITS,
    Standing.REPORTER: frozenset({State.WAITING_REPORTER}),
    Standing.VENDOR: frozenset({State.WAITING_VENDOR}),
    Standing.PARTS: frozenset({State.WAITING_PARTS}),
    Standing.APPROVAL: frozenset({State.WAITING_APPROVAL}),
    Standing.ACCESS: frozenset({State.WAITING_ACCESS}),
    Standing.RESOLVED: frozenset({State.RESOLVED}),
    Standing.ENDED: frozenset({State.CLOSED, State.CANCELLED, State.MERGED}),
    Standing.ALL: frozenset(State),
}


class Order(StrEnum):
    """`sirala`."""

    URGENCY = "oncelik"
    """Most urgent first, then oldest first: as a queue is taken."""
    DUE = "sure"
    """Late ones first, then what is due next; of what has no time, last, and of one moment the most urgent first."""
    NEWEST = "yeni"
    OLDEST = "eski"
    CHANGED = "degisen"
    """What changed last, first."""


OF_WHATEVER_STATE = frozenset({Order.NEWEST, Order.OLDEST})
"""The other orders are of what is to be done: of what has ended nobody waits in a queue, and nothing is due."""


def _listed(name: str) -> tuple[str, ...]:
    return field(default=(), metadata={"name": name})


def _flag(name: str) -> bool:
    return field(default=False, metadata={"name": name})


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFilter:
    """As it was asked for; what its words mean is for whoever knows the house."""

    units: tuple[str, ...] = _listed("birim")
    standings: tuple[str, ...] = _listed("durum")
    priorities: tuple[str, ...] = _listed("oncelik")
    subjects: tuple[str, ...] = _listed("konu")
    """Categories, and `NO_SUBJECT`."""
    holders: tuple[str, ...] = _listed("ustlenen")
    """Handles, `ME`, `NOBODY`."""
    departments: tuple[str, ...] = _listed("mudurluk")
    words: tuple[str, ...] = _listed(WORDS)
    """As the search finds tickets by them."""
    late: bool = _flag("geciken")
    today: bool = _flag("bugun")
    """Due before the day is over, and not late yet."""
    opened_today: bool = _flag("acilan")
    since_yesterday: bool = _flag("dunden")
    """Put on hold before today, and still so."""
    order: Order | None = field(default=None, metadata={"name": "sirala"})

    @property
    def states(self) -> frozenset[State]:
        """Without a word on it: what is to be done."""
        named = [Standing(one).states for one in self.standings] or [ACTIVE]
        return frozenset().union(*named)

    @property
    def is_of_work(self) -> bool:
        """Only what somebody still has to do something about is among it."""
        return self.late or self.today or self.since_yesterday or self.states <= ACTIVE

    @property
    def asks_when(self) -> bool:
        """A time of the day is asked for."""
        return self.late or self.today or self.opened_today or self.since_yesterday

    @property
    def sorted_by(self) -> Order:
        usual = self._usual_order
        wanted = self.order or usual
        return wanted if self.is_of_work or wanted in OF_WHATEVER_STATE else usual

    @property
    def _usual_order(self) -> Order:
        """What is late stands at the top of what is to be done; a queue is taken as `/sira` tells it."""
        if not self.is_of_work:
            return Order.NEWEST
        return Order.URGENCY if self.states == _STATES[Standing.QUEUED] else Order.DUE

    def without(self, name: str, value: str = "") -> TicketFilter:
        """The same with that value of that name taken out; of a flag the whole."""
        one = _BY_NAME[name]
        held = getattr(self, one)
        left = tuple(each for each in held if each != value) if isinstance(held, tuple) else _PLAIN[one]
        changed: dict[str, Any] = {one: left}
        return replace(self, **changed)

    def chosen(self) -> Iterable[tuple[str, str]]:
        """(name, value) of each thing asked for, in the order of the language; without the order of the list."""
        for name, one in _BY_NAME.items():
            held = getattr(self, one)
            if isinstance(held, tuple):
                yield from ((name, value) for value in held)
            elif held is True:
                yield name, "1"


_BY_NAME = {str(one.metadata["name"]): one.name for one in fields(TicketFilter)}
_PLAIN: dict[str, Any] = {one.name: one.default for one in fields(TicketFilter)}
NAMES = frozenset(_BY_NAME)
"""Of all there is to filter by."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """What was not understood."""

    name: str
    value: str | None
    """None: there is nothing of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """What there is in this house; any müdürlük may be asked for."""

    units: Collection[str]
    subjects: Collection[str]
    is_person: Callable[[str], bool]


def parse(
    query: Iterable[tuple[str, str]], known: Vocabulary, *, beside: Collection[str] = ()
) -> tuple[TicketFilter, Sequence[Ignored]]:
    """`beside`: names in that address which are somebody else's. Of one name no more than `MOST_VALUES` are looked at:
    for some, `known` asks elsewhere."""
    found: dict[str, list[str]] = {}
    looked_at: dict[str, set[str]] = {}
    ignored: list[Ignored] = []
    flags: dict[str, bool] = {}
    order: Order | None = None
    for name, text in query:
        if name in beside:
            continue
        one = _BY_NAME.get(name)
        if one is None:
            ignored.append(Ignored(name[:LONGEST_VALUE], None))
            continue
        for value in _values(name, text):
            if isinstance(_PLAIN[one], bool) and value in ("0", "1"):
                flags[one] = value == "1"
            elif name == "sirala" and value in set(Order):
                order = Order(value)
            elif isinstance(_PLAIN[one], tuple) and not _is_new(value, looked_at.setdefault(one, set())):
                continue
            elif isinstance(_PLAIN[one], tuple) and _is_known(name, value, known):
                found.setdefault(one, []).append(value)
            else:
                ignored.append(Ignored(name, value[:LONGEST_VALUE]))
    lists = {one: tuple(values) for one, values in found.items()}
    return TicketFilter(**lists, **flags, order=order), list(dict.fromkeys(ignored))  # type: ignore[arg-type] # by name


def printed(wanted: TicketFilter) -> str:
    """As a query, without its question mark: two that ask for the same are spelt alike."""
    parts: dict[str, list[str]] = {}
    for name, value in wanted.chosen():
        parts.setdefault(name, []).append(quote(value, safe=""))
    if wanted.order is not None:
        parts["sirala"] = [wanted.order]
    return "&".join(
        f"&{name}=".join(["", *values])[1:] if name in SPELT_OUT else f"{name}={','.join(values)}"
        for name, values in parts.items()
    )


def _values(name: str, text: str) -> Iterable[str]:
    """A comma in the name of a müdürlük is part of it."""
    parts = [text] if name in SPELT_OUT else text.split(",")
    return (part for one in parts if (part := " ".join(one.replace("\0", "").split())))


def _is_new(value: str, looked_at: set[str]) -> bool:
    """And there is room for it."""
    if value in looked_at or len(looked_at) >= MOST_VALUES:
        return False
    looked_at.add(value)
    return True


def _is_known(name: str, value: str, known: Vocabulary) -> bool:
    match name:
        case "birim":
            return value in known.units
        case "durum":
            return value in set(Standing)
        case "oncelik":
            return value in set(Priority)
        case "konu":
            return value == NO_SUBJECT or value in known.subjects
        case "ustlenen":
            return value in (ME, NOBODY) or known.is_person(value)
        case _:
            return len(value) <= LONGEST_VALUE
