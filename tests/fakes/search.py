from __future__ import annotations

import re
from collections.abc import Sequence

from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.ticket import EntryKind, Ticket, TicketId
from handlers.ports import Found
from knowledge.language.folding import folded
from knowledge.language.number_parts import LONGEST, SHORTEST
from knowledge.language.phones import phone_key
from tests.fakes.people import FakePeople
from tests.fakes.tables import FakeTransaction
from tests.fakes.tickets import FakeTickets


class FakeSearch:
    def __init__(self, transaction: FakeTransaction, tickets: FakeTickets, people: FakePeople) -> None:
        self._transaction = transaction
        self._tickets = tickets
        self._people = people

    def tickets(
        self,
        words: str,
        *,
        units: Sequence[UnitId] | None,
        reporter: PersonId | None,
        notes: bool = True,
        limit: int = 20,
        before: TicketId | None = None,
    ) -> Found:
        wanted = _wanted(words)

        def has(ticket: Ticket, *, notes: bool) -> bool:
            return self.has(ticket, words, notes=notes)

        found = self._tickets.where(
            lambda ticket: (
                bool(wanted)
                and not ticket.restricted
                and (before is None or ticket.id < before)
                and (
                    ((units is None or ticket.unit in units) and has(ticket, notes=notes))
                    or (ticket.reporter == reporter and has(ticket, notes=False))
                )
            )
        )
        shown = found[::-1][:limit]
        return Found(shown, shown[-1].id if len(shown) == limit else None)

    def has(self, ticket: Ticket, words: str, *, notes: bool) -> bool:
        text = self._text(ticket, notes=notes)
        numbers = [one for one in _terms(self._written(ticket, notes=notes)) if len(one) <= LONGEST]
        return all(
            f" {word}" in text
            or (not word.isalnum() and word in text)
            or (len(word) >= SHORTEST and re.search(r"\d", word) and any(word in one for one in numbers))
            for word in _wanted(words)
        )

    def people(self, words: str, limit: int = 20) -> Sequence[Person]:
        wanted = _wanted(words)
        present = [one for one in self._transaction.seen.people.values() if not one.gone]
        found = [one for one in present if wanted and all(_is_of(one, word) for word in wanted)]
        named = {one.id for one in found if any(f" {word}" in _name(one) for word in wanted)}
        found.sort(key=lambda one: (one.id not in named, _place(one), one.id))
        return [self._people.get(one.id) for one in found[:limit]]

    def vocabulary(self) -> frozenset[str]:
        present = [one for one in self._transaction.seen.people.values() if not one.gone]
        return frozenset(word for one in present for word in _terms(f"{one.name} {one.department}"))

    def _text(self, ticket: Ticket, *, notes: bool) -> str:
        """Every word of it after a blank."""
        reporter = self._transaction.seen.people[ticket.reporter]
        parts = [ticket.number, reporter.name, reporter.handle, reporter.department, reporter.room]
        text = f"{folded(' '.join(parts))} {self._written(ticket, notes=notes)}"
        return f" {text} " + " ".join(_terms(text))

    def _written(self, ticket: Ticket, *, notes: bool) -> str:
        parts = [ticket.category or "", ticket.text, *ticket.facts.values()]
        parts += [ticket.waiting_for] * notes
        for entry in self._tickets.entries(ticket.id):
            parts += [entry.text] * (notes or entry.kind is not EntryKind.NOTE)
        return folded(" ".join(parts))


def _terms(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _wanted(words: str) -> list[str]:
    return [word.strip("\"'()[]{}<>.,;:!?") or word for word in folded(words).split()]


def _name(one: Person) -> str:
    return f" {folded(f'{one.name} {one.handle}')}"


def _place(one: Person) -> str:
    return f"{_name(one)} {folded(one.department)} {folded(one.room)}"


def _is_of(one: Person, word: str) -> bool:
    by_phone = word.isdecimal() and len(word) >= 4
    ends = one.phone.endswith(word) or phone_key(one.phone).endswith(word)
    return f" {word}" in _place(one) or (by_phone and ends)
