"""The search: tickets by all that is known of them, and people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from handlers.domain.people import Person, PersonId, UnitId
from handlers.domain.ticket import Ticket, TicketId


@dataclass(frozen=True, slots=True)
class Found:
    tickets: Sequence[Ticket]
    older: TicketId | None = None
    """There may be more below this ticket; None: that is all."""


class Search(Protocol):
    """Every word that is asked for is the beginning of one that is found, whatever its letters look like ("yazici"
    finds "YAZICIDAN"); a word with signs in it is compared letter by letter. No sign means anything else than itself.
    Three letters or more with a figure among them find a ticket also by the middle of a number of up to forty letters
    that was written on it ("4C82" finds "PF4C8271X").

    What takes too long raises SearchTooSlow; the transaction goes on.
    """

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
        """Tickets that have all the words, newest first, below `before`: in number, subject, report, its reporter's
        name, müdürlük and room, and what was written on them. Of `units` (None: of all) by internal `notes` too;
        `reporter`: theirs beside, without. Security tickets are left out, whoever asks."""

    def people(self, words: str, limit: int = 20) -> Sequence[Person]:
        """Who has all the words in name, handle, müdürlük and room, or a telephone that ends with four or more digits;
        those first who have one in name or handle, by name. Nobody who left."""

    def vocabulary(self) -> frozenset[str]:
        """The words of people's names and their müdürlükler, as they are written, of those who have not left: for
        whoever asked with a mistake in it. Not for every question: it looks at everybody."""
