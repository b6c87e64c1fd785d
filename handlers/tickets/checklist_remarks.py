"""A note or a photo to a line of a checklist: an entry of the ticket, and a line of its history that says to which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.context import Acting, Effect, UseCaseContext
from handlers.domain.checklists import key
from handlers.domain.errors import Invalid, NotFound
from handlers.domain.rights import Action, require
from handlers.domain.states import Change
from handlers.domain.ticket import Entry, EntryKind, Ticket
from handlers.tickets import cards, entries
from handlers.tickets.checklist_progress import Progress, of_ticket

ALONE = " (ek)"
"""Behind the line, where a photo or file came without a word."""


@dataclass(frozen=True, slots=True)
class Line:
    """Of what hangs on a ticket, counted from 1 through all of its lists."""

    number: int
    progress: Progress
    place: int

    @property
    def text(self) -> str:
        return self.progress.checklist.items[self.place].text

    @property
    def key(self) -> str:
        return key(self.progress.checklist.id, self.place)


def lines_of(hung: Sequence[Progress]) -> Sequence[Line]:
    pairs = [(one, place) for one in hung for place in range(len(one.checklist.items))]
    return [Line(number, one, place) for number, (one, place) in enumerate(pairs, start=1)]


def put(acting: Acting, ticket: Ticket, number: int, text: str, files: tuple[str, ...] = ()) -> tuple[Line, Entry]:
    """To the line of that number. What is written of it may be corrected like any other entry.

    Raises NotAllowed, Invalid(`checklist_line`, `checklist_line_empty`).
    """
    require(acting.person, Action.TICK, ticket)
    known = lines_of(of_ticket(acting, ticket))
    if not 1 <= number <= len(known):
        raise Invalid("checklist_line", most=len(known))
    line = known[number - 1]
    if not text and not files:
        raise Invalid("checklist_line_empty")
    said = f"{line.text}: {text}" if text else f"{line.text}{ALONE}"
    entry = entries.write(acting, ticket, EntryKind.NOTE, said, files)
    for file in files:
        acting.uow.attachments.for_ticket(file, ticket.id)
    _log(acting, ticket, entry.id, after=line.key)
    return line, entry


def take_off(acting: Acting, ticket: Ticket, entry: int) -> Effect:
    """Geri al: the line has it no more; it stays with the ticket. Raises NotAllowed, NotFound."""
    require(acting.person, Action.TICK, ticket)
    line = next((one for one in lines_of(of_ticket(acting, ticket)) if entry in _entries(one)), None)
    if line is None:
        return Effect.NONE
    if acting.uow.tickets.entry(entry)[0] != ticket.id:
        raise NotFound("entry", entry)
    _log(acting, ticket, entry, before=line.key)
    return Effect.CHANGED


def _log(acting: Acting, ticket: Ticket, entry: int, *, before: str | None = None, after: str | None = None) -> None:
    told = {"before": before, "after": after, "reason": str(entry)}
    ticket.log(Change.REMARKED, by=acting.person.id, at=acting.now, channel=acting.channel, **told)
    acting.uow.tickets.save(ticket)
    cards.refresh(acting, ticket)


def _entries(line: Line) -> Sequence[int]:
    return line.progress.remarks.get(line.place, ())


def shown(work: UseCaseContext, ticket: Ticket, lines: Sequence[Line]) -> Sequence[tuple[Line, Sequence[Entry]]]:
    """The lines that have any, with what was not erased since."""
    if not any(_entries(line) for line in lines):
        return []
    known = {one.id: one for one in work.uow.tickets.entries(ticket.id) if one.text or one.files}
    found = [(line, [known[entry] for entry in _entries(line) if entry in known]) for line in lines]
    return [(line, remarks) for line, remarks in found if remarks]


def marks(remarks: Sequence[Entry]) -> str:
    """`📝`, `📷` or both."""
    written = "📝" if any(one.text and not one.text.endswith(ALONE) for one in remarks) else ""
    return written + ("📷" if any(one.files for one in remarks) else "")
