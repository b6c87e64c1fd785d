"""The search of the desk, with rights applied: tickets, people and articles that have all the words that were typed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from handlers.context import Acting, Desk
from handlers.domain.people import Person
from handlers.domain.rights import Action, finds_notes, finds_people, may, sees_inside, units_searched
from handlers.domain.ticket import GUESS, Entry, EntryKind, Ticket, TicketId
from handlers.domain.ticket_filter import TicketFilter
from handlers.domain.ticket_number import parse
from handlers.ports import Found, SearchTooSlow
from handlers.queries import ticket_lists
from handlers.queries.typed_filter import names_a_time, understood
from handlers.tickets import numbers
from knowledge import Article
from knowledge.language import comparison
from knowledge.language.folding import folded
from knowledge.language.number_parts import is_part

MAX_LETTERS = 200
MAX_WORDS = 8
MAX_MEANT = 3
SEARCHED = "searched"
ONE_QUESTION = timedelta(seconds=10)
"""In which somebody types what they look for."""
_LINES_LATELY = 100
"""Of the audit, written by everybody; where more came in that time, the question has one line more."""
_SHORTEST_MEANT = 3
"""Letters of a word that may be another one with a mistake in it."""
_BEFORE, _SHOWN = 30, 120
"""Letters of a text before its first hit, and in all."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text; `hit`: it is what was looked for."""

    text: str
    hit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketHit:
    ticket: Ticket
    reporter: Sequence[Part]
    """Name, müdürlük and room."""
    words: Sequence[Part]
    """What was written where most of it stands, cut around that; empty where nobody wrote anything."""
    stands_in: EntryKind
    at: datetime
    """When that was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonHit:
    person: Person
    about: Sequence[Part]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleHit:
    article: Article
    title: Sequence[Part]
    words: Sequence[Part]
    """Where the title does not have all of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    typed: str
    """What was looked for: as much of what was typed as one looks for at once."""
    cut: bool = False
    """It was more."""
    too_slow: bool = False
    """It was given up: whoever asks must ask for less."""
    tickets: Sequence[TicketHit] = ()
    older: TicketId | None = None
    """There may be more tickets below this one."""
    more: bool = False
    """More are of what was asked for by its filter; Kayıtlar has them all."""
    people: Sequence[PersonHit] = ()
    articles: Sequence[ArticleHit] = ()
    meant: Sequence[str] = ()
    """What may have been meant, where nothing is found; each finds something."""

    @property
    def empty(self) -> bool:
        return not (self.tickets or self.people or self.articles)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many of each are shown."""

    tickets: int
    people: int
    articles: int


def search(acting: Acting, typed: str, limits: Limits, *, before: TicketId | None = None) -> Results:
    """`before`: only tickets, below that one. Whoever may read everything leaves a trace of it by `note_search`."""
    words = typed[:MAX_LETTERS].split()
    asked = " ".join(words[:MAX_WORDS])
    cut = len(typed) > MAX_LETTERS or len(words) > MAX_WORDS
    try:
        results = _found(acting, asked, limits, before)
        if results.empty and before is None:
            results = replace(results, meant=_meant(acting, asked))
    except SearchTooSlow:
        results = Results(typed=asked, too_slow=True)
    return replace(results, cut=cut)


def note_search(acting: Acting, *, typing: bool = False) -> None:
    """`typing`: it is asked again with each letter, and a line a moment ago is of the same question."""
    if may(acting.person, Action.READ_ALL) and not (typing and _noted_lately(acting)):
        acting.uow.audit.log(acting.now, acting.person.id, SEARCHED, "", acting.channel)


def _noted_lately(acting: Acting) -> bool:
    noted = (acting.person.id, SEARCHED, acting.channel)
    lately = acting.uow.audit.recent(_LINES_LATELY)
    return any((who, what, channel) == noted and acting.now - at < ONE_QUESTION for at, who, what, _, channel in lately)


def _found(acting: Acting, asked: str, limits: Limits, before: TicketId | None) -> Results:
    number = parse(asked) if before is None else None
    named = [one for one in numbers.readable(acting, number) if not one.restricted] if number is not None else []
    beginnings = _beginnings(asked)
    listed = _of_a_filter(acting, asked, limits.tickets + 1) if before is None else []
    if listed:
        shown = _ticket_hits(acting, listed[: limits.tickets], ())
        return Results(typed=asked, tickets=shown, more=len(listed) > limits.tickets)
    if named and (number is None or number.year is not None or asked.startswith("#")):
        return Results(typed=asked, tickets=_ticket_hits(acting, named, beginnings))
    found = _tickets(acting, asked, limits.tickets, before)
    known = {one.id for one in named}
    tickets = [*named, *(one for one in found.tickets if one.id not in known and may(acting.person, Action.READ, one))]
    beside = before is None
    return Results(
        typed=asked,
        tickets=_ticket_hits(acting, tickets, beginnings),
        older=found.older,
        people=_people(acting, asked, limits.people, beginnings) if beside else (),
        articles=_articles(acting.desk, limits.articles, beginnings) if beside else (),
    )


def _of_a_filter(acting: Acting, asked: str, limit: int) -> Sequence[Ticket]:
    """ "dünden beri bekleyen", "zabıta geciken": as the box above Kayıtlar reads it, where nothing is left to look for
    by words, and a time is asked for. Of security matters none, as with all that is searched."""
    if not names_a_time(asked):
        return []
    wanted = understood(acting, TicketFilter(), asked)
    if wanted.words or not wanted.asks_when:
        return []
    meant = ticket_lists.meant(acting, wanted)
    plain = replace(meant, scopes=[replace(one, restricted=False, held_by=None) for one in meant.scopes])
    return [one.ticket for one in acting.uow.ticket_lists.page(plain, wanted.sorted_by, limit=limit)]


def _tickets(acting: Acting, asked: str, limit: int, before: TicketId | None = None) -> Found:
    """The rights are the question's own: what is cut off at the limit was theirs to see."""
    person, units = acting.person, units_searched(acting.person)
    return acting.uow.search.tickets(
        asked,
        units=None if units is None else sorted(units),
        reporter=None if units is None else person.id,
        notes=finds_notes(person),
        limit=limit,
        before=before,
    )


def _people(acting: Acting, asked: str, limit: int, beginnings: Sequence[str]) -> list[PersonHit]:
    if not finds_people(acting.person):
        return []
    found = acting.uow.search.people(asked, limit=limit)
    return [PersonHit(person=one, about=marked(_about(one), beginnings)) for one in found]


def _articles(desk: Desk, limit: int, beginnings: Sequence[str]) -> list[ArticleHit]:
    """Those first that have most of it in their title. They are for everybody."""
    if not beginnings:
        return []
    found = [
        one
        for one in desk.knowledge.articles.values()
        if all(_has(_words_of(one), beginning) for beginning in beginnings)
    ]
    found.sort(key=lambda one: (-_hits(one.title, beginnings), one.title))
    return [
        ArticleHit(article=one, title=marked(one.title, beginnings), words=_beside_title(one, beginnings))
        for one in found[:limit]
    ]


@lru_cache(maxsize=1_000)
def _words_of(article: Article) -> Sequence[str]:
    """Folded, in order; an article is long, and does not change."""
    return sorted({folded(word) for word in _WORD.findall(f"{article.title} {_text(article)}")})


def _has(words: Sequence[str], beginning: str) -> bool:
    place = bisect_left(words, beginning)
    return place < len(words) and words[place].startswith(beginning)


def _beside_title(article: Article, beginnings: Sequence[str]) -> list[Part]:
    in_title = _hits(article.title, beginnings) == len(beginnings)
    return [] if in_title else excerpt(_text(article), beginnings)


def _text(article: Article) -> str:
    return " ".join((*article.symptoms, article.steps.replace("**", "")))


def _about(person: Person) -> str:
    return ", ".join(filter(None, (person.name or person.handle, person.department, person.room)))


def _ticket_hits(acting: Acting, tickets: Sequence[Ticket], beginnings: Sequence[str]) -> Sequence[TicketHit]:
    """Who reported them and what is written on them is asked for all at once."""
    acting.uow.people.of_ids({one.reporter for one in tickets})
    written = acting.uow.tickets.entries_of([one.id for one in tickets])
    return [_ticket_hit(acting, one, written[one.id], beginnings) for one in tickets]


def _ticket_hit(acting: Acting, ticket: Ticket, written: Iterable[Entry], beginnings: Sequence[str]) -> TicketHit:
    texts = list(_texts(acting, ticket, written))
    best = max(texts, key=lambda one: _hits(one[2], beginnings), default=None)
    kind, at, text = best or (EntryKind.REPORT, ticket.opened_at, "")
    return TicketHit(
        ticket=ticket,
        reporter=marked(_about(acting.uow.people.get(ticket.reporter)), beginnings),
        words=excerpt(text, beginnings),
        stands_in=kind,
        at=at,
    )


def _texts(acting: Acting, ticket: Ticket, written: Iterable[Entry]) -> Iterator[tuple[EntryKind, datetime, str]]:
    """What somebody wrote on it, as far as this person may read it; the report first."""
    inside = sees_inside(acting.person, ticket)
    if ticket.text:
        yield EntryKind.REPORT, ticket.opened_at, ticket.text
    for entry in written:
        if entry.text and (inside or entry.kind is not EntryKind.NOTE):
            yield entry.kind, entry.at, entry.text
    if facts := [value for name, value in ticket.facts.items() if name != GUESS]:
        yield EntryKind.FACT, ticket.opened_at, ", ".join(facts)
    if inside and ticket.waiting_for:
        yield EntryKind.REASON, ticket.changed_at or ticket.opened_at, ticket.waiting_for


# --- what was meant -----------------------------------------------------------------------------
def _meant(acting: Acting, asked: str) -> list[str]:
    """The same with each word that nobody knows replaced by the nearest that somebody does."""
    known = _known_words(acting)
    places = [(place, word) for place, word in enumerate(asked.split()) if len(word) >= _SHORTEST_MEANT]
    nearest = {place: _nearest(word, known) for place, word in places}
    tries = (
        " ".join(_replaced(asked.split(), nearest, choice))
        for choice in range(max((len(near) for near in nearest.values()), default=0))
    )
    said = folded(asked)
    return [one for one in dict.fromkeys(tries) if folded(one) != said and _finds_something(acting, one)][:MAX_MEANT]


def _replaced(words: Sequence[str], nearest: dict[int, list[str]], choice: int) -> Iterator[str]:
    for place, word in enumerate(words):
        near = nearest.get(place) or [word]
        yield near[min(choice, len(near) - 1)]


def _nearest(word: str, known: Mapping[str, str]) -> list[str]:
    """Of those that are about as long: the others need not be compared."""
    apart = 1 + len(word) // 4
    about = ((spelt, plain) for plain, spelt in known.items() if abs(len(plain) - len(word)) <= apart)
    return comparison.nearest(word, about, comparison.THINGS, MAX_MEANT)


def _known_words(acting: Acting) -> dict[str, str]:
    """Folded → as it is spelt, names first."""
    desk, known = acting.desk, dict[str, str]()
    if finds_people(acting.person):
        known = {folded(word): word for word in sorted(acting.uow.search.vocabulary())}
    for article in desk.knowledge.articles.values():
        for plain, spelt in _spelt(article):
            known.setdefault(plain, spelt)
    for category in desk.catalogue.categories.values():
        for word in _WORD.findall(category.title):
            known.setdefault(folded(word), word)
    return {plain: spelt for plain, spelt in known.items() if len(plain) >= _SHORTEST_MEANT}


@lru_cache(maxsize=1_000)
def _spelt(article: Article) -> Sequence[tuple[str, str]]:
    words = _WORD.findall(" ".join((article.title, *article.symptoms)))
    return [(folded(word), word) for word in words]


def _finds_something(acting: Acting, words: str) -> bool:
    beginnings = _beginnings(words)
    return bool(
        _tickets(acting, words, 1).tickets
        or _people(acting, words, 1, beginnings)
        or _articles(acting.desk, 1, beginnings)
    )


# --- marking ------------------------------------------------------------------------------------
def _beginnings(words: str) -> list[str]:
    return list(dict.fromkeys(_WORD.findall(folded(words))))


def _hits(text: str, beginnings: Sequence[str]) -> int:
    """How many of them are found in the text."""
    words = _WORD.findall(folded(text))
    return sum(any(_is_hit(word, [one]) for word in words) for one in beginnings)


def marked(text: str, beginnings: Iterable[str]) -> list[Part]:
    """The text, with the words that begin so, and the numbers that have one of them, told apart."""
    sought, parts, end = tuple(beginnings), list[Part](), 0
    for found in _WORD.finditer(text):
        if _is_hit(folded(found[0]), sought):
            if found.start() > end:
                parts.append(Part(text[end : found.start()]))
            parts.append(Part(found[0], hit=True))
            end = found.end()
    if end < len(text):
        parts.append(Part(text[end:]))
    return parts


def excerpt(text: str, beginnings: Sequence[str]) -> list[Part]:
    """In one line, cut around the first hit."""
    line = " ".join(text.split())
    first = next((found.start() for found in _WORD.finditer(line) if _is_hit(folded(found[0]), beginnings)), 0)
    start = 0 if first <= _BEFORE else line.find(" ", first - _BEFORE) + 1
    shown = line[start : start + _SHOWN]
    if start + _SHOWN < len(line):
        shown = f"{shown.rsplit(' ', 1)[0]} …"
    return marked(f"… {shown}" if start else shown, beginnings)


def _is_hit(word: str, sought: Iterable[str]) -> bool:
    return any(word.startswith(one) or (is_part(one) and one in word) for one in sought)
